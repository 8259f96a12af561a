"""A program in a terminal of its own, as a person has it: keys go in, and what stands on the screen can be read."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyte

CHECKOUT = Path(__file__).resolve().parents[2]
LONGEST_WAIT = 60.0
_LEAD = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"


class Terminal:
    """A terminal with a program in it. `waits_for` reads until the screen shows something; nothing sleeps."""

    def __init__(self, process: subprocess.Popen[bytes], number: int, width: int, height: int) -> None:
        self.process = process
        self.written = b""
        self._number = number
        self._screen = pyte.Screen(width, height)
        self._stream = pyte.ByteStream(self._screen)
        self.modes_before = termios.tcgetattr(number)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def is_restored(self) -> bool:
        """Whether the alternate screen, the mouse, pasting and the hidden cursor are as they were."""
        pairs = (
            (b"\x1b[?1049h", b"\x1b[?1049l"),
            (b"\x1b[?1003h", b"\x1b[?1003l"),
            (b"\x1b[?2004h", b"\x1b[?2004l"),
            (b"\x1b[?25l", b"\x1b[?25h"),
        )
        return all(self.written.rfind(on) <= self.written.rfind(off) for on, off in pairs)

    @property
    def modes(self) -> Any:
        """How keys are read: echo, whole lines, signals."""
        return termios.tcgetattr(self._number)

    def press(self, keys: str) -> None:
        os.write(self._number, keys.encode())

    def resize(self, width: int, height: int) -> None:
        self._screen.resize(height, width)
        _set_size(self._number, width, height)
        self.process.send_signal(signal.SIGWINCH)

    def waits_for(self, *words: str) -> None:
        """Read until all of these words stand on the screen."""
        self.waits_until(lambda: all(word in self.text for word in words), str(words))

    def waits_until(self, holds: Callable[[], bool], what: str) -> None:
        """Read until something holds of the screen."""
        until = time.monotonic() + LONGEST_WAIT
        while not holds():
            if not self._read(until):
                raise AssertionError(f"{what} never came; the screen is\n{self.text}")

    def reads_on(self) -> None:
        """Read what comes within a moment."""
        self._read(time.monotonic() + 0.05)

    def ends(self) -> int:
        """Read until the program has ended; its exit status as a shell has it."""
        until = time.monotonic() + LONGEST_WAIT
        while self._read(until):
            pass
        status = self.process.wait(max(until - time.monotonic(), 0.1))
        return 128 - status if status < 0 else status

    def close(self) -> None:
        """Close the terminal, as somebody closes its window."""
        os.close(self._number)
        self._number = -1

    def _read(self, until: float) -> bool:
        """Read what has come; False where nothing more will, or not in time."""
        left = until - time.monotonic()
        if left <= 0 or not select.select([self._number], [], [], left)[0]:
            return False
        try:
            data = os.read(self._number, 65536)
        except OSError:  # the program has ended, and with it the last one that had the terminal open
            return False
        self.written += data
        self._stream.feed(data)
        return bool(data)


@contextmanager
def terminal_with(
    command: Sequence[str | Path], *, size: tuple[int, int] = (80, 24), is_leader: bool = True, **environment: str
) -> Iterator[Terminal]:
    """Run a command in a new terminal; it is ended with the block. A leader gets a signal when the terminal closes."""
    outside, inside = pty.openpty()
    _set_size(outside, *size)

    process = subprocess.Popen(
        [sys.executable, "-S", "-c", _LEAD, *command] if is_leader else command,
        stdin=inside,
        stdout=inside,
        stderr=inside,
        env=_environment() | environment,
        start_new_session=True,
    )
    os.close(inside)
    terminal = Terminal(process, outside, *size)
    try:
        yield terminal
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        if terminal._number >= 0:
            terminal.close()


def program(*arguments: str) -> list[str]:
    """The command line of the program in this checkout."""
    return [sys.executable, "-m", "tui_booking", *arguments]


def _environment() -> dict[str, str]:
    left = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "TEXTUAL"))}
    return left | {
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(CHECKOUT),
        "PYTHONUTF8": "1",
        # As a shell that exports the size that it had, which must not be believed for ever.
        "COLUMNS": "80",
        "LINES": "24",
    }


def _set_size(number: int, width: int, height: int) -> None:
    fcntl.ioctl(number, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
