"""A database read as it is at one moment, row after row, whatever others write meanwhile and however large it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from tui_booking.importing.engines import Engine
from tui_booking.models.database import PostgresqlStore

ROWS = 5_000


class Snapshot:
    """One moment of a database; made by open_snapshot."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def count(self, sql: str) -> int:
        """The number that a question is answered with."""
        return int(self.engine.value(sql))

    def read(self, sql: str) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of a question, some at a time; they are not held in memory by either side."""
        with self.engine.explained():
            if isinstance(self.engine.store, PostgresqlStore):
                # Without a name psycopg would fetch all rows at once.
                cursor = self.engine.connection.cursor(name="tui_booking_export")
            else:
                cursor = self.engine.connection.cursor()
            try:
                cursor.execute(sql)
                while rows := cursor.fetchmany(ROWS):
                    yield rows
            finally:
                cursor.close()


@contextmanager
def open_snapshot(engine: Engine) -> Iterator[Snapshot]:
    """Everything read inside belongs to one moment; nothing is locked for others."""
    is_postgresql = isinstance(engine.store, PostgresqlStore)
    # SQLite in WAL mode keeps the moment of a transaction's first read for all of it.
    engine.run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY" if is_postgresql else "BEGIN")
    try:
        yield Snapshot(engine)
    finally:
        with suppress(*engine.errors()):
            engine.connection.cursor().execute("ROLLBACK")
