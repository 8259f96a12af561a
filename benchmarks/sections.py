"""The results of one benchmark, and all of them as a document."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.setting import Sizes

_HEADER = ("what", "against", "ours", "theirs", "ratio", "by CPU", "asked for", "reached")

_INTRODUCTION = """\
# Benchmarks

Written by `python -m benchmarks` (minutes) and `make bench-full` (an hour); do not edit. What `--only` leaves out stays
as it was measured before; each section says when that was.

Each figure is a ratio of two things that were measured in turn in the same run (A B A B …): the median of the rounds'
ratios, as a shared machine is quicker at some times than at others. The times beside it are medians too: what
passed, and what of it was CPU. They mean something only beside each other. Memory is the highest peak of all runs.
Where a server does part of the work, its CPU is counted in. Speeds are ratios of rows a second, where 1 is as quick
as the other; costs and peaks of memory are ratios of what was used. A figure is reached when the time that passed says
so; where CPU says otherwise, that stands beside it. Rivals run from their released packages, each in an environment of
its own.
"""
_SMALL = " These sizes are small: starting the program is much of what is measured on our side."
# A section without it is of before sections were kept.
_MEASURED = "Measured on {day}, {rounds} a figure, on {machine}.{small}"
ORDER = (
    "Import: video snapshots",
    "Import: a whole folder",
    "Workbooks",
    "Start",
    "The screen",
    "A slow link",
    "The dashboard",
)


@dataclass(slots=True)
class Section:
    """One benchmark's results: what was done, the figures, and what could not be measured and why."""

    title: str
    about: str
    figures: list[Figure] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def render(self) -> str:
        rows = [_HEADER, tuple("---" for _ in _HEADER), *(figure.cells() for figure in self.figures)]
        table = "\n".join("| " + " | ".join(row) + " |" for row in rows)
        left_out = "".join(f"\nNot measured: {what}\n" for what in self.left_out)
        return f"## {self.title}\n\n{self.about}\n\n{table}\n{left_out}"


def read_sections(file: Path) -> dict[str, str]:
    """The sections of an earlier document, by title."""
    if not file.exists():
        return {}
    parts = file.read_text(encoding="utf-8").split("\n## ")[1:]
    return {part.partition("\n")[0]: f"## {part.strip()}\n" for part in parts}


def machine() -> str:
    """On what it ran, without naming it."""
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} CPUs"
    return f"{system}; Python {platform.python_version()}"


def write_document(file: Path, sections: Sequence[Section], sizes: Sizes) -> None:
    """Write all of it."""
    rounds = "one round" if sizes.rounds == 1 else f"{sizes.rounds} rounds"
    small = "" if sizes.is_full else _SMALL
    measured = _MEASURED.format(day=date.today().isoformat(), rounds=rounds, machine=machine(), small=small)  # noqa: DTZ011
    told = read_sections(file) | {one.title: f"{one.render()}\n{measured}\n" for one in sections}
    text = "\n".join([_INTRODUCTION, *(told[title] for title in ORDER if title in told)])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
