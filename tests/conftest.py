"""What the tests share: a home of their own, and fresh databases on both engines."""

from __future__ import annotations

import logging
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import hypothesis
import pytest

from tests.databases import PostgresqlDatabases
from tests.servers import URL_VARIABLE, NoServer, PostgresqlServer

NewDatabase = Callable[[], str]

_OURS = pytest.StashKey[PostgresqlServer]()
_PROBLEM = "no PostgreSQL: "

# Shared machines are slow at times, and fresh databases are made by fixtures that hand out as many as are asked for.
hypothesis.settings.register_profile(
    "tests",
    deadline=None,
    derandomize="CI" in os.environ,
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture, hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("tests")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """With several workers: one server for all of them, kept by the process that directs them."""
    node.workerinput["postgresql"] = _server_url(node.config)


def pytest_unconfigure(config: pytest.Config) -> None:
    if (server := config.stash.get(_OURS, None)) is not None:
        server.stop()


def _server_url(config: pytest.Config) -> str:
    """The URL of the run's server, started on first use, or what kept it from starting, marked as such."""
    if url := os.environ.get(URL_VARIABLE):
        return url
    if (given := getattr(config, "workerinput", {}).get("postgresql")) is not None:
        return str(given)
    if _OURS not in config.stash:
        try:
            config.stash[_OURS] = PostgresqlServer()
        except NoServer as problem:
            return f"{_PROBLEM}{problem}"
    return config.stash[_OURS].url


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test reads or writes the settings, data and logs of whoever runs it."""
    home = tmp_path_factory.mktemp("home")
    for name in [name for name in os.environ if name.startswith("TUI_BOOKING_") and name != URL_VARIABLE]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TUI_BOOKING_HOME", str(home))
    return home


@pytest.fixture(autouse=True)
def logging_as_before() -> Iterator[None]:
    """A command that a test runs logs into that test's home, and no longer than it lasts."""
    logger = logging.getLogger("tui_booking")
    before = logger.propagate, logger.level, list(logger.handlers)
    yield
    for handler in set(logger.handlers) - set(before[2]):
        handler.close()
    logger.propagate, logger.level, logger.handlers = before


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> str:
    """The URL of a PostgreSQL server on which databases can be made; without one the test fails, it never skips."""
    url = _server_url(pytestconfig)
    if url.startswith(_PROBLEM):
        pytest.fail(url, pytrace=False)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    from tui_booking.models.migrate import bring_up_to_date

    path = tmp_path_factory.mktemp("template") / "booking.db"
    bring_up_to_date(_sqlite_url(path))
    return path


@pytest.fixture(scope="session")
def postgresql_databases(postgresql_server: str) -> Iterator[PostgresqlDatabases]:
    with closing(PostgresqlDatabases(postgresql_server)) as databases:
        yield databases


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each engine in turn; a test of one engine names it by `parametrize("engine", ["sqlite"], indirect=True)`."""
    return str(request.param)


@pytest.fixture
def new_empty_database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Makes a database in which nothing is migrated, as often as it is called; returns its URL."""
    if engine == "sqlite":
        yield lambda: _sqlite_url(tmp_path / f"{uuid4().hex}.db")
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.lend(migrated=False) as new_database:
        yield new_database


@pytest.fixture
def new_database(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewDatabase]:
    """Makes a migrated database without rows, as often as it is called; returns its URL."""
    if engine == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield lambda: _sqlite_url(Path(shutil.copy(template, tmp_path / f"{uuid4().hex}.db")))
        return
    databases: PostgresqlDatabases = request.getfixturevalue("postgresql_databases")
    with databases.lend(migrated=True) as new_database:
        yield new_database


@pytest.fixture
def database_url(new_database: NewDatabase) -> str:
    """A migrated database without rows, on each engine in turn."""
    return new_database()


@pytest.fixture
def empty_database_url(new_empty_database: NewDatabase) -> str:
    """A database in which nothing is migrated, on each engine in turn; on SQLite the file is not there yet."""
    return new_empty_database()


def _sqlite_url(path: Path) -> str:
    return f"sqlite:///{path.as_posix()}"
