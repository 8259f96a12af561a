"""The screen: from a key to the last byte of the answer, over a list of many rows, beside other programs' tables."""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from benchmarks.environments import make_environment
from benchmarks.figures import Asked, Figure, lateness
from benchmarks.measuring import MEGABYTE, BenchmarkFailed
from benchmarks.pseudo_terminal import HEIGHT, WIDTH, Program
from benchmarks.sections import Section
from benchmarks.setting import CHECKOUT, Setting, sqlite_url

_ABOUT = (
    "{rows:,} creators, beside {few:,}; a terminal of {width}×{height}. Times are from writing a key to the last byte"
    " of the answer, in milliseconds, medians; of a search, until its first row is written, as the count may follow."
    " Each round starts every program anew, in turn."
)
ROWS = "● Active".encode()
_EMPTY_READY = b"ready-to-go"
_FAST_READY = b"tt:kenh."
_HARLEQUIN = ("harlequin==2.17.0",)
_FAST = ("textual-fastdatatable==0.19.5",)
_PRESSES = 15
_PAGES = 200
_HELD, _A_SECOND = 60, 30
_SEARCHED = ("name", "alias", "creator_key", "niche", "location")
_FIRST_SEARCH = "khong co"
_SEARCHES = ("nguyen", "linh", "review 77", "kenh.00123", "zzzz", "thi mai", "an", "hue", "tran duc", "dung 42")


@dataclass
class _Taken:
    """What one sort of program took, by what was done, a value each round."""

    values: dict[str, list[float]] = field(default_factory=dict)

    def add(self, what: str, value: float) -> None:
        self.values.setdefault(what, []).append(value)

    def __getitem__(self, what: str) -> float:
        return statistics.median(self.values[what])

    def __contains__(self, what: str) -> bool:
        return what in self.values


def run(setting: Setting) -> Section:
    """Measure it."""
    sizes = setting.sizes
    about = _ABOUT.format(rows=sizes.screen, few=sizes.fewer_on_screen, width=WIDTH, height=HEIGHT)
    section = Section("The screen", about)
    folder = setting.make_folder("screen")
    databases = {rows: _make_database(setting, folder, rows) for rows in (sizes.screen, sizes.fewer_on_screen)}
    rivals = _rivals(setting, section)
    taken = {name: _Taken() for name in ("ours", "few", "empty", *rivals)}
    for number in range(1, sizes.screen_rounds + 1):
        setting.say(f"screen, round {number} of {sizes.screen_rounds}")
        _measure_empty(setting, taken["empty"])
        _measure_ours(setting, taken["ours"], databases[sizes.screen])
        _measure_ours(setting, taken["few"], databases[sizes.fewer_on_screen])
        for name, python in list(rivals.items()):
            try:
                _RIVALS[name](setting, taken[name], python, databases[sizes.fewer_on_screen])
            except BenchmarkFailed as problem:
                section.left_out.append(f"{name}: {problem}")
                del rivals[name], taken[name]
    section.figures += _figures(taken, sizes.fewer_on_screen)
    return section


def _make_database(setting: Setting, folder: Path, rows: int) -> Path:
    file = folder / f"creators-{rows}.db"
    setting.say(f"screen: {rows:,} creators")
    setting.run("--database", sqlite_url(file), "migrate")
    setting.run_module("benchmarks.screen_data", file, str(rows))
    return file


def _rivals(setting: Setting, section: Section) -> dict[str, Path]:
    found = {}
    for name, requirements in (("harlequin", _HARLEQUIN), ("fast", _FAST)):
        try:
            found[name] = make_environment(setting.environments / name, requirements)
        except BenchmarkFailed as problem:
            section.left_out.append(f"{name}: {problem}")
    return found


@contextmanager
def _program(setting: Setting, *command: str | Path, environment: Mapping[str, str] | None = None) -> Iterator[Program]:
    with Program(command, environment or setting.environment) as program:
        yield program


def _measure_empty(setting: Setting, taken: _Taken) -> None:
    with _program(setting, sys.executable, CHECKOUT / "benchmarks/rivals/empty_textual.py") as program:
        taken.add("ready", program.until(_EMPTY_READY))
        program.settle()
        taken.add("memory", program.memory)


