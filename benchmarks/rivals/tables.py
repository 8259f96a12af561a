"""The files of a folder, for whoever imports it: their columns, what tells their rows apart, what they point at."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import NamedTuple


class Table(NamedTuple):
    """A file's columns, its key, and for each column that points at other rows the file and the column there."""

    columns: tuple[str, ...]
    key: tuple[str, ...]
    references: dict[str, tuple[str, str]] = {}  # noqa: RUF012  # never changed
    whole: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()


def _names(names: str) -> tuple[str, ...]:
    return tuple(names.split())


_CAMPAIGN = {"campaign_code": ("campaigns", "code")}
_BRAND = {"brand_code": ("brands", "code")}
_CREATOR = {"creator_key": ("creators", "creator_key")}
_BOOKING = {"booking_code": ("bookings", "code")}

TABLES = {
    "brands": Table(_names("code name description"), ("code",)),
    "creators": Table(
        _names("creator_key name alias gender dob location niche status priority_score note_internal"),
        ("creator_key",),
        whole=("priority_score",),
        dates=("dob",),
    ),
    "creator_channels": Table(
        _names("creator_key platform handle profile_url external_id follower_count avg_view_10 avg_engagement_rate"),
        ("platform", "handle"),
        _CREATOR,
        ("follower_count", "avg_view_10"),
    ),
    "campaigns": Table(
        _names("code name brand_code channel objective start_date end_date budget_planned status"),
        ("code",),
        _BRAND,
        ("budget_planned",),
        ("start_date", "end_date"),
    ),
    "bookings": Table(
        _names(
            "code campaign_code brand_code creator_key platform handle booking_type start_date end_date"
            " total_fee_agreed currency deliverables_count_planned status internal_note"
        ),
        ("code",),
        _CAMPAIGN | _BRAND | _CREATOR | {"handle": ("creator_channels", "handle")},
        ("total_fee_agreed", "deliverables_count_planned"),
        ("start_date", "end_date"),
    ),
    "videos": Table(
        _names("booking_code channel platform_video_id url title post_date status"),
        ("channel", "platform_video_id"),
        _BOOKING,
        dates=("post_date",),
    ),
    "tracking_assets": Table(
        _names("campaign_code booking_code creator_key code_type code_value platform note"),
        ("platform", "code_type", "code_value"),
        _CAMPAIGN | _BOOKING | _CREATOR,
    ),
    "conversions": Table(
        _names(
            "platform code_type code_value order_code order_id_external order_date revenue currency source_platform"
            " quantity"
        ),
        ("platform", "code_type", "code_value", "order_code"),
        {"code_value": ("tracking_assets", "code_value")},
        ("revenue", "quantity"),
        ("order_date",),
    ),
    "payments": Table(
        _names("payment_ref booking_code amount currency payment_date payment_method status invoice_number note"),
        ("payment_ref",),
        _BOOKING,
        ("amount",),
        ("payment_date",),
    ),
}


def count_stored(file: str) -> int:
    """How many rows a database file has in tables named as the import files."""
    with closing(sqlite3.connect(file)) as connection:
        return sum(connection.execute(f"SELECT COUNT(*) FROM {kind}").fetchone()[0] for kind in TABLES)
