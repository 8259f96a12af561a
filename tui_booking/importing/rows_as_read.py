"""A row of a file as it was read, found again by its number: what a message of a report speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tui_booking.importing.file_state import describe_os_error, hash_file
from tui_booking.importing.inbox import Source
from tui_booking.importing.sheets import Sheet, open_sheet
from tui_booking.reading.cells import Cell


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell with its header cell, and the column that it means (None: it is left alone)."""

    header: str
    column: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row of a sheet; without cells where the sheet has no such row, or nothing in it.

    `has_changed` says that the file is not the one that was imported.
    """

    number: int
    cells: tuple[ReadCell, ...]
    has_changed: bool


def read_row(
    source: Source,
    number: int,
    *,
    sha256: str | None = None,
    encoding: str | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> ReadRow:
    """Read the row of that number in the spreadsheet; `sha256` is that of the file that was imported, where known.

    Raises BookingCenterError where the file cannot be read up to that row.
    """
    with open_sheet(source, encoding=encoding, aliases=aliases) as sheet:
        cells = _find_cells(sheet, number, cancelled)
        columns = [column.name if column is not None else None for column in sheet.columns]
        header = list(sheet.header)
    beyond = range(len(header), len(cells))
    header += [""] * len(beyond)
    columns += [None] * len(beyond)
    read = tuple(
        ReadCell(name, column, _as_shown(cell)) for name, column, cell in zip(header, columns, cells, strict=False)
    )
    return ReadRow(number, read, sha256 is not None and _hash(source) != sha256)


def _find_cells(sheet: Sheet, number: int, cancelled: Callable[[], bool]) -> Sequence[Cell]:
    if number == sheet.header_row:
        return list(sheet.header)
    for batch in sheet.batches():
        if cancelled() or not batch.numbers or batch.numbers[0] > number:
            break
        if batch.numbers[-1] >= number:
            for found, cells in zip(batch.numbers, batch.rows, strict=True):
                if found == number:
                    return [*cells, *[""] * (len(sheet.header) - len(cells))]
            break
    return ()


def _hash(source: Source) -> str:
    try:
        return hash_file(source.path)
    except OSError as error:
        raise describe_os_error(source.path, error) from error


def _as_shown(cell: Cell) -> str:
    return "" if cell is None else cell if isinstance(cell, str) else repr(cell)
