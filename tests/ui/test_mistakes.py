"""A mistake of the program in the midst of a work: nothing that was typed is lost, and the person is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from tests.ui.hosts import HOSTILE, is_safe, shown
from tests.ui.office import demo_url, opened, press, write
from tui_booking.errors import BookingCenterError
from tui_booking.services import records
from tui_booking.services.pages import RowSource
from tui_booking.ui.app import BookingApp


async def test_a_form_stays_with_what_was_typed_and_the_crash_file_is_named(
    tmp_path: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any, **_named: Any) -> Any:
        raise KeyError("what nobody thought of")

    monkeypatch.setattr(records, "save", fail)
    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        await press(pilot, "e")
        await write(pilot, "xyz")
        after = await press(pilot, "ctrl+s")
        assert "(KeyError)" in after
        field = pilot.app.screen.focused
        assert isinstance(field, Input)
        assert field.value.endswith("xyz")
    (crash,) = own_home.rglob("crash-*.txt")
    assert "what nobody thought of" in crash.read_text()


async def test_a_list_that_cannot_be_read_leaves_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_source: RowSource) -> None:
        raise ValueError("what nobody thought of")

    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        with monkeypatch.context() as broken:
            broken.setattr(RowSource, "settle", fail)
            assert "(ValueError)" in await press(pilot, "4")
        assert "1 of 6" in await press(pilot, "3")


async def test_what_a_database_says_of_hostile_texts_is_shown_and_not_obeyed(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        assert isinstance(pilot.app, BookingApp)
        pilot.app.tell(BookingCenterError(HOSTILE, HOSTILE))
        await press(pilot, "down")
        assert "[/KOC]" in shown(pilot.app)
        assert is_safe(pilot.app)
