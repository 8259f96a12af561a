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

_Key = tuple[str | None, ...]


class Lookup:
    """The ids of one reference's records by the columns that name them."""

    def __init__(self, engine: Engine, reference: Reference) -> None:
        self.engine = engine
        self.reference = reference
        self.known: dict[_Key, str] = {}

    def start(self) -> None:
        """Make the table by which a batch's unknown names are asked for."""
        self.engine.make_table(LOOKUP, dict.fromkeys(self.reference.lookup, "text"))

    def find(self, staged: Mapping[str, Sequence[str | None]]) -> list[str | None]:
        """The id for each row of a batch; None where there is no such record."""
        keys: list[_Key] = list(zip(*(staged[name] for name in self.reference.lookup), strict=True))
        unknown = set(keys).difference(self.known)
        if unknown:
            self._ask(unknown)
        return list(map(self.known.get, keys))

    def _ask(self, unknown: set[_Key]) -> None:
        if len(self.known) + len(unknown) > REMEMBERED:
            self.known.clear()
        names, alias = self.reference.lookup, self.reference.alias
        self.engine.run(f"DELETE FROM {LOOKUP}")
        self.engine.load(LOOKUP, names, list(zip(*unknown, strict=True)))
        asked = ", ".join(f"s.{name}" for name in names)
        for *key, found in self.engine.run(
            f"SELECT {asked}, {alias}.id FROM {LOOKUP} s JOIN {self.reference.table} {alias}"
            f" ON {self.reference.on} AND {alias}.deleted_at IS NULL"
        ):
            self.known[tuple(key)] = found
