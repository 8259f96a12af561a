"""The log file, which turns over, and crash files; neither ever holds a password."""

from __future__ import annotations

import logging
import os
import platform
import re
import sys
import time
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from tui_booking import __version__
from tui_booking.paths import log_file, logs_folder

LOG_BYTES = 1_000_000
LOGS_KEPT = 5
CRASHES_KEPT = 20

_URL_PASSWORD = re.compile(r"://([^\s:/]*):[^\s'\"]*@")
_NAMED_PASSWORD = re.compile(r"(password\s*=\s*)('[^']*'|[^\s&'\"]+)", re.IGNORECASE)


def hide_passwords(text: str) -> str:
    """The text with the password of each URL or connection string in it replaced by `***`."""
    return _NAMED_PASSWORD.sub(r"\1***", _URL_PASSWORD.sub(r"://\1:***@", text))


class _Formatter(logging.Formatter):
    """Lines in UTC, and without passwords, tracebacks included."""

    converter = staticmethod(time.gmtime)

    def format(self, record: logging.LogRecord) -> str:
        return hide_passwords(super().format(record))


def start_logging(folder: Path | None = None) -> Path | None:
    """Log into a file from now on and return its path; None where it cannot be written, which stops nobody."""
    file = folder / log_file().name if folder else log_file()
    root = logging.getLogger("tui_booking")
    for old in list(root.handlers):
        root.removeHandler(old)
        old.close()
    # What is logged must never come up on the screen, which a terminal app has to itself.
    root.propagate = False
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(file, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")
    except OSError:
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(_Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return file


def write_crash(error: BaseException, folder: Path | None = None) -> Path | None:
    """Write what is known of an unexpected error into a file of its own; return its path, None if it cannot be."""
    now = datetime.now(UTC)
    file = (folder or logs_folder()) / f"crash-{now:%Y%m%d-%H%M%S}-{os.getpid()}.txt"
    about = f"tui-booking {__version__}, Python {platform.python_version()}, {platform.platform()}, {now:%Y-%m-%d %XZ}"
    arguments = f"Arguments: {sys.argv[1:]}"
    trace = "".join(traceback.format_exception(error))
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(hide_passwords(f"{about}\n{arguments}\n\n{trace}"), encoding="utf-8", errors="backslashreplace")
        for old in sorted(file.parent.glob("crash-*.txt"))[:-CRASHES_KEPT]:
            old.unlink()
    except OSError:
        return file if file.exists() else None
    return file
