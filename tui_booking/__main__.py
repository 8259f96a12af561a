"""Runs the program: python -m tui_booking."""

import sys

from tui_booking.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
