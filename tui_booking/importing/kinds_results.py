"""The kinds of import file about videos and tracking."""

from __future__ import annotations

from dataclasses import replace

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kind import KEY_IS_READ, Identity, Join, Kind, Match, Parent, Placeholder, Reference, Rule
from tui_booking.importing.kinds_people import CREATOR
from tui_booking.importing.kinds_work import BOOKING_OF_ROW, BRAND_NAMED, CAMPAIGN
from tui_booking.language import N_
from tui_booking.models.choices import (
    CodeType,
    TrackingPlatform,
    VideoChannel,
    VideoStatus,
)

# A booking that only stands in for a missing one does not know its campaign and creator yet.
BOOKING_IS_KNOWN = "NOT COALESCE(p.booking_is_placeholder, FALSE)"
OTHER_CAMPAIGN = Rule(
    "campaign_code",
    f"s.campaign_code IS NOT NULL AND p.final_campaign <> s.campaign_code AND {BOOKING_IS_KNOWN}",
    N_("the booking belongs to the campaign '{detail}'; correct it or leave the cell empty"),
    detail="p.final_campaign",
)
OTHER_CREATOR = Rule(
    "creator_key",
    f"s.creator_key IS NOT NULL AND p.final_creator <> s.creator_key AND {BOOKING_IS_KNOWN}",
    N_("the booking is with the creator '{detail}'; correct it or leave the cell empty"),
    detail="p.final_creator",
)

VIDEOS = Kind(
    "videos",
    table="video",
    noun=N_("video"),
    columns=(
        Column("booking_code", Type.CODE, path="booking.code", about="a code of bookings"),
        Column("deliverable_title", Type.NAME, path="deliverable.title", about="a title of the booking's deliverables"),
        Column("campaign_code", Type.CODE, path="campaign.code", about="for a video without a booking"),
        Column("creator_key", Type.CODE, path="creator.creator_key", about="for a video without a booking"),
        Column("channel", Type.CHOICE, required=True, field="channel", choices=VideoChannel, about="video channel"),
        Column("platform_video_id", Type.ID, field="platform_video_id", about="taken from a TikTok url where empty"),
        Column("url", Type.URL, field="url"),
        Column("title", Type.TEXT, field="title"),
        Column("post_date", Type.DATE, field="post_date"),
        Column("thumbnail_url", Type.URL, field="thumbnail_url"),
        Column("status", Type.CHOICE, field="status", choices=VideoStatus, about="video status"),
    ),
    keys=(("channel", "platform_video_id"), ("url",)),
    joins=(
        CAMPAIGN,
        CREATOR,
        BOOKING_OF_ROW,
        Match(
            "t.id = CASE WHEN s.platform_video_id IS NOT NULL THEN (SELECT v.id FROM video v"
            " WHERE v.channel = s.channel AND v.platform_video_id = s.platform_video_id)"
            " ELSE (SELECT v.id FROM video v WHERE v.url = s.url AND v.platform_video_id IS NULL) END"
        ),
        Join("fb", "booking", "fb.id = {final:booking_id}"),
        Reference(
            "deliverable",
            "booking_deliverable",
            # The stored one where it has the title: another of the booking may have it as well.
            "deliverable.id = COALESCE((SELECT d.id FROM booking_deliverable d WHERE d.id = t.booking_deliverable_id"
            " AND d.booking_id = fb.id AND d.title = s.deliverable_title AND d.deleted_at IS NULL),"
            " (SELECT d.id FROM booking_deliverable d WHERE d.booking_id = fb.id"
            " AND d.title = s.deliverable_title AND d.deleted_at IS NULL ORDER BY d.id LIMIT 1))",
            "deliverable_title",
            N_("deliverable of this title in the booking"),
            field="booking_deliverable_id",
            within="fb.id",
        ),
        Join("final_campaign", "campaign", "final_campaign.id = COALESCE(fb.campaign_id, campaign.id, t.campaign_id)"),
        Join("final_creator", "creator", "final_creator.id = COALESCE(fb.creator_id, creator.id, t.creator_id)"),
    ),
    derived={
        "campaign_id": "q.final_campaign_id",
        "creator_id": "q.final_creator_id",
        "booking_deliverable_id": (
            "CASE WHEN q.row_deliverable IS NULL AND q.old_booking_id IS NOT NULL"
            " AND NOT ({same:q.booking_id:q.old_booking_id}) THEN NULL"
            " ELSE q.booking_deliverable_id END"
        ),
    },
    extras={
        "final_campaign_id": "final_campaign.id",
        "booking_is_placeholder": "fb.is_placeholder",
        "final_campaign": "final_campaign.code",
        "final_creator_id": "final_creator.id",
        "final_creator": "final_creator.creator_key",
        "row_deliverable": "s.deliverable_title",
        "old_booking_id": "t.booking_id",
        "titles": (
            "CASE WHEN s.deliverable_title IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM booking_deliverable d"
            " WHERE d.booking_id = fb.id AND d.title = s.deliverable_title AND d.deleted_at IS NULL) END"
        ),
        "old_titled": (
            "CASE WHEN t.booking_deliverable_id IS NULL THEN 0 ELSE (SELECT COUNT(*) FROM booking_deliverable d"
            " WHERE d.id = t.booking_deliverable_id AND d.booking_id = fb.id AND d.title = s.deliverable_title) END"
        ),
    },
    identities=(
        Identity(("channel", "platform_video_id"), "platform_video_id IS NOT NULL"),
        Identity(("url",), "platform_video_id IS NULL"),
    ),
    rules=(
        Rule(
            "platform_video_id",
            f"s.platform_video_id IS NULL AND s.url IS NULL AND {KEY_IS_READ}",
            N_("nothing says which video this is; give platform_video_id or url"),
        ),
        Rule(
            "booking_code",
            "p.target_id IS NULL AND s.booking_code IS NULL AND (s.campaign_code IS NULL OR s.creator_key IS NULL)",
            N_("a new video needs a booking_code, or a campaign_code and a creator_key"),
        ),
        Rule(
            "deliverable_title",
            "s.deliverable_title IS NOT NULL AND s.booking_code IS NULL AND p.booking_id IS NULL",
            N_("a deliverable is named without its booking; give booking_code"),
        ),
        Rule(
            "deliverable_title",
            "p.titles > 1 AND p.old_titled = 0",
            N_("{detail} deliverables of the booking have this title; leave the cell empty or rename one"),
            detail="p.titles",
        ),
        OTHER_CAMPAIGN,
        OTHER_CREATOR,
    ),
    effects=("forget_views",),
    about="What was posted. Found by channel and platform_video_id, else by url. Campaign and creator: the booking's.",
)

