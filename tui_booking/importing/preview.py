"""What a file would be taken for, before anything is imported: its columns, what it lacks, and how many rows it has."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from tui_booking.errors import BookingCenterError
from tui_booking.importing.file_state import open_for_reading
from tui_booking.importing.inbox import Source
from tui_booking.importing.sheets import open_sheet

# Up to here the rows are counted as the import counts them, which takes a moment; beyond, the lines are.
EXACT_BYTES = 4 << 20
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Look:
    """What the header of a source says; `columns` are pairs of a header cell and the column that it means.

    `lacking` are the columns without which no record is found, `needed` those without which none is created.
    """

    columns: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: BookingCenterError | None = None


@dataclass(frozen=True, slots=True)
class RowCount:
    """How many rows a source has; without `is_exact` how many lines, of which some may belong to one row."""

    rows: int
    is_exact: bool


def size_of(source: Source) -> int | None:
    """The bytes of a source's file; None where the system does not say."""
    with suppress(OSError):
        return source.path.stat().st_size
    return None


def look_into(
    source: Source, *, encoding: str | None = None, aliases: Mapping[str, Sequence[str]] | None = None
) -> Look:
    """Read the header of a recognised source; what keeps it from being read is in the answer."""
    assert source.kind is not None
    try:
        with open_sheet(source, encoding=encoding, aliases=aliases) as sheet:
            pairs = zip(sheet.header, sheet.columns, strict=True)
            columns = tuple((cell, column.name) for cell, column in pairs if column is not None)
            present = {name for _, name in columns}
            return Look(
                columns=columns,
                unknown=tuple(sheet.unknown),
                lacking=source.kind.lacking_key(present),
                needed=tuple(
                    column.name
                    for column in source.kind.columns
                    if column.required and not column.key and column.name not in present
                ),
                notes=tuple(sheet.notes),
            )
    except BookingCenterError as problem:
        return Look(problem=problem)


def count_rows(
    source: Source,
    *,
    encoding: str | None = None,
    aliases: Mapping[str, Sequence[str]] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> RowCount | None:
    """Count the rows of a recognised source; None where it cannot be read, or where nobody wants to know any more."""
    size = size_of(source)
    try:
        if source.is_workbook or (size is not None and size <= EXACT_BYTES):
            return _count_rows(source, encoding, aliases, cancelled)
        return _count_lines(source, cancelled)
    except BookingCenterError:
        return None  # what is wrong with it is said by who looks into it, or imports it


def _count_rows(
    source: Source, encoding: str | None, aliases: Mapping[str, Sequence[str]] | None, cancelled: Callable[[], bool]
) -> RowCount | None:
    rows = 0
    with open_sheet(source, encoding=encoding, aliases=aliases) as sheet:
        for batch in sheet.batches():
            if cancelled():
                return None
            rows += len(batch.numbers)
    return RowCount(rows, is_exact=True)


def _count_lines(source: Source, cancelled: Callable[[], bool]) -> RowCount | None:
    lines, last = 0, b"\n"
    with open_for_reading(source.path) as (file, state):
        try:
            while chunk := file.read(_CHUNK):
                if cancelled():
                    return None
                lines += chunk.count(b"\n")
                last = chunk[-1:]
        except OSError as error:
            raise state.unreadable(error) from error
    # The last line need not be ended, and one is the header.
    return RowCount(max(lines + (last not in (b"\n", b"\0")) - 1, 0), is_exact=False)
