"""The dashboard over many snapshots, beside itself over few."""

from __future__ import annotations

import json
import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.figures import lateness
from benchmarks.measuring import said_by_last
from benchmarks.sections import Section
from benchmarks.setting import Setting, sqlite_url

_ABOUT = (
    "{many:,} snapshots, beside {few:,}, of the same {videos:,} videos in the last hundred days, over the demo data."
    " What is timed is all that the dashboard asks of SQLite for the thirty days with which it opens. What a day"
    " brought in views is worked out when it is first asked for, and kept until an import or an edit touches it."
)
_READINGS = 6
# Snapshots a video where there are few.
_FEW = 10


def run(setting: Setting) -> Section:
    """Measure it."""
    sizes = setting.sizes
    section = Section(
        "The dashboard",
        _ABOUT.format(many=sizes.dashboard, few=sizes.fewer_on_dashboard, videos=sizes.fewer_on_dashboard // _FEW),
    )
    folder = setting.make_folder("dashboard")
    databases = [_make_database(setting, folder, size) for size in (sizes.dashboard, sizes.fewer_on_dashboard)]
    taken: list[list[list[float]]] = [[], []]
    for number in range(1, sizes.rounds + 1):
        setting.say(f"dashboard, round {number} of {sizes.rounds}")
        for place, database in enumerate(databases):
            taken[place].append(_read(setting, database))
    first, counted, again = zip(*(_medians(rounds) for rounds in taken), strict=True)
    itself = f"itself with {sizes.fewer_on_dashboard:,} snapshots"
    section.figures += [
        lateness("read", itself, *again, 1.5),
        lateness("read", "300 ms", again[0], 0.3, 1),
        lateness("read for the first time", "300 ms", first[0], 0.3, 1),
        lateness("its days counted in the background", itself, *counted, None),
    ]
    return section


def _medians(rounds: Sequence[Sequence[float]]) -> tuple[float, float, float]:
    """Of the first reading, the counting of its days, and the readings after that."""
    first, counted = (statistics.median(taken[place] for taken in rounds) for place in (0, 1))
    return first, counted, statistics.median(seconds for taken in rounds for seconds in taken[2:])


def _make_database(setting: Setting, folder: Path, snapshots: int) -> Path:
    file = folder / f"snapshots-{snapshots}.db"
    setting.say(f"dashboard: {snapshots:,} snapshots")
    setting.run("--database", sqlite_url(file), "seed")
    videos = setting.sizes.fewer_on_dashboard // _FEW
    setting.run_module("benchmarks.dashboard_data", file, str(videos), str(snapshots // videos))
    return file


def _read(setting: Setting, database: Path) -> list[float]:
    setting.run_module("benchmarks.dashboard_reads", database, str(_READINGS))
    taken: list[float] = json.loads(said_by_last(setting.folder))
    return taken
