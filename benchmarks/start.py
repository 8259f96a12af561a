"""Starting the program, beside starting Python."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.figures import Asked, Figure, cost, shown
from benchmarks.measuring import Cost, Runs, measure
from benchmarks.sections import Section
from benchmarks.setting import CHECKOUT, Setting, sqlite_url

_CPU_SECONDS = 0.6


def run(setting: Setting) -> Section:
    """Measure the start of a command that does nothing, and of an import that has next to nothing to do."""
    section = Section("Start", f"Medians of {setting.sizes.starts} starts. The import is of 3 brands.")
    folder = setting.make_folder("start")
    (folder / "brands.csv").write_text("code,name\nA,Mây Lụa\nB,Bếp Nhà Sóc\nC,Sóc\n", encoding="utf-8")
    plain, help_page, small, fresh = Runs(), Runs(), Runs(), Runs()
    url = sqlite_url(folder / "there.db")
    setting.run("--database", url, "migrate")
    _start_python(setting)
    for turn in range(setting.sizes.starts):
        plain.add(_start_python(setting))
        help_page.add(setting.run("import", "--help"))
        small.add(setting.run_import(url, folder / "brands.csv", expected={"rows": 3}))
        fresh.add(_import_into_new(setting, folder, turn))
    argparse = '`python -c "import argparse"`'
    section.figures += [
        cost("`import --help`", argparse, help_page, plain, Asked(4)),
        cost("an import of 3 rows", argparse, small, plain),
        Figure("an import of 3 rows, CPU in all", "a bound", shown(small), f"CPU {_CPU_SECONDS}",
               small.cpu / _CPU_SECONDS, None, Asked(1)),
        cost("the same into a database that it makes", "an import of 3 rows", fresh, small),
    ]  # fmt: skip
    return section


def _start_python(setting: Setting) -> Cost:
    return measure(
        [sys.executable, "-c", "import argparse"], setting.folder, environment=setting.environment, work_in=CHECKOUT
    )


def _import_into_new(setting: Setting, folder: Path, turn: int) -> Cost:
    return setting.run_import(sqlite_url(folder / f"new-{turn}.db"), folder / "brands.csv", expected={"created": 3})
