"""What the import does differently on SQLite and on PostgreSQL: SQL words, loading rows, transactions, interruption."""

from __future__ import annotations

import re
import sqlite3
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar

from tui_booking.errors import BookingCenterError
from tui_booking.importing.columns import Type
from tui_booking.models.database import PostgresqlStore, SqliteStore, Store, explain

_MACRO = re.compile(r"\{(same|vnd):([^:}]+):([^:}]+)\}")
_STEPS_BETWEEN_CHECKS = 200_000


class ImportCancelled(Exception):
    """The person who started the import stopped it; what was under way has been rolled back."""


class Engine(ABC):
    """A connection of one thread, and the words of its SQL."""

    types: ClassVar[dict[Type, str]]
    true: ClassVar[str]
    false: ClassVar[str]
    number_type: ClassVar[str]
    number_key: ClassVar[str]

    def __init__(self, store: Store, cancelled: Callable[[], bool]) -> None:
        self.store = store
        self.cancelled = cancelled
        self.connection: Any = store.connection()

    def run(self, sql: str) -> Any:
        """Carry out one statement and return its cursor; raises BookingCenterError or ImportCancelled."""
        if self.cancelled():
            raise ImportCancelled
        cursor = self.connection.cursor()
        with self.explained():
            cursor.execute(sql)
        return cursor

    def value(self, sql: str) -> Any:
        """The first value of the first row, or None."""
        row = self.run(sql).fetchone()
        return None if row is None else row[0]

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Put a driver's error in words, once, for whatever is done inside."""
        try:
            yield
        except self.errors() as error:
            if self.cancelled():
                raise ImportCancelled from error
            raise self.words_for(error) from error

    def words_for(self, error: Exception) -> BookingCenterError:
        return explain(error, self.store)

    @abstractmethod
    def errors(self) -> tuple[type[Exception], ...]:
        """What the driver raises."""

    @abstractmethod
    def is_conflict(self, error: BaseException) -> bool:
        """Whether a constraint was broken because somebody else wrote at the same time."""

    def literal(self, value: object) -> str:
        """A value as SQL."""
        if value is None:
            return "NULL"
        if isinstance(value, bool):
            return self.true if value else self.false
        if isinstance(value, int | float):
            return repr(value)
        return "'{}'".format(str(value).replace("'", "''"))

    def expand(self, sql: str) -> str:
        """Replace {same:a:b} (equal, null included) and {vnd:amount:rate} (whole dong, in hundredths)."""

        def word(found: re.Match[str]) -> str:
            what, one, other = found.groups()
            return self.same(one, other) if what == "same" else self.vnd(one, other)

        return _MACRO.sub(word, sql)

    @abstractmethod
    def same(self, one: str, other: str) -> str:
        """Whether two values are equal, two nulls included."""

    def differs(self, one: str, other: str) -> str:
        return f"NOT ({self.same(one, other)})"

    @abstractmethod
    def new_id(self, number: str, milliseconds: int) -> str:
        """A UUID of version 7 (RFC 9562) that counts with `number`, so that rows made in order have ids in order."""

    @abstractmethod
    def vnd(self, amount: str, rate: str) -> str:
        """amount (hundredths) x rate (millionths), rounded half-even to whole dong, in hundredths."""

    def id_of(self, text: str) -> str:
        """An id that is held as text."""
        return text

    @abstractmethod
    def make_table(self, name: str, columns: dict[str, str]) -> None:
        """Make a temporary table of this connection; one of the same name is dropped."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], values: Sequence[Iterable[object]]) -> None:
        """Append rows, given by column, to a temporary table."""

    def count_table(self, name: str) -> None:  # noqa: B027  # SQLite plans these joins well without
        """Tell the planner how large a temporary table has become."""

    @abstractmethod
    def is_refusal(self, error: BaseException) -> bool:
        """Whether the rows themselves broke a constraint, rather than the database failing."""

    @abstractmethod
    def begin(self) -> None:
        """Start a transaction that writes; raises DatabaseBusy, saying who writes, where that takes too long."""

    def commit(self) -> None:
        self.run("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction, whatever state it is in."""
        cursor = self.connection.cursor()
        with self.explained():
            cursor.execute("ROLLBACK")

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        """Let Ctrl-C and a cancel reach statements that run for long."""
        yield