VIDEO_SNAPSHOTS = Kind(
    "video_snapshots",
    table="video_metric_snapshot",
    noun=N_("snapshot"),
    columns=(
        Column("channel", Type.CHOICE, key=True, choices=VideoChannel, path="video.channel", about="video channel"),
        Column("platform_video_id", Type.ID, key=True, path="video.platform_video_id", about="a video of videos"),
        Column("snapshot_time", Type.TIME, key=True, field="snapshot_time"),
        Column("view_count", Type.WHOLE, field="view_count"),
        Column("like_count", Type.WHOLE, field="like_count"),
        Column("comment_count", Type.WHOLE, field="comment_count"),
        Column("share_count", Type.WHOLE, field="share_count"),
        Column("save_count", Type.WHOLE, field="save_count"),
        Column("engagement_rate", Type.RATE, field="engagement_rate"),
    ),
    keys=(("channel", "platform_video_id", "snapshot_time"),),
    joins=(
        Reference(
            "video",
            "video",
            "video.channel = s.channel AND video.platform_video_id = s.platform_video_id",
            "platform_video_id",
            N_("video"),
            field="video_id",
            lookup=("channel", "platform_video_id"),
            placeholder=Placeholder(
                ("s.channel", "s.platform_video_id"),
                {"channel": "s.channel", "platform_video_id": "s.platform_video_id", "title": "s.platform_video_id"},
                {"campaign_id": Parent("campaign"), "creator_id": Parent("creator")},
            ),
        ),
        Match("t.video_id = video.id AND t.snapshot_time = s.snapshot_time"),
    ),
    identities=(Identity(("video_id", "snapshot_time"), column="platform_video_id"),),
    effects=("bring_latest_up_to_date",),
    about="What a video had reached at a moment.",
)

TRACKING_KEY = (
    Column("code_type", Type.CHOICE, key=True, field="code_type", choices=CodeType, about="code type"),
    Column("code_value", Type.CODE, key=True, field="code_value"),
    Column("platform", Type.CHOICE, key=True, field="platform", choices=TrackingPlatform, about="tracking platform"),
)

