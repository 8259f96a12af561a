"""Importing video snapshots, beside the least that the database itself can do with the same file."""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections import defaultdict
from pathlib import Path

from benchmarks.figures import Asked, cost, flatness, memory, speed
from benchmarks.measuring import Cost, Runs
from benchmarks.postgresql_server import BenchmarkServer, open_server
from benchmarks.sections import Section
from benchmarks.setting import Counts, Setting, sqlite_url
from benchmarks.snapshot_data import bad_rows
from benchmarks.sqlite_limit import find_shell, run_limit, shell_version

_QUICK_ENOUGH = Asked(0.75, at_least=True)
_ABOUT = (
    "{snapshots:,} snapshots of {videos:,} videos that are there: into an empty table, the same file again, the file"
    " with 1 % of the rows changed, with 1 % of them bad (`--on-error skip`), and as a dry run. The limit checks"
    " nothing and keeps no history; we check every cell, count exactly and find doubles."
)


class _Place(ABC):
    """Where it is imported to: makes databases like one that holds the videos, and has a limit to compare with."""

    name: str
    limit: str | None
    bound: int

    @abstractmethod
    def fill_base(self, setting: Setting, parents: Path) -> None:
        """Import the videos once."""

    @abstractmethod
    def new(self) -> str:
        """The name of a new database that holds the videos."""

    @abstractmethod
    def drop(self, name: str) -> None: ...

    @abstractmethod
    def run_ours(self, setting: Setting, name: str, path: Path, *options: str, expected: Counts) -> Cost: ...

    @abstractmethod
    def run_limit(self, setting: Setting, name: str, path: Path, *, merged: int) -> Cost: ...

    def settle(self, name: str) -> None:  # noqa: B027  # a file is as it is
        """Let background work be done before something is measured."""


class _Sqlite(_Place):
    name = "SQLite"
    bound = 200

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shell = find_shell()
        self._made = 0
        self.limit = None if self._shell is None else f"sqlite3 shell {shell_version(self._shell)}, `.import` and merge"

    def fill_base(self, setting: Setting, parents: Path) -> None:
        setting.run_import(sqlite_url(self._file("base")), parents, expected={"errors": 0})

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.db"

    def new(self) -> str:
        self._made += 1
        name = f"copy-{self._made}"
        shutil.copyfile(self._file("base"), self._file(name))
        return name

    def drop(self, name: str) -> None:
        for ending in ("", "-wal", "-shm"):
            Path(f"{self._file(name)}{ending}").unlink(missing_ok=True)

    def run_ours(self, setting: Setting, name: str, path: Path, *options: str, expected: Counts) -> Cost:
        return setting.run_import(sqlite_url(self._file(name)), path, *options, expected=expected)

    def run_limit(self, setting: Setting, name: str, path: Path, *, merged: int) -> Cost:
        assert self._shell is not None
        return run_limit(self._shell, self._file(name), path / "video_snapshots.csv", setting.folder, merged=merged)


class _Postgresql(_Place):
    name = "PostgreSQL"
    bound = 120

    def __init__(self, server: BenchmarkServer) -> None:
        self._server = server
        self._base = ""
        self.limit = f"PostgreSQL {server.version}, COPY and merge"

    def fill_base(self, setting: Setting, parents: Path) -> None:
        self._base = self._server.new_database()
        setting.run_import(self._server.url_of(self._base), parents, expected={"errors": 0})
        self._server.settle(self._base)

    def new(self) -> str:
        return self._server.new_database(self._base)

    def drop(self, name: str) -> None:
        self._server.drop(name)

    def settle(self, name: str) -> None:
        self._server.settle(name)

    def run_ours(self, setting: Setting, name: str, path: Path, *options: str, expected: Counts) -> Cost:
        return setting.run_import(
            self._server.url_of(name), path, *options, server=self._server.clock, expected=expected
        )

    def run_limit(self, setting: Setting, name: str, path: Path, *, merged: int) -> Cost:
        arguments = (self._server.url_of(name), path / "video_snapshots.csv", str(merged))
        return setting.run_module("benchmarks.postgresql_limit", *arguments, server=self._server.clock)


def run(setting: Setting) -> Section:
    """Measure all of it, on SQLite and on PostgreSQL."""
    sizes = setting.sizes
    section = Section("Import: video snapshots", _ABOUT.format(snapshots=sizes.snapshots, videos=sizes.videos))
    folder = setting.make_folder("snapshots")
    _write(setting, "parents", folder / "parents", sizes.videos)
    for edit in ("as_is", "changed", "bad"):
        _write(setting, edit, folder / edit, sizes.videos, sizes.snapshots)
    _measure_place(setting, _Sqlite(folder), folder, section)
    with open_server() as server:
        if isinstance(server, str):
            section.left_out.append(f"PostgreSQL: {server}")
        else:
            _measure_place(setting, _Postgresql(server), folder, section)
    shutil.rmtree(folder)
    return section


