"""Records as a person works on them: loaded, checked, saved, deleted and brought back, each time in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.models import PLACEHOLDER_NOTE
from tui_booking.models.base import utc_now
from tui_booking.models.database import Store, explain
from tui_booking.models.driver import peewee
from tui_booking.services.checking import TOGETHER, check
from tui_booking.services.computed import Saving
from tui_booking.services.consequences import after_writing, before_writing, bring_along
from tui_booking.services.fields import FORMS
from tui_booking.services.hanging import find_hanging, require_living
from tui_booking.services.kinds import BULKY, counted, model_of, models, pointers_at
from tui_booking.services.ledger import Ledger, carry_out
from tui_booking.services.names import name_of
from tui_booking.services.problems import ChangedSince, Conflict, Difference, Gone, Invalid, StillPointedAt
from tui_booking.services.rows import Values, differs, find_rows, read_rows
from tui_booking.services.undo import Undo
from tui_booking.services.uniqueness import find_taken

__all__ = [
    "ChangedSince",
    "Conflict",
    "Gone",
    "Invalid",
    "Loaded",
    "Saved",
    "StillPointedAt",
    "Undo",
    "check",
    "delete",
    "load",
    "restore",
    "save",
    "what_hangs_on",
    "what_names",
]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record as it was stored at a moment; `values` are those of its form."""

    kind: str
    id: UUID
    values: Values
    seen_at: datetime
    is_deleted: bool = False
    is_placeholder: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """The record that was written, and what takes it back."""

    id: UUID
    undo: Undo


def load(store: Store, kind: str, record: UUID) -> Loaded:
    """A record as it is stored now, deleted or not; raises Gone where it is not there."""
    row = read_rows(store, model_kind(kind), [record]).get(record)
    if row is None:
        raise Gone(_("This record is not there."), _("Reload the list."))
    return _loaded(kind, row)


def save(
    store: Store,
    kind: str,
    record: UUID | None,
    values: Mapping[str, Any],
    *,
    operator: str,
    seen: Loaded | None = None,
    note: str = "",
) -> Saved:
    """Write a record, a new one where `record` is None, with all that follows from it.

    `values` are those of its form; what is left out stays, or is what a new record starts with. Against `seen`, what
    somebody else changed meanwhile is kept where that has nothing to do with what is saved, and is a Conflict
    otherwise. `note` goes into the history of a booking's status. Raises Invalid, Conflict, Gone.
    """
    given = _given(kind, values)

    def work(ledger: Ledger) -> Saved:
        if record is None:
            return _create(ledger, kind, given)
        return _change(ledger, kind, record, given, seen=seen, note=note)

    try:
        return carry_out(store, operator, work)
    except peewee.IntegrityError as error:
        # Another was quicker with the same key.
        raise _explain_taken(store, kind, record, given, error) from error


def create(ledger: Ledger, kind: str, values: Mapping[str, Any]) -> UUID:
    """Write a new record within a transaction; raises Invalid."""
    form = FORMS[kind]
    row = {field.name: field.empty if field.default is None else field.default for field in form.fields}
    row.update(_given(kind, values))
    saving = Saving(ledger.store, kind, row, None, ledger.user_id)
    saving.complete()
    problems = {**check(kind, row), **saving.problems}
    problems |= {name: said for name, said in find_taken(ledger.store, kind, None, row).items() if name not in problems}
    if problems:
        raise Invalid(problems)
    before_writing(ledger, kind, None, row)
    computed = {"budget_actual"}
    made = ledger.make(kind, {name: value for name, value in row.items() if name not in computed})
    bring_along(ledger, kind, [{**row, "id": made}] if kind == "booking_deliverable" else [])
    return made


def change(ledger: Ledger, kind: str, row: Values, values: Mapping[str, Any], *, note: str = "") -> None:
    """Change a record, which is locked and was read as `row`, within a transaction; raises Invalid."""
    store, record = ledger.store, row["id"]
    after = {**row, **_given(kind, values)}
    if row.get("is_placeholder"):
        after["is_placeholder"] = False
        note_field = model_of(kind).placeholder_note_field
        if note_field is not None and after[note_field] == PLACEHOLDER_NOTE:
            after[note_field] = ""
    saving = Saving(store, kind, after, row, ledger.user_id)
    saving.complete()
    changed = {
        field.name for field in FORMS[kind].fields if differs(kind, field.name, row[field.name], after[field.name])
    }
    found = {name: said for name, said in check(kind, after).items() if _concerns(kind, name, after, changed, row)}
    problems = {**found, **saving.problems}
    if changed:
        taken = find_taken(store, kind, record, after)
        problems |= {name: said for name, said in taken.items() if name not in problems}
    if problems:
        raise Invalid(problems)
    before_writing(ledger, kind, record, after)
    if ledger.change(kind, row, {name: value for name, value in after.items() if name in row}, note=note):
        after_writing(ledger, kind, row, after)


