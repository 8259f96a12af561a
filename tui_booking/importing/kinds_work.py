"""The kinds of import file about campaigns, bookings and deliverables."""

from __future__ import annotations

from dataclasses import replace

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kind import KEY_IS_READ, Identity, Join, Kind, Match, Parent, Placeholder, Reference, Rule
from tui_booking.importing.kinds_people import BRAND, CREATOR, PLATFORM_OF_ROW
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
    Platform,
)

CAMPAIGN = Reference(
    "campaign",
    "campaign",
    "campaign.code = s.campaign_code",
    "campaign_code",
    N_("campaign"),
    field="campaign_id",
    placeholder=Placeholder(
        ("s.campaign_code",),
        {"code": "s.campaign_code", "name": "s.campaign_code"},
        {"brand_id": Parent("brand")},
    ),
)
# In these files a campaign is named beside its brand, so a missing campaign gets that one.
CAMPAIGN_OF_BRAND = replace(
    CAMPAIGN,
    placeholder=Placeholder(
        ("s.campaign_code",),
        {"code": "s.campaign_code", "name": "s.campaign_code"},
        {"brand_id": Parent("brand", "brand.id")},
    ),
)
BRAND_OF_PARENT = "(SELECT c.brand_id FROM campaign c WHERE c.id = {parent:campaign_id})"
BRAND_NAMED = replace(BRAND, field=None)
# Of a campaign that stands in for a missing one, and of its brand, by their aliases.
BRAND_IS_UNKNOWN = "({campaign}.is_placeholder AND {campaign}.code <> 'UNKNOWN' AND {brand}.code = 'UNKNOWN')"
BOOKING = Reference(
    "booking",
    "booking",
    "booking.code = s.booking_code",
    "booking_code",
    N_("booking"),
    field="booking_id",
    placeholder=Placeholder(
        ("s.booking_code",),
        {"code": "s.booking_code", "brand_id": BRAND_OF_PARENT},
        {"campaign_id": Parent("campaign"), "creator_id": Parent("creator")},
    ),
)
# In these files a booking is named beside its campaign and creator.
BOOKING_OF_ROW = replace(
    BOOKING,
    placeholder=Placeholder(
        ("s.booking_code",),
        {"code": "s.booking_code", "brand_id": BRAND_OF_PARENT},
        {"campaign_id": Parent("campaign", "campaign.id"), "creator_id": Parent("creator", "creator.id")},
    ),
)
DATES_ORDER = Rule(
    "end_date", "p.end_date < p.start_date", N_("the end is before the start, which is {detail}"), detail="p.start_date"
)


def user(column: str, field: str) -> Reference:
    """The user that a column names."""
    return Reference(
        "person",
        "app_user",
        f"person.username = s.{column}",
        column,
        N_("user"),
        field=field,
        placeholder=Placeholder((f"s.{column}",), {"username": f"s.{column}", "full_name": f"s.{column}"}),
    )


CAMPAIGNS = Kind(
    "campaigns",
    table="campaign",
    noun=N_("campaign"),
    columns=(
        Column("code", Type.CODE, key=True, field="code"),
        Column("name", Type.NAME, required=True, field="name"),
        Column("brand_code", Type.CODE, required=True, path="brand.code", about="a code of brands"),
        Column("channel", Type.CHOICE, field="channel", choices=CampaignChannel, about="campaign channel"),
        Column("objective", Type.CHOICE, field="objective", choices=Objective, about="objective"),
        Column("description", Type.TEXT, field="description"),
        Column("start_date", Type.DATE, required=True, field="start_date"),
        Column("end_date", Type.DATE, required=True, field="end_date"),
        Column("budget_planned", Type.MONEY, field="budget_planned"),
        Column("kpi_view", Type.WHOLE, field="kpi_view"),
        Column("kpi_order", Type.WHOLE, field="kpi_order"),
        Column("kpi_revenue", Type.MONEY, field="kpi_revenue"),
        Column("status", Type.CHOICE, field="status", choices=CampaignStatus, about="campaign status"),
        Column("owner_username", Type.CODE, path="person.username", about="a user"),
    ),
    keys=(("code",),),
    joins=(Match("t.code = s.code"), BRAND, user("owner_username", "owner_id")),
    extras={"old_brand_id": "t.brand_id"},
    identities=(Identity(("code",)),),
    rules=(DATES_ORDER,),
    effects=("follow_campaign_brand",),
    about="Campaigns of a brand. What was spent (budget_actual) is computed and has no column.",
)

