"""What hangs on a creator: channels, contacts, rate cards, notes, tags."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import ContactType, NoteType, Platform, RateType
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.listings import parts

_CREATOR = Column(
    name="creator", label=N_("Creator"), sql="k.name", order=parts.of("creator", "name_folded", "r.creator_id"),
    width=22, shown=False,
)  # fmt: skip
_WITH_CREATOR = "LEFT JOIN creator k ON k.id = r.creator_id"
_OF_CREATOR = parts.among("r.creator_id", "creator", "o.name_folded")

CHANNELS = Listing(
    name="creator_channels",
    label=N_("Channels"),
    kind="creator_channel",
    table="creator_channel",
    joins=_WITH_CREATOR,
    columns=(
        Column(
            name="platform", label=N_("Platform"), sql="r.platform", kind="choice", order="r.platform", words=Platform,
            width=11,
        ),
        Column(
            name="handle", label=N_("Handle"), sql="r.handle", kind="code", order="r.handle", indexed=True, width=20
        ),
        Column(
            name="followers", label=N_("Followers"), sql="r.follower_count", kind="count", order="r.follower_count",
            indexed=True, width=11,
        ),
        Column(
            name="avg_views", label=N_("Avg. views"), sql="r.avg_view_10", kind="count", order="r.avg_view_10", width=11
        ),
        Column(
            name="engagement_rate", label=N_("ER"), sql="r.avg_engagement_rate", kind="percent",
            order="r.avg_engagement_rate", width=7,
        ),
        Column(name="url", label=N_("Address"), sql="r.profile_url", kind="link", width=34),
        Column(name="external_id", label=N_("Id there"), sql="r.external_id", kind="code", width=20, shown=False),
        _CREATOR,
        parts.incomplete(),
        parts.added(),
    ),
    filters=(
        Filter(name="platform", label=N_("Platform"), kind="choice", sql="r.platform", words=Platform),
        Filter(name="followers", label=N_("Followers at least"), kind="at_least", sql="r.follower_count"),
        parts.is_incomplete(),
    ),
    searches=("r.handle", "lower(r.profile_url)", "r.external_id", _OF_CREATOR),
    order=Order("followers", descending=True),
    parents={"creator": "r.creator_id"},
)  # fmt: skip

CONTACTS = Listing(
    name="creator_contacts",
    label=N_("Contacts"),
    kind="creator_contact",
    table="creator_contact",
    joins=_WITH_CREATOR,
    columns=(
        Column(
            name="contact_type", label=N_("Type"), sql="r.contact_type", kind="choice", order="r.contact_type",
            words=ContactType, width=10,
        ),
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=22),
        Column(name="primary", label=N_("Primary"), sql="r.is_primary", kind="flag", order="r.is_primary", width=7),
        Column(name="phone", label=N_("Phone"), sql="r.phone", kind="code", order="r.phone", width=15),
        Column(name="zalo", label=N_("Zalo"), sql="r.zalo", kind="code", width=15),
        Column(name="email", label=N_("E-mail"), sql="r.email", order="r.email_folded", indexed=True, width=26),
        Column(name="wechat", label=N_("WeChat"), sql="r.wechat", kind="code", width=14),
        Column(name="note", label=N_("Note"), sql="r.note", width=30),
        _CREATOR,
        parts.added(),
    ),
    filters=(Filter(name="contact_type", label=N_("Type"), kind="choice", sql="r.contact_type", words=ContactType),),
    searches=(
        "r.name_folded", "r.phone", parts.folded("r.zalo"), "r.email_folded", parts.folded("r.wechat"),
        parts.folded("r.note"), _OF_CREATOR,
    ),
    order=Order("primary", descending=True),
    parents={"creator": "r.creator_id"},
)  # fmt: skip

RATE_CARDS = Listing(
    name="rate_cards",
    label=N_("Rate cards"),
    kind="creator_rate_card",
    table="creator_rate_card",
    joins=f"{_WITH_CREATOR} LEFT JOIN creator_channel h ON h.id = r.channel_id",
    columns=(
        Column(
            name="deliverable_type", label=N_("For"), sql="r.deliverable_type", kind="choice",
            order="r.deliverable_type", words=RateType, width=13,
        ),
        Column(name="description", label=N_("Description"), sql="r.description", width=28),
        Column(
            name="price", label=N_("Price"), sql="r.price", kind="money", order="r.price", currency="currency", width=14
        ),
        Column(name="currency", label=N_("Currency"), sql="r.currency", kind="code", order="r.currency", width=8),
        Column(
            name="valid_from", label=N_("From"), sql="r.valid_from", kind="date", order="r.valid_from", width=10
        ),
        Column(name="valid_to", label=N_("Until"), sql="r.valid_to", kind="date", order="r.valid_to", width=10),
        Column(name="channel", label=N_("Channel"), sql="h.handle", kind="code", width=18),
        Column(
            name="valid", label=N_("Valid today"), kind="flag", width=11, shown=False,
            sql="r.valid_from <= {today} AND (r.valid_to IS NULL OR r.valid_to >= {today})",
        ),
        _CREATOR,
        parts.added(),
    ),
    filters=(
        Filter(name="deliverable_type", label=N_("For"), kind="choice", sql="r.deliverable_type", words=RateType),
        Filter(
            name="valid", label=N_("Valid today"), kind="flag",
            sql="r.valid_from <= {today} AND (r.valid_to IS NULL OR r.valid_to >= {today})",
        ),
    ),
    searches=(parts.folded("r.description"), parts.among("r.channel_id", "creator_channel", "o.handle"), _OF_CREATOR),
    order=Order("valid_from", descending=True),
    parents={"creator": "r.creator_id", "creator_channel": "r.channel_id"},
)  # fmt: skip

NOTES = Listing(
    name="creator_notes",
    label=N_("Notes"),
    kind="creator_note",
    table="creator_note",
    joins=f"{_WITH_CREATOR} LEFT JOIN app_user u ON u.id = r.user_id",
    columns=(
        Column(name="added", label=N_("When"), sql="r.created_at", kind="moment", order="r.id", indexed=True, width=16),
        Column(
            name="note_type", label=N_("Type"), sql="r.note_type", kind="choice", order="r.note_type", words=NoteType,
            width=11,
        ),
        Column(
            name="title", label=N_("Title"), sql="r.title", order="substr(r.title_folded, 1, 100)", indexed=True,
            width=26,
        ),
        Column(name="content", label=N_("Note"), sql="r.content", kind="markdown", width=40),
        Column(
            name="user", label=N_("By"), sql="COALESCE(NULLIF(u.full_name, ''), u.username)",
            order=parts.of("app_user", "username", "r.user_id"), width=14,
        ),
        _CREATOR,
        parts.changed(),
    ),
    filters=(
        Filter(name="note_type", label=N_("Type"), kind="choice", sql="r.note_type", words=NoteType),
        Filter(name="added", label=N_("When"), kind="period", sql="r.created_at"),
    ),
    searches=("r.title_folded", parts.folded("r.content"), _OF_CREATOR),
    order=Order("added", descending=True),
    parents={"creator": "r.creator_id", "user": "r.user_id"},
)  # fmt: skip

TAG_MAPS = Listing(
    name="creator_tags",
    label=N_("Tags"),
    kind="creator_tag_map",
    table="creator_tag_map",
    joins=f"{_WITH_CREATOR} LEFT JOIN creator_tag t ON t.id = r.tag_id",
    columns=(
        Column(
            name="tag", label=N_("Tag"), sql="t.name", order=parts.of("creator_tag", "name_folded", "r.tag_id"),
            width=20,
        ),
        Column(name="description", label=N_("Description"), sql="t.description", width=40),
        _CREATOR,
        parts.added(),
    ),
    searches=(parts.among("r.tag_id", "creator_tag", "o.name_folded"), _OF_CREATOR),
    order=Order("tag"),
    parents={"creator": "r.creator_id", "creator_tag": "r.tag_id"},
)  # fmt: skip

_CARRIERS = (
    "(SELECT COUNT(*) FROM creator_tag_map m JOIN creator k ON k.id = m.creator_id WHERE m.tag_id = r.id"
    " AND m.deleted_at IS NULL AND k.deleted_at IS NULL)"
)

TAGS = Listing(
    name="tags",
    label=N_("Tags"),
    kind="creator_tag",
    table="creator_tag",
    columns=(
        Column(name="name", label=N_("Tag"), sql="r.name", order="r.name_folded", indexed=True, width=20),
        Column(name="creators", label=N_("Creators"), sql=_CARRIERS, kind="count", order=_CARRIERS, width=8),
        Column(name="description", label=N_("Description"), sql="r.description", width=40),
        parts.added(),
    ),
    searches=("r.name_folded", parts.folded("r.description")),
    order=Order("name"),
)

LISTINGS = (CHANNELS, CONTACTS, RATE_CARDS, NOTES, TAG_MAPS, TAGS)
