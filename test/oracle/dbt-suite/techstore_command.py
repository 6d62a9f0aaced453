"""`techstore` in the place of dbt's run_dbt: arguments in, results in dbt's own classes out."""

import os
import subprocess
import time

import yaml

from dbt.adapters.duckdb.connections import DuckDBConnectionManager
from dbt.adapters.factory import FACTORY
from dbt.contracts.graph.manifest import Manifest
from dbt.artifacts.schemas.manifest import WritableManifest
from dbt_common.events.functions import reset_metadata_vars

import techstore_failure
import techstore_results

# Seconds that one command may take.
LIMIT = 120

COMMANDS = (
    "build clean clone compile debug deps docs init list ls parse retry run run-operation seed "
    "show snapshot source test"
).split()

# The commands of the test that runs.
commands = []


def run_dbt(args=None, expect_pass=True, callbacks=None):
    """As dbt.tests.util.run_dbt: results of the command, or the exception that it ended with."""
    return invoke(args, expect_pass, callbacks)[0]


def run_dbt_and_capture(args=None, expect_pass=True):
    return invoke(args, expect_pass, None)


def invoke(args, expect_pass, callbacks):
    reset_metadata_vars()
    args = [str(arg) for arg in (["run"] if args is None else args)]
    command = command_of(args)
    commands.append(command)
    if callbacks:
        raise techstore_failure.NotComparable("the test listens to events inside of dbt's process")
    args = with_folders(args)
    project_dir = folder_of(args)
    publish_after_run(project_dir)
    release_database()
    started = time.time() - 0.01
    done = subprocess.run(
        ["node", os.environ["SUITE_PROGRAM"], *args],
        stdout=subprocess.PIPE,
        # Warnings are no lines of the answer.
        stderr=subprocess.PIPE if command in techstore_results.LISTS else subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        timeout=LIMIT,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
        check=False,
    )
    print(f"techstore {' '.join(args)}\n{done.stdout}")
    targets = techstore_results.Target(target_of(args, project_dir), started)
    results = techstore_results.results_of(command, args, done, targets)
    if done.returncode >= 2 and (results is None or command in ("ls", "list", "show")):
        raise techstore_failure.TechstoreFailure(done.stdout + (done.stderr or ""))
    if expect_pass is not None:
        succeeded = done.returncode == 0
        assert succeeded == expect_pass, (
            f"techstore ended with {done.returncode}: {done.stdout[-1500:]}"
        )
    return results, done.stdout


def get_manifest(project_root):
    path = os.path.join(project_root, "target", "manifest.json")
    if not os.path.exists(path):
        return None
    return Manifest.from_writable_manifest(WritableManifest.read_and_check_versions(path))


def command_of(args):
    """The first word that is a command; values of options before it could only look like one by chance."""
    return next((arg for arg in args if arg in COMMANDS), "run")


def with_folders(args):
    """The folders of the fixture, which dbt's own run_dbt adds too."""
    from dbt.flags import get_flags

    flags = get_flags()
    added = []
    for option, name in (("--project-dir", "PROJECT_DIR"), ("--profiles-dir", "PROFILES_DIR")):
        value = getattr(flags, name, None)
        if value and option not in args:
            added += [option, str(value)]
    return args + added


def value_of(args, option):
    """The value of an option, or None."""
    for at, arg in enumerate(args):
        if arg == option and at + 1 < len(args):
            return args[at + 1]
        if arg.startswith(option + "="):
            return arg.split("=", 1)[1]
    return None


def folder_of(args):
    return value_of(args, "--project-dir") or os.getcwd()


def target_of(args, project_dir):
    chosen = value_of(args, "--target-path") or os.environ.get("DBT_TARGET_PATH")
    if chosen is None:
        chosen = (read_project(project_dir) or {}).get("target-path", "target")
    return os.path.join(project_dir, chosen)


def read_project(project_dir):
    try:
        with open(os.path.join(project_dir, "dbt_project.yml"), encoding="utf-8") as file:
            found = yaml.safe_load(file)
    except (OSError, yaml.YAMLError):
        return None
    return found if isinstance(found, dict) else None


def publish_after_run(project_dir):
    """The one setting that the suite needs: it looks at tables after every command, as dbt leaves them."""
    project = read_project(project_dir)
    if project is None or "publish" in project:
        return
    with open(os.path.join(project_dir, "dbt_project.yml"), "a", encoding="utf-8") as file:
        file.write("\npublish: after_run\n")


def release_database():
    """Lets go of the file that the suite's own connection holds; the next query opens it again."""
    for adapter in list(FACTORY.adapters.values()):
        adapter.cleanup_connections()
    env = DuckDBConnectionManager._ENV
    if env is not None:
        env.close()
        DuckDBConnectionManager._ENV = None


__all__ = ["commands", "get_manifest", "run_dbt", "run_dbt_and_capture"]
