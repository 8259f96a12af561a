"""Dates and times as people and programs write them; the day comes before the month unless the user says otherwise."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from tui_booking.language import N_
from tui_booking.reading.cells import Cell, CellError, plain_text_of

FIRST_YEAR, LAST_YEAR = 1900, 2100

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_NUMBER = re.compile(r"[0-9]{1,7}(?:\.[0-9]+)?")
_MOMENT = re.compile(
    r"(?P<day>[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}|[0-9]{8})"
    r"(?:(?:[Tt]| +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]+))?)?"
    r" *(?P<zone>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)
_SERIAL = N_("is a number, not a date: format the cell as a date, or write it such as 2026-01-31")

# By the order of the parts: what is said of a month and of a day that there is not.
_NO_SUCH_DAY = {
    "": (
        N_("there is no month {month}; write it as year-month-day"),
        N_("month {month} of {year} has no day {day}; write it as year-month-day"),
    ),
    "day/month/year": (
        N_("there is no month {month}; dates are read as day/month/year"),
        N_("month {month} of {year} has no day {day}; dates are read as day/month/year"),
    ),
    "month/day/year": (
        N_("there is no month {month}; dates are read as month/day/year"),
        N_("month {month} of {year} has no day {day}; dates are read as month/day/year"),
    ),
}


def read_date(cell: Cell, zone: tzinfo = UTC, month_first: bool = False) -> str | None:
    """A date as `YYYY-MM-DD`, from ISO, `dd/mm/yyyy` or a time at midnight."""
    text = _text(cell)
    if not text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise CellError(N_("is not a date; write it such as 2026-01-31 or 31/01/2026"))
    day = _day(match["day"], month_first)
    if match["hour"] is not None:
        moment = _moment(match, day, UTC)
        if moment.time() != time():
            raise CellError(N_("has a time of day where a date is wanted; write the date only"))
        if match["zone"] and moment.astimezone(zone).date() != day:
            other = moment.astimezone(zone).date().isoformat()
            raise CellError(
                N_("can be read as {day} or, here, as {other}; write the date only"), day=day.isoformat(), other=other
            )
    return day.isoformat()


def read_time(cell: Cell, zone: tzinfo = UTC, month_first: bool = False) -> str | None:
    """A moment as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC; without a zone of its own it is a time of `zone`."""
    text = _text(cell)
    if not text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise CellError(N_("is not a time; write it such as 2026-01-31 18:30 or 31/01/2026 18:30"))
    day = _day(match["day"], month_first)
    moment = _moment(match, day, zone)
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _text(cell: Cell) -> str:
    text = plain_text_of(cell)
    if text and (not isinstance(cell, str) or _NUMBER.fullmatch(text)):
        raise CellError(_SERIAL)
    return text


def _day(text: str, month_first: bool) -> date:
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _checked_day(match[1], match[3], match[4])
    match = _COMPACT.fullmatch(text)
    if match:
        return _checked_day(match[1], match[2], match[3])
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        raise CellError(N_("is not a date; write it such as 2026-01-31 or 31/01/2026"))
    first, second, year = match[1], match[3], match[4]
    if len(year) == 2:
        raise CellError(
            N_("can be read as a day of 19{year} or of 20{year}; write the year with four digits"), year=year
        )
    if month_first:
        return _checked_day(year, first, second, "month/day/year")
    return _checked_day(year, second, first, "day/month/year")


def _checked_day(year: str, month: str, day: str, order: str = "") -> date:
    number = int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise CellError(
            N_("the year {year} is not between {first} and {last}; mend it"),
            year=year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    no_month, no_day = _NO_SUCH_DAY[order]
    if not 1 <= int(month) <= 12:
        raise CellError(no_month, month=int(month))
    try:
        return date(number, int(month), int(day))
    except ValueError:
        raise CellError(no_day, month=int(month), year=year, day=int(day)) from None


def _moment(match: re.Match[str], day: date, zone: tzinfo) -> datetime:
    hour, minute, second = int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise CellError(N_("there is no such time of day; hours go from 0 to 23, minutes and seconds to 59"))
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > 6:
        raise CellError(N_("has more than six digits after the second; shorten it"))
    clock = datetime.combine(day, time(hour, minute, second, int(fraction.ljust(6, "0"))))
    if match["zone"]:
        return clock.replace(tzinfo=_offset(match["zone"]))
    return _in_zone(clock, zone)


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    if hours > 14 or minutes > 59:
        raise CellError(N_("there is no such time zone; offsets go from -12:00 to +14:00"))
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _in_zone(clock: datetime, zone: tzinfo) -> datetime:
    """The moment when the clocks of `zone` show this; raises where they never do, or do so twice."""
    first, second = clock.replace(tzinfo=zone, fold=0), clock.replace(tzinfo=zone, fold=1)
    early, late = first.utcoffset(), second.utcoffset()
    if early == late:
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != clock:
        raise CellError(
            N_("the clocks of {zone} were put forward over this time; write it with its offset to UTC"), zone=zone
        )
    raise CellError(
        N_("can be read as {first} or as {second}, since the clocks were put back; write it with its offset to UTC"),
        first=first.isoformat(" "),
        second=second.isoformat(" "),
    )
