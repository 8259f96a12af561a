"""One transaction of changes: written with history and computed values, and remembered so that it can be undone."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from tui_booking.language import N_
from tui_booking.models.base import utc_now
from tui_booking.models.database import Store, driver_error
from tui_booking.models.driver import peewee
from tui_booking.models.ids import new_id
from tui_booking.services.asking import execute, placeholders, select
from tui_booking.services.kinds import table_of
from tui_booking.services.latest import bring_latest_up_to_date
from tui_booking.services.rows import (
    Values,
    as_stored,
    chunks,
    column_of,
    differs,
    find_rows,
    insert_row,
    insert_rows,
    locking,
    read_rows,
    stored_parameter,
    update_rows,
)
from tui_booking.services.view_days import forget_gains

T = TypeVar("T")
UNDONE = N_("Undone")

# Two that wait for each other: PostgreSQL ends one of them, which tries again.
_DEADLOCK = ("40P01", "40001")
_TRIES = 3
_UNDELETED = {"deleted_at": None, "is_active": True}
# What views by day come from, besides the snapshots: which videos count, since when, and of which brand they are.
_BEHIND_VIEWS = {"video": frozenset(("campaign", "post_date", "deleted_at")), "campaign": frozenset(("brand",))}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one record: the fields that changed, before and after; `before` is None for one that was made."""

    kind: str
    id: UUID
    before: Values | None
    after: Values


@dataclass(frozen=True, slots=True)
class BulkChange:
    """That all records of a bulky kind of some parents were deleted, or came back, at the moment `stamp`."""

    kind: str
    parent: str
    parents: tuple[UUID, ...]
    stamp: datetime
    deleted: bool


