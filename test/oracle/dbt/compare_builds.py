"""Compares a database that techstore built with one that dbt built.

    compare_builds.py OURS.duckdb THEIRS.duckdb

Every table of the project must hold the same rows, with the same types; columns
that begin with an underscore are left out, except _source_table. Prints a line a
table and ends with 1 when any differs.
"""

import sys

import duckdb

TABLES = [
    *(f"bronze_{name}" for name in (
        "customers", "products", "orders", "order_items", "reviews", "product_categories")),
    *(f"silver_{name}" for name in (
        "customers", "products", "orders", "order_items", "reviews", "rejected_rows")),
    "gold_customer_analytics", "gold_product_performance",
    "gold_sales_metrics", "gold_operational_metrics",
]


def columns(connection, database, table):
    rows = connection.execute(
        "select column_name, data_type from duckdb_columns() "
        "where database_name = ? and table_name = ? order by column_index",
        [database, table],
    ).fetchall()
    return [(n, t) for n, t in rows if not n.startswith("_") or n == "_source_table"]


def compare(connection, table):
    ours, theirs = columns(connection, "ours", table), columns(connection, "theirs", table)
    if not ours or ours != theirs:
        return f"columns differ: {ours} and {theirs}"
    names = ", ".join(f'"{n}"' for n, _ in ours)
    select = {db: f'select {names} from {db}.main."{table}"' for db in ("ours", "theirs")}
    more = connection.execute(
        f"select count(*) from ({select['ours']} except all {select['theirs']})").fetchone()[0]
    less = connection.execute(
        f"select count(*) from ({select['theirs']} except all {select['ours']})").fetchone()[0]
    return f"{more} rows only in ours, {less} only in dbt's" if more or less else None


def main(ours, theirs):
    connection = duckdb.connect()
    connection.execute(f"attach '{ours}' as ours (read_only)")
    connection.execute(f"attach '{theirs}' as theirs (read_only)")
    failed = 0
    for table in TABLES:
        difference = compare(connection, table)
        failed += difference is not None
        print(f"{'FAIL' if difference else 'ok'} {table}{': ' + difference if difference else ''}")
    print(f"{len(TABLES) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
