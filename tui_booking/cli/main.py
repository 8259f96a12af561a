"""Reads the command line, calls the command, and puts what goes wrong in one line.

A command is a module with `add_arguments(parser)`, which imports nothing heavy, and `run(arguments, settings)`, which
returns the exit status: 0 done, 1 done in part, 2 could not be carried out. It is made known by a line in COMMANDS.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from tui_booking import __version__
from tui_booking.cli.output import explained_output
from tui_booking.cli.printable import make_printable
from tui_booking.errors import BookingCenterError

# Neither typing nor argparse is loaded before the first frame: they take longer than it does.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from typing import Protocol

    from tui_booking.config import Settings

    class CommandModule(Protocol):
        """What a module in this folder offers."""

        def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

        def run(self, arguments: argparse.Namespace, settings: Settings) -> int: ...


PROGRAM = "tui-booking"
EXIT_FAILED = 2
EXIT_INTERRUPTED = 130
EXIT_BROKEN_PIPE = 141


class Command:  # a dataclass would double what --help imports
    """A command, the module in this folder that carries it out, and what it does in a few words."""

    def __init__(self, name: str, module: str, about: str) -> None:
        self.name, self.module, self.about = name, module, about

    def load(self) -> CommandModule:
        module: CommandModule = import_module(f"tui_booking.cli.{self.module}")
        return module


COMMANDS = (
    Command("import", "import_files", "bring CSV and XLSX files into the database"),
    Command("seed", "seed", "fill the database with demo data, or many times as much for load"),
    Command("demo", "demo", "open the app on a demo database of its own, or show there what an import does"),
    Command("export", "export", "write the database as files that the import reads back unchanged"),
    Command("templates", "templates", "write the import templates: CSV of every kind and a workbook"),
    Command("migrate", "migrate", "bring the database up to date, or say what is pending"),
    Command("locate", "locate", "say where settings, database, logs, templates and the other files are"),
    Command("check", "check", "say where constraints, computed columns and references do not agree"),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return the exit status; nothing but argparse's own SystemExit comes out."""
    _let_streams_say_everything()
    try:
        with explained_output():
            return _run(list(sys.argv[1:] if argv is None else argv))
    except BookingCenterError as error:
        _complain(str(error))
        return EXIT_FAILED
    except KeyboardInterrupt:
        _complain("stopped.")
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        return EXIT_BROKEN_PIPE
    except Exception as error:  # noqa: BLE001  # the last place that can spare a person the traceback
        _report_crash(error)
        return EXIT_FAILED


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The parser for this command line; only commands that occur in it are loaded for their arguments."""
    import argparse

    parser = argparse.ArgumentParser(
        prog=PROGRAM,
        description="Booking Center: campaigns, creators, bookings, videos and payments, in the terminal. Without a "
        "command it opens the app.",
        epilog=f"example: {PROGRAM} --database sqlite:///booking.db migrate --status",
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--database",
        metavar="URL",
        help="a path, sqlite:///path/to/file.db or postgresql://user@host/name "
        "(default: TUI_BOOKING_DATABASE_URL, the settings file, or a file in your data folder)",
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command in COMMANDS:
        about = f"{command.about[0].upper()}{command.about[1:]}."
        command_parser = commands.add_parser(
            command.name,
            help=command.about,
            description=about,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if command.name in argv:
            command.load().add_arguments(command_parser)
    return parser


def _run(argv: list[str]) -> int:
    if _asks_for_app(argv):
        from tui_booking.cli.app import open_app

        return open_app(lambda: _prepare(build_parser(argv).parse_args(argv)))
    arguments = build_parser(argv).parse_args(argv)
    if arguments.command is None:
        from tui_booking.cli.app import open_app

        return open_app(lambda: _prepare(arguments))
    command = next(command for command in COMMANDS if command.name == arguments.command)
    return command.load().run(arguments, _prepare(arguments))


def _asks_for_app(argv: list[str]) -> bool:
    """Whether this is the plain command line of the app: it has no errors, and is read while the first frame stands."""
    match argv:
        case []:
            return True
        case ["--database", url]:
            return not url.startswith("-")
    return False


def _prepare(arguments: argparse.Namespace) -> Settings:
    from tui_booking.config import load_settings
    from tui_booking.logs import start_logging

    settings = load_settings(database_url=arguments.database)
    settings.make_folder()
    start_logging()
    return settings


def _let_streams_say_everything() -> None:
    """Names are Vietnamese, and a console or pipe of another encoding must not end the program."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if os.name == "nt":
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
            else:
                stream.reconfigure(errors="backslashreplace")


def _complain(words: str) -> None:
    with suppress(OSError):  # there is no other place to say it
        print(f"{PROGRAM}: {make_printable(words)}", file=sys.stderr)


def _report_crash(error: Exception) -> None:
    from tui_booking.logs import write_crash

    file = write_crash(error)
    where = f"What is known of it is in {file}." if file else "It could not be written to a file."
    _complain(f"something went wrong that should not have ({type(error).__name__}). {where}")
