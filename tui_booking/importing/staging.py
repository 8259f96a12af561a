"""Rows of a sheet, checked and put into the staging table, a batch at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui_booking.importing.checking import CheckContext, check_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.completions import COMPLETED, COMPLETIONS
from tui_booking.importing.contradictions import find_other_platforms
from tui_booking.importing.engines import Engine
from tui_booking.importing.kind import Kind
from tui_booking.importing.lookups import Lookup
from tui_booking.importing.plan import STAGE, Options, Planner
from tui_booking.importing.problems import Problem, Problems
from tui_booking.importing.sheets import Batch, Sheet
from tui_booking.importing.totals import is_word_of_totals
from tui_booking.language import _, filled
from tui_booking.models.folding import fold
from tui_booking.reading.cells import Cell


class Stage:
    """The staging table of one sheet."""

    def __init__(self, engine: Engine, kind: Kind, sheet: Sheet, options: Options, context: CheckContext) -> None:
        self.engine = engine
        self.kind = kind
        self.context = context
        self.width = len(sheet.header)
        self.describe_too_long = sheet.describe_too_long
        self.positions: list[tuple[int, Column]] = [
            (position, column) for position, column in enumerate(sheet.columns) if column is not None
        ]
        # The currency is read before the amounts that it is the currency of.
        self.positions.sort(key=lambda placed: placed[1].type is not Type.CURRENCY)
        self.needed_width = max((position for position, _ in self.positions), default=-1) + 1
        present = {column.name for _, column in self.positions}
        present |= {made for (name, column), made in COMPLETED.items() if name == kind.name and column in present}
        self.planner = Planner(engine, kind, frozenset(present), options)
        self.folded = sorted(self.planner.folded.values())
        self.key_columns = {name for key in kind.keys for name in key}
        self.problems = Problems(engine)
        looked_up = self.planner.looked_up
        self.lookup = None if looked_up is None else Lookup(engine, looked_up)
        self.rows = 0
        # The number of the last row, and the cells by which its record is found.
        self.last: tuple[int, dict[str, Cell]] = 0, {}

    def start(self) -> None:
        """Make the staging table, empty."""
        self.engine.make_table(STAGE, self.planner.stage_columns())
        self.problems.start()
        if self.lookup is not None:
            self.lookup.start()

    def add(self, batch: Batch) -> None:
        """Check a batch and put all of its rows into the table; the bad ones are marked."""
        cells, found = self._fit(batch)
        bad: dict[int, set[str]] = {index: {"!"} for index, _, _, _, level in found if level == "error"}
        staged: dict[str, Sequence[str | None]] = {}
        for position, column in self.positions:
            self._check(column, cells[position], staged, found)
        self._compare(cells, staged, found)
        complete = COMPLETIONS.get(self.kind.name)
        if complete is not None:
            made, wrong = complete(staged)
            staged |= made
            found += [(index, column, staged[column][index], message, "error") for index, column, message in wrong]
        for index, named, _cell, _message, level in found:
            if level == "error" and named is not None:
                bad.setdefault(index, set()).add(named)
        for name in self.folded:
            source = staged.get(name.removesuffix("_folded"))
            if source is not None:
                staged[name] = [None if text is None else fold(text) for text in source]
        if self.lookup is not None:
            staged[f"ref_{self.lookup.reference.alias}"] = self.lookup.find(staged)
        if bad:
            marks: list[str | None] = [None] * len(batch.numbers)
            for index, columns in bad.items():
                key = "!" if columns & (self.key_columns | {"!"}) else ""
                marks[index] = f"{key},{','.join(sorted(columns - {'!'}))},"
            staged["bad"] = marks
        self.engine.load(STAGE, ["n", *staged], [batch.numbers, *staged.values()])
        problems: list[Problem] = [
            (batch.numbers[index], level, named, None if value is None else str(value), message)
            for index, named, value, message, level in found
        ]
        self.problems.add(problems)
        self.rows += len(batch.numbers)
        keys = {column.name: cells[place][-1] for place, column in self.positions if column.name in self.key_columns}
        self.last = batch.numbers[-1], keys

    def finish(self) -> None:
        """Say what is only known at the end: whether the last row looks like one of totals."""
        number, keys = self.last
        message = _("looks like a row of totals, which is no record; delete the row if it is one")
        self.problems.add(
            [(number, "warning", name, str(cell), message) for name, cell in keys.items() if is_word_of_totals(cell)][
                :1
            ]
        )

    def _check(
        self,
        column: Column,
        cells: Sequence[Cell],
        staged: dict[str, Sequence[str | None]],
        found: list[tuple[int, str | None, Cell, str, str]],
    ) -> None:
        context = self.context
        if column.currency is not None and column.currency in staged:
            context = replace(context, currencies=staged[column.currency])
        checked = check_column(column, cells, context)
        staged[column.name] = checked.values
        wrong = {problem.index for problem in checked.problems if problem.level == "error"}
        found += [
            (problem.index, column.name, cells[problem.index], problem.message, problem.level)
            for problem in checked.problems
        ]
        if column.key and None in checked.values:
            found += [
                (index, column.name, None, _("is part of the key and must not be empty"), "error")
                for index, value in enumerate(checked.values)
                if value is None and index not in wrong
            ]

    def _compare(
        self,
        cells: Sequence[Sequence[Cell]],
        staged: dict[str, Sequence[str | None]],
        found: list[tuple[int, str | None, Cell, str, str]],
    ) -> None:
        """Find handles that are addresses on a platform which is not that of their row."""
        for position, column in self.positions:
            if column.type is Type.HANDLE:
                unread = {index for index, named, *_rest, level in found if named == "platform" and level == "error"}
                found += [
                    (index, column.name, cells[position][index], message, "error")
                    for index, message in find_other_platforms(cells[position], staged.get("platform"))
                    if index not in unread
                ]

    def _fit(self, batch: Batch) -> tuple[Sequence[Sequence[Cell]], list[tuple[int, str | None, Cell, str, str]]]:
        """The cells by column, as many as the header has, and what is wrong with rows that had more or fewer."""
        found: list[tuple[int, str | None, Cell, str, str]] = []
        if batch.columns:
            return batch.columns, found
        rows, width = batch.rows, self.width
        if set(map(len, rows)) == {width}:
            return list(zip(*rows, strict=True)), found
        fitted = []
        for index, row in enumerate(rows):
            if len(row) > width:
                place = next(place for place in range(width, len(row)) if _is_filled(row[place]))
                found.append((index, None, row[place], self.describe_too_long(row, place), "error"))
            elif len(row) < self.needed_width:
                message = filled(
                    _("the row ends after {cells} of {width} cells; complete it, with empty cells if need be"),
                    cells=len(row),
                    width=width,
                )
                found.append((index, None, row[-1] if row else None, message, "error"))
            fitted.append([*row[:width], *[None] * (width - len(row))])
        return list(zip(*fitted, strict=True)), found


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
