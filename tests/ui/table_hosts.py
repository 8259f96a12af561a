"""A table alone in an app, on lists of many rows."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from uuid import UUID

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.records import make
from tests.services.listings import CREATORS
from tests.ui.hosts import settle, shown
from tui_booking.config import Settings
from tui_booking.models import Creator
from tui_booking.models.database import Store
from tui_booking.services.asking import execute
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk
from tui_booking.ui import formats
from tui_booking.ui.widgets.record_table import RecordTable

BY_NAME = Query(listing=CREATORS)


class TableHost(App[None]):
    """A table alone, and what it said."""

    def __init__(self, desk: Desk, query: Query, keep: UUID | None = None) -> None:
        super().__init__()
        self.desk = desk
        self.first = query, keep
        self.said: list[RecordTable.TableMessage] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(self.desk)

    def on_mount(self) -> None:
        self.table.shown_columns = ["name", "key", "score", "status", "followers", "niche", "changed"]
        self.table.show(self.first[0], keep=self.first[1])
        self.table.focus()

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    @property
    def lines(self) -> list[str]:
        return shown(self).split("\n")

    def on_record_table_table_message(self, message: RecordTable.TableMessage) -> None:
        self.said.append(message)

    def heard(self, kind: type[Any]) -> list[Any]:
        return [message for message in self.said if isinstance(message, kind)]

    for _kind in ("record_highlighted", "record_opened", "marks_changed", "order_asked", "counted", "failed"):
        locals()[f"on_record_table_{_kind}"] = on_record_table_table_message


@contextmanager
def table_desk(url: str) -> Iterator[Desk]:
    """A desk on a database, with the models connected in this thread."""
    desk = Desk(Settings(database_url=url, operator="linh", language="en", zone="UTC"))
    desk.here(_connect)
    formats.speak("en", desk.settings.zone_info)
    try:
        yield desk
    finally:
        desk.close()


def _connect(store: Store) -> None:
    assert not store.is_closed()


def fill(count: int) -> list[Creator]:
    return [make(Creator, name=f"Creator {number:05}", creator_key=f"k{number:05}") for number in range(count)]


def fill_many(desk: Desk, count: int) -> None:
    """Rows by one statement, for lists of many pages."""
    numbers = "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)"
    name = "'creator ' || substr('0000000' || i, -7)" if desk.is_local else "'creator ' || lpad(i::text, 7, '0')"
    new = "lower(hex(randomblob(16)))" if desk.is_local else "gen_random_uuid()"
    sql = (
        f"INSERT INTO creator (id, creator_key, name, location, niche, note_internal, creator_key_folded, name_folded)"
        f" {numbers} SELECT {new}, {name}, {name}, '', '', '', {name}, {name} FROM n"
    )
    desk.here(lambda store: execute(store, sql, [count]))


@asynccontextmanager
async def opened(
    desk: Desk, query: Query = BY_NAME, *, size: tuple[int, int] = (80, 24), keep: UUID | None = None
) -> AsyncIterator[tuple[TableHost, Pilot[None]]]:
    app = TableHost(desk, query, keep)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield app, pilot


def name_at_cursor(app: TableHost) -> str:
    row = app.table.cursor_row
    assert row is not None
    return str(row.values[0])
