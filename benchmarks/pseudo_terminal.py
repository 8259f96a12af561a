"""A program in a pseudo-terminal, and how long it takes from a key to the last byte of its answer."""

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
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.measuring import BenchmarkFailed
from benchmarks.setting import CHECKOUT

WIDTH, HEIGHT = 120, 40
# After so long without another byte an answer is whole; the time of its last byte is what counts.
_QUIET = 0.15
_LONGEST = 60.0
# How often it is looked at whether a program still works, and what it uses in between when it does not.
_LOOK, _IDLE = 1.0, 0.05
_LEAD = "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
KEYS = {
    "down": b"\x1b[B",
    "pagedown": b"\x1b[6~",
    "end": b"\x1b[F",
    "home": b"\x1b[H",
    "escape": b"\x1b",
    "enter": b"\r",
}


class Program:
    """A program that runs in a terminal of 120×40. Times are in seconds."""

    def __init__(self, command: Sequence[str | Path], environment: Mapping[str, str]) -> None:
        self._command = list(map(str, command))
        number, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        self.began = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LEAD, *self._command],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            cwd=CHECKOUT,
            env={**environment, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"},
        )
        os.close(theirs)
        self._number = number
        self._last = b""

    def close(self) -> None:
        """End it, whatever it does."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        os.close(self._number)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def until(self, words: bytes) -> float:
        """Seconds since the start until these bytes are written."""
        written = b""
        while words not in written:
            written = written[-len(words) :] + self._read(_LONGEST, f"{words!r} was never written")
        return time.perf_counter() - self.began

    def settle(self) -> None:
        """Read until nothing comes any more."""
        while select.select([self._number], [], [], 2 * _QUIET)[0]:
            self._read(_QUIET, "nothing")

    def rest(self) -> None:
        """Read until it has nothing more to do either."""
        before = -1.0
        while self.cpu - before > _IDLE:
            before = self.cpu
            self.settle()
            time.sleep(_LOOK)

    def press(self, key: str) -> float:
        """Seconds from a key to the last byte of the answer."""
        pressed = time.perf_counter()
        self.send(key)
        self._read(_LONGEST, f"{key} was not answered")
        return self._answered(pressed)

    def press_until(self, key: str, words: bytes) -> tuple[float, float]:
        """Seconds from a key until these bytes are written, and to the last byte of the answer."""
        pressed = time.perf_counter()
        self.send(key)
        written, never = b"", f"{words!r} was never written after {key}"
        while words not in written:
            written = written[-len(words) :] + self._read(_LONGEST, never)
            if time.perf_counter() - pressed > _LONGEST:
                raise BenchmarkFailed(f"{' '.join(self._command)}: {never}; the last it wrote was {self._last!r}")
        return time.perf_counter() - pressed, self._answered(pressed)

    def _answered(self, pressed: float) -> float:
        last = time.perf_counter()
        while select.select([self._number], [], [], _QUIET)[0]:
            self._read(_QUIET, "nothing")
            last = time.perf_counter()
        return last - pressed

    def send(self, key: str) -> None:
        """Write a key, and wait for nothing."""
        os.write(self._number, KEYS.get(key, key.encode()))

    def hold(self, key: str, times: int, a_second: float) -> float:
        """Seconds from the last of many keys until the last byte of what they brought about."""
        due = time.perf_counter()
        for _ in range(times):
            self.send(key)
            due += 1 / a_second
            while (left := due - time.perf_counter()) > 0:
                if select.select([self._number], [], [], left)[0]:
                    self._read(left, "nothing")
        return self._answered(time.perf_counter())

    @property
    def cpu(self) -> float:
        """Seconds of CPU that it has used by now."""
        spent = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> int:
        """Bytes of memory that it holds now."""
        for line in Path(f"/proc/{self._process.pid}/status").read_text(encoding="utf-8").splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise BenchmarkFailed("The system does not say how much memory a program holds.")

    def _read(self, longest: float, otherwise: str) -> bytes:
        if not select.select([self._number], [], [], longest)[0]:
            raise BenchmarkFailed(f"{' '.join(self._command)}: {otherwise}; the last it wrote was {self._last!r}")
        try:
            written = os.read(self._number, 1 << 16)
        except OSError:
            written = b""
        if not written:
            raise BenchmarkFailed(f"{' '.join(self._command)} ended; the last it wrote was {self._last!r}")
        self._last = (self._last + written)[-2000:]
        return written
