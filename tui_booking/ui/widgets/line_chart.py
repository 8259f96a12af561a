"""Lines over days in braille: two by four dots a cell, ticks in human numbers, dates that never overlap."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, sized, strip_of
from tui_booking.ui.widgets.short_numbers import Number, distinct_numbers, finite, short_day, short_month, short_number

Point = tuple[date, "Number | None"]

# The bits of a braille sign, by row and column of its dots.
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_BLOCKS = "▁▂▃▄▅▆▇█"
_DAYS = (1, 2, 3, 7, 14)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_LEAST_WIDTH, _LEAST_HEIGHT = 16, 5


@dataclass(frozen=True, slots=True)
class _Scale:
    """From `low` to `high` over the plot, with ticks at multiples of a round step."""

    low: float
    high: float
    ticks: tuple[float, ...]

    def share(self, value: float) -> float:
        """How far up the value lies: 0 at the bottom, 1 at the top."""
        # Halves, because the whole span of the largest numbers is larger than any number.
        span = self.high / 2 - self.low / 2
        return 0.0 if span == 0 else min(max((value / 2 - self.low / 2) / span, 0.0), 1.0)


def line_chart(
    points: Sequence[Point],
    width: int,
    height: int,
    ink: Ink = NO_INK,
    *,
    caption: str = "",
    from_zero: bool = True,
) -> list[Strip]:
    """A line through values by day, in exactly that size; the days ascend. A value that is not known leaves a gap.

    The first line says what is shown: `caption`, from when to when, and the most. Without `from_zero` the axis begins
    near the least value, for what only grows.
    """
    known = [(day, finite(value)) for day, value in points]
    values = [value for _day, value in known if value is not None]
    head = strip_of(width, _headline(caption, known, ink, width))
    if not values:
        return sized([head, strip_of(width, [(cut(_("Nothing to draw yet."), width), ink.muted)])], width, height)
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        spark = sparkline([value for _day, value in known], width)
        return sized([head, strip_of(width, [(spark, ink.line)])], width, height)
    rows = height - 3
    scale = _scale(min(values), max(values), rows, from_zero=from_zero)
    labels = distinct_numbers(scale.ticks)
    margin = min(max(cell_len(label) for label in labels), width // 3)
    columns = width - margin - 2
    cells = _plot(known, scale, columns, rows)
    by_row: dict[int, str] = {}
    for tick, label in zip(scale.ticks, labels, strict=True):
        by_row.setdefault(_row(scale.share(tick), rows), label)
    strips = [head]
    for row in range(rows):
        label = by_row.get(row, "")
        strips.append(
            strip_of(
                width,
                [
                    (padded(label, margin, right=True), ink.muted),
                    (" ┤" if label else " │", ink.muted),
                    (cells[row], ink.line),
                ],
            )
        )
    strips += _day_axis(known[0][0], known[-1][0], margin, columns, ink)
    return sized(strips, width, height)


def sparkline(values: Sequence[Number | None], width: int) -> str:
    """The course of values in one line of at most that many cells; a gap is a blank."""
    known = _thinned([finite(value) for value in values], width)
    present = [value for value in known if value is not None]
    if not present:
        return ""
    scale = _Scale(min(present), max(present), ())
    return "".join(" " if value is None else _BLOCKS[round(scale.share(value) * 7)] for value in known)


def _thinned(values: list[float | None], width: int) -> list[float | None]:
    """As many values as there is room for: the largest of those that share a cell, as a peak is what is looked for."""
    if len(values) <= width:
        return values
    found: list[float | None] = []
    for cell in range(max(width, 0)):
        part = values[cell * len(values) // width : (cell + 1) * len(values) // width]
        found.append(max((value for value in part if value is not None), default=None))
    return found


def _headline(
    caption: str, known: Sequence[tuple[date, float | None]], ink: Ink, width: int
) -> Iterator[tuple[str, Style]]:
    shown = cut(caption, width)
    yield shown, ink.strong
    present = [(value, day) for day, value in known if value is not None]
    if not present:
        return
    span = _span(known[0][0], known[-1][0])
    most, when = max(present, key=lambda found: found[0])
    parts = {"span": span, "most": short_number(most), "day": short_day(when)}
    room = width - cell_len(shown) - (2 if shown else 0)
    # What finds no room is left out rather than cut.
    for pattern in (_("{span} · most {most} on {day}"), _("{span} · most {most}"), "{span}"):
        facts = pattern.format(**parts)
        if cell_len(facts) <= room:
            yield ("  " if shown else "") + facts, ink.muted
            return


def _span(first: date, last: date) -> str:
    if first == last:
        return short_day(first, year=True)
    return f"{short_day(first, year=first.year != last.year)} – {short_day(last, year=True)}"


# --- The upright axis ---------------------------------------------------------------------------------------------


def _scale(least: float, most: float, rows: int, *, from_zero: bool) -> _Scale:
    """From the least to the most, so that no height is lost, with the round numbers between them as ticks."""
    low, high = (min(least, 0.0), max(most, 0.0)) if from_zero else (least, most)
    if low == high:
        # All equal: the line stands in the middle, or on a line of one where all are nothing.
        spread = abs(low) / 2 or 1.0
        low, high = (0.0, 1.0) if from_zero else (low - spread, high + spread)
    # Two ticks say what a step is.
    wanted = max(rows // 4, 2)
    step = _round_step(high / wanted - low / wanted)
    ticks = tuple(index * step for index in range(math.ceil(low / step), math.floor(high / step) + 1))
    return _Scale(low, high, ticks)


def _round_step(rough: float) -> float:
    """The largest of 1, 2 and 5 times a power of ten that is not more."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next((power * factor for factor in (5, 2) if power * factor <= rough), power)


