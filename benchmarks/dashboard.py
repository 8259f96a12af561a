"""The dashboard over many snapshots, beside itself over few."""

from __future__ import annotations

import json
import statistics
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
    first: list[list[float]] = [[], []]
    again: list[list[float]] = [[], []]
    for number in range(1, sizes.rounds + 1):
        setting.say(f"dashboard, round {number} of {sizes.rounds}")
        for place, database in enumerate(databases):
            taken = _read(setting, database)
            if number == 1:
                first[place].append(taken[0])
            again[place] += taken[1:]
    many, few = map(statistics.median, again)
    itself = f"itself with {sizes.fewer_on_dashboard:,} snapshots"
    section.figures += [
        lateness("read", itself, many, few, 1.5),
        lateness("read", "300 ms", many, 0.3, 1),
        lateness("read for the first time, the days not known yet", itself, first[0][0], first[1][0], None),
    ]
    return section


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
