"""What was made on the way of a form, for its references to point at, is taken back like any change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.app import App

from tests.ui.hosts import shown
from tests.ui.office import demo_url, opened, press
from tui_booking.models import Brand, Campaign
from tui_booking.ui.screens.main import MainScreen
from tui_booking.ui.screens.record_form import RecordForm


def main_screen(app: App[Any]) -> MainScreen:
    main = app.screen
    assert isinstance(main, MainScreen)
    return main


def go_to(app: App[Any], field: str) -> None:
    """Put the cursor into a field of the form that is open."""
    form = app.screen
    assert isinstance(form, RecordForm)
    form.rows.by_name[field].take_focus()


async def test_it_is_taken_back_after_what_points_at_it(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns") as pilot:
        main = main_screen(pilot.app)
        await press(pilot, "n", *"CP99", "tab", *"Spring", "tab", *"Fresh", "enter")
        assert "Brand: new" in shown(pilot.app)
        await press(pilot, *"FRESH", "ctrl+s")
        await press(pilot, *["tab"] * 4, *"today", "tab", *"+7d", "ctrl+s")
        assert pilot.app.screen is main
        brand = Brand.get(Brand.code == "FRESH")
        assert len(main.undos) == 2
        await press(pilot, "u")
        assert Campaign.get(Campaign.code == "CP99").deleted_at is not None
        assert Brand.get_by_id(brand.id).deleted_at is None
        await press(pilot, "u")
        assert Brand.get_by_id(brand.id).deleted_at is not None


async def test_it_is_taken_back_where_the_forms_that_wanted_it_were_left(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        main = main_screen(pilot.app)
        await press(pilot, "n")
        go_to(pilot.app, "campaign")
        await press(pilot, *"Fresh", "enter")
        assert "Campaign: new" in shown(pilot.app)
        go_to(pilot.app, "brand")
        await press(pilot, *"Fresh", "enter", *"FRESH", "ctrl+s", "escape", "y", "escape", "y")
        assert pilot.app.screen is main
        assert len(main.undos) == 1
        await press(pilot, "u")
        assert Brand.get(Brand.code == "FRESH").deleted_at is not None
