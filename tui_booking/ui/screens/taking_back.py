"""Undo and redo: what was changed on the screen, taken back one change after the other."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import work
from textual.screen import Screen

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.desk import Desk
from tui_booking.ui.widgets.plainly import plain

if TYPE_CHECKING:
    from tui_booking.services.undo import Undo

UNDOS_KEPT = 100


class TakingBack(Screen[None]):
    """A screen that remembers its changes."""

    desk: Desk

    def __init__(self) -> None:
        super().__init__()
        self.undos: list[Undo] = []
        self.redos: list[Undo] = []
        self._one_at_a_time = asyncio.Lock()

    def data_changed(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    def keep_undo(self, undo: Undo) -> None:
        """Remember how to take a change back."""
        self.undos.append(undo)
        del self.undos[:-UNDOS_KEPT]
        self.redos.clear()

    def forget_undos(self) -> None:
        """What an import changed is not taken back by one key."""
        self.undos.clear()
        self.redos.clear()

    @property
    def _is_writing(self) -> bool:
        """Whether a change is not written yet, which is told: it would be the last one, and is not on the pile."""
        if not self.desk.writing or self._one_at_a_time.locked():
            return False
        self.notify(_("A change is still being written. Once it is there it can be undone."), markup=False)
        return True

    def action_undo(self) -> None:
        if self._is_writing:
            return
        if self.undos:
            self._take_back(self.undos, self.redos, _("Undone: {what}"))
        else:
            self.notify(_("There is nothing to undo."), markup=False)

    def action_redo(self) -> None:
        if self._is_writing:
            return
        if self.redos:
            self._take_back(self.redos, self.undos, _("Done again: {what}"))
        else:
            self.notify(_("There is nothing to do again."), markup=False)

    @work(exit_on_error=False, group="undo")
    async def _take_back(self, taken: list[Undo], kept: list[Undo], words: str) -> None:
        """Take the last change of one pile back; what takes that back goes on the other."""
        operator = self.desk.settings.operator
        # A key that is pressed twice is not to take one change back twice.
        async with self._one_at_a_time:
            if not taken:
                return
            change = taken[-1]
            try:
                back = await self.desk.write(lambda store: change.apply(store, operator))
            except BookingCenterError as error:
                self.app.tell(error)  # type: ignore[attr-defined]
                return
            if change in taken:  # else an import came between, which forgets them
                taken.remove(change)
                kept.append(back)
        self.notify(plain(words.format(what=change.what)), markup=False)
        self.data_changed()
