"""Holds the artifacts of a target folder against dbt's own, with tools of dbt's world.

    compare_artifacts.py OURS_PROJECT DBT_PROJECT

dbt-artifacts-parser reads each artifact; catalog.json has the same tables, types, columns and comments;
dbt-coverage finds the same coverage of documentation and of tests.
"""

import json
import subprocess
import sys
from pathlib import Path

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt_artifacts_parser import parser

PARSERS = {
    "manifest": parser.parse_manifest_v12,
    "catalog": parser.parse_catalog_v1,
    "run_results": parser.parse_run_results_v6,
    "sources": parser.parse_sources_v3,
}


def read(project, name):
    return json.loads((Path(project) / "target" / f"{name}.json").read_text(encoding="utf-8"))


def parses(project, name):
    PARSERS[name](read(project, name))


def same_catalog(ours, theirs):
    CatalogArtifact.read_and_check_versions(str(Path(ours) / "target" / "catalog.json"))
    a, b = read(ours, "catalog"), read(theirs, "catalog")
    # What dbt-duckdb tells of statistics is that there are none.
    for catalog in (a, b):
        for part in ("nodes", "sources"):
            for table in catalog[part].values():
                del table["stats"]
    assert a["errors"] == b["errors"], a["errors"]
    for part in ("nodes", "sources"):
        assert a[part], "the catalog is empty"
        assert a[part].keys() == b[part].keys(), a[part].keys() ^ b[part].keys()
        for unique_id, table in a[part].items():
            assert table == b[part][unique_id], f"{unique_id}: {table} and {b[part][unique_id]}"


def coverage(project, kind):
    report = Path(project) / f"coverage-{kind}.json"
    subprocess.run(
        [str(Path(sys.executable).parent / "dbt-coverage"), "compute", kind,
         "--project-dir", str(project), "--cov-report", str(report)],
        check=True, capture_output=True,
    )
    found = json.loads(report.read_text(encoding="utf-8"))
    found["tables"].sort(key=lambda table: table["name"])
    for table in found["tables"]:
        table["columns"].sort(key=lambda column: column["name"])
    return found


def same_coverage(ours, theirs, kind):
    a, b = coverage(ours, kind), coverage(theirs, kind)
    assert a["covered"] > 0 and a == b, f"{a['covered']} of {a['total']}, dbt {b['covered']} of {b['total']}"


def main(ours, theirs):
    checks = {
        f"dbt-artifacts-parser reads {name}.json": lambda name=name: parses(ours, name)
        for name in PARSERS
        # Not every command writes this one.
        if name != "sources" or (Path(ours) / "target" / "sources.json").exists()
    }
    checks["catalog.json is dbt's"] = lambda: same_catalog(ours, theirs)
    for kind in ("doc", "test"):
        checks[f"dbt-coverage finds the same {kind} coverage"] = (
            lambda kind=kind: same_coverage(ours, theirs, kind)
        )
    failed = 0
    for name, check in checks.items():
        try:
            check()
            print(f"ok {name}")
        except Exception as error:
            failed += 1
            print(f"FAIL {name}: {type(error).__name__}: {error}")
    print(f"{len(checks) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
