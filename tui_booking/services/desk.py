"""The way from a screen to the database: questions, a newer one before an older, and changes, one after the other."""

from __future__ import annotations

import asyncio
import logging
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import date
from typing import Any, TypeVar

from tui_booking.config import Settings
from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.models.base import database_proxy
from tui_booking.models.database import DatabaseLost, Store, explain, open_database
from tui_booking.models.driver import peewee
from tui_booking.services import clock
from tui_booking.services.finder import Finder

logger = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[Store], T]

_CANCEL_SECONDS = 2
# Enough for one long question, one import and what the screen asks meanwhile.
_THREADS = 4
_CACHE_KIBIBYTES = 2048
# How long a thread that has nothing to do waits for one that is still busy when the program is left.
_LEAVE_SECONDS = 5

# SQLite's steps between two looks at whether a question was withdrawn: about a millisecond.
_STEPS_BETWEEN_LOOKS = 20_000


class Superseded(BookingCenterError):
    """A question was withdrawn: a newer one took its place, or the place it was asked for is gone."""


def is_lost(error: BookingCenterError) -> bool:
    """Whether the database cannot be reached any more, so that it is worth while to try again."""
    return isinstance(error, DatabaseLost)


class _Ticket:
    """One question under way, and how to stop it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection: Any = None
        self._stopping: threading.Thread | None = None
        self.is_withdrawn = False

    def begin(self, connection: Any) -> None:
        with self._lock:
            if self.is_withdrawn:
                raise Superseded("A newer question took its place.")
            self._connection = connection
        if isinstance(connection, sqlite3.Connection):
            # An interrupt that comes before a statement, or between two, stops none.
            connection.set_progress_handler(lambda: int(self.is_withdrawn), _STEPS_BETWEEN_LOOKS)

    def end(self) -> None:
        with self._lock:
            connection, self._connection = self._connection, None
        if isinstance(connection, sqlite3.Connection):
            connection.set_progress_handler(None, 0)
        if self._stopping is not None:
            # What comes late would stop the next question on this connection.
            self._stopping.join()

    def withdraw(self) -> None:
        """Stop the statement that runs; under the lock, so that it is never the next question's."""
        with self._lock:
            self.is_withdrawn = True
            if isinstance(self._connection, sqlite3.Connection):
                self._connection.interrupt()
            elif self._connection is not None:
                # A server is asked over a link that may be slow, and whoever withdraws may be drawing the screen.
                self._stopping = threading.Thread(
                    target=self._connection.cancel_safe, kwargs={"timeout": _CANCEL_SECONDS}, name="desk-cancel"
                )
                self._stopping.start()


