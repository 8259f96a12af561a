"""Numbers and days as charts say them: short, as a person would, in the language that is spoken."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from tui_booking.language import grouped, spoken

Number: TypeAlias = "int | float | Decimal"

UNKNOWN = "–"
_STEPS = {
    "en": ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "k")),
    "vi": ((10**12, "k tỷ"), (10**9, " tỷ"), (10**6, "tr"), (10**3, "k")),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_HUGE = 10**15


def finite(value: Number | None) -> float | None:
    """A value as a float to draw with; None for what has no place in a drawing."""
    if value is None or (isinstance(value, Decimal) and value.is_nan()):
        return None
    try:
        number = float(value)
    except OverflowError:
        return math.copysign(1e300, 1 if value > 0 else -1)
    if math.isnan(number) or math.isinf(number):
        return None
    return max(min(number, 1e300), -1e300)


def short_number(value: Number | None, digits: int = 1) -> str:
    """A number in few letters: 950, 12.3k, 1.4M, and 1,4tr in Vietnamese; at most so many digits after the point."""
    number = finite(value)
    if number is None:
        return UNKNOWN
    sign, size = "-" if number < 0 else "", abs(number)
    if size >= _HUGE:
        head, power = f"{size:.{digits}e}".split("e+")
        return sign + _spelled(f"{_trimmed(float(head), digits)}e{power}")
    steps = _STEPS[spoken()]
    for index, (unit, word) in enumerate(steps):
        # 999,960 is 1M rather than 1000k.
        if round(size / unit, digits) >= 1:
            scaled = round(size / unit, digits if size / unit < 100 or digits > 1 else 0)
            if scaled >= 1000 and index:
                scaled, word = 1.0, steps[index - 1][1]
            return sign + _spelled(_trimmed(scaled, digits)) + word
    text = _trimmed(size, digits if size < 100 else 0)
    return text if text == "0" else sign + _spelled(text)


def distinct_numbers(values: Sequence[float]) -> list[str]:
    """The numbers of an axis, with as many digits as it takes to tell them apart."""
    told: list[str] = []
    for digits in range(1, 7):
        told = [short_number(value, digits) for value in values]
        if len(set(told)) == len(set(values)):
            return told
    return told


def percent(ratio: Number | None) -> str:
    """A ratio in whole percent; – for one that is not known."""
    number = finite(ratio)
    if number is None:
        return UNKNOWN
    if abs(number) >= 100:
        return short_number(number * 100) + "%"
    return f"{grouped(number * 100)}%"


def short_day(day: date, *, year: bool = False) -> str:
    """A day in few letters: 8 Mar, 08/03 in Vietnamese; with its year where the reader cannot know it."""
    if spoken() == "vi":
        return f"{day.day:02}/{day.month:02}" + (f"/{day.year:04}" if year else "")
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if year else "")


def short_month(day: date) -> str:
    """A month with its year in few letters: Mar 2026, 03/2026 in Vietnamese."""
    if spoken() == "vi":
        return f"{day.month:02}/{day.year:04}"
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _trimmed(number: float, digits: int) -> str:
    text = f"{number:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spelled(text: str) -> str:
    return text.replace(".", ",") if spoken() == "vi" else text
