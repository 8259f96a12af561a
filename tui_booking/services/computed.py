"""What a record takes from those it points at: filled in when it is saved, or said to be at odds with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from tui_booking.language import _, ngettext
from tui_booking.models.database import Store
from tui_booking.models.finance import amount_in_vnd
from tui_booking.reading.contacts import tiktok_video_id
from tui_booking.reading.keys import make_key
from tui_booking.reading.money import MONEY_LIMIT
from tui_booking.services.asking import select
from tui_booking.services.kinds import references_of
from tui_booking.services.names import name_of
from tui_booking.services.rows import Values, read_rows

Problems = dict[str, str]


class Saving:
    """A record that is about to be written: its values as they will be, and as they are stored (None: it is new).

    What it points at is held until the transaction ends, so that it cannot be deleted or moved meanwhile.
    """

    def __init__(self, store: Store, kind: str, row: Values, before: Mapping[str, Any] | None, user_id: UUID) -> None:
        self.store = store
        self.kind = kind
        self.row = row
        self.before = before
        self.user_id = user_id
        self.problems: Problems = {}
        self._read: dict[tuple[str, UUID], Values] = {}

    def changed(self, *names: str) -> bool:
        """Whether one of the fields becomes another."""
        return self.before is None or any(self.row[name] != self.before[name] for name in names)

    def target(self, name: str) -> Values | None:
        """The record that a reference points at, None where it points at none."""
        record = self.row[name]
        if record is None:
            return None
        kind = references_of(self.kind)[name]
        if (kind, record) not in self._read:
            found = read_rows(self.store, kind, [record], lock="share")
            if record not in found:
                return None
            self._read[kind, record] = found[record]
        return self._read[kind, record]

    def named(self, kind: str, record: UUID) -> str:
        return name_of(self.store, kind, record)

    def complete(self) -> None:
        """Fill in what is computed, and find what does not agree with other records."""
        for name, kind in references_of(self.kind).items():
            if self.row[name] is None or not self.changed(name):
                continue
            target = self.target(name)
            if target is None:
                self.problems[name] = _("Is not there; choose another.")
            elif target["deleted_at"] is not None:
                said = _("{name} is deleted; choose another, or restore it first.")
                self.problems[name] = said.format(name=self.named(kind, self.row[name]))
        if not self.problems and self.kind in _COMPLETE:
            _COMPLETE[self.kind](self)


def _complete_creator(saving: Saving) -> None:
    if saving.before is None and not saving.row["creator_key"] and saving.row["name"]:
        saving.row["creator_key"] = make_key(saving.row["name"])
    elif not saving.row["creator_key"]:
        saving.problems["creator_key"] = _("Needed: files find the person by it.")


def _complete_note(saving: Saving) -> None:
    if saving.before is None and saving.row["user"] is None:
        saving.row["user"] = saving.user_id


def _complete_channel(saving: Saving) -> None:
    if saving.before is None or not saving.changed("creator"):
        return
    record = saving.row["id"]
    counts = [
        select(saving.store, f"SELECT COUNT(*) FROM {table} t WHERE t.channel_id = ?", (record,))[0][0]
        for table in ("booking", "creator_rate_card")
    ]
    if any(counts):
        bookings, cards = counts
        saving.problems["creator"] = _(
            "{bookings} and {cards} use this channel with its creator; make a new one."
        ).format(
            bookings=ngettext("{count} booking", "{count} bookings", bookings).format(count=bookings),
            cards=ngettext("{count} rate card", "{count} rate cards", cards).format(count=cards),
        )


def _complete_rate_card(saving: Saving) -> None:
    _require_own_channel(saving)


def _require_own_channel(saving: Saving) -> None:
    channel = saving.target("channel")
    if channel is not None and channel["creator"] != saving.row["creator"]:
        said = _("This channel is of {creator}; choose one of the creator's, or none.")
        saving.problems["channel"] = said.format(creator=saving.named("creator", channel["creator"]))


def _complete_product(saving: Saving) -> None:
    if saving.before is None or not saving.changed("brand"):
        return
    found = select(
        saving.store,
        "SELECT COUNT(*) FROM booking t WHERE t.product_focus_id = ? AND t.brand_id <> ?",
        (saving.row["id"], saving.row["brand"]),
    )
    if found[0][0]:
        said = ngettext(
            "{count} booking of the old brand is about this product; make a new product.",
            "{count} bookings of the old brand are about this product; make a new product.",
            found[0][0],
        )
        saving.problems["brand"] = said.format(count=found[0][0])


def _complete_booking(saving: Saving) -> None:
    campaign = saving.target("campaign")
    if campaign is not None:
        saving.row["brand"] = campaign["brand"]
    if saving.changed("creator", "channel"):
        _require_own_channel(saving)
    product = saving.target("product_focus")
    moved = saving.changed("campaign", "product_focus")
    if product is not None and moved and product["brand"] != saving.row["brand"]:
        said = _("This product is of {brand}, the campaign is not; choose one of the campaign's brand, or none.")
        saving.problems["product_focus"] = said.format(brand=saving.named("brand", product["brand"]))


def _complete_payment(saving: Saving) -> None:
    row, before = saving.row, saving.before
    booking = saving.target("booking")
    if booking is not None:
        row["campaign"], row["creator"] = booking["campaign"], booking["creator"]
    if before is None:
        row["created_by"] = saving.user_id
    if row["amount"] is None or not row["currency"]:
        return
    amount = amount_in_vnd(row["amount"], row["currency"], row["exchange_rate"])
    if amount is None and (before is None or saving.changed("amount", "currency", "exchange_rate")):
        said = _("An amount in {currency} needs an exchange rate.")
        saving.problems["exchange_rate"] = said.format(currency=row["currency"])
    elif amount is not None and amount * 100 >= MONEY_LIMIT:
        saving.problems["amount"] = _("Amount and rate make more VND than can be kept; correct one of the two.")
    elif amount is not None:
        row["amount_vnd"] = amount


def _complete_video(saving: Saving) -> None:
    row = saving.row
    if not row["platform_video_id"]:
        row["platform_video_id"] = tiktok_video_id(row["url"] or "")
    deliverable = saving.target("booking_deliverable")
    if deliverable is not None and row["booking"] is None:
        row["booking"] = deliverable["booking"]
    elif deliverable is not None and deliverable["booking"] != row["booking"]:
        said = _("This deliverable is of {booking}; choose one of the booking's, or none.")
        saving.problems["booking_deliverable"] = said.format(booking=saving.named("booking", deliverable["booking"]))
    _take_from_booking(saving, ("campaign", "creator"), needed=("campaign", "creator"))


def _complete_tracking_asset(saving: Saving) -> None:
    _take_from_booking(saving, ("campaign", "creator"), needed=("campaign",))


def _take_from_booking(saving: Saving, names: tuple[str, ...], needed: tuple[str, ...]) -> None:
    """Campaign and creator are the booking's: others that are chosen with it are an error, unless they were there."""
    row, before = saving.row, saving.before
    booking = saving.target("booking")
    for name in names:
        if booking is None:
            if row[name] is None and name in needed:
                saving.problems[name] = _("Needed, where there is no booking.")
            continue
        chosen = row[name] is not None and (before is None or row[name] != before[name])
        if chosen and row[name] != booking[name]:
            said = _("The booking is of {name}; choose that, or leave it empty.")
            saving.problems[name] = said.format(name=saving.named(name, booking[name]))
        elif name in needed or before is None or row[name] is not None:
            row[name] = booking[name]


_COMPLETE: dict[str, Callable[[Saving], None]] = {
    "creator": _complete_creator,
    "creator_note": _complete_note,
    "creator_channel": _complete_channel,
    "creator_rate_card": _complete_rate_card,
    "product": _complete_product,
    "booking": _complete_booking,
    "payment": _complete_payment,
    "video": _complete_video,
    "tracking_asset": _complete_tracking_asset,
}
