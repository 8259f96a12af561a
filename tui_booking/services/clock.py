"""Which day it is where the operator works: one for the whole program, as there is one person in front of it."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


class _Clock:
    zone: ZoneInfo = ZoneInfo("Asia/Ho_Chi_Minh")
    fixed: date | None = None


def keep_time_of(zone: ZoneInfo, *, fixed: date | None = None) -> None:
    """Tell days in this zone from now on; or stand still on a day, for pictures and tests."""
    _Clock.zone = zone
    _Clock.fixed = fixed


def today() -> date:
    """The calendar day in the operator's zone."""
    return _Clock.fixed or datetime.now(_Clock.zone).date()


def zone() -> ZoneInfo:
    """The operator's zone."""
    return _Clock.zone
