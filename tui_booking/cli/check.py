"""The command `check`: says what in the database does not agree, and with --fix computes anew what is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from tui_booking.config import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.epilog = "example: tui-booking check --fix"
    parser.add_argument("--fix", action="store_true", help="compute anew what is computed from other values")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Carry it out; 0 where all agrees or was mended, 1 where something does not."""
    from tui_booking.services.checks import check_at

    found = check_at(settings.database_url, fix=arguments.fix)
    for finding in found:
        print(_printable(str(finding)))
    mended = sum(finding.fixed for finding in found)
    left = len(found) - mended
    if not found:
        said = "everything agrees"
    elif arguments.fix:
        said = f"{mended} mended, {left} left for a person to decide"
    else:
        said = f"{left} that {'does' if left == 1 else 'do'} not agree"
    print(f"{settings.shown_database}: {said}.")
    return 1 if left else 0


def _printable(text: str) -> str:
    """A line that no stored text can turn into a control sequence of the terminal."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
