"""A few screens as pictures: what nobody thought of asserting. Renew them with --snapshot-update, after a look."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from textual.pilot import Pilot

from tests.ui.office import SMALL, TODAY, USUAL, demo_url, settle
from tui_booking.config import Settings, Theme
from tui_booking.ui.app import BookingApp
from tui_booking.ui.memory import Memory


class Look(NamedTuple):
    """Which screen, and what is pressed on it."""

    section: str
    size: tuple[int, int]
    theme: Theme
    keys: tuple[str, ...] = ()


LOOKS = {
    "dashboard": Look("dashboard", USUAL, "dark"),
    "table": Look("bookings", SMALL, "light", ("down", "space")),
    "board": Look("bookings", USUAL, "high-contrast", ("b",)),
}


@pytest.mark.parametrize("name", LOOKS)
def test_screens_look_as_before(snap_compare: Any, tmp_path: Path, name: str) -> None:
    section, size, theme, keys = LOOKS[name]
    memory = Memory(tmp_path / "screen.json")
    memory.set("section", section)
    # The path of the database is part of the screen.
    settings = Settings(database_url=demo_url(tmp_path), operator="lan", language="en", theme=theme)
    app = BookingApp(settings, today=TODAY, memory=memory)
    app.where = "demo"

    async def act(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await pilot.press(*keys)
        await settle(pilot)

    assert snap_compare(app, terminal_size=size, run_before=act)
