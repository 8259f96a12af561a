"""Creators as a workbook and as CSV, and what the libraries alone do with them; run as a module."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from benchmarks.folder_data import creator_rows
from benchmarks.rivals.tables import TABLES


def write_csv(file: Path, count: int) -> None:
    """Creators as CSV."""
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(TABLES["creators"].columns)
        writer.writerows(creator_rows(count))


def write_workbook(file: Path, count: int) -> None:
    """Creators as a workbook, by the library and nothing else: no widths, no formats but those of dates."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("creators")
    sheet.append(TABLES["creators"].columns)
    for row in creator_rows(count):
        sheet.append(row)
    book.save(file)


def read_workbook(file: Path, count: int) -> None:
    """Every cell of a workbook, by the library and nothing else."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    if len(rows) != count + 1:
        sys.exit(f"{count} rows should have been read, and {len(rows) - 1} were.")


if __name__ == "__main__":
    actions = {"csv": write_csv, "write": write_workbook, "read": read_workbook}
    actions[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
