"""Takes the pictures of the app that the documents show: demo data around a fixed day, at one size, in one language.

python -m tests.data.screenshots [NAME ...]

Pictures are SVG and hold nothing of this machine: the database and the inbox lie in a folder of their own.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.data.document_models import ROOT
from tests.ui.office import settle
from tui_booking.config import Settings, Theme
from tui_booking.language import Language
from tui_booking.paths import HOME_VARIABLE
from tui_booking.seed.seeding import seed_at

IMAGES = ROOT / "docs" / "images"
DAY = date(2026, 11, 25)
NOON = f"{DAY} 05:00:00.000000"
SIZE = (132, 38)
_WRITTEN = {"created_at", "updated_at", "changed_at", "started_at", "finished_at"}
# The fonts that the pictures would otherwise fetch from elsewhere.
_FONTS = re.compile(r"\s*@font-face \{.*?\}\n", re.DOTALL)


@dataclass(frozen=True)
class Picture:
    """A picture by its name, the section that the app opens with, and the keys that are pressed before it is taken."""

    name: str
    section: str
    keys: tuple[str, ...] = ()
    size: tuple[int, int] = SIZE
    language: Language = "en"
    theme: Theme = "dark"


PICTURES = (
    Picture("dashboard", "dashboard"),
    Picture("campaigns", "campaigns", ("enter",)),
    Picture("creators", "creators", ("enter",)),
    Picture("bookings", "bookings", ("enter",)),
    Picture("board", "bookings", ("b",)),
    Picture("videos", "videos", ("enter",)),
    Picture("finance", "finance", ("enter",)),
    Picture("rules-and-templates", "rules", ("v", "enter")),
    Picture("import-screen", "import", ("d",)),
    Picture("form", "bookings", ("e",)),
    Picture("filter", "bookings", ("f",)),
    Picture("help", "campaigns", ("question_mark",)),
    Picture("small", "bookings", size=(80, 24)),
    Picture("vietnamese", "bookings", ("enter",), language="vi", theme="light"),
)


async def take(picture: Picture) -> str:
    """The picture, of an app that is opened for it on the demo database here."""
    from tui_booking.ui.app import BookingApp
    from tui_booking.ui.memory import Memory

    memory = Memory()
    memory.set("section", picture.section)
    settings = Settings(
        database_url="sqlite:///demo.db", operator="lan", language=picture.language, theme=picture.theme
    )
    app = BookingApp(settings, today=DAY, memory=memory)
    async with app.run_test(size=picture.size) as pilot:
        for key in picture.keys:
            await settle(pilot)
            await pilot.press(key)
        await settle(pilot)
        svg = app.export_screenshot(title="Booking Center")
    return _FONTS.sub("\n", svg)


def make_demo(file: Path) -> None:
    """The demo database around the day of the pictures, as if everything had been written at its noon."""
    settings = Settings(database_url=f"sqlite:///{file.as_posix()}", operator="lan")
    seed_at(settings.database_url, operator=settings.operator, zone=settings.zone_info, today=DAY)
    with contextlib.closing(sqlite3.connect(file)) as database, database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
            written = sorted(columns & _WRITTEN)
            if written:
                # What never happened has not happened at noon either.
                noon = ", ".join(f"{column} = CASE WHEN {column} IS NOT NULL THEN '{NOON}' END" for column in written)
                database.execute(f"UPDATE {table} SET {noon}")


@contextlib.contextmanager
def folder_with(demo: Path) -> Iterator[None]:
    """A folder with the demo database and the inbox, in which nothing else lies; it is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        os.environ[HOME_VARIABLE] = folder
        shutil.copytree(ROOT / "data_import", "data_import")
        shutil.copy(demo, "demo.db")
        yield


def main(names: list[str]) -> None:
    """Take the pictures of these names, or all."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(folder) / "demo.db"
        make_demo(demo)
        for picture in PICTURES:
            if names and picture.name not in names:
                continue
            with folder_with(demo):
                svg = asyncio.run(take(picture))
            file = IMAGES / f"{picture.name}.svg"
            file.parent.mkdir(parents=True, exist_ok=True)
            if not file.exists() or file.read_text(encoding="utf-8") != svg:
                file.write_text(svg, encoding="utf-8", newline="\n")
                sys.stdout.write(f"{file.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
