"""What a report says, in words: the same on the command line and on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui_booking.language import N_, _, filled, grouped, ngettext

if TYPE_CHECKING:
    from tui_booking.importing.report import FileReport, Level, Message, Report, Status

COUNTS = {
    "rows": N_("rows"),
    "created": N_("created"),
    "updated": N_("updated"),
    "unchanged": N_("unchanged"),
    "skipped": N_("skipped"),
    "errors": N_("errors"),
}
SHORT_COUNTS = {
    "rows": N_("rows"),
    "created": N_("new"),
    "updated": N_("upd."),
    "unchanged": N_("same"),
    "skipped": N_("skip"),
    "errors": N_("err."),
}
STATUSES: dict[Status, str] = {
    "imported": N_("imported"),
    "partly_imported": N_("partly imported"),
    "rolled_back": N_("rolled back"),
    "not_recognised": N_("not recognised"),
    "unreadable": N_("unreadable"),
}
# What is told of a file that was only tried.
_WOULD: dict[Status, str] = {
    "imported": N_("would go in"),
    "partly_imported": N_("would go in in part"),
    "rolled_back": N_("would be rolled back"),
}
LEVELS: dict[Level, str] = {"error": N_("error"), "warning": N_("warning"), "info": N_("info")}
# The tables of which an import makes placeholders.
RECORDS = {
    "app_user": N_("app user"),
    "booking": N_("booking"),
    "brand": N_("brand"),
    "campaign": N_("campaign"),
    "creator": N_("creator"),
    "creator_channel": N_("creator channel"),
    "product": N_("product"),
    "tracking_asset": N_("tracking asset"),
    "video": N_("video"),
}

_ROWS_SHOWN = 5
_VALUES_SHOWN = 3


def name_of(file: FileReport) -> str:
    """A file, and the sheet of it."""
    return f"{file.file} [{file.sheet}]" if file.sheet else file.file


def status_of(file: FileReport) -> str:
    """What became of a file, or would."""
    return _(_WOULD.get(file.status, STATUSES[file.status]) if file.is_dry else STATUSES[file.status])


def counts_of(file: FileReport) -> list[str]:
    """The counts of a file in the order of COUNTS; nothing for one that was left alone."""
    return ["" if file.status == "not_recognised" else grouped(file.counts[name]) for name in COUNTS]


def totals_of(report: Report) -> list[str]:
    """The counts of all files together, in the order of COUNTS."""
    return [grouped(report.totals[name]) for name in COUNTS]


def facts_of(file: FileReport) -> Iterator[str]:
    """What there is to know of a file besides its messages."""
    if file.rejects:
        yield _("bad rows: {file}").format(file=file.rejects)
    if file.placeholders:
        made = ", ".join(
            filled(_("{count:,} {records}"), count=count, records=_(RECORDS.get(table, table)))
            for table, count in file.placeholders.items()
        )
        yield _("placeholders made: {records}").format(records=made)


def fold_messages(messages: Sequence[Message]) -> list[list[Message]]:
    """Messages that say the same of a column, whatever the value, together."""
    groups: dict[tuple[str, str | None, str], list[Message]] = {}
    for message in messages:
        groups.setdefault((message.level, message.column, message.message), []).append(message)
    return list(groups.values())


def rows_of(same: Sequence[Message]) -> list[int]:
    """The numbers of the first rows of messages that say the same."""
    return sorted({row for message in same for row in (message.rows or ((message.row,) if message.row else ()))})


def count_of(same: Sequence[Message]) -> int:
    """How many times it is said."""
    return sum(message.count for message in same)


def rows_in_words(same: Sequence[Message]) -> str:
    """Which rows it is said of; empty where it is said of the file."""
    rows, count = rows_of(same), count_of(same)
    if not rows:
        return ""
    shown = ", ".join(grouped(row) for row in rows[:_ROWS_SHOWN])
    if count == 1:
        return _("row {number}").format(number=shown)
    if count <= _ROWS_SHOWN:
        return _("rows {numbers}").format(numbers=shown)
    return _("rows {numbers} … ({count} rows)").format(numbers=shown, count=grouped(count))


def values_in_words(same: Sequence[Message]) -> str:
    """What was read there."""
    read = (value for message in same for value in (message.values or (message.value,)))
    values = list(dict.fromkeys(value for value in read if value is not None))
    return ", ".join(repr(value) for value in values[:_VALUES_SHOWN]) + (" …" if len(values) > _VALUES_SHOWN else "")


def line_of(same: Sequence[Message]) -> str:
    """Messages that say the same as one line: what is said of which rows, column and values."""
    first = same[0]
    parts = [rows_in_words(same), first.column or "", values_in_words(same)]
    place = ", ".join(part for part in parts if part)
    level = _(LEVELS[first.level])
    return f"{level}: {place}: {first.message}" if place else f"{level}: {first.message}"


def verdict_of(report: Report, database: str | None = None, *, by_command: bool = False) -> str:
    """How many files are in, or would be, in a sentence; `database` is its name as it may be shown.

    Advice for whom the command line is not at hand is left out, unless it is read there.
    """
    known = [file for file in report.files if file.status != "not_recognised"]
    if not known and not report.cancelled and report.stopped is None:
        return (
            f"{nothing_found()} {_('The command `templates` writes a sample of each.')}"
            if by_command
            else nothing_found()
        )
    went = _("{whole} of {files} files would go in") if report.dry_run else _("{whole} of {files} files went in")
    words = went.format(whole=sum(file.status == "imported" for file in known), files=len(known))
    if partly := sum(file.status == "partly_imported" for file in known):
        words += " " + ngettext(
            "whole and {count} in part, without its bad rows",
            "whole and {count} in part, without their bad rows",
            partly,
        ).format(count=partly)
    words += f" ({f'{database}, ' if database else ''}{grouped(report.seconds, 1)} s)."
    if report.cancelled:
        words = _("Stopped. {verdict} The file under way was rolled back.").format(verdict=words)
    if report.dry_run:
        words = _("Dry run, nothing was written: {verdict}").format(verdict=words)
    return words


def nothing_found() -> str:
    """What to do where no file or sheet has the name of a kind."""
    from tui_booking.importing.kinds import KINDS

    return _(
        "Nothing to import was found. A file is known by its name, such as creators.csv or payments-2026-11.xlsx, and"
        " so is a sheet of a workbook. The names are: {names}."
    ).format(names=", ".join(kind.name for kind in KINDS))
