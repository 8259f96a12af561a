"""What was agreed: bookings, what they are to deliver, and how their status changed."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar
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
    MoneyField,
    Reference,
    TextField,
    UtcDateTimeField,
    lookup,
    sorted_by,
    unique,
    utc_now,
)
from tui_booking.models.campaigns import Campaign
from tui_booking.models.choices import BookingStatus, BookingType, DeliverableStatus, DeliverableType
from tui_booking.models.core import Brand, Product, User
from tui_booking.models.creators import Creator, CreatorChannel


class Booking(Base):
    """What a creator agreed to do in a campaign. The brand is the campaign's; the channel is the creator's."""

    checks: ClassVar[dict[str, str]] = {"dates_order": "end_date >= start_date"}
    lookups = (
        unique("code"),
        lookup("campaign_id", "status"),
        lookup("creator_id", "status"),
        sorted_by("status"),
        sorted_by("start_date"),
        sorted_by("end_date"),
        sorted_by("total_fee_agreed"),
    )
    placeholder = True
    placeholder_note_field = "internal_note"

    code = CodeField()
    campaign = Reference(Campaign, backref="bookings")
    campaign_id: UUID
    creator = Reference(Creator, backref="bookings")
    creator_id: UUID
    channel = Reference(CreatorChannel, backref="bookings", null=True)
    channel_id: UUID | None
    brand = Reference(Brand, backref="bookings")
    brand_id: UUID
    product_focus = Reference(Product, backref="bookings", null=True)
    product_focus_id: UUID | None
    booking_type = ChoiceField(BookingType, default=BookingType.VIDEO_ONLY)
    brief_summary = TextField()
    contract_file = TextField(null=True)
    start_date = DateField(null=True)
    end_date = DateField(null=True)
    total_fee_agreed = MoneyField(default=Decimal(0))
    currency = CurrencyField()
    deliverables_count_planned = CountField(default=0)
    status = ChoiceField(BookingStatus, default=BookingStatus.NEGOTIATING)
    internal_note = TextField()
    is_placeholder = FlagField(default=False)
    code_folded = FoldedField("code")


class BookingDeliverable(Base):
    """One of the things that a booking is to deliver."""

    lookups = (
        unique("booking_id", "deliverable_code", where="deliverable_code IS NOT NULL"),
        lookup("booking_id", "deadline_post"),
        lookup("status", "deadline_post"),
        sorted_by("deadline_post"),
        sorted_by("deadline_shoot"),
    )

    booking = Reference(Booking, backref="deliverables")
    booking_id: UUID
    deliverable_code = CodeField(null=True)
    deliverable_type = ChoiceField(DeliverableType)
    title = TextField()
    script_link = TextField()
    requirements = TextField()
    deadline_shoot = DateField(null=True)
    deadline_post = DateField(null=True)
    quantity = CountField(default=1)
    fee = MoneyField(null=True)
    status = ChoiceField(DeliverableStatus, default=DeliverableStatus.PLANNED)
    title_folded = FoldedField("title", indexed=100)


class BookingStatusHistory(Base):
    """One change of a booking's status, never edited; the one without `from_status` is its creation."""

    lookups = (lookup("booking_id", "changed_at"),)

    booking = Reference(Booking, backref="status_history")
    booking_id: UUID
    from_status = ChoiceField(BookingStatus, null=True)
    to_status = ChoiceField(BookingStatus)
    changed_by = Reference(User, backref="status_changes", null=True)
    changed_by_id: UUID | None
    note = TextField()
    changed_at = UtcDateTimeField(default=utc_now)
