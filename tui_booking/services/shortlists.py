"""Creators put together: into a campaign, or under a tag, many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.choices import CreatorRole
from tui_booking.models.database import Store
from tui_booking.services.asking import placeholders
from tui_booking.services.kinds import counted
from tui_booking.services.ledger import Ledger, carry_out
from tui_booking.services.names import name_of
from tui_booking.services.problems import Gone
from tui_booking.services.rows import Values, chunks, find_rows, read_rows
from tui_booking.services.undo import Undo


@dataclass(frozen=True, slots=True)
class Grouped:
    """What became of it: how many were added, how many were there already; `undo` is None where nothing changed."""

    added: int
    already: int
    undo: Undo | None


def add_to_campaign(
    store: Store, campaign: UUID, creators: Sequence[UUID], *, role: str = CreatorRole.MAIN, operator: str
) -> Grouped:
    """Put creators into a campaign, in one transaction; those that are in it keep their role and note.

    Raises Gone where the campaign or a creator is deleted.
    """
    return _group(
        store, ("campaign_creator", "campaign"), campaign, creators, {"role": role, "note": ""}, operator=operator
    )


def add_tag(store: Store, tag: UUID, creators: Sequence[UUID], *, operator: str) -> Grouped:
    """Give creators a tag, in one transaction."""
    return _group(store, ("creator_tag_map", "tag"), tag, creators, {}, operator=operator)


def remove_tag(store: Store, tag: UUID, creators: Sequence[UUID], *, operator: str) -> Grouped:
    """Take a tag from creators, in one transaction; `already` are those that did not have it."""

    def work(ledger: Ledger) -> Grouped:
        pairs = [row for row in _pairs(ledger, "creator_tag_map", "tag", tag, creators) if row["deleted_at"] is None]
        ledger.delete("creator_tag_map", [row["id"] for row in pairs])
        what = _("{creators} without {name}").format(
            creators=counted("creator", len(pairs)), name=name_of(ledger.store, "creator_tag", tag)
        )
        return _outcome(ledger, len(pairs), len(set(creators)) - len(pairs), what)

    return carry_out(store, operator, work)


def _group(
    store: Store, pair: tuple[str, str], group: UUID, creators: Sequence[UUID], values: Values, *, operator: str
) -> Grouped:
    kind, field = pair
    of_group = "creator_tag" if field == "tag" else field

    def work(ledger: Ledger) -> Grouped:
        _require_there(ledger.store, of_group, [group])
        _require_there(ledger.store, "creator", creators)
        known = {row["creator"]: row for row in _pairs(ledger, kind, field, group, creators)}
        added = 0
        for creator in dict.fromkeys(creators):
            row = known.get(creator)
            if row is None:
                ledger.make(kind, {field: group, "creator": creator, **values})
            elif row["deleted_at"] is not None:
                ledger.change(kind, row, {"deleted_at": None, "is_active": True, **values})
            else:
                continue
            added += 1
        what = _("{creators} into {name}").format(
            creators=counted("creator", added), name=name_of(ledger.store, of_group, group)
        )
        return _outcome(ledger, added, len(set(creators)) - added, what)

    return carry_out(store, operator, work)


def _outcome(ledger: Ledger, changed: int, already: int, what: str) -> Grouped:
    return Grouped(changed, already, Undo(what, tuple(ledger.changes)) if changed else None)


def _pairs(ledger: Ledger, kind: str, field: str, group: UUID, creators: Sequence[UUID]) -> list[Values]:
    return [
        row
        for some in chunks(sorted(set(creators)))
        for row in find_rows(
            ledger.store,
            kind,
            f"t.{field}_id = ? AND t.creator_id IN ({placeholders(len(some))})",
            (group, *some),
            lock="update",
        )
    ]


def _require_there(store: Store, kind: str, ids: Iterable[UUID]) -> None:
    wanted = set(ids)
    rows = read_rows(store, kind, wanted, lock="share")
    for record in wanted:
        if record not in rows or rows[record]["deleted_at"] is not None:
            raise Gone(_("{name} was deleted.").format(name=name_of(store, kind, record)), _("Restore it first."))
