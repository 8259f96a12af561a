"""A sheet, whatever file it comes from: its header, its rows in batches, and what makes it unreadable."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from tui_booking.errors import BookingCenterError
from tui_booking.importing.headers import HeaderMatch
from tui_booking.language import _, filled

if TYPE_CHECKING:
    from tui_booking.importing.columns import Column
    from tui_booking.importing.inbox import Source
    from tui_booking.importing.kind import Kind

Cell: TypeAlias = str | float | None

MAXIMUM_COLUMNS = 512
BATCH_ROWS = 10_000


class UnreadableSheet(BookingCenterError):
    """A file or sheet that cannot be read to its end; `row` is the spreadsheet's row number where one is known."""

    def __init__(self, title: str, advice: str, row: int | None = None) -> None:
        super().__init__(title, advice)
        self.row = row


class Batch:
    """Some rows as read, empty ones left out; `numbers` are their row numbers in the spreadsheet.

    `columns` holds the same cells by column where they were read so; all rows are then as wide as the header.
    """

    def __init__(
        self, numbers: Sequence[int], rows: list[list[Cell]] | None = None, columns: Sequence[Sequence[Cell]] = ()
    ) -> None:
        self.numbers = numbers
        self.columns = columns
        self._rows = rows

    @property
    def rows(self) -> list[list[Cell]]:
        if self._rows is None:
            self._rows = list(map(list, zip(*self.columns, strict=True)))
        return self._rows


@dataclass
class Sheet(ABC):
    """An open sheet, read once from top to bottom.

    `columns` has an entry for each header cell: what it means, or None for one that is left alone. `missing` are the
    key columns that the header lacks. Cells behind the last header cell are in the rows only where they are not empty.
    """

    header: list[str]
    header_row: int
    columns: list[Column | None]
    unknown: list[str]
    missing: list[Column]
    notes: list[str] = field(default_factory=list)
    size_in_bytes: int = 0

    @abstractmethod
    def batches(self, size: int = BATCH_ROWS) -> Iterator[Batch]:
        """The rows below the header; raises UnreadableSheet where the file turns out to be broken or changes."""

    @abstractmethod
    def fraction_read(self) -> float:
        """How much of the sheet has been read, from 0 to 1."""

    @abstractmethod
    def sha256(self) -> str:
        """The hash of the file's bytes, in hexadecimal; complete once all rows have been read."""

    @abstractmethod
    def verify_unchanged(self) -> None:
        """Raise UnreadableSheet if the file has changed since it was opened."""

    @abstractmethod
    def describe_too_long(self, row: Sequence[Cell], place: int) -> str:
        """What is wrong with a row that is longer than the header and holds something at `place`, and what to do."""

    @property
    def bytes_read(self) -> int:
        return int(self.fraction_read() * self.size_in_bytes)


@contextmanager
def open_sheet(
    source: Source, *, encoding: str | None = None, aliases: Mapping[str, Sequence[str]] | None = None
) -> Iterator[Sheet]:
    """Open a recognised source for reading; it may be opened again, and then gives the same rows.

    `encoding` is for CSV files without a byte order mark; `aliases` adds to the names in aliases.py. Raises
    UnreadableSheet, here or while its batches are read.
    """
    if source.problem is not None:
        raise source.problem
    if source.kind is None:
        raise UnreadableSheet(
            filled(_("'{name}' is not recognised"), name=source.name), _("Name the file or sheet after what it holds.")
        )
    # A file of one format needs nothing of the other; the reader of workbooks is loaded only for them.
    if source.is_workbook:
        from tui_booking.importing.workbooks import open_workbook_sheet

        with open_workbook_sheet(source.path, source.sheet, source.kind, aliases or {}) as sheet:
            yield sheet
    else:
        from tui_booking.importing.csv_sheets import open_csv_sheet

        with open_csv_sheet(source.path, source.kind, encoding, aliases or {}) as sheet:
            yield sheet


def require_distinct_columns(match: HeaderMatch, row: int) -> None:
    """Raise UnreadableSheet if two header cells mean the same column, or there are too many of them."""
    if match.doubled:
        column, first, second = match.doubled[0]
        raise UnreadableSheet(
            filled(
                _("columns '{first}' and '{second}' both mean {column}"), first=first, second=second, column=column.name
            ),
            _("Delete or rename one of them in the header."),
            row,
        )
    if len(match.columns) > MAXIMUM_COLUMNS:
        raise UnreadableSheet(
            filled(
                _("the header has {columns:,} columns; at most {limit} are read"),
                columns=len(match.columns),
                limit=MAXIMUM_COLUMNS,
            ),
            _("Delete the columns that do not belong to the import."),
            row,
        )


def require_key(kind: Kind, present: Collection[str], sheet: Sheet) -> None:
    """Raise UnreadableSheet unless the header has the columns by which rows are found."""
    if missing := kind.lacking_key(present):
        raise UnreadableSheet(
            filled(_("the header lacks {columns}"), columns=", ".join(missing)),
            filled(
                _("It needs {needed}; it has {columns}.") if sheet.header else _("It needs {needed}; it has nothing."),
                needed=_(" or ").join(" + ".join(key) for key in kind.keys),
                columns=", ".join(sheet.header),
            ),
            sheet.header_row,
        )


def describe_header(row: int, first_row: int) -> list[str]:
    """What a person should know about the header: where it was found, if not at the top."""
    if row == first_row:
        return []
    return [filled(_("the header is in row {row}; what stands above it was left alone"), row=row)]


def without_empty_tail(row: list[Cell], width: int) -> list[Cell]:
    """A row longer than the header, cut to it if nothing is behind: spreadsheets pad rows with delimiters."""
    if any(cell is not None and (not isinstance(cell, str) or cell.strip()) for cell in row[width:]):
        return row
    return row[:width]
