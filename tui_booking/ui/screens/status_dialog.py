"""Another status for one record or many, with a note where a history keeps it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from uuid import UUID

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, grouped, ngettext
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.kinds import counted
from tui_booking.services.statuses import count_statuses, statuses_of
from tui_booking.services.undo import Undo
from tui_booking.ui import formats
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.pick_list import Pick, PickList

# Whose changes of status are written into a history, with what was said about them.
_WITH_NOTE = ("booking",)


class StatusDialog(Dialog[Undo | None]):
    """Change the status of these records, as far as they have another one; what takes it back, or None."""

    DEFAULT_CSS = """
    StatusDialog {
        & PickList { margin: 1 0; }
        & #effect { height: 1; color: $text-muted; }
        & #note { margin-bottom: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2,enter", "take", show=False, id="status.take"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
    ]

    def __init__(self, desk: Desk, kind: str, ids: Sequence[UUID]) -> None:
        super().__init__(_("Status of {records}").format(records=counted(kind, len(ids))))
        self._desk, self._kind, self._ids = desk, kind, list(ids)
        self._counts: dict[str, int] = {}
        self._is_ready = self._is_saving = False

    def body(self) -> ComposeResult:
        picks = PickList(id="statuses")
        picks.is_led = True
        yield picks
        yield Static("…", id="effect", markup=False)
        if self._kind in _WITH_NOTE:
            yield LineInput(placeholder=_("note for the history, may be empty"), compact=True, id="note")

    def keys(self) -> str:
        if self._kind in _WITH_NOTE:
            return _("↑ ↓ status · Tab note · Enter changes · Esc leaves")
        return _("↑ ↓ status · Enter changes · Esc leaves")

    @property
    def picks(self) -> PickList:
        return self.query_one("#statuses", PickList)

    def on_mount(self) -> None:
        self.picks.focus()
        self._start()

    @work(exclusive=True, exit_on_error=False, group="load")
    async def _start(self) -> None:
        kind, ids = self._kind, self._ids
        try:
            self._counts = await self._desk.ask(lambda store: count_statuses(store, kind, ids))
        except Superseded:
            return
        except BookingCenterError as error:
            self.tell(error)
            return
        words = statuses_of(kind)
        now = next((word.value for word in words if self._counts.get(word.value)), None)
        picks = [Pick(word.value, formats.format_value(word, "choice"), self._now(word.value)) for word in words]
        self.picks.show(picks, at=now)
        self._is_ready = True
        self._tell_effect()

    def _now(self, status: str) -> str:
        count = self._counts.get(status, 0)
        if not count:
            return ""
        return _("now") if len(self._ids) == 1 else _("now: {count}").format(count=grouped(count))

    def _changing(self, status: str) -> int:
        return sum(count for each, count in self._counts.items() if each != status)

    def _tell_effect(self) -> None:
        pick = self.picks.current
        changing = self._changing(pick.value) if pick is not None else 0
        total = sum(self._counts.values())
        told = ngettext("{count} of {total} changes.", "{count} of {total} change.", changing)
        text = told.format(count=grouped(changing), total=grouped(total)) if total > 1 else ""
        self.query_one("#effect", Static).update(Content(text))

    def action_move(self, by: int) -> None:
        self.picks.action_move(by)

    def on_pick_list_moved(self, event: PickList.Moved) -> None:
        event.stop()
        self.say("")
        self._tell_effect()

    def on_pick_list_taken(self, event: PickList.Taken) -> None:
        event.stop()
        self.action_take()

    def on_input_submitted(self) -> None:
        self.action_take()

    def action_leave(self) -> None:
        # What is being written can be taken back only where it is heard that it was.
        if not self._is_saving:
            super().action_leave()

    def action_take(self) -> None:
        pick = self.picks.current
        if not self._is_ready or self._is_saving or pick is None:
            return
        if not self._changing(pick.value):
            self.say(_("Nothing would change."))
            return
        self._is_saving = True
        self.query_one("#effect", Static).update(Content(_("Saving …")))
        self._save(pick.value)

    @work(exit_on_error=False, group="save")
    async def _save(self, status: str) -> None:
        from tui_booking.services.bookings import change_status

        kind, ids, operator = self._kind, self._ids, self._desk.settings.operator
        note = self.query_one("#note", LineInput).value.strip() if self._kind in _WITH_NOTE else ""
        try:
            undo = await self._desk.write(
                lambda store: change_status(store, kind, ids, status, note=note, operator=operator)
            )
        except Superseded:
            return
        except BookingCenterError as error:
            self._tell_effect()
            self.tell(error)
            return
        finally:
            self._is_saving = False
        self.dismiss(undo)
