"""What a table shows, or what is marked in it, as a file for a spreadsheet: CSV or XLSX, whole or not at all."""

from __future__ import annotations

import csv
import os
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, filled, label_of
from tui_booking.models.choices import Choice
from tui_booking.models.database import Store
from tui_booking.reading.cells import guard_formula
from tui_booking.reading.workbook_text import CELL_CHARACTERS, SHEET_ROWS, as_xml, has_no_place, is_too_long
from tui_booking.services.asking import placeholders, select
from tui_booking.services.declarations import Column, Listing, Query, Row, Value
from tui_booking.services.directories import read_roll
from tui_booking.services.questions import START, Question

# Excel takes a CSV file without a byte order mark for one in the country's old code page.
_CSV_ENCODING = "utf-8-sig"
_AT_ONCE = 500
# A spreadsheet keeps 15 digits of a number, and believes that the year 1900 was a leap year.
_EXACT_BELOW = 10**15
_FIRST_EXACT_YEAR = 1901
_FORMATS = {
    "count": "#,##0",
    "money": "#,##0.00",
    "cost": "#,##0.00##",
    "percent": "0.0%",
    "factor": "0.00",
    "date": "yyyy-mm-dd",
    "moment": "yyyy-mm-dd hh:mm:ss",
}

# Told now and then how many rows are written.
Written = Callable[[int], None]


class Exported(NamedTuple):
    """What was written."""

    path: Path
    rows: int


class FileThere(BookingCenterError):
    """There is a file of that name already."""


class DoesNotFit(BookingCenterError):
    """A workbook cannot hold what is shown; CSV can."""


def write_shown(
    store: Store,
    query: Query,
    columns: Sequence[str],
    path: Path,
    *,
    zone: ZoneInfo,
    marked: Collection[UUID] | None = None,
    overwrite: bool = False,
    told: Written | None = None,
) -> Exported:
    """Write these columns of all rows of a query, or of those that are marked, in the query's order.

    An amount is followed by its currency, which a table shows within the amount and a spreadsheet has no room for. The
    name's ending says how: `.xlsx`, else CSV. Moments are written as they are in `zone`. Raises FileThere unless
    `overwrite`, DoesNotFit, and BookingCenterError where there is no room or no right; nothing is left behind then.
    """
    columns = _with_currencies(query.listing, columns)
    question = Question(store, query, zone, columns=columns)
    rows = _read_all(store, question) if marked is None else _read_marked(store, question, marked)
    return write_rows(rows, query.listing, columns, path, zone=zone, overwrite=overwrite, told=told)


def write_rows(
    rows: Iterable[Row],
    listing: Listing,
    columns: Sequence[str],
    path: Path,
    *,
    zone: ZoneInfo,
    overwrite: bool = False,
    told: Written | None = None,
) -> Exported:
    """Write these columns of rows with a value for each column of a listing, as write_shown does."""
    if path.exists() and not overwrite:
        raise FileThere(
            _("There is already a file {path}.").format(path=path), _("Take another name, or overwrite it.")
        )
    numbers = {column.name: number for number, column in enumerate(listing.columns)}
    placed = [(numbers[name], listing.columns[numbers[name]]) for name in columns]
    waiting = iter(rows)
    part = path.with_name(f"{path.name}.part")
    shown = [column for _number, column in placed]
    target: _Target | None = None
    try:
        target = _Workbook(part, shown, zone) if path.suffix.casefold() == ".xlsx" else _CsvFile(part, shown, zone)
        count = 0
        while some := list(islice(waiting, _AT_ONCE)):
            target.add([[_rounded(row.values[number], column) for number, column in placed] for row in some])
            count += len(some)
            if told is not None:
                told(count)
        target.finish()
        part.replace(path)
    except OSError as error:
        raise BookingCenterError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror or error),
            _("Close it where it is open, check the rights and the room on the disk, or take another place."),
        ) from error
    finally:
        if target is not None:
            target.close()
        part.unlink(missing_ok=True)
    return Exported(path, count)


def read_marked(
    store: Store, query: Query, columns: Sequence[str], marked: Collection[UUID], *, zone: ZoneInfo
) -> list[Row]:
    """The marked records in the list's order, those that a filter hides by now among them."""
    return list(_read_marked(store, Question(store, query, zone, columns=columns), marked))


def _rounded(value: Value, column: Column) -> Value:
    """A price worked out for one view has parts of a dong without end; four places tell it apart from any other."""
    return round(value, 4) if column.kind == "cost" and isinstance(value, Decimal) else value


def _with_currencies(listing: Listing, columns: Sequence[str]) -> list[str]:
    named: list[str] = []
    for name in columns:
        named.append(name)
        currency = listing.column(name).currency
        if currency is not None and currency not in (*columns, *named):
            named.append(currency)
    return named


# --- rows -----------------------------------------------------------------------------------------------------------


def _read_all(store: Store, question: Question) -> Iterator[Row]:
    if not question.is_walked:
        roll = read_roll(store, question)
        for start in range(0, roll.reach, _AT_ONCE):
            page, _changed = roll.read_page(store, question, start, _AT_ONCE)
            yield from (row for row in page if row is not None)
        return
    spot = START
    while True:
        read = question.read_from(store, spot, 0, _AT_ONCE + 1)
        yield from (found.row for found in read[:_AT_ONCE])
        if len(read) <= _AT_ONCE:
            return
        spot = read[_AT_ONCE].spot


