"""The dashboard's courses: views by day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models.database import Store
from tui_booking.services.dashboard_facts import DailyViews
from tui_booking.services.declarations import Period
from tui_booking.services.view_days import read_known_gains

LONGEST = 90


def read_views_by_day(store: Store, period: Period, brand: UUID | None, today: date, zone: ZoneInfo) -> DailyViews:
    """What videos gained until the snapshots of each day, over the one before, as far as it has been worked out.

    At most the last 90 days of a period. `learn_gains` works out what is missing.
    """
    end = min(period.end or today, today)
    start = max(period.start or date.min, end - timedelta(days=LONGEST - 1))
    return read_known_gains(store, start, end, zone, brand)
