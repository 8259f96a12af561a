"""Keys that come faster than the screen changes go where the keys before them have led to."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.hosts import shown
from tests.ui.office import demo_url, opened, settle
from tui_booking.models import Payment
from tui_booking.services.find import Found
from tui_booking.ui.panes.table_pane import TablePane
from tui_booking.ui.screens import palette
from tui_booking.ui.screens.main import MainScreen

_NAMED = {" ": "space", "/": "slash", ":": "colon", "\r": "enter", "\x1b": "escape"}


async def rush(pilot: Pilot[None], typed: str) -> MainScreen:
    """Type a text all at once, as it comes over a slow line; the main screen afterwards."""
    for sign in typed:
        pilot.app.post_message(events.Key(_NAMED.get(sign, sign), sign))
    await settle(pilot)
    main = pilot.app.screen_stack[0]
    assert isinstance(main, MainScreen)
    return main


async def test_a_name_is_written_into_the_form_and_is_no_command(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns") as pilot:
        main = await rush(pilot, "ndudpe")
        assert len(pilot.app.screen_stack) == 2
        field = pilot.app.screen.focused
        assert isinstance(field, Input)
        assert field.value == "dudpe"
        assert main.undos == []


async def test_what_is_searched_for_is_no_command(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        main = await rush(pilot, "/thao\r")
        table = main.query_one(TablePane).table
        assert table.asked is not None
        assert (table.asked.search, table.asked.deleted, table.total) == ("thao", False, 1)
        assert table.has_focus


async def test_a_key_pressed_twice_opens_one_dialog(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        await rush(pilot, "ff")
        assert len(pilot.app.screen_stack) == 2
        await rush(pilot, "\x1b")
        assert len(pilot.app.screen_stack) == 1


async def test_two_changes_at_once_are_both_made_and_both_can_be_taken_back(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="finance") as pilot:
        main = await rush(pilot, "dd")
        assert Payment.select().where(Payment.deleted_at.is_null(False)).count() == len(main.undos) == 2
        await rush(pilot, "uu")
        assert Payment.select().where(Payment.deleted_at.is_null(False)).count() == 0


async def test_a_form_that_is_opened_and_left_again_and_again_is_left(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        await rush(pilot, "n\x1b?\x1bf\x1b:\x1bn\x1b\x1b\x1b\x1b")
        assert len(pilot.app.screen_stack) == 1


async def test_enter_in_the_palette_waits_for_what_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The database may answer later than the person presses Enter; what stood there before is not what is meant."""
    asked, answered = asyncio.Event(), asyncio.Event()
    look_up = palette.Palette.look_up

    async def look_up_late(self: palette.Palette, words: str) -> list[Found]:
        asked.set()
        await answered.wait()
        return await look_up(self, words)

    monkeypatch.setattr(palette.Palette, "look_up", look_up_late)
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns") as pilot:
        for sign in ":thao vy\r":
            pilot.app.post_message(events.Key(_NAMED.get(sign, sign), sign))
        await asked.wait()
        answered.set()
        await settle(pilot)
        assert "› Lê Thảo Vy" in shown(pilot.app)
