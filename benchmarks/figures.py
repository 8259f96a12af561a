"""One line of the results: a ratio of two things that were measured in turn, and what was asked of it."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from benchmarks.measuring import MEGABYTE, Runs


@dataclass(frozen=True, slots=True)
class Asked:
    """The bound a ratio is to keep; at least or at most."""

    bound: float
    at_least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"

    def is_reached(self, ratio: float) -> bool:
        return ratio >= self.bound if self.at_least else ratio <= self.bound

    def missed_by(self, ratio: float) -> float:
        """In parts of the bound."""
        return abs(ratio - self.bound) / self.bound


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of the table. `by_cpu` is the same ratio in seconds of CPU, where there is one."""

    what: str
    against: str
    ours: str
    theirs: str
    ratio: float
    by_cpu: float | None = None
    asked: Asked | None = None

    @property
    def verdict(self) -> str:
        if self.asked is None:
            return "—"
        if not self.asked.is_reached(self.ratio):
            return f"missed by {_percent(self.asked.missed_by(self.ratio))}"
        if self.by_cpu is not None and not self.asked.is_reached(self.by_cpu):
            return f"reached; by CPU missed by {_percent(self.asked.missed_by(self.by_cpu))}"
        return "reached"

    def cells(self) -> list[str]:
        by_cpu = "" if self.by_cpu is None else number(self.by_cpu)
        asked = "" if self.asked is None else str(self.asked)
        return [self.what, self.against, self.ours, self.theirs, number(self.ratio), by_cpu, asked, self.verdict]


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.1f} ms"


def lateness(what: str, against: str, ours: float, theirs: float, asked: float | None) -> Figure:
    """How much longer we take, in seconds that are shown as milliseconds; `asked` is what it may be at most."""
    bound = None if asked is None else Asked(asked)
    return Figure(what, against, milliseconds(ours), milliseconds(theirs), ours / theirs, None, bound)


def speed(what: str, against: str, ours: Runs, theirs: Runs, asked: Asked | None = None) -> Figure:
    """How quick we are: 1 is as quick as the other, 0.5 is half as quick. For the same rows on both sides."""
    return Figure(what, against, shown(ours), shown(theirs), *_ratios(theirs, ours), asked)


def rows_a_second(
    what: str, against: str, ours: tuple[Runs, int], theirs: tuple[Runs, int], asked: Asked | None = None
) -> Figure:
    """How many times as many rows a second, where one side cannot finish as many rows as the other."""
    ratios = _ratios(theirs[0], ours[0], times=theirs[1] / ours[1])
    return Figure(what, against, _rate(*ours), _rate(*theirs), *ratios, asked)


def cost(what: str, against: str, ours: Runs, theirs: Runs, asked: Asked | None = None, *, times: float = 1) -> Figure:
    """How much more it costs; `times` as many rows are forgiven."""
    return Figure(what, against, shown(ours), shown(theirs), *_ratios(ours, theirs, times=times), asked)


def memory(what: str, ours: Runs, megabytes: int) -> Figure:
    """The peak beside what it may be at most."""
    peak = ours.peak / MEGABYTE
    return Figure(what, "a bound", f"{peak:.0f} MB", f"{megabytes} MB", peak / megabytes, None, Asked(1))


def flatness(what: str, against: str, large: Runs, small: Runs, asked: Asked) -> Figure:
    """The peak of many rows beside that of fewer."""
    ours, theirs = f"{large.peak / MEGABYTE:.0f} MB", f"{small.peak / MEGABYTE:.0f} MB"
    return Figure(what, against, ours, theirs, large.peak / small.peak, None, asked)


def shown(runs: Runs) -> str:
    """Seconds that passed and seconds of CPU: they mean something only beside the other side's."""
    return f"{runs.wall:.2f} s, CPU {runs.cpu:.2f}"


def number(ratio: float) -> str:
    """A ratio with as many digits as mean something."""
    return f"{ratio:,.0f}" if ratio >= 20 else f"{ratio:.1f}" if ratio >= 10 else f"{ratio:.2f}"


def _ratios(one: Runs, other: Runs, *, times: float = 1) -> tuple[float, float]:
    """By the time that passed and by CPU: the medians of the rounds' ratios, as a machine is quicker at some times."""
    pairs = list(zip(one.costs, other.costs, strict=True))
    return (
        statistics.median(this.wall / that.wall for this, that in pairs) / times,
        statistics.median(this.cpu / that.cpu for this, that in pairs) / times,
    )


def _percent(part: float) -> str:
    return f"{part:.0%}" if part >= 0.01 else "less than 1%"


def _rate(runs: Runs, rows: int) -> str:
    return f"{rows / runs.wall:,.0f} rows/s of {rows:,}"
