"""PostgreSQL's answers to what the import asks of an engine."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import ClassVar

from tui_booking.errors import BookingCenterError
from tui_booking.importing import writers
from tui_booking.importing.columns import Type
from tui_booking.importing.engines import Engine, ImportCancelled
from tui_booking.models import database
from tui_booking.models.driver import peewee
from tui_booking.reading.money import MONEY_LIMIT

_WORTH_COUNTING = 1_000


class PostgresqlEngine(Engine):
    """PostgreSQL: many writers, a server of its own. What distributed ones make of it is in docs/distributed.md."""

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
    remembers_lookups = False  # its joins read both sides once, whatever the order
    number_type = "bigint"
    number_key = "bigint"
    _ESCAPED: ClassVar[dict[int, str]] = {92: "\\\\", 9: "\\t", 10: "\\n", 13: "\\r"}

    def errors(self) -> tuple[type[Exception], ...]:
        import psycopg

        return (psycopg.Error, peewee.PeeweeException)

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
        # gen_random_uuid() asks the system each time, which takes twice as long as all of this.
        return (
            f"(lpad(to_hex((({milliseconds} + ({number} >> 24)) << 16) + 28672 + (({number} >> 12) & 4095)), 16, '0')"
            f" || to_hex(32768 + ({number} & 4095)) || lpad(to_hex(floor(random() * 281474976710656)::bigint), 12, '0')"
            ")::uuid"
        )

    def place(self, alias: str) -> str:  # noqa: ARG002
        return "row_number() OVER ()"

    def vnd(self, amount: str, rate: str) -> str:
        exact = f"({amount}::numeric * {rate} / 100000000)"
        # round() goes away from zero at a half; doubling the rounded half goes to the even neighbour.
        even = f"CASE WHEN {exact} - floor({exact}) = 0.5 THEN 2 * round({exact} / 2) ELSE round({exact}) END"
        # LEAST passes over a null, and what is unknown must stay so.
        return f"CASE WHEN {exact} IS NULL THEN NULL ELSE LEAST({even} * 100, {MONEY_LIMIT})::bigint END"

    def newest(self, table: str, key: str, moment: str, values: Sequence[str], where: str) -> str:
        named = ", ".join(f"p.{name}" for name in (key, moment, *values))
        return f"SELECT DISTINCT ON (p.{key}) {named} FROM {table} p WHERE {where} ORDER BY p.{key}, p.{moment} DESC"

    def make_table(self, name: str, columns: dict[str, str]) -> None:
        self.run(f"DROP TABLE IF EXISTS pg_temp.{name}")
        defined = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.run(f"CREATE TEMP TABLE {name} ({defined})")

    def load(self, table: str, columns: Sequence[str], values: Sequence[Sequence[object]]) -> None:
        names = ", ".join(f'"{column}"' for column in columns)
        texts = [self._copy_texts(column) for column in values]
        lines = "\n".join(map("\t".join, zip(*texts, strict=True)))
        with self.explained(), self.connection.cursor().copy(f"COPY pg_temp.{table} ({names}) FROM STDIN") as copy:
            copy.write(lines + "\n" if lines else "")

    def _copy_texts(self, values: Sequence[object]) -> Sequence[str]:
        """A column in COPY's text format; only columns that hold a special character are looked at cell by cell."""
        if isinstance(values, range):
            return list(map(str, values))
        texts: Sequence[str]
        try:
            # Most columns are full of texts, and then no cell needs a look.
            joined, texts = "".join(values), values  # type: ignore[arg-type, assignment]
        except TypeError:
            texts = ["" if value is None else str(value) for value in values]
            joined = "".join(texts)
        if any(special in joined for special in "\\\t\n\r"):
            texts = [text.translate(self._ESCAPED) for text in texts]
        # A cell is never an empty text, but the folded form of one can be.
        if None in values:
            texts = ["\\N" if value is None else text for value, text in zip(values, texts, strict=True)]
        return texts

    def has_doubles(self, table: str, columns: Sequence[str], where: str, *, ordered: bool) -> bool:
        if not ordered:
            return self._has_groups(table, columns, where)
        # Rows lie in the order of their keys. Those that became errors since were written anew, at the end.
        same = " AND ".join(f'"{name}" = lag("{name}") OVER ()' for name in columns)
        return self.value(f"SELECT 1 FROM (SELECT {same} AS same FROM {table}) q WHERE same LIMIT 1") is not None

    def _has_groups(self, table: str, columns: Sequence[str], where: str) -> bool:
        # One number is gathered with less work than some texts, and nearly never is that of others.
        names = ", ".join(f'"{name}"' for name in columns)
        counted = f"SELECT COUNT(*) AS many FROM {table} WHERE {where} GROUP BY hash_record_extended(ROW({names}), 0)"
        return self.value(f"SELECT 1 FROM ({counted}) g WHERE many > 1 LIMIT 1") is not None

    def id_of(self, text: str) -> str:
        return f"{text}::uuid"

    def count_table(self, name: str, columns: Iterable[str]) -> None:
        # The rows are counted in any case, and what stands in other columns decides nothing.
        names = ", ".join(f'"{column}"' for column in columns)
        self.run(f"ANALYZE pg_temp.{name} ({names})")

    def count_records(self, table: str, written: int) -> None:
        # The server counts by itself a minute later; the next file of the folder does not wait that long, and what it
        # looks up by two columns of which one has few values would be looked up by the wrong one.
        if written < _WORTH_COUNTING:
            return
        known = self.value(f"SELECT reltuples FROM pg_class WHERE oid = '{table}'::regclass")
        if written * 10 > known:
            self.run(f"ANALYZE {table}")

    def who_writes(self) -> str | None:
        return None if self.is_lost else writers.find_session(self.connection)

    @property
    def is_lost(self) -> bool:
        return bool(self.connection.closed)

    def begin(self) -> None:
        self.run("BEGIN")
        try:
            # It also bounds the wait for a row that somebody has changed and not committed.
            self.run(f"SET LOCAL lock_timeout = {max(int(database.BUSY_SECONDS * 1000), 1)}")
            self.run(f"SET LOCAL application_name = {self.literal(writers.session_name(self.user))}")
            self.run(f"SELECT pg_advisory_xact_lock({writers.IMPORT_LOCK})")
        except BaseException:
            with suppress(BookingCenterError, ImportCancelled):
                self.rollback()
            raise

    def rollback(self) -> None:
        # A cancel that was on its way may end the ROLLBACK instead of what it was meant for.
        for _ in range(3):
            with suppress(*self.errors()):
                self.connection.execute("ROLLBACK")
                return

    @contextmanager
    def interruptible(self) -> Iterator[None]:
        # psycopg hears Ctrl-C by itself; a cancel from another thread has to be carried to the server, and again
        # where it came between two statements.
        done = threading.Event()

        def watch() -> None:
            while not done.wait(0.2):
                if self.cancelled():
                    with suppress(*self.errors()):
                        self.connection.cancel_safe()

        watcher = threading.Thread(target=watch, name="import-cancel", daemon=True)
        watcher.start()
        try:
            yield
        finally:
            done.set()
            watcher.join()
