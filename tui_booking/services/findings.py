"""What a check of the database found: each disagreement, bounded so that a bad database does not fill memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

KEPT = 1_000


@dataclass(frozen=True, slots=True)
class Finding:
    """A record that does not agree: which one (code or id), in what, what is stored, what should be."""

    table: str
    record: str
    rule: str
    stored: str
    expected: str
    fixed: bool = False

    def __str__(self) -> str:
        state = " (mended)" if self.fixed else ""
        return f"{self.table} {self.record}: {self.rule}: is {self.stored}, should be {self.expected}{state}"


@dataclass(slots=True)
class Findings:
    """The findings of a check: the first of each rule are kept, the rest are counted."""

    kept: list[Finding] = field(default_factory=list)
    counts: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, found: Finding) -> None:
        key = (found.table, found.rule)
        self.counts[key] = self.counts.get(key, 0) + 1
        if self.counts[key] <= KEPT:
            self.kept.append(found)

    def add_all(self, some: Iterable[Finding]) -> None:
        for one in some:
            self.add(one)

    def has(self, words: str) -> bool:
        """Whether anything was found by a rule that ends so."""
        return any(rule.endswith(words) for _, rule in self.counts)

    def listed(self) -> list[Finding]:
        """What was kept, and for each rule with more than that how many more there are."""
        more = [
            Finding(table, f"and {count - KEPT} more records", rule, "like those above", "like those above")
            for (table, rule), count in self.counts.items()
            if count > KEPT
        ]
        return self.kept + more
