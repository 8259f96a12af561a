"""The dashboard as one sheet of lines: tiles, the lists to act on, the charts; one column or two, by the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from rich.cells import cell_len
from textual.strip import Strip

from tui_booking.language import N_, _, label_of, ngettext
from tui_booking.services.dashboard_facts import CampaignSpend, Dashboard, Figures, Task, TaskList
from tui_booking.ui.widgets.bars import Bar, Budget, budget_bars, budget_legend, horizontal_bars
from tui_booking.ui.widgets.cash_calendar import Cash, cash_calendar, monday_of
from tui_booking.ui.widgets.dashboard_tasks import URGENCY, nothing_to_do, task_heading, task_line
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, strip_of
from tui_booking.ui.widgets.line_chart import line_chart
from tui_booking.ui.widgets.short_numbers import UNKNOWN, Number, short_number

# From this width on the charts stand beside the lists: a screen of 120 with its rail leaves 93.
BESIDE = 92
_GAP = 3
_WEEKS = 6
_TILE = 15
_LABELS = {
    "running_campaigns": N_("Running"),
    "open_bookings": N_("Open bookings"),
    "committed": N_("Committed"),
    "paid": N_("Paid"),
    "due": N_("Unpaid"),
    "views": N_("Views"),
    "orders": N_("Orders"),
    "revenue": N_("Revenue"),
    "roas": N_("ROAS"),
}


class Spot(NamedTuple):
    """A task on the sheet: the line it stands on, its list and its place there."""

    line: int
    tasks: TaskList
    place: int

    @property
    def task(self) -> Task:
        return self.tasks.tasks[self.place]


@dataclass(slots=True)
class Sheet:
    """Lines of one width, and the tasks that can be chosen; `task_width` is that of their column."""

    width: int
    task_width: int
    lines: list[Strip] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    def line(self, number: int, today: date, ink: Ink, chosen: Spot | None) -> Strip:
        """A line of the sheet, with the chosen task marked if it stands there."""
        if not 0 <= number < len(self.lines):
            return Strip.blank(self.width)
        strip = self.lines[number]
        if chosen is None or chosen.line != number:
            return strip
        marked = task_line(chosen.tasks.name, chosen.task, self.task_width, today, ink, is_chosen=True)
        return Strip.join([marked, strip.crop(self.task_width, self.width)])


def draw_sheet(facts: Dashboard, width: int, today: date, ink: Ink = NO_INK, *, few: int, opened: str = "") -> Sheet:
    """All of the dashboard in that width. Of each list at most `few` tasks, of the one that is `opened` all."""
    beside = width >= BESIDE
    task_width = width * 11 // 20 if beside else width
    sheet = Sheet(width, task_width)
    sheet.lines += tiles(facts.figures, width, ink)
    sheet.lines.append(Strip.blank(width))
    left, spots = _draw_tasks(facts.tasks, task_width, today, ink, few=few, opened=opened)
    sheet.spots = [Spot(line + len(sheet.lines), tasks, index) for line, tasks, index in spots]
    if not beside:
        sheet.lines += [*left, *draw_charts(facts, width, today, ink)]
        return sheet
    right = draw_charts(facts, width - task_width - _GAP, today, ink)
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else Strip.blank(task_width)
        other = right[number] if number < len(right) else Strip.blank(width - task_width - _GAP)
        sheet.lines.append(Strip.join([one, Strip.blank(_GAP), other]))
    return sheet


def tiles(figures: Figures, width: int, ink: Ink = NO_INK) -> list[Strip]:
    """The figures in as many rows as they need: what it is, and under it how much."""
    told = [(_(label), _figure(name, getattr(figures, name))) for name, label in _LABELS.items()]
    a_row = max(min(width // _TILE, len(told)), 1)
    # As many in each row, so that they stand under each other.
    rows = -(-len(told) // a_row)
    a_row = -(-len(told) // rows)
    size = width // a_row
    strips = []
    for start in range(0, len(told), a_row):
        row = told[start : start + a_row]
        strips.append(strip_of(width, [(padded(label, size - 1) + " ", ink.muted) for label, _value in row]))
        strips.append(strip_of(width, [(padded(value, size - 1) + " ", ink.strong) for _label, value in row]))
    return strips


def _figure(name: str, value: Number | None) -> str:
    if name == "roas" and value is not None:
        return short_number(value, 2) + "×"
    return short_number(value)


def _draw_tasks(
    lists: Sequence[TaskList], width: int, today: date, ink: Ink, *, few: int, opened: str
) -> tuple[list[Strip], list[tuple[int, TaskList, int]]]:
    strips: list[Strip] = []
    spots: list[tuple[int, TaskList, int]] = []
    for tasks in sorted(lists, key=lambda one: URGENCY.index(one.name)):
        shown = len(tasks.tasks) if tasks.name == opened else min(few, len(tasks.tasks))
        strips.append(task_heading(tasks, shown, width, ink))
        for index in range(shown):
            spots.append((len(strips), tasks, index))
            strips.append(task_line(tasks.name, tasks.tasks[index], width, today, ink))
        if not shown:
            strips.append(nothing_to_do(width, ink))
        strips.append(Strip.blank(width))
    return strips, spots


# --- Charts ---------------------------------------------------------------------------------------------------------


def draw_charts(facts: Dashboard, width: int, today: date, ink: Ink = NO_INK) -> list[Strip]:
    """What is to be paid by week, views by day, spend against budget, bookings by status; each with its caption."""
    blank = Strip.blank(width)
    bookings = [Bar(label_of(status), count) for status, count in facts.bookings]
    return [
        *_due_by_week(dict(facts.due_by_day), width, today, ink),
        blank,
        *line_chart(list(facts.views.gains.items()), width, 11, ink, caption=_views_caption(len(facts.views.missing))),
        blank,
        *_spend(facts.spend, width, ink),
        blank,
        _caption(_("Bookings by status"), "", width, ink),
        *horizontal_bars(bookings, width, ink),
    ]


def _caption(title: str, more: str, width: int, ink: Ink) -> Strip:
    shown = cut(title, width)
    return strip_of(
        width, [(shown, ink.strong), (cut(f"  {more}", width - cell_len(shown)) if more else "", ink.muted)]
    )


def _views_caption(missing: int) -> str:
    if not missing:
        return _("Views by day")
    several = ngettext("Views by day, {count} day still to count", "Views by day, {count} days still to count", missing)
    return several.format(count=missing)


def _due_by_week(due: dict[date, Decimal], width: int, today: date, ink: Ink) -> list[Strip]:
    # One week back, because what was to be paid last week is what is asked for today; older ones are told as a sum.
    first = monday_of(today) - timedelta(weeks=1) if today > date(1, 1, 20) else today
    last = monday_of(today) + timedelta(weeks=_WEEKS - 1) if today < date(9999, 10, 1) else date.max
    before = sum((amount for day, amount in due.items() if day < first), Decimal(0))
    after = sum((amount for day, amount in due.items() if day >= last), Decimal(0))
    told = [
        _("before: {amount}").format(amount=short_number(before)) if before else "",
        _("later: {amount}").format(amount=short_number(after)) if after else "",
    ]
    caption = _caption(_("Payments due by week, VND"), " · ".join(part for part in told if part), width, ink)
    days = {day: Cash(due=amount) for day, amount in due.items()}
    # The last line says what signs mean, of which nothing here is paid.
    calendar = cash_calendar(days, first, _WEEKS, width, ink, today=today)[:-1]
    return [caption, *calendar]


def _spend(spend: Sequence[CampaignSpend], width: int, ink: Ink) -> list[Strip]:
    more = _("the {count} largest budgets").format(count=len(spend)) if len(spend) > 1 else ""
    caption = _caption(_("Spend against budget, VND"), more, width, ink)
    if not spend:
        return [caption, strip_of(width, [(UNKNOWN, ink.muted)])]
    # Names are what tells campaigns apart; their codes alone where there is little room.
    budgets = [
        Budget(f"{one.code} {one.name}" if width >= 70 else one.code, one.paid, one.committed, one.planned)
        for one in spend
    ]
    return [caption, *budget_bars(budgets, width, ink), budget_legend(width, ink)]
