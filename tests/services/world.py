"""One record of each kind, made through its form, and what tests ask of it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tui_booking.models.database import Store
from tui_booking.services.records import Invalid, Undo, load, save

ME = "linh"
DAY = date(2026, 3, 8)
# The least that a form must be given to make a record of each kind; a name in capitals is another record.
LEAST: dict[str, dict[str, Any]] = {
    "user": {"username": "an"},
    "brand": {"code": "LUM", "name": "Lumi"},
    "product": {"brand": "BRAND", "code": "P1", "name": "Sữa rửa mặt"},
    "creator": {"name": "Nguyễn Đức"},
    "creator_channel": {"creator": "CREATOR", "handle": "duc.review"},
    "creator_contact": {"creator": "CREATOR", "name": "Chị Hà"},
    "creator_tag": {"name": "da dầu"},
    "creator_tag_map": {"creator": "CREATOR", "tag": "CREATOR_TAG"},
    "creator_note": {"creator": "CREATOR", "title": "Gọi lần đầu"},
    "creator_rate_card": {"creator": "CREATOR", "valid_from": DAY},
    "campaign": {"code": "C1", "name": "Tết", "brand": "BRAND", "start_date": DAY, "end_date": DAY},
    "campaign_product": {"campaign": "CAMPAIGN", "product": "PRODUCT"},
    "campaign_creator": {"campaign": "CAMPAIGN", "creator": "CREATOR"},
    "booking": {"code": "BK-1", "campaign": "CAMPAIGN", "creator": "CREATOR"},
    "booking_deliverable": {"booking": "BOOKING", "title": "Video 1"},
    "video": {"booking": "BOOKING", "url": "https://www.tiktok.com/@duc.review/video/7301234567890123456"},
    "video_metric_snapshot": {"video": "VIDEO", "snapshot_time": datetime(2026, 3, 8, 9, tzinfo=UTC), "view_count": 10},
    "tracking_asset": {"booking": "BOOKING", "code_value": "DUC10"},
    "tracking_conversion": {"tracking_asset": "TRACKING_ASSET", "order_code": "O1", "order_date": DAY},
    "payment": {"booking": "BOOKING", "amount": Decimal(5_000_000), "payment_date": DAY},
    "template": {"name": "Brief", "content": "Chào {{creator_name}}"},
    "rule": {
        "name": "Trễ",
        "condition_json": {"all": [{"field": "status", "op": "=", "value": "confirmed"}]},
        "action_json": {"type": "alert", "level": "info", "message": "{{code}}"},
    },
}


class World:
    """One record of each kind that is asked for, made through the forms."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.ids: dict[str, UUID] = {}
        self.undos: dict[str, Undo] = {}

    def __call__(self, kind: str, **values: Any) -> UUID:
        if kind not in self.ids:
            saved = save(self.store, kind, None, {**self.least(kind), **values}, operator=ME)
            self.ids[kind], self.undos[kind] = saved.id, saved.undo
        return self.ids[kind]

    def least(self, kind: str) -> dict[str, Any]:
        return {
            name: self(value.lower())
            if isinstance(value, str) and value.isupper() and value.lower() in LEAST
            else value
            for name, value in LEAST[kind].items()
        }


def stored(store: Store, kind: str, record: UUID) -> dict[str, Any]:
    return load(store, kind, record).values


def problems(store: Store, kind: str, record: UUID | None, **values: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as caught:
        save(store, kind, record, values, operator=ME)
    return caught.value.problems


def change(store: Store, kind: str, record: UUID, **values: Any) -> Undo:
    return save(store, kind, record, values, operator=ME, seen=load(store, kind, record)).undo
