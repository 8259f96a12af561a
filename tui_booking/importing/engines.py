"""What the import asks of an engine: SQL words, loading rows, transactions, interruption; and SQLite's answers."""

from __future__ import annotations

import re
import sqlite3
import string
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, ClassVar

from tui_booking.errors import BookingCenterError
from tui_booking.importing import writers
from tui_booking.importing.columns import Type
from tui_booking.models import database
from tui_booking.models.database import DatabaseBusy, PostgresqlStore, SqliteStore, Store, driver_error, explain
from tui_booking.models.driver import peewee
from tui_booking.reading.money import MONEY_LIMIT

_MACRO = re.compile(r"\{(same|vnd):([^:}]+):([^:}]+)\}")
_STEPS_BETWEEN_CHECKS = 200_000
# How long a wait for a lock may keep Ctrl-C from being heard.
_PATIENCE_MILLISECONDS = 100
_RETRY_SECONDS = 0.02
_ROWS_A_STATEMENT = 10


class ImportCancelled(Exception):
    """The person who started the import stopped it; what was under way has been rolled back."""


class Engine(ABC):
    """A connection of one thread, and the words of its SQL."""

    types: ClassVar[dict[Type, str]]
    true: ClassVar[str]
    false: ClassVar[str]
    remembers_lookups: ClassVar[bool]
    number_type: ClassVar[str]
    number_key: ClassVar[str]

    def __init__(self, store: Store, cancelled: Callable[[], bool]) -> None:
        self.store = store
        self.cancelled = cancelled
        self.connection: Any = store.connection()
        # What others are told who wait for this one.
        self.user, self.imported = "somebody", ""

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
            raise explain(error, self.store) from driver_error(error)

    @abstractmethod
    def errors(self) -> tuple[type[Exception], ...]:
        """What the driver raises, by itself and by way of peewee."""

    @abstractmethod
    def who_writes(self) -> str | None:
        """Who holds the lock of the database, in words; None where that is not known."""

    def name_writer(self, error: BookingCenterError) -> BookingCenterError:
        """Where an error is that somebody else writes: the same with that somebody's name. Outside of transactions."""
        if not isinstance(error, DatabaseBusy):
            return error
        with suppress(*self.errors()):
            if (who := self.who_writes()) is not None:
                return writers.busy(self.store.address.shown, who, error)
        return error

    @property
    def is_lost(self) -> bool:
        """Whether the connection is of no use any more."""
        return False

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

    def sentence(self, text: str, /, **places: str) -> str:
        """SQL for a text, translated already, that holds the values of SQL expressions in its places."""
        parts: list[str] = []
        for before, place, _how, _conversion in string.Formatter().parse(text):
            if before:
                parts.append(self.literal(before))
            if place is not None:
                parts.append(f"COALESCE(CAST({places[place]} AS text), '')")
        return " || ".join(parts) or self.literal("")

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
    def place(self, alias: str) -> str:
        """The number of a row in the order of its temporary table, as that was made."""

    @abstractmethod
    def vnd(self, amount: str, rate: str) -> str:
        """amount (hundredths) x rate (millionths) in hundredths, half-even to whole dong; MONEY_LIMIT at most."""

    @abstractmethod
    def newest(self, table: str, key: str, moment: str, values: Sequence[str], where: str) -> str:
        """SELECT of the row with the latest moment for each key, of a temporary table called `p` that was made in the
        order of key and moment: key, moment and values. Older rows of a key may come before the latest."""

    def id_of(self, text: str) -> str:
        """An id that is held as text."""
        return text

    @abstractmethod
    def make_table(self, name: str, columns: dict[str, str]) -> None:
        """Make a temporary table of this connection; one of the same name is dropped."""

    @abstractmethod
    def load(self, table: str, columns: Sequence[str], values: Sequence[Sequence[object]]) -> None:
        """Append rows, given by column, to a temporary table."""

    @abstractmethod
    def has_doubles(self, table: str, columns: Sequence[str], where: str, *, ordered: bool) -> bool:
        """Whether rows of a temporary table may agree in these columns; `ordered` if it was made in their order."""

    def _has_groups(self, table: str, columns: Sequence[str], where: str) -> bool:
        names = ", ".join(f'"{name}"' for name in columns)
        grouped = f"SELECT 1 FROM {table} WHERE {where} GROUP BY {names} HAVING COUNT(*) > 1 LIMIT 1"
        return self.value(grouped) is not None

    def count_table(self, name: str, columns: Iterable[str]) -> None:  # noqa: B027  # SQLite plans well without
        """Tell the planner how large a temporary table has become, and what stands in some of its columns."""

    def count_records(self, table: str, written: int) -> None:  # noqa: B027
        """Tell the planner of a table that has grown by so much that what it knows of it is of no use."""

    @abstractmethod
    def is_refusal(self, error: BaseException) -> bool:
        """Whether the rows themselves broke a constraint, rather than the database failing."""

    @abstractmethod
    def begin(self) -> None:
        """Start a transaction that writes, in turn with other imports; raises DatabaseBusy where it waits too long."""

    def commit(self) -> None:
        self.run("COMMIT")

    @abstractmethod
    def rollback(self) -> None:
        """Undo the transaction, whatever state it is in, also where there is none any more."""

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
    remembers_lookups = True
    number_type = "INTEGER"
    number_key = "INTEGER PRIMARY KEY"

    def __init__(self, store: SqliteStore, cancelled: Callable[[], bool]) -> None:
        super().__init__(store, cancelled)
        assert store.address.path is not None
        self.path = store.address.path
        self._is_named = False
        self.connection.create_function("vnd", 2, _whole_dong, deterministic=True)
        # The merge walks an index in key order; the store's ordinary cache is too small for a large one.
        self.connection.execute("PRAGMA cache_size = -65536")
        # Some builds write zeros over what is deleted; a file of temporary tables is gone with the connection anyway.
        self.connection.execute("PRAGMA temp.secure_delete = 0")

    def errors(self) -> tuple[type[Exception], ...]:
        return (sqlite3.Error, peewee.PeeweeException)

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

    def place(self, alias: str) -> str:
        return f"{alias}.rowid"

    def vnd(self, amount: str, rate: str) -> str:
        return f"vnd({amount}, {rate})"

    def newest(self, table: str, key: str, moment: str, values: Sequence[str], where: str) -> str:
        # In the order of key and moment the row that no such one of the same key follows is the last. Before
        # a row that is passed over there may be one more of the key, which is older and gives way to the last.
        named = ", ".join(f"p.{name}" for name in (key, moment, *values))
        follows = f"q.{key} IS p.{key} AND {where.replace('p.', 'q.')}"
        return (
            f"SELECT {named} FROM {table} p LEFT JOIN {table} q ON q.rowid = p.rowid + 1"
            f" WHERE {where} AND NOT COALESCE({follows}, 0)"
        )

    def make_table(self, name: str, columns: dict[str, str]) -> None:
        self.run(f"DROP TABLE IF EXISTS temp.{name}")
        defined = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.run(f"CREATE TEMP TABLE {name} ({defined})")

    def has_doubles(self, table: str, columns: Sequence[str], where: str, *, ordered: bool) -> bool:
        if not ordered:
            return self._has_groups(table, columns, where)
        # Rows lie in the order of their keys, so equal ones are neighbours, whatever else is between them in the file.
        same = " AND ".join(self.same(f'a."{name}"', f'b."{name}"') for name in columns)
        return (
            self.value(f"SELECT 1 FROM {table} a JOIN {table} b ON b.rowid = a.rowid + 1 WHERE {same} LIMIT 1")
            is not None
        )

    def load(self, table: str, columns: Sequence[str], values: Sequence[Sequence[object]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        marks = f"({', '.join('?' * len(columns))})"
        rows = len(values[0])
        # Some rows a statement, as each statement costs as much as some cells; those that are left over one by one.
        whole = rows - rows % _ROWS_A_STATEMENT
        several = [column[start:whole:_ROWS_A_STATEMENT] for start in range(_ROWS_A_STATEMENT) for column in values]
        single = [column[whole:] for column in values]
        with self.explained():
            for count, part in ((_ROWS_A_STATEMENT, several), (1, single)):
                self.connection.executemany(
                    f"INSERT INTO temp.{table} ({names}) VALUES {', '.join([marks] * count)}", zip(*part, strict=True)
                )

    def who_writes(self) -> str | None:
        writer = writers.find_writer(self.path)
        return None if writer is None else str(writer)

    def begin(self) -> None:
        give_up = time.monotonic() + database.BUSY_SECONDS
        self.connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
        try:
            while True:
                try:
                    self.run("BEGIN IMMEDIATE")
                    break
                except DatabaseBusy:
                    if time.monotonic() >= give_up:
                        raise
                    time.sleep(_RETRY_SECONDS)
        finally:
            self.connection.execute(f"PRAGMA busy_timeout = {database.BUSY_SECONDS * 1000}")
        self._is_named = True
        writers.leave_name(self.path, writers.this_writer(self.user, self.imported))

    def commit(self) -> None:
        self._take_name_away()
        super().commit()

    def _take_name_away(self) -> None:
        # Only one's own, and before the lock is given up: afterwards it may be somebody else's.
        if self._is_named:
            self._is_named = False
            writers.take_name_away(self.path)

    def rollback(self) -> None:
        self._take_name_away()
        # A full disk, among others, has undone it already.
        if self.connection.in_transaction:
            with self.explained():
                self.connection.execute("ROLLBACK")

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        # Called back between steps, Python handles a pending Ctrl-C there; a non-zero answer ends the statement.
        self.connection.set_progress_handler(lambda: int(self.cancelled()), _STEPS_BETWEEN_CHECKS)
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)


def _whole_dong(amount: int | None, rate: int | None) -> int | None:
    if amount is None or rate is None:
        return None
    whole, rest = divmod(amount * rate, 100_000_000)
    if rest > 50_000_000 or (rest == 50_000_000 and whole % 2):
        whole += 1
    return min(whole * 100, MONEY_LIMIT)


def open_engine(store: Store, cancelled: Callable[[], bool]) -> Engine:
    """The engine of a connected store."""
    if isinstance(store, SqliteStore):
        return SqliteEngine(store, cancelled)
    from tui_booking.importing.postgresql_engine import PostgresqlEngine

    assert isinstance(store, PostgresqlStore)
    return PostgresqlEngine(store, cancelled)
