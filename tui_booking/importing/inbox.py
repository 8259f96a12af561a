"""The inbox: which files and sheets of a folder are imported, as what, and in which order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tui_booking.errors import BookingCenterError
from tui_booking.importing.kinds import KINDS, Kind
from tui_booking.language import _, filled

Format = Literal["auto", "csv", "xlsx"]

CSV_ENDINGS = (".csv", ".tsv", ".txt")
WORKBOOK_ENDINGS = (".xlsx", ".xlsm")
# Tables of other programs: recognised only to say what to do with them.
OTHER_TABLES = (".xls", ".xlsb", ".ods", ".numbers")


@dataclass(frozen=True)
class Source:
    """A file, or a sheet of a workbook; `kind` is None if it is not recognised, `problem` why it cannot be opened."""

    path: Path
    sheet: str | None = None
    kind: Kind | None = None
    problem: BookingCenterError | None = None
    is_workbook: bool = False

    @property
    def name(self) -> str:
        return printable(self.path.name)


def printable(name: str) -> str:
    """A path as it is shown and stored: bytes that are no text, which some systems allow in names, are spelled out."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def recognise(stem: str) -> Kind | None:
    """The kind that a file's stem or a sheet's name stands for: the longest kind's name that it begins with."""
    folded = stem.strip().casefold()
    fitting = [
        kind
        for kind in KINDS
        if folded.startswith(kind.name) and (len(folded) == len(kind.name) or folded[len(kind.name)] in "-_. ")
    ]
    return max(fitting, key=lambda kind: len(kind.name), default=None)


def find_sources(path: Path, format: Format = "auto") -> list[Source]:  # noqa: A002, named as the option is
    """What there is to import at a path, in import order; what is not recognised comes last.

    A folder is not searched below its own files. Raises BookingCenterError where there is nothing at the path, or where
    the one file named is not of the format asked for.
    """
    try:
        if path.is_dir():
            files = [file for file in path.iterdir() if not _is_passed_over(file)]
        elif path.exists():
            files = [path]
        else:
            raise BookingCenterError(
                filled(_("there is nothing at '{path}'"), path=path), _("Check the path; name a folder or one file.")
            )
    except OSError as error:
        raise BookingCenterError(
            filled(_("'{name}' cannot be read: {why}"), name=path, why=error.strerror or error),
            _("Check its permissions, or name another folder."),
        ) from error
    alone = len(files) == 1 and files[0] == path
    sources = [source for file in files for source in _sources_of_file(file, format, alone)]
    order = {kind.name: number for number, kind in enumerate(KINDS)}

    def place(numbered: tuple[int, Source]) -> tuple[int, str, str, int]:
        # Sheets of one workbook stay in its order: the number is that of finding them.
        number, source = numbered
        rank = order[source.kind.name] if source.kind else len(order)
        return rank, source.name.casefold(), source.name, number

    return [source for _number, source in sorted(enumerate(sources), key=place)]


def _is_passed_over(file: Path) -> bool:
    """Folders, hidden files, lock files of an open workbook and a README are no part of what is imported."""
    return file.is_dir() or file.name.startswith((".", "~$")) or file.stem.casefold() in ("readme", "thumbs", "desktop")


def _sources_of_file(file: Path, asked: Format, alone: bool) -> Iterator[Source]:
    ending = file.suffix.casefold()
    kind = recognise(file.stem)
    is_csv, is_workbook = ending in CSV_ENDINGS, ending in WORKBOOK_ENDINGS
    if (asked == "csv" and is_workbook) or (asked == "xlsx" and is_csv):
        if alone:
            raise BookingCenterError(
                filled(_("'{name}' is not of the format {format}"), name=file.name, format=asked),
                _("Leave off --format, or name another file."),
            )
        return
    if is_workbook:
        yield from _sources_of_workbook(file, kind)
    elif is_csv:
        yield Source(file, kind=kind)
    elif ending in OTHER_TABLES and kind is not None:
        problem = BookingCenterError(
            filled(_("'{name}' is a {ending} file, which is not read"), name=file.name, ending=ending),
            _("Save it as an Excel workbook (.xlsx) or as CSV."),
        )
        yield Source(file, kind=kind, problem=problem)
    else:
        yield Source(file)


def _sources_of_workbook(file: Path, kind: Kind | None) -> Iterator[Source]:
    from tui_booking.importing.workbook_parts import list_sheets

    try:
        sheets = list_sheets(file)
    except BookingCenterError as problem:
        yield Source(file, kind=kind, problem=problem, is_workbook=True)
        return
    # An empty or hidden sheet with a name that says nothing does not make it a workbook of several sheets.
    named = {sheet.name: recognise(sheet.name) for sheet in sheets}
    counted = [sheet for sheet in sheets if named[sheet.name] or not (sheet.is_hidden or sheet.is_empty)]
    for sheet in sheets:
        own = named[sheet.name]
        if len(counted) == 1 and sheet is counted[0]:
            own = kind or own
        elif sheet.is_empty and own is None:
            continue
        yield Source(file, sheet=sheet.name, kind=own, is_workbook=True)
