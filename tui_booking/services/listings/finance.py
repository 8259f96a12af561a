"""Payments."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import PaymentMethod, PaymentStatus
from tui_booking.services.declarations import Column, Filter, Listing, Order, Total
from tui_booking.services.listings import parts


def _sum_where(condition: str) -> str:
    """The amounts in VND of some of the payments."""
    return f"SUM(CASE WHEN {condition} THEN r.amount_vnd END)"


# What is in dong is told by the sums in dong.
_IN_OTHERS = "SUM(CASE WHEN r.currency <> 'VND' AND r.status <> 'canceled' THEN r.amount END)"

_OVERDUE = "r.payment_date < {today} AND r.status IN ('planned', 'pending')"

PAYMENTS = Listing(
    name="payments",
    label=N_("Payments"),
    kind="payment",
    table="payment",
    joins="LEFT JOIN booking b ON b.id = r.booking_id LEFT JOIN creator k ON k.id = r.creator_id"
    " LEFT JOIN campaign c ON c.id = r.campaign_id LEFT JOIN app_user u ON u.id = r.created_by_id",
    columns=(
        Column(
            name="payment_date", label=N_("Date"), sql="r.payment_date", kind="date", order="r.payment_date",
            indexed=True, width=10,
        ),
        Column(
            name="creator", label=N_("Creator"), sql="k.name",
            order=parts.of("creator", "name_folded", "r.creator_id"), width=20,
        ),
        Column(
            name="amount", label=N_("Amount"), sql="r.amount", kind="money", order="r.amount", currency="currency",
            width=14,
        ),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status", words=PaymentStatus,
            width=12,
        ),
        Column(
            name="booking", label=N_("Booking"), sql="b.code", kind="code",
            order=parts.of("booking", "code_folded", "r.booking_id"), width=12,
        ),
        Column(
            name="amount_vnd", label=N_("In VND"), sql="r.amount_vnd", kind="money", order="r.amount_vnd",
            indexed=True, width=14,
        ),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14,
        ),
        Column(
            name="payment_method", label=N_("Method"), sql="r.payment_method", kind="choice",
            order="r.payment_method", words=PaymentMethod, width=14,
        ),
        Column(
            name="invoice_number", label=N_("Invoice"), sql="r.invoice_number", kind="code",
            order="r.invoice_number_folded", indexed=True, width=16,
        ),
        Column(name="currency", label=N_("Currency"), sql="r.currency", kind="code", order="r.currency", width=8),
        Column(
            name="payment_ref", label=N_("Reference"), sql="r.payment_ref", kind="code", order="r.payment_ref",
            width=18, shown=False,
        ),
        Column(
            name="overdue", label=N_("Overdue"), kind="flag", width=8, shown=False,
            sql=f"({_OVERDUE})", order=f"CASE WHEN {_OVERDUE} THEN 1 ELSE 0 END",
        ),
        # It is stored in millionths.
        Column(
            name="exchange_rate", label=N_("Rate"), sql="r.exchange_rate / 10000.0", kind="cost",
            order="r.exchange_rate", width=12, shown=False,
        ),
        Column(name="note", label=N_("Note"), sql="r.note", width=30, shown=False),
        Column(
            name="created_by", label=N_("By"), sql="COALESCE(NULLIF(u.full_name, ''), u.username)",
            order=parts.of("app_user", "username", "r.created_by_id"), width=14, shown=False,
        ),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=PaymentStatus),
        parts.reference("campaign", N_("Campaign"), "campaign", "r.campaign_id"),
        parts.reference("creator", N_("Creator"), "creator", "r.creator_id"),
        Filter(name="payment_method", label=N_("Method"), kind="choice", sql="r.payment_method", words=PaymentMethod),
        Filter(name="payment_date", label=N_("Date"), kind="period", sql="r.payment_date"),
        Filter(
            name="overdue", label=N_("Overdue"), kind="flag",
            sql=_OVERDUE,
        ),
        Filter(
            name="to_pay", label=N_("To pay within 7 days"), kind="flag",
            sql="r.payment_date <= {in_a_week} AND r.status IN ('planned', 'pending')",
        ),
        parts.reference(
            "brand", N_("Brand"), "brand", "r.campaign_id IN (SELECT c.id FROM campaign c WHERE c.brand_id {})"
        ),
        parts.reference("booking", N_("Booking"), "booking", "r.booking_id"),
    ),
    searches=(
        "r.invoice_number_folded",
        parts.folded("r.payment_ref"),
        parts.folded("r.note"),
        parts.among("r.booking_id", "booking", "o.code_folded"),
        parts.among("r.creator_id", "creator", "o.name_folded"),
        parts.among("r.campaign_id", "campaign", "o.code_folded"),
        parts.among("r.campaign_id", "campaign", "o.name_folded"),
        parts.among("r.created_by_id", "app_user", "folded(o.full_name)"),
        parts.among("r.created_by_id", "app_user", "folded(o.username)"),
    ),
    order=Order("payment_date", descending=True),
    parents={
        "booking": "r.booking_id",
        "campaign": "r.campaign_id",
        "creator": "r.creator_id",
        "user": "r.created_by_id",
    },
    totals=(
        Total(name="due", label=N_("To pay"), sql=_sum_where("r.status IN ('planned', 'pending')")),
        Total(name="paid", label=N_("Paid"), sql=_sum_where("r.status = 'paid'")),
        Total(name="abroad", label=N_("Of it"), sql=_IN_OTHERS, group="r.currency"),
    ),
)  # fmt: skip

LISTINGS = (PAYMENTS,)
