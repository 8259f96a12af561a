"""Seeding as the tests do it, and what a database holds afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from tests.records import connected
from tui_booking.models import ALL_MODELS
from tui_booking.seed.seeding import Seeding, Volume, seed_at

DAY = date(2026, 3, 8)
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
HISTORY = ("import_run", "import_file")


def seed(url: str, *, today: date = DAY, day: date | None = None, scale: int = 1, operator: str = "lan") -> Seeding:
    """Seed a database of a test."""
    return seed_at(url, operator=operator, zone=ZONE, today=today, day=day, volume=Volume(scale))


def everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """All records of all tables but the history of imports, by table."""
    with connected(url):
        return {
            model._meta.table_name: list(model.select().order_by(model.id).tuples().iterator())
            for model in ALL_MODELS
            if model._meta.table_name not in HISTORY
        }
