"""A column of a batch at a time: what its cells hold in the form that is staged, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, TypeAlias

from tui_booking.importing.clocks import Clocks
from tui_booking.importing.columns import Type
from tui_booking.importing.fast_checks import dirty_cells, values_of_clean_cells
from tui_booking.importing.values import Reading, read_cell
from tui_booking.language import Language, _, spoken
from tui_booking.reading.cells import Cell, CellError

if TYPE_CHECKING:
    from tui_booking.importing.columns import Column

Level: TypeAlias = Literal["error", "warning"]
_Outcome: TypeAlias = Reading | str  # a message where the cell cannot be read
_Memo: TypeAlias = "dict[tuple[Cell, str | None], _Outcome]"

# What was read is remembered for this many different cells of a column, and only for short ones: memory stays flat.
_REMEMBERED = 2_048
_SHORT = 64


@dataclass(frozen=True, slots=True)
class CheckContext:
    """What the meaning of a cell depends on beside its column; `currencies` are those of the batch's rows, if known."""

    zone: tzinfo
    month_first: bool = False
    currencies: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong or odd about the cell at `index` of the batch."""

    index: int
    level: Level
    message: str


@dataclass(slots=True)
class Checked:
    """The values of a column's cells, None where a cell is empty or cannot be read."""

    values: list[str | None]
    problems: list[CellProblem] = field(default_factory=list)


def check_column(column: Column, cells: Sequence[Cell], context: CheckContext) -> Checked:
    """Read a column of a batch. Cells in their stored form cost next to nothing; the others are read one by one."""
    clocks = _clocks(context.zone, context.month_first)
    values = values_of_clean_cells(column, cells, clocks)
    if values is not None:
        return Checked(values)
    # Some cells are in their stored form: they still go the fast way, with empty cells in the others' places.
    dirty = dirty_cells(column, cells, clocks)
    if dirty is not None:
        clean = list(cells)
        for index in dirty:
            clean[index] = ""
        values = values_of_clean_cells(column, clean, clocks)
    if values is None or dirty is None:
        values, dirty = [None] * len(cells), range(len(cells))
    checked = Checked(values)
    _read(column, cells, dirty, context, checked)
    return checked


def _read(
    column: Column, cells: Sequence[Cell], indexes: Sequence[int], context: CheckContext, checked: Checked
) -> None:
    memo = _memo(column, context.zone, context.month_first, spoken())
    currencies = context.currencies if column.type is Type.MONEY else ()
    for index in indexes:
        cell = cells[index]
        currency = currencies[index] if currencies else None
        outcome = memo.get((cell, currency))
        if outcome is None:
            outcome = _read_one(column, cell, context, currency)
            if not isinstance(cell, str) or len(cell) <= _SHORT:
                if len(memo) >= _REMEMBERED:
                    memo.clear()
                memo[cell, currency] = outcome
        if isinstance(outcome, str):
            checked.problems.append(CellProblem(index, "error", outcome))
            continue
        checked.values[index] = outcome.value
        if outcome.warning:
            checked.problems.append(CellProblem(index, "warning", _(outcome.warning)))


def _read_one(column: Column, cell: Cell, context: CheckContext, currency: str | None) -> _Outcome:
    try:
        return read_cell(column, cell, zone=context.zone, month_first=context.month_first, currency=currency)
    except CellError as error:
        return error.spoken


@lru_cache(maxsize=16)
def _memo(column: Column, zone: tzinfo, month_first: bool, language: Language) -> _Memo:  # noqa: ARG001
    """What was read before under the same rules; the same cell always reads the same, and is told in one language."""
    return {}


@lru_cache(maxsize=4)
def _clocks(zone: tzinfo, month_first: bool) -> Clocks:
    return Clocks(zone, month_first)
