"""An import report as text: a table of the files, then what there is to know, equal messages on one line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui_booking.importing.report_words import (
    COUNTS,
    SHORT_COUNTS,
    counts_of,
    facts_of,
    fold_messages,
    line_of,
    name_of,
    status_of,
    totals_of,
    verdict_of,
)
from tui_booking.language import _, grouped

if TYPE_CHECKING:
    from tui_booking.importing.report import FileReport, Report

MESSAGES_SHOWN = 20
_SHORTEST_NAME = 12

Shown = Callable[[str], str]


def report_as_text(
    report: Report,
    shown: Shown,
    *,
    width: int | None = None,
    database: str | None = None,
    most: int | None = MESSAGES_SHOWN,
) -> str:
    """The report as lines of plain text; `shown` makes of a text what may be shown, whatever the files held.

    `width` is that of the terminal in columns, to which the table is fitted; None for no bound. `database` is its name
    as it may be shown, `most` how many messages a file may have (None: as many as there are).
    """
    lines = _lay_out(report, COUNTS, shown)
    if width is not None and len(lines[1]) > width:
        lines = _lay_out(report, SHORT_COUNTS, shown, width)
    for file in report.files:
        told = list(_messages(file, most))
        if told:
            lines += ["", name_of(file), *told]
    lines += ["", verdict_of(report, database, by_command=True)]
    return "\n".join(shown(line) for line in lines)


def _lay_out(report: Report, columns: dict[str, str], shown: Shown, width: int | None = None) -> list[str]:
    """The table of the files; the narrow one leaves out the kind and cuts long names of files in their middle."""
    kinds = width is None
    rows = [[_("file"), *([_("kind")] if kinds else []), _("result"), *map(_, columns.values())]]
    for file in report.files:
        kind = [file.kind or ""] if kinds else []
        rows.append([shown(name_of(file)), *kind, status_of(file), *counts_of(file)])
    rows.append([_("total"), *([""] if kinds else []), "", *totals_of(report)])
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


def _messages(file: FileReport, most: int | None) -> Iterable[str]:
    for fact in facts_of(file):
        yield f"  {fact}"
    groups = fold_messages(file.messages)
    for same in groups[:most]:
        yield f"  {line_of(same)}"
    more = max(len(groups) - most, 0) if most is not None else 0
    if more or file.messages_left_out:
        left_out = grouped(file.messages_left_out)
        if not more:
            yield "  " + _("… {count} more messages are in no report; --rejects writes every bad row").format(
                count=left_out
            )
            return
        told = _("… {count} more messages").format(count=grouped(more))
        if file.messages_left_out:
            told += _(", and {count} that are in no report").format(count=left_out)
        yield "  " + _("{told}; --report writes them, --rejects every bad row").format(told=told)
