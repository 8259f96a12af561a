"""Quick searches in long lists on SQLite, by indexes that are made aside while one works.

An index is only ever used while it is certain that nobody else has written to the database since it was made, so that
it never misses what is there; until it is made anew, a search looks through the list. Of what the program itself has
written since, it is known which records that were: they are looked at beside what the index says. It costs imports
nothing and is gone when the program ends. A hundred thousand creators take two seconds and eighteen megabytes.
"""

from __future__ import annotations

import logging
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tui_booking.models.database import Store
from tui_booking.services.asking import select
from tui_booking.services.declarations import Listing
from tui_booking.services.own_writes import OwnWrites, Watched, take_touched, version_of, watch
from tui_booking.services.search_index import (
    Search,
    attach,
    can_be_indexed,
    keeps_order,
    remove_index,
    search_of,
    write_index,
)

# Fewer records are looked through as quickly.
_WORTH_IT = 20_000
_NARROW = 3_000
# With so many records beside it, an index is made anew; it is used until then, and no longer with so many.
_MANY, _TOO_MANY = 200, 2_000
# No version of a database.
_NEVER = -1

logger = logging.getLogger(__name__)


class Hint(NamedTuple):
    """A condition that holds of all records that a search can find, and of few others, with its parameters.

    `touched` are the row numbers of records that the index does not know as they are. Where `is_in_order`, all others
    that are found, and not deleted, are told by `search.in_order` in the order of their list.
    """

    search: Search
    touched: tuple[int, ...]
    is_in_order: bool

    @property
    def condition(self) -> str:
        if not self.touched:
            return f"r.rowid IN ({self.search.sql})"
        return f"(r.rowid IN ({self.search.sql}) OR {self.is_touched})"

    @property
    def params(self) -> tuple[str, ...]:
        return self.search.params

    @property
    def is_touched(self) -> str:
        """A condition: the record is to be looked at itself."""
        return f"r.rowid IN ({', '.join(map(str, self.touched))})"

    def is_narrow(self, store: Store) -> bool:
        """Whether the records are so few that to look at each of them is quick."""
        ((count,),) = select(store, f"SELECT COUNT(*) FROM ({self.search.sql} LIMIT {_NARROW})", self.params)
        return int(count) + len(self.touched) < _NARROW


@dataclass(slots=True)
class _Index:
    """The index of one list: it tells what there was at a version of the database, but for what was touched."""

    listing: Listing
    path: Path
    version: int
    touched: set[int] = field(default_factory=set)


