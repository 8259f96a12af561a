"""Export files on disk: a folder of CSV or one workbook, which stand there whole or not at all."""

from __future__ import annotations

import csv
import os
import re
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tui_booking.errors import BookingCenterError
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.export_cells import NUMBERS, Values, guarded, workbook_value
from tui_booking.importing.kind import Kind
from tui_booking.importing.sheet_xml import number_cell, put_rows, rows_of, text_cells

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767
# Excel takes a CSV file without a byte order mark for one in the country's old code page; the import takes both.
CSV_ENCODING = "utf-8-sig"

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
            with suppress(OSError):  # that it cannot be there, either, was said when it was to be written
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
    """One workbook with a sheet a kind. The rows wait in temporary files until the library has made what is around."""

    def __init__(self, path: Path) -> None:
        from openpyxl import Workbook as OpenpyxlWorkbook

        super().__init__()
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._book: Any = OpenpyxlWorkbook(write_only=True)
        self._sheet: Any = None
        self._columns: Sequence[Column] = ()
        # By column: its letter, and the number of its style.
        self._letters: list[str] = []
        self._styles: list[int] = []
        self._row = 1
        self._rows: dict[Any, IO[str]] = {}

    def fits(self, rows: int) -> None:
        if rows >= SHEET_ROWS:
            raise DoesNotFit(f"a sheet has room for {SHEET_ROWS - 1:,} rows below its header; export it as CSV")

    def start(self, kind: Kind, columns: Sequence[Column]) -> str:
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        self._sheet = self._book.create_sheet(kind.name)
        self._sheet.freeze_panes = "A2"
        self._letters = [get_column_letter(number) for number in range(1, len(columns) + 1)]
        for letter, column in zip(self._letters, columns, strict=True):
            self._sheet.column_dimensions[letter].width = max(12, len(column.name) + 3)
        self._columns = columns
        self._row = 1
        heads = [self._new_cell(column.name) for column in columns]
        for head in heads:
            head.font = Font(bold=True)
        self._sheet.append(heads)
        self._styles = []
        for column in columns:
            cell = self._new_cell()
            cell.number_format = number_format(column)
            self._styles.append(cell.style_id)
        self._rows[self._sheet] = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115
        return kind.name

    def _new_cell(self, value: str | None = None) -> Any:
        from openpyxl.cell import WriteOnlyCell

        return WriteOnlyCell(self._sheet, value)

    def add(self, texts: Sequence[list[str]], values: Sequence[Values]) -> None:
        numbers = range(self._row + 1, self._row + 1 + len(texts[0]))
        if numbers[-1] > SHEET_ROWS:
            self.fits(SHEET_ROWS)
        columns = [self._cells(place, numbers, texts[place], values[place]) for place in range(len(self._columns))]
        self._rows[self._sheet].writelines(rows_of(numbers, columns))
        self._row = numbers[-1]

    def _cells(self, place: int, numbers: range, texts: list[str], values: Values) -> Iterable[str]:
        column, letter, style = self._columns[place], self._letters[place], self._styles[place]
        if column.type in NUMBERS or column.type in (Type.DATE, Type.FLAG):
            return [
                self._number_cell(place, number, text, value) if text else ""
                for number, text, value in zip(numbers, texts, values, strict=True)
            ]
        # As text the cell of a phone number is safe by its format, and reads better without an apostrophe.
        contents = texts if column.type is Type.PHONE else guarded(column, texts)
        self._require_room(column, numbers, contents)
        return text_cells(letter, style, numbers, contents)

    def _number_cell(self, place: int, number: int, text: str, value: Any) -> str:
        letter, style = self._letters[place], self._styles[place]
        content = workbook_value(self._columns[place], text, value)
        if isinstance(content, str):
            return next(text_cells(letter, style, (number,), (content,)))
        return number_cell(letter, style, number, content)

    @staticmethod
    def _require_room(column: Column, numbers: range, contents: Sequence[str]) -> None:
        """Raise DoesNotFit where a cell of a workbook cannot hold one of the texts."""
        joined = "".join(contents)
        is_odd = not joined.isascii() and _NOT_XML.search(joined)
        if not is_odd and max(map(len, contents)) <= CELL_CHARACTERS // 2:
            return
        for number, content in zip(numbers, contents, strict=True):
            if (
                len(content) > CELL_CHARACTERS // 2
                and len(content.encode("utf-16-le", "replace")) // 2 > CELL_CHARACTERS
            ):
                raise DoesNotFit(
                    f"{column.name} in row {number:,} has {len(content):,} characters; a cell of a workbook has room"
                    f" for {CELL_CHARACTERS:,}; export it as CSV"
                )
            if is_odd and _NOT_XML.search(content):
                raise DoesNotFit(
                    f"{column.name} in row {number:,} has a character that no workbook can hold; export it as CSV"
                )

    def finish(self) -> None:
        self._sheet.close()
        self._sheet = None

    def drop(self) -> None:
        dropped = self._sheet
        self.finish()
        self._book.remove(dropped)
        self._rows.pop(dropped).close()

    def keep(self) -> list[Path]:
        if not self._book.worksheets:
            return []
        with tempfile.TemporaryFile() as bare, self._part_of(self.path).open("wb") as file:
            self._book.save(bare)
            put_rows(bare, file, {sheet.path.removeprefix("/"): rows for sheet, rows in self._rows.items()})
        return super().keep()

    def abandon(self) -> None:
        if self._sheet is not None:
            self.finish()
        for rows in self._rows.values():
            rows.close()
        super().abandon()


def number_format(column: Column) -> str:
    """How a workbook shows the cells of a column; what is text stays text also when it is edited there."""
    if column.type is Type.DATE:
        return "yyyy-mm-dd"
    if column.type is Type.WHOLE:
        return "#,##0"
    if column.type is Type.MONEY:
        return "#,##0" if column.currency is None else "#,##0.00"
    return "General" if column.type in NUMBERS or column.type is Type.FLAG else "@"


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
