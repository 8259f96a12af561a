"""Dates and times as people and programs write them; the day comes before the month unless the user says otherwise."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from tui_booking.importing.cells import Cell, CellError, plain_text_of

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
_SERIAL = "is a number, not a date: format the cell as a date, or write it such as 2026-01-31"


def read_date(cell: Cell, zone: tzinfo = UTC, month_first: bool = False) -> str | None:
    """A date as `YYYY-MM-DD`, from ISO, `dd/mm/yyyy` or a time at midnight."""
    text = _text(cell)
    if not text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise CellError("is not a date; write it such as 2026-01-31 or 31/01/2026")
    day = _day(match["day"], month_first)
    if match["hour"] is not None:
        moment = _moment(match, day, UTC)
        if moment.time() != time():
            raise CellError("has a time of day where a date is wanted; write the date only")
        if match["zone"] and moment.astimezone(zone).date() != day:
            other = moment.astimezone(zone).date().isoformat()
            raise CellError(f"can be read as {day.isoformat()} or, here, as {other}; write the date only")
    return day.isoformat()


def read_time(cell: Cell, zone: tzinfo = UTC, month_first: bool = False) -> str | None:
    """A moment as `YYYY-MM-DD HH:MM:SS.ffffff` in UTC; without a zone of its own it is a time of `zone`."""
    text = _text(cell)
    if not text:
        return None
    match = _MOMENT.fullmatch(text)
    if match is None:
        raise CellError("is not a time; write it such as 2026-01-31 18:30 or 31/01/2026 18:30")
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
        raise CellError("is not a date; write it such as 2026-01-31 or 31/01/2026")
    first, second, year = match[1], match[3], match[4]
    if len(year) == 2:
        raise CellError(f"can be read as a day of 19{year} or of 20{year}; write the year with four digits")
    if month_first:
        return _checked_day(year, first, second, "month/day/year")
    return _checked_day(year, second, first, "day/month/year")


def _checked_day(year: str, month: str, day: str, order: str = "") -> date:
    number = int(year)
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise CellError(f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}; mend it")
    suffix = f"; dates are read as {order}" if order else "; write it as year-month-day"
    if not 1 <= int(month) <= 12:
        raise CellError(f"there is no month {int(month)}{suffix}")
    try:
        return date(number, int(month), int(day))
    except ValueError:
        raise CellError(f"month {int(month)} of {year} has no day {int(day)}{suffix}") from None


def _moment(match: re.Match[str], day: date, zone: tzinfo) -> datetime:
    hour, minute, second = int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:
        raise CellError("there is no such time of day; hours go from 0 to 23, minutes and seconds to 59")
    fraction = (match["fraction"] or "").rstrip("0")
    if len(fraction) > 6:
        raise CellError("has more than six digits after the second; shorten it")
    clock = datetime.combine(day, time(hour, minute, second, int(fraction.ljust(6, "0"))))
    if match["zone"]:
        return clock.replace(tzinfo=_offset(match["zone"]))
    return _in_zone(clock, zone)


def _offset(text: str) -> timezone:
    if text[0] not in "+-":
        return UTC
    hours, minutes = int(text[1:3]), int(text[-2:]) if len(text) > 3 else 0
    if hours > 14 or minutes > 59:
        raise CellError("there is no such time zone; offsets go from -12:00 to +14:00")
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def _in_zone(clock: datetime, zone: tzinfo) -> datetime:
    """The moment when the clocks of `zone` show this; raises where they never do, or do so twice."""
    first, second = clock.replace(tzinfo=zone, fold=0), clock.replace(tzinfo=zone, fold=1)
    early, late = first.utcoffset(), second.utcoffset()
    if early == late:
        return first
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != clock:
        raise CellError(f"the clocks of {zone} were put forward over this time; write it with its offset to UTC")
    raise CellError(
        f"can be read as {first.isoformat(' ')} or as {second.isoformat(' ')}, since the clocks were put back;"
        " write it with its offset to UTC"
    )
