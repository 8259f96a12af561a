"""Writes down that a deliverable of a booking was posted: its video, and with figures its first snapshot."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tui_booking.language import _
from tui_booking.services import deliverables, records
from tui_booking.services.desk import Desk
from tui_booking.services.forms.posting import FIGURES, POSTING
from tui_booking.ui.screens.record_form import RecordForm


class PostForm(RecordForm):
    """A form as of any record, saved as what it means: a video, a deliverable that is posted, a snapshot."""

    def __init__(self, desk: Desk, booking: UUID, deliverable: UUID | None = None) -> None:
        preset = {"booking": booking} | ({"deliverable": deliverable} if deliverable is not None else {})
        super().__init__(desk, POSTING.kind, preset=preset, form=POSTING)
        self.title_text = _("Record a post")

    async def _write(self) -> records.Saved | None:
        values, operator = self.rows.values, self.desk.settings.operator
        figures = {name: values[name] for name in FIGURES if values[name] is not None}
        snapshot = {name: values[name] or 0 for name in FIGURES} | {"snapshot_time": datetime.now(UTC)}
        try:
            posted = await self.desk.write(
                lambda store: deliverables.record_post(
                    store,
                    values["deliverable"],
                    url=values["url"],
                    post_date=values["post_date"],
                    snapshot=snapshot if figures else None,
                    operator=operator,
                )
            )
        except records.Invalid as invalid:
            self._show_invalid({name.removeprefix("snapshot."): said for name, said in invalid.problems.items()})
            return None
        return records.Saved(posted.video, posted.undo)
