"""What we owe and what was paid."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    CurrencyField,
    DateField,
    ExchangeRateField,
    FoldedField,
    MoneyField,
    Reference,
    TextField,
    lookup,
    sorted_by,
    unique,
)
from tui_booking.models.bookings import Booking
from tui_booking.models.campaigns import Campaign
from tui_booking.models.choices import PaymentMethod, PaymentStatus
from tui_booking.models.core import User
from tui_booking.models.creators import Creator

_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def amount_in_vnd(amount: Decimal, currency: str, exchange_rate: Decimal | None) -> Decimal | None:
    """An amount in whole dong, rounded half-even; None where the rate is not known. For VND the rate is 1."""
    rate = Decimal(1) if currency == "VND" else exchange_rate
    return None if rate is None else _EXACT.multiply(amount, rate).quantize(Decimal(1), context=_EXACT)


class Payment(Base):
    """A payment of a booking, planned or made. Its campaign and creator are the booking's.

    `amount_vnd` is computed: amount times exchange rate (1 for VND), rounded half-even to a whole dong.
    """

    lookups = (
        unique("payment_ref", where="payment_ref IS NOT NULL"),
        lookup("campaign_id", "payment_date"),
        lookup("creator_id", "payment_date"),
        lookup("status", "payment_date"),
        lookup("booking_id", "payment_date"),
        sorted_by("payment_date"),
        sorted_by("amount_vnd"),
    )

    booking = Reference(Booking, backref="payments")
    booking_id: UUID
    creator = Reference(Creator, backref="payments")
    creator_id: UUID
    campaign = Reference(Campaign, backref="payments")
    campaign_id: UUID
    amount = MoneyField()
    currency = CurrencyField()
    exchange_rate = ExchangeRateField(null=True)
    amount_vnd = MoneyField()
    payment_date = DateField()
    payment_method = ChoiceField(PaymentMethod, default=PaymentMethod.BANK_TRANSFER)
    status = ChoiceField(PaymentStatus, default=PaymentStatus.PLANNED)
    invoice_number = CodeField(null=True)
    payment_ref = CodeField(null=True)
    note = TextField()
    created_by = Reference(User, backref="payments", null=True)
    created_by_id: UUID | None
    invoice_number_folded = FoldedField("invoice_number")