CAMPAIGN_PRODUCTS = Kind(
    "campaign_products",
    table="campaign_product",
    noun=N_("product of a campaign"),
    columns=(
        Column("campaign_code", Type.CODE, key=True, path="campaign.code", about="a code of campaigns"),
        Column("brand_code", Type.CODE, path="brand.code", about="the campaign's brand where left out"),
        Column("product_code", Type.CODE, key=True, path="product.code", about="a code of the brand's products"),
        Column("priority", Type.WHOLE, field="priority"),
        Column("note", Type.TEXT, field="note"),
    ),
    keys=(("campaign_code", "product_code"),),
    joins=(
        BRAND_NAMED,
        CAMPAIGN_OF_BRAND,
        Reference(
            "product",
            "product",
            "product.brand_id = CASE WHEN s.brand_code IS NULL THEN campaign.brand_id ELSE brand.id END"
            " AND product.code = s.product_code",
            "product_code",
            N_("product of this brand"),
            field="product_id",
            within="CASE WHEN s.brand_code IS NULL THEN campaign.brand_id ELSE brand.id END",
            placeholder=Placeholder(
                ("CASE WHEN s.brand_code IS NULL THEN campaign.brand_id ELSE brand.id END", "s.product_code"),
                {"code": "s.product_code", "name": "s.product_code"},
                {
                    "brand_id": Parent(
                        "brand", "CASE WHEN s.brand_code IS NULL THEN campaign.brand_id ELSE brand.id END"
                    )
                },
            ),
        ),
        Match("t.campaign_id = campaign.id AND t.product_id = product.id"),
    ),
    identities=(Identity(("campaign_id", "product_id")),),
    effects=("settle_adoptions",),
    brand_is_of="campaign.id",
    export_joins=("LEFT JOIN brand ON brand.id = product.brand_id",),
    about="Which products a campaign is about.",
)

CAMPAIGN_CREATORS = Kind(
    "campaign_creators",
    table="campaign_creator",
    noun=N_("creator of a campaign"),
    columns=(
        Column("campaign_code", Type.CODE, key=True, path="campaign.code", about="a code of campaigns"),
        Column("creator_key", Type.CODE, key=True, path="creator.creator_key", about="a key of creators"),
        Column("role", Type.CHOICE, field="role", choices=CreatorRole, about="role"),
        Column("note", Type.TEXT, field="note"),
    ),
    keys=(("campaign_code", "creator_key"),),
    joins=(CAMPAIGN, CREATOR, Match("t.campaign_id = campaign.id AND t.creator_id = creator.id")),
    identities=(Identity(("campaign_id", "creator_id")),),
    about="Which creators a campaign has in view.",
)

