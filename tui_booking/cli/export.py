"""The command `export`: writes the database, or some kinds of it, as files that the import reads back unchanged."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.cli.printable import make_printable
from tui_booking.cli.terminal import is_watched

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings
    from tui_booking.importing.exports import ExportReport

EXIT_DONE, EXIT_PARTLY = 0, 1


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking export backup.xlsx\n"
        "         tui-booking export ./payments-november --kind payments --kind bookings\n"
        "\n"
        "exit status: 0 all that is not deleted and no placeholder was written, 1 some record or kind was left out,\n"
        "2 it could not be carried out; files of an earlier export are replaced when all new ones are there"
    )
    add = parser.add_argument
    add("destination", type=Path, metavar="DEST", help="a folder for CSV files, or a workbook: a name ending in .xlsx")
    add(
        "--kind",
        action="append",
        default=[],
        metavar="KIND",
        help="what to export, such as payments; may be given several times (default: all fifteen kinds)",
    )
    add(
        "--format",
        choices=("auto", "csv", "xlsx"),
        default="auto",
        help="auto goes by the name of DEST; xlsx with a folder writes booking_center.xlsx there (default: auto)",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out and say what was written."""
    from tui_booking.errors import BookingCenterError
    from tui_booking.importing.exports import export_at, kinds_named
    from tui_booking.importing.kinds import KIND_BY_NAME

    unknown = [name for name in arguments.kind if name not in KIND_BY_NAME]
    if unknown:
        raise BookingCenterError(f"There is no kind '{unknown[0]}'.", f"The kinds are {', '.join(KIND_BY_NAME)}.")
    report = export_at(
        settings.database_url,
        arguments.destination,
        kinds=kinds_named(arguments.kind),
        form=arguments.format,
        progress=_show if is_watched(sys.stderr) else lambda _kind, _rows: None,
    )
    if is_watched(sys.stderr):
        sys.stderr.write("\r" + " " * 60 + "\r")
    print("\n".join(map(make_printable, _lines(report))))
    return EXIT_DONE if report.ok else EXIT_PARTLY


def _show(kind: str, rows: int) -> None:
    sys.stderr.write(f"\r{kind}: {rows:,} rows".ljust(60))
    sys.stderr.flush()


def _lines(report: ExportReport) -> list[str]:
    width = max(len(kind.kind) for kind in report.kinds)
    lines = []
    for kind in report.kinds:
        lines.append(
            f"{kind.kind.ljust(width)}  {kind.rows:>12,}" if kind.name else f"{kind.kind.ljust(width)}  {'–':>12}"
        )
        lines += [f"  {message}" for message in kind.messages()]
    rows = sum(kind.rows for kind in report.kinds)
    where = "nothing was written" if not report.files else str(report.files[0].parent)
    if len(report.files) == 1:
        where = str(report.files[0])
    files = f"{len(report.files)} file{'' if len(report.files) == 1 else 's'}"
    lines.append(f"{rows:,} rows in {files}: {where}" if report.files else f"{where}.")
    return lines
