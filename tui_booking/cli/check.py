"""`check`: says what in the database does not agree, and with --fix computes anew what is computed."""

from __future__ import annotations

import argparse
import sys

EXAMPLE = "tui-booking check --fix"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of the command."""
    parser.add_argument("--fix", action="store_true", help="compute anew what is computed from other values")


def run(options: argparse.Namespace) -> int:
    """Check the database at `options.database`; 0 where all agrees (or was mended), 1 where something does not."""
    from tui_booking.services.checks import check_at

    found = check_at(options.database, fix=options.fix)
    for finding in found:
        print(_printable(str(finding)))
    left = sum(not finding.fixed for finding in found)
    mended = len(found) - left
    if not found:
        print("Everything agrees.")
    else:
        print(
            f"{mended} mended, {left} for you to decide." if options.fix else f"{left} do not agree.", file=sys.stderr
        )
    return 1 if left else 0


def _printable(text: str) -> str:
    """A line that a stored text cannot turn into a control sequence of the terminal."""
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)
