"""The results of one benchmark, and all of them as a document."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.setting import Sizes

_HEADER = ("what", "against", "ours", "theirs", "ratio", "by CPU", "asked for", "reached")

_INTRODUCTION = """\
# Benchmarks

Written by `python -m benchmarks{option}` ({effort}); do not edit.

Each figure is a ratio of two things that were measured in turn in the same run (A B A B …): the median of {rounds}
rounds' ratios, as a shared machine is quicker at some times than at others. The times beside it are medians too: what
passed, and what of it was CPU. They mean something only beside each other. Memory is the highest peak of all runs.
Where a server does part of the work, its CPU is counted in. Speeds are ratios of rows a second, where 1 is as quick
as the other; costs and peaks of memory are ratios of what was used. A figure is reached when the time that passed says
so; where CPU says otherwise, that stands beside it. Rivals run from their released packages, each in an environment of
its own.
"""
_SMALL = """
**These sizes are small** (`make bench-full` has the large ones): starting the program is much of what is
measured here on our side, and next to nothing on the others'.
"""


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


def machine() -> str:
    """On what it ran, without naming it."""
    system = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} CPUs"
    return f"{system}; Python {platform.python_version()}"


def write_document(file: Path, sections: Sequence[Section], sizes: Sizes) -> None:
    """Write all of it."""
    introduction = _INTRODUCTION.format(
        option=" --full" if sizes.is_full else "",
        effort="about an hour" if sizes.is_full else "minutes",
        rounds=sizes.rounds,
    )
    small = "" if sizes.is_full else _SMALL
    text = "\n".join([introduction + small, f"Ran on: {machine()}.\n", *(section.render() for section in sections)])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