class Ledger:
    """What is changed in one transaction by one person; `carry_out` makes it and settles what is computed."""

    def __init__(self, store: Store, operator: str) -> None:
        self.store = store
        self.now = utc_now()
        self.user_id = _find_operator(store, operator)
        self.changes: list[Change] = []
        self.bulk: list[BulkChange] = []
        self._campaigns: set[UUID] = set()
        self._videos: set[UUID] = set()
        self._views_change = False
        self._history: list[Values] = []

    def make(self, kind: str, values: Mapping[str, Any]) -> UUID:
        """Write a new record."""
        record = new_id()
        stamps = {"id": record, "created_at": self.now, "updated_at": self.now}
        insert_row(self.store, kind, {**values, **stamps})
        self.changes.append(Change(kind, record, None, as_stored(self.store, kind, record, {**values})))
        self._touch(kind, values)
        if kind == "booking":
            self._write_history(record, None, values["status"], "")
        return record

    def change(self, kind: str, row: Mapping[str, Any], values: Mapping[str, Any], *, note: str = "") -> bool:
        """Give a record, which is locked and was read as `row`, other values; False where it has them already."""
        after = {name: value for name, value in values.items() if differs(kind, name, row[name], value)}
        if not after:
            return False
        update_rows(self.store, kind, [row["id"]], {**after, "updated_at": self.now})
        self._remember(kind, row, after, note)
        return True

    def change_where(self, kind: str, condition: str, params: Sequence[object], values: Mapping[str, Any]) -> None:
        """Give all records `t` for which SQL holds, deleted ones too, these values where they differ."""
        self.change_all(kind, find_rows(self.store, kind, condition, params, lock="update"), values)

    def change_all(self, kind: str, rows: Iterable[Values], values: Mapping[str, Any], *, note: str = "") -> None:
        """Give records, which are locked and were read as `rows`, these values where they differ."""
        differing = [row for row in rows if any(row[name] != value for name, value in values.items())]
        if not differing:
            return
        update_rows(self.store, kind, [row["id"] for row in differing], {**values, "updated_at": self.now})
        for row in differing:
            self._remember(kind, row, {name: value for name, value in values.items() if row[name] != value}, note)

    def delete(self, kind: str, ids: Sequence[UUID]) -> None:
        """Mark records as deleted, and so out of use."""
        rows = [row for row in read_rows(self.store, kind, ids, lock="update").values() if row["deleted_at"] is None]
        marks = {"deleted_at": self.now, "is_active": False}
        update_rows(self.store, kind, [row["id"] for row in rows], {**marks, "updated_at": self.now})
        for row in rows:
            self._remember(kind, row, marks, "")

    def delete_bulk(self, kind: str, parent: str, parents: Sequence[UUID], stamp: datetime | None = None) -> None:
        """Mark all records of a bulky kind that point at these parents as deleted, now or as of `stamp`."""
        stamp = stamp or self.now
        sets = {"deleted_at": stamp, "is_active": False, "updated_at": self.now}
        change = BulkChange(kind, parent, tuple(parents), stamp, deleted=True)
        self._change_bulk(change, sets, "deleted_at IS NULL", ())

    def restore_bulk(self, kind: str, parent: str, parents: Sequence[UUID], stamp: datetime) -> None:
        """Bring back what was deleted from these parents at that moment."""
        change = BulkChange(kind, parent, tuple(parents), stamp, deleted=False)
        self._change_bulk(change, {**_UNDELETED, "updated_at": self.now}, "deleted_at = ?", (stamp,))

    def _change_bulk(self, change: BulkChange, values: Values, condition: str, params: Sequence[object]) -> None:
        kind, parent = change.kind, change.parent
        sets = ", ".join(f"{column_of(kind, name)} = ?" for name in values)
        given = [stored_parameter(self.store, kind, name, value) for name, value in values.items()]
        for some in chunks(change.parents):
            execute(
                self.store,
                f"UPDATE {table_of(kind)} SET {sets} WHERE {column_of(kind, parent)} IN ({placeholders(len(some))})"
                f" AND {condition}",
                [*given, *some, *params],
            )
        if kind == "video_metric_snapshot":
            self._videos.update(change.parents)
            self._views_change = True
        self.bulk.append(change)

    def _remember(self, kind: str, row: Mapping[str, Any], after: Values, note: str) -> None:
        written = as_stored(self.store, kind, row["id"], dict(after))
        self.changes.append(Change(kind, row["id"], {name: row[name] for name in after}, written))
        self._touch(kind, row)
        self._touch(kind, after)
        self._views_change |= not _BEHIND_VIEWS.get(kind, frozenset()).isdisjoint(after)
        if kind == "booking" and "status" in after:
            self._write_history(row["id"], row["status"], after["status"], note)

    def _touch(self, kind: str, values: Mapping[str, Any]) -> None:
        if kind == "payment" and values.get("campaign"):
            self._campaigns.add(values["campaign"])
        if kind == "video_metric_snapshot" and values.get("video"):
            self._videos.add(values["video"])
            self._views_change = True

    def _write_history(self, booking: UUID, before: Any, after: Any, note: str) -> None:
        stamps = {"id": new_id(), "created_at": self.now, "updated_at": self.now, "changed_at": self.now}
        told = {"booking": booking, "from_status": before, "to_status": after, "note": note}
        self._history.append({**stamps, **told, "changed_by": self.user_id})

    def settle(self) -> None:
        """Write the history of statuses, and bring what is computed up to date: budgets, and the newest snapshots."""
        insert_rows(self.store, "booking_status_history", self._history)
        if self._videos:
            bring_latest_up_to_date(self.store, sorted(self._videos))
        if self._views_change:
            forget_gains(self.store)
        for some in chunks(sorted(self._campaigns)):
            self._settle_budgets(some)

    def _settle_budgets(self, campaigns: Sequence[UUID]) -> None:
        listed = placeholders(len(campaigns))
        # Locked first and by itself: the sum must see what others committed while we waited.
        lock = locking(self.store, "update")
        select(self.store, f"SELECT id FROM campaign WHERE id IN ({listed}) ORDER BY id{lock}", campaigns)
        spent = (
            "COALESCE((SELECT SUM(CASE WHEN y.status = 'paid' AND y.deleted_at IS NULL THEN y.amount_vnd END)"
            " FROM payment y WHERE y.campaign_id = campaign.id), 0)"
        )
        execute(
            self.store,
            f"UPDATE campaign SET budget_actual = {spent}, updated_at = ? WHERE id IN ({listed})"
            f" AND budget_actual <> {spent}",
            [self.now, *campaigns],
        )


def carry_out(store: Store, operator: str, work: Callable[[Ledger], T]) -> T:
    """Do work in one transaction: all of it is written, or nothing. Work that met a deadlock is done again."""
    for attempt in range(1, _TRIES + 1):
        try:
            with store.atomic():
                ledger = Ledger(store, operator)
                result = work(ledger)
                ledger.settle()
                return result
        except peewee.DatabaseError as error:
            if attempt == _TRIES or getattr(driver_error(error), "sqlstate", None) not in _DEADLOCK:
                raise
            time.sleep(0.02 * attempt)
    raise AssertionError


def _find_operator(store: Store, username: str) -> UUID:
    """The user of that name, made on first use."""
    found = find_rows(store, "user", "t.username = ?", [username])
    if found:
        return UUID(str(found[0]["id"]))
    record, now = new_id(), utc_now()
    execute(
        store,
        "INSERT INTO app_user (id, created_at, updated_at, username, full_name) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (username) DO NOTHING",
        [record, now, now, username, username],
    )
    return UUID(str(find_rows(store, "user", "t.username = ?", [username])[0]["id"]))
