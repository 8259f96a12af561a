"""What a person calls a record: the text that stands for it wherever another one points at it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from tui_booking.language import label_of
from tui_booking.models.choices import CodeType, ContactType, Platform, RateType
from tui_booking.models.database import Store
from tui_booking.services.asking import placeholders, read_id, reader_of, select
from tui_booking.services.kinds import table_of
from tui_booking.services.rows import chunks

# SQL over `t` for the parts of a name, put together with a dot between; parts that are empty are left out.
PARTS: dict[str, tuple[str, ...]] = {
    "user": ("COALESCE(NULLIF(t.full_name, ''), t.username)",),
    "brand": ("t.code", "NULLIF(t.name, t.code)"),
    "product": ("t.code", "NULLIF(t.name, t.code)"),
    "creator": ("t.name", "NULLIF(t.alias, '')"),
    "creator_channel": ("t.platform", "'@' || t.handle"),
    "creator_contact": ("t.name", "t.contact_type"),
    "creator_tag": ("t.name",),
    "creator_tag_map": ("(SELECT c.name FROM creator c WHERE c.id = t.creator_id)",
                        "(SELECT g.name FROM creator_tag g WHERE g.id = t.tag_id)"),
    "creator_note": ("NULLIF(t.title, '')",),
    "creator_rate_card": ("(SELECT c.name FROM creator c WHERE c.id = t.creator_id)", "t.deliverable_type"),
    "campaign": ("t.code", "NULLIF(t.name, t.code)"),
    "campaign_product": ("(SELECT c.code FROM campaign c WHERE c.id = t.campaign_id)",
                         "(SELECT p.code FROM product p WHERE p.id = t.product_id)"),
    "campaign_creator": ("(SELECT c.code FROM campaign c WHERE c.id = t.campaign_id)",
                         "(SELECT c.name FROM creator c WHERE c.id = t.creator_id)"),
    "booking": ("t.code", "(SELECT c.name FROM creator c WHERE c.id = t.creator_id)"),
    "booking_deliverable": ("(SELECT b.code FROM booking b WHERE b.id = t.booking_id)", "t.title"),
    "video": ("COALESCE(NULLIF(t.title, ''), t.platform_video_id, t.url)",),
    "video_metric_snapshot": ("(SELECT COALESCE(NULLIF(v.title, ''), v.url) FROM video v WHERE v.id = t.video_id)",),
    "tracking_asset": ("t.code_type", "t.code_value"),
    "tracking_conversion": ("t.order_code",),
    "payment": ("(SELECT b.code FROM booking b WHERE b.id = t.booking_id)",
                "COALESCE(t.payment_ref, t.invoice_number, CAST(t.payment_date AS TEXT))"),
    "template": ("t.name",),
    "rule": ("t.name",),
}  # fmt: skip
_WORDS: dict[tuple[str, int], Any] = {
    ("creator_channel", 0): Platform,
    ("creator_contact", 1): ContactType,
    ("creator_rate_card", 1): RateType,
    ("tracking_asset", 0): CodeType,
}


def names_of(store: Store, kind: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The names of records, deleted or not; one that is not there has none."""
    return {
        read_id(row[0]): joined(kind, row[1:])
        for some in chunks(list(ids))
        for row in select(
            store,
            f"SELECT t.id, {', '.join(PARTS[kind])} FROM {table_of(kind)} t WHERE t.id IN ({placeholders(len(some))})",
            some,
        )
    }


def name_of(store: Store, kind: str, record: UUID) -> str:
    """The name of one record; its id where it is not there."""
    return names_of(store, kind, [record]).get(record, str(record))


def joined(kind: str, parts: Iterable[Any]) -> str:
    """A name from the answers to its parts."""
    said = []
    for place, part in enumerate(parts):
        words = _WORDS.get((kind, place))
        word = reader_of("choice", words)(part) if words else part
        if word:
            said.append(label_of(word) if words and isinstance(word, words) else str(word))
    return " · ".join(said)
