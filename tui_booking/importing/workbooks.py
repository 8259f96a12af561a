"""Sheets of Excel workbooks: cells as the text or number they hold, with nothing hidden that a person would see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from python_calamine import CalamineWorkbook

from tui_booking.importing.file_state import hash_file
from tui_booking.importing.headers import HEADER_SEARCH_ROWS, HeaderMatcher, clean_header
from tui_booking.importing.sheets import (
    BATCH_ROWS,
    Batch,
    Cell,
    Sheet,
    UnreadableSheet,
    describe_header,
    require_distinct_columns,
    without_empty_tail,
)
from tui_booking.importing.workbook_parts import SheetPart, WorkbookParts, boundary, open_workbook
from tui_booking.importing.workbook_scan import SheetScan, column_letters, scan_sheet, scan_unusual_sheet
from tui_booking.language import _, filled

if TYPE_CHECKING:
    from tui_booking.importing.file_state import FileState
    from tui_booking.importing.kinds import Kind

Raw: TypeAlias = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta

# Beyond this a float no longer holds every whole number, so its digits are not written out as if it did.
_EXACT = 1e15
_MERGED_NAMED = 3


@dataclass
class WorkbookSheet(Sheet):
    """One sheet of a workbook; made by open_workbook_sheet."""

    state: FileState = field(kw_only=True, repr=False)
    digest: str = field(kw_only=True, repr=False)
    height: int = field(kw_only=True, repr=False)
    rows: Iterator[list[Cell]] = field(kw_only=True, repr=False)
    read: int = field(kw_only=True, repr=False)

    def batches(self, size: int = BATCH_ROWS) -> Iterator[Batch]:
        width = len(self.header)
        while True:
            first = self.read + 1
            with boundary(self.state.name):
                rows = list(islice(self.rows, size))
            if not rows:
                break
            self.read += len(rows)
            if max(map(len, rows)) > width:
                rows = [row if len(row) <= width else without_empty_tail(row, width) for row in rows]
            numbers: Sequence[int] = range(first, first + len(rows))
            # The first cell is nearly always filled, and then the others need no look.
            if not all(row and _is_filled(row[0]) for row in rows):
                filled = [any(map(_is_filled, row)) for row in rows]
                numbers = [number for number, keep in zip(numbers, filled, strict=True) if keep]
                rows = [row for row, keep in zip(rows, filled, strict=True) if keep]
            if rows:
                yield Batch(numbers, rows)
        self.verify_unchanged()

    def fraction_read(self) -> float:
        return min(1.0, self.read / self.height) if self.height else 1.0

    def sha256(self) -> str:
        return self.digest

    def describe_too_long(self, row: Sequence[Cell], place: int) -> str:  # noqa: ARG002, padding is no mistake
        return filled(
            _(
                "something stands in column {column}, and the header ends with column {last}; name the column in the"
                " header, or empty the cells behind it"
            ),
            column=column_letters(place + 1),
            last=column_letters(len(self.header)),
        )

    def verify_unchanged(self) -> None:
        self.state.verify_unchanged(self.state.size, self.digest)


@contextmanager
def open_workbook_sheet(
    path: Path, sheet: str | None, kind: Kind, aliases: Mapping[str, Sequence[str]]
) -> Iterator[WorkbookSheet]:
    """Open a sheet of a workbook (its first one where `sheet` is None) and read its header."""
    with open_workbook(path) as parts:
        digest = hash_file(path)
        part = _choose_sheet(parts, sheet)
        parts.verify_strings_and_styles()
        scan = _scan(parts, part)
        with CalamineWorkbook.from_path(path) as workbook:
            cells = workbook.get_sheet_by_name(part.name)
        offset = cells.start[1] if cells.start else 0
        rows = _shown_rows(cells.iter_rows(), offset, scan)
        matcher = HeaderMatcher(kind, aliases)
        first_rows = list(islice(rows, HEADER_SEARCH_ROWS))
        found = matcher.find(first_rows)
        if found is None:
            what = (
                _("sheet '{sheet}' of '{name}' has no header: it is empty")
                if len(first_rows) < HEADER_SEARCH_ROWS
                else _("sheet '{sheet}' of '{name}' has no header: its first rows are empty")
            )
            raise UnreadableSheet(
                filled(what, sheet=part.name, name=path.name), _("Put the names of the columns into its first row.")
            )
        index, match = found
        require_distinct_columns(match, index + 1)
        first = next(number for number, row in enumerate(first_rows) if any(map(_is_filled, row)))
        header = [clean_header(cell) for cell in first_rows[index]]
        while header and not header[-1]:
            header.pop()
        notes = describe_header(index + 1, first + 1) + _describe_merged(scan, index + 1)
        if part.is_hidden:
            notes.append(_("the sheet is hidden in the workbook"))
        yield WorkbookSheet(
            header=header,
            header_row=index + 1,
            columns=match.columns[: len(header)],
            unknown=match.unknown,
            missing=match.missing,
            notes=notes,
            size_in_bytes=parts.state.size,
            state=parts.state,
            digest=digest,
            height=max(cells.total_height, scan.last_row),
            rows=chain(first_rows[index + 1 :], rows),
            read=index + 1,
        )


def _choose_sheet(parts: WorkbookParts, name: str | None) -> SheetPart:
    for part in parts.sheets():
        if name is None or part.name == name:
            if part.part is None:
                raise ValueError(filled(_("it lacks the part of the sheet '{sheet}'"), sheet=part.name))
            return part
    raise UnreadableSheet(
        filled(_("'{name}' has no sheet '{sheet}'"), name=parts.state.name, sheet=name),
        _("It was changed since it was listed; import again."),
    )


def _scan(parts: WorkbookParts, part: SheetPart) -> SheetScan:
    assert part.part is not None
    where = filled(_("{name}, sheet {sheet}"), name=parts.state.name, sheet=part.name)
    scan = scan_sheet(parts.inflate(part.part), where)
    return scan if scan is not None else scan_unusual_sheet(parts.inflate(part.part), where)


def _describe_merged(scan: SheetScan, header_row: int) -> list[str]:
    """Merged cells below the header: only the first cell of each has the value, the others are empty."""
    low = [reference for reference in scan.merged if _last_row(reference) > header_row]
    if not low:
        return []
    told = (
        _("merged cells ({cells} and {more:,} more): only the first cell of each holds the value, the rest are empty")
        if len(low) > _MERGED_NAMED
        else _("merged cells ({cells}): only the first cell of each holds the value, the rest are empty")
    )
    return [filled(told, cells=", ".join(low[:_MERGED_NAMED]), more=len(low) - _MERGED_NAMED)]


def _last_row(reference: str) -> int:
    digits = "".join(letter for letter in reference.rpartition(":")[2] if letter.isdecimal())
    return int(digits or 0)


def _shown_rows(rows: Iterator[list[Raw]], offset: int, scan: SheetScan) -> Iterator[list[Cell]]:
    """Rows from the sheet's first row and column on, as a person sees them; hidden texts are put back."""
    left = [""] * offset
    hidden = scan.hidden
    number = 0
    for number, row in enumerate(rows, 1):
        shown: list[Cell] = [cell if type(cell) is str else _SHOWN[type(cell)](cell) for cell in row]
        if left:
            shown = [*left, *shown]
        if number in hidden:
            _put_back(hidden[number], shown)
        yield shown
    # Rows at the end that hold nothing but formulas without result are not among those read.
    for beyond in range(number + 1, max(hidden, default=0) + 1):
        shown = []
        _put_back(hidden.get(beyond, []), shown)
        yield shown


def _put_back(hidden: list[tuple[int, str]], row: list[Cell]) -> None:
    for column, text in hidden:
        # The same holds for columns at the right.
        row.extend([""] * (column + 1 - len(row)))
        row[column] = text


def _show_number(cell: float) -> Cell:
    return str(int(cell)) if cell.is_integer() and -_EXACT < cell < _EXACT else float(cell)


def _show_duration(cell: dt.timedelta) -> str:
    minutes, seconds = divmod(int(cell.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


# By type, and not by a chain of questions: a sheet has millions of cells.
_SHOWN: Mapping[type, Callable[[Any], Cell]] = {
    str: str,
    bool: lambda cell: "TRUE" if cell else "FALSE",
    int: lambda cell: _show_number(float(cell)),
    float: _show_number,
    dt.date: dt.date.isoformat,
    dt.datetime: dt.datetime.isoformat,
    dt.time: dt.time.isoformat,
    dt.timedelta: _show_duration,
}


def _is_filled(cell: Cell) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None
