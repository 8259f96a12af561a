"""The whole app on the demo data of a fixed day, and what a person does in it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from textual.pilot import Pilot

from tests.ui.hosts import shown, type_text
from tui_booking.config import Settings
from tui_booking.language import Language
from tui_booking.seed.seeding import seed_at
from tui_booking.ui.app import BookingApp
from tui_booking.ui.memory import Memory

TODAY = date(2026, 11, 25)
SMALL, USUAL, WIDE = (80, 24), (120, 36), (160, 50)
_KEPT = TemporaryDirectory(prefix="tui-booking-tests-")


@cache
def _seeded() -> Path:
    """A SQLite database with the demo data, to be copied; made once a process."""
    path = Path(_KEPT.name) / "demo.db"
    seed_demo(f"sqlite:///{path.as_posix()}")
    return path


def seed_demo(url: str) -> None:
    """The demo data around TODAY in a database."""
    seeding = seed_at(url, operator="lan", zone=ZoneInfo("Asia/Ho_Chi_Minh"), today=TODAY, day=TODAY)
    assert seeding.ok


def demo_url(folder: Path) -> str:
    """The URL of a database of one's own with the demo data."""
    copy = Path(shutil.copy(_seeded(), folder / "demo.db"))
    return f"sqlite:///{copy.as_posix()}"


@asynccontextmanager
async def opened(
    url: str,
    folder: Path,
    *,
    section: str | None = None,
    size: tuple[int, int] = USUAL,
    language: Language = "en",
    notifications: bool = False,
) -> AsyncIterator[Pilot[None]]:
    """The app on a database, in a section; what it remembers is in the folder."""
    memory = Memory(folder / "screen.json")
    if section is not None:
        memory.set("section", section)
    settings = Settings(database_url=url, operator="lan", language=language)
    app = BookingApp(settings, today=TODAY, memory=memory)
    async with app.run_test(size=size, notifications=notifications) as pilot:
        await settle(pilot)
        yield pilot


# Workers that wait for a person to answer a dialog.
_WAITING = ("dialog", "nest", "save")
# Far more turns than anything takes; one that is never done is a mistake to be told of.
_TURNS = 2_000


async def settle(pilot: Pilot[None]) -> None:
    """Until the keys are dealt with, what they asked is answered, and the screen has drawn it."""
    app = pilot.app
    assert isinstance(app, BookingApp)
    quiet = 0
    for _turn in range(_TURNS):
        await pilot.pause()
        at_work = [one for one in app.workers if not one.is_finished and one.group not in _WAITING]
        quiet = 0 if at_work or app.desk.under_way else quiet + 1
        if quiet == 3:
            return
    raise AssertionError(f"never done: {at_work}")


async def press(pilot: Pilot[None], *keys: str) -> str:
    """Press keys one after the other; what stands on the screen afterwards."""
    await pilot.press(*keys)
    await settle(pilot)
    return shown(pilot.app)


async def write(pilot: Pilot[None], text: str) -> str:
    """Type a text."""
    await type_text(pilot, text)
    await settle(pilot)
    return shown(pilot.app)