def _write(setting: Setting, what: str, folder: Path, *counts: int) -> None:
    setting.run_module("benchmarks.snapshot_data", what, folder, *map(str, counts))


def _measure_place(setting: Setting, place: _Place, folder: Path, section: Section) -> None:
    place.fill_base(setting, folder / "parents")
    ours: defaultdict[str, Runs] = defaultdict(Runs)
    limit: defaultdict[str, Runs] = defaultdict(Runs)
    for number in range(1, setting.sizes.rounds + 1):
        setting.say(f"snapshots on {place.name}, round {number} of {setting.sizes.rounds}")
        _measure_round(setting, place, folder, ours, limit)
    name = place.name
    if place.limit is None:
        section.left_out.append(f"the limit of {name}: there is no sqlite3 shell here.")
    else:
        section.figures += [
            speed(f"{name}, first", place.limit, ours["first"], limit["first"], _QUICK_ENOUGH),
            speed(f"{name}, again", place.limit, ours["again"], limit["again"], _QUICK_ENOUGH),
            speed(f"{name}, 1 % changed", place.limit, ours["changed"], limit["changed"]),
        ]
    section.figures += [
        cost(f"{name}, dry run", "first", ours["dry"], ours["first"], Asked(1)),
        cost(f"{name}, 1 % bad, skip", "first", ours["bad"], ours["first"], Asked(1.25)),
        memory(f"{name}, peak memory, first", ours["first"], place.bound),
        memory(f"{name}, peak memory, again", ours["again"], place.bound),
    ]
    _measure_growth(setting, place, folder, section)


def _measure_round(
    setting: Setting, place: _Place, folder: Path, ours: defaultdict[str, Runs], limit: defaultdict[str, Runs]
) -> None:
    snapshots = setting.sizes.snapshots
    few = bad_rows(snapshots)
    own, theirs, dry, bad = place.new(), place.new(), place.new(), place.new()
    wanted = (
        ("first", "as_is", {"created": snapshots}, snapshots),
        ("again", "as_is", {"unchanged": snapshots}, 0),
        ("changed", "changed", {"updated": few, "unchanged": snapshots - few}, few),
    )
    for what, file, expected, merged in wanted:
        ours[what].add(place.run_ours(setting, own, folder / file, expected=expected))
        if place.limit is not None:
            limit[what].add(place.run_limit(setting, theirs, folder / file, merged=merged))
        if what == "first":
            # In the same state as they begin, as near to the run they are compared with as can be.
            ours["dry"].add(place.run_ours(setting, dry, folder / file, "--dry-run", expected=expected))
            counts = {"created": snapshots - few, "errors": few}
            ours["bad"].add(place.run_ours(setting, bad, folder / "bad", "--on-error", "skip", expected=counts))
            place.settle(own)
            place.settle(theirs)
    for database in (own, theirs, dry, bad):
        place.drop(database)


def _measure_growth(setting: Setting, place: _Place, folder: Path, section: Section) -> None:
    """Memory and seconds a row of more snapshots, beside those of as many as before, measured again in turn."""
    sizes = setting.sizes
    runs: defaultdict[int, Runs] = defaultdict(Runs)
    larger = [count for count in (sizes.more_snapshots, sizes.most_snapshots) if count]
    if not larger:
        section.left_out.append(f"{place.name}, memory and seconds a row of more snapshots: only with `--full`.")
        return
    paths = {sizes.snapshots: folder / "as_is"} | {count: folder / f"rows-{count}" for count in larger}
    for count in larger:
        if not paths[count].exists():
            _write(setting, "as_is", paths[count], sizes.videos, count)
    for number in range(1, sizes.rounds + 1):
        for count, path in paths.items():
            setting.say(f"{count:,} snapshots on {place.name}, round {number} of {sizes.rounds}")
            name = place.new()
            runs[count].add(place.run_ours(setting, name, path, expected={"created": count}))
            place.drop(name)
    small = runs[sizes.snapshots]
    against = f"{sizes.snapshots:,} rows"
    more, most = sizes.more_snapshots, sizes.most_snapshots
    if more:
        section.figures.append(
            flatness(f"{place.name}, peak memory, {more:,} rows", against, runs[more], small, Asked(1.1))
        )
    if most:
        section.figures += [
            flatness(f"{place.name}, peak memory, {most:,} rows", against, runs[most], small, Asked(1.1)),
            cost(
                f"{place.name}, seconds a row, {most:,} rows", against, runs[most], small, Asked(1.5),
                times=most / sizes.snapshots,
            ),
        ]  # fmt: skip
