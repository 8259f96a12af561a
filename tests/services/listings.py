"""Lists for tests: small ones of creators and videos, with a column of each sort."""

from __future__ import annotations

from tui_booking.models.choices import CreatorStatus, VideoStatus
from tui_booking.services.declarations import Column, Filter, Listing, Order, Total

CREATORS = Listing(
    name="test_creators",
    label="Creators",
    kind="creator",
    table="creator",
    columns=(
        Column(name="name", label="Name", sql="r.name", order="r.name_folded", indexed=True, width=24),
        Column(name="key", label="Key", sql="r.creator_key", kind="code", order="r.creator_key_folded", indexed=True),
        Column(
            name="score", label="Score", sql="r.priority_score", kind="count", order="r.priority_score", indexed=True
        ),
        Column(name="dob", label="Born", sql="r.dob", kind="date", order="r.dob"),
        Column(name="status", label="Status", sql="r.status", kind="choice", words=CreatorStatus, order="r.status"),
        Column(
            name="followers",
            label="Followers",
            kind="count",
            sql="(SELECT MAX(c.follower_count) FROM creator_channel c WHERE c.creator_id = r.id)",
            order="(SELECT MAX(c.follower_count) FROM creator_channel c WHERE c.creator_id = r.id)",
        ),
        Column(name="niche", label="Niche", sql="r.niche", order="r.niche_folded", indexed=True),
        Column(name="placeholder", label="To complete", sql="r.is_placeholder", kind="flag"),
        Column(name="changed", label="Changed", sql="r.updated_at", kind="moment", order="r.updated_at"),
    ),
    filters=(
        Filter(name="status", label="Status", kind="choice", sql="r.status", words=CreatorStatus),
        Filter(name="score", label="Score from", kind="at_least", sql="r.priority_score"),
        Filter(name="placeholder", label="To complete", kind="flag", sql="r.is_placeholder"),
        Filter(name="born", label="Born", kind="period", sql="r.dob"),
        Filter(name="changed", label="Changed", kind="period", sql="r.updated_at"),
        Filter(name="place", label="Place", kind="text", sql="r.location_folded"),
        Filter(
            name="tag",
            label="Tag",
            kind="reference",
            reference="creator_tag",
            sql="EXISTS (SELECT 1 FROM creator_tag_map m WHERE m.creator_id = r.id AND m.tag_id {})",
        ),
    ),
    searches=(
        "r.name_folded",
        "r.alias_folded",
        "r.creator_key_folded",
        "EXISTS (SELECT 1 FROM creator_channel c WHERE c.creator_id = r.id AND c.handle {})",
    ),
    order=Order("name"),
)

VIDEOS = Listing(
    name="test_videos",
    label="Videos",
    kind="video",
    table="video",
    columns=(
        Column(name="posted", label="Posted", sql="r.post_date", kind="date", order="r.post_date", indexed=True),
        Column(name="title", label="Title", sql="r.title", order="r.title_folded", width=40),
        Column(name="creator", label="Creator", sql="c.name"),
        Column(name="campaign", label="Campaign", sql="a.code", kind="code"),
        Column(name="status", label="Status", sql="r.status", kind="choice", words=VideoStatus, order="r.status"),
    ),
    joins="JOIN creator c ON c.id = r.creator_id LEFT JOIN campaign a ON a.id = r.campaign_id",
    filters=(Filter(name="status", label="Status", kind="choice", sql="r.status", words=VideoStatus),),
    searches=("r.title_folded",),
    order=Order("posted", descending=True),
    parents={"creator": "r.creator_id"},
)

PAYMENTS = Listing(
    name="test_payments",
    label="Payments",
    kind="payment",
    table="payment",
    columns=(
        Column(name="day", label="Day", sql="r.payment_date", kind="date", order="r.payment_date"),
        Column(name="amount", label="Amount", sql="r.amount", kind="money", currency="currency", order="r.amount"),
        Column(name="currency", label="Currency", sql="r.currency", kind="code"),
    ),
    filters=(Filter(name="amount", label="From", kind="at_least", sql="r.amount"),),
    order=Order("day"),
    totals=(
        Total(name="amount", label="Amount", sql="SUM(r.amount)", group="r.currency"),
        Total(name="count", label="Payments", sql="COUNT(*)", kind="count"),
    ),
)
