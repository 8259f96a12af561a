"""Importing a whole folder, beside programs that people use for it."""

from __future__ import annotations

import shutil
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environments import make_environment
from benchmarks.figures import Asked, rows_a_second
from benchmarks.folder_data import count_rows
from benchmarks.measuring import BenchmarkFailed, Cost, Runs, measure, said_by_last
from benchmarks.sections import Section
from benchmarks.setting import CHECKOUT, Setting, sqlite_url

_ABOUT = (
    "{rows:,} rows on SQLite: {size:,} creators, channels, bookings and videos, 3 × as many conversions, half as many"
    " payments, and what they hang on; into an empty database, and the same again. A rival that could not finish so"
    " many rows in reasonable time gets fewer of the same kind, enough that its start is a small part of it at the full"
    " sizes; its database is then smaller by as much, which is to its advantage. All rivals get the"
    " keys and read the same files; only django-import-export knows of references."
)


@dataclass(frozen=True, slots=True)
class _Rival:
    """A program, what is to be installed for it, which module runs it, and how many times its rows a second is asked.

    `size` names the field of the sizes that says how much it gets.
    """

    name: str
    requirements: tuple[str, ...]
    module: str
    size: str
    asked: Asked | None
    upserts: bool = True
    options: tuple[str, ...] = ()


_DJANGO = ("django==5.2.19", "django-import-export==4.4.3", "tablib==3.10.0")
_RIVALS = (
    _Rival(
        "django-import-export 4.4.3, bulk, cached loaders, skipping what is unchanged",
        _DJANGO,
        "django_import_export",
        "slow_rival",
        Asked(100, at_least=True),
    ),
    _Rival(
        "the same, its lookups replaced by code of one's own and no differences shown",
        _DJANGO,
        "django_import_export",
        "middle_rival",
        None,
        options=("by_hand",),
    ),
    _Rival(
        "sqlite-utils 4.2.1 upsert; checks nothing",
        ("sqlite-utils==4.2.1",),
        "sqlite_utils_upsert",
        "middle_rival",
        Asked(5, at_least=True),
    ),
    _Rival(
        "dlt 1.31.0 merge; types only",
        ("dlt[sqlalchemy]==1.31.0", "sqlalchemy==2.1.9"),
        "dlt_merge",
        "middle_rival",
        Asked(5, at_least=True),
    ),
    _Rival(
        "pandas 3.1.1 `to_sql`, append; checks nothing",
        ("pandas==3.1.1",),
        "pandas_append",
        "folder",
        Asked(1, at_least=True),
        upserts=False,
    ),
)


def run(setting: Setting) -> Section:
    """Measure us and all rivals in turn."""
    sizes = setting.sizes
    folder = setting.make_folder("folder")
    rows = sum(count_rows(sizes.folder).values())
    section = Section("Import: a whole folder", _ABOUT.format(rows=rows, size=sizes.folder))
    for size in {sizes.folder, sizes.middle_rival, sizes.slow_rival}:
        setting.run_module("benchmarks.folder_data", _files(folder, size), str(size))
    pythons: dict[_Rival, Path] = {}
    for rival in _RIVALS:
        setting.say(f"an environment for {rival.name}")
        try:
            pythons[rival] = make_environment(setting.environments / rival.module, rival.requirements)
        except BenchmarkFailed as problem:
            section.left_out.append(f"{rival.name}: {problem}")
    runs: defaultdict[_Rival | None, tuple[Runs, Runs]] = defaultdict(lambda: (Runs(), Runs()))
    for number in range(1, sizes.rounds + 1):
        setting.say(f"folder, round {number} of {sizes.rounds}: ours")
        _add(runs[None], _run_ours(setting, folder, rows))
        for rival, python in pythons.items():
            setting.say(f"folder, round {number} of {sizes.rounds}: {rival.name}")
            _add(runs[rival], _run_rival(setting, rival, python, folder))
    for again, when in enumerate(("first", "again")):
        for rival in pythons:
            if again and not rival.upserts:
                continue
            theirs = (runs[rival][again], sum(count_rows(getattr(sizes, rival.size)).values()))
            ours = (runs[None][again], rows)
            section.figures.append(rows_a_second(f"rows a second, {when}", rival.name, ours, theirs, rival.asked))
    shutil.rmtree(folder)
    return section


def _files(folder: Path, size: int) -> Path:
    return folder / f"files-{size}"


def _add(runs: tuple[Runs, Runs], costs: tuple[Cost, Cost]) -> None:
    for some, cost in zip(runs, costs, strict=True):
        some.add(cost)


def _run_ours(setting: Setting, folder: Path, rows: int) -> tuple[Cost, Cost]:
    files, place = _files(folder, setting.sizes.folder), folder / "ours"
    place.mkdir()
    url = sqlite_url(place / "ours.db")
    setting.run("--database", url, "migrate")
    first = setting.run_import(url, files, expected={"created": rows})
    again = setting.run_import(url, files, expected={"unchanged": rows})
    shutil.rmtree(place)
    return first, again


def _run_rival(setting: Setting, rival: _Rival, python: Path, folder: Path) -> tuple[Cost, Cost]:
    size: int = getattr(setting.sizes, rival.size)
    rows = sum(count_rows(size).values())
    place = folder / rival.module
    place.mkdir()
    module, files = f"benchmarks.rivals.{rival.module}", _files(folder, size)
    command: list[str | Path] = [python, "-m", module, place / "rival.db", files, *rival.options]
    costs: list[Cost] = []
    for expected in (rows, rows if rival.upserts else rows * 2):
        costs.append(measure(command, setting.folder, environment=setting.environment, work_in=CHECKOUT))
        if f"stored {expected}" not in (said := said_by_last(setting.folder)):
            raise BenchmarkFailed(f"{rival.name} should have stored {expected} rows: {said}")
    if rival.module == "django_import_export" and f"skipped {rows}" not in said:
        raise BenchmarkFailed(f"{rival.name} should have found {rows} rows unchanged: {said}")
    shutil.rmtree(place)
    return costs[0], costs[1]
