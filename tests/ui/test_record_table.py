"""The table: any row is near, the cursor keeps its record, and stored text is shown and never obeyed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from tests.records import make
from tests.services.listings import CREATORS, VIDEOS
from tests.ui.hosts import HOSTILE, is_safe, settle, shown
from tui_booking.config import Settings
from tui_booking.models import Creator
from tui_booking.models.base import utc_now
from tui_booking.models.database import DatabaseLost, Store
from tui_booking.services.asking import execute
from tui_booking.services.declarations import Order, Query
from tui_booking.services.desk import Desk
from tui_booking.services.pages import RowSource
from tui_booking.ui import formats
from tui_booking.ui.widgets.record_table import RecordTable

BY_NAME = Query(listing=CREATORS)
sqlite_only = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


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


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    opened = Desk(Settings(database_url=database_url, operator="linh", language="en", zone="UTC"))
    opened.here(_connect)
    formats.speak("en", opened.settings.zone_info)
    yield opened
    opened.close()


def _connect(store: Store) -> None:
    """So that the models are connected in this thread."""
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


# --- moving ---------------------------------------------------------------------------------------------------------


async def test_every_moving_key_goes_where_it_says(desk: Desk) -> None:
    fill_many(desk, 5000)
    async with opened(desk) as (app, pilot):
        assert app.table.total == 5000
        for key, number in (
            ("down", 2),
            ("up", 1),
            ("up", 1),
            ("pagedown", 23),
            ("pagedown", 45),
            ("pageup", 23),
            ("end", 5000),
            ("down", 5000),
            ("pageup", 4978),
            ("home", 1),
            ("G", 5000),
            ("g", 1),
        ):
            await pilot.press(key)
            await settle(pilot)
            assert app.table.cursor_number == number, key
            assert name_at_cursor(app) == f"creator {number - 1:07}", key
            assert any(f"creator {number - 1:07}" in line for line in app.lines if "►" in line), key


async def test_the_screen_holds_the_rows_around_the_cursor_and_a_head(desk: Desk) -> None:
    fill_many(desk, 3000)
    async with opened(desk) as (app, pilot):
        await pilot.press("end")
        await settle(pilot)
        names = [line[2:17] for line in app.lines]
        assert names[0].startswith("Name ▲")
        assert names[1:] == [f"creator {number:07}" for number in range(2977, 3000)]


async def test_rows_are_asked_for_as_they_are_seen_and_never_all(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    fill_many(desk, 5000)
    read: list[int] = []
    kept = RowSource._keep

    def keep(self: RowSource, page: Any, edition: int) -> None:
        read.append(page[0])
        kept(self, page, edition)

    monkeypatch.setattr(RowSource, "_keep", keep)
    async with opened(desk) as (_app, pilot):
        await pilot.press("end")
        await settle(pilot)
        await pilot.press("home")
        await settle(pilot)
    assert len(set(read)) <= 5
    assert 39 in read


async def test_the_end_of_a_list_that_is_still_counted_is_gone_to_when_it_is_known(desk: Desk) -> None:
    fill_many(desk, 2000)
    app = TableHost(desk, Query(listing=CREATORS, order=Order("followers")))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("end")
        await settle(pilot)
        if app.table.cursor_number != 2000:
            await pilot.press("end")
            await settle(pilot)
        assert app.table.cursor_number == 2000


async def test_the_first_column_stays_while_others_are_moved_through(desk: Desk) -> None:
    fill(3)
    async with opened(desk) as (app, pilot):
        assert "Changed" not in app.lines[0]
        for _ in range(6):
            await pilot.press("right")
        assert app.lines[0].startswith("  Name ▲")
        assert "Changed" in app.lines[0]
        assert "Key" not in app.lines[0]
        assert app.lines[1].startswith("► Creator 00000")
        assert app.table.cursor_column is not None
        assert app.table.cursor_column.name == "changed"
        for _ in range(6):
            await pilot.press("left")
        assert "Key" in app.lines[0]


async def test_columns_can_be_made_wider_by_keys_and_by_the_mouse(desk: Desk) -> None:
    fill(3)
    async with opened(desk) as (app, pilot):
        before = app.lines[0].index("Key")
        await pilot.press("alt+right")
        assert app.lines[0].index("Key") == before + 2
        await pilot.press("alt+left")
        await pilot.press("alt+left")
        assert app.lines[0].index("Key") == before - 2
        edge = before - 4
        await pilot.mouse_down(RecordTable, offset=(edge, 0))
        await pilot.hover(RecordTable, offset=(edge + 5, 0))
        await pilot.mouse_up(RecordTable, offset=(edge + 5, 0))
        await settle(pilot)
        assert app.lines[0].index("Key") > before
        assert not app.heard(RecordTable.OrderAsked)


async def test_the_mouse_sorts_chooses_opens_and_scrolls(desk: Desk) -> None:
    fill_many(desk, 500)
    async with opened(desk) as (app, pilot):
        await pilot.click(RecordTable, offset=(app.lines[0].index("Score") + 1, 0))
        assert [message.column for message in app.heard(RecordTable.OrderAsked)] == ["score"]
        await pilot.click(RecordTable, offset=(10, 5))
        assert app.table.cursor_number == 5
        await pilot.click(RecordTable, offset=(10, 6), times=2)
        assert [message.id for message in app.heard(RecordTable.RecordOpened)] == [app.table.cursor_id]
        await pilot.click(RecordTable, offset=(0, 7))
        assert len(app.table.marked) == 1
        await pilot._post_mouse_events([_wheel()], RecordTable, offset=(10, 5))
        await settle(pilot)
        assert app.lines[1].strip().startswith("creator 0000003")
        assert app.table.cursor_number == 7
        await pilot.click(RecordTable, offset=(79, 23))
        await settle(pilot)
        assert "creator 0000499" in app.lines[23]


def _wheel() -> type[Any]:
    from textual.events import MouseScrollDown

    return MouseScrollDown


# --- what it says ---------------------------------------------------------------------------------------------------


async def test_it_says_where_the_cursor_is_how_many_there_are_and_what_is_opened(desk: Desk) -> None:
    made = fill(3)
    async with opened(desk) as (app, pilot):
        assert [message.total for message in app.heard(RecordTable.Counted)] == [3]
        await pilot.press("down", "enter")
        assert app.heard(RecordTable.RecordHighlighted)[-1].id == made[1].id
        assert [message.id for message in app.heard(RecordTable.RecordOpened)] == [made[1].id]


async def test_marks_are_by_record_and_stay_through_a_search(desk: Desk) -> None:
    made = fill(5)
    async with opened(desk) as (app, pilot):
        await pilot.press("space", "down", "space")
        assert app.table.marked == {made[0].id, made[2].id}
        assert [message.count for message in app.heard(RecordTable.MarksChanged)] == [1, 2]
        assert [line[1] for line in app.lines[1:5]] == ["■", " ", "■", " "]
        app.table.show(replace(BY_NAME, search="00002"))
        await settle(pilot)
        assert app.table.total == 1
        assert app.lines[1].startswith("►■Creator 00002")
        await pilot.press("space")
        assert app.table.marked == {made[0].id}
        app.table.show(Query(listing=VIDEOS))
        await settle(pilot)
        assert app.table.marked == frozenset()


async def test_shift_and_arrows_mark_a_run_of_rows(desk: Desk) -> None:
    made = fill(5)
    async with opened(desk) as (app, pilot):
        await pilot.press("shift+down", "shift+down", "shift+down")
        assert app.table.marked == {one.id for one in made[:3]}
        app.table.clear_marks()
        await settle(pilot)
        assert app.heard(RecordTable.MarksChanged)[-1].count == 0
        assert {line[1] for line in app.lines[1:6]} == {" "}


async def test_without_rows_it_says_why(desk: Desk) -> None:
    app = TableHost(desk, replace(BY_NAME, search="nobody"))
    async with app.run_test(size=(80, 24)) as pilot:
        app.table.empty = "Nobody is called [that]."
        await settle(pilot)
        assert "Nobody is called [that]." in shown(app)
        await pilot.press("down", "end", "space", "enter", "right", "pagedown", "G")
        assert app.table.cursor_id is None
        assert app.table.cursor_number is None
        assert not app.heard(RecordTable.RecordOpened)


async def test_values_stand_in_their_columns_as_a_person_reads_them(desk: Desk) -> None:
    make(Creator, name="Linh", creator_key="k1", priority_score=7, niche="Làm đẹp")
    async with opened(desk, size=(140, 24)) as (app, _pilot):
        line = app.lines[1]
        assert line.startswith("► Linh")
        head = app.lines[0]
        assert line[: head.index("Score") + 5].endswith(" 7")
        assert "● Active" in line
        assert line[: head.index("Followers") + 9].endswith(" –")
        assert "Làm đẹp" in line


# --- while rows come and go -----------------------------------------------------------------------------------------


async def test_the_cursor_stays_on_its_record_when_rows_come_and_go(desk: Desk) -> None:
    made = fill(400)
    async with opened(desk, keep=made[200].id) as (app, pilot):
        assert name_at_cursor(app) == "Creator 00200"
        line = next(number for number, text in enumerate(app.lines) if "►" in text)
        for number in range(30):
            make(Creator, name=f"Creator 00100 {number}", creator_key=f"new{number}")
        Creator.delete().where(Creator.id << [one.id for one in made[:50]]).execute()
        app.table.reload()
        await settle(pilot)
        assert app.table.total == 380
        assert name_at_cursor(app) == "Creator 00200"
        assert "►" in app.lines[line]
        await pilot.press("down")
        await settle(pilot)
        assert name_at_cursor(app) == "Creator 00201"


async def test_what_was_changed_is_shown_when_it_is_read_again(desk: Desk) -> None:
    made = fill(3)
    async with opened(desk) as (app, pilot):
        made[1].niche = "Cooking"
        made[1].save()
        app.table.reload()
        await settle(pilot)
        await pilot.press("right", "right", "right", "right", "right")
        assert "Cooking" in app.lines[2]


async def test_where_its_record_went_away_the_cursor_stays_at_that_place(desk: Desk) -> None:
    made = fill(10)
    async with opened(desk) as (app, pilot):
        await pilot.press("end")
        Creator.delete().where(Creator.id << [one.id for one in made[8:]]).execute()
        app.table.reload()
        await settle(pilot)
        assert app.table.total == 8
        assert name_at_cursor(app) == "Creator 00007"
        assert app.heard(RecordTable.RecordHighlighted)[-1].id == made[7].id


async def test_rows_that_others_remove_are_found_out_about(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui_booking.ui.widgets.record_table._STALE_SECONDS", 0.01)
    fill_many(desk, 1000)
    async with opened(desk) as (app, pilot):
        desk.here(lambda store: execute(store, "DELETE FROM creator WHERE name >= 'creator 0000900'"))
        await pilot.press("end")
        while app.table.total != 900:
            await pilot.pause(0.01)
        await settle(pilot)
        assert name_at_cursor(app) == "creator 0000899"


async def test_deleted_records_are_marked_as_such_where_they_are_asked_for(desk: Desk) -> None:
    made = fill(2)
    made[0].is_active, made[0].deleted_at = False, utc_now()
    made[0].save()
    async with opened(desk, replace(BY_NAME, deleted=True)) as (app, _pilot):
        row = app.table.row_at(0)
        assert row is not None
        assert row.is_deleted
        assert app.table.total == 2


async def test_another_order_shows_other_rows_and_keeps_the_record(desk: Desk) -> None:
    fill(50)
    async with opened(desk) as (app, pilot):
        await pilot.press("down", "down", "down")
        app.table.show(replace(BY_NAME, order=Order("name", descending=True)), keep=app.table.cursor_id)
        await settle(pilot)
        assert name_at_cursor(app) == "Creator 00003"
        assert app.table.cursor_number == 47
        assert "Name ▼" in app.lines[0]


# --- what goes wrong ------------------------------------------------------------------------------------------------


async def test_a_lost_connection_is_told_of_and_rows_are_read_when_it_is_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_many(desk, 1000)
    async with opened(desk) as (app, pilot):
        read = RowSource._read_page

        def lose(self: RowSource, number: int, store: Store) -> Any:
            raise DatabaseLost("The connection broke.", "Check the network.")

        monkeypatch.setattr(RowSource, "_read_page", lose)
        await pilot.press("end")
        await settle(pilot)
        assert isinstance(app.heard(RecordTable.Failed)[-1].error, DatabaseLost)
        assert "…" in app.lines[23]
        assert app.table.cursor_id is None
        monkeypatch.setattr(RowSource, "_read_page", read)
        app.table.reload()
        await settle(pilot)
        assert name_at_cursor(app) == "creator 0000999"
        assert "creator 0000999" in app.lines[23]


async def test_a_question_that_cannot_be_answered_is_told_of(desk: Desk) -> None:
    broken = replace(CREATORS, condition="r.nothing = 1")
    async with opened(desk, Query(listing=broken)) as (app, _pilot):
        assert len(app.heard(RecordTable.Failed)) == 1


# --- hostile text ---------------------------------------------------------------------------------------------------

HOSTILE_NAMES = (
    HOSTILE,
    "line\nbreak\r\ttab",
    "\u202eevil\u2066",
    "z\u200be\u200dr\u2060o",
    "e" + "\u0301" * 50,
    "日本語の長い名前がここにある",
    "👩\u200d👩\u200d👧 family 🏳️\u200d🌈",
    "\u115f\u3164filler",
    "\x1b]52;c;aGVsbG8=\x07",
    "\x9b31mred",
    "x" * 5000,
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (20, 5), (7, 3)])
async def test_hostile_text_is_shown_and_stays_in_its_column(desk: Desk, size: tuple[int, int]) -> None:
    for number, name in enumerate(HOSTILE_NAMES):
        storable = name.replace("\udc80", "")
        make(Creator, name=storable, niche=storable, creator_key=f"{number}", priority_score=5)
    async with opened(desk, size=size) as (app, pilot):
        for _ in range(8):
            await pilot.press("down", "right")
        assert is_safe(app)
        text = shown(app)
        assert not any(sign in text for sign in ("\u200b", "\u200d", "\u2066", "\u115f", "\r", "\t", "\x00"))
        assert text.count("\n") == size[1] - 1
        assert "\u0301" * 3 not in text
        for y in range(size[1]):
            strip = app.table.render_line(y)
            assert strip.cell_length == size[0]
            assert cell_len(strip.text) == size[0]


async def test_a_small_screen_still_shows_the_first_column(desk: Desk) -> None:
    fill(3)
    async with opened(desk, size=(12, 4)) as (app, _pilot):
        assert "Creat" in app.lines[1]


def test_no_line_is_drawn_for_a_table_that_was_not_asked_anything() -> None:
    table = RecordTable(None)  # type: ignore[arg-type]
    assert table.row_count == 0
    assert table.cursor_id is None
