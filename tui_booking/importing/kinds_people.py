"""The kinds of import file about brands, products and creators."""

from __future__ import annotations

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kind import KEY_IS_READ, Identity, Join, Kind, Match, Placeholder, Reference, Rule
from tui_booking.language import N_
from tui_booking.models.choices import ContactType, CreatorStatus, Gender, Platform

BRAND = Reference(
    "brand",
    "brand",
    "brand.code = s.brand_code",
    "brand_code",
    N_("brand"),
    field="brand_id",
    placeholder=Placeholder(("s.brand_code",), {"code": "s.brand_code", "name": "s.brand_code"}),
)
CREATOR = Reference(
    "creator",
    "creator",
    "creator.creator_key = s.creator_key",
    "creator_key",
    N_("creator"),
    field="creator_id",
    placeholder=Placeholder(("s.creator_key",), {"creator_key": "s.creator_key", "name": "s.creator_key"}),
)
PLATFORM_OF_ROW = "COALESCE(s.platform, 'tiktok')"

PLATFORM_ALONE = Rule(
    "platform", "s.platform IS NOT NULL AND s.handle IS NULL", N_("a platform without a handle says nothing"), "warning"
)

BRANDS = Kind(
    "brands",
    table="brand",
    noun=N_("brand"),
    columns=(
        Column("code", Type.CODE, key=True, field="code"),
        Column("name", Type.NAME, required=True, field="name"),
        Column("description", Type.TEXT, field="description"),
    ),
    keys=(("code",),),
    joins=(Match("t.code = s.code"),),
    identities=(Identity(("code",)),),
    about="The brands that creators are booked for.",
)

PRODUCTS = Kind(
    "products",
    table="product",
    noun=N_("product"),
    columns=(
        Column("brand_code", Type.CODE, key=True, path="brand.code", about="a code of brands"),
        Column("code", Type.CODE, key=True, field="code"),
        Column("name", Type.NAME, required=True, field="name"),
        Column("category", Type.TEXT, field="category"),
        Column("sapo_id", Type.ID, field="sapo_product_id"),
        Column("shopee_id", Type.ID, field="shopee_product_id"),
    ),
    keys=(("brand_code", "code"),),
    joins=(BRAND, Match("t.brand_id = brand.id AND t.code = s.code")),
    identities=(Identity(("brand_id", "code")),),
    about="What a brand sells; a product's code is unique within its brand.",
)

CREATORS = Kind(
    "creators",
    table="creator",
    noun=N_("creator"),
    columns=(
        Column("creator_key", Type.CODE, field="creator_key", about="made from the name where a new creator has none"),
        Column("name", Type.NAME, required=True, field="name"),
        Column("alias", Type.NAME, field="alias"),
        Column("gender", Type.CHOICE, field="gender", choices=Gender, about="gender"),
        Column("dob", Type.DATE, field="dob"),
        Column("location", Type.NAME, field="location"),
        Column("niche", Type.NAME, field="niche"),
        Column("status", Type.CHOICE, field="status", choices=CreatorStatus, about="creator status"),
        Column("priority_score", Type.WHOLE, field="priority_score", minimum=1, maximum=10),
        Column("note_internal", Type.TEXT, field="note_internal"),
        Column("platform", Type.CHOICE, choices=Platform, path="", about="platform"),
        Column("handle", Type.HANDLE, path="", about="finds the creator where no key is given"),
    ),
    keys=(("creator_key",), ("handle",), ("name",)),
    joins=(
        Join("ch", "creator_channel", f"ch.platform = {PLATFORM_OF_ROW} AND ch.handle = s.handle"),
        Match(
            "t.id = CASE WHEN s.creator_key IS NOT NULL"
            " THEN (SELECT k.id FROM creator k WHERE k.creator_key = s.creator_key)"
            " WHEN s.handle IS NOT NULL THEN ch.creator_id"
            " ELSE (SELECT k.id FROM creator k WHERE k.name_folded = s.name_folded"
            " ORDER BY k.deleted_at IS NOT NULL, k.id LIMIT 1) END"
        ),
        Join("owner", "creator", "owner.id = ch.creator_id"),
    ),
    staged={"slug": "text"},
    derived={
        "creator_key": "COALESCE(q.creator_key, q.slug)",
        "creator_key_folded": "COALESCE(NULLIF(q.creator_key_folded, ''), q.slug)",
    },
    extras={
        "slug": "s.slug",
        "row_key": "s.creator_key",
        "row_platform": f"CASE WHEN s.handle IS NULL THEN NULL ELSE {PLATFORM_OF_ROW} END",
        "row_handle": "s.handle",
        "channel_id": "ch.id",
        "channel_owner": "owner.creator_key",
        "same_names": (
            "CASE WHEN s.creator_key IS NULL AND s.handle IS NULL THEN (SELECT COUNT(*) FROM creator k"
            " WHERE k.name_folded = s.name_folded AND k.deleted_at IS NULL) ELSE 0 END"
        ),
    },
    identities=(
        Identity(("creator_key",)),
        Identity(
            ("row_platform", "row_handle"),
            "row_handle IS NOT NULL",
            "handle",
            N_("row {other} has the same channel and other values; keep one of them"),
        ),
    ),
    rules=(
        Rule(
            "creator_key",
            f"s.creator_key IS NULL AND s.handle IS NULL AND s.name IS NULL AND {KEY_IS_READ}",
            N_("nothing says which creator this is; give creator_key, or platform and handle, or the name"),
        ),
        Rule(
            "name", "p.same_names > 1", N_("{detail} creators have this name; give creator_key"), detail="p.same_names"
        ),
        Rule(
            "creator_key",
            "p.target_id IS NULL AND s.creator_key IS NULL"
            " AND EXISTS (SELECT 1 FROM creator k WHERE k.creator_key = p.creator_key)",
            N_("a new creator of this name would have the key '{detail}', which another creator has; give creator_key"),
            detail="p.creator_key",
        ),
        Rule(
            "handle",
            "p.channel_owner <> p.creator_key",
            N_("this channel belongs to the creator '{detail}'; correct the handle or the creator_key"),
            detail="p.channel_owner",
        ),
        Rule(
            "handle",
            "p.row_handle IS NOT NULL AND p.channel_id IS NULL AND p.outcome IN ('create', 'update', 'unchanged')",
            N_("the creator gets this channel, which is new"),
            "info",
        ),
        Rule(
            "platform",
            "s.platform IS NOT NULL AND s.handle IS NULL",
            N_("a platform without a handle says nothing"),
            "warning",
        ),
    ),
    effects=("add_channels",),
    about="Creators (KOC/KOL). Found by creator_key; without one by the channel, and without that by the name.",
)

