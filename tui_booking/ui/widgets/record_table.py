"""The table of a list: rows are asked for as they are seen, so that a million are as quick as a hundred."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from textual import work
from textual.message import Message

from tui_booking.errors import BookingCenterError
from tui_booking.services.declarations import Column, Listing, Query, Row
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.pages import RowSource
from tui_booking.services.questions import Summed
from tui_booking.ui.widgets.row_fetching import FetchedRows
from tui_booking.ui.widgets.row_view import known_columns

_BUSY_SECONDS = 0.15


class RecordTable(FetchedRows):
    """The records that a query asks for.

    The cursor stays on its record whatever comes and goes around it. Marks are by record, and stay through searches
    and filters of the same list. `empty` is what stands there when there are no rows. `position_changed` is called
    where the cursor is on another row or there are others: what says so is painted with them, and not once more after.
    """

    class TableMessage(Message):
        """Something about a table."""

        def __init__(self, table: RecordTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> RecordTable:
            return self.table

    class RecordHighlighted(TableMessage):
        """The cursor stands on a record; None while it is on its way, or where there is none."""

        def __init__(self, table: RecordTable, id: UUID | None) -> None:  # noqa: A002
            super().__init__(table)
            self.id = id

    class RecordOpened(TableMessage):
        """A record is to be opened."""

        def __init__(self, table: RecordTable, id: UUID) -> None:  # noqa: A002
            super().__init__(table)
            self.id = id

    class MarksChanged(TableMessage):
        """So many records are marked now."""

        def __init__(self, table: RecordTable, count: int) -> None:
            super().__init__(table)
            self.count = count

    class OrderAsked(TableMessage):
        """The list is to be sorted by this column."""

        def __init__(self, table: RecordTable, column: str) -> None:
            super().__init__(table)
            self.column = column

    class Counted(TableMessage):
        """There are so many rows."""

        def __init__(self, table: RecordTable, total: int) -> None:
            super().__init__(table)
            self.total = total

    class Failed(TableMessage):
        """Rows could not be read. Those that were stay; `reload` asks again."""

        def __init__(self, table: RecordTable, error: BookingCenterError) -> None:
            super().__init__(table)
            self.error = error

    def __init__(self, desk: Desk, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.empty = ""
        self.position_changed: Callable[[], None] | None = None
        self._desk = desk
        self._asked: Query | None = None
        # The source of what is asked; the one whose rows are shown is another until the first of them are here.
        self._wanted: RowSource | None = None
        self._marked: set[UUID] = set()
        self._highlighted: UUID | None = None
        self._is_busy = False
        self._goes_last = False
        # Counts what the person did, so that a cursor that is put back late does not jump away from where they went.
        self._steps = 0

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Query | None:
        """What is asked; its rows may still be on their way."""
        return self._asked

    @property
    def total(self) -> int | None:
        """How many rows there are; None while they are counted."""
        return None if self._source is None else self._source.total

    @property
    def cursor_row(self) -> Row | None:
        """The row under the cursor, None where there is none or it is on its way."""
        return self.row_at(self.cursor_position)

    @property
    def cursor_id(self) -> UUID | None:
        """The record under the cursor."""
        row = self.cursor_row
        return None if row is None else row.id

    @property
    def cursor_number(self) -> int | None:
        """Which row the cursor is on, counted from 1; None where there is none."""
        return self.cursor_position + 1 if self.row_count else None

    @property
    def cursor_column(self) -> Column | None:
        """The column under the cursor."""
        listing = self.listing
        return listing.column(self._shown[self.rank]) if listing is not None and self._shown else None

    @property
    def shown_columns(self) -> list[str]:
        """The names of the columns that are shown, in their order; the first always stays in view."""
        return list(self._shown)

    @shown_columns.setter
    def shown_columns(self, names: Iterable[str]) -> None:
        names = list(names)
        if self._asked is not None:
            names = known_columns(self._asked.listing, names)
        if names == self._shown:
            return
        self._shown = names
        self._rank = self.rank
        self.show_cursor_column()
        self.redraw()
        if self._asked is not None:
            # Those that were not shown may not have been read.
            self.show(self._asked, keep=self.cursor_id)

    @property
    def marked(self) -> frozenset[UUID]:
        """The records that are marked, whether they are in view or not."""
        return frozenset(self._marked)

    def clear_marks(self) -> None:
        """Take all marks off."""
        if self._marked:
            self._marked.clear()
            self.redraw()
            self.post_message(self.MarksChanged(self, 0))

    def show(self, query: Query, *, keep: UUID | None = None, columns: Sequence[str] | None = None) -> None:
        """Show what a query asks for, the cursor on the record `keep` where the list has it.

        `columns` are those to show from now on. What was there before stays until the new rows are here.
        """
        if self._asked is None or self._asked.listing.name != query.listing.name:
            self._change_list(query.listing)
        if columns is not None and (shown := known_columns(query.listing, columns)) != self._shown:
            self._shown = shown
            self._rank = self.rank
            self.show_cursor_column()
            self.redraw()
        self._asked = query
        self._wanted = source = RowSource(self._desk, query, columns=frozenset(self._shown))
        if source.opens_quickly:
            try:
                source.open_here()
            except BookingCenterError as error:
                self._failed(error)
                return
            self._take(source)
        self._steps += 1
        self._open(source, keep, 0)

    def reload(self, *, keep: UUID | None = None) -> None:
        """Read again what is shown; the cursor stays on its record, or goes to the record `keep`."""
        source = self._source
        if self._asked is None:
            return
        if source is None or source.query is not self._asked or source.total is None:
            self.show(self._asked, keep=keep or self.cursor_id)
            return
        record, line = keep or self.cursor_id, self.cursor_position - self.seen[0]
        source.forget()
        self._strips.clear()
        self._fetch_seen()
        self.refresh()
        self._open(source, record, line)

    async def read_totals(self) -> list[Summed]:
        """The sums over all rows of what is asked. Raises Superseded where they are asked anew, BookingCenterError."""
        return [] if self._wanted is None else await self._wanted.read_totals()

    def _change_list(self, listing: Listing) -> None:
        self._source = self._wanted = None
        self._rank = self._skipped = self._cursor = self._top = 0
        self._asked = None
        self._shown = known_columns(listing, self._shown)
        self.widths = {}
        if self._marked:
            self._marked.clear()
            self.post_message(self.MarksChanged(self, 0))
        self.redraw()

    def _take(self, source: RowSource) -> None:
        """Show the rows of another source from its beginning."""
        self._source = source
        self._cursor = self._top = 0
        self._goes_last = False
        self._stop_busy()
        self.redraw()
        self.show_cursor_column()
        self._tell_record()

    @work(exclusive=True, exit_on_error=False, group="open")
    async def _open(self, source: RowSource, keep: UUID | None, line: int) -> None:
        busy = self.set_timer(_BUSY_SECONDS, self._start_busy)
        steps = self._steps
        try:
            if source is not self._source:
                await source.open()
                self._take(source)
                steps = self._steps
            if self.row_count and not self.is_coming(self.seen[0]):
                # What is still on its way is the count, and the line below the table says so.
                busy.stop()
            was_scrolled, edition = self.has_scrollbar, source.edition
            await source.settle()
            has_stayed = steps == self._steps
            self._settled(
                source, is_redrawn=source.edition != edition or self.has_scrollbar != was_scrolled or not source.total
            )
            if keep is not None and has_stayed:
                await self._return_to(source, keep, line)
        except Superseded:
            return
        except BookingCenterError as error:
            self._failed(error)
        finally:
            busy.stop()
            self._stop_busy()

    async def _return_to(self, source: RowSource, record: UUID, line: int) -> None:
        steps = self._steps
        position = await source.find(record)
        if position is not None and steps == self._steps:
            self.move_to(position, line=line or None)

    def _settled(self, source: RowSource, *, is_redrawn: bool) -> None:
        if source.total is None:
            return
        if is_redrawn:
            self.redraw()
        else:
            self.refresh_scrollbar()
        if self._goes_last:
            self._goes_last = False
            self.move_to(self.row_count - 1)
        else:
            self.move_to(self.cursor_position)
        self._fetch_seen()
        self._tell_record()
        self.post_message(self.Counted(self, source.total))

    def _failed(self, error: BookingCenterError) -> None:
        self._stop_busy()
        self.post_message(self.Failed(self, error))

    def _start_busy(self) -> None:
        self._is_busy = True
        self.refresh_head()

    def _stop_busy(self) -> None:
        if self._is_busy:
            self._is_busy = False
            self.refresh_head()

    # --- what the view asks for -------------------------------------------------------------------------------------

    @property
    def listing(self) -> Listing | None:
        return None if self._asked is None else self._asked.listing

    @property
    def sorted_by(self) -> tuple[str, bool]:
        return ("", False) if self._asked is None else self._asked.sorted_by

    @property
    def is_busy(self) -> bool:
        return self._is_busy

    def is_marked(self, row: Row) -> bool:
        return row.id in self._marked

    def words_for_no_rows(self) -> str:
        return self.empty if self.total == 0 else ""

    def cursor_moved(self) -> None:
        self._steps += 1
        self._tell_record()

    def order_asked(self, column: Column) -> None:
        self.post_message(self.OrderAsked(self, column.name))

    def toggle_mark(self, position: int) -> None:
        row = self.row_at(position)
        if row is None:
            return
        self._marked ^= {row.id}
        self.post_message(self.MarksChanged(self, len(self._marked)))

    def action_open(self) -> None:
        record = self.cursor_id
        if record is not None:
            self.post_message(self.RecordOpened(self, record))

    def action_last(self) -> None:
        # The end of a list that is still counted is gone to when it is known.
        self._goes_last = self._source is not None and self.total is None
        super().action_last()

    def _rows_came(self) -> None:
        if self.cursor_id != self._highlighted:
            self._tell_record()

    def _tell_record(self) -> None:
        self._highlighted = self.cursor_id
        self._tell_position()
        self.post_message(self.RecordHighlighted(self, self._highlighted))

    def _tell_position(self) -> None:
        if self.position_changed is not None:
            self.position_changed()

    def _look_again(self) -> None:
        self._stale_timer = None
        source = self._source
        if source is not None and source.is_stale:
            self._open(source, self.cursor_id, self.cursor_position - self.seen[0])
