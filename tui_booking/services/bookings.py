"""Bookings on their way: a new one with what it is to deliver, and the status of one or many, with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from tui_booking.language import _, label_of
from tui_booking.models.choices import Choice
from tui_booking.models.database import Store
from tui_booking.services.fields import FORMS
from tui_booking.services.kinds import counted
from tui_booking.services.ledger import Ledger, carry_out
from tui_booking.services.names import name_of
from tui_booking.services.problems import Gone, Invalid
from tui_booking.services.records import Saved, create
from tui_booking.services.rows import read_rows
from tui_booking.services.undo import Undo


def change_status(store: Store, kind: str, ids: Sequence[UUID], status: str, *, note: str = "", operator: str) -> Undo:
    """Give records of a kind that has a status another one, all in one transaction.

    Each booking whose status changes gets a line in its history, with the note; those that have the status stay as they
    are. What is a placeholder stays one: its status alone does not complete it. Raises Gone where none is there.
    """
    word = word_of(kind, status)

    def work(ledger: Ledger) -> Undo:
        rows = [row for row in read_rows(ledger.store, kind, ids, lock="update").values() if row["deleted_at"] is None]
        if not rows:
            raise Gone(_("This record is not there, or was deleted."), _("Reload the list."))
        ledger.change_all(kind, rows, {"status": word}, note=note)
        told = name_of(ledger.store, kind, rows[0]["id"]) if len(rows) == 1 else counted(kind, len(rows))
        what = _("{what}: {status}").format(what=told, status=label_of(word))
        return Undo(what, tuple(ledger.changes))

    return carry_out(store, operator, work)


def word_of(kind: str, status: str) -> Choice:
    """The status of that name; raises KeyError where the kind has none, and Invalid where there is no such status."""
    words = FORMS[kind].field("status").words
    found = next((word for word in words or () if word.value == status), None)
    if found is None:
        raise Invalid({"status": _("Choose one of the list.")})
    return found


def make_booking(
    store: Store, values: Mapping[str, Any], deliverables: Sequence[Mapping[str, Any]] = (), *, operator: str
) -> Saved:
    """Write a booking and what it is to deliver, in one transaction.

    Raises Invalid; what is wrong with the third deliverable's title is called `deliverables.2.title`.
    """

    def work(ledger: Ledger) -> Saved:
        booking = create(ledger, "booking", {"deliverables_count_planned": len(deliverables), **values})
        for number, deliverable in enumerate(deliverables):
            try:
                create(ledger, "booking_deliverable", {**deliverable, "booking": booking})
            except Invalid as invalid:
                said = {f"deliverables.{number}.{name}": text for name, text in invalid.problems.items()}
                raise Invalid(said) from None
        what = _("{what} made").format(what=name_of(ledger.store, "booking", booking))
        return Saved(booking, Undo(what, tuple(ledger.changes)))

    return carry_out(store, operator, work)
