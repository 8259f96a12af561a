"""The command `migrate`: brings a database up to date, says what is pending, goes to a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = "example: tui-booking --database booking.db migrate --status"
    either = parser.add_mutually_exclusive_group()
    either.add_argument(
        "--status", action="store_true", help="only say what is applied and pending; exits with 1 where it is not all"
    )
    either.add_argument(
        "--to",
        metavar="NAME",
        help="go forth or back to this migration (its name or number, or `nothing`); going back drops what it added",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out; 0 where the database is as was asked, 1 where --status found something pending."""
    if arguments.status:
        return _show_status(settings)

    from tui_booking.models.migrate import bring_up_to_date, migrate_to, status

    if arguments.to is None:
        done = bring_up_to_date(settings.database_url)
    else:
        done = migrate_to(settings.database_url, arguments.to)
    if not done:
        print(f"{settings.shown_database}: nothing to do.")
        return 0
    applied = status(settings.database_url).applied
    for name in done:
        print(f"{'applied' if name in applied else 'undone '}  {name}")
    print(f"{settings.shown_database}: {len(done)} {'migration' if len(done) == 1 else 'migrations'}.")
    return 0


def _show_status(settings: Settings) -> int:
    from tui_booking.models.migrate import status

    found = status(settings.database_url)
    for word, names in (("applied", found.applied), ("pending", found.pending), ("unknown", found.unknown)):
        for name in names:
            print(f"{word}  {name}")
    print(f"{settings.shown_database}: {'up to date' if found.is_current else 'not up to date'}.")
    return 0 if found.is_current else 1
