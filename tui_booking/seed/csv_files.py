"""Import files as they are written by the seed: UTF-8, the same bytes on every system."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

Row = Mapping[str, object]


@contextmanager
def new_file(folder: Path, kind: str, suffix: str = "") -> Iterator[TextIO]:
    """A new import file of a kind; raises FileExistsError where there is one."""
    with (folder / f"{kind}{suffix}.csv").open("x", encoding="utf-8", newline="", buffering=1 << 20) as file:
        yield file


def write_table(file: TextIO, header: Sequence[str] | None, rows: Iterable[Sequence[object]]) -> None:
    """Write a header, where one is given, and rows; None is an empty cell."""
    writer = csv.writer(file, lineterminator="\n")
    if header is not None:
        writer.writerow(header)
    writer.writerows(rows)


def write_rows(folder: Path, kind: str, rows: Iterable[Row]) -> None:
    """Write a file of a few rows, each by the names of its columns; the columns are those of the first row and more."""
    listed = list(rows)
    header = list(dict.fromkeys(name for row in listed for name in row))
    with new_file(folder, kind) as file:
        write_table(file, header, ([row.get(name) for name in header] for row in listed))
