"""What was planned: campaigns, and the products and creators in them."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    CountField,
    DateField,
    FlagField,
    FoldedField,
    MoneyField,
    Reference,
    TextField,
    lookup,
    sorted_by,
    unique,
)
from tui_booking.models.choices import CampaignChannel, CampaignStatus, CreatorRole, Objective
from tui_booking.models.core import Brand, Product, User
from tui_booking.models.creators import Creator


class Campaign(Base):
    """A plan of a brand for a time and a budget.

    `budget_actual` is computed: the sum of `amount_vnd` over the campaign's paid payments that are not deleted.
    Only a placeholder may be without its dates.
    """

    checks: ClassVar[dict[str, str]] = {
        "dates_order": "end_date >= start_date",
        "dates_known": "is_placeholder OR (start_date IS NOT NULL AND end_date IS NOT NULL)",
    }
    lookups = (
        unique("code"),
        lookup("brand_id", "start_date"),
        lookup("status", "start_date"),
        sorted_by("start_date"),
        sorted_by("end_date"),
    )
    placeholder = True
    placeholder_note_field = "description"

    code = CodeField()
    name = TextField()
    brand = Reference(Brand, backref="campaigns")
    brand_id: UUID
    channel = ChoiceField(CampaignChannel, default=CampaignChannel.TIKTOK)
    objective = ChoiceField(Objective, default=Objective.AWARENESS)
    description = TextField()
    start_date = DateField(null=True)
    end_date = DateField(null=True)
    budget_planned = MoneyField(default=Decimal(0))
    budget_actual = MoneyField(default=Decimal(0))
    kpi_view = CountField(default=0)
    kpi_order = CountField(default=0)
    kpi_revenue = MoneyField(default=Decimal(0))
    status = ChoiceField(CampaignStatus, default=CampaignStatus.DRAFT)
    owner = Reference(User, backref="campaigns", null=True)
    owner_id: UUID | None
    is_placeholder = FlagField(default=False)
    code_folded = FoldedField("code")
    name_folded = FoldedField("name")


class CampaignProduct(Base):
    """That a campaign advertises a product."""

    lookups = (unique("campaign_id", "product_id"),)

    campaign = Reference(Campaign, backref="campaign_products")
    campaign_id: UUID
    product = Reference(Product, backref="campaign_products")
    product_id: UUID
    priority = CountField(default=0)
    note = TextField()


class CampaignCreator(Base):
    """That a creator takes part in a campaign."""

    lookups = (unique("campaign_id", "creator_id"),)

    campaign = Reference(Campaign, backref="campaign_creators")
    campaign_id: UUID
    creator = Reference(Creator, backref="campaign_creators")
    creator_id: UUID
    role = ChoiceField(CreatorRole, default=CreatorRole.MAIN)
    note = TextField()
