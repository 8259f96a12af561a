"""An import report as it is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_booking.cli.printable import make_printable
from tui_booking.importing.report_text import report_as_text

if TYPE_CHECKING:
    from tui_booking.importing.report import Report


def render_report(report: Report, width: int | None = None, database: str | None = None) -> str:
    """The report as lines of plain text that a terminal can be given whatever the files held.

    `width` is that of the terminal in columns, to which the table is fitted; None for no bound. `database` is its name
    as it may be shown.
    """
    return report_as_text(report, make_printable, width=width, database=database)
