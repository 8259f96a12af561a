"""The forms of campaigns, bookings and deliverables."""

from __future__ import annotations

from decimal import Decimal

from tui_booking.language import N_
from tui_booking.models.choices import (
    BookingStatus,
    BookingType,
    CampaignChannel,
    CampaignStatus,
    CreatorRole,
    DeliverableStatus,
    DeliverableType,
    Objective,
)
from tui_booking.services.forms.declaration import TEXT_LENGTH, Form, FormField, Narrowing, choice, count, money
from tui_booking.services.forms.people import CURRENCY, IN_USE

CAMPAIGN = FormField("campaign", N_("Campaign"), "reference", required=True, reference="campaign")
CREATOR = FormField("creator", N_("Creator"), "reference", required=True, reference="creator")
BOOKING = FormField("booking", N_("Booking"), "reference", required=True, reference="booking")
# A product is one of the brand of the campaign that a form names.
OF_CAMPAIGN_BRAND = Narrowing(
    "campaign", "t.brand_id = (SELECT c.brand_id FROM campaign c WHERE c.id = ?)", needed=True
)

WORK = (
    Form(
        "campaign",
        N_("Campaign"),
        (
            FormField("code", N_("Code"), "code", required=True),
            FormField("name", N_("Name"), required=True),
            FormField("brand", N_("Brand"), "reference", required=True, reference="brand"),
            choice("status", N_("Status"), CampaignStatus.DRAFT),
            choice("channel", N_("Channel"), CampaignChannel.TIKTOK),
            choice("objective", N_("Objective"), Objective.AWARENESS),
            FormField("start_date", N_("Start"), "date", required=True, starts_today=True),
            FormField("end_date", N_("End"), "date", required=True, help=N_("dd/mm/yyyy, +14d …")),
            money("budget_planned", N_("Planned budget"), about=N_("In VND.")),
            FormField(
                "budget_actual", N_("Paid"), "money", default=Decimal(0), read_only=True,
                help=N_("Computed: the paid payments that are not deleted."),
            ),
            count("kpi_view", N_("KPI views")),
            count("kpi_order", N_("KPI orders")),
            money("kpi_revenue", N_("KPI revenue"), about=N_("In VND.")),
            FormField("owner", N_("Owner"), "reference", reference="user"),
            FormField("description", N_("Description"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "campaign_product",
        N_("Product of a campaign"),
        (
            CAMPAIGN,
            FormField(
                "product", N_("Product"), "reference", required=True, reference="product",
                narrowed_by=OF_CAMPAIGN_BRAND,
            ),
            count("priority", N_("Priority")),
            FormField("note", N_("Note"), "long_text"),
        ),
    ),
    Form(
        "campaign_creator",
        N_("Creator of a campaign"),
        (
            CAMPAIGN,
            CREATOR,
            choice("role", N_("Role"), CreatorRole.MAIN),
            FormField("note", N_("Note"), "long_text"),
        ),
    ),
    Form(
        "booking",
        N_("Booking"),
        (
            FormField("code", N_("Code"), "code", required=True),
            CAMPAIGN,
            CREATOR,
            FormField(
                "channel", N_("Channel"), "reference", reference="creator_channel",
                narrowed_by=Narrowing("creator", "t.creator_id = ?", needed=True), help=N_("One of the creator's."),
            ),
            FormField("brand", N_("Brand"), "reference", reference="brand", read_only=True, help=N_("The campaign's.")),
            FormField(
                "product_focus", N_("Main product"), "reference", reference="product", narrowed_by=OF_CAMPAIGN_BRAND,
                help=N_("One of the campaign's brand."),
            ),
            choice("booking_type", N_("Type"), BookingType.VIDEO_ONLY),
            choice("status", N_("Status"), BookingStatus.NEGOTIATING),
            money("total_fee_agreed", N_("Agreed fee"), currency="currency"),
            CURRENCY,
            FormField("start_date", N_("Start"), "date"),
            FormField("end_date", N_("End"), "date"),
            count("deliverables_count_planned", N_("Deliverables planned")),
            FormField("brief_summary", N_("Brief"), "markdown", help=N_("In a few lines.")),
            FormField(
                "contract_file", N_("Contract"), longest=TEXT_LENGTH, nullable=True,
                help=N_("Address or words."),
            ),
            FormField("internal_note", N_("Internal note"), "long_text", help=N_("Does not leave the team.")),
        ),
    ),
    Form(
        "booking_deliverable",
        N_("Deliverable"),
        (
            BOOKING,
            FormField("title", N_("Title"), required=True),
            choice("deliverable_type", N_("Type"), DeliverableType.VIDEO_FEED),
            choice("status", N_("Status"), DeliverableStatus.PLANNED),
            FormField("deadline_post", N_("Post by"), "date"),
            FormField("deadline_shoot", N_("Shoot by"), "date"),
            FormField("quantity", N_("Quantity"), "count", required=True, default=1),
            FormField("fee", N_("Fee"), "money", currency="booking.currency", help=N_("Its part of the fee.")),
            FormField("deliverable_code", N_("Code"), "code", nullable=True, help=N_("Within the booking.")),
            FormField("script_link", N_("Script"), longest=TEXT_LENGTH, help=N_("Where it is.")),
            FormField("requirements", N_("Requirements"), "markdown"),
        ),
    ),
)  # fmt: skip
