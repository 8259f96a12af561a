"""What a process costs: seconds that pass, seconds of CPU, and its memory at the peak."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

MEGABYTE = 1_000_000
# getrusage() counts in bytes on macOS and in 1,024 of them elsewhere.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024
_LAST_WORDS = 2_000
_LONGEST_END = 5.0
_BETWEEN_LOOKS = 0.005
_LOG = "last_run.log"


class BenchmarkFailed(Exception):
    """Something that was to be measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took; `peak` is in bytes, and 0 where several runs were added."""

    wall: float
    cpu: float
    peak: int

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.wall + other.wall, self.cpu + other.cpu, 0)


@dataclass(slots=True)
class Runs:
    """The runs of one side."""

    costs: list[Cost] = field(default_factory=list)

    def add(self, cost: Cost) -> None:
        self.costs.append(cost)

    @property
    def wall(self) -> float:
        return statistics.median(cost.wall for cost in self.costs)

    @property
    def cpu(self) -> float:
        return statistics.median(cost.cpu for cost in self.costs)

    @property
    def peak(self) -> int:
        return max(cost.peak for cost in self.costs)


class ServerClock:
    """CPU seconds of a PostgreSQL server with all its processes; it says nothing where the system does not tell."""

    def __init__(self, postmaster: int | None) -> None:
        self._postmaster = postmaster

    @property
    def works(self) -> bool:
        return self._postmaster is not None and Path(f"/proc/{self._postmaster}/stat").exists()

    def read(self) -> float:
        """Seconds of the server's main process, of what it started, and of the sessions that have ended."""
        if self._postmaster is None or not self.works:
            return 0.0
        ends = time.monotonic() + _LONGEST_END
        # A session that was closed still takes down its temporary tables: that belongs to what was measured.
        while any(map(_is_session, children := self._children())) and time.monotonic() < ends:
            time.sleep(_BETWEEN_LOOKS)
        ended = sum(_times(self._postmaster)[:4])
        return (ended + sum(sum(_times(child)[:2]) for child in children)) / os.sysconf("SC_CLK_TCK")

    def _children(self) -> list[int]:
        listed = Path(f"/proc/{self._postmaster}/task/{self._postmaster}/children").read_text(encoding="ascii")
        return [int(child) for child in listed.split()]


def _is_session(process: int) -> bool:
    try:
        said = Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False
    return b"[local]" in said or b"127.0.0.1(" in said


def _times(process: int) -> list[int]:
    """Ticks in the program and in the system, and those of the children that ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    # A process's name stands in brackets and may hold anything; after it come the numbers.
    return [int(number) for number in stat.rpartition(")")[2].split()[11:15]]


def measure(
    command: Sequence[str | Path],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    work_in: Path | None = None,
    read_from: Path | None = None,
    allowed: Sequence[int] = (0,),
    server: ServerClock | None = None,
) -> Cost:
    """Run a command and return what it cost, its children included; raises BenchmarkFailed where it failed."""
    before = server.read() if server is not None else 0.0
    log = folder / _LOG
    with log.open("wb") as output, open(read_from or os.devnull, "rb") as given:  # noqa: PTH123  # os.devnull
        began = time.perf_counter()
        process = subprocess.Popen(
            list(map(str, command)),
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=dict(environment) if environment is not None else None,
            cwd=work_in,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in allowed:
        said = log.read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
        raise BenchmarkFailed(f"{' '.join(map(str, command))} ended with {process.returncode}:\n{said}")
    cpu = usage.ru_utime + usage.ru_stime
    if server is not None:
        cpu += server.read() - before
    return Cost(wall, cpu, usage.ru_maxrss * _PEAK_UNIT)


def said_by_last(folder: Path) -> str:
    """What the last measured command wrote."""
    return (folder / _LOG).read_text(encoding="utf-8", errors="replace")
