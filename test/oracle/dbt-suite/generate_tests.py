"""Makes a test of each base class of dbt-tests-adapter that dbt-duckdb's own tests leave out.

Arguments: the folder of dbt-duckdb's tests, and the file to write.
"""

import importlib
import pathlib
import re
import sys

import dbt.tests.adapter


def base_classes():
    """Names of classes with tests of their own, by the name of their module."""
    found = {}
    (folder,) = dbt.tests.adapter.__path__
    for path in sorted(pathlib.Path(folder).rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        module = ".".join(("dbt.tests.adapter", *parts)).removesuffix(".__init__")
        try:
            loaded = importlib.import_module(module)
        except ImportError:
            continue
        for name, value in sorted(vars(loaded).items()):
            is_own = isinstance(value, type) and value.__module__ == module
            if is_own and any(attribute.startswith("test") for attribute in dir(value)):
                if not name.startswith("Test"):
                    found.setdefault(module, []).append(name)
    return found


def main(tests, target):
    texts = [path.read_text(encoding="utf-8") for path in pathlib.Path(tests).rglob("*.py")]
    used = set(re.findall(r"\w+", "\n".join(texts)))
    lines = ['"""Generated: see test/oracle/dbt-suite/generate_tests.py."""', ""]
    for module, names in sorted(base_classes().items()):
        for name in names:
            if name in used:
                continue
            unique = f"Test{name.removeprefix('Base')}_{module.rsplit('.', 1)[-1]}"
            lines += [f"from {module} import {name}", f"class {unique}({name}):", "    pass", ""]
    pathlib.Path(target).write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
