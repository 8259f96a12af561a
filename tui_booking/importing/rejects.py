"""Bad rows as they were read, with what is wrong with each in a last column: a file to mend and to import again."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import Source
from tui_booking.importing.problems import Problems
from tui_booking.importing.sheets import open_sheet
from tui_booking.language import _, filled
from tui_booking.reading.cells import Cell, guard_formula

PROBLEMS_COLUMN = "import_errors"


class RejectsNotWritten(BookingCenterError):
    """The bad rows could not be written where they were to go."""


def rejects_file(folder: Path, source: Source, taken: set[Path]) -> Path:
    """Where the bad rows of a source go: named so that the import recognises it, and unlike any other of this run."""
    assert source.kind is not None
    stem = source.path.stem if source.sheet is None or _is_recognised(source.path.stem, source) else source.sheet
    if not _is_recognised(stem, source):
        stem = f"{source.kind.name}-{stem}"
    path, number = folder / f"{stem}.rejects.csv", 1
    while path in taken:
        number += 1
        path = folder / f"{stem}.rejects-{number}.csv"
    taken.add(path)
    return path


def _is_recognised(stem: str, source: Source) -> bool:
    from tui_booking.importing.inbox import recognise

    return recognise(stem) is source.kind


def write_rejects(
    path: Path, source: Source, problems: Problems, encoding: str | None, aliases: Mapping[str, Sequence[str]]
) -> int:
    """Read the source once more, write its bad rows, and return how many; the file appears only when it is whole."""
    partial = path.with_name(path.name + ".part")
    bad = problems.bad_rows()
    row, texts = next(bad, (None, ""))
    written = 0
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with (
            partial.open("w", encoding="utf-8-sig", newline="") as file,
            open_sheet(source, encoding=encoding, aliases=aliases) as sheet,
        ):
            writer = csv.writer(file)
            width = len(sheet.header)
            # What was wrong the last time does not come along.
            old = {place for place, name in enumerate(sheet.header) if name.strip() == PROBLEMS_COLUMN}
            writer.writerow([*_without(old, sheet.header), PROBLEMS_COLUMN])
            for batch in sheet.batches():
                for number, cells in zip(batch.numbers, batch.rows, strict=True):
                    if number == row:
                        padded = [*cells, *[""] * (width - len(cells))]
                        writer.writerow([*_without(old, padded), texts])
                        written += 1
                        row, texts = next(bad, (None, ""))
        partial.replace(path)
    except OSError as error:
        raise RejectsNotWritten(
            filled(_("The bad rows cannot be written to {path}: {why}."), path=path, why=error.strerror or error),
            _("Name another folder for --rejects."),
        ) from error
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    return written


def _without(places: set[int], cells: Sequence[Cell]) -> list[str]:
    return [_as_read(cell) for place, cell in enumerate(cells) if place not in places]


def _as_read(cell: Cell) -> str:
    return "" if cell is None else guard_formula(cell) if isinstance(cell, str) else repr(cell)
