"""Creators."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import CreatorStatus, Gender, Platform
from tui_booking.services import measures
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.listings import parts

# Of several TikTok channels the one with the most followers. The comparison with true keeps SQLite from reading all of
# a platform's channels by the index that starts with it.
_CHANNEL = (
    "(SELECT {} FROM creator_channel h WHERE h.creator_id = r.id AND (h.platform = 'tiktok') = true"
    " AND h.deleted_at IS NULL ORDER BY h.follower_count DESC, h.id LIMIT 1)"
)
_BOOKINGS = "(SELECT COUNT(*) FROM booking b WHERE b.creator_id = r.id AND b.deleted_at IS NULL)"
_PAID = measures.paid("p.creator_id = r.id")
_ON_TIME = measures.on_time_rate("b.creator_id = r.id")
_COMMITTED, _VIEWS = measures.committed("b.creator_id = r.id"), measures.views("v.creator_id = r.id")
_CPV, _CPM = measures.price(_COMMITTED, _VIEWS), measures.price_of_thousand(_COMMITTED, _VIEWS)


def _of_channel(column: str) -> str:
    return _CHANNEL.format(f"h.{column}")


CREATORS = Listing(
    name="creators",
    label=N_("Creators"),
    kind="creator",
    table="creator",
    joins=f"LEFT JOIN creator_channel c ON c.id = {_of_channel('id')}",
    columns=(
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=18),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status", words=CreatorStatus,
            width=13,
        ),
        Column(
            name="followers", label=N_("Followers"), sql="c.follower_count", kind="count",
            order=_of_channel("follower_count"), width=10,
        ),
        Column(
            name="avg_views", label=N_("Avg. views"), sql="c.avg_view_10", kind="count",
            order=_of_channel("avg_view_10"), width=10,
        ),
        Column(
            name="engagement_rate", label=N_("ER"), sql="c.avg_engagement_rate", kind="percent",
            order=_of_channel("avg_engagement_rate"), width=6,
        ),
        Column(name="cpm", label=N_("CPM"), sql=_CPM, kind="cost", order=_CPM, width=9),
        Column(
            name="score", label=N_("Score"), sql="r.priority_score", kind="count", order="r.priority_score",
            indexed=True, width=5,
        ),
        Column(name="niche", label=N_("Niche"), sql="r.niche", order="r.niche_folded", indexed=True, width=14),
        Column(
            name="handle", label=N_("TikTok"), sql="c.handle", kind="code", order=_of_channel("handle"), width=18
        ),
        Column(name="bookings", label=N_("Bookings"), sql=_BOOKINGS, kind="count", order=_BOOKINGS, width=8),
        Column(name="paid", label=N_("Paid"), sql=_PAID, kind="money", order=_PAID, width=14),
        Column(
            name="location", label=N_("Location"), sql="r.location", order="r.location_folded", indexed=True, width=16
        ),
        Column(name="alias", label=N_("Alias"), sql="r.alias", order="r.alias_folded", indexed=True, width=18),
        Column(name="on_time", label=N_("On time"), sql=_ON_TIME, kind="percent", order=_ON_TIME, width=8, shown=False),
        Column(name="cpv", label=N_("CPV"), sql=_CPV, kind="cost", order=_CPV, width=9, shown=False),
        Column(
            name="creator_key", label=N_("Key"), sql="r.creator_key", kind="code", order="r.creator_key_folded",
            indexed=True, width=16, shown=False,
        ),
        Column(
            name="gender", label=N_("Gender"), sql="r.gender", kind="choice", order="r.gender", words=Gender, width=7,
            shown=False,
        ),
        Column(name="dob", label=N_("Born"), sql="r.dob", kind="date", order="r.dob", width=10, shown=False),
        Column(name="note", label=N_("Note"), sql="r.note_internal", width=30, shown=False),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=CreatorStatus),
        Filter(name="niche", label=N_("Niche"), kind="text", sql="r.niche_folded"),
        parts.reference(
            "tag", N_("Tag"), "creator_tag",
            "r.id IN (SELECT m.creator_id FROM creator_tag_map m WHERE m.deleted_at IS NULL AND m.tag_id {})",
        ),
        Filter(
            name="platform", label=N_("Platform"), kind="choice", words=Platform,
            sql="EXISTS (SELECT 1 FROM creator_channel h WHERE h.creator_id = r.id AND h.deleted_at IS NULL"
            " AND h.platform {})",
        ),
        Filter(
            name="followers", label=N_("Followers at least"), kind="at_least",
            sql="r.id IN (SELECT h.creator_id FROM creator_channel h WHERE h.deleted_at IS NULL"
            " AND h.follower_count {})",
        ),
        Filter(name="score", label=N_("Score at least"), kind="at_least", sql="r.priority_score"),
        # The measure is in hundredths of a dong.
        Filter(name="cpm", label=N_("CPM at most"), kind="at_most", sql=f"({_CPM}) / 100"),
        Filter(name="location", label=N_("Location"), kind="text", sql="r.location_folded"),
        parts.is_incomplete(),
        parts.is_active(),
    ),
    searches=(
        "r.name_folded",
        "r.alias_folded",
        "r.creator_key_folded",
        "r.niche_folded",
        "r.location_folded",
        parts.folded("r.note_internal"),
        parts.among("r.id", "creator_channel", "o.handle", id_column="creator_id"),
        parts.among("r.id", "creator_contact", "o.phone", id_column="creator_id"),
        parts.among("r.id", "creator_contact", "o.name_folded", id_column="creator_id"),
        parts.among("r.id", "creator_contact", "o.email_folded", id_column="creator_id"),
    ),
    order=Order("name"),
    parents={
        "creator_tag": (
            "r.id IN (SELECT m.creator_id FROM creator_tag_map m WHERE m.deleted_at IS NULL AND m.tag_id {})"
        ),
        "campaign": (
            "r.id IN (SELECT j.creator_id FROM campaign_creator j WHERE j.deleted_at IS NULL AND j.campaign_id {})"
        ),
    },
)  # fmt: skip

LISTINGS = (CREATORS,)
