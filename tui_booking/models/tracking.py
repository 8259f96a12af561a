"""What it earned: the codes and links given to creators, and the orders that came through them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    CountField,
    CurrencyField,
    DateField,
    FlagField,
    FoldedField,
    JsonField,
    MoneyField,
    Reference,
    TextField,
    lookup,
    sorted_by,
    unique,
)
from tui_booking.models.bookings import Booking
from tui_booking.models.campaigns import Campaign
from tui_booking.models.choices import CodeType, TrackingPlatform
from tui_booking.models.core import Product
from tui_booking.models.creators import Creator


class TrackingAsset(Base):
    """A voucher, link or code by which an order is known to come from a creator."""

    lookups = (unique("platform", "code_type", "code_value"),)
    placeholder = True
    placeholder_note_field = "note"

    campaign = Reference(Campaign, backref="tracking_assets")
    campaign_id: UUID
    booking = Reference(Booking, backref="tracking_assets", null=True)
    booking_id: UUID | None
    creator = Reference(Creator, backref="tracking_assets", null=True)
    creator_id: UUID | None
    code_type = ChoiceField(CodeType)
    code_value = CodeField()
    platform = ChoiceField(TrackingPlatform)
    target_url = TextField(null=True)
    note = TextField()
    is_placeholder = FlagField(default=False)
    code_value_folded = FoldedField("code_value")


class TrackingConversion(Base):
    """An order; its revenue is negative where it was given back."""

    lookups = (
        unique("tracking_asset_id", "order_code"),
        lookup("tracking_asset_id", "order_date"),
        sorted_by("order_date"),
    )

    tracking_asset = Reference(TrackingAsset, backref="conversions")
    tracking_asset_id: UUID
    order_code = CodeField()
    order_id_external = CodeField(null=True)
    order_date = DateField()
    revenue = MoneyField(minimum=None, default=Decimal(0))
    currency = CurrencyField()
    source_platform = TextField()
    product = Reference(Product, backref="conversions", null=True)
    product_id: UUID | None
    quantity = CountField(null=True)
    data_raw = JsonField()
    order_code_folded = FoldedField("order_code")
