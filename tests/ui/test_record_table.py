"""The table: any row is near, it says what is chosen, and stored text is shown and never obeyed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from rich.cells import cell_len

from tests.records import make
from tests.services.listings import CREATORS, VIDEOS
from tests.ui.hosts import HOSTILE, is_safe, settle, shown
from tests.ui.table_hosts import BY_NAME, TableHost, fill, fill_many, name_at_cursor, opened, table_desk
from tui_booking.models import Creator
from tui_booking.services.declarations import Order, Query
from tui_booking.services.desk import Desk
from tui_booking.services.pages import RowSource
from tui_booking.ui.widgets.record_table import RecordTable


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with table_desk(database_url) as opened:
        yield opened


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
