"""The lists to act on as the dashboard draws them: a heading with the count, a line a task, its urgency as a sign."""

from __future__ import annotations

from datetime import date

from textual.strip import Strip

from tui_booking.language import N_, _, ngettext
from tui_booking.services.dashboard_facts import Task, TaskList, TaskName
from tui_booking.ui.kinds import kind_label
from tui_booking.ui.widgets.cash_calendar import LATE, weekday_name
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, strip_of
from tui_booking.ui.widgets.short_numbers import short_day, short_number

TITLES: dict[TaskName, str] = {
    "overdue": N_("Overdue deadlines"),
    "upcoming": N_("Deadlines of the next 7 days"),
    "payments": N_("Payments due"),
    "unmeasured": N_("Posted, no snapshot for 7 days"),
    "placeholders": N_("Placeholders to complete"),
    "alerts": N_("Rule alerts"),
}
# What an operator asks first stands first, whatever order the lists come in.
URGENCY: tuple[TaskName, ...] = ("overdue", "payments", "upcoming", "unmeasured", "alerts", "placeholders")
POINTER = "▸"
_WHEN, _AMOUNT = 15, 12
_FAR = 300


def task_heading(tasks: TaskList, shown: int, width: int, ink: Ink = NO_INK) -> Strip:
    """The name of a list and how many there are; how many of them are shown, where that is not all."""
    title = _(TITLES[tasks.name])
    count = short_number(tasks.count)
    if shown < tasks.count:
        count = _("{shown} of {count}").format(shown=shown, count=short_number(tasks.count))
    if tasks.recent and tasks.recent < tasks.count:
        # Who is late since a few days is asked more often than what was given up on long ago.
        recent = ngettext("{count} in the last 7 days", "{count} in the last 7 days", tasks.recent)
        count += " · " + recent.format(count=short_number(tasks.recent))
    style = ink.bad if tasks.count and tasks.name == "overdue" else ink.strong
    return strip_of(width, [(cut(title, max(width - len(count) - 2, 0)), style), (f"  {count}", ink.muted)])


def task_line(  # noqa: PLR0917
    name: TaskName, task: Task, width: int, today: date, ink: Ink = NO_INK, is_chosen: bool = False
) -> Strip:
    """One task: when, who, what, how much."""
    when, is_late = _when(name, task.day, today)
    amount = ""
    if task.amount is not None:
        amount = short_number(task.amount) + ("" if task.currency == "VND" else f" {task.currency}")
    amount_width = min(_AMOUNT, width // 4) if amount else 0
    rest = max(width - 2 - _WHEN - 1 - amount_width, 0)
    first, second = (task.about, task.title) if task.about else (task.title, kind_label(task.kind))
    first_width = min(max(rest * 3 // 5, 12), rest)
    head = f"{POINTER if is_chosen else ' '} "
    parts = [
        (head + padded((LATE if is_late else " ") + " " + when, _WHEN) + " ", ink.bad if is_late else ink.muted),
        (padded(first, max(first_width - 1, 0)) + " ", ink.text),
        (padded(second, rest - first_width), ink.muted),
        (padded(amount, amount_width, right=True), ink.strong),
    ]
    if is_chosen:
        parts = [(text, ink.chosen) for text, _style in parts]
    return strip_of(width, parts)


def _when(name: TaskName, day: date | None, today: date) -> tuple[str, bool]:
    """Until or since when, and whether that is too late."""
    if day is None:
        return "", False
    days = (today - day).days
    if name in ("overdue", "payments") and days > 0:
        if days > _FAR:
            return short_day(day, year=True), True
        return ngettext("{days} day late", "{days} days late", days).format(days=days), True
    if days == 0:
        return _("today"), False
    if -7 <= days < 0:
        return f"{weekday_name(day)} {short_day(day)}", False
    return short_day(day, year=abs(days) > _FAR), False


def nothing_to_do(width: int, ink: Ink = NO_INK) -> Strip:
    """What stands under the heading of an empty list."""
    return strip_of(width, [(cut("    " + _("Nothing."), width), ink.muted)])
