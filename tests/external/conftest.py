"""The real PostgreSQL and the real Spark that the tests here run against."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from .postgres_server import Database, running_server

if TYPE_CHECKING:
    import psycopg
    from pyspark.sql import SparkSession


def pytest_ignore_collect(config: pytest.Config) -> bool | None:
    """Leave these tests unread by default: what they import is then not installed."""
    return None if config.getoption("markexpr") == "external" else True


@pytest.fixture(scope="session")
def postgres() -> Iterator[Database]:
    """The first database of a PostgreSQL server that runs as long as the tests."""
    with running_server() as database:
        yield database


@pytest.fixture(scope="module")
def database(postgres: Database, request: pytest.FixtureRequest) -> Database:
    """A PostgreSQL database of the module's own."""
    return postgres.create(request.module.__name__.rpartition(".")[2])


@pytest.fixture(scope="module")
def connection(database: Database) -> Iterator[psycopg.Connection[Any]]:
    """A connection to the module's own database; each statement is a transaction of its own."""
    import psycopg

    with psycopg.connect(database.dsn, autocommit=True) as opened:
        yield opened


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A Spark session on two cores of this machine.

    The test fails, saying what to install, where there is no Java.
    """
    from pyspark.sql import SparkSession

    _require_java()
    scratch = tmp_path_factory.mktemp("spark")
    settings: dict[str, bool | float | int | str | None] = {
        "spark.ui.enabled": False,
        "spark.ui.showConsoleProgress": False,
        "spark.log.level": "ERROR",
        # The plans of many answers take more than those of a few.
        "spark.driver.memory": "6g" if "POLICY_RULES_ANSWERS" in os.environ else "2g",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(scratch / "local"),
        "spark.sql.warehouse.dir": str(scratch / "warehouse"),
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": 2,
        # Java code for each of hundreds of small queries would take most of the time.
        "spark.sql.codegen.wholeStage": False,
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": False,
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    }
    with pytest.MonkeyPatch.context() as patch:
        # Its own name for this machine may lead to another address than loopback.
        patch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        session = (
            SparkSession.builder.master("local[2]")
            .appName("policy-rules tests")
            .config(map=settings)
            .getOrCreate()
        )
        yield session
        session.stop()


def _require_java() -> None:
    home = os.environ.get("JAVA_HOME")
    if shutil.which(Path(home, "bin", "java") if home else "java") is None:
        pytest.fail(
            f"these tests need Java 17 or later for Spark, and there is no `java` in "
            f"{'JAVA_HOME' if home else 'PATH'}: install it (Debian and Ubuntu: "
            "`apt-get install openjdk-17-jre-headless`)",
            pytrace=False,
        )
