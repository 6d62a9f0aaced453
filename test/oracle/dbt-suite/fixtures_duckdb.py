"""Added to the conftest.py of dbt-duckdb's tests: a file for each class, where one session shares one."""

import pytest

from suite_plugin import profile_with_file


@pytest.fixture(scope="class")
def dbt_profile_target(tmpdir_factory):
    return profile_with_file(tmpdir_factory, "tmp.db")
