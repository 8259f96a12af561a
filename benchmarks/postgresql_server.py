"""A PostgreSQL server for the benchmarks: the same for us and for the limit, and quiet while something is measured."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from benchmarks.measuring import ServerClock
from tests.servers import NoServer, PostgresqlServer, with_database

if TYPE_CHECKING:
    import psycopg

# What takes effect without a new start. The server's own work in the background would fall on either side by chance.
_SETTINGS = {
    "autovacuum": "off",
    "checkpoint_timeout": "1h",
    "max_wal_size": "16GB",
    "work_mem": "64MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
}


class BenchmarkServer:
    """A running server."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._numbers = count(1)
        with self._connect() as connection:
            for name, value in _SETTINGS.items():
                connection.execute(f"ALTER SYSTEM SET {name} = '{value}'".encode())
            connection.execute("SELECT pg_reload_conf()")
            row = connection.execute("SELECT pg_read_file('postmaster.pid'), current_setting('server_version')")
            told = row.fetchone()
        assert told is not None
        self.version = str(told[1]).split()[0]
        self.clock = ServerClock(int(told[0].split()[0]))

    def _connect(self, name: str = "postgres") -> psycopg.Connection[tuple[str, ...]]:
        import psycopg

        return psycopg.connect(with_database(self._url, name), autocommit=True)

    def new_database(self, template: str = "template1") -> str:
        """A new database that has all that the template has; returns its name."""
        name = f"benchmark_{next(self._numbers)}"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())
        return name

    def url_of(self, name: str) -> str:
        return with_database(self._url, name)

    def settle(self, name: str) -> None:
        """Let the server do what it would do in the background: nothing of it is to be measured."""
        with self._connect(name) as connection:
            connection.execute("VACUUM ANALYZE")
            connection.execute("CHECKPOINT")

    def drop(self, name: str) -> None:
        with self._connect() as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@contextmanager
def open_server() -> Iterator[BenchmarkServer | str]:
    """A server for as long as the block runs, or why there is none."""
    try:
        server = PostgresqlServer()
    except NoServer as problem:
        yield str(problem)
        return
    try:
        yield BenchmarkServer(server.url)
    finally:
        server.stop()