def _measure_ours(setting: Setting, taken: _Taken, database: Path) -> None:
    environment = begin_in_creators(setting)
    with _program(setting, *app_command(sqlite_url(database)), environment=environment) as program:
        taken.add("splash", program.until(b"Booking Center"))
        taken.add("ready", program.until(ROWS))
        program.rest()
        for key in ("down", "pagedown"):
            spent = program.cpu
            for _ in range(_PRESSES):
                taken.add(key, program.press(key))
            taken.add(f"{key} cpu", (program.cpu - spent) / _PRESSES)
        for _ in range(3):
            taken.add("end", program.press("end"))
            taken.add("home", program.press("home"))
        taken.add("held", program.hold("down", _HELD, _A_SECOND))
        for _ in range(_PAGES // 10):
            for _ in range(9):
                program.send("pagedown")
            program.press("pagedown")
        program.settle()
        taken.add("memory", program.memory)
        _measure_searches(program, taken, database)
        for number in range(3):
            for section in ("4", "3"):
                seconds = program.press(section)
                if number:
                    taken.add("section", seconds)


def app_command(url: str) -> tuple[str, ...]:
    """What opens the app."""
    return (sys.executable, "-m", "tui_booking", "--database", url)


def _measure_searches(program: Program, taken: _Taken, database: Path) -> None:
    for number, words in enumerate((_FIRST_SEARCH, *_SEARCHES)):
        program.press("/")
        for letter in words[:-1]:
            program.send(letter)
        program.settle()
        found = _first_found(database, words)
        # Where nothing is found, nothing was before the last letter either, and only the letter is drawn.
        rows, count = program.press_until(words[-1], found) if found else [program.press(words[-1])] * 2
        taken.add("search" if number else "first search", rows)
        if number:
            taken.add("search, counted", count)
        program.press("escape")
        # The first one looks through the list, and has an index made for those that follow.
        program.settle() if number else program.rest()


@cache
def _first_found(database: Path, words: str) -> bytes:
    """What tells the first row of a search from others: its followers, as they are shown; empty where none is found."""
    texts = " || ' ' || ".join(f"COALESCE(r.{name}_folded, '')" for name in _SEARCHED)
    found = " AND ".join(f"instr({texts}, ?)" for _ in words.split())
    with closing(sqlite3.connect(database)) as connection:
        row = connection.execute(
            "SELECT c.follower_count FROM creator r JOIN creator_channel c ON c.creator_id = r.id"
            f" WHERE {found} ORDER BY r.name_folded, r.id LIMIT 1",
            words.split(),
        ).fetchone()
    return f"{row[0]:,}".encode() if row else b""


def begin_in_creators(setting: Setting) -> dict[str, str]:
    """The app opens where one left it: in the creators."""
    home = setting.folder / "home"
    for folder in (home, home / "data"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "screen.json").write_text(json.dumps({"section": "creators"}), encoding="utf-8")
    return {**setting.environment, "TUI_BOOKING_LANGUAGE": "en"}


def _measure_harlequin(setting: Setting, taken: _Taken, python: Path, database: Path) -> None:
    command = (python.with_name("harlequin"), "--adapter", "sqlite", "--locale", "C", database)
    with _program(setting, *command) as program:
        # The name of the database in its catalogue.
        taken.add("ready", program.until(b"main"))


def _measure_fast(setting: Setting, taken: _Taken, python: Path, database: Path) -> None:
    with _program(setting, python, CHECKOUT / "benchmarks/rivals/fast_datatable.py", database) as program:
        taken.add("ready", program.until(_FAST_READY))
        program.settle()
        for key in ("down", "pagedown"):
            for _ in range(_PRESSES):
                taken.add(key, program.press(key))
        taken.add("memory", program.memory)


_RIVALS = {"harlequin": _measure_harlequin, "fast": _measure_fast}


def _figures(taken: Mapping[str, _Taken], few: int) -> Iterator[Figure]:
    ours, small, empty = taken["ours"], taken["few"], taken["empty"]
    yield lateness("first rows of the list", "an empty Textual app, ready", ours["ready"], empty["ready"], 1.25)
    if "harlequin" in taken:
        of = f"harlequin with {few:,} rows"
        yield lateness("first rows of the list", of, ours["ready"], taken["harlequin"]["ready"], 0.4)
    yield lateness("first frame", "an empty Textual app, ready", ours["splash"], empty["ready"], 0.2)
    pages = f"memory after {_PAGES} pages"
    yield _memory(pages, "an empty Textual app", ours["memory"], empty["memory"], 1.8)
    yield _memory(pages, f"itself with {few:,} rows", ours["memory"], small["memory"], 1.05)
    yield lateness("Down within view", "a frame of 16 ms", ours["down"], 0.016, 1)
    yield lateness("PageDown, CPU", "20 ms", ours["pagedown cpu"], 0.020, 1)
    yield lateness("PageDown, CPU", f"itself with {few:,} rows", ours["pagedown cpu"], small["pagedown cpu"], 1.15)
    if "fast" in taken:
        of = f"textual-fastdatatable with {few:,} rows"
        yield lateness("PageDown", of, ours["pagedown"], taken["fast"]["pagedown"], 0.2)
        yield _memory(pages, of, ours["memory"], taken["fast"]["memory"], None)
    for key in ("end", "home"):
        yield lateness(key.capitalize(), "PageDown", ours[key], ours["pagedown"], 1.5)
    yield lateness(f"Down held, {_A_SECOND} a second: drained", "100 ms", ours["held"], 0.1, 1)
    yield lateness("search, key to rows", "75 ms", ours["search"], 0.075, 1)
    worst = statistics.quantiles(ours.values["search"], n=20)[-1]
    yield lateness("search, 95 of 100", "150 ms", worst, 0.15, 1)
    yield lateness("search, key to rows", f"itself with {few:,} rows", ours["search"], small["search"], 1.3)
    yield lateness("search, key to the count", "key to rows", ours["search, counted"], ours["search"], None)
    yield lateness("the first search of a session", "those that follow", ours["first search"], ours["search"], None)
    yield lateness("another section, again", "150 ms", ours["section"], 0.15, 1)


def _memory(what: str, against: str, ours: float, theirs: float, asked: float | None) -> Figure:
    bound = None if asked is None else Asked(asked)
    return Figure(what, against, _megabytes(ours), _megabytes(theirs), ours / theirs, None, bound)


def _megabytes(size: float) -> str:
    return f"{size / MEGABYTE:,.0f} MB"
