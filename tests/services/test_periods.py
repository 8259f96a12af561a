"""Periods: read as they are typed, written so that they are read back, and the ones with names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.services.declarations import Period
from tui_booking.services.parsing import Unreadable
from tui_booking.services.periods import quick_periods, read_period, written_period

TODAY = date(2026, 11, 25)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "01/11/2026 .. 30/11/2026", "01/11/2026..30/11/2026", "01/11/2026 - 30/11/2026", "01/11/2026-30/11/2026",
        "1/11/2026 – 30/11/2026", "2026-11-01 to 2026-11-30", "01/11/2026 đến 30/11/2026", "2026-11-01..2026-11-30",
    ],
)  # fmt: skip
def test_a_period_is_read_as_people_write_it(text: str) -> None:
    assert read_period(text, TODAY) == NOVEMBER


def test_a_period_may_be_a_day_or_open() -> None:
    assert read_period("today", TODAY) == Period(TODAY, TODAY)
    assert read_period("2026-11-25", TODAY) == Period(TODAY, TODAY)
    assert read_period("today ..", TODAY) == Period(TODAY, None)
    assert read_period(".. +7d", TODAY) == Period(None, TODAY + timedelta(days=7))
    assert read_period("", TODAY) == Period()


@pytest.mark.parametrize("text", ["30/11/2026 .. 01/11/2026", "a .. b", "32/11/2026", "today .. today .. today"])
def test_what_is_no_period_is_said(text: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_period(text, TODAY)
    assert caught.value.message


@given(st.one_of(st.none(), DAYS), st.one_of(st.none(), DAYS))
def test_what_is_written_is_read_back(one: date | None, other: date | None) -> None:
    start, end = sorted((one, other)) if one and other else (one, other)
    assert read_period(written_period(Period(start, end)), TODAY) == Period(start, end)


@given(DAYS)
def test_named_periods_hold_the_day_or_lie_beside_it(today: date) -> None:
    named = dict(quick_periods(today))
    for name in ("Today", "This week", "Last 7 days", "Next 7 days", "This month", "This quarter", "This year"):
        period = named[name]
        assert period.start is not None
        assert period.end is not None
        assert period.start <= today <= period.end, name
    month, last, following = (named[name] for name in ("This month", "Last month", "Next month"))
    assert month.start == today.replace(day=1)
    assert month.start - (last.end or today) == timedelta(days=1)
    assert (following.start or today) - (month.end or today) == timedelta(days=1)
    assert (following.end or today).day >= 28
