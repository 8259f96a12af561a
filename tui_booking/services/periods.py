"""Periods of days as a person asks for them: by name, or from one day to another."""

from __future__ import annotations

import re
from datetime import date, timedelta

from tui_booking.language import N_, _
from tui_booking.services.declarations import Period
from tui_booking.services.fields import FormField
from tui_booking.services.parsing import Unreadable, read, written

_DAY = FormField("day", "", "date")
# A hyphen stands between days only where it cannot be one of a date's own.
_BETWEEN = re.compile(r"\s*(?:\.\.+|[–—→]|\s-\s|(?<=/\d{4})-|\s(?:to|đến|den)\s)\s*", re.IGNORECASE)


def quick_periods(today: date) -> list[tuple[str, Period]]:
    """The periods that have names, with what they are called."""
    month = today.replace(day=1)
    next_month = _month_after(month)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    after_quarter = _month_after(_month_after(_month_after(quarter)))
    week = today - timedelta(days=today.weekday())
    one, seven, thirty = (timedelta(days=days) for days in (1, 7, 30))
    return [
        (_(name), Period(start, end))
        for name, start, end in (
            (N_("Today"), today, today),
            (N_("This week"), week, week + seven - one),
            (N_("Last 7 days"), today - seven + one, today),
            (N_("Next 7 days"), today, today + seven - one),
            (N_("This month"), month, next_month - one),
            (N_("Last month"), (month - one).replace(day=1), month - one),
            (N_("Next month"), next_month, _month_after(next_month) - one),
            (N_("Last 30 days"), today - thirty + one, today),
            (N_("Next 30 days"), today, today + thirty - one),
            (N_("This quarter"), quarter, after_quarter - one),
            (N_("This year"), date(today.year, 1, 1), date(today.year, 12, 31)),
            (N_("Until today"), None, today),
            (N_("From today"), today, None),
        )
    ]


def read_period(text: str, today: date) -> Period:
    """A day, or two with `..`, `–`, ` - ` or `to` between them, either of which may be left out. Raises Unreadable."""
    parts = _BETWEEN.split(f" {text.strip()} ")
    if len(parts) > 2:
        raise Unreadable(_("More than two days are written; write it such as 01/11/2026 .. 30/11/2026."))
    start, end = (read(_DAY, part, today=today).value for part in (parts[0], parts[-1]))
    if start is not None and end is not None and end < start:
        raise Unreadable(_("It ends before it begins."))
    return Period(start, end)


def written_period(period: Period) -> str:
    """A period as `read_period` reads it; '' where it is open at both ends."""
    start, end = (written(_DAY, day) for day in (period.start, period.end))
    if start == end:
        return start
    return f"{start} .. {end}".strip()


def _month_after(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=7)).replace(day=1)
