"""Videos, and what they had reached when."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import VideoChannel, VideoStatus
from tui_booking.services import measures
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.listings import parts


def _of_latest(expression: str) -> str:
    """A value of the newest snapshot, by which videos are sorted."""
    return f"(SELECT {expression} FROM video_latest l WHERE l.video_id = r.id)"


_ENGAGEMENT = measures.engagement_rate()
_CPV = measures.price(measures.video_cost("r", "b", "d"), "l.view_count")
_CPV_OF_RECORD = (
    f"(SELECT {measures.price(measures.video_cost('w', 'b', 'd'), 'l.view_count')} FROM video w"
    " JOIN video_latest l ON l.video_id = w.id LEFT JOIN booking b ON b.id = w.booking_id"
    " LEFT JOIN booking_deliverable d ON d.id = w.booking_deliverable_id WHERE w.id = r.id)"
)

VIDEOS = Listing(
    name="videos",
    label=N_("Videos"),
    kind="video",
    table="video",
    joins="LEFT JOIN video_latest l ON l.video_id = r.id LEFT JOIN creator k ON k.id = r.creator_id"
    " LEFT JOIN campaign c ON c.id = r.campaign_id LEFT JOIN booking b ON b.id = r.booking_id"
    " LEFT JOIN booking_deliverable d ON d.id = r.booking_deliverable_id",
    columns=(
        Column(
            name="post_date", label=N_("Posted"), sql="r.post_date", kind="date", order="r.post_date", indexed=True,
            width=10,
        ),
        Column(
            name="title", label=N_("Title"), sql="r.title", order="substr(r.title_folded, 1, 100)", indexed=True,
            width=22,
        ),
        Column(
            name="creator", label=N_("Creator"), sql="k.name",
            order=parts.of("creator", "name_folded", "r.creator_id"), width=16,
        ),
        Column(
            name="views", label=N_("Views"), sql="l.view_count", kind="count", order=_of_latest("l.view_count"),
            width=10,
        ),
        Column(
            name="engagement_rate", label=N_("ER"), sql=_ENGAGEMENT, kind="percent", order=_of_latest(_ENGAGEMENT),
            width=6,
        ),
        Column(name="cpv", label=N_("CPV"), sql=_CPV, kind="cost", order=_CPV_OF_RECORD, width=9),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status", words=VideoStatus,
            width=10,
        ),
        Column(
            name="likes", label=N_("Likes"), sql="l.like_count", kind="count", order=_of_latest("l.like_count"),
            width=10,
        ),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14,
        ),
        Column(
            name="channel", label=N_("Channel"), sql="r.channel", kind="choice", order="r.channel",
            words=VideoChannel, width=7,
        ),
        Column(
            name="comments", label=N_("Comments"), sql="l.comment_count", kind="count",
            order=_of_latest("l.comment_count"), width=9, shown=False,
        ),
        Column(
            name="shares", label=N_("Shares"), sql="l.share_count", kind="count", order=_of_latest("l.share_count"),
            width=9, shown=False,
        ),
        Column(
            name="saves", label=N_("Saves"), sql="l.save_count", kind="count", order=_of_latest("l.save_count"),
            width=9, shown=False,
        ),
        Column(
            name="measured", label=N_("Measured"), sql="l.snapshot_time", kind="moment",
            order=_of_latest("l.snapshot_time"), width=16, shown=False,
        ),
        Column(
            name="booking", label=N_("Booking"), sql="b.code", kind="code",
            order=parts.of("booking", "code_folded", "r.booking_id"), width=16, shown=False,
        ),
        Column(name="deliverable", label=N_("Deliverable"), sql="d.title", width=20, shown=False),
        Column(name="url", label=N_("Address"), sql="r.url", kind="link", width=40, shown=False),
        Column(
            name="platform_video_id", label=N_("Video id"), sql="r.platform_video_id", kind="code", width=20,
            shown=False,
        ),
        Column(name="thumbnail", label=N_("Picture"), sql="r.thumbnail_url", kind="link", width=30, shown=False),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        parts.reference("campaign", N_("Campaign"), "campaign", "r.campaign_id"),
        parts.reference("creator", N_("Creator"), "creator", "r.creator_id"),
        Filter(name="channel", label=N_("Channel"), kind="choice", sql="r.channel", words=VideoChannel),
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=VideoStatus),
        Filter(name="post_date", label=N_("Posted"), kind="period", sql="r.post_date"),
        Filter(name="views", label=N_("Views at least"), kind="at_least", sql=_of_latest("l.view_count")),
        Filter(name="measured", label=N_("Measured"), kind="period", sql=_of_latest("l.snapshot_time")),
        # As the dashboard asks: of campaigns that are still going on.
        Filter(
            name="unmeasured", label=N_("No snapshot for 7 days"), kind="flag",
            sql="r.status = 'posted' AND r.campaign_id IN (SELECT c.id FROM campaign c WHERE c.deleted_at IS NULL"
            " AND c.status NOT IN ('finished', 'canceled')) AND CASE WHEN EXISTS (SELECT 1 FROM video_latest l WHERE"
            " l.video_id = r.id) THEN NOT EXISTS (SELECT 1 FROM video_latest l WHERE l.video_id = r.id"
            " AND l.snapshot_time >= {from_a_week_ago}) ELSE r.post_date < {a_week_ago} END",
        ),
        parts.reference("brand", N_("Brand"), "brand",
                        "r.campaign_id IN (SELECT c.id FROM campaign c WHERE c.brand_id {})"),
        parts.is_incomplete(),
    ),
    searches=(
        "r.title_folded",
        parts.among("r.booking_deliverable_id", "booking_deliverable", "o.title_folded"),
        "lower(r.url)",
        "r.platform_video_id",
        parts.among("r.creator_id", "creator", "o.name_folded"),
        parts.among("r.creator_id", "creator_channel", "o.handle", id_column="creator_id"),
        parts.among("r.campaign_id", "campaign", "o.code_folded"),
        parts.among("r.campaign_id", "campaign", "o.name_folded"),
        parts.among("r.booking_id", "booking", "o.code_folded"),
    ),
    order=Order("post_date", descending=True),
    parents={
        "campaign": "r.campaign_id",
        "creator": "r.creator_id",
        "booking": "r.booking_id",
        "booking_deliverable": "r.booking_deliverable_id",
    },
)  # fmt: skip

_OWN_RATE = "(r.like_count + r.comment_count + r.share_count) * 1.0 / NULLIF(r.view_count, 0)"

SNAPSHOTS = Listing(
    name="snapshots",
    label=N_("Snapshots"),
    kind="video_metric_snapshot",
    table="video_metric_snapshot",
    columns=(
        Column(
            name="snapshot_time", label=N_("When"), sql="r.snapshot_time", kind="moment", order="r.snapshot_time",
            width=16,
        ),
        Column(name="views", label=N_("Views"), sql="r.view_count", kind="count", order="r.view_count", width=12),
        Column(name="likes", label=N_("Likes"), sql="r.like_count", kind="count", order="r.like_count", width=10),
        Column(
            name="comments", label=N_("Comments"), sql="r.comment_count", kind="count", order="r.comment_count",
            width=9,
        ),
        Column(name="shares", label=N_("Shares"), sql="r.share_count", kind="count", order="r.share_count", width=9),
        Column(name="saves", label=N_("Saves"), sql="r.save_count", kind="count", order="r.save_count", width=9),
        Column(name="engagement_rate", label=N_("ER"), sql=_OWN_RATE, kind="percent", order=_OWN_RATE, width=7),
        Column(
            name="reported_rate", label=N_("ER reported"), sql="r.engagement_rate", kind="percent",
            order="r.engagement_rate", width=11, shown=False,
        ),
    ),
    filters=(Filter(name="snapshot_time", label=N_("When"), kind="period", sql="r.snapshot_time"),),
    order=Order("snapshot_time", descending=True),
    parents={"video": "r.video_id"},
)  # fmt: skip

LISTINGS = (VIDEOS, SNAPSHOTS)
