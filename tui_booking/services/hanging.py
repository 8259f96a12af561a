"""What hangs on a record: what goes where it goes, and what only names it."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.database import Store
from tui_booking.services.asking import placeholders, read_id, select
from tui_booking.services.kinds import BULKY, LOGS, Pointer, models, pointers_at, references_of, table_of
from tui_booking.services.names import name_of, names_of
from tui_booking.services.problems import Gone
from tui_booking.services.rows import Values, chunks, column_of

_NAMED = 3


@dataclass(slots=True)
class Hanging:
    """The records that go along, by kind, each kind after those it points at; bulky ones are counted by their parents.

    `mentions` counts those that name what goes and stay.
    """

    parts: dict[str, list[UUID]] = field(default_factory=dict)
    bulk: dict[tuple[str, UUID], int] = field(default_factory=dict)
    mentions: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """How many records go along, by kind."""
        found = {kind: len(ids) for kind, ids in self.parts.items() if ids}
        for (kind, _parent), count in self.bulk.items():
            if count:
                found[kind] = found.get(kind, 0) + count
        return found

    def names(self, store: Store) -> dict[str, list[str]]:
        """The names of some of them, by kind."""
        return {kind: sorted(names_of(store, kind, ids[:_NAMED]).values()) for kind, ids in self.parts.items() if ids}


def find_hanging(
    store: Store, roots: Mapping[str, Sequence[UUID]], *, without_bulk: Container[tuple[str, UUID]] = ()
) -> Hanging:
    """What is not deleted and hangs on these records, which do not count themselves."""
    found = Hanging()
    going = {kind: set(ids) for kind, ids in roots.items()}
    # Each kind comes after those it points at, so that what it points at is known when its turn comes.
    for kind in models():
        if kind in LOGS:
            continue
        at = [(pointer, parent) for parent in list(going) for pointer in pointers_at(parent) if pointer.kind == kind]
        own = going.setdefault(kind, set())
        for pointer, parent in at:
            if not pointer.part:
                continue
            if BULKY.get(kind) == parent and pointer.field == parent:
                _count_bulk(
                    store,
                    found,
                    pointer,
                    [one for one in going[parent] if (kind, one) not in without_bulk],
                    roots.get(kind, ()),
                )
            else:
                own.update(_pointing(store, pointer, going[parent]))
        found.parts[kind] = sorted(own - set(roots.get(kind, ())))
        mentions = {
            one for pointer, parent in at if not pointer.part for one in _pointing(store, pointer, going[parent])
        }
        if kind in BULKY and mentions:
            along = going.get(BULKY[kind], set())
            mentions -= {one for one, parent in _parents_of(store, kind, mentions).items() if parent in along}
        if mentions - own:
            found.mentions[kind] = len(mentions - own)
    return found


def _pointing(store: Store, pointer: Pointer, targets: Iterable[UUID]) -> set[UUID]:
    column = column_of(pointer.kind, pointer.field)
    return {
        read_id(record)
        for some in chunks(sorted(targets))
        for (record,) in select(
            store,
            f"SELECT t.id FROM {table_of(pointer.kind)} t WHERE t.{column} IN ({placeholders(len(some))})"
            " AND t.deleted_at IS NULL",
            some,
        )
    }


def _count_bulk(store: Store, found: Hanging, pointer: Pointer, parents: Sequence[UUID], own: Iterable[UUID]) -> None:
    kind, column = pointer.kind, column_of(pointer.kind, pointer.field)
    for some in chunks(sorted(parents)):
        counted = select(
            store,
            f"SELECT t.{column}, COUNT(*) FROM {table_of(kind)} t WHERE t.{column} IN ({placeholders(len(some))})"
            f" AND t.deleted_at IS NULL GROUP BY t.{column}",
            some,
        )
        found.bulk.update({(kind, read_id(parent)): int(count) for parent, count in counted})
    # Those that are asked about by themselves do not count themselves.
    for parent in _parents_of(store, kind, own).values():
        if found.bulk.get((kind, parent)):
            found.bulk[kind, parent] -= 1


def _parents_of(store: Store, kind: str, records: Iterable[UUID]) -> dict[UUID, UUID]:
    """The parents of records of a bulky kind, of those that are not deleted."""
    column = column_of(kind, BULKY[kind])
    return {
        read_id(record): read_id(parent)
        for some in chunks(sorted(records))
        for record, parent in select(
            store,
            f"SELECT t.id, t.{column} FROM {table_of(kind)} t WHERE t.id IN ({placeholders(len(some))})"
            " AND t.deleted_at IS NULL",
            some,
        )
    }


def require_living(store: Store, kind: str, rows: Iterable[Values]) -> None:
    """Raise Gone where one of these records is part of one that is deleted."""
    for name, target in references_of(kind).items():
        part = next(found.part for found in pointers_at(target) if (found.kind, found.field) == (kind, name))
        ids = sorted({row[name] for row in rows if row[name] is not None}) if part else []
        for some in chunks(ids):
            gone = select(
                store,
                f"SELECT t.id FROM {table_of(target)} t WHERE t.id IN ({placeholders(len(some))})"
                " AND t.deleted_at IS NOT NULL",
                some,
            )
            if gone:
                named = name_of(store, target, read_id(gone[0][0]))
                raise Gone(_("{name} is deleted.").format(name=named), _("Restore it first: this is part of it."))
