"""Payments of bookings: what is still to be paid, and paying what was planned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from tui_booking.language import _, ngettext
from tui_booking.models.choices import PaymentStatus
from tui_booking.models.database import Store
from tui_booking.reading.money import DONG
from tui_booking.services.asking import placeholders, read_id, select
from tui_booking.services.kinds import counted
from tui_booking.services.ledger import Ledger, carry_out
from tui_booking.services.names import name_of
from tui_booking.services.problems import Gone, Invalid
from tui_booking.services.rows import read_rows
from tui_booking.services.undo import Undo

_WAITING = (PaymentStatus.PLANNED, PaymentStatus.PENDING)


def propose(store: Store, booking: UUID, today: date) -> dict[str, Any]:
    """What the form of a booking's next payment starts with: what of the fee is neither paid nor planned, paid today.

    Where all of it is, no amount is proposed. In another currency the rate is that of its latest payment. `today` is
    the day in the operator's zone. Raises Gone.
    """
    row = read_rows(store, "booking", [booking]).get(booking)
    if row is None or row["deleted_at"] is not None:
        raise Gone(_("This record is not there, or was deleted."), _("Reload the list."))
    due = row["total_fee_agreed"] - _provided_for(store, booking, row["currency"])
    return {
        "booking": booking,
        "amount": due if due > 0 else None,
        "currency": row["currency"],
        "exchange_rate": None if row["currency"] == DONG else _latest_rate(store, row["currency"]),
        "payment_date": today,
        "status": PaymentStatus.PAID,
    }


def first_due(store: Store, today: date) -> UUID | None:
    """The payment that is to be paid next, today or later; None where none is."""
    rows = select(
        store,
        f"SELECT t.id FROM payment t WHERE t.status IN ({placeholders(len(_WAITING))}) AND t.payment_date >= ?"
        " AND t.deleted_at IS NULL ORDER BY t.payment_date, t.id LIMIT 1",
        [*_WAITING, today],
    )
    return read_id(rows[0][0]) if rows else None


def _provided_for(store: Store, booking: UUID, currency: str) -> Decimal:
    """What is paid or planned to be paid of a booking in its own currency; other currencies say nothing of it."""
    rows = select(
        store,
        "SELECT COALESCE(SUM(t.amount), 0) FROM payment t WHERE t.booking_id = ? AND t.currency = ?"
        " AND t.status <> 'canceled' AND t.deleted_at IS NULL",
        (booking, currency),
    )
    return Decimal(rows[0][0]).scaleb(-2)


def _latest_rate(store: Store, currency: str) -> Decimal | None:
    rows = select(
        store,
        "SELECT t.exchange_rate FROM payment t WHERE t.currency = ? AND t.exchange_rate IS NOT NULL"
        " AND t.deleted_at IS NULL ORDER BY t.payment_date DESC, t.id DESC LIMIT 1",
        (currency,),
    )
    return Decimal(rows[0][0]).scaleb(-6) if rows else None


def find_waiting(store: Store, booking: UUID) -> UUID | None:
    """The payment of a booking that is planned or pending and to be paid first; None where there is none."""
    rows = select(
        store,
        "SELECT t.id FROM payment t WHERE t.booking_id = ? AND t.status IN ('planned', 'pending') AND t.deleted_at IS"
        " NULL ORDER BY t.payment_date, t.id LIMIT 1",
        (booking,),
    )
    return read_id(rows[0][0]) if rows else None


class Waiting(NamedTuple):
    """What of some payments is still to be paid: how many, the name of one alone, and how much in each currency."""

    many: int
    name: str
    amounts: dict[str, Decimal]


def read_waiting(store: Store, ids: Sequence[UUID]) -> Waiting:
    """Those of these payments that are planned or pending; paid, canceled and deleted ones are left out."""
    rows = [row for row in read_rows(store, "payment", ids).values() if _is_waiting(row)]
    amounts: dict[str, Decimal] = {}
    for row in rows:
        amounts[row["currency"]] = amounts.get(row["currency"], Decimal(0)) + row["amount"]
    return Waiting(len(rows), name_of(store, "payment", rows[0]["id"]) if len(rows) == 1 else "", amounts)


def _is_waiting(row: Mapping[str, Any]) -> bool:
    return row["deleted_at"] is None and row["status"] in _WAITING


def pay(store: Store, ids: Sequence[UUID], today: date, *, operator: str) -> Undo:
    """Mark planned and pending payments as paid today, in one transaction; paid and canceled ones stay as they are.

    Raises Invalid where there is none to pay.
    """

    def work(ledger: Ledger) -> Undo:
        rows = read_rows(ledger.store, "payment", ids, lock="update")
        waiting = [row for row in rows.values() if _is_waiting(row)]
        if not waiting:
            raise Invalid({"status": _("None of these is planned or pending: there is nothing to pay.")})
        ledger.change_all("payment", waiting, {"status": PaymentStatus.PAID, "payment_date": today})
        told = name_of(ledger.store, "payment", waiting[0]["id"]) if len(waiting) == 1 else ""
        what = _("{what} paid").format(what=told or counted("payment", len(waiting)))
        left = len(rows) - len(waiting)
        if left:
            said = ngettext("{count} was paid, canceled or deleted", "{count} were paid, canceled or deleted", left)
            what = f"{what} ({said.format(count=left)})"
        return Undo(what, tuple(ledger.changes))

    return carry_out(store, operator, work)
