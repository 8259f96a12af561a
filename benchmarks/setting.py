"""What all benchmarks share: where they work, how large they are, and how the program is run."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.measuring import BenchmarkFailed, Cost, ServerClock, measure

# The counts of a report, by their names there.
Counts = Mapping[str, int]

CHECKOUT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows of what."""

    rounds: int
    videos: int
    snapshots: int
    more_snapshots: int
    most_snapshots: int
    folder: int
    middle_rival: int
    slow_rival: int
    workbook: int
    starts: int
    screen: int
    fewer_on_screen: int
    screen_rounds: int
    dashboard: int
    fewer_on_dashboard: int
    link: int

    @property
    def is_full(self) -> bool:
        return self == FULL


QUICK = Sizes(
    rounds=5,
    videos=10_000,
    snapshots=100_000,
    more_snapshots=0,
    most_snapshots=0,
    folder=4_000,
    middle_rival=1_000,
    slow_rival=200,
    workbook=10_000,
    starts=7,
    screen=100_000,
    fewer_on_screen=10_000,
    screen_rounds=3,
    dashboard=200_000,
    fewer_on_dashboard=20_000,
    link=20_000,
)
FULL = Sizes(
    rounds=3,
    videos=100_000,
    snapshots=1_000_000,
    more_snapshots=3_000_000,
    most_snapshots=10_000_000,
    folder=100_000,
    middle_rival=10_000,
    slow_rival=1_000,
    workbook=100_000,
    starts=15,
    screen=1_000_000,
    fewer_on_screen=100_000,
    screen_rounds=5,
    dashboard=10_000_000,
    fewer_on_dashboard=100_000,
    link=100_000,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One run of the benchmarks."""

    folder: Path
    sizes: Sizes
    environments: Path

    def say(self, what: str) -> None:
        """Tell whoever waits what is under way."""
        print(what, file=sys.stderr, flush=True)

    def make_folder(self, name: str) -> Path:
        folder = self.folder / name
        folder.mkdir(parents=True)
        return folder

    @property
    def environment(self) -> dict[str, str]:
        """For the program: settings, logs and data of its own, and none of whoever runs the benchmarks."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("TUI_BOOKING_", "PG"))}
        return inherited | {"TUI_BOOKING_HOME": str(self.folder / "home"), "PYTHONHASHSEED": "0"}

    def run(self, *arguments: str | Path, server: ServerClock | None = None, allowed: tuple[int, ...] = (0,)) -> Cost:
        """The cost of a command of the program."""
        command = [sys.executable, "-m", "tui_booking", *arguments]
        return measure(
            command, self.folder, environment=self.environment, work_in=CHECKOUT, server=server, allowed=allowed
        )

    def run_module(self, module: str, *arguments: str | Path, server: ServerClock | None = None) -> Cost:
        """The cost of a module of the benchmarks, in a process of its own."""
        command = [sys.executable, "-m", module, *arguments]
        return measure(command, self.folder, environment=self.environment, work_in=CHECKOUT, server=server)

    def run_import(
        self, url: str, path: Path, *options: str, server: ServerClock | None = None, expected: Counts
    ) -> Cost:
        """The cost of an import; raises BenchmarkFailed where its counts are not those expected."""
        report = self.folder / "report.json"
        report.unlink(missing_ok=True)
        command: list[str | Path] = ["--database", url, "import", "--path", path, "--report", report, *options]
        spent = self.run(*command, server=server, allowed=(0, 1))
        totals: Mapping[str, Any] = json.loads(report.read_text(encoding="utf-8"))["totals"]
        if any(totals[name] != count for name, count in expected.items()):
            raise BenchmarkFailed(f"Importing {path.name} should have made {expected}, and made {totals}.")
        return spent


def sqlite_url(file: Path) -> str:
    """The URL of a database file."""
    return f"sqlite:///{file.as_posix()}"
