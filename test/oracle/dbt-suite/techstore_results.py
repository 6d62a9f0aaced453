"""What a command left behind, as the objects that dbt's own run_dbt gives."""

import json
import os

from dbt.artifacts.schemas.catalog import CatalogArtifact
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt.artifacts.schemas.results import FreshnessStatus
from dbt.artifacts.schemas.run import RunResult, RunResultsArtifact
from dbt.contracts.graph.manifest import Manifest
from dbt.contracts.results import RunExecutionResult

LISTS = ("ls", "list")
QUIET = ("deps", "clean", "init")


class Target:
    """The folder of the artifacts, of which only those count that the command wrote."""

    def __init__(self, folder, started):
        self.folder = folder
        self.started = started

    def path_of(self, name):
        path = os.path.join(self.folder, name)
        if os.path.exists(path) and os.path.getmtime(path) >= self.started:
            return path
        return None


def results_of(command, args, done, target):
    """None when the command left no results of its own."""
    if command in LISTS:
        return [line for line in done.stdout.splitlines() if line.strip() != ""]
    if command in QUIET:
        return None
    if command == "debug":
        return done.returncode == 0
    if command == "parse":
        return manifest_of(target)
    if command == "docs":
        path = target.path_of("catalog.json")
        return None if path is None else CatalogArtifact.read_and_check_versions(path)
    if command == "source":
        return freshness_of(target)
    if command == "run-operation":
        path = target.path_of("run_results.json")
        return None if path is None else RunResultsArtifact.read_and_check_versions(path)
    return run_results_of(target)


def manifest_of(target):
    path = target.path_of("manifest.json")
    if path is None:
        path = os.path.join(target.folder, "manifest.json")
        if not os.path.exists(path):
            return None
    return Manifest.from_writable_manifest(WritableManifest.read_and_check_versions(path))


def run_results_of(target):
    path = target.path_of("run_results.json")
    if path is None:
        return None
    artifact = RunResultsArtifact.read_and_check_versions(path)
    manifest = manifest_of(target)
    results = [run_result(one, manifest) for one in artifact.results]
    return RunExecutionResult(
        results=results,
        elapsed_time=artifact.elapsed_time,
        generated_at=artifact.metadata.generated_at,
        args=artifact.args,
    )


def run_result(output, manifest):
    node = node_of(output, manifest)
    return RunResult(
        status=output.status,
        timing=output.timing,
        thread_id=output.thread_id,
        execution_time=output.execution_time,
        adapter_response=output.adapter_response,
        message=output.message,
        failures=output.failures,
        node=node,
    )


def node_of(output, manifest):
    """The node of a result, with what was compiled; hooks are not in the manifest."""
    for nodes in (manifest.nodes, manifest.unit_tests, manifest.exposures, manifest.functions):
        node = nodes.get(output.unique_id)
        if node is not None:
            break
    else:
        return Hook(output)
    if getattr(output, "compiled_code", None) is not None:
        node.compiled_code = output.compiled_code
        node.compiled = bool(output.compiled)
        node.relation_name = output.relation_name
    return node


class Hook:
    """A hook of the project, of which the artifacts have the name alone."""

    def __init__(self, output):
        self.unique_id = output.unique_id
        self.name = output.unique_id.split(".")[-1]
        self.resource_type = output.unique_id.split(".")[0]
        self.compiled_code = output.compiled_code


def freshness_of(target):
    path = target.path_of("sources.json")
    if path is None:
        return None
    with open(path, encoding="utf-8") as file:
        found = json.load(file)
    return [Fresh(one) for one in found["results"]]


class Fresh:
    """A row of sources.json."""

    def __init__(self, row):
        self.status = FreshnessStatus(row["status"]) if "error" not in row else row["status"]
        self.max_loaded_at = row.get("max_loaded_at")
        self.unique_id = row["unique_id"]
        self.message = row.get("error")
        self.row = row
