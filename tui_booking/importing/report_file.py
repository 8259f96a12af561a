"""A report as a file of JSON: tried before the import, so that it is not missed after it, and put there whole."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path

from tui_booking.errors import BadOption, BookingCenterError
from tui_booking.importing.inbox import CSV_ENDINGS, WORKBOOK_ENDINGS, find_sources
from tui_booking.importing.pipeline import ImportOptions
from tui_booking.importing.report import Report
from tui_booking.language import N_, _, filled
from tui_booking.models.address import read_address

# SQLite keeps what is not in the file yet beside it.
_OF_DATABASE = ("", "-wal", "-shm", "-journal")
_ADVICE = N_("Name another file for --report.")


def try_report_file(file: Path, url: str, options: ImportOptions) -> None:
    """Raise BadOption where a report must not or cannot be written; nothing is left of the trial.

    It must not replace the database or a file that is imported, nor another table among those.
    """
    database = read_address(url).path
    if database is not None and any(
        _is_same(file, database.with_name(database.name + ending)) for ending in _OF_DATABASE
    ):
        raise BadOption(filled(_("--report: {file} is the database."), file=file), _(_ADVICE))
    tables = (*CSV_ENDINGS, *WORKBOOK_ENDINGS)
    for source in find_sources(options.path, options.format):
        is_table = source.kind is not None or source.path.suffix.casefold() in tables
        if (is_table or source.path == options.path) and _is_same(file, source.path):
            raise BadOption(filled(_("--report: {file} is among the files to import."), file=file), _(_ADVICE))
    try:
        if file.is_dir():
            raise BadOption(filled(_("--report: {file} is a folder."), file=file), _("Name a file in it."))
        if not file.parent.is_dir():
            raise BadOption(
                filled(_("--report: there is no folder {folder}."), folder=file.parent),
                _("Make it, or name another file."),
            )
        if file.exists() and not os.access(file, os.W_OK):
            raise BadOption(filled(_("--report: {file} is read-only."), file=file), _(_ADVICE))
        if _is_replaced(file):
            part = _part_of(file)
            part.touch()
            part.unlink()
    except OSError as error:
        raise BadOption(
            filled(_("--report: {file} cannot be written: {why}."), file=file, why=error.strerror or error),
            _(_ADVICE),
        ) from error


def write_report_file(report: Report, file: Path) -> None:
    """Write it in place of what was there, whole or not at all; raises BookingCenterError."""
    text = json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n"
    part = _part_of(file)
    try:
        if not _is_replaced(file):
            file.write_text(text, encoding="utf-8")
            return
        try:
            part.write_text(text, encoding="utf-8")
            part.replace(file.resolve())
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)
    except OSError as error:
        raise BookingCenterError(
            filled(_("The report cannot be written to {file}: {why}."), file=file, why=error.strerror or error),
            _(_ADVICE),
        ) from error


def _is_same(file: Path, other: Path) -> bool:
    try:
        return file.samefile(other)
    except OSError:  # one of them is not there
        return file.absolute() == other.absolute()


def _is_replaced(file: Path) -> bool:
    """Whether another file takes its place; a pipe or a device, such as /dev/stdout, is written to."""
    return file.absolute().parts[1:2] != ("dev",) and (file.is_file() or not file.exists())


def _part_of(file: Path) -> Path:
    # Beside what a link points at, which stays one.
    return file.resolve().with_name(f".report-{os.getpid()}.part")
