"""The command `locate`: says where everything is that the program reads and writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = "example: tui-booking locate\n\nWhat is not there yet is marked so; it is made when it is needed."


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Print a line for each; 0."""
    from tui_booking.cli.printable import make_printable

    found = places(settings)
    width = max(len(name) for name, _ in found)
    for name, place in found:
        there = "" if not isinstance(place, Path) or place.exists() else "  (not there yet)"
        print(f"{name.ljust(width)}  {make_printable(str(place))}{there}")
    return 0


def places(settings: Settings) -> list[tuple[str, Path | str]]:
    """What each place is called, and where it is."""
    from tui_booking import paths

    return [
        ("settings", paths.settings_file()),
        ("database", settings.shown_database),
        ("demo database", paths.demo_database()),
        ("remembered by the app", paths.remembered_file()),
        ("log", paths.log_file()),
        ("crash files", paths.logs_folder()),
        ("files to import", Path("data_import").absolute()),
        ("import templates", paths.templates_folder()),
        ("migrations", paths.migrations_folder()),
    ]
