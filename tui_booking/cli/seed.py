"""The command `seed`: fills a database with demo data, once, and with as much again for load as is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.cli.terminal import is_watched

if TYPE_CHECKING:
    from tui_booking.config import Settings
    from tui_booking.seed.seeding import Volume

LARGEST_SCALE = 9_999_999
LARGEST_RANDOM_SEED = 999_999
FIRST_YEAR, LAST_YEAR = 1990, 2100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking --database booking.db seed --scale 100\n"
        "\n"
        "Seeding again changes nothing, on any day: the first seeding fixes the day around which deadlines, numbers\n"
        "and payments lie. Codes start with DEMO, or with LOAD and the random seed, so that other data is left alone.\n"
        "The demo has about 850 snapshots; --scale 1000 makes a million."
    )
    add = parser.add_argument
    add("--scale", type=_number(1, LARGEST_SCALE), default=1, metavar="N", help="N times as much, for load")
    add(
        "--random-seed",
        type=_number(0, LARGEST_RANDOM_SEED),
        default=1,
        metavar="NUMBER",
        help="which load data: the same number makes the same (default: 1)",
    )
    add("--date", type=_day, metavar="YYYY-MM-DD", help="the day around which it lies (default: today)")
    add("--write", type=Path, metavar="DIR", help="only write the import files there, and no database")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out; the exit status is that of the import it is."""
    from tui_booking.seed.seeding import Volume, write_files

    volume = Volume(arguments.scale, arguments.random_seed)
    if arguments.write is None:
        return seed_database(settings, volume=volume, day=arguments.date)

    from tui_booking.cli.import_files import stop_on_interrupt

    day = arguments.date or _today(settings)
    with stop_on_interrupt() as stopped, _writing_line() as written:
        write_files(
            arguments.write, operator=settings.operator, day=day, volume=volume, written=written, cancelled=stopped
        )
    print(f"{arguments.write}: import files of demo data around {day}.")
    return 0


def seed_database(settings: Settings, *, volume: Volume, day: date | None = None) -> int:
    """Seed the settings' database, print what came of it, and return the exit status."""
    from tui_booking.cli.import_files import finish, progress_line, stop_on_interrupt
    from tui_booking.seed.seeding import seed_at

    with stop_on_interrupt() as stopped, _writing_line() as written, progress_line() as progress:
        seeding = seed_at(
            settings.database_url,
            operator=settings.operator,
            zone=settings.zone_info,
            today=_today(settings),
            day=day,
            volume=volume,
            written=written,
            progress=progress,
            cancelled=stopped,
        )
    status = finish(seeding.report, settings.shown_database)
    if seeding.ok:
        counted = ", ".join(
            f"{seeding.records[outcome]:,} {outcome}" for outcome in ("created", "updated", "unchanged")
        )
        print(f"Templates, rules, tags, notes and rate cards: {counted}.")
    print(f"{settings.shown_database}: demo data around {seeding.day}.")
    return status


def _today(settings: Settings) -> date:
    return datetime.now(settings.zone_info).date()


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from {least:,} to {most:,}")
        return int(text)

    return read


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day; write it such as 2026-03-08") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"the year must be from {FIRST_YEAR} to {LAST_YEAR}")
    return day


@contextmanager
def _writing_line() -> Iterator[Callable[[str, int], None]]:
    """A line on stderr that says what is being written, where stderr is a terminal."""
    import sys

    if not is_watched(sys.stderr):
        yield lambda _kind, _rows: None
        return

    def show(kind: str, rows: int) -> None:
        sys.stderr.write(f"\rwriting {kind}: {rows:,} rows".ljust(60))
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write("\r" + " " * 60 + "\r")
        sys.stderr.flush()
