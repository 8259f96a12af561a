"""The table while others write and connections break: the cursor keeps its record, and nothing is lost quietly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.records import make
from tests.services.listings import CREATORS
from tests.ui.hosts import settle
from tests.ui.table_hosts import BY_NAME, fill, fill_many, name_at_cursor, opened, table_desk
from tui_booking.models import Creator
from tui_booking.models.base import utc_now
from tui_booking.models.database import DatabaseLost, Store
from tui_booking.services.asking import execute
from tui_booking.services.declarations import Order, Query
from tui_booking.services.desk import Desk
from tui_booking.services.pages import RowSource
from tui_booking.ui.widgets.record_table import RecordTable


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with table_desk(database_url) as opened:
        yield opened


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
    monkeypatch.setattr("tui_booking.ui.widgets.row_fetching._STALE_SECONDS", 0.01)
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
