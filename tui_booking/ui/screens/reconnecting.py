"""A connection to the database that breaks: a banner, and another try until it is back."""

from __future__ import annotations

from textual import work
from textual.screen import Screen

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.desk import Desk, is_lost
from tui_booking.ui.widgets.top_line import TopLine

_RETRY_SECONDS = 3.0


class Reconnecting(Screen[None]):
    """A screen that lasts longer than a connection."""

    desk: Desk
    _is_lost = False

    def data_changed(self) -> None:
        """Read again what is shown."""
        raise NotImplementedError

    @staticmethod
    def is_about_connection(error: BookingCenterError) -> bool:
        """Whether the database cannot be reached any more."""
        return is_lost(error)

    def lost(self, error: BookingCenterError) -> None:
        """Show the banner and try again until the database answers."""
        self.query_one(TopLine).warn(_("No connection: {why} Trying again …").format(why=str(error)))
        if not self._is_lost:
            self._is_lost = True
            self.set_timer(_RETRY_SECONDS, self._try_again)

    @work(exclusive=True, exit_on_error=False, group="connection")
    async def _try_again(self) -> None:
        try:
            await self.desk.ask(lambda store: store.execute_sql("SELECT 1").fetchone())
        except BookingCenterError as error:
            self.query_one(TopLine).warn(_("No connection: {why} Trying again …").format(why=str(error)))
            self.set_timer(_RETRY_SECONDS, self._try_again)
            return
        self._is_lost = False
        self.query_one(TopLine).warn("")
        self.notify(_("The database is back."), markup=False)
        self.data_changed()
