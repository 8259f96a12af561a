"""A section with a table: what it is narrowed by, the rows, the detail beside them or in their place, and the sums."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import FilterValue, Listing, Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.commands import binding_of, bindings_of
from tui_booking.ui.memory import Memory
from tui_booking.ui.panes.detail import DetailPane
from tui_booking.ui.panes.narrowing import Narrowing
from tui_booking.ui.sections import tabs_of
from tui_booking.ui.sections.declaration import Section
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.record_table import RecordTable
from tui_booking.ui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from tui_booking.models.database import Store

# From this width of the pane on the detail stands beside the table; below, in its place.
BESIDE = 96


@dataclass(slots=True)
class Place:
    """Where one was in a list."""

    query: Query
    cursor: UUID | None = None
    with_detail: bool = False


class TablePane(Narrowing, Widget):
    """The one pane of all sections with tables: a section is shown by what it declares."""

    DEFAULT_CSS = """
    TablePane { layout: vertical; height: 1fr; width: 1fr; }
    TablePane > Horizontal { height: 1fr; }
    TablePane > Horizontal > RecordTable { width: 3fr; height: 1fr; }
    TablePane DetailPane { width: 2fr; height: 1fr; display: none; }
    TablePane.-detail DetailPane { display: block; }
    TablePane.-detail.-narrow > Horizontal > RecordTable { display: none; }
    """

    BINDINGS = [*bindings_of("table"), binding_of("detail.previous"), binding_of("detail.next")]  # noqa: RUF012

    class BoardAsked(Message):
        """The bookings of this question are wanted as a board."""

        def __init__(self, query: Query) -> None:
            super().__init__()
            self.query = query

    class RecordChosen(Message):
        """A record of another list is wanted."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind, self.id = kind, id

    def __init__(self, desk: Desk, memory: Memory) -> None:
        super().__init__(id="table-pane")
        self.desk = desk
        self.memory = memory
        self.section: Section | None = None
        self.names: dict[UUID, str] = {}
        self.in_turn = asyncio.Lock()
        self._places: dict[str, Place] = {}
        self._lists: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        yield FilterBar()
        with Horizontal():
            table = RecordTable(self.desk)
            table.position_changed = self._tell_position
            yield table
            yield DetailPane(self.desk)
        yield StatusLine()

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    @property
    def detail(self) -> DetailPane:
        return self.query_one(DetailPane)

    @property
    def asked(self) -> Query | None:
        """What the table shows."""
        return self.table.asked

    def show_section(self, section: Section, listing: str | None = None, *, keep: UUID | None = None) -> None:
        """Show a section, where one was in it or at a record of one of its lists."""
        self._leave()
        name = listing or self._lists.get(section.name) or section.listings[0]
        place = self._places.get(name)
        is_new = place is None
        if place is None:
            place = self._places[name] = Place(self.memory.find_query(LISTINGS[name]))
        if keep is not None:
            place.cursor = keep
            place.query = self._without_narrowing(place.query)
        self._go(section, name)
        if is_new and keep is None and name == section.listings[0] and section.begins_at is not None:
            self._begin(section.begins_at)

    @work(exclusive=True, exit_on_error=False, group="begin")
    async def _begin(self, begins_at: Callable[[Store, date], UUID | None]) -> None:
        """Put the cursor where one begins in a section, unless the person was quicker."""
        asked = self.asked
        begin = await self.ask(lambda store: begins_at(store, self.desk.today))
        if begin is not None and self.asked is asked and not self.table.cursor_position:
            self.table.reload(keep=begin)

    def show_list(self, section: Section, listing: str, filters: Iterable[tuple[str, FilterValue]]) -> None:
        """Show a list of a section, narrowed by these filters alone."""
        self._leave()
        self._places[listing] = Place(Query(listing=LISTINGS[listing], filters=tuple(filters)))
        self._go(section, listing)

    def _go(self, section: Section, listing: str) -> None:
        self.section = section
        self._lists[section.name] = listing
        place = self._places[listing]
        self.set_class(place.with_detail, "-detail")
        self.show_query(place.query, place.cursor)

    async def open_record(self, section: Section, listing: str, id: UUID) -> None:  # noqa: A002
        """Show a record in its list, with its detail."""
        self.detail.begin_at_first_tab(LISTINGS[listing].kind)
        self.show_section(section, listing, keep=id)
        await self._open_detail(focus=self.has_class("-narrow"))

    def reload(self) -> None:
        """Read again what is shown, the cursor on its record."""
        if self.asked is not None:
            self.table.reload()
            if self.has_class("-detail"):
                self.detail.reload()
            self._read_totals()

    def narrow(self, query: Query) -> None:
        """Ask the same list something else."""
        self.show_query(query, self.table.cursor_id)

    @staticmethod
    def _without_narrowing(query: Query) -> Query:
        return replace(query, search="", filters=(), deleted=False, parent=None)

    def _leave(self) -> None:
        if self.asked is not None and self.asked.listing.name in self._places:
            self._places[self.asked.listing.name] = Place(self.asked, self.table.cursor_id, self.has_class("-detail"))

    def show_query(self, query: Query, keep: UUID | None) -> None:
        """Show what a query of the section's list asks for, the cursor on the record `keep`."""
        listing = query.listing
        self._places[listing.name] = Place(query, keep, self.has_class("-detail"))
        self.memory.keep_query(query)
        table = self.table
        assert self.section is not None
        is_whole = query == Query(listing=listing)
        if not is_whole:
            table.empty = _("Nothing matches. F clears search and filters.")
        elif listing.name == self.section.listings[0]:
            seed = _("tui-booking seed fills an empty database with made-up data.")
            table.empty = f"{_(self.section.empty)}\n{seed}"
        else:
            table.empty = _("Nothing here yet: n makes one.")
        shown = [name for name in self.memory.words(f"columns:{listing.name}") if _has_column(listing, name)]
        table.show(query, keep=keep, columns=shown or [column.name for column in listing.columns if column.shown])
        self._told = self.table
        self._show_narrowing(query)
        self._tell_position()
        self._read_totals()

    @work(exclusive=True, exit_on_error=False, group="totals")
    async def _read_totals(self) -> None:
        query = self.asked
        line = self.query_one(StatusLine)
        line.totals = ()
        line.refresh()
        if query is None or not query.listing.totals:
            return
        try:
            found = await self.table.read_totals()
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return
        if self.asked == query:
            line.totals = tuple(
                (one.total, group, value) for one in found for group, value in one.values if value is not None
            )
            line.refresh()

    # What the widgets say.

    @on(RecordTable.RecordHighlighted)
    def _follow(self, event: RecordTable.RecordHighlighted) -> None:
        if event.table is not self.table:
            return
        event.stop()
        self._tell_position()
        if self.has_class("-detail"):
            self._show_detail(event.id)

    @on(RecordTable.RecordOpened)
    async def _open(self, event: RecordTable.RecordOpened) -> None:
        if event.table is self.table:
            event.stop()
            await self._open_detail(focus=True)

    @on(RecordTable.OrderAsked)
    def _order(self, event: RecordTable.OrderAsked) -> None:
        if event.table is self.table:
            event.stop()
            self.order_by(self.table, event.column)

    @on(RecordTable.Counted)
    @on(RecordTable.MarksChanged)
    def _tell_position(self) -> None:
        table, line = self.table, self.query_one(StatusLine)
        if table.asked is None:
            return
        line.tell(table.asked, table.cursor_number, table.total, len(table.marked))

    @on(RecordTable.Failed)
    def _failed(self, event: RecordTable.Failed) -> None:
        event.stop()
        self.app.tell(event.error)  # type: ignore[attr-defined]

    @on(DetailPane.RecordChosen)
    def _jump(self, event: DetailPane.RecordChosen) -> None:
        event.stop()
        self.post_message(self.RecordChosen(event.kind, event.id))

    @on(DetailPane.Changed)
    def _changed(self, event: DetailPane.Changed) -> None:
        event.stop()
        self.keep_undo(event.undo)

    @on(DetailPane.Failed)
    def _detail_failed(self, event: DetailPane.Failed) -> None:
        event.stop()
        self.app.tell(event.error)  # type: ignore[attr-defined]

    def on_resize(self) -> None:
        self.set_class(self.size.width < BESIDE, "-narrow")

    async def _open_detail(self, *, focus: bool) -> None:
        await self.detail.furnish()
        was_open = self.has_class("-detail")
        self.add_class("-detail")
        self._show_detail(self.table.cursor_id)
        # Beside the table the first Enter only looks; the second goes there.
        if focus and (was_open or self.has_class("-narrow")):
            self.detail.focus()

    def _show_detail(self, id: UUID | None) -> None:  # noqa: A002
        query = self.asked
        if query is not None and self.section is not None:
            kind = query.listing.kind
            self.detail.show(kind, id, tabs_of(self.section, kind))

    def action_tab(self, by: int) -> None:
        """Another tab of the detail, without leaving the table."""
        if self.has_class("-detail"):
            self.detail.action_tab(by)

    @property
    def seen(self) -> Widget:
        """What the keys are for: the table, or the detail where it stands in its place."""
        if self.has_class("-detail") and self.has_class("-narrow") and self.detail.children:
            return self.detail.children_shown or self.detail.body
        return self.table

    @property
    def would_close_detail(self) -> bool:
        """Whether one step back leaves the record that is shown."""
        return self.has_class("-detail") and (self.has_class("-narrow") or not self.detail.has_focus_within)

    def back(self) -> bool:
        """One step back; False where there is none."""
        field = self.query_one(FilterBar)
        query = self.asked
        if self.leaves_search_of_detail():
            return True
        if self.has_class("-detail") and self.detail.has_focus_within and not self.has_class("-narrow"):
            self.table.focus()
        elif field.has_focus_within and query is not None:
            self.table.focus()
            self.narrow(replace(query, search=""))
        elif self.has_class("-detail"):
            self.remove_class("-detail")
            self.table.focus()
        elif self.table.marked:
            self.table.clear_marks()
        elif query is not None and query.search:
            self.narrow(replace(query, search=""))
        elif query is not None and query.parent:
            self.narrow(replace(query, parent=None))
        else:
            return False
        return True


def _has_column(listing: Listing, name: str) -> bool:
    return any(column.name == name for column in listing.columns)
