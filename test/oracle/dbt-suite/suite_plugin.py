"""The pytest plugin that both runs of dbt's suite load: with dbt itself, and with techstore.

Environment:
  SUITE_PROGRAM  "dbt", or the path of bin/techstore.js
  SUITE_OUTCOMES file that gets one line of JSON for each test that was run
  SUITE_NAMES    file with the names of the tests to run; all where it is not set
"""

import json
import os

import duckdb
import pytest

import dbt.tests.util

import techstore_command

PROGRAM = os.environ["SUITE_PROGRAM"]
OUTCOMES = os.environ["SUITE_OUTCOMES"]
NAMES = os.environ.get("SUITE_NAMES")


def without_downloads(sql):
    """dbt-duckdb's conftest tries to download extensions, and skips what needs them where that fails."""

    def run(query, *args, **kwargs):
        if str(query).startswith("install "):
            name = str(query).removeprefix("install ")
            raise duckdb.IOException(f'Failed to download extension "{name}": not in these tests')
        return sql(query, *args, **kwargs)

    return run


def counted(run_dbt):
    """Of a test with dbt itself, the commands are noted too."""

    def run(args=None, *more, **named):
        words = ["run"] if args is None else [str(arg) for arg in args]
        techstore_command.commands.append(techstore_command.command_of(words))
        return run_dbt(args, *more, **named)

    return run


# The same tests run on every machine, with a network or without.
duckdb.sql = without_downloads(duckdb.sql)
# Before any test imports them by name.
if PROGRAM == "dbt":
    dbt.tests.util.run_dbt = counted(dbt.tests.util.run_dbt)
else:
    dbt.tests.util.run_dbt = techstore_command.run_dbt
    dbt.tests.util.run_dbt_and_capture = techstore_command.run_dbt_and_capture
    dbt.tests.util.get_manifest = techstore_command.get_manifest


def profile_with_file(tmpdir_factory, name):
    """A DuckDB target with a file of its own for each class of tests."""
    return {
        "type": "duckdb",
        "threads": 4,
        "path": str(tmpdir_factory.mktemp("dbs") / name),
    }


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    if NAMES is None:
        return
    with open(NAMES, encoding="utf-8") as file:
        names = set(file.read().splitlines())
    items[:] = [item for item in items if item.nodeid in names]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_protocol(item):
    item.config.stash[ROWS] = []
    techstore_command.commands.clear()
    yield
    rows = item.config.stash[ROWS]
    bad = [row for row in rows if row.outcome == "failed"]
    skipped = any(row.outcome == "skipped" for row in rows)
    outcome = "failed" if bad else "skipped" if skipped else "passed"
    line = {
        "test": item.nodeid,
        "outcome": outcome,
        "seconds": round(sum(row.duration for row in rows), 2),
        "commands": list(techstore_command.commands),
        "message": message_of(bad[0]) if bad else "",
    }
    with open(OUTCOMES, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")


ROWS = pytest.StashKey()


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    made = yield
    item.config.stash[ROWS].append(made.get_result())


def message_of(report):
    """What went wrong, in at most 2,000 characters."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else str(report.longrepr)
    where = f" [{crash.path.rsplit('/', 1)[-1]}:{crash.lineno}]" if crash is not None else ""
    return text[:2000] + where