BOOKINGS = Kind(
    "bookings",
    table="booking",
    noun=N_("booking"),
    columns=(
        Column("code", Type.CODE, key=True, field="code"),
        Column("campaign_code", Type.CODE, required=True, path="campaign.code", about="a code of campaigns"),
        Column("brand_code", Type.CODE, path="brand.code", about="the campaign's brand; any other is an error"),
        Column("creator_key", Type.CODE, required=True, path="creator.creator_key", about="a key of creators"),
        Column("platform", Type.CHOICE, choices=Platform, path="ch.platform", about="platform"),
        Column("handle", Type.HANDLE, path="ch.handle", about="a channel of the creator"),
        Column("product_code", Type.CODE, path="product.code", about="a code of the brand's products"),
        Column("booking_type", Type.CHOICE, field="booking_type", choices=BookingType, about="booking type"),
        Column("brief_summary", Type.TEXT, field="brief_summary"),
        Column("start_date", Type.DATE, field="start_date"),
        Column("end_date", Type.DATE, field="end_date"),
        Column("total_fee_agreed", Type.MONEY, field="total_fee_agreed", currency="currency"),
        Column("currency", Type.CURRENCY, field="currency"),
        Column("deliverables_count_planned", Type.WHOLE, field="deliverables_count_planned"),
        Column("status", Type.CHOICE, field="status", choices=BookingStatus, about="booking status"),
        Column("internal_note", Type.TEXT, field="internal_note"),
    ),
    keys=(("code",),),
    joins=(
        Match("t.code = s.code"),
        BRAND_NAMED,
        CAMPAIGN_OF_BRAND,
        Join("fc", "campaign", "fc.id = COALESCE(campaign.id, t.campaign_id)"),
        Join("fb", "brand", "fb.id = fc.brand_id"),
        CREATOR,
        Reference(
            "ch",
            "creator_channel",
            f"ch.platform = {PLATFORM_OF_ROW} AND ch.handle = s.handle",
            "handle",
            N_("channel"),
            field="channel_id",
            within="COALESCE(creator.id, t.creator_id)",
            shown=("platform", "handle"),
            placeholder=Placeholder(
                (PLATFORM_OF_ROW, "s.handle"),
                {"platform": PLATFORM_OF_ROW, "handle": "s.handle"},
                {"creator_id": Parent("creator", "COALESCE(creator.id, t.creator_id)")},
            ),
        ),
        Join("fch", "creator_channel", "fch.id = {final:channel_id}"),
        Join("channel_owner", "creator", "channel_owner.id = fch.creator_id"),
        Reference(
            "product",
            "product",
            "product.brand_id = fc.brand_id AND product.code = s.product_code",
            "product_code",
            N_("product of the campaign's brand"),
            field="product_focus_id",
            within="fc.brand_id",
            placeholder=Placeholder(
                ("fc.brand_id", "s.product_code"),
                {"code": "s.product_code", "name": "s.product_code"},
                {"brand_id": Parent("brand", "fc.brand_id")},
            ),
        ),
        Join("fp", "product", "fp.id = {final:product_focus_id}"),
        Join("product_brand", "brand", "product_brand.id = fp.brand_id"),
    ),
    derived={"brand_id": "q.campaign_brand_id"},
    extras={
        "campaign_brand_id": "fc.brand_id",
        # A campaign that only stands in for a missing one does not know its brand yet.
        "campaign_brand": f"CASE WHEN {BRAND_IS_UNKNOWN.format(campaign='fc', brand='fb')} THEN NULL ELSE fb.code END",
        "product_brand": "CASE WHEN fp.is_placeholder THEN NULL ELSE product_brand.code END",
        "channel_owner_id": "fch.creator_id",
        "channel_owner": "channel_owner.creator_key",
        "old_status": "t.status",
        "old_currency": "t.currency",
        "old_fee": "t.total_fee_agreed",
        "old_campaign_id": "t.campaign_id",
        "old_creator_id": "t.creator_id",
    },
    identities=(Identity(("code",)),),
    rules=(
        DATES_ORDER,
        Rule(
            "brand_code",
            "s.brand_code IS NOT NULL AND p.campaign_brand <> s.brand_code",
            N_("the campaign belongs to the brand '{detail}'; correct the brand or leave the cell empty"),
            detail="p.campaign_brand",
        ),
        Rule(
            "handle",
            "p.channel_owner_id <> p.creator_id",
            N_("this channel belongs to the creator '{detail}'; correct the handle or the creator_key"),
            detail="p.channel_owner",
        ),
        Rule(
            "product_code",
            "p.old_campaign_id <> p.campaign_id AND p.product_brand <> p.campaign_brand",
            N_(
                "the product is of the brand '{detail}', the campaign is not;"
                " give a product_code of the campaign's brand"
            ),
            detail="p.product_brand",
        ),
        Rule(
            "currency",
            "s.currency IS NULL AND p.old_currency <> 'VND' AND s.total_fee_agreed <> p.old_fee",
            N_("the stored fee is in {detail}; say in which currency the new one is"),
            detail="p.old_currency",
        ),
        Rule(
            "platform",
            "s.platform IS NOT NULL AND s.handle IS NULL",
            N_("a platform without a handle says nothing"),
            "warning",
        ),
    ),
    effects=("record_status", "follow_booking", "settle_adoptions"),
    brand_is_of="fc.id",
    export_joins=("LEFT JOIN brand ON brand.id = t.brand_id",),
    about="What was agreed with a creator. Its brand is the campaign's; its channel belongs to the creator.",
)

