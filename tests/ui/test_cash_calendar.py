"""The calendar of cash: what is to be paid when, what is late, and how it fits in fewer columns."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.drawings import is_safe, texts
from tui_booking.ui.widgets.cash_calendar import Cash, cash_calendar

TODAY = date(2026, 3, 11)
DAYS = {
    date(2026, 3, 6): Cash(due=Decimal(5_000_000)),
    date(2026, 3, 9): Cash(paid=Decimal(3_000_000)),
    date(2026, 3, 11): Cash(due=Decimal(800_000)),
    date(2026, 3, 13): Cash(due=Decimal(12_500_000)),
}


def test_a_week_shows_what_to_pay_on_each_of_its_days_and_in_all() -> None:
    assert texts(cash_calendar(DAYS, date(2026, 3, 4), 3, 76, today=TODAY, chosen=date(2026, 3, 13))) == [
        "              Mon     Tue     Wed     Thu     Fri     Sat     Sun       due ",
        "  2 Mar         ·       ·       ·       ·     !5M       ·       ·        5M ",
        "▸ 9 Mar       ✓3M       ·  [800k]       ·  »12.5M       ·       ·     13.3M ",
        "  16 Mar        ·       ·       ·       ·       ·       ·       ·           ",
        "▸ this week   ! due and past   ✓ paid, nothing due                          ",
    ]


def test_where_days_find_no_room_weeks_are_bars() -> None:
    assert texts(cash_calendar(DAYS, date(2026, 3, 4), 3, 40, today=TODAY)) == [
        "  2 Mar   █████████                  !5M",
        "▸ 9 Mar   ████████████████████████ 13.3M",
        "  16 Mar                               0",
        "▸ this week   ! due and past   ✓ paid,… ",
    ]


@given(
    days=st.dictionaries(st.dates(), st.builds(Cash, st.decimals(0, 10**18, places=0)), max_size=9),
    first=st.dates(),
    weeks=st.integers(0, 60),
    width=st.integers(0, 120),
    today=st.dates(),
)
def test_any_days_draw_within_their_width(
    days: dict[date, Cash], first: date, weeks: int, width: int, today: date
) -> None:
    drawn = cash_calendar(days, first, weeks, width, today=today)
    assert {strip.cell_length for strip in drawn} == {width}
    assert is_safe(drawn)


def test_the_first_and_the_last_days_there_are_have_weeks_too() -> None:
    assert len(cash_calendar({date.max: Cash(Decimal(1))}, date.max, 3, 80, today=date.max)) == 3
    assert len(cash_calendar({date.min: Cash(Decimal(1))}, date.min, 2, 80, today=date.min + timedelta(1))) == 4
