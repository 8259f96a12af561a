"""Undoing as a value: what was changed, which can be taken back later unless somebody changed it since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.database import Store, explain
from tui_booking.models.driver import peewee
from tui_booking.services.consequences import bring_along, require_agreement
from tui_booking.services.hanging import find_hanging, require_living
from tui_booking.services.ledger import UNDONE, BulkChange, Change, Ledger, carry_out
from tui_booking.services.names import names_of
from tui_booking.services.problems import ChangedSince, Difference, StillPointedAt
from tui_booking.services.rows import Values, differs, read_rows


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done, in words, and each change of it. It has no connection, and can wait as long as it likes."""

    what: str
    changes: tuple[Change, ...]
    bulk: tuple[BulkChange, ...] = ()

    def apply(self, store: Store, operator: str) -> Undo:
        """Bring back what was, in one transaction; what comes back can be undone in turn.

        A record that was made is deleted, and a booking's status gets a line in its history. Raises ChangedSince where
        a field that would be brought back was changed since, and StillPointedAt where others point at what was made.
        """
        try:
            return carry_out(store, operator, self._take_back)
        except peewee.IntegrityError as error:
            # A key that was given up is another record's now.
            raise ChangedSince({}) from explain(error, store)

    def _take_back(self, ledger: Ledger) -> Undo:
        store = ledger.store
        folded = fold_changes(self.changes)
        rows = {kind: read_rows(store, kind, records, lock="update") for kind, records in folded.items()}
        self._require_unchanged(store, folded, rows)
        self._require_alone(store, folded)
        for kind, records in folded.items():
            # What becomes primary waits until the one that was is not any more.
            for record in sorted(records, key=lambda found: _becomes_primary(records[found])):
                self._take_back_one(ledger, kind, rows[kind][record], records[record])
        for bulk in self.bulk:
            if bulk.deleted:
                ledger.restore_bulk(bulk.kind, bulk.parent, bulk.parents, bulk.stamp)
            else:
                ledger.delete_bulk(bulk.kind, bulk.parent, bulk.parents, bulk.stamp)
        for kind, records in folded.items():
            after = [row for row in read_rows(store, kind, records).values() if row["deleted_at"] is None]
            require_living(store, kind, after)
            bring_along(ledger, kind, after)
            require_agreement(store, kind, after)
        return Undo(_("Undone: {what}").format(what=self.what), tuple(ledger.changes), tuple(ledger.bulk))

    @staticmethod
    def _take_back_one(ledger: Ledger, kind: str, row: Values, change: Change) -> None:
        if change.before is None:
            if row.get("is_primary"):
                ledger.change(kind, row, {"is_primary": False})
            ledger.delete(kind, [row["id"]])
            return
        ledger.change(kind, row, change.before, note=_(UNDONE))

    @staticmethod
    def _require_unchanged(
        store: Store, folded: Mapping[str, Mapping[UUID, Change]], rows: Mapping[str, Mapping[UUID, Values]]
    ) -> None:
        found: dict[str, dict[str, Difference]] = {}
        for kind, records in folded.items():
            named: dict[UUID, str] | None = None
            for record, change in records.items():
                differing = _differences(change, rows[kind][record])
                if differing:
                    named = names_of(store, kind, records) if named is None else named
                    found[named[record]] = differing
        if found:
            raise ChangedSince(found)

    def _require_alone(self, store: Store, folded: Mapping[str, Mapping[UUID, Change]]) -> None:
        """What would be deleted must not be pointed at by anything that would stay."""
        going = {
            kind: [record for record, change in records.items() if _goes(change)] for kind, records in folded.items()
        }
        bulky = {(bulk.kind, parent) for bulk in self.bulk if not bulk.deleted for parent in bulk.parents}
        hanging = find_hanging(store, going, without_bulk=bulky)
        if hanging.counts:
            raise StillPointedAt(hanging.counts, hanging.mentions, hanging.names(store))


def fold_changes(changes: Iterable[Change]) -> dict[str, dict[UUID, Change]]:
    """One change a record: what it was before the first, and after the last."""
    folded: dict[str, dict[UUID, Change]] = {}
    for change in changes:
        records = folded.setdefault(change.kind, {})
        first = records.get(change.id)
        if first is None:
            records[change.id] = change
            continue
        before = None if first.before is None else {**(change.before or {}), **first.before}
        records[change.id] = Change(change.kind, change.id, before, {**first.after, **change.after})
    return folded


def _goes(change: Change) -> bool:
    return change.before is None or bool(change.before.get("deleted_at"))


def _becomes_primary(change: Change) -> bool:
    return bool((change.before or {}).get("is_primary"))


def _differences(change: Change, row: Values) -> dict[str, Difference]:
    before = change.before or {}
    found = {
        name: Difference(written, row[name], before.get(name))
        for name, written in change.after.items()
        if differs(change.kind, name, row[name], written)
    }
    if row["deleted_at"] is not None and "deleted_at" not in change.after:
        found["deleted_at"] = Difference(None, row["deleted_at"], None)
    return found
