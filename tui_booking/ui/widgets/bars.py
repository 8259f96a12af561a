"""Bars in eighths of a cell, with a number beside every one: amounts, spend against budget, shares, targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, runs, strip_of
from tui_booking.ui.widgets.short_numbers import UNKNOWN, Number, finite, percent, short_number

_EIGHTHS = " ▏▎▍▌▋▊▉█"
_FULL, _COMMITTED, _TRACK, _MARK, _BEYOND = "█", "▒", "·", "┃", "▸"
_FILLS = "█▓▒░·"
OVER = "▲"
REACHED = "✓"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `text` is the number as it is shown, where the short one does not do; `sign` stands before the label."""

    label: str
    value: Number | None
    text: str = ""
    sign: str = ""
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class Budget:
    """What of a budget is paid and what is committed in all, both in the budget's currency; None is not known."""

    label: str
    paid: Decimal | None
    committed: Decimal | None
    planned: Decimal | None


def eighths(share: float, cells: int) -> str:
    """A bar over that share of the cells, blanks after it; anything above nothing shows at least an eighth."""
    if cells <= 0:
        return ""
    filled = round(min(max(share, 0.0), 1.0) * cells * 8)
    if share > 0:
        filled = max(filled, 1)
    whole, rest = divmod(filled, 8)
    return (_FULL * whole + (_EIGHTHS[rest] if rest else "")).ljust(cells)


