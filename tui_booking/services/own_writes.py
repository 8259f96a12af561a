"""Which records of a list the program's own connections have written, by triggers that only such a connection has.

What others write is seen by SQLite's `data_version` alone, which says that there was something and not what. It does
not change for a connection by what it commits itself: that is how one's own writes are told from those of others.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tui_booking.services.declarations import Listing
from tui_booking.services.search_index import texts_elsewhere

_TABLE = "touched_records"
# What writes more, such as an import, is not followed any further.
MOST_TOUCHED = 5_000


@dataclass(slots=True)
class Watched:
    """What is watched on one connection, and how it stood when that was last looked at."""

    connection: sqlite3.Connection
    lists: set[str] = field(default_factory=set)
    changes: int = 0
    own_version: int = 0
    version: int = 0
    is_watching: frozenset[str] = frozenset()


class OwnWrites(threading.local):
    """The connection of each thread, watched."""

    watched: Watched | None = None

    def of(self, connection: sqlite3.Connection) -> Watched:
        """What is watched on this connection; nothing where it is a new one."""
        if self.watched is None or self.watched.connection is not connection:
            self.watched = Watched(connection)
        return self.watched


def watch(watched: Watched, listings: Collection[Listing]) -> None:
    """Have the connection remember from now on which records of these lists it writes."""
    connection = watched.connection
    for listing in listings:
        if listing.name in watched.lists:
            continue
        if not watched.lists:
            connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS {_TABLE} (list TEXT, number INTEGER)")
        for number, (table, event, numbers) in enumerate(_causes(listing)):
            connection.execute(
                f"CREATE TEMP TRIGGER touched_{listing.name}_{number} AFTER {event} ON main.{table}"
                f" WHEN COALESCE((SELECT MAX(rowid) FROM {_TABLE}), 0) < {MOST_TOUCHED}"
                f" BEGIN INSERT INTO {_TABLE} SELECT '{listing.name}', {numbers}; END"
            )
        watched.lists.add(listing.name)


def take_touched(connection: sqlite3.Connection) -> dict[str, set[int]] | None:
    """The row numbers of what was written since the last time, by list; None where that was too much to follow."""
    found: dict[str, set[int]] = {}
    rows = connection.execute(f"SELECT list, number FROM {_TABLE}").fetchall()
    for name, number in rows:
        found.setdefault(name, set()).add(number)
    if rows:
        connection.execute(f"DELETE FROM {_TABLE}")
    return found if len(rows) < MOST_TOUCHED else None


def version_of(connection: sqlite3.Connection) -> int:
    """A number that changes when another connection has written."""
    version: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return version


def _causes(listing: Listing) -> Iterator[tuple[str, str, str]]:
    """What changes a record of the list, or the texts that it is found by: table, event, and SQL for row numbers."""
    for event, signs in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
        for sign in signs:
            yield listing.table, event, f"{sign}.rowid"
            for texts in texts_elsewhere(listing):
                key = texts.key.removeprefix("r.")
                yield texts.table, event, f"rowid FROM {listing.table} WHERE {key} = {sign}.{texts.column}"
