"""Deliverables on their way to a post: step by step, and the post itself with its first numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.choices import DeliverableStatus, VideoChannel
from tui_booking.models.database import Store
from tui_booking.reading.contacts import tiktok_video_id
from tui_booking.services.ledger import Ledger, carry_out
from tui_booking.services.names import name_of
from tui_booking.services.problems import Gone, Invalid
from tui_booking.services.records import change, create
from tui_booking.services.rows import Values, find_rows, read_rows
from tui_booking.services.undo import Undo

# The way of a deliverable that comes to be posted; rejected and canceled ones are off it.
STEPS = (
    DeliverableStatus.PLANNED,
    DeliverableStatus.SHOOTING,
    DeliverableStatus.WAITING_APPROVE,
    DeliverableStatus.SCHEDULED,
    DeliverableStatus.POSTED,
)


@dataclass(frozen=True, slots=True)
class Posted:
    """The video of a post, and what takes it back."""

    video: UUID
    undo: Undo


def step(store: Store, ids: Sequence[UUID], by: int = 1, *, operator: str) -> Undo:
    """Move deliverables a step on (or back, `by` -1), in one transaction; those at the end, or off the way, stay.

    A rejected one that moves on is shot again. Raises Gone where none is there.
    """

    def work(ledger: Ledger) -> Undo:
        rows = read_rows(ledger.store, "booking_deliverable", ids, lock="update")
        living = [row for row in rows.values() if row["deleted_at"] is None]
        if not living:
            raise Gone(_("This record is not there, or was deleted."), _("Reload the list."))
        for row in living:
            ledger.change("booking_deliverable", row, {"status": next_status(row["status"], by)})
        names = name_of(ledger.store, "booking_deliverable", living[0]["id"])
        return Undo(_("{what} moved").format(what=names), tuple(ledger.changes))

    return carry_out(store, operator, work)


def next_status(status: DeliverableStatus, by: int = 1) -> DeliverableStatus:
    """The status that comes so many steps after another one."""
    if status == DeliverableStatus.REJECTED and by > 0:
        return DeliverableStatus.SHOOTING
    if status not in STEPS:
        return status
    return STEPS[min(max(STEPS.index(status) + by, 0), len(STEPS) - 1)]


def record_post(
    store: Store,
    deliverable: UUID,
    *,
    url: str = "",
    platform_video_id: str | None = None,
    channel: str = VideoChannel.TIKTOK,
    title: str = "",
    post_date: date,
    snapshot: Mapping[str, Any] | None = None,
    operator: str,
) -> Posted:
    """Write down that a deliverable was posted: its video, its status and, where given, the video's first snapshot.

    A video that is known already, by its id or address, becomes the deliverable's unless it is another booking's.
    `snapshot` are the values of the snapshot's form, without the video. All in one transaction; raises Invalid (of the
    snapshot as `snapshot.view_count`) and Gone.
    """

    def work(ledger: Ledger) -> Posted:
        row = read_rows(ledger.store, "booking_deliverable", [deliverable], lock="update").get(deliverable)
        if row is None or row["deleted_at"] is not None:
            raise Gone(_("This record is not there, or was deleted."), _("Reload the list."))
        values = {
            "url": url,
            "platform_video_id": platform_video_id or tiktok_video_id(url),
            "channel": channel,
            "title": title or row["title"],
            "post_date": post_date,
            "booking": row["booking"],
            "booking_deliverable": deliverable,
        }
        video = _write_video(ledger, values, row)
        ledger.change("booking_deliverable", row, {"status": DeliverableStatus.POSTED})
        if snapshot is not None:
            try:
                create(ledger, "video_metric_snapshot", {**snapshot, "video": video})
            except Invalid as invalid:
                raise Invalid({f"snapshot.{name}": said for name, said in invalid.problems.items()}) from None
        what = _("{what} posted").format(what=name_of(ledger.store, "booking_deliverable", deliverable))
        return Posted(video, Undo(what, tuple(ledger.changes)))

    return carry_out(store, operator, work)


def _write_video(ledger: Ledger, values: Values, deliverable: Values) -> UUID:
    known = _find_video(ledger.store, values)
    if known is None or known["deleted_at"] is not None:
        return create(ledger, "video", values)  # which says that it is taken, where it is deleted
    if known["booking"] not in (None, deliverable["booking"]):
        said = _("This is a video of {booking}; correct the address.")
        raise Invalid({"url": said.format(booking=name_of(ledger.store, "booking", known["booking"]))})
    given = {name: value for name, value in values.items() if value or known[name] is None}
    if known["title"]:
        given.pop("title", None)
    # Campaign and creator are the booking's from now on.
    change(ledger, "video", known, given)
    return UUID(str(known["id"]))


def _find_video(store: Store, values: Values) -> Values | None:
    if values["platform_video_id"]:
        known = (values["channel"], values["platform_video_id"])
        found = find_rows(store, "video", "t.channel = ? AND t.platform_video_id = ?", known, lock="update")
    elif values["url"]:
        own = "t.url = ? AND t.platform_video_id IS NULL"
        found = find_rows(store, "video", own, (values["url"],), lock="update")
    else:
        return None
    return found[0] if found else None
