"""Compares the outcome of each node in two run_results.json.

    compare_results.py OURS.json THEIRS.json

Data tests and unit tests must have the same ids, the same states and the same
numbers of failures. Prints what differs and ends with 1 when anything does.
"""

import json
import sys

KINDS = ("test.", "unit_test.")


def outcomes(path):
    with open(path, encoding="utf-8") as file:
        results = json.load(file)["results"]
    return {
        r["unique_id"]: (r["status"], r["failures"] if r["unique_id"].startswith("test.") else None)
        for r in results
        if r["unique_id"].startswith(KINDS)
    }


def main(ours_path, theirs_path):
    ours, theirs = outcomes(ours_path), outcomes(theirs_path)
    failed = 0
    for unique_id in sorted(ours.keys() | theirs.keys()):
        a, b = ours.get(unique_id), theirs.get(unique_id)
        if a != b:
            failed += 1
            print(f"FAIL {unique_id}: ours {a}, dbt's {b}")
    passed = len(ours.keys() | theirs.keys()) - failed
    if passed == 0:
        failed += 1
        print("FAIL no tests in common")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
