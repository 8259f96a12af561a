"""The terminal while the app has it: a first frame before anything is loaded, and in the end everything as it was."""

from __future__ import annotations

import os
import select
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TYPE_CHECKING = False  # typing takes longer to load than the first frame to show
if TYPE_CHECKING:
    from types import FrameType
    from typing import Any, NoReturn, TextIO

_ENTER, _LEAVE = "\x1b[?1049h", "\x1b[?1049l"
# What a program in the alternate screen may have turned on: pasting in brackets, mouse, focus, sizes, the Kitty keys;
# and what it may have turned off: wrapping, the cursor.
_AS_BEFORE = (
    "\x1b[?2004l\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l\x1b[?2048l\x1b[<u"
    f"\x1b[?7h\x1b[0m{_LEAVE}\x1b[?25h"
)
_WAIT_SECONDS = 1.0
# A signal that was lost is raised again after so long.
_AGAIN_SECONDS = 0.2
# Signals that end a program; Windows has not all of them.
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class Terminal:
    """The stream that the app writes to. It knows what has to be undone, and that a terminal may go away.

    Textual writes from a thread that ends at the first error, and then waits for that thread for ever; so nothing is
    raised here, and what is written to a terminal that has gone is dropped.
    """

    encoding, errors = "utf-8", "replace"

    def __init__(self, number: int) -> None:
        self._number = number
        self.has_gone = False
        self._is_entered = False

    def write(self, text: str) -> int:
        """Write it all, waiting for a slow terminal."""
        if _ENTER in text:
            self._is_entered = True
        if _LEAVE in text:
            self._is_entered = False
        left = memoryview(text.encode(self.encoding, self.errors))
        while left and not self.has_gone:
            try:
                left = left[os.write(self._number, left) :]
            except BlockingIOError:
                select.select([], [self._number], [], _WAIT_SECONDS)
            except OSError:
                self.has_gone = True
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""

    def fileno(self) -> int:
        return self._number

    def isatty(self) -> bool:
        return not self.has_gone

    def show_first_frame(self, name: str) -> None:
        """The name of the program in the middle of an empty screen; the app paints over it."""
        width, height = os.get_terminal_size(self._number)
        row, column = height // 2, max((width - len(name)) // 2, 0) + 1
        self.write(f"{_ENTER}\x1b[?25l\x1b[2J\x1b[{row};{column}H\x1b[1m{name[:width]}\x1b[0m")

    def restore(self) -> None:
        """Leave the alternate screen, where the app has not done so itself."""
        if self._is_entered:
            self.write(_AS_BEFORE)


def is_terminal() -> bool:
    """Whether a person sits in front: keys come from a terminal, and both outputs go to one."""
    return all(map(is_watched, (sys.stdin, sys.stdout, sys.stderr)))


def is_watched(stream: TextIO | None) -> bool:
    """Whether a person sits at the other end; a stream that was closed before the program began is None."""
    return stream is not None and stream.isatty()


@contextmanager
def taken_terminal(name: str) -> Iterator[None]:
    """The terminal, with a first frame, for the app; given back in every case, also where a signal ends it."""
    if os.name == "nt":  # Textual alone knows how to speak to a Windows console.
        yield
        return
    import termios

    terminal = Terminal(sys.stderr.fileno())
    keys = sys.stdin.fileno()
    attributes = termios.tcgetattr(keys)
    before = sys.__stderr__, {number: signal.signal(number, _end) for number in _ENDING}
    stream: Any = terminal
    sys.__stderr__ = stream  # type: ignore[misc]  # this is what Textual takes
    # Where a shell exports the size that it had, nobody would see it change.
    for variable in ("COLUMNS", "LINES"):
        os.environ.pop(variable, None)
    try:
        terminal.show_first_frame(name)
        yield
    finally:
        sys.__stderr__, handlers = before  # type: ignore[misc]
        signal.setitimer(signal.ITIMER_REAL, 0)
        for number in handlers:
            signal.signal(number, signal.SIG_IGN)  # not now
        terminal.restore()
        with suppress(termios.error):  # it may have gone
            termios.tcsetattr(keys, termios.TCSADRAIN, attributes)
        for number, handler in handlers.items():
            signal.signal(number, handler)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End the program at once, and again where that was not heard.

    What a signal raises is lost where it comes while Python collects what is used no more, as it does while it imports.
    """

    def again(_number: int, _frame: FrameType | None) -> NoReturn:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGALRM, again)
    signal.setitimer(signal.ITIMER_REAL, _AGAIN_SECONDS, _AGAIN_SECONDS)
    raise SystemExit(128 + number)