BOOKING_DELIVERABLES = Kind(
    "booking_deliverables",
    table="booking_deliverable",
    noun=N_("deliverable"),
    columns=(
        Column("booking_code", Type.CODE, key=True, path="booking.code", about="a code of bookings"),
        Column("deliverable_code", Type.CODE, field="deliverable_code"),
        Column(
            "deliverable_type",
            Type.CHOICE,
            required=True,
            field="deliverable_type",
            choices=DeliverableType,
            about="deliverable type",
        ),
        Column("title", Type.NAME, required=True, field="title"),
        Column("script_link", Type.TEXT, field="script_link"),
        Column("requirements", Type.TEXT, field="requirements"),
        Column("deadline_shoot", Type.DATE, field="deadline_shoot"),
        Column("deadline_post", Type.DATE, field="deadline_post"),
        Column("quantity", Type.WHOLE, field="quantity"),
        Column("fee", Type.MONEY, field="fee"),
        Column("status", Type.CHOICE, field="status", choices=DeliverableStatus, about="deliverable status"),
    ),
    keys=(("booking_code", "deliverable_code"), ("booking_code", "deliverable_type", "title")),
    joins=(
        BOOKING,
        Match(
            "t.id = CASE WHEN s.deliverable_code IS NOT NULL THEN (SELECT d.id FROM booking_deliverable d"
            " WHERE d.booking_id = booking.id AND d.deliverable_code = s.deliverable_code)"
            " ELSE (SELECT d.id FROM booking_deliverable d WHERE d.booking_id = booking.id"
            " AND d.deliverable_type = s.deliverable_type AND d.title = s.title"
            " AND {same:d.deadline_post:s.deadline_post}"
            " ORDER BY d.deleted_at IS NOT NULL, d.deliverable_code IS NOT NULL, d.id LIMIT 1) END"
        ),
    ),
    extras={
        "row_code": "s.deliverable_code",
        "candidates": (
            "CASE WHEN s.deliverable_code IS NOT NULL THEN 1 ELSE (SELECT COUNT(*) FROM booking_deliverable d"
            " WHERE d.booking_id = booking.id AND d.deliverable_type = s.deliverable_type AND d.title = s.title"
            " AND {same:d.deadline_post:s.deadline_post} AND d.deleted_at IS NULL AND d.deliverable_code IS NULL) END"
        ),
    },
    identities=(
        Identity(("booking_id", "deliverable_code"), "row_code IS NOT NULL"),
        Identity(("booking_id", "deliverable_type", "title", "deadline_post"), "row_code IS NULL"),
        Identity(("target_id",), "target_id IS NOT NULL"),
    ),
    rules=(
        Rule(
            "title",
            f"(s.deliverable_code IS NULL AND (s.deliverable_type IS NULL OR s.title IS NULL)) AND {KEY_IS_READ}",
            N_("nothing says which deliverable this is; give deliverable_code, or deliverable_type and title"),
        ),
        Rule(
            "title",
            "p.candidates > 1",
            N_("{detail} deliverables of the booking have this type, title and deadline; give deliverable_code"),
            detail="p.candidates",
        ),
    ),
    about="What a booking is to deliver. Found by deliverable_code, else by booking, type, title and deadline_post.",
)

WORK = (CAMPAIGNS, CAMPAIGN_PRODUCTS, CAMPAIGN_CREATORS, BOOKINGS, BOOKING_DELIVERABLES)
