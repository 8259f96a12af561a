"""Days and moments as a person types them: `31/01/2026`, `+7d`, `today`, `thứ sáu`, `hôm nay 18:30`."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from tui_booking.language import N_
from tui_booking.models.folding import fold
from tui_booking.reading.cells import CellError, plain_text_of
from tui_booking.reading.dates import FIRST_YEAR, LAST_YEAR, read_date, read_time

# Folded words, English and Vietnamese, for days counted from today.
_NAMED = {
    "today": 0, "tod": 0, "now": 0, "hom nay": 0, "nay": 0,
    "tomorrow": 1, "tom": 1, "tmr": 1, "ngay mai": 1, "mai": 1,
    "yesterday": -1, "hom qua": -1, "qua": -1,
}  # fmt: skip
_WEEKDAYS = (
    ("monday", "mon", "thu hai", "thu 2", "t2"),
    ("tuesday", "tue", "tues", "thu ba", "thu 3", "t3"),
    ("wednesday", "wed", "thu tu", "thu 4", "t4"),
    ("thursday", "thu", "thur", "thurs", "thu nam", "thu 5", "t5"),
    ("friday", "fri", "thu sau", "thu 6", "t6"),
    ("saturday", "sat", "thu bay", "thu 7", "t7"),
    ("sunday", "sun", "chu nhat", "cn"),
)
_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_STEP = re.compile(r"([+\-\u2212]) *([0-9]{1,5}) *([a-z]*)")
_UNITS = {
    "": 1, "d": 1, "day": 1, "days": 1, "n": 1, "ngay": 1,
    "w": 7, "week": 7, "weeks": 7, "tuan": 7,
}  # fmt: skip
_SHORT = re.compile(r"([0-9]{1,2})[-/.]([0-9]{1,2})(?:[-/.]([0-9]{2}))?")
# So far ahead a year of two digits may be; a year of birth is always behind.
_YEARS_AHEAD = 20
# `18:30`, and `18h30`, `18g` as Vietnamese write it.
_CLOCK = re.compile(r"(?P<day>[^:]*?) *(?P<hour>[0-9]{1,2})(?P<sign>:(?=[0-9])|[hg])(?P<minute>[0-9]{2})?")
_DIGITS = 8
_NOW = frozenset(("now", "bay gio", "luc nay"))
NOT_A_DAY = N_("is not a date; write it such as 31/01/2026, 2026-01-31, today, +7d or friday")


def read_day(text: str, today: date) -> date | None:
    """The day that is typed, None where nothing is; `today` in the operator's zone. Raises CellError.

    A weekday is the next one to come. On that weekday itself it could be either, which is an error. Without a year, or
    with two digits of it, a day is the nearest one: a form shows what was understood.
    """
    text = plain_text_of(text)
    if not text:
        return None
    word = " ".join(fold(text).replace(",", " ").split())
    day = _relative_day(word, today)
    if day is not None:
        return day
    short = _SHORT.fullmatch(text)
    if short is not None:
        return _nearest_day(int(short[1]), int(short[2]), short[3], today)
    if not text[0].isdigit() or (text.isdigit() and len(text) < _DIGITS):
        raise CellError(NOT_A_DAY)
    iso = read_date(text)
    return None if iso is None else date.fromisoformat(iso)


def _relative_day(word: str, today: date) -> date | None:
    if word in _NAMED:
        return today + timedelta(days=_NAMED[word])
    if word in _WEEKDAY:
        ahead = (_WEEKDAY[word] - today.weekday()) % 7
        if ahead == 0:
            raise CellError(
                N_("can be read as today, {first}, or as {second}; write today or +7d"),
                first=written_day(today),
                second=written_day(today + timedelta(days=7)),
            )
        return today + timedelta(days=ahead)
    step = _STEP.fullmatch(word)
    if step is None:
        return None
    if step[3] not in _UNITS:
        raise CellError(N_("can be counted in days and weeks only; write it such as +7d or +2w"))
    days = int(step[2]) * _UNITS[step[3]]
    day = date.fromordinal(min(max(1, today.toordinal() + (days if step[1] == "+" else -days)), date.max.toordinal()))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CellError(N_("is too far away: years go from {first} to {last}"), first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _nearest_day(day: int, month: int, year: str | None, today: date) -> date:
    years = range(today.year - 4, today.year + 5)  # the 29th of February is there once in so many
    if year is not None:
        century = today.year // 100 * 100
        years = range(century - 100 + int(year), today.year + _YEARS_AHEAD + 1, 100)
    found = [one for one in (_day_or_none(year, month, day) for year in years) if one is not None]
    if not found:
        raise CellError(NOT_A_DAY)
    return max(found) if year is not None else min(found, key=lambda one: (abs(one - today), one < today))


def _day_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def read_moment(text: str, today: date, zone: tzinfo) -> datetime | None:
    """The moment that is typed, aware and in UTC; a day as `read_day` reads it, with a time of day in `zone`."""
    text = plain_text_of(text)
    if not text:
        return None
    if fold(text) in _NOW:
        return datetime.now(UTC).replace(microsecond=0)
    clock = _CLOCK.fullmatch(text)
    if clock is not None and (clock["sign"] != ":" or not clock["day"][:1].isdigit()):
        day = read_day(clock["day"], today) or today
        text = f"{day} {clock['hour']}:{clock['minute'] or '00'}"
    if ":" not in text:
        raise CellError(N_("has no time of day; write it such as 31/01/2026 18:30, today 18:30 or now"))
    stored = read_time(text, zone)
    return None if stored is None else datetime.fromisoformat(stored).replace(tzinfo=UTC)


def written_day(day: date) -> str:
    """A day as it is typed."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def written_moment(moment: datetime, zone: tzinfo) -> str:
    """A moment as it is typed, in a zone; with seconds and an offset only where they say something more."""
    local = moment.astimezone(zone)
    clock = local.time().isoformat("minutes" if not (local.second or local.microsecond) else "auto")
    offset = "" if _is_clear(local, zone) else local.isoformat()[-6:]
    return f"{written_day(local.date())} {clock}{offset}"


def _is_clear(local: datetime, zone: tzinfo) -> bool:
    naive = datetime.combine(local.date(), time(local.hour, local.minute, local.second, local.microsecond))
    return naive.replace(tzinfo=zone, fold=0).utcoffset() == naive.replace(tzinfo=zone, fold=1).utcoffset()
