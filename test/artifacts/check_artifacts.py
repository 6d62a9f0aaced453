"""Loads manifest.json and run_results.json of a target folder with dbt's own classes.

    python check_artifacts.py TARGET_DIR

Exits 1 with the error when dbt refuses one of them.
"""

import json
import sys
from pathlib import Path

from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.run import RunResultsArtifact
from dbt.contracts.graph.manifest import Manifest


def check(target: Path) -> None:
    manifest = WritableManifest.read_and_check_versions(str(target / "manifest.json"))
    # `state:` and `--defer` read it this way.
    full = Manifest.from_writable_manifest(manifest)
    known = set(full.nodes) | set(full.sources) | set(full.exposures) | set(full.unit_tests)
    print(f"manifest.json: {len(full.nodes)} nodes, {len(full.sources)} sources, "
          f"{len(full.unit_tests)} unit tests, {len(full.macros)} macros")
    for ids in (manifest.parent_map, manifest.child_map):
        assert set(ids) == known, f"the maps and the nodes differ: {set(ids) ^ known}"
        strays = {other for others in ids.values() for other in others} - known
        assert not strays, f"the maps name what is not there: {strays}"

    path = target / "run_results.json"
    if not path.exists():
        return
    RunResultsArtifact.validate(json.loads(path.read_text()))
    results = RunResultsArtifact.read_and_check_versions(str(path))
    strays = {result.unique_id for result in results.results} - known
    assert not strays, f"run_results.json names what is not there: {strays}"
    print(f"run_results.json: {len(results.results)} results of {results.args['which']}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    try:
        check(Path(sys.argv[1]))
    except Exception as error:
        print(f"dbt refuses it: {type(error).__name__}: {error}", file=sys.stderr)
        sys.exit(1)
