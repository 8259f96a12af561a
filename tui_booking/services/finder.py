"""Quick searches in long lists on SQLite: an index of all runs of three letters, made aside while one works.

It is only ever used while nobody has written to the database since it was made, so that it never misses what is there;
until it is made anew, a search looks through the list. It costs imports nothing and is gone when the program ends. A
hundred thousand creators take about a second and eight megabytes.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import tempfile
import threading
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from tui_booking.models.database import Store
from tui_booking.models.folding import fold
from tui_booking.services.asking import select
from tui_booking.services.declarations import Listing

# Fewer records are looked through as quickly.
_WORTH_IT = 20_000
_NARROW = 3_000
_RUN = 3
_NAME = "finder"
_ELSEWHERE = re.compile(r"(r\.\w+) IN \(SELECT o\.(\w+) FROM (\w+) o WHERE ((?:o\.)?\w+) \{\}\)")

logger = logging.getLogger(__name__)


class Hint(NamedTuple):
    """A condition that holds of all records that a search can find, and of few others, with its parameter.

    `is_narrow` says that they are so few that to look at each of them is quick.
    """

    condition: str
    match: str
    is_narrow: bool


class Finder:
    """Makes and keeps such indexes for the lists of one database."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._watch: sqlite3.Connection | None = None
        self._made: dict[str, tuple[Path, int]] = {}
        self._maker: threading.Thread | None = None
        self._making: sqlite3.Connection | None = None
        self._count = 0
        self._is_closed = False
        self._is_impossible = False

    def hint(self, store: Store, listing: Listing, search: str) -> Hint | None:
        """What to look among for a search; None where there is no index that is current, which is being made then."""
        words = [word for word in fold(search.replace("\0", "")).split() if len(word) >= _RUN]
        if self._is_impossible or not words or document_of(listing) is None:
            return None
        with self._lock:
            if self._is_closed:
                return None
            version = self._version()
            path, made_of = self._made.get(listing.name, (None, None))
            if path is None or made_of != version:
                self._make(store, listing, version)
                return None
        _attach(store, path)
        runs = {word[at : at + _RUN] for word in words for at in range(len(word) - _RUN + 1)}
        quoted = ['"{}"'.format(run.replace('"', '""')) for run in sorted(runs)]
        match = " AND ".join(quoted)
        found = f"SELECT rowid FROM {_NAME}.texts WHERE texts MATCH ?"
        ((count,),) = select(store, f"SELECT COUNT(*) FROM ({found} LIMIT {_NARROW})", [match])
        return Hint(f"r.rowid IN ({found})", match, is_narrow=count < _NARROW)

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
        if self._watch is not None:
            self._watch.close()
        if self._folder is not None:
            with suppress(OSError):
                self._folder.cleanup()

    def _version(self) -> int:
        """A number that changes whenever somebody else, which everybody is, has written."""
        if self._watch is None:
            self._watch = sqlite3.connect(self._path, check_same_thread=False)
        version: int = self._watch.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _make(self, store: Store, listing: Listing, version: int) -> None:
        if self._maker is not None and self._maker.is_alive():
            return
        ((last,),) = select(store, f"SELECT MAX(rowid) FROM {listing.table}")
        if (last or 0) < _WORTH_IT:
            return
        self._count += 1
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="tui-booking-", ignore_cleanup_errors=True)
        file = Path(self._folder.name) / f"{self._count}.db"
        self._maker = threading.Thread(target=self._carry_out, args=(listing, file, version), daemon=True)
        self._maker.start()

    def _carry_out(self, listing: Listing, file: Path, version: int) -> None:
        try:
            with closing(sqlite3.connect(file, check_same_thread=False)) as connection:
                with self._lock:
                    if self._is_closed:
                        return
                    self._making = connection
                try:
                    _write(connection, self._path, listing)
                finally:
                    with self._lock:
                        self._making = None
        except sqlite3.Error as problem:
            file.unlink(missing_ok=True)
            if not self._is_closed:
                # Searches are as right without it.
                logger.warning("no index for searches is made: %s", problem)
                self._is_impossible = True
            return
        with self._lock:
            before = self._made.get(listing.name)
            self._made[listing.name] = file, version
        if before is not None:
            # Where a connection still reads it, it stays until the end.
            with suppress(OSError):
                before[0].unlink()


def document_of(listing: Listing) -> str | None:
    """SQL for all texts of a record that a search looks in; None where that cannot be told from the list."""
    texts = []
    for search in listing.searches:
        if "{}" not in search:
            texts.append(search)
        elif found := _ELSEWHERE.fullmatch(search):
            key, column, table, text = found.groups()
            texts.append(f"(SELECT group_concat({text}, char(10)) FROM main_.{table} o WHERE o.{column} = {key})")
        else:
            return None
    return " || char(10) || ".join(f"COALESCE({text}, '')" for text in texts) or None


def _write(connection: sqlite3.Connection, source: Path, listing: Listing) -> None:
    connection.execute("PRAGMA journal_mode = off")
    connection.execute("PRAGMA synchronous = 0")
    connection.execute("ATTACH ? AS main_", (str(source),))
    # Without places within the texts it is a third as large; what it finds is looked at again anyway.
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'trigram', content = '', detail = none)")
    connection.execute(
        f"INSERT INTO texts (rowid, text) SELECT r.rowid, {document_of(listing)} FROM main_.{listing.table} r"
    )
    connection.commit()


def _attach(store: Store, path: Path) -> None:
    """Let a connection see the index, and no older one."""
    attached: Sequence[tuple[int, str, str]] = select(store, "PRAGMA database_list")
    for _number, name, file in attached:
        if name == _NAME:
            if Path(file) == path:
                return
            store.execute_sql(f"DETACH {_NAME}")
    store.execute_sql(f"ATTACH ? AS {_NAME}", (str(path),))
