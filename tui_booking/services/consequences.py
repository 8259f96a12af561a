"""What else changes with a record, in the same transaction: what is taken from another one, and what follows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.models.database import Store
from tui_booking.services.ledger import Ledger
from tui_booking.services.names import name_of
from tui_booking.services.rows import Values, find_rows, read_rows

# What has products, by which field, and SQL for the campaign in which it does; `{}` is the table.
_HAVE_PRODUCTS = (
    ("booking", "product_focus", "{}.campaign_id"),
    ("campaign_product", "product", "{}.campaign_id"),
    (
        "tracking_conversion",
        "product",
        "(SELECT a.campaign_id FROM tracking_asset a WHERE a.id = {}.tracking_asset_id)",
    ),
)


def bring_along(ledger: Ledger, kind: str, rows: Iterable[Values]) -> None:
    """Make what hangs on these records agree with them, and them with what they hang on; deleted records too."""
    follow = _FOLLOW.get(kind)
    if follow is not None:
        for row in rows:
            follow(ledger, row)


def _follow_campaign(ledger: Ledger, row: Values) -> None:
    params = (row["id"], row["brand"])
    ledger.change_where("booking", "t.campaign_id = ? AND t.brand_id <> ?", params, {"brand": row["brand"]})


def _follow_booking(ledger: Ledger, row: Values) -> None:
    campaign = read_rows(ledger.store, "campaign", [row["campaign"]])[row["campaign"]]
    ledger.change("booking", row, {"brand": campaign["brand"]})
    own = {"campaign": row["campaign"], "creator": row["creator"]}
    params = (row["id"], row["campaign"], row["creator"])
    for kind in ("payment", "video"):
        differing = "t.booking_id = ? AND (t.campaign_id <> ? OR t.creator_id <> ?)"
        ledger.change_where(kind, differing, params, own)
    ledger.change_where(
        "tracking_asset", "t.booking_id = ? AND t.campaign_id <> ?", params[:2], {"campaign": row["campaign"]}
    )


def _follow_deliverable(ledger: Ledger, row: Values) -> None:
    booking = read_rows(ledger.store, "booking", [row["booking"]])[row["booking"]]
    ledger.change_where(
        "video",
        "t.booking_deliverable_id = ? AND (t.booking_id IS NULL OR t.booking_id <> ?)",
        (row["id"], row["booking"]),
        {"booking": booking["id"], "campaign": booking["campaign"], "creator": booking["creator"]},
    )


def _follow_own_booking(ledger: Ledger, row: Values, kind: str, names: tuple[str, ...]) -> None:
    if row["booking"] is not None:
        booking = read_rows(ledger.store, "booking", [row["booking"]])[row["booking"]]
        ledger.change(kind, row, {name: booking[name] for name in names})


def _follow_payment(ledger: Ledger, row: Values) -> None:
    _follow_own_booking(ledger, row, "payment", ("campaign", "creator"))


def _follow_video(ledger: Ledger, row: Values) -> None:
    _follow_own_booking(ledger, row, "video", ("campaign", "creator"))


def _follow_tracking_asset(ledger: Ledger, row: Values) -> None:
    _follow_own_booking(ledger, row, "tracking_asset", ("campaign",))


_FOLLOW: dict[str, Callable[[Ledger, Values], None]] = {
    "campaign": _follow_campaign,
    "booking": _follow_booking,
    "booking_deliverable": _follow_deliverable,
    "payment": _follow_payment,
    "video": _follow_video,
    "tracking_asset": _follow_tracking_asset,
}


def before_writing(ledger: Ledger, kind: str, record: UUID | None, row: Values) -> None:
    """What has to make room first: a creator's primary contact for the new one."""
    if kind == "creator_contact" and row["is_primary"]:
        condition, params = "t.creator_id = ? AND t.is_primary", [row["creator"]]
        if record is not None:
            condition, params = f"{condition} AND t.id <> ?", [*params, record]
        ledger.change_where("creator_contact", condition, params, {"is_primary": False})


def after_writing(ledger: Ledger, kind: str, before: Mapping[str, Any], row: Values) -> None:
    """What follows a record that was changed."""
    if kind == "booking" and before["creator"] != row["creator"]:
        ledger.change_where(
            "tracking_asset",
            "t.booking_id = ? AND t.creator_id = ?",
            (row["id"], before["creator"]),
            {"creator": row["creator"]},
        )
    if kind == "campaign" and before["brand"] != row["brand"]:
        _move_stand_ins(ledger, row["id"], before["brand"], row["brand"])
    bring_along(ledger, kind, [row])


def _move_stand_ins(ledger: Ledger, campaign: UUID, old: UUID, new: UUID) -> None:
    """Products of the old brand that only stood in, in a campaign whose brand changed: as imports have it."""
    for kind, field, where in _HAVE_PRODUCTS:
        rows = find_rows(
            ledger.store,
            kind,
            f"{where.format('t')} = ? AND EXISTS"
            f" (SELECT 1 FROM product o WHERE o.id = t.{field}_id AND o.is_placeholder AND o.brand_id = ?)",
            (campaign, old),
            lock="update",
        )
        for row in rows:
            _move_stand_in(ledger, kind, field, row, new)


def _move_stand_in(ledger: Ledger, kind: str, field: str, row: Values, new: UUID) -> None:
    store = ledger.store
    product = read_rows(store, "product", [row[field]], lock="update")[row[field]]
    if product["brand"] == new:
        return  # it moved with another record of the campaign
    known = find_rows(store, "product", "t.brand_id = ? AND t.code = ?", (new, product["code"]))
    if known:
        there = (
            find_rows(store, kind, "t.campaign_id = ? AND t.product_id = ?", (row["campaign"], known[0]["id"]))
            if kind == "campaign_product"
            else []
        )
        if not there:
            ledger.change(kind, row, {field: known[0]["id"]})
        return
    elsewhere = any(
        find_rows(
            store,
            other,
            f"t.{name}_id = ? AND (SELECT c.brand_id FROM campaign c WHERE c.id = {where.format('t')}) <> ?",
            (product["id"], new),
        )
        for other, name, where in _HAVE_PRODUCTS
    )
    if not elsewhere:
        ledger.change("product", product, {"brand": new})


def require_agreement(store: Store, kind: str, rows: Iterable[Values]) -> None:
    """Raise where a change that is undone would leave a record beside what others made of it since."""
    for row in rows:
        if kind == "booking" and row["channel"] is not None:
            channel = read_rows(store, "creator_channel", [row["channel"]])[row["channel"]]
            agrees = channel["creator"] == row["creator"]
        elif kind == "creator_channel":
            agrees = not find_rows(
                store, "booking", "t.channel_id = ? AND t.creator_id <> ?", (row["id"], row["creator"])
            )
        else:
            agrees = True
        if not agrees:
            raise BookingCenterError(
                _("This cannot be undone: it was changed afterwards."),
                _("The channel of {name} would be another creator's.").format(name=name_of(store, kind, row["id"])),
            )
