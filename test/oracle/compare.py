"""Compares the tables of a DuckDB file with the oracle's, row by row and column by column.

    python compare.py FILE.duckdb ORACLE_FOLDER [--schema main]

Exit code 1 when anything differs. Needs the Python package duckdb.
"""

import argparse
import collections
import datetime
import glob
import json
import os
import sys
from fractions import Fraction

import duckdb

sys.dont_write_bytecode = True  # no __pycache__ in the work tree
from oracle import write_value  # noqa: E402

DUCKDB_TYPES = {"text": "VARCHAR", "int": "INTEGER"}


def canonical(value, kind):
    if value is not None and kind == "timestamp" and not isinstance(value, datetime.datetime):
        raise TypeError(f"{value!r} is no timestamp")
    return write_value(Fraction(str(value)) if kind.startswith("decimal") and value is not None else value, kind)


def compare(connection, schema, content):
    """Sentences about what differs."""
    table = content["table"]
    columns = content["columns"]
    described = {
        name: kind
        for name, kind, *_ in connection.execute(f'describe "{schema}"."{table}"').fetchall()
    }
    shown = [n for n in described if not n.startswith("_") or n == "_source_table"]
    if shown != [name for name, _ in columns]:
        return [f"columns are {shown}, not {[name for name, _ in columns]}"]
    wrong = [
        f"{name} is {described[name]}, not {kind}"
        for name, kind in columns
        if described[name] != DUCKDB_TYPES.get(kind, kind.upper())
    ]
    if wrong:
        return wrong
    names = ", ".join(f'"{name}"' for name, _ in columns)
    found = [
        tuple(canonical(value, kind) for value, (_, kind) in zip(row, columns))
        for row in connection.execute(f'select {names} from "{schema}"."{table}"').fetchall()
    ]
    expected = [tuple(row) for row in content["rows"]]
    here = collections.Counter(found)
    there = collections.Counter(expected)
    if here == there:
        return []
    differences = [f"{len(found)} rows, {len(expected)} expected"]
    extra = sorted((here - there).elements(), key=str)
    missing = sorted((there - here).elements(), key=str)
    by_key = {row[0]: row for row in missing}
    for row in extra[:10]:
        partner = by_key.get(row[0])
        if partner is None:
            differences.append(f"not expected: {row}")
            continue
        for (name, _), value, other in zip(columns, row, partner):
            if value != other:
                differences.append(f"{columns[0][0]} {row[0]}: {name} is {value!r}, not {other!r}")
    for row in missing[:10]:
        if row[0] not in {r[0] for r in extra}:
            differences.append(f"missing: {row}")
    return differences


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("oracle")
    parser.add_argument("--schema", default="main")
    options = parser.parse_args()
    connection = duckdb.connect(options.database, read_only=True)
    failed = 0
    paths = sorted(glob.glob(os.path.join(options.oracle, "*.json")))
    rows = values = 0
    for path in paths:
        with open(path, encoding="utf-8") as file:
            content = json.load(file)
        rows += len(content["rows"])
        values += len(content["rows"]) * len(content["columns"])
        for sentence in compare(connection, options.schema, content):
            failed += 1
            print(f"{content['table']}: {sentence}")
    print(f"{len(paths)} tables, {rows} rows, {values} values compared: {failed or 'no'} differences")
    return 1 if failed or not paths else 0


if __name__ == "__main__":
    sys.exit(main())
