"""Which money goes out on which day: what is still to be paid, and what was paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models.database import Store
from tui_booking.services.asking import reader_of, select
from tui_booking.services.declarations import Query
from tui_booking.services.questions import Question

# Over payments `r`, as lists have them.
_DUE = "SUM(CASE WHEN r.status IN ('planned', 'pending') THEN r.amount_vnd ELSE 0 END)"
_PAID = "SUM(CASE WHEN r.status = 'paid' THEN r.amount_vnd ELSE 0 END)"
_OF = {"campaign": "campaign_id", "creator": "creator_id", "booking": "booking_id"}


@dataclass(frozen=True, slots=True)
class CashDay:
    """The money of one day in VND."""

    day: date
    due: Decimal
    paid: Decimal


def read_cash(
    store: Store, since: date | None, until: date | None, *, of: tuple[str, UUID] | None = None
) -> list[CashDay]:
    """The days from one to another that have payments, canceled ones apart; either end may be open.

    `of` narrows it to a campaign, a creator or a booking: kind and id.
    """
    conditions, params = ["p.status IN ('planned', 'pending', 'paid')", "p.deleted_at IS NULL"], list[object]()
    for condition, bound in (("p.payment_date >= ?", since), ("p.payment_date <= ?", until)):
        if bound is not None:
            conditions.append(condition)
            params.append(bound)
    if of is not None:
        kind, record = of
        conditions.append(f"p.{_OF[kind]} = ?")
        params.append(record)
    rows = select(
        store,
        "SELECT p.payment_date, SUM(CASE WHEN p.status = 'paid' THEN 0 ELSE p.amount_vnd END),"
        " SUM(CASE WHEN p.status = 'paid' THEN p.amount_vnd ELSE 0 END) FROM payment p"
        f" WHERE {' AND '.join(conditions)} GROUP BY p.payment_date ORDER BY p.payment_date",
        params,
    )
    day, money = reader_of("date"), reader_of("money")
    return [CashDay(day(at), money(due), money(paid)) for at, due, paid in rows]


def read_cash_of_list(store: Store, query: Query, zone: ZoneInfo) -> list[CashDay]:
    """The days on which the payments of a list are due or were paid, whatever the list is narrowed by."""
    question = Question(store, query, zone)
    rows = select(
        store,
        f"SELECT r.payment_date, {_DUE}, {_PAID}{question.source}{question.where()}"
        " GROUP BY r.payment_date ORDER BY r.payment_date",
        question.params,
    )
    day, money = reader_of("date"), reader_of("money")
    return [CashDay(day(at), money(due), money(paid)) for at, due, paid in rows]
