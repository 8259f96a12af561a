"""Ids of the records that the rows of a large file point at, found while the rows are read and remembered.

On SQLite a join costs a search in an index for every row; most rows of a large file point at what another row before
them pointed at. What is remembered is bounded and holds no row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui_booking.importing.engines import Engine
from tui_booking.importing.kind import Reference

LOOKUP = "import_lookup"
REMEMBERED = 150_000

_Names = tuple[str | None, ...]


class Lookup:
    """The ids of one reference's records by the columns that name them.

    The last of these columns tells most records apart, the others are a few words: ids are remembered by the last one,
    for each of the words apart.
    """

    def __init__(self, engine: Engine, reference: Reference) -> None:
        self.engine = engine
        self.reference = reference
        self.known: dict[_Names, dict[str | None, str]] = {}

    def start(self) -> None:
        """Make the table by which a batch's unknown names are asked for."""
        self.engine.make_table(LOOKUP, dict.fromkeys(self.reference.lookup, "text"))

    def find(self, staged: Mapping[str, Sequence[str | None]]) -> list[str | None]:
        """The id for each row of a batch; None where there is no such record."""
        *leading, last = (staged[name] for name in self.reference.lookup)
        found = self._remembered(leading, last)
        if None in found:
            names = list(zip(*leading, last, strict=True))
            unknown = {name for name, known in zip(names, found, strict=True) if known is None}
            if sum(map(len, self.known.values())) + len(unknown) > REMEMBERED:
                # What this very batch had found is forgotten too, so all of it is asked for again.
                self.known.clear()
                unknown = set(names)
            self._ask(unknown)
            found = self._remembered(leading, last)
        return found

    def _remembered(self, leading: Sequence[Sequence[str | None]], last: Sequence[str | None]) -> list[str | None]:
        different = [set(column) for column in leading]
        if all(len(words) == 1 for words in different):
            return list(map(self.known.get(tuple(words.pop() for words in different), {}).get, last))
        words = set(zip(*leading, strict=True))
        of_words = {word: self.known.get(word, {}) for word in words}
        return [of_words[word].get(name) for word, name in zip(zip(*leading, strict=True), last, strict=True)]

    def _ask(self, unknown: set[_Names]) -> None:
        names, alias = self.reference.lookup, self.reference.alias
        self.engine.run(f"DELETE FROM {LOOKUP}")
        self.engine.load(LOOKUP, names, list(zip(*unknown, strict=True)))
        asked = ", ".join(f"s.{name}" for name in names)
        for *words, name, record in self.engine.run(
            f"SELECT {asked}, {alias}.id FROM {LOOKUP} s JOIN {self.reference.table} {alias}"
            f" ON {self.reference.on} AND {alias}.deleted_at IS NULL"
        ):
            self.known.setdefault(tuple(words), {})[name] = record
