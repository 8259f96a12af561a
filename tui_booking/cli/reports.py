"""An import report as text: a table of the files, then what there is to know, equal messages on one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui_booking.cli.printable import make_printable

if TYPE_CHECKING:
    from tui_booking.importing.report import FileReport, Message, Report

MESSAGES_SHOWN = 20
_COLUMNS = {name: name for name in ("rows", "created", "updated", "unchanged", "skipped", "errors")}
_SHORT_COLUMNS = {
    "rows": "rows",
    "created": "new",
    "updated": "upd.",
    "unchanged": "same",
    "skipped": "skip",
    "errors": "err.",
}
_SHORTEST_NAME = 12
_STATUS_WORDS = {
    "imported": "imported",
    "partly_imported": "partly imported",
    "rolled_back": "rolled back",
    "not_recognised": "not recognised",
    "unreadable": "unreadable",
}


def render_report(report: Report, width: int | None = None, database: str | None = None) -> str:
    """The report as lines of plain text that a terminal can be given whatever the files held.

    `width` is that of the terminal in columns, to which the table is fitted; None for no bound. `database` is its name
    as it may be shown.
    """
    lines = _lay_out(report, _COLUMNS)
    if width is not None and len(lines[1]) > width:
        lines = _lay_out(report, _SHORT_COLUMNS, width)
    for file in report.files:
        told = list(_messages(file))
        if told:
            lines += ["", _name(file), *told]
    lines += ["", _verdict(report, database)]
    return "\n".join(make_printable(line) for line in lines)


def _lay_out(report: Report, columns: dict[str, str], width: int | None = None) -> list[str]:
    """The table of the files; the narrow one leaves out the kind and cuts long names of files in their middle."""
    kinds = width is None
    rows = [["file", *(["kind"] if kinds else []), "result", *columns.values()]]
    for file in report.files:
        counts = ["" if file.status == "not_recognised" else f"{file.counts[name]:,}" for name in columns]
        kind = [file.kind or ""] if kinds else []
        rows.append([make_printable(_name(file)), *kind, _STATUS_WORDS[file.status], *counts])
    rows.append(["total", *([""] if kinds else []), "", *(f"{report.totals[name]:,}" for name in columns)])
    words = 3 if kinds else 2
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    if width is not None:
        widths[0] = min(widths[0], max(width - sum(widths[1:]) - 2 * (len(widths) - 1), _SHORTEST_NAME))
    lines = []
    for number, row in enumerate(rows):
        if number in (1, len(rows) - 1):
            lines.append("  ".join("-" * size for size in widths))
        cells = [
            _cut(cell, size).ljust(size) if place < words else cell.rjust(size)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _cut(text: str, size: int) -> str:
    """Text of at most that length; both of its ends tell more than its middle."""
    if len(text) <= size:
        return text
    head = (size - 1) // 2
    return f"{text[:head]}…{text[len(text) - (size - 1 - head) :]}"


def _name(file: FileReport) -> str:
    return f"{file.file} [{file.sheet}]" if file.sheet else file.file


def _messages(file: FileReport) -> Iterable[str]:
    if file.rejects:
        yield f"  bad rows: {file.rejects}"
    if file.placeholders:
        made = ", ".join(f"{count:,} {table.replace('_', ' ')}" for table, count in file.placeholders.items())
        yield f"  placeholders made: {made}"
    groups = _fold(file.messages)
    for same in groups[:MESSAGES_SHOWN]:
        yield _line(same)
    more = len(groups) - MESSAGES_SHOWN
    if more > 0 or file.messages_left_out:
        left_out = f", and {file.messages_left_out:,} that are in no report" if file.messages_left_out else ""
        yield f"  … {max(more, 0):,} more messages{left_out}; --report writes them, --rejects every bad row"


def _fold(messages: Sequence[Message]) -> list[list[Message]]:
    """Messages that say the same of a column, whatever the value, together."""
    groups: dict[tuple[str, str | None, str], list[Message]] = {}
    for message in messages:
        groups.setdefault((message.level, message.column, message.message), []).append(message)
    return list(groups.values())


def _line(same: Sequence[Message]) -> str:
    first = same[0]
    rows = sorted({row for message in same for row in (message.rows or ((message.row,) if message.row else ()))})
    count = sum(message.count for message in same)
    values = list(dict.fromkeys(message.value for message in same if message.value is not None))
    parts = []
    if rows:
        shown = ", ".join(f"{row:,}" for row in rows[:5])
        parts.append(f"row {shown}" if count == 1 else f"rows {shown}" + (f" … ({count:,} rows)" if count > 5 else ""))
    if first.column:
        parts.append(first.column)
    if values:
        parts.append(", ".join(repr(value) for value in values[:3]) + (" …" if len(values) > 3 else ""))
    place = ", ".join(parts)
    return f"  {first.level}: {place}: {first.message}" if place else f"  {first.level}: {first.message}"


def _verdict(report: Report, database: str | None) -> str:
    known = [file for file in report.files if file.status != "not_recognised"]
    if not known and not report.cancelled and report.stopped is None:
        return _nothing_found()
    whole = sum(file.status == "imported" for file in known)
    partly = sum(file.status == "partly_imported" for file in known)
    words = f"{whole} of {len(known)} files {'would go in' if report.dry_run else 'went in'}"
    if partly:
        words += f" whole and {partly} in part, without {'its' if partly == 1 else 'their'} bad rows"
    words += f" ({f'{database}, ' if database else ''}{report.seconds:.1f} s)."
    if report.cancelled:
        words = "Stopped. " + words + " The file under way was rolled back."
    if report.dry_run:
        words = "Dry run, nothing was written: " + words
    return words


def _nothing_found() -> str:
    from tui_booking.importing.kinds import KINDS

    names = ", ".join(kind.name for kind in KINDS)
    return (
        "Nothing to import was found. A file is known by its name, such as creators.csv or payments-2026-11.xlsx, and"
        f" so is a sheet of a workbook. The names are: {names}. The command `templates` writes a sample of each."
    )