def _row(share: float, rows: int) -> int:
    return (rows * 4 - 1 - round(share * (rows * 4 - 1))) // 4


# --- The plot -------------------------------------------------------------------------------------------------------


def _plot(known: Sequence[tuple[date, float | None]], scale: _Scale, columns: int, rows: int) -> list[str]:
    first = known[0][0].toordinal()
    days = max(known[-1][0].toordinal() - first, 1)
    wide, high = columns * 2 - 1, rows * 4 - 1
    masks = [[0] * columns for _row in range(rows)]
    for stretch in _stretches(known):
        dots = [
            (round((day.toordinal() - first) * wide / days), high - round(scale.share(value) * high))
            for day, value in stretch
        ]
        for x, y in _connected(dots, wide, high):
            masks[y // 4][x // 2] |= _DOTS[y % 4][x % 2]
    return ["".join(chr(0x2800 + mask) if mask else " " for mask in line) for line in masks]


def _stretches(known: Sequence[tuple[date, float | None]]) -> Iterator[list[tuple[date, float]]]:
    """What lies between the gaps."""
    stretch: list[tuple[date, float]] = []
    for day, value in known:
        if value is not None:
            stretch.append((day, value))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _connected(dots: list[tuple[int, int]], wide: int, high: int) -> Iterable[tuple[int, int]]:
    """The dots of a line through those; one that stands alone is drawn larger, so that it is seen."""
    if len(set(dots)) == 1:
        x, y = dots[0]
        x, y = x - x % 2, min(y, high - 1)
        return [(min(x + dx, wide), y + dy) for dx in (0, 1) for dy in (0, 1)]
    found: list[tuple[int, int]] = []
    for (x1, y1), (x2, y2) in pairwise(dots):
        steps = max(abs(x2 - x1), abs(y2 - y1), 1)
        found += [(x1 + round((x2 - x1) * step / steps), y1 + round((y2 - y1) * step / steps)) for step in range(steps)]
    return [*found, dots[-1]]


# --- The axis of days -----------------------------------------------------------------------------------------------


def _day_axis(first: date, last: date, margin: int, columns: int, ink: Ink) -> list[Strip]:
    days = max((last - first).days, 1)
    ticks = _day_ticks(first, last, columns)
    line, labels, end = ["─"] * columns, " " * margin + "  ", 0
    for day, text in ticks:
        at = round((day - first).days * (columns - 1) / days)
        line[at] = "┬"
        # A label stands under its tick, and within the drawing.
        start = min(max(at - cell_len(text) // 2, 0), columns - cell_len(text))
        labels += " " * (start - end) + text
        end = start + cell_len(text)
    width = margin + 2 + columns
    return [
        strip_of(width, [(" " * margin + " └" + "".join(line), ink.muted)]),
        strip_of(width, [(labels, ink.muted)]),
    ]


def _day_ticks(first: date, last: date, columns: int) -> list[tuple[date, str]]:
    """Days to write under the axis, as many as stand apart: each few days, or the first of months."""
    days = max((last - first).days, 1)
    # No more are written out than there are columns, however many days there are.
    for step in _DAYS:
        if days // step < columns:
            found = [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1, step)]
            if ticks := _apart(first, days, columns, [(day, short_day(day)) for day in found]):
                return ticks
    for months in _MONTHS:
        if days // 28 // months < columns:
            told = [(day, short_month(day)) for day in _firsts_of_months(first, last, months)]
            if told and (ticks := _apart(first, days, columns, told)):
                return ticks
    return _apart(first, days, columns, [(first, short_day(first, year=True))])


def _apart(first: date, days: int, columns: int, told: list[tuple[date, str]]) -> list[tuple[date, str]]:
    """Those labels where two blanks are left between all of them, else none."""
    end = -2
    for day, text in told:
        at = round((day - first).days * (columns - 1) / days)
        start = min(max(at - cell_len(text) // 2, 0), columns - cell_len(text))
        if start < end + 2 or start < 0:
            return []
        end = start + cell_len(text)
    return told


def _firsts_of_months(first: date, last: date, step: int) -> Iterator[date]:
    """The first of each month within the days whose number from year 0 is a multiple of the step."""
    month = first.year * 12 + first.month - 1 + (first.day > 1)
    month += -month % step
    while month <= last.year * 12 + last.month - 1:
        yield date(month // 12, month % 12 + 1, 1)
        month += step