class SqliteEngine(Engine):
    """SQLite: one writer at a time, statements that run inside this process."""

    types: ClassVar[dict[Type, str]] = {
        Type.WHOLE: "INTEGER",
        Type.MONEY: "INTEGER",
        Type.EXCHANGE: "INTEGER",
        Type.FLAG: "INTEGER",
        Type.RATE: "REAL",
    }
    true, false = "1", "0"
    number_type = "INTEGER"
    number_key = "INTEGER PRIMARY KEY"

    def __init__(self, store: SqliteStore, cancelled: Callable[[], bool]) -> None:
        super().__init__(store, cancelled)
        self.connection.create_function("vnd", 2, _whole_dong, deterministic=True)
        # The merge walks an index in key order; the store's ordinary cache is too small for a large one.
        self.connection.execute("PRAGMA cache_size = -65536")

    def errors(self) -> tuple[type[Exception], ...]:
        return (sqlite3.Error,)

    def is_conflict(self, error: BaseException) -> bool:  # noqa: ARG002
        return False  # the lock was taken before anything was read

    def is_refusal(self, error: BaseException) -> bool:
        return isinstance(error.__cause__, sqlite3.IntegrityError)

    def same(self, one: str, other: str) -> str:
        return f"{one} IS {other}"

    def differs(self, one: str, other: str) -> str:
        return f"{one} IS NOT {other}"

    def new_id(self, number: str, milliseconds: int) -> str:
        return (
            f"lower(printf('%012x7%03x8%03x', {milliseconds} + ({number} >> 24), ({number} >> 12) & 4095,"
            f" {number} & 4095) || hex(randomblob(6)))"
        )

    def vnd(self, amount: str, rate: str) -> str:
        return f"vnd({amount}, {rate})"

    def make_table(self, name: str, columns: dict[str, str]) -> None:
        self.run(f"DROP TABLE IF EXISTS temp.{name}")
        defined = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.run(f"CREATE TEMP TABLE {name} ({defined})")

    def load(self, table: str, columns: Sequence[str], values: Sequence[Iterable[object]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        marks = ", ".join("?" * len(columns))
        with self.explained():
            self.connection.executemany(
                f"INSERT INTO temp.{table} ({names}) VALUES ({marks})", zip(*values, strict=True)
            )

    def begin(self) -> None:
        self.run("BEGIN IMMEDIATE")

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        # Called back between steps, Python handles a pending Ctrl-C there; a non-zero answer ends the statement.
        self.connection.set_progress_handler(lambda: int(self.cancelled()), _STEPS_BETWEEN_CHECKS)
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)


class PostgresqlEngine(Engine):
    """PostgreSQL: many writers, a server of its own; no statement here that Citus or CockroachDB lack."""

    types: ClassVar[dict[Type, str]] = {
        Type.WHOLE: "bigint",
        Type.MONEY: "bigint",
        Type.EXCHANGE: "bigint",
        Type.FLAG: "boolean",
        Type.RATE: "double precision",
        Type.DATE: "date",
        Type.TIME: "timestamptz",
    }
    true, false = "TRUE", "FALSE"
    number_type = "bigint"
    number_key = "bigint"
    _ESCAPES = re.compile(r"[\\\t\n\r]")
    _ESCAPED: ClassVar[dict[int, str]] = {92: "\\\\", 9: "\\t", 10: "\\n", 13: "\\r"}

    def errors(self) -> tuple[type[Exception], ...]:
        import psycopg

        return (psycopg.Error,)

    def is_conflict(self, error: BaseException) -> bool:
        state = getattr(error.__cause__ or error, "sqlstate", None)
        return state in ("23505", "23503", "40001", "40P01")

    def is_refusal(self, error: BaseException) -> bool:
        return str(getattr(error.__cause__ or error, "sqlstate", None) or "").startswith("23")

    def same(self, one: str, other: str) -> str:
        return f"{one} IS NOT DISTINCT FROM {other}"

    def differs(self, one: str, other: str) -> str:
        return f"{one} IS DISTINCT FROM {other}"

    def new_id(self, number: str, milliseconds: int) -> str:
        return (
            f"(lpad(to_hex({milliseconds} + ({number} >> 24)), 12, '0')"
            f" || '7' || lpad(to_hex(({number} >> 12) & 4095), 3, '0')"
            f" || '8' || lpad(to_hex({number} & 4095), 3, '0') || right(gen_random_uuid()::text, 12))::uuid"
        )

    def vnd(self, amount: str, rate: str) -> str:
        exact = f"({amount}::numeric * {rate} / 100000000)"
        # round() goes away from zero at a half; doubling the rounded half goes to the even neighbour.
        even = f"CASE WHEN {exact} - floor({exact}) = 0.5 THEN 2 * round({exact} / 2) ELSE round({exact}) END"
        return f"({even} * 100)::bigint"

    def make_table(self, name: str, columns: dict[str, str]) -> None:
        self.run(f"DROP TABLE IF EXISTS pg_temp.{name}")
        defined = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.run(f"CREATE TEMP TABLE {name} ({defined})")

    def load(self, table: str, columns: Sequence[str], values: Sequence[Iterable[object]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        texts = [self._copy_texts(column) for column in values]
        lines = "\n".join(map("\t".join, zip(*texts, strict=True)))
        with self.explained(), self.connection.cursor().copy(f"COPY pg_temp.{table} ({names}) FROM STDIN") as copy:
            copy.write(lines + "\n" if lines else "")

    def _copy_texts(self, values: Iterable[object]) -> list[str]:
        """A column in COPY's text format; only columns that hold a special character are looked at cell by cell."""
        if isinstance(values, range):
            return list(map(str, values))
        texts = ["\\N" if value is None else value if type(value) is str else str(value) for value in values]
        # A null is the only cell that is cleanly written with a backslash.
        joined = "".join(texts)
        if self._ESCAPES.search(joined.replace("\\N", "")) is None and joined.count("\\") == texts.count("\\N"):
            return texts
        return ["\\N" if value is None else str(value).translate(self._ESCAPED) for value in values]

    def id_of(self, text: str) -> str:
        return f"{text}::uuid"

    def count_table(self, name: str) -> None:
        self.run(f"ANALYZE pg_temp.{name}")

    def begin(self) -> None:
        self.run("BEGIN")

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        # psycopg hears Ctrl-C by itself; a cancel from another thread has to be carried to the server.
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.2):
                if self.cancelled():
                    self.connection.cancel_safe()
                    return

        watcher = threading.Thread(target=watch, name="import-cancel", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()


def _whole_dong(amount: int | None, rate: int | None) -> int | None:
    if amount is None or rate is None:
        return None
    whole, rest = divmod(amount * rate, 100_000_000)
    if rest > 50_000_000 or (rest == 50_000_000 and whole % 2):
        whole += 1
    return whole * 100


def open_engine(store: Store, cancelled: Callable[[], bool]) -> Engine:
    """The engine of a connected store."""
    if isinstance(store, SqliteStore):
        return SqliteEngine(store, cancelled)
    assert isinstance(store, PostgresqlStore)
    return PostgresqlEngine(store, cancelled)