TRACKING_ASSETS = Kind(
    "tracking_assets",
    table="tracking_asset",
    noun=N_("tracking code"),
    columns=(
        Column("campaign_code", Type.CODE, required=True, path="campaign.code", about="a code of campaigns"),
        Column("booking_code", Type.CODE, path="booking.code", about="a code of bookings"),
        Column("creator_key", Type.CODE, path="creator.creator_key", about="a key of creators"),
        *TRACKING_KEY,
        Column("target_url", Type.URL, field="target_url"),
        Column("note", Type.TEXT, field="note"),
        Column("is_active", Type.FLAG, field="is_active"),
    ),
    keys=(("code_type", "code_value", "platform"),),
    joins=(
        CAMPAIGN,
        CREATOR,
        BOOKING_OF_ROW,
        Match("t.platform = s.platform AND t.code_type = s.code_type AND t.code_value = s.code_value"),
        Join("fb", "booking", "fb.id = {final:booking_id}"),
        Join("bc", "campaign", "bc.id = fb.campaign_id"),
        Join("bk", "creator", "bk.id = fb.creator_id"),
    ),
    derived={
        "campaign_id": (
            "CASE WHEN q.row_campaign IS NULL THEN COALESCE(q.booking_campaign_id, q.campaign_id)"
            " ELSE q.campaign_id END"
        ),
    },
    extras={
        "row_campaign": "s.campaign_code",
        "booking_campaign_id": "CASE WHEN fb.is_placeholder THEN NULL ELSE fb.campaign_id END",
        "booking_is_placeholder": "fb.is_placeholder",
        "final_campaign": "bc.code",
        "final_creator": "bk.creator_key",
    },
    identities=(Identity(("platform", "code_type", "code_value")),),
    rules=(OTHER_CAMPAIGN, OTHER_CREATOR),
    about="Vouchers, links and referral codes by which orders are attributed.",
)

CONVERSIONS = Kind(
    "conversions",
    table="tracking_conversion",
    noun=N_("order"),
    columns=(
        *(replace(column, field=None, path=f"asset.{column.name}") for column in TRACKING_KEY),
        Column("order_code", Type.CODE, key=True, field="order_code"),
        Column("order_id_external", Type.ID, field="order_id_external"),
        Column("order_date", Type.DATE, required=True, field="order_date"),
        Column("revenue", Type.MONEY, field="revenue", currency="currency", minimum=None),
        Column("currency", Type.CURRENCY, field="currency"),
        Column("source_platform", Type.NAME, field="source_platform"),
        Column("brand_code", Type.CODE, path="brand.code", about="the campaign's brand where left out"),
        Column("product_code", Type.CODE, path="product.code", about="a code of the brand's products"),
        Column("quantity", Type.WHOLE, field="quantity"),
    ),
    keys=(("code_type", "code_value", "platform", "order_code"),),
    joins=(
        Reference(
            "asset",
            "tracking_asset",
            "asset.platform = s.platform AND asset.code_type = s.code_type AND asset.code_value = s.code_value",
            "code_value",
            N_("tracking code of this platform and type"),
            field="tracking_asset_id",
            shown=("platform", "code_type", "code_value"),
            placeholder=Placeholder(
                ("s.platform", "s.code_type", "s.code_value"),
                {"platform": "s.platform", "code_type": "s.code_type", "code_value": "s.code_value"},
                {"campaign_id": Parent("campaign")},
            ),
        ),
        BRAND_NAMED,
        Join("asset_campaign", "campaign", "asset_campaign.id = asset.campaign_id"),
        Reference(
            "product",
            "product",
            "product.brand_id = CASE WHEN s.brand_code IS NULL THEN asset_campaign.brand_id ELSE brand.id END"
            " AND product.code = s.product_code",
            "product_code",
            N_("product of this brand"),
            field="product_id",
            within="CASE WHEN s.brand_code IS NULL THEN asset_campaign.brand_id ELSE brand.id END",
            placeholder=Placeholder(
                ("CASE WHEN s.brand_code IS NULL THEN asset_campaign.brand_id ELSE brand.id END", "s.product_code"),
                {"code": "s.product_code", "name": "s.product_code"},
                {
                    "brand_id": Parent(
                        "brand", "CASE WHEN s.brand_code IS NULL THEN asset_campaign.brand_id ELSE brand.id END"
                    )
                },
            ),
        ),
        Match("t.tracking_asset_id = asset.id AND t.order_code = s.order_code"),
    ),
    extras={"old_currency": "t.currency", "old_revenue": "t.revenue"},
    identities=(Identity(("tracking_asset_id", "order_code")),),
    rules=(
        Rule(
            "currency",
            "s.currency IS NULL AND p.old_currency <> 'VND' AND s.revenue <> p.old_revenue",
            N_("the stored revenue is in {detail}; say in which currency the new one is"),
            detail="p.old_currency",
        ),
        Rule(
            "brand_code",
            "s.brand_code IS NOT NULL AND s.product_code IS NULL",
            N_("a brand without a product says nothing"),
            "warning",
        ),
    ),
    export_joins=("LEFT JOIN brand ON brand.id = product.brand_id",),
    about="Orders that came in by a tracking code. A refund is a negative revenue.",
)

RESULTS = (VIDEOS, VIDEO_SNAPSHOTS, TRACKING_ASSETS, CONVERSIONS)
