"""Bad rows as they were read, with what is wrong with each in a last column: a file to mend and to import again."""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import Source, recognise
from tui_booking.importing.problems import Problems
from tui_booking.importing.sheets import open_sheet
from tui_booking.language import _, filled
from tui_booking.reading.cells import Cell, guard_formula

if TYPE_CHECKING:
    from tui_booking.importing.kind import Kind

PROBLEMS_COLUMN = "import_errors"
_OF_REJECTS = re.compile(r"(?:\.rejects(?:-[0-9]+)?)+$", re.IGNORECASE)
# What no file may have in its name, or none on Windows.
_NO_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029]')
# Together with what is added to it fewer than the 255 that a name may have.
_STEM_BYTES = 200


class RejectsNotWritten(BookingCenterError):
    """The bad rows could not be written where they were to go."""


def rejects_files(folder: Path, sources: Sequence[Source]) -> dict[tuple[Path, str | None], Path]:
    """Where the bad rows of each source go, by its file and sheet.

    They are named so that the import recognises them, each unlike the others, and none like a file of this run: bad
    rows that somebody has mended are read, and not written over.
    """
    inputs = {_identity(source.path) for source in sources}
    taken: set[str] = set()
    files: dict[tuple[Path, str | None], Path] = {}
    for source in sources:
        if source.kind is None:
            continue
        stem, number = _stem_of(source, source.kind), 1
        path = folder / f"{stem}.rejects.csv"
        while _folded(path) in taken or _identity(path) in inputs:
            number += 1
            path = folder / f"{stem}.rejects-{number}.csv"
        taken.add(_folded(path))
        files[source.path, source.sheet] = path
    return files


def _stem_of(source: Source, kind: Kind) -> str:
    stem = source.path.stem
    if source.sheet is not None and recognise(stem) is not kind:
        stem = source.sheet
    # The name of a sheet can be anything, and a file made elsewhere may have a name that is none here. What stands for
    # a device there, such as CON, does not so behind the name of a kind.
    stem = _NO_NAME.sub("_", _OF_REJECTS.sub("", stem)).strip(" .")
    if recognise(stem) is not kind:
        stem = f"{kind.name}-{stem}" if stem else kind.name
    while len(os.fsencode(stem)) > _STEM_BYTES:
        stem = stem[:-1]
    return stem


def _folded(path: Path) -> str:
    """A name as file systems compare them that do not tell case or forms of Unicode apart."""
    return unicodedata.normalize("NFC", path.name).casefold()


def _identity(path: Path) -> tuple[int, int] | Path:
    try:
        found = path.stat()
    except OSError:  # that is said when it is read
        return path
    return found.st_dev, found.st_ino


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
