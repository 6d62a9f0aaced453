"""Loads a folder of source CSV files into the schema techstore of a DuckDB file, with declared types.

    python load.py SOURCES FILE.duckdb

Values are read by the oracle's reader, so that what the models get is what the oracle gets.
Needs the Python package duckdb.
"""

import csv
import os
import sys
import tempfile

import duckdb

sys.dont_write_bytecode = True  # no __pycache__ in the work tree
from oracle import SOURCES, read_sources, write_value  # noqa: E402


def main(folder, database):
    connection = duckdb.connect(database)
    connection.execute("set schema = 'main'; create schema if not exists techstore")
    catalog = connection.execute("select current_database()").fetchone()[0]
    for table, rows in read_sources(folder).items():
        columns = SOURCES[table]
        with tempfile.TemporaryDirectory() as scratch:
            path = os.path.join(scratch, "rows.csv")
            with open(path, "w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
                for row in rows:
                    # No text of a source is \N: an empty field is NULL, so NULL needs another sign here.
                    writer.writerow(
                        ["\\N" if row[name] is None else write_value(row[name], kind) for name, kind in columns]
                    )
            names = ", ".join(f"'{name}': 'VARCHAR'" for name, _ in columns)
            casts = ", ".join(f'cast("{name}" as {kind}) as "{name}"' for name, kind in columns)
            connection.execute(
                f'create or replace table "{catalog}"."techstore"."{table}" as select {casts} from read_csv('
                f"'{path}', columns = {{{names}}}, header = false, auto_detect = false, delim = ',', "
                "quote = '\"', escape = '\"', nullstr = '\\N', allow_quoted_nulls = true, "
                "max_line_size = 10000000)"
            )
            found = connection.execute(f'select count(*) from "{catalog}"."techstore"."{table}"').fetchone()[0]
            if found != len(rows):
                raise SystemExit(f"{table}: {found} of {len(rows)} rows arrived")
    connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