class Finder:
    """Makes and keeps such indexes for the lists of one database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._others: sqlite3.Connection | None = None
        self._file = (0, 0)
        self._indexes: dict[str, _Index] = {}
        self._underway: _Index | None = None
        self._own = OwnWrites()
        self._maker: threading.Thread | None = None
        self._making: sqlite3.Connection | None = None
        self._count = 0
        self._is_closed = False
        self._is_impossible = False

    def hint(self, store: Store, listing: Listing, words: str) -> Hint | None:
        """What to look among for a search; None where there is no index that is current, which is being made then."""
        search = search_of(words)
        if self._is_impossible or search is None or not can_be_indexed(listing):
            return None
        with self._lock:
            if self._is_closed:
                return None
            version = self._version()
            index = self._indexes.get(listing.name)
            is_current = index is not None and index.version == version and len(index.touched) <= _TOO_MANY
            if index is None or not is_current or len(index.touched) > _MANY:
                self._make(store, listing, version)
            if index is None or not is_current:
                return None
            # Before another one can take its place and it is removed; afterwards this connection keeps it.
            attach(store, index.path)
            return Hint(search, tuple(sorted(index.touched)), is_in_order=keeps_order(listing))

    def wait(self) -> None:
        """Until what is being made is there."""
        if (maker := self._maker) is not None:
            maker.join()

    def close(self) -> None:
        """Make nothing more, and remove what was made; the connections that used it are closed before."""
        with self._lock:
            self._is_closed = True
            if self._making is not None:
                self._making.interrupt()
        self.wait()
        if self._others is not None:
            self._others.close()
        if self._folder is not None:
            with suppress(OSError):
                self._folder.cleanup()

    # --- what the program writes itself -----------------------------------------------------------------------------

    @contextmanager
    def watching(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Learn of what a connection writes within the block, outside of which it writes nothing."""
        watched = self._begin(connection)
        try:
            yield
        finally:
            if watched is not None and connection.total_changes != watched.changes:
                self._learn(watched)

    def _begin(self, connection: sqlite3.Connection) -> Watched | None:
        with self._lock:
            indexes = [] if self._is_closed else self._all()
            # What cannot be learned makes the indexes out of date, and nothing else fails by that.
            with suppress(sqlite3.Error, OSError):
                return self._look(connection, indexes) if indexes else None
        return None

    def _look(self, connection: sqlite3.Connection, indexes: list[_Index]) -> Watched:
        watched = self._own.of(connection)
        watch(watched, [index.listing for index in indexes])
        # In this order: what others write from now on shows in the first, what they wrote before in the second.
        watched.own_version = version_of(connection)
        watched.version = self._version()
        watched.is_watching = frozenset(index.listing.name for index in indexes)
        watched.changes = connection.total_changes
        return watched

    def _learn(self, watched: Watched) -> None:
        with self._lock, suppress(sqlite3.Error, OSError):
            if not self._is_closed:
                self._take(watched)

    def _take(self, watched: Watched) -> None:
        touched = take_touched(watched.connection)
        if touched is None:
            return
        # In this order: if nobody else has written until after the first, all that it shows is one's own.
        version = self._version()
        if version_of(watched.connection) != watched.own_version:
            return
        for index in self._all():
            if index.version == watched.version and index.listing.name in watched.is_watching:
                index.touched |= touched.get(index.listing.name, set())
                index.version = version

    def _all(self) -> list[_Index]:
        return [*self._indexes.values(), *([self._underway] if self._underway is not None else [])]

    def _version(self) -> int:
        """A number that changes whenever somebody else, which everybody is, has written."""
        status = self._path.stat()
        if self._others is None or self._file != (status.st_dev, status.st_ino):
            if self._others is not None:
                # Another file stands in its place, which a connection to the old one says nothing of.
                self._others.close()
                self._forget()
            self._file = status.st_dev, status.st_ino
            self._others = sqlite3.connect(self._path, check_same_thread=False)
        return version_of(self._others)

    def _forget(self) -> None:
        for index in self._all():
            index.version = _NEVER

    # --- making -----------------------------------------------------------------------------------------------------

    def _make(self, store: Store, listing: Listing, version: int) -> None:
        if self._maker is not None and self._maker.is_alive():
            return
        ((last,),) = select(store, f"SELECT MAX(rowid) FROM {listing.table}")
        if (last or 0) < _WORTH_IT:
            return
        self._count += 1
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="tui-booking-", ignore_cleanup_errors=True)
        self._underway = _Index(listing, Path(self._folder.name) / f"{self._count}.db", version)
        self._maker = threading.Thread(target=self._carry_out, args=(self._underway,), daemon=True)
        self._maker.start()

    def _carry_out(self, index: _Index) -> None:
        try:
            with closing(sqlite3.connect(index.path, check_same_thread=False)) as connection:
                with self._lock:
                    if self._is_closed:
                        return
                    self._making = connection
                try:
                    write_index(connection, self._path, index.listing)
                finally:
                    with self._lock:
                        self._making = None
        except sqlite3.Error as problem:
            index.path.unlink(missing_ok=True)
            self._underway = None
            if not self._is_closed:
                # Searches are as right without it.
                logger.warning("no index for searches is made: %s", problem)
                self._is_impossible = True
            return
        with self._lock:
            before = self._indexes.get(index.listing.name)
            self._indexes[index.listing.name] = index
            self._underway = None
            if before is not None:
                remove_index(before.path)
