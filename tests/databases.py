"""Databases for tests on one PostgreSQL server, used again when clean: making one costs more than most tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.servers import with_database
from tui_booking.models.migrate import HISTORY, bring_up_to_date

_END_OTHERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""
# Whatever changes a table, an index or a constraint writes its catalog row anew; copies of a database share them.
_SHAPE = f"""
    SELECT
        (SELECT string_agg(concat_ws(':', oid, xmin), ' ' ORDER BY oid) FROM pg_class
         WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(concat_ws(':', attrelid, attnum, a.xmin), ' ' ORDER BY attrelid, attnum)
         FROM pg_attribute AS a JOIN pg_class AS c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace),
        (SELECT string_agg(concat_ws(':', oid, xmin), ' ' ORDER BY oid) FROM pg_constraint
         WHERE connamespace = 'public'::regnamespace),
        (SELECT string_agg(name, ' ' ORDER BY id) FROM {HISTORY})"""
_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> %s ORDER BY relname"""


class PostgresqlDatabases:
    """Empty and migrated databases of one server, all gone after close()."""

    def __init__(self, server: str) -> None:
        """The server's URL names a database to connect to, as a user who may make others."""
        self._server = server
        self._connection = psycopg.connect(server, autocommit=True)
        self._template: str | None = None
        self._shape: Any = None
        self._tables: list[str] = []
        self._clean: list[str] = []
        found = self._connection.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user").fetchone()
        self._may_clean = found == (True,)

    def close(self) -> None:
        for name in [*self._clean, *([self._template] if self._template else [])]:
            self._drop(name)
        self._connection.close()

    @contextmanager
    def lend(self, *, migrated: bool) -> Iterator[Lender]:
        """What makes databases while the block runs, which are taken back at its end."""
        lender = Lender(self, migrated=migrated)
        yield lender
        for name in lender.lent:
            if migrated and self._make_clean(name):
                self._clean.append(name)
            else:
                self._drop(name)

    def url(self, name: str) -> str:
        return with_database(self._server, name)

    def take(self, *, migrated: bool) -> str:
        """The name of a database that nobody else uses."""
        if not migrated:
            return self._create("template0")
        if self._clean:
            return self._clean.pop()
        if self._template is None:
            self._template = self._migrate_template()
        return self._create(self._template)

    def _migrate_template(self) -> str:
        name = self._create("template0")
        bring_up_to_date(self.url(name))
        with psycopg.connect(self.url(name)) as connection:
            self._shape = connection.execute(_SHAPE).fetchone()
            self._tables = [row[0] for row in connection.execute(_TABLES, (HISTORY,))]
        return name

    def _make_clean(self, name: str) -> bool:
        """Delete all rows; False where the test changed more than rows, or the server does not let us."""
        if not self._may_clean:
            return False
        with psycopg.connect(self.url(name)) as connection:
            connection.execute(_END_OTHERS)
            if connection.execute(_SHAPE).fetchone() != self._shape:
                return False
            # Rows go in any order without the triggers that hold the references.
            connection.execute("SET session_replication_role = replica")
            held = sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})")
            asked = [held.format(sql.Literal(table), sql.Identifier(table)) for table in self._tables]
            for (table,) in connection.execute(sql.SQL(" UNION ALL ").join(asked)).fetchall():
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
        return True

    def _create(self, template: str) -> str:
        name = f"booking_test_{uuid4().hex}"
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        self._connection.execute(command.format(sql.Identifier(name), sql.Identifier(template)))
        return name

    def _drop(self, name: str) -> None:
        self._connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


class Lender:
    """Call it for the URL of another database."""

    def __init__(self, databases: PostgresqlDatabases, *, migrated: bool) -> None:
        self._databases = databases
        self._migrated = migrated
        self.lent: list[str] = []

    def __call__(self) -> str:
        self.lent.append(self._databases.take(migrated=self._migrated))
        return self._databases.url(self.lent[-1])