def what_hangs_on(store: Store, kind: str, ids: Sequence[UUID]) -> dict[str, int]:
    """How many records, by kind, would be deleted together with these."""
    return find_hanging(store, {model_kind(kind): ids}).counts


def what_names(store: Store, kind: str, ids: Sequence[UUID]) -> dict[str, int]:
    """How many records, by kind, only name these (an owner, a channel): they stay, and go on naming them."""
    return find_hanging(store, {model_kind(kind): ids}).mentions


def delete(store: Store, kind: str, ids: Sequence[UUID], *, together: bool = False, operator: str) -> Undo:
    """Delete records; with `together`, what hangs on them as well, all in one transaction.

    Raises StillPointedAt where something does, or names them, and `together` is not said. What only names a deleted
    record keeps it. Logs stay.
    """
    model_kind(kind)

    def work(ledger: Ledger) -> Undo:
        rows = read_rows(ledger.store, kind, ids, lock="update")
        living = [record for record, row in rows.items() if row["deleted_at"] is None]
        if not living:
            raise Gone(_("This record is not there, or was deleted already."), _("Reload the list."))
        hanging = find_hanging(ledger.store, {kind: living})
        if not together and (hanging.counts or hanging.mentions):
            raise StillPointedAt(hanging.counts, hanging.mentions, hanging.names(ledger.store))
        what = _told(ledger.store, kind, living)
        ledger.delete(kind, living)
        for other, going in hanging.parts.items():
            ledger.delete(other, going)
        for other in {bulky for bulky, _parent in hanging.bulk}:
            ledger.delete_bulk(other, BULKY[other], [parent for bulky, parent in hanging.bulk if bulky == other])
        return Undo(_("{what} deleted").format(what=what), tuple(ledger.changes), tuple(ledger.bulk))

    return carry_out(store, operator, work)


def restore(store: Store, kind: str, ids: Sequence[UUID], *, operator: str) -> Undo:
    """Bring deleted records back, with what was deleted together with them; raises Gone where a parent is deleted."""
    model_kind(kind)

    def work(ledger: Ledger) -> Undo:
        found = read_rows(ledger.store, kind, ids, lock="update")
        rows = [row for row in found.values() if row["deleted_at"] is not None]
        if not rows:
            raise Gone(_("This record is not there, or is not deleted."), _("Reload the list."))
        back = {(kind, row["id"]): row for row in rows}
        for stamp in {row["deleted_at"] for row in rows}:
            roots = [row["id"] for row in rows if row["deleted_at"] == stamp]
            _find_deleted_together(ledger, kind, roots, stamp, back)
        for (other, _record), row in back.items():
            ledger.change(other, row, {"deleted_at": None, "is_active": True})
        for (other, _record), row in back.items():
            require_living(ledger.store, other, [row])
            bring_along(ledger, other, [{**row, "deleted_at": None}])
        what = _("{what} restored").format(what=_told(ledger.store, kind, [row["id"] for row in rows]))
        return Undo(what, tuple(ledger.changes), tuple(ledger.bulk))

    return carry_out(store, operator, work)


def model_kind(kind: str) -> str:
    """The kind itself; raises KeyError for one that the app does not edit."""
    return FORMS[kind].kind


def _find_deleted_together(
    ledger: Ledger, kind: str, roots: Sequence[UUID], stamp: datetime, back: dict[tuple[str, UUID], Values]
) -> None:
    going = {kind: set(roots)}
    for parent in models():
        for pointer in pointers_at(parent) if going.get(parent) else ():
            if not pointer.part:
                continue
            if BULKY.get(pointer.kind) == parent:
                ledger.restore_bulk(pointer.kind, parent, sorted(going[parent]), stamp)
                continue
            for one in sorted(going[parent]):
                where = f"t.{pointer.field}_id = ? AND t.deleted_at = ?"
                for row in find_rows(ledger.store, pointer.kind, where, (one, stamp), lock="update"):
                    back[pointer.kind, row["id"]] = row
                    going.setdefault(pointer.kind, set()).add(row["id"])


