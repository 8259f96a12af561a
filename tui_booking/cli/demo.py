"""The command `demo`: makes a demo database anew, and opens the app on it, or prints the reports of an import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.errors import BookingCenterError
from tui_booking.paths import demo_database

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings

DATABASE = demo_database().name
# SQLite keeps what is not in the file yet beside it, and the app what it remembers.
_BESIDE = ("", "-wal", "-shm", "-journal", "-screen.json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking demo\n"
        "\n"
        f"The database is {DATABASE} in your data folder and is made anew each time; your own is not touched.\n"
        "One that is named by --database must be new, empty or seeded, and is kept. The reports are those of an\n"
        "import into it: a dry run, the import, and the import again. Imported is ./data_import where there is one,\n"
        "else the samples that came with the program. Without a terminal they are printed in any case."
    )
    parser.add_argument("--reports", action="store_true", help="print the reports of an import instead of the app")
    parser.add_argument("--path", type=Path, help="print them for an import of this folder or file")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out; 0 where the person left the app, or everything went in."""
    from tui_booking.cli.app import open_app
    from tui_booking.cli.terminal import is_terminal

    if arguments.reports or arguments.path is not None or not is_terminal():
        return _print_reports(arguments, settings)
    return open_app(lambda: _seeded(settings, is_named=arguments.database is not None), demo=True)


def _seeded(settings: Settings, *, is_named: bool) -> Settings:
    """The settings with the demo database, which is made and filled."""
    from datetime import datetime

    from tui_booking.seed.seeding import Volume, seed_at

    settings = _demo_settings(settings, is_named=is_named)
    seeding = seed_at(
        settings.database_url,
        operator=settings.operator,
        zone=settings.zone_info,
        today=datetime.now(settings.zone_info).date(),
        volume=Volume(),
    )
    if not seeding.ok:
        raise BookingCenterError(
            "The demo database could not be filled.", "`tui-booking demo --reports` shows what is wrong."
        )
    return settings


def _demo_settings(settings: Settings, *, is_named: bool) -> Settings:
    """The settings with a new database, or with the one that was named, where that may be used."""
    from dataclasses import replace

    from tui_booking.seed.seeding import refuse_other_data

    if is_named:
        refuse_other_data(settings.database_url)
        return settings
    return replace(settings, database_url=f"sqlite:///{_make_room().as_posix()}")


def _print_reports(arguments: argparse.Namespace, settings: Settings) -> int:
    from dataclasses import replace

    from tui_booking.cli.import_files import finish, import_files
    from tui_booking.cli.seed import seed_database
    from tui_booking.importing.pipeline import ImportOptions
    from tui_booking.seed.seeding import Volume

    path = arguments.path or _inbox()
    settings = _demo_settings(settings, is_named=arguments.database is not None)

    print("=== The demo data, by the same way in as any file ===\n")
    status = seed_database(settings, volume=Volume())
    options = ImportOptions(path=path, create_missing=True, aliases=settings.imports.aliases)
    for title, dry_run in (
        ("a dry run: what would happen", True),
        ("for real", False),
        ("again: nothing changes", False),
    ):
        print(f"\n=== The import of {path}, {title} ===\n")
        status = max(status, finish(import_files(replace(options, dry_run=dry_run), settings), settings.shown_database))
    print(f"\nThe demo database is {settings.shown_database}.")
    return status


def _inbox() -> Path:
    """The inbox here, else the samples in the checkout or in the installed program."""
    from tui_booking.paths import sample_inbox_folder, templates_folder

    for folder in (Path("data_import"), sample_inbox_folder(), templates_folder()):
        if folder.is_dir():
            return folder
    raise BookingCenterError("There is no folder data_import here.", "Name a folder with --path.")


def _make_room() -> Path:
    """The path of the demo database, without the last one."""
    path = demo_database()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        for ending in _BESIDE:
            path.with_name(path.name + ending).unlink(missing_ok=True)
    except OSError as error:
        raise BookingCenterError(
            f"The last demo database {path} cannot be removed: {error.strerror}.",
            "Close the program that uses it, or name another with --database.",
        ) from error
    return path
