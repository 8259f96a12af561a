"""Reading and writing workbooks, beside what the libraries alone take."""

from __future__ import annotations

import shutil

from benchmarks.figures import Asked, cost
from benchmarks.measuring import Runs
from benchmarks.sections import Section
from benchmarks.setting import Setting, sqlite_url

_ABOUT = (
    "{rows:,} creators with 10 columns. What is compared are whole processes, with their start. An import is into an"
    " empty database."
)
_MODULE = "benchmarks.workbook_data"


def run(setting: Setting) -> Section:
    """Measure an import and an export."""
    rows = setting.sizes.workbook
    section = Section("Workbooks", _ABOUT.format(rows=rows))
    folder = setting.make_folder("workbooks")
    given, table = folder / "creators.xlsx", folder / "creators.csv"
    setting.run_module(_MODULE, "write", given, str(rows))
    setting.run_module(_MODULE, "csv", table, str(rows))
    base = folder / "base.db"
    setting.run("--database", sqlite_url(base), "migrate")
    imported, limit, exported, library = Runs(), Runs(), Runs(), Runs()
    for number in range(1, setting.sizes.rounds + 1):
        setting.say(f"workbooks, round {number} of {setting.sizes.rounds}")
        stored, other = folder / f"workbook-{number}.db", folder / f"csv-{number}.db"
        for file in (stored, other):
            shutil.copyfile(base, file)
        imported.add(setting.run_import(sqlite_url(stored), given, expected={"created": rows}))
        bare = setting.run_module(_MODULE, "read", given, str(rows))
        limit.add(bare + setting.run_import(sqlite_url(other), table, expected={"created": rows}))
        written = folder / "exported" / "creators.xlsx"
        exported.add(setting.run("--database", sqlite_url(stored), "export", written, "--kind", "creators"))
        library.add(setting.run_module(_MODULE, "write", folder / "library.xlsx", str(rows)))
    section.figures += [
        cost("import of a workbook", "calamine alone, and an import of the rows as CSV", imported, limit, Asked(1.3)),
        cost("export to a workbook", "openpyxl alone, write-only, unformatted", exported, library, Asked(1.2)),
    ]
    shutil.rmtree(folder)
    return section
