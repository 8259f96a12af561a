"""Rows that are read as they are seen: here where that is quick, else while the keys go on."""

from __future__ import annotations

from textual import work
from textual.timer import Timer

from tui_booking.errors import BookingCenterError
from tui_booking.services.declarations import Row
from tui_booking.services.desk import Superseded
from tui_booking.services.pages import RowSource
from tui_booking.ui.widgets.row_moves import MovingRows

# Others may write all the time; a list is not looked through more often than this.
_STALE_SECONDS = 2.0


class FetchedRows(MovingRows):
    """Rows of a source. Whoever has them says what is shown, and is told when rows came and what went wrong."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._source: RowSource | None = None
        self._is_fetching = False
        self._stale_timer: Timer | None = None

    # What subclasses do.

    def _rows_came(self) -> None:
        """Rows that were on their way are here."""
        raise NotImplementedError

    def _failed(self, error: BookingCenterError) -> None:
        raise NotImplementedError

    def _look_again(self) -> None:
        """Others wrote: look the list through once more."""
        raise NotImplementedError

    # What the view asks for.

    @property
    def row_count(self) -> int:
        return 0 if self._source is None else self._source.reach

    def row_at(self, position: int) -> Row | None:
        return None if self._source is None else self._source.row(position)

    def is_coming(self, position: int) -> bool:
        return self._source is not None and not self._source.has_read(position)

    def view_moved(self) -> None:
        self._fetch_seen()

    # Reading.

    def _fetch_seen(self) -> None:
        """Read what is seen and has not been read: here where that is quick, else while the keys go on."""
        source = self._source
        if source is None or not source.missing(*self.seen):
            return
        if not source.is_quick:
            self._fetch()
            return
        try:
            source.read_here(*self.seen)
        except BookingCenterError as error:
            self._failed(error)
        self._look_again_if_stale()

    def _fetch(self) -> None:
        # One at a time: when it is done, what is seen by then is next, and pages that were passed by are left out.
        if not self._is_fetching:
            self._is_fetching = True
            self._fetch_and_go_on()

    @work(exit_on_error=False, group="fetch")
    async def _fetch_and_go_on(self) -> None:
        try:
            while (source := self._source) is not None:
                first, last = self.seen
                if not await source.read(first, last):
                    if source is not self._source or not await self._fetch_beside(source, first, last):
                        break
                    continue
                if source is self._source:
                    self._strips.clear()
                    self.refresh()
                    self._rows_came()
        except Superseded:
            return
        except BookingCenterError as error:
            self._failed(error)
        finally:
            self._is_fetching = False
        self._look_again_if_stale()

    async def _fetch_beside(self, source: RowSource, first: int, last: int) -> bool:
        """Read the page before and behind, so that it is here when it is wanted; whether there was any."""
        height = self.body_height
        return await source.read(last + 1, last + height) or await source.read(first - height, first - 1)

    def _look_again_if_stale(self) -> None:
        source = self._source
        if source is not None and source.is_stale and self._stale_timer is None:
            self._stale_timer = self.set_timer(_STALE_SECONDS, self._look_again)
