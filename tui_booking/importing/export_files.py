"""Export files on disk: a folder of CSV or one workbook, which stand there whole or not at all."""

from __future__ import annotations

import csv
import os
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from tui_booking.errors import BookingCenterError
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.export_cells import NUMBERS, Values, guarded, workbook_value
from tui_booking.importing.kind import Kind
from tui_booking.reading.cells import guard_formula

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
# Excel takes a CSV file without a byte order mark for one in the country's old code page; the import takes both.
CSV_ENCODING = "utf-8-sig"

# In a workbook's XML `_x000D_` is a carriage return, so such a text as it stands has to be written otherwise.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


class DoesNotFit(Exception):
    """A kind cannot be written to this sort of file; the message says why."""


class Target(ABC):
    """Where an export goes. `part` is what is under way, which takes its place when all of it is there."""

    def __init__(self) -> None:
        self._parts: list[tuple[Path, Path]] = []

    def fits(self, rows: int) -> None:  # noqa: B027  # a CSV file has no limit
        """Raise DoesNotFit where no more than this number of rows is too many."""

    @abstractmethod
    def start(self, kind: Kind, columns: Sequence[Column]) -> str:
        """Begin a kind, and return the name of its file or sheet."""

    @abstractmethod
    def add(self, texts: Sequence[list[str]], values: Sequence[Values]) -> None:
        """Write rows, given by column: as texts and as they are stored. Raises DoesNotFit."""

    @abstractmethod
    def finish(self) -> None:
        """End the kind."""

    @abstractmethod
    def drop(self) -> None:
        """Take back the kind that was begun."""

    def keep(self) -> list[Path]:
        """Put all files in their places, over those of the same names, and return them."""
        for part, path in self._parts:
            part.replace(path)
        kept = [path for _, path in self._parts]
        self._parts.clear()
        return kept

    def abandon(self) -> None:
        """Remove what was written; nothing has changed then."""
        for part, _ in self._parts:
            part.unlink(missing_ok=True)
        self._parts.clear()

    def _part_of(self, path: Path) -> Path:
        part = path.with_name(path.name + ".part")
        self._parts.append((part, path))
        return part


class CsvFolder(Target):
    """One CSV file a kind."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self._columns: Sequence[Column] = ()
        self._file: IO[str] | None = None
        folder.mkdir(parents=True, exist_ok=True)

    def start(self, kind: Kind, columns: Sequence[Column]) -> str:
        path = self.folder / f"{kind.name}.csv"
        self._columns = columns
        self._file = self._part_of(path).open("w", encoding=CSV_ENCODING, newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([column.name for column in columns])
        return path.name

    def add(self, texts: Sequence[list[str]], values: Sequence[Values]) -> None:  # noqa: ARG002
        cells = [guarded(column, column_texts) for column, column_texts in zip(self._columns, texts, strict=True)]
        self._writer.writerows(zip(*cells, strict=True))

    def finish(self) -> None:
        assert self._file is not None
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def drop(self) -> None:
        assert self._file is not None
        self._file.close()
        self._parts.pop()[0].unlink(missing_ok=True)

    def abandon(self) -> None:
        if self._file is not None:
            self._file.close()
        super().abandon()


class Workbook(Target):
    """One workbook with a sheet a kind, written as it goes."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook as OpenpyxlWorkbook

        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._book: Any = OpenpyxlWorkbook(write_only=True)
        self._sheet: Any = None
        self._columns: Sequence[Column] = ()
        self._cells: list[Any] = []
        self._row = 1

    def fits(self, rows: int) -> None:
        if rows >= SHEET_ROWS:
            raise DoesNotFit(f"a sheet has room for {SHEET_ROWS - 1:,} rows below its header; export it as CSV")

    def start(self, kind: Kind, columns: Sequence[Column]) -> str:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._sheet = self._book.create_sheet(kind.name)
        self._sheet.freeze_panes = "A2"
        for number, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = max(12, len(column.name) + 3)
        self._columns = columns
        self._row = 1
        heads = [self._new_cell(column.name) for column in columns]
        for head in heads:
            head.font = Font(bold=True)
        self._sheet.append(heads)
        # One cell a column is written again and again: making a styled one costs more than writing it.
        self._cells = [self._new_cell() for _ in columns]
        for cell, column in zip(self._cells, columns, strict=True):
            cell.number_format = number_format(column)
        return kind.name

    def _new_cell(self, value: str | None = None) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet, value)

    def add(self, texts: Sequence[list[str]], values: Sequence[Values]) -> None:
        for row_texts, row_values in zip(zip(*texts, strict=True), zip(*values, strict=True), strict=True):
            self._row += 1
            if self._row > SHEET_ROWS:
                self.fits(SHEET_ROWS)
            placed = zip(self._columns, self._cells, row_texts, row_values, strict=True)
            self._sheet.append([self._fill(*what) if what[2] else None for what in placed])

    def _fill(self, column: Column, cell: Any, text: str, value: Any) -> Any:
        content = workbook_value(column, text, value)
        if not isinstance(content, str):
            cell._value, cell.data_type = content, "d" if column.type is Type.DATE else "n"
            return cell
        # As text the cell of a phone number is safe by its format, and reads better without an apostrophe.
        if column.type is not Type.PHONE and column.type not in NUMBERS:
            content = guard_formula(content)
        if len(content) > CELL_CHARACTERS // 2 and len(content.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
            raise DoesNotFit(
                f"{column.name} in row {self._row:,} has {len(content):,} characters; a cell of a workbook has room"
                f" for {CELL_CHARACTERS:,}; export it as CSV"
            )
        if not content.isascii() and _NOT_XML.search(content):
            raise DoesNotFit(
                f"{column.name} in row {self._row:,} has a character that no workbook can hold; export it as CSV"
            )
        # Set past the library's own reading of values, which takes `=1` for a formula and cuts a long text.
        cell._value, cell.data_type = _ESCAPED.sub(_escape, content), "s"
        return cell

    def finish(self) -> None:
        self._sheet.close()

    def drop(self) -> None:
        self._sheet.close()
        self._book.remove(self._sheet)

    def keep(self) -> list[Path]:
        if not self._book.worksheets:
            return []
        self._book.save(self._part_of(self.path))
        return super().keep()


def number_format(column: Column) -> str:
    """How a workbook shows the cells of a column; what is text stays text also when it is edited there."""
    if column.type is Type.DATE:
        return "yyyy-mm-dd"
    if column.type is Type.WHOLE:
        return "#,##0"
    if column.type is Type.MONEY:
        return "#,##0" if column.currency is None else "#,##0.00"
    return "General" if column.type in NUMBERS or column.type is Type.FLAG else "@"


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"


def open_target(path: Path, form: str) -> Target:
    """Where an export to that path goes; `form` is auto, csv or xlsx. Raises BookingCenterError."""
    is_named_workbook = path.suffix.casefold() == ".xlsx"
    if form == "csv" and is_named_workbook:
        raise BookingCenterError(f"'{path}' is no name for a folder of CSV.", "Name a folder, or leave off --format.")
    if form == "xlsx" and not is_named_workbook:
        path /= "booking_center.xlsx"
        is_named_workbook = True
    try:
        return Workbook(path) if is_named_workbook else CsvFolder(path)
    except OSError as error:
        raise cannot_write(path, error) from error


def cannot_write(path: Path, error: OSError) -> BookingCenterError:
    """The error for a place that cannot be written to."""
    return BookingCenterError(
        f"The export cannot be written to {path}: {error.strerror or error}.",
        "Close the file where it is open, check the rights and the room on the disk, or name another place.",
    )
