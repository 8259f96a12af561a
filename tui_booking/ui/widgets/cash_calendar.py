"""A calendar of cash: a line a week, a column a day, what is to be paid on each, and the week's sum."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui_booking.language import N_, _
from tui_booking.ui.widgets.bars import eighths
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, strip_of
from tui_booking.ui.widgets.short_numbers import short_day, short_number

_DAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
LATE, PAID, NOW, CHOSEN = "!", "✓", "▸", "»"
_CELL, _HEAD, _SUM = 8, 9, 10


@dataclass(frozen=True, slots=True)
class Cash:
    """The money of one day in VND: what is still to be paid, and what was paid."""

    due: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)


def weekday_name(day: date) -> str:
    """The day of the week in few letters."""
    return _(_DAYS[day.weekday()])


def monday_of(day: date) -> date:
    """The Monday of a day's week; the first day there is, for the week that begins before it."""
    return date.fromordinal(max(day.toordinal() - day.weekday(), 1))


def cash_calendar(
    days: Mapping[date, Cash],
    first: date,
    weeks: int,
    width: int,
    ink: Ink = NO_INK,
    *,
    today: date,
    chosen: date | None = None,
) -> list[Strip]:
    """A head and a line a week from that of `first` on, and a line that says what the signs mean.

    Where days find no room (under 75 cells) a week shows its days' sum as a bar. A chosen day, or its week, is marked.
    """
    starts = [day for week in range(weeks) if (day := _later(monday_of(first), week)) is not None]
    if shows_days(width):
        head = " " * _HEAD + "".join(padded(_(name), _CELL, right=True) for name in _DAYS)
        strips = [strip_of(width, [(head + padded(_("due"), _SUM, right=True), ink.muted)])]
        strips += [_week_of_days(days, start, width, ink, today=today, chosen=chosen) for start in starts]
    else:
        strips = _weeks_as_bars(days, starts, width, ink, today=today, chosen=chosen)
    legend = "   ".join(
        (f"{NOW} " + _("this week"), f"{LATE} " + _("due and past"), f"{PAID} " + _("paid, nothing due"))
    )
    return [*strips, strip_of(width, [(cut(legend, width), ink.muted)])]


def shows_days(width: int) -> bool:
    """Whether there is room for a column a day."""
    return width >= _HEAD + 7 * _CELL + _SUM


def _later(start: date, weeks: int) -> date | None:
    try:
        return start + timedelta(weeks=weeks)
    except OverflowError:
        return None


def _days_of(start: date) -> list[date]:
    last = min(start.toordinal() + 6, date.max.toordinal())
    return [date.fromordinal(day) for day in range(start.toordinal(), last + 1)]


def _week_head(start: date, today: date) -> str:
    return (NOW if start == monday_of(today) else " ") + " " + short_day(start)


def _week_of_days(
    days: Mapping[date, Cash], start: date, width: int, ink: Ink, *, today: date, chosen: date | None
) -> Strip:
    parts: list[tuple[str, Style]] = [(padded(_week_head(start, today), _HEAD), ink.strong)]
    for day in _days_of(start):
        told, style = _told(days.get(day, Cash()), day, ink, today)
        if day == today:
            told, style = f"[{told}]", ink.strong
        if day == chosen:
            told, style = f"{CHOSEN}{told}", ink.chosen
        parts.append((padded(told, _CELL, right=True), style))
    due = sum((days[day].due for day in _days_of(start) if day in days), Decimal(0))
    parts.append((padded(short_number(due) if due else "", _SUM, right=True), ink.strong))
    return strip_of(width, parts)


def _told(cash: Cash, day: date, ink: Ink, today: date) -> tuple[str, Style]:
    if cash.due:
        late = day < today
        return (LATE if late else "") + short_number(cash.due), ink.bad if late else ink.text
    if cash.paid:
        return f"{PAID}{short_number(cash.paid)}", ink.good
    return ("·", ink.muted)


def _weeks_as_bars(
    days: Mapping[date, Cash], starts: list[date], width: int, ink: Ink, *, today: date, chosen: date | None
) -> list[Strip]:
    week = monday_of(chosen) if chosen is not None else None
    sums = [sum((days[day].due for day in _days_of(start) if day in days), Decimal(0)) for start in starts]
    late = [any(day < today and day in days and days[day].due for day in _days_of(start)) for start in starts]
    most = max(sums, default=Decimal(0))
    texts = [(LATE if is_late else "") + short_number(due) for due, is_late in zip(sums, late, strict=True)]
    text_width = max((cell_len(text) for text in texts), default=0)
    cells = max(width - _HEAD - text_width - 2, 0)
    return [
        strip_of(
            width,
            [
                (padded(_week_head(start, today), _HEAD) + (CHOSEN if start == week else " "), ink.strong),
                (eighths(float(due / most) if most else 0.0, cells), ink.bad if is_late else ink.line),
                (" " + padded(text, text_width, right=True), ink.strong),
            ],
        )
        for start, due, is_late, text in zip(starts, sums, late, texts, strict=True)
    ]
