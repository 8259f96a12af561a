"""The command `import`: brings a folder of files, or one file, into the database and says what became of each row."""

from __future__ import annotations

import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.cli.terminal import is_watched

if TYPE_CHECKING:
    import argparse
    from types import FrameType

    from tui_booking.config import Settings
    from tui_booking.errors import BookingCenterError
    from tui_booking.importing.pipeline import ImportOptions, Progress
    from tui_booking.importing.report import Report

EXIT_DONE, EXIT_PARTLY, EXIT_FAILED, EXIT_INTERRUPTED = 0, 1, 2, 130


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking import --path ./data_import --create-missing --dry-run\n"
        "\n"
        "exit status: 0 all went in (or would have), 1 some file or row did not, 2 it could not be carried out,\n"
        "130 stopped by Ctrl-C: the file under way is rolled back, those before it are in"
    )
    add = parser.add_argument
    add("--path", type=Path, default=Path("data_import"), help="a folder, or one file (default: ./data_import)")
    add("--format", choices=("auto", "csv", "xlsx"), default="auto", help="which files to read (default: auto)")
    add("--create-missing", action="store_true", help="make a placeholder for what a row points at and is not there")
    add("--dry-run", action="store_true", help="do everything but the commit, and say what would happen")
    add(
        "--on-error",
        choices=("rollback", "skip"),
        default="rollback",
        help="one bad row and its file leaves nothing, or good rows go in (default: rollback)",
    )
    add(
        "--blank",
        choices=("keep", "clear"),
        default="keep",
        help="what an empty cell does to a stored value (default: keep)",
    )
    add("--restore-deleted", action="store_true", help="a row whose record was deleted brings it back")
    add("--rejects", type=Path, metavar="DIR", help="write each bad row there, as it was read, with what is wrong")
    add("--report", type=Path, metavar="FILE", help="write the report there as JSON")
    add("--encoding", help="of CSV files without a byte order mark (default: UTF-8)")
    add("--month-first", action="store_true", help="read 02/01/2026 as the first of February")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out and print the report."""
    from tui_booking.importing.pipeline import ImportOptions

    options = ImportOptions(
        path=arguments.path,
        format=arguments.format,
        create_missing=arguments.create_missing,
        dry_run=arguments.dry_run,
        on_error=arguments.on_error,
        blank=arguments.blank,
        restore_deleted=arguments.restore_deleted,
        rejects=arguments.rejects,
        encoding=arguments.encoding,
        month_first=arguments.month_first or settings.imports.month_first_dates,
        aliases=settings.imports.aliases,
    )
    if arguments.report is not None:
        from tui_booking.importing.report_file import try_report_file

        try_report_file(arguments.report, settings.database_url, options)
    report = import_files(options, settings)
    return finish(report, settings.shown_database, arguments.report)


def import_files(options: ImportOptions, settings: Settings) -> Report:
    """Import into the settings' database, with progress where somebody watches; Ctrl-C rolls back what is under way."""
    from tui_booking.importing.runs import import_at

    with stop_on_interrupt() as stopped, progress_line() as progress:
        return import_at(
            settings.database_url,
            options,
            operator=settings.operator,
            zone=settings.zone_info,
            progress=progress,
            cancelled=stopped,
        )


def finish(report: Report, database: str, json_file: Path | None = None) -> int:
    """Print the report of an import into a database, write it as JSON where asked, and return its exit status."""
    from tui_booking.cli.printable import make_printable
    from tui_booking.cli.reports import render_report

    # Before it is printed, which may fail too.
    problem = None if json_file is None else _write_json(report, json_file)
    width = shutil.get_terminal_size().columns if is_watched(sys.stdout) else None
    print(render_report(report, width, database))
    if json_file is not None:
        print(make_printable(f"The report is in {json_file}." if problem is None else str(problem)))
    if report.stopped is not None:
        raise report.stopped
    if report.cancelled:
        return EXIT_INTERRUPTED
    if problem is not None:
        went_in = any(file.status in ("imported", "partly_imported") for file in report.files)
        return EXIT_PARTLY if went_in and not report.dry_run else EXIT_FAILED
    return EXIT_DONE if report.ok else EXIT_PARTLY


def _write_json(report: Report, file: Path) -> BookingCenterError | None:
    from tui_booking.errors import BookingCenterError
    from tui_booking.importing.report_file import write_report_file

    try:
        write_report_file(report, file)
    except BookingCenterError as error:
        return error
    return None


@contextmanager
def stop_on_interrupt() -> Iterator[Callable[[], bool]]:
    """Whether Ctrl-C was pressed; pressed twice, it ends the program at once."""
    pressed = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield pressed.is_set
        return

    def press(_number: int, _frame: FrameType | None) -> None:
        if pressed.is_set():
            raise KeyboardInterrupt
        pressed.set()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield pressed.is_set
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def progress_line() -> Iterator[Callable[[Progress], None]]:
    """A line on stderr that is written over, where stderr is a terminal."""
    if not is_watched(sys.stderr):
        yield lambda _progress: None
        return
    import time

    from tui_booking.cli.printable import make_printable

    began = {"": time.monotonic()}
    last = [0.0]

    def show(now: Progress) -> None:
        key = f"{now.number}"
        began.setdefault(key, time.monotonic())
        moment = time.monotonic()
        if now.phase == "reading" and moment - last[0] < 0.1:
            return
        last[0] = moment
        speed = now.rows / max(moment - began[key], 0.001)
        name = f"{now.file} [{now.sheet}]" if now.sheet else now.file
        line = (
            f"{now.number}/{now.files} {name}: {now.phase} {now.rows:,} rows, {now.fraction:.0%}, {speed:,.0f} rows/s"
        )
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write("\r" + make_printable(line)[:width].ljust(width))
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r")
        sys.stderr.flush()
