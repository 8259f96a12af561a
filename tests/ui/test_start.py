"""What stands between the call and the first rows: on SQLite nothing is loaded that they do not need."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.ui.office import demo_url

_NOT_NEEDED = (
    "pydantic",
    "psycopg",
    "openpyxl",
    "python_calamine",
    "peewee_migrate",
    "babel",
    "tui_booking.importing",
    "tui_booking.services.forms",
    "tui_booking.services.records",
    "tui_booking.ui.panes.child_records",
    "tui_booking.ui.panes.dashboard",
    "tui_booking.ui.panes.detail_parts",
    "tui_booking.ui.screens.record_form",
)
_START = """
import asyncio, sys
from pathlib import Path
from tui_booking.config import load_settings
from tui_booking.models.migrate import bring_up_to_date
from tui_booking.ui.app import BookingApp
from tui_booking.ui.memory import Memory

async def start():
    url, file = sys.argv[1:]
    memory = Memory(Path(file))
    memory.set("section", "creators")
    bring_up_to_date(url)
    app = BookingApp(load_settings(database_url=url), memory=memory)
    async with app.run_test(size=(120, 40)):
        table = app.screen.query_one("RecordTable")
        print(table.total, *sorted(sys.modules), sep="\\n")

asyncio.run(start())
"""


def test_the_first_rows_need_nothing_heavy(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _START, demo_url(tmp_path), str(tmp_path / "screen.json")]
    done = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    count, *loaded = done.stdout.split("\n")
    assert int(count) > 0
    assert "tui_booking.ui.panes.detail" in loaded
    assert sorted(set(_NOT_NEEDED) & set(loaded)) == []