class Desk:
    """Answers jobs: functions of a connected Store. Models are bound to the same database.

    `is_local` says that questions are quick enough to be asked in the thread that draws (`here`). Errors of the
    database come out as BookingCenterError. A connection that broke is made anew, DatabaseLost says that it cannot be.
    """

    def __init__(self, settings: Settings, *, today: date | None = None) -> None:
        """`today` fixes the day, for pictures and tests; else it is the day in the operator's zone."""
        self.settings = settings
        self.store: Store = open_database(settings.database_url)
        self.is_local = self.store.engine == "sqlite"
        database_proxy.initialize(self.store)
        clock.keep_time_of(settings.zone_info, fixed=today)
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="desk")
        # One thread, so that changes are written in the order in which they were asked for.
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="desk-writer")
        self._newest: dict[str, _Ticket] = {}
        self._is_closed = False
        path = self.store.address.path
        # Which file each thread's connection has open.
        self._opened = threading.local()
        self._has_opened = False
        self.finder: Finder | None = None if path is None else Finder(path)
        # How many questions and changes wait for an answer, and how many of them are changes.
        self.under_way = 0
        self.writing = 0

    @property
    def today(self) -> date:
        """The day as the operator has it."""
        return clock.today()

    def here(self, job: Job[T]) -> T:
        """Carry a job out in this thread, on a connection that it keeps."""
        return self._carry_out(job, _Ticket())

    async def write(self, job: Job[T]) -> T:
        """Carry a change out, after those that were asked for before it.

        Nothing withdraws it: where nobody waits for it any more, or the program is left, it is written all the same.
        """
        if self._is_closed:
            raise Superseded("The program is being left.")
        written = asyncio.wrap_future(self._writer.submit(self._carry_out, job, _Ticket(), is_change=True))
        self.under_way += 1
        self.writing += 1
        written.add_done_callback(self._count_written)
        try:
            return await asyncio.shield(written)
        except asyncio.CancelledError:
            written.add_done_callback(_log_unheard)
            raise

    def _count_written(self, _written: asyncio.Future[T]) -> None:
        self.under_way -= 1
        self.writing -= 1

    async def ask(self, job: Job[T], *, group: str | None = None) -> T:
        """Carry a job out in another thread; a newer one of the same group withdraws it.

        Raises Superseded then. A task that is cancelled while it waits withdraws its job too.
        """
        ticket = _Ticket()
        older = None
        if group is not None:
            older, self._newest[group] = self._newest.get(group), ticket
        if older is not None:
            older.withdraw()
        self.under_way += 1
        try:
            return await asyncio.wrap_future(self._threads.submit(self._carry_out, job, ticket))
        except asyncio.CancelledError:
            ticket.withdraw()
            raise
        finally:
            self.under_way -= 1
            if group is not None and self._newest.get(group) is ticket:
                del self._newest[group]

    def close(self) -> None:
        """Withdraw the questions under way, wait for the changes, and let go of the connections.

        Nothing can be asked afterwards.
        """
        if self._is_closed:
            return
        self._is_closed = True
        for ticket in list(self._newest.values()):
            ticket.withdraw()
        # A connection can only be closed by the thread that opened it, so each has to come by.
        together = threading.Barrier(_THREADS)
        for _thread in range(_THREADS):
            self._threads.submit(self._leave, together)
        self._threads.shutdown(wait=True)
        self._writer.submit(self.store.close)
        self._writer.shutdown(wait=True)
        self.store.close()
        if self.finder is not None:
            self.finder.close()

    def _leave(self, together: threading.Barrier) -> None:
        try:
            together.wait(_LEAVE_SECONDS)
        finally:
            self.store.close()

    def _carry_out(self, job: Job[T], ticket: _Ticket, *, is_change: bool = False) -> T:
        """Carry a job out; over a connection that broke while nobody used it a new one is made without a word."""
        is_kept = self.store.engine == "postgresql" and not self.store.is_closed()
        try:
            if is_kept and is_change:
                # Asked first: whether a change was written that broke off half-way is not known.
                self._carry_out_once(lambda store: store.execute_sql("SELECT 1"), _Ticket(), is_change=True)
            else:
                return self._carry_out_once(job, ticket, is_change=is_change)
        except DatabaseLost:
            if not is_kept:
                raise
        return self._carry_out_once(job, ticket, is_change=is_change)

    def _carry_out_once(self, job: Job[T], ticket: _Ticket, *, is_change: bool) -> T:
        if self._is_closed and not is_change:
            raise Superseded("The program is being left.")
        store = self.store
        try:
            file = self._find_file()
            if store.connect(reuse_if_open=True) and store.engine == "sqlite":
                # Each thread's connection has a cache, and what the screen asks is near in the system's.
                store.execute_sql(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
                self._opened.file, self._has_opened = file or self._find_file(), True
            ticket.begin(store.connection())
            try:
                with nullcontext() if self.finder is None else self.finder.watching(store.connection()):
                    return job(store)
            finally:
                ticket.end()
        except (peewee.PeeweeException, sqlite3.Error) as error:
            raise self._explained(error, ticket) from error
        except DatabaseLost:
            store.close()
            raise
        except Exception as error:
            if store.engine == "postgresql" and type(error).__module__.startswith("psycopg"):
                raise self._explained(error, ticket) from error
            raise

    def _find_file(self) -> tuple[int, int] | None:
        """Which file the database is, None where it is none; another one than before is opened anew.

        Raises DatabaseLost where it was removed: SQLite would go on with a file that has no name any more, and all that
        was changed would be gone with the program; or make an empty one.
        """
        path = self.store.address.path
        if path is None or os.name == "nt":  # Windows does not let go of a file that is open
            return None
        try:
            status = path.stat()
        except OSError as error:
            if not self._has_opened:
                return None
            self.store.close()
            raise DatabaseLost(
                _("The file {path} is not there any more.").format(path=self.store.address.shown),
                _("Put it back where it was."),
            ) from error
        file = status.st_dev, status.st_ino
        if self._opened.__dict__.get("file", file) != file:
            self.store.close()
        return file

    def _explained(self, error: BaseException, ticket: _Ticket) -> BookingCenterError:
        if ticket.is_withdrawn:
            return Superseded("A newer question took its place.")
        told = explain(error, self.store)
        if isinstance(told, DatabaseLost):
            self.store.close()
        return told


def _log_unheard(written: asyncio.Future[T]) -> None:
    """Keep what went wrong with a change for which nobody waits any more."""
    if not written.cancelled() and (error := written.exception()) is not None:
        logger.error("A change was not written: %s", error)