def horizontal_bars(
    bars: Sequence[Bar], width: int, ink: Ink = NO_INK, *, label_width: int | None = None
) -> list[Strip]:
    """A line a bar: label, bar, number. Where a number is below zero, bars go both ways from a zero line."""
    values = [finite(bar.value) for bar in bars]
    texts = [bar.text or short_number(bar.value) for bar in bars]
    labels = [f"{bar.sign} {bar.label}" if bar.sign else bar.label for bar in bars]
    text_width = min(max((cell_len(text) for text in texts), default=0), max(width // 2, 1))
    label_width = _label_width(labels, width, text_width, label_width)
    cells = width - label_width - text_width - 2
    most = max((value for value in values if value is not None and value > 0), default=0.0)
    least = min((value for value in values if value is not None and value < 0), default=0.0)
    strips = []
    for bar, label, value, text in zip(bars, labels, values, texts, strict=True):
        strips.append(
            strip_of(
                width,
                [
                    (padded(label, label_width) + " ", ink.bad if bar.is_bad else ink.text),
                    (_both_ways(value, least, most, cells), ink.bad if bar.is_bad else ink.line),
                    (" " + padded(text, text_width, right=True), ink.strong),
                ],
            )
        )
    return strips


def _label_width(labels: Sequence[str], width: int, text_width: int, wanted: int | None) -> int:
    if wanted is None:
        wanted = max((cell_len(cut(label, width)) for label in labels), default=0)
    # The bar gets a third of the line before a label is shown whole.
    return max(min(wanted, width - text_width - 2 - width // 3), 0)


def _both_ways(value: float | None, least: float, most: float, cells: int) -> str:
    if cells <= 0:
        return ""
    if value is None:
        return " " * cells
    if least == 0:
        return eighths(value / most if most else 0.0, cells)
    left = min(max(round(cells * (least / (least - most) if most else 1.0)), 1), cells - 1) if cells > 1 else 0
    if value >= 0:
        return " " * left + eighths(value / most if most else 0.0, cells - left)
    halves = max(round(value / least * left * 2), 1)
    return ("▐" * (halves % 2) + _FULL * (halves // 2)).rjust(left) + " " * (cells - left)


# --- Spend against budget -------------------------------------------------------------------------------------------


def budget_bars(budgets: Sequence[Budget], width: int, ink: Ink = NO_INK) -> list[Strip]:
    """A line a budget, each on its own scale, so that the mark of the whole budget stands in one column for all.

    Paid is solid, committed beyond it is shaded; what passes the mark is over, which a sign says too.
    """
    numbers = [_budget_numbers(budget) for budget in budgets]
    text_width = min(max((cell_len(text) for text in numbers), default=0), width // 2)
    label_width = _label_width([budget.label for budget in budgets], width, text_width, None)
    cells = width - label_width - text_width - 2
    strips = []
    for budget, text in zip(budgets, numbers, strict=True):
        over = is_over(budget)
        strips.append(
            strip_of(
                width,
                [
                    (padded(budget.label, label_width) + " ", ink.bad if over else ink.text),
                    *_budget_cells(budget, cells, ink),
                    (" " + padded(text, text_width, right=True), ink.bad if over else ink.strong),
                ],
            )
        )
    return strips


def budget_legend(width: int, ink: Ink = NO_INK) -> Strip:
    """What the signs of `budget_bars` mean."""
    told = [(_FULL, _("paid")), (_COMMITTED, _("committed")), (_MARK, _("budget")), (OVER, _("over budget"))]
    return strip_of(width, [(cut("  ".join(f"{sign} {word}" for sign, word in told), width), ink.muted)])


def is_over(budget: Budget) -> bool:
    """Whether more is committed or paid than was planned."""
    return (
        budget.planned is not None and max(budget.paid or Decimal(0), budget.committed or Decimal(0)) > budget.planned
    )


def _budget_numbers(budget: Budget) -> str:
    spent = max((amount for amount in (budget.paid, budget.committed) if amount is not None), default=None)
    share = spent / budget.planned if spent is not None and budget.planned else None
    sign = f"{OVER} " if is_over(budget) else ""
    return f"{sign}{percent(share):>4}  {short_number(spent)} / {short_number(budget.planned)}"


def _budget_cells(budget: Budget, cells: int, ink: Ink) -> list[tuple[str, Style]]:
    if cells < 4:
        return []
    mark = cells * 3 // 4
    planned, paid, committed = finite(budget.planned), finite(budget.paid) or 0.0, finite(budget.committed) or 0.0
    if not planned or planned < 0:
        # Without a budget there is nothing to measure by; that something is spent is seen all the same.
        planned = max(paid, committed) or 1.0
    solid = _cells_of(paid / planned, mark)
    shaded = _cells_of(max(committed, paid) / planned, mark)
    over = is_over(budget)
    found: list[tuple[str, Style]] = []
    for cell in range(cells):
        sign = _FULL if cell < solid else _COMMITTED if cell < shaded else " "
        style = ink.bad if over and cell > mark and sign != " " else ink.line
        if cell == mark:
            sign, style = _MARK, ink.strong
        elif cell == cells - 1 and shaded > cells:
            sign = _BEYOND
        found.append((sign, style))
    return runs(found)


def _cells_of(share: float, mark: int) -> int:
    """How many cells a share takes: all before the mark only where it is whole, and over the mark where it is over."""
    if share <= 0:
        return 0
    if share <= 1:
        return min(max(round(share * mark), 1), mark if share == 1 else mark - 1)
    return mark + 1 + max(min(round((share - 1) * mark), 10_000), 1)


# --- Targets ---------------------------------------------------------------------------------------------


def target_bar(
    label: str, value: Number | None, target: Number | None, width: int, ink: Ink = NO_INK, *, label_width: int = 12
) -> Strip:
    """How much of a target is reached: label, bar, percentage, and both numbers; – where there is no target."""
    number, aim = finite(value), finite(target)
    ratio = number / aim if number is not None and aim else None
    sign = REACHED if ratio is not None and ratio >= 1 else " "
    told = f"{percent(ratio):>5} {sign} {short_number(value)} / {short_number(target) if aim else UNKNOWN}"
    told = cut(told, max(width - 2, 0))
    label_width = max(min(label_width, width - cell_len(told) - 6), 0)
    cells = max(width - label_width - cell_len(told) - 2, 0)
    bar = eighths(ratio or 0.0, cells).replace(" ", _TRACK)
    return strip_of(
        width,
        [
            (padded(label, label_width) + " ", ink.text),
            (bar, ink.good if sign == REACHED else ink.line),
            (" " + told, ink.strong),
        ],
    )
