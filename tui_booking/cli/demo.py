"""The command `demo`: makes a demo database anew, and shows an import's dry run, the import, and the import again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings

DATABASE = "demo.db"
# SQLite keeps what is not in the file yet beside it.
_BESIDE = ("", "-wal", "-shm", "-journal")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking demo\n"
        "\n"
        f"The database is {DATABASE} in your data folder and is made anew each time; your own is not touched.\n"
        "One that is named by --database must be new, empty or seeded, and is kept. Imported is ./data_import where\n"
        "there is one, else the samples that came with the program."
    )
    parser.add_argument("--path", type=Path, help="import this folder or file instead")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out; 0 where everything went in."""
    from dataclasses import replace

    from tui_booking.cli.import_files import finish, import_files
    from tui_booking.cli.seed import seed_database
    from tui_booking.importing.pipeline import ImportOptions
    from tui_booking.seed.seeding import Volume, refuse_other_data

    path = arguments.path or _inbox()
    if arguments.database is None:
        settings = settings.model_copy(update={"database_url": f"sqlite:///{_make_room().as_posix()}"})
    else:
        refuse_other_data(settings.database_url)

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
    from tui_booking.errors import BookingCenterError
    from tui_booking.paths import sample_inbox_folder, templates_folder

    for folder in (Path("data_import"), sample_inbox_folder(), templates_folder()):
        if folder.is_dir():
            return folder
    raise BookingCenterError("There is no folder data_import here.", "Name a folder with --path.")


def _make_room() -> Path:
    """The path of the demo database, without the last one."""
    from tui_booking.errors import BookingCenterError
    from tui_booking.paths import data_folder

    path = data_folder() / DATABASE
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
