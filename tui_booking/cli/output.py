"""Standard output, where it may be closed, full, or read by a program that goes away."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tui_booking.errors import BookingCenterError

TYPE_CHECKING = False  # typing takes longer to load than the first frame to show
if TYPE_CHECKING:
    from typing import Any, TextIO


class OutputFailed(BookingCenterError):
    """What was to be printed cannot be: the disk that it goes to is full, for example."""


class _Output:
    """A stream whose errors say that it is standard output that failed, and not what is being worked on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        written: int = self._try(lambda: self._stream.write(text))
        return written

    def flush(self) -> None:
        self._try(self._stream.flush)

    @staticmethod
    def _try(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise OutputFailed(f"cannot write to standard output: {error.strerror or error}.") from error


@contextmanager
def explained_output() -> Iterator[None]:
    """Standard output with OutputFailed for what goes wrong with it, to the last line; one that is closed is left."""
    stream = sys.stdout
    if stream is None:
        yield
        return
    output: Any = _Output(stream)
    sys.stdout = output
    try:
        try:
            yield
        finally:
            # Here and not at exit, where a reader that has gone away could not be dealt with.
            output.flush()
    except (BrokenPipeError, OutputFailed):
        # What is still in the buffer must go somewhere, or Python complains when it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
        raise
    finally:
        sys.stdout = stream
