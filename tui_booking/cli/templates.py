"""The command `templates`: writes the import templates, to be filled in and imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.cli.printable import make_printable

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = (
        "example: tui-booking templates ./my-templates\n"
        "\n"
        "Files of the same names are replaced. The sample rows can be imported as they are; delete them for your own."
    )
    parser.add_argument("folder", type=Path, metavar="DIR", help="where to write them; made where it is not there")


def run(arguments: argparse.Namespace, settings: Settings) -> int:  # noqa: ARG001
    """Carry it out and say what was written."""
    from tui_booking.importing.templates import write_templates

    written = write_templates(arguments.folder)
    for path in written:
        print(make_printable(path.name))
    print(make_printable(f"{len(written)} templates written to {arguments.folder}."))
    return 0
