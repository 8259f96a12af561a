"""The kinds of import file about money."""

from __future__ import annotations

from dataclasses import replace

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kind import KEY_IS_READ, Identity, Join, Kind, Match, Rule
from tui_booking.importing.kinds_people import CREATOR
from tui_booking.importing.kinds_results import OTHER_CAMPAIGN, OTHER_CREATOR
from tui_booking.importing.kinds_work import BOOKING_OF_ROW, CAMPAIGN, user
from tui_booking.language import N_
from tui_booking.models.choices import PaymentMethod, PaymentStatus
from tui_booking.reading.money import MONEY_LIMIT

PAYMENTS = Kind(
    "payments",
    table="payment",
    noun=N_("payment"),
    columns=(
        Column("payment_ref", Type.CODE, field="payment_ref", about="finds the payment whatever else changes"),
        Column("booking_code", Type.CODE, required=True, path="booking.code", about="a code of bookings"),
        Column("campaign_code", Type.CODE, path="campaign.code", about="the booking's; any other is an error"),
        Column("creator_key", Type.CODE, path="creator.creator_key", about="the booking's; any other is an error"),
        Column("amount", Type.MONEY, required=True, field="amount", currency="currency"),
        Column("currency", Type.CURRENCY, field="currency"),
        Column("exchange_rate", Type.EXCHANGE, field="exchange_rate", about="dong for one unit of the currency"),
        Column("amount_vnd", Type.MONEY, field="amount_vnd", about="computed; a given one is compared"),
        Column("payment_date", Type.DATE, required=True, field="payment_date"),
        Column("payment_method", Type.CHOICE, field="payment_method", choices=PaymentMethod, about="payment method"),
        Column("status", Type.CHOICE, field="status", choices=PaymentStatus, about="payment status"),
        Column("invoice_number", Type.CODE, field="invoice_number"),
        Column("note", Type.TEXT, field="note"),
        Column("created_by_username", Type.CODE, path="person.username", about="a user"),
    ),
    keys=(("payment_ref",), ("booking_code", "amount", "payment_date")),
    joins=(
        CAMPAIGN,
        CREATOR,
        replace(BOOKING_OF_ROW, field="booking_id"),
        Match(
            "t.id = CASE WHEN s.payment_ref IS NOT NULL"
            " THEN (SELECT y.id FROM payment y WHERE y.payment_ref = s.payment_ref)"
            " ELSE (SELECT y.id FROM payment y WHERE y.booking_id = booking.id AND y.payment_date = s.payment_date"
            " AND y.amount = s.amount AND y.status = COALESCE(s.status, 'planned')"
            " ORDER BY y.deleted_at IS NOT NULL, y.payment_ref IS NOT NULL, y.id LIMIT 1) END"
        ),
        Join("fb", "booking", "fb.id = {final:booking_id}"),
        Join("final_campaign", "campaign", "final_campaign.id = fb.campaign_id"),
        Join("final_creator", "creator", "final_creator.id = fb.creator_id"),
        user("created_by_username", "created_by_id"),
    ),
    derived={
        "campaign_id": "q.final_campaign_id",
        "creator_id": "q.final_creator_id",
        "exchange_rate": "CASE WHEN q.currency = 'VND' THEN NULL ELSE q.exchange_rate END",
        "amount_vnd": (
            "CASE WHEN q.currency = 'VND' THEN {vnd:q.amount:1000000}"
            " WHEN q.exchange_rate IS NULL THEN CASE WHEN q.row_vnd IS NOT NULL THEN q.row_vnd"
            " WHEN q.amount = q.old_amount AND q.currency = q.old_currency THEN q.old_vnd ELSE NULL END"
            " ELSE {vnd:q.amount:q.exchange_rate} END"
        ),
    },
    extras={
        "final_campaign_id": "final_campaign.id",
        "booking_is_placeholder": "fb.is_placeholder",
        "final_campaign": "final_campaign.code",
        "final_creator_id": "final_creator.id",
        "final_creator": "final_creator.creator_key",
        "row_ref": "s.payment_ref",
        "row_vnd": "s.amount_vnd",
        "old_amount": "t.amount",
        "old_currency": "t.currency",
        "old_vnd": "t.amount_vnd",
        "old_campaign_id": "t.campaign_id",
        "candidates": (
            "CASE WHEN s.payment_ref IS NOT NULL THEN 1 ELSE (SELECT COUNT(*) FROM payment y"
            " WHERE y.booking_id = booking.id AND y.payment_date = s.payment_date AND y.amount = s.amount"
            " AND y.status = COALESCE(s.status, 'planned') AND y.deleted_at IS NULL AND y.payment_ref IS NULL) END"
        ),
        # COALESCE keeps SQLite from the index that starts with the status: it would read all that wait on that day.
        "waiting": (
            "(SELECT y.status FROM payment y WHERE y.booking_id = booking.id AND y.payment_date = s.payment_date"
            " AND y.amount = s.amount AND COALESCE(y.status, '') IN ('planned', 'pending') AND y.deleted_at IS NULL"
            " ORDER BY y.status, y.id LIMIT 1)"
        ),
        "waiting_ref": (
            "(SELECT COALESCE(y.payment_ref, '') FROM payment y WHERE y.booking_id = booking.id"
            " AND y.payment_date = s.payment_date AND y.amount = s.amount"
            " AND COALESCE(y.status, '') IN ('planned', 'pending') AND y.deleted_at IS NULL"
            " ORDER BY y.status, y.id LIMIT 1)"
        ),
    },
    identities=(
        Identity(("payment_ref",), "row_ref IS NOT NULL"),
        Identity(("booking_id", "payment_date", "amount", "status"), "row_ref IS NULL"),
        Identity(("target_id",), "target_id IS NOT NULL"),
    ),
    rules=(
        Rule(
            "payment_ref",
            "s.payment_ref IS NULL AND (s.booking_code IS NULL OR s.amount IS NULL OR s.payment_date IS NULL)"
            f" AND {KEY_IS_READ}",
            N_("nothing says which payment this is; give payment_ref, or booking_code, amount and payment_date"),
        ),
        Rule(
            "payment_ref",
            "p.candidates > 1",
            N_("{detail} payments of the booking have this date, amount and status; give payment_ref"),
            detail="p.candidates",
        ),
        OTHER_CAMPAIGN,
        OTHER_CREATOR,
        Rule(
            "currency",
            "s.currency IS NULL AND p.old_currency <> 'VND' AND s.amount <> p.old_amount",
            N_("the stored amount is in {detail}; say in which currency the new one is"),
            detail="p.old_currency",
        ),
        Rule(
            "exchange_rate",
            "p.amount_vnd IS NULL AND p.amount IS NOT NULL",
            N_("an amount in {detail} needs an exchange_rate"),
            detail="p.currency",
        ),
        Rule(
            "amount",
            f"p.amount_vnd >= {MONEY_LIMIT}",
            N_("amount and exchange rate make more dong than can be kept; correct one of the two"),
        ),
        Rule(
            "exchange_rate",
            "p.currency = 'VND' AND s.exchange_rate <> 1000000",
            N_("an amount in VND has the rate 1; the one given is left out"),
            "warning",
        ),
        Rule(
            "amount_vnd",
            "s.amount_vnd - p.amount_vnd > 100 OR p.amount_vnd - s.amount_vnd > 100",
            N_("amount and exchange rate make {detail} VND, which is stored"),
            "warning",
            detail="p.amount_vnd / 100",
        ),
        Rule(
            "status",
            "p.outcome = 'create' AND p.waiting IS NOT NULL",
            N_(
                "a payment of the same booking, date and amount waits as {detail}; if this is the same one,"
                " give both a payment_ref so that it is found whatever its status"
            ),
            "warning",
            detail="p.waiting || CASE WHEN p.waiting_ref = '' THEN '' ELSE ' (' || p.waiting_ref || ')' END",
        ),
    ),
    effects=("bring_budgets_up_to_date",),
    about="What is owed and was paid. Found by payment_ref, else by booking, payment_date, amount and status.",
)

FINANCE = (PAYMENTS,)