def _read_marked(store: Store, question: Question, marked: Collection[UUID]) -> Iterator[Row]:
    ids = sorted(marked)
    keys: list[tuple[Any, Any]] = []
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        sql = f"SELECT {question.key}, r.id{question.source} WHERE r.id IN ({placeholders(len(some))})"
        keys += select(store, sql, some)
    is_downwards = bool(question.direction)
    there = sorted((key for key in keys if key[0] is not None), reverse=is_downwards)
    without = sorted((key for key in keys if key[0] is None), key=lambda key: key[1], reverse=is_downwards)
    ordered = [raw for _key, raw in there + without]
    for start in range(0, len(ordered), _AT_ONCE):
        some = ordered[start : start + _AT_ONCE]
        found = question.read_rows(store, some)
        yield from (found[raw] for raw in some if raw in found)


# --- files ----------------------------------------------------------------------------------------------------------


class _Target(ABC):
    """A file under way."""

    def __init__(self, columns: Sequence[Column], zone: ZoneInfo) -> None:
        self.columns = columns
        self.zone = zone

    @abstractmethod
    def add(self, rows: Sequence[Sequence[Value]]) -> None:
        """Write rows."""

    @abstractmethod
    def finish(self) -> None:
        """Write what is still held back; all of it is on the disk then."""

    @abstractmethod
    def close(self) -> None:
        """Let go of the file."""

    def words(self, value: Value) -> str | None:
        """The text of a value that is text to a spreadsheet, guarded where it would be taken for a formula."""
        if isinstance(value, Choice):
            return label_of(value)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        return guard_formula(value) if isinstance(value, str) else None

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)


class _CsvFile(_Target):
    def __init__(self, path: Path, columns: Sequence[Column], zone: ZoneInfo) -> None:
        super().__init__(columns, zone)
        self._file = path.open("w", encoding=_CSV_ENCODING, newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([_(column.label) for column in columns])

    def add(self, rows: Sequence[Sequence[Value]]) -> None:
        self._writer.writerows([[self._cell(value) for value in row] for row in rows])

    def _cell(self, value: Value) -> str:
        if value is None:
            return ""
        if (words := self.words(value)) is not None:
            return words
        if isinstance(value, datetime):
            return self.local(value).isoformat(" ")
        if isinstance(value, date):
            return value.isoformat()
        return format(value, "f") if isinstance(value, Decimal) else str(value)

    def finish(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()

    def close(self) -> None:
        self._file.close()


class _Workbook(_Target):
    def __init__(self, path: Path, columns: Sequence[Column], zone: ZoneInfo) -> None:
        from openpyxl import Workbook
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font
        from openpyxl.utils import get_column_letter

        super().__init__(columns, zone)
        # Whether it can be written is to be known before anything is read.
        path.open("wb").close()
        self._path = path
        self._book: Any = Workbook(write_only=True)
        self._sheet: Any = self._book.create_sheet()
        self._sheet.freeze_panes = "B2"
        self._new_cell = WriteOnlyCell
        for number, column in enumerate(columns, 1):
            self._sheet.column_dimensions[get_column_letter(number)].width = max(column.width, 8) + 2
        heads = [WriteOnlyCell(self._sheet, _(column.label)) for column in columns]
        for head in heads:
            head.font = Font(bold=True)
        self._sheet.append(heads)
        # One cell a column is written again and again: making a styled one costs more than writing it.
        self._cells: list[Any] = [WriteOnlyCell(self._sheet) for _column in columns]
        for cell, column in zip(self._cells, columns, strict=True):
            cell.number_format = _FORMATS.get(column.kind, "@")
        self._row = 1

    def add(self, rows: Sequence[Sequence[Value]]) -> None:
        for row in rows:
            self._row += 1
            if self._row > SHEET_ROWS:
                raise DoesNotFit(
                    filled(_("A sheet has room for {count:,} rows."), count=SHEET_ROWS - 1), _("Export it as CSV.")
                )
            self._sheet.append([self._fill(number, value) for number, value in enumerate(row)])

    def _fill(self, number: int, value: Value) -> Any:
        if value is None:
            return None
        cell = self._cells[number]
        if (words := self.words(value)) is not None:
            # Set past the library's own reading of values, which takes `=1` for a formula and cuts a long text.
            cell._value, cell.data_type = self._checked(number, words), "s"
        elif isinstance(value, datetime):
            cell._value, cell.data_type = self.local(value), "d"
        elif isinstance(value, date):
            exact = value.year >= _FIRST_EXACT_YEAR
            cell._value, cell.data_type = (value, "d") if exact else (value.isoformat(), "s")
        elif isinstance(value, Decimal):
            exact = abs(value.scaleb(2)) < _EXACT_BELOW
            cell._value, cell.data_type = (float(value), "n") if exact else (format(value, "f"), "s")
        else:
            exact = not isinstance(value, int) or abs(value) < _EXACT_BELOW
            cell._value, cell.data_type = (value, "n") if exact else (str(value), "s")
        return cell

    def _checked(self, number: int, words: str) -> str:
        label = _(self.columns[number].label)
        if is_too_long(words):
            raise DoesNotFit(
                filled(
                    _("{column} in row {row:,} is longer than the {room:,} characters of a workbook's cell."),
                    column=label,
                    row=self._row,
                    room=CELL_CHARACTERS,
                ),
                _("Export it as CSV."),
            )
        if has_no_place(words):
            raise DoesNotFit(
                filled(
                    _("{column} in row {row:,} has a character that no workbook can hold."), column=label, row=self._row
                ),
                _("Export it as CSV."),
            )
        return as_xml(words)

    def finish(self) -> None:
        self.close()
        self._book.save(self._path)

    def close(self) -> None:
        if self._sheet is not None:
            self._sheet.close()
            self._sheet = None
