"""Dates and times: the day comes first, and what has two meanings has none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.importing.values import Cell, CellError, read_date, read_time

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-01-31", "2026-01-31"),
        ("31/01/2026", "2026-01-31"),
        ("1/2/2026", "2026-02-01"),
        ("01-02-2026", "2026-02-01"),
        ("01.02.2026", "2026-02-01"),
        ("2026/1/31", "2026-01-31"),
        ("20260131", "2026-01-31"),
        ("2026-01-31T00:00:00", "2026-01-31"),
        ("2026-01-31 00:00:00.000", "2026-01-31"),
        ("31/01/2026 0:00", "2026-01-31"),
        ("2026-01-31T00:00:00Z", "2026-01-31"),
        ("29/02/2024", "2024-02-29"),
        ("--", None),
        (None, None),
    ],
)
def test_a_date_is_read_with_its_day_before_its_month(cell: Cell, day: str | None) -> None:
    assert read_date(cell, SAIGON) == day


def test_the_month_comes_first_only_where_that_was_asked_for() -> None:
    assert read_date("02/01/2026", month_first=True) == "2026-02-01"
    assert read_date("12/31/2026", month_first=True) == "2026-12-31"
    with pytest.raises(CellError, match="no month 31; dates are read as day/month/year"):
        read_date("12/31/2026")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("01/02/26", "1926 or of 2026"),
        ("30/02/2026", "month 2 of 2026 has no day 30"),
        ("2026-13-01", "no month 13"),
        ("31/12/1899", "not between 1900 and 2100"),
        ("2101-01-01", "not between 1900 and 2100"),
        ("45000", "format the cell as a date"),
        (45000.5, "format the cell as a date"),
        ("2026-01-31 10:00", "time of day"),
        ("2026-01-31T00:00:00-20:00", "no such time zone"),
        ("1/2-2026", "not a date"),
        ("٣١/٠١/٢٠٢٦", "not a date"),
        ("soon", "not a date"),
    ],
)
def test_what_is_no_single_date_is_an_error(cell: Cell, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_date(cell, SAIGON)


def test_midnight_elsewhere_that_is_another_day_here_is_an_error_that_shows_both() -> None:
    with pytest.raises(CellError, match="2026-01-31 or, here, as 2026-02-01"):
        read_date("2026-01-31T00:00:00-12:00", ZoneInfo("Pacific/Auckland"))


@given(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"])
)
def test_a_date_reads_back_however_it_was_written(day: date, form: str) -> None:
    assert read_date(day.strftime(form)) == day.isoformat()


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2026-01-31T10:00:00Z", "2026-01-31 10:00:00.000000"),
        ("2026-01-31T10:00:00+07:00", "2026-01-31 03:00:00.000000"),
        ("2026-01-31 10:00:00 +0700", "2026-01-31 03:00:00.000000"),
        ("2026-01-31 10:00 UTC", "2026-01-31 10:00:00.000000"),
        ("2026-01-31 10:00", "2026-01-31 03:00:00.000000"),
        ("31/01/2026 1:05", "2026-01-30 18:05:00.000000"),
        ("31/01/2026 01:05:09", "2026-01-30 18:05:09.000000"),
        ("2026-01-31", "2026-01-30 17:00:00.000000"),
        ("2026-01-31T10:00:00.123Z", "2026-01-31 10:00:00.123000"),
        ("2026-01-31T10:00:00.1234560Z", "2026-01-31 10:00:00.123456"),
        ("1900-01-01", "1899-12-31 16:53:30.000000"),
        ("", None),
    ],
)
def test_a_time_without_a_zone_is_the_operators(cell: Cell, moment: str | None) -> None:
    assert read_time(cell, SAIGON) == moment


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("2026-01-31 24:00", "no such time of day"),
        ("2026-01-31 10:60", "no such time of day"),
        ("2026-01-31T10:00:00+15:00", "no such time zone"),
        ("2026-01-31T10:00:00.1234567Z", "six digits"),
        (45000.25, "format the cell as a date"),
        ("45000.25", "format the cell as a date"),
        ("10:00", "not a time"),
    ],
)
def test_what_is_no_time_is_an_error(cell: Cell, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_time(cell, SAIGON)


def test_a_time_that_the_clocks_skip_or_show_twice_is_an_error() -> None:
    with pytest.raises(CellError, match="put forward"):
        read_time("2026-03-29 02:30", PARIS)
    with pytest.raises(CellError, match=r"02:30:00\+02:00 or as 2026-10-25 02:30:00\+01:00"):
        read_time("2026-10-25 02:30", PARIS)
    assert read_time("2026-10-25 02:30+01:00", PARIS) == "2026-10-25 01:30:00.000000"


@given(st.datetimes(datetime(1901, 1, 1), datetime(2100, 1, 1), timezones=st.sampled_from([UTC, SAIGON])))  # noqa: DTZ001
def test_a_moment_reads_back_whatever_its_zone(moment: datetime) -> None:
    offset = moment.utcoffset()
    assert offset is not None
    if offset.seconds % 60:
        return
    wanted = moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    assert read_time(moment.isoformat(), PARIS) == wanted
