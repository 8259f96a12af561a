"""Whatever keys are pressed wherever: the app goes on, the database agrees, and nothing on the screen is a command."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from tests.ui.hosts import is_safe
from tests.ui.office import SMALL, USUAL, WIDE, demo_url, opened, press, settle
from tui_booking.services.checks import check_database
from tui_booking.ui.app import BookingApp
from tui_booking.ui.commands import COMMANDS
from tui_booking.ui.screens.confirm import Confirm
from tui_booking.ui.screens.main import MainScreen
from tui_booking.ui.sections import SECTIONS

INBOX = Path(__file__).resolve().parents[2] / "data_import"
# A browser is not opened, and the app not left.
BOUND = sorted({key for one in COMMANDS if one.id not in ("app.quit", "table.browser") for key in one.keys.split(",")})
# fmt: off
EDITING = [
    "up", "down", "left", "right", "pageup", "pagedown", "home", "end",
    "tab", "shift+tab", "enter", "enter", "escape", "space", "backspace", "delete",
    "ctrl+s", "f2", "ctrl+a", "ctrl+k", "ctrl+u", "ctrl+r", "f4", "shift+down",
    "alt+right", "alt+left", "ctrl+c", "ctrl+x", "ctrl+z", "plus", "minus", "J",
    "K", "T", "q", "z", "0", "9",
]
# fmt: on
TEXTS = (
    "linh",
    "1.5tr",
    "today",
    "+7d",
    "{",
    "][/x]",
    "ế",
    "🏳️‍🌈",
    "9" * 20,
    "-1",
    "31/02/2026",
    "%_\\",
    "\x1b\x9b\x00",
)
SIZES = (SMALL, USUAL, WIDE, (20, 5), (250, 70), (60, 12), (100, 30))
STEPS, KEYS_A_STEP = 40, 8
# What a slow machine leaves out: each section is tried about as long as it takes a quick one.
LONGEST_SECONDS = 2.5


async def press_anything(pilot: Pilot[None], chance: random.Random, pressed: list[object]) -> None:
    what = chance.random()
    if what < 0.1:
        size = chance.choice(SIZES)
        pressed.append(size)
        await pilot.resize_terminal(*size)
    elif what < 0.3:
        text = chance.choice(TEXTS)
        pressed.append(text)
        pilot.app.post_message(events.Paste(text))
    else:
        for _time in range(chance.randint(1, KEYS_A_STEP)):
            key = chance.choice(BOUND if chance.random() < 0.6 else EDITING)
            pressed.append(key)
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
    await settle(pilot)


async def go_to_campaigns(pilot: Pilot[None]) -> None:
    """Out of wherever one is: a person who is lost presses Escape, and does not mind what was typed."""
    for _time in range(12):
        await press(pilot, "escape")
        if isinstance(pilot.app.screen, Confirm):
            await press(pilot, "y")
    await press(pilot, "2")


@pytest.mark.parametrize("section", [name for _key, name, _label in SECTIONS])
async def test_any_keys_do_no_harm(section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(INBOX, tmp_path / "data_import")
    monkeypatch.chdir(tmp_path)
    chance, pressed = random.Random(section), list[object]()
    async with opened(demo_url(tmp_path), tmp_path, section=section, notifications=True) as pilot:
        app = pilot.app
        assert isinstance(app, BookingApp)
        until = time.monotonic() + LONGEST_SECONDS
        for _step in range(STEPS):
            await press_anything(pilot, chance, pressed)
            assert app.mistakes == [], pressed
            assert is_safe(app), pressed
            if time.monotonic() > until:
                break
        await pilot.resize_terminal(*USUAL)
        await go_to_campaigns(pilot)
        main = app.screen
        assert isinstance(main, MainScreen), pressed
        assert main.section == "campaigns", pressed
        assert check_database(app.desk.store) == [], pressed
