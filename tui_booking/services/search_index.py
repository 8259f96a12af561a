"""An index of all runs of three letters in a list's texts, in a file aside, whose records stand in the list's order.

So that a search has its first rows without looking at others, and all of them without looking at the database.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui_booking.models.database import Store, add_functions
from tui_booking.models.folding import fold
from tui_booking.services.asking import contains, like_pattern, select
from tui_booking.services.declarations import Listing

NAME = "finder"
_RUN = 3
_ELSEWHERE = re.compile(r"(r\.\w+) IN \(SELECT o\.(\w+) FROM (\w+) o WHERE ((?:o\.)?\w+|folded\(o\.\w+\)) \{\}\)")
# An order that nothing but the record itself can change.
_OWN_ORDER = re.compile(r"r\.\w+|substr\(r\.\w+, \d+, \d+\)")


class Texts(NamedTuple):
    """Texts of a list's records in another table: those whose `column` is the record's `key`."""

    key: str
    column: str
    table: str
    text: str


class Search(NamedTuple):
    """SQL for the row numbers of records that a search finds, and its parameters."""

    sql: str
    params: tuple[str, ...]
    # What comes in this order by itself, so that the first are there before others are looked for.
    place: str

    @property
    def in_order(self) -> str:
        """The same, in the order in which the index has the records; of those that are not deleted."""
        return f"{self.sql} AND NOT s.is_deleted ORDER BY {self.place}"


def words_of(search: str) -> list[str]:
    """The words that a search looks for; without what no stored text can hold."""
    return fold(search.replace("\0", "")).split()


def search_of(search: str) -> Search | None:
    """What an index is asked for a search; None where that looks for nothing."""
    words = words_of(search)
    if not words:
        return None
    # A word that is a run is found by it: to look for it in the text again would cost as much once more.
    looked_for = [word for word in words if not (len(word) == _RUN and word.isascii() and word.isalnum())]
    tests, params = [contains("s.text")] * len(looked_for), [like_pattern(word) for word in looked_for]
    runs = {word[at : at + _RUN] for word in words for at in range(len(word) - _RUN + 1)}
    source, place = f"{NAME}.rows s", "s.place"
    if runs:
        source, place = f"{NAME}.texts t CROSS JOIN {NAME}.rows s ON s.place = t.rowid", "t.rowid"
        tests.insert(0, "t.texts MATCH ?")
        params.insert(0, " AND ".join('"{}"'.format(run.replace('"', '""')) for run in sorted(runs)))
    return Search(f"SELECT s.number FROM {source} WHERE {' AND '.join(tests)}", tuple(params), place)


def can_be_indexed(listing: Listing) -> bool:
    """Whether all texts that a search looks in can be told from the list."""
    return bool(listing.searches) and all("{}" not in one or _ELSEWHERE.fullmatch(one) for one in listing.searches)


def keeps_order(listing: Listing) -> bool:
    """Whether what the list has, and in which order, is a matter of each record alone."""
    return not listing.condition and _OWN_ORDER.fullmatch(_order_of(listing)) is not None


def texts_elsewhere(listing: Listing) -> list[Texts]:
    """Where in other tables a search looks."""
    found = [_ELSEWHERE.fullmatch(search) for search in listing.searches]
    return [Texts(*one.groups()) for one in found if one is not None]


def document_of(listing: Listing) -> str:
    """SQL for all texts of a record that a search looks in, each on a line: no word has a line's end in it."""
    texts = [search for search in listing.searches if "{}" not in search]
    texts += [
        f"(SELECT group_concat({one.text}, char(10)) FROM main_.{one.table} o WHERE o.{one.column} = {one.key})"
        for one in texts_elsewhere(listing)
    ]
    return " || char(10) || ".join(f"COALESCE({text}, '')" for text in texts)


def _order_of(listing: Listing) -> str:
    return listing.column(listing.order.column).order or "r.id"


def write_index(connection: sqlite3.Connection, source: Path, listing: Listing) -> None:
    """Write the index of a list as it is now into an empty database."""
    connection.execute("PRAGMA journal_mode = off")
    connection.execute("PRAGMA synchronous = 0")
    add_functions(connection)
    connection.execute("ATTACH ? AS main_", (str(source),))
    connection.execute(
        "CREATE TABLE rows"
        " (place INTEGER PRIMARY KEY, number INTEGER NOT NULL, is_deleted INTEGER NOT NULL, text TEXT NOT NULL)"
    )
    # Without places within the texts it is a third as large; what it finds is looked at again in them.
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'trigram', content = '', detail = none)")
    order = "r.rowid"
    if keeps_order(listing):
        way = " DESC" if listing.order.descending else ""
        order = f"+{_order_of(listing)}{way} NULLS LAST, r.id{way}"
    connection.execute(
        f"INSERT INTO rows SELECT NULL, r.rowid, r.deleted_at IS NOT NULL, {document_of(listing)}"
        f" FROM main_.{listing.table} r ORDER BY {order}"
    )
    connection.execute("INSERT INTO texts (rowid, text) SELECT place, text FROM rows")
    connection.commit()


def attach(store: Store, path: Path) -> None:
    """Let a connection see the index, and no older one."""
    attached: Sequence[tuple[int, str, str]] = select(store, "PRAGMA database_list")
    for _number, name, file in attached:
        if name == NAME:
            if Path(file) == path:
                return
            store.execute_sql(f"DETACH {NAME}")
    store.execute_sql(f"ATTACH ? AS {NAME}", (str(path),))


def remove_index(path: Path) -> None:
    """Take it away; where a connection still reads it, it stays until the end."""
    with suppress(OSError):
        path.unlink()