CREATOR_CHANNELS = Kind(
    "creator_channels",
    table="creator_channel",
    noun=N_("channel"),
    columns=(
        Column("creator_key", Type.CODE, required=True, path="creator.creator_key", about="a key of creators"),
        Column("platform", Type.CHOICE, key=True, field="platform", choices=Platform, about="platform"),
        Column("handle", Type.HANDLE, key=True, field="handle"),
        Column("profile_url", Type.URL, field="profile_url"),
        Column("external_id", Type.ID, field="external_id"),
        Column("follower_count", Type.WHOLE, field="follower_count"),
        Column("avg_view_10", Type.WHOLE, field="avg_view_10"),
        Column("avg_engagement_rate", Type.RATE, field="avg_engagement_rate"),
    ),
    keys=(("platform", "handle"),),
    joins=(
        CREATOR,
        Join("by_id", "creator_channel", "by_id.platform = s.platform AND by_id.external_id = s.external_id"),
        Join("by_handle", "creator_channel", "by_handle.platform = s.platform AND by_handle.handle = s.handle"),
        Match("t.id = COALESCE(by_id.id, by_handle.id)"),
        Join("owner", "creator", "owner.id = t.creator_id"),
    ),
    extras={
        "row_owner": "owner.creator_key",
        "other_handle": "CASE WHEN by_id.id <> by_handle.id THEN by_id.handle ELSE NULL END",
    },
    identities=(
        Identity(("platform", "handle")),
        Identity(("platform", "external_id"), "external_id IS NOT NULL", "external_id"),
    ),
    rules=(
        Rule(
            "external_id",
            "p.other_handle IS NOT NULL",
            N_("this id is that of the channel '{detail}', not of the one with this handle; correct one of the two"),
            detail="p.other_handle",
        ),
        Rule(
            "creator_key",
            "s.creator_key IS NOT NULL AND p.row_owner <> s.creator_key",
            N_("this channel belongs to the creator '{detail}'; correct the creator_key or the handle"),
            detail="p.row_owner",
        ),
    ),
    about="Where creators post. Found by external_id where that is known, else by platform and handle.",
)

CREATOR_CONTACTS = Kind(
    "creator_contacts",
    table="creator_contact",
    noun=N_("contact"),
    columns=(
        Column("creator_key", Type.CODE, key=True, path="creator.creator_key", about="a key of creators"),
        Column("contact_type", Type.CHOICE, key=True, field="contact_type", choices=ContactType, about="contact type"),
        Column("name", Type.NAME, key=True, field="name"),
        Column("phone", Type.PHONE, field="phone"),
        Column("zalo", Type.PHONE, field="zalo"),
        Column("email", Type.EMAIL, field="email"),
        Column("wechat", Type.TEXT, field="wechat"),
        Column("is_primary", Type.FLAG, field="is_primary"),
        Column("note", Type.TEXT, field="note"),
    ),
    keys=(("creator_key", "contact_type", "name"),),
    joins=(CREATOR, Match("t.creator_id = creator.id AND t.contact_type = s.contact_type AND t.name = s.name")),
    identities=(
        Identity(("creator_id", "contact_type", "name")),
        Identity(
            ("creator_id",),
            "is_primary",
            "is_primary",
            N_("row {other} has the primary contact of the same creator and other values; keep one of them"),
        ),
    ),
    effects=("hand_over_primary",),
    about="How creators are reached. One contact of a creator is the primary one; a new one takes over from the old.",
)

PEOPLE = (BRANDS, PRODUCTS, CREATORS, CREATOR_CHANNELS, CREATOR_CONTACTS)
