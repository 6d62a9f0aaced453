"""What real dbt selects by `state:` in copies of a project, against artifacts of ours and of its own.

    state_selection.py '{"ours": FOLDER, "dbt": FOLDER}' PROJECT...

Prints {project: {selector: {state: [unique ids]}}} as JSON. `state:modified` is asked by `dbt ls`; its
aspects by dbt's class for the method, which takes no process of its own.
"""

import contextlib
import io
import json
import os
import sys
from pathlib import Path

from dbt.cli.main import dbtRunner
from dbt.contracts.state import PreviousState
from dbt.graph.selector_methods import StateSelectorMethod

ASPECTS = ("body", "configs", "persisted_descriptions", "relation", "macros", "contract")


def invoke(manifest, *args):
    with contextlib.redirect_stdout(io.StringIO()):
        done = dbtRunner(manifest=manifest).invoke(["--quiet", *args])
    if done.exception is not None:
        raise done.exception
    return done.result


def modified(manifest, state):
    lines = invoke(manifest, "ls", "--select", "state:modified", "--state", state,
                   "--output", "json", "--output-keys", "unique_id")
    return sorted(json.loads(line)["unique_id"] for line in lines or [])


def of_aspect(manifest, previous, aspect):
    method = StateSelectorMethod(manifest, previous, [])
    nodes = {*manifest.nodes, *manifest.sources, *manifest.exposures, *manifest.unit_tests}
    with contextlib.redirect_stdout(io.StringIO()):
        return sorted(method.search(nodes, f"modified.{aspect}"))


def selected(project, states, previous):
    os.chdir(project)
    os.environ["DBT_PROFILES_DIR"] = project
    manifest = invoke(None, "--no-partial-parse", "parse")
    found = {"state:modified": {name: modified(manifest, state) for name, state in states.items()}}
    for aspect in ASPECTS:
        found[f"state:modified.{aspect}"] = {
            name: of_aspect(manifest, previous[name], aspect) for name in states
        }
    return found


def main(states_json, *projects):
    states = json.loads(states_json)
    previous = {}
    answer = {}
    for project in projects:
        if not previous:
            # dbt's flags are set by the first command.
            os.chdir(project)
            os.environ["DBT_PROFILES_DIR"] = project
            invoke(None, "--no-partial-parse", "parse")
            previous = {
                name: PreviousState(Path(state), Path(state), Path(project))
                for name, state in states.items()
            }
        answer[project] = selected(project, states, previous)
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main(*sys.argv[1:])
