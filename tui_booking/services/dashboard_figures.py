"""The dashboard's tiles and bars: what the campaigns that run in a period cost and brought, and what is to be paid."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from tui_booking.models.choices import BookingStatus
from tui_booking.models.database import Store
from tui_booking.services import measures
from tui_booking.services.asking import read_id, reader_of, select
from tui_booking.services.dashboard_facts import CampaignSpend, Figures
from tui_booking.services.declarations import Period

_BARS = 12
_OPEN_BOOKINGS = (
    "(SELECT COUNT(*) FROM booking b WHERE b.campaign_id {} AND b.deleted_at IS NULL"
    " AND b.status IN ('negotiating', 'confirmed', 'in_progress'))"
)
_count, _money, _day = reader_of("count"), reader_of("money"), reader_of("date")


def _running_in(period: Period, brand: UUID | None) -> tuple[str, list[object]]:
    """A condition over campaigns `c`, with parameters: those that run on a day of the period; one without days may."""
    conditions, params = ["c.deleted_at IS NULL"], list[object]()
    for condition, value in (
        ("(c.end_date >= ? OR c.end_date IS NULL)", period.start),
        ("(c.start_date <= ? OR c.start_date IS NULL)", period.end),
        ("c.brand_id = ?", brand),
    ):
        if value is not None:
            conditions.append(condition)
            params.append(value)
    return " AND ".join(conditions), params


def read_figures(store: Store, period: Period, brand: UUID | None) -> tuple[bool, Figures]:
    """Whether there is nothing at all yet, and the tiles."""
    condition, params = _running_in(period, brand)
    in_them = "IN (SELECT id FROM chosen)"
    asked = (
        "(SELECT COUNT(*) FROM chosen WHERE status = 'running')",
        "(SELECT COALESCE(SUM(budget_actual), 0) FROM chosen)",
        _OPEN_BOOKINGS.format(in_them),
        measures.committed(f"b.campaign_id {in_them}"),
        measures.views(f"v.campaign_id {in_them}"),
        measures.orders(f"a.campaign_id {in_them}"),
        measures.revenue(f"a.campaign_id {in_them}"),
        *(f"(SELECT 1 FROM {table} LIMIT 1)" for table in ("campaign", "booking", "creator")),
    )
    ((running, paid, bookings, committed, views, orders, revenue, *there),) = select(
        store,
        f"WITH chosen AS (SELECT c.id, c.status, c.budget_actual FROM campaign c WHERE {condition})"
        f" SELECT {', '.join(asked)}",
        params,
    )
    cost, spent, income = _money(committed), _money(paid), _money(revenue)
    figures = Figures(
        running_campaigns=_count(running),
        open_bookings=_count(bookings),
        committed=cost,
        paid=spent,
        due=None if cost is None else cost - spent,
        views=_count(views),
        orders=_count(orders),
        revenue=income,
        roas=float(income / cost) if cost and income is not None else None,
    )
    return not any(there), figures


def read_spend(store: Store, period: Period, brand: UUID | None) -> tuple[CampaignSpend, ...]:
    """What is spent against the largest budgets of the campaigns that run in the period and are not canceled."""
    condition, params = _running_in(period, brand)
    rows = select(
        store,
        f"SELECT r.id, r.code, r.name, r.budget_planned, {measures.committed('b.campaign_id = r.id')}, r.budget_actual"
        f" FROM (SELECT c.id, c.code, c.name, c.budget_planned, c.budget_actual FROM campaign c WHERE {condition}"
        f" AND c.status NOT IN ('draft', 'canceled') ORDER BY c.budget_planned DESC, c.id LIMIT {_BARS}) r"
        " ORDER BY r.budget_planned DESC, r.id",
        params,
    )
    return tuple(
        CampaignSpend(
            id=read_id(id_),
            code=code,
            name=name,
            planned=_money(planned) or None,
            committed=_money(committed),
            paid=_money(paid),
        )
        for id_, code, name, planned, committed, paid in rows
    )


def read_bookings(store: Store, period: Period, brand: UUID | None) -> tuple[tuple[BookingStatus, int], ...]:
    """How many bookings of the campaigns that run in the period have each status, in the order of the statuses."""
    condition, params = _running_in(period, brand)
    rows = select(
        store,
        "SELECT b.status, COUNT(*) FROM booking b WHERE b.deleted_at IS NULL AND b.campaign_id IN"
        f" (SELECT c.id FROM campaign c WHERE {condition}) GROUP BY b.status",
        params,
    )
    counts = {str(status): int(count) for status, count in rows}
    return tuple((status, counts.get(status.value, 0)) for status in BookingStatus)


def read_due_by_day(store: Store, brand: UUID | None) -> tuple[tuple[date, Decimal], ...]:
    """What is planned or pending to be paid, in VND, by day."""
    narrowed, params = narrowed_to(brand, "p.campaign_id")
    rows = select(
        store,
        "SELECT p.payment_date, SUM(p.amount_vnd) FROM payment p WHERE p.status IN ('planned', 'pending')"
        f" AND p.deleted_at IS NULL{narrowed} GROUP BY p.payment_date ORDER BY p.payment_date",
        params,
    )
    return tuple((_day(day), _money(amount)) for day, amount in rows)


def narrowed_to(brand: UUID | None, campaign: str) -> tuple[str, list[object]]:
    """A further condition, with parameters: what is of a campaign of the brand; nothing where there is no brand."""
    if brand is None:
        return "", []
    return f" AND {campaign} IN (SELECT m.id FROM campaign m WHERE m.brand_id = ?)", [brand]
