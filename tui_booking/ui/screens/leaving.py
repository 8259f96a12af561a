"""Quitting: at once, or after a question where something would be lost."""

from __future__ import annotations

from textual import work
from textual.screen import Screen

from tui_booking.language import _
from tui_booking.services.desk import Desk


class Leaving(Screen[None]):
    """A screen that is asked to end the app."""

    desk: Desk
    _asks_to_leave = False

    def progress(self) -> str:
        """How far an import in the background is; empty where none runs."""
        raise NotImplementedError

    def export_progress(self) -> str:
        """How far an export is; empty where none is under way."""
        raise NotImplementedError

    @work(exit_on_error=False, group="dialog")
    async def action_leave(self) -> None:
        """Quit; where something would be lost or waited for, only when that is meant."""
        if self._asks_to_leave:
            return
        if question := self._why_stay():
            from tui_booking.ui.screens.confirm import Confirm

            self._asks_to_leave = True
            try:
                if not await self.app.push_screen_wait(Confirm(*question, yes=_("Quit"), no=_("Stay"))):
                    return
            finally:
                self._asks_to_leave = False
        self.app.exit(0)

    def _why_stay(self) -> tuple[str, str] | None:
        """What speaks against quitting now, as a title and what would come of it."""
        if self.progress():
            return _("An import is running"), _("Quitting rolls the file under way back.")
        if self.export_progress():
            return _("An export is running"), _("Where it is stopped, no file is left.")
        if self.desk.writing:
            return _("A change is still being written"), _("Quitting waits until it is there, or has failed.")
        if any(getattr(screen, "would_lose", False) for screen in self.app.screen_stack):
            return _("Quit without saving?"), _("What you wrote is lost.")
        return None