def _loaded(kind: str, row: Values) -> Loaded:
    return Loaded(
        kind,
        row["id"],
        {field.name: row[field.name] for field in FORMS[kind].fields},
        utc_now(),
        row["deleted_at"] is not None,
        bool(row.get("is_placeholder")),
    )


def _given(kind: str, values: Mapping[str, Any]) -> Values:
    """The values that a form may set, in their stored form; raises KeyError for a field that is none of the form."""
    given: Values = {}
    for name, value in values.items():
        field = FORMS[kind].field(name)
        if field.read_only:
            continue
        if field.words is not None and value is not None:
            value = next((word for word in field.words if word.value == value), value)
        elif field.kind == "json" and value is None:
            value = {}
        elif field.kind in ("text", "code", "long_text", "markdown") and not value:
            value = field.empty
        given[name] = value
    return given


def _create(ledger: Ledger, kind: str, given: Values) -> Saved:
    made = create(ledger, kind, given)
    what = _("{what} made").format(what=name_of(ledger.store, kind, made))
    return Saved(made, Undo(what, tuple(ledger.changes), tuple(ledger.bulk)))


def _change(ledger: Ledger, kind: str, record: UUID, given: Values, *, seen: Loaded | None, note: str) -> Saved:
    row = read_rows(ledger.store, model_kind(kind), [record], lock="update").get(record)
    if row is None:
        raise Gone(_("This record is not there."), _("Reload the list."))
    if row["deleted_at"] is not None:
        raise Gone(_("{name} was deleted.").format(name=name_of(ledger.store, kind, record)), _("Restore it first."))
    if seen is not None:
        given = {name: value for name, value in given.items() if differs(kind, name, value, seen.values[name])}
        _require_no_conflict(kind, row, given, seen)
    change(ledger, kind, row, given, note=note)
    what = _("{what} changed").format(what=name_of(ledger.store, kind, record))
    return Saved(record, Undo(what, tuple(ledger.changes), tuple(ledger.bulk)))


def _require_no_conflict(kind: str, row: Values, mine: Values, seen: Loaded) -> None:
    """Raise Conflict where both changed a field, or fields that are right or wrong together."""
    theirs = {
        field.name
        for field in FORMS[kind].fields
        if not field.read_only and differs(kind, field.name, row[field.name], seen.values[field.name])
    }
    at_odds = {name for name in theirs & set(mine) if differs(kind, name, row[name], mine[name])}
    for group in TOGETHER.get(kind, ()):
        if theirs & group and set(mine) & group and theirs & group != set(mine) & group:
            at_odds |= (theirs | set(mine)) & group
    at_odds = {name for name in at_odds if differs(kind, name, mine.get(name, seen.values[name]), row[name])}
    if at_odds:
        raise Conflict(
            {
                name: Difference(mine.get(name, seen.values[name]), row[name], seen.values[name])
                for name in (field.name for field in FORMS[kind].fields)
                if name in at_odds
            },
            _loaded(kind, row),
        )


def _concerns(kind: str, name: str, after: Values, changed: Iterable[str], row: Values) -> bool:
    """Whether a problem is of what is changed; what an import stored may stay as it is, but for what is needed."""
    changed = set(changed)
    if name in changed or after[name] in (None, "") or row.get("is_placeholder"):
        return True
    return any(name in group and changed & group for group in TOGETHER.get(kind, ()))


def _told(store: Store, kind: str, ids: Sequence[UUID]) -> str:
    return name_of(store, kind, ids[0]) if len(ids) == 1 else counted(kind, len(ids))


def _explain_taken(
    store: Store, kind: str, record: UUID | None, given: Values, error: peewee.IntegrityError
) -> BookingCenterError:
    row: Values = {field.name: field.empty if field.default is None else field.default for field in FORMS[kind].fields}
    if record is not None:
        row = read_rows(store, kind, [record]).get(record, row)
    row = {**row, **given}
    saving = Saving(store, kind, row, None, UUID(int=0))
    with store.atomic():
        saving.complete()
        taken = find_taken(store, kind, record, row)
    return Invalid(taken) if taken else explain(error, store)
