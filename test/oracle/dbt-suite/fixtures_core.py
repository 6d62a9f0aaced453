"""Added to the conftest.py of dbt-core's tests: DuckDB where they name Postgres."""

import pytest

from suite_plugin import profile_with_file


@pytest.fixture(scope="class")
def dbt_profile_target(tmpdir_factory):
    return profile_with_file(tmpdir_factory, "dbt.duckdb")
