"""What the list of a section, or a table of the detail beside it, is narrowed by, and the line above that says so."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from textual import on, work

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Superseded
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.panes.record_actions import RecordActions
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.record_table import RecordTable


class Narrowing(RecordActions):
    """The part of TablePane that searches and filters."""

    # The table that the line above tells of: that of the detail where the keys went there last.
    _told: RecordTable | None = None

    def narrow_at(self, table: RecordTable, query: Query) -> None:
        """Ask the list, or a table of the detail, something else."""
        if table is self.table:
            self.narrow(query)
        else:
            table.show(query, keep=table.cursor_id)
            self.tell_narrowing_of(table)

    def tell_narrowing_of(self, table: RecordTable) -> None:
        """Say in the line above what the list, or a table of the detail, is narrowed by."""
        self._told = table
        if table.asked is not None:
            self._show_narrowing(table.asked)

    def on_descendant_focus(self) -> None:
        at = self.at
        if not self.query_one(FilterBar).has_focus_within and at is not self._told:
            self.tell_narrowing_of(at)

    def _show_narrowing(self, query: Query) -> None:
        self._tell_narrowing(query)
        unknown = [value for _name, value in query.filters if isinstance(value, UUID) and value not in self.names]
        if unknown:
            self._read_names(query)

    @work(exclusive=True, exit_on_error=False, group="names")
    async def _read_names(self, query: Query) -> None:
        from tui_booking.services.find import names_of

        kinds = {
            value: query.listing.filter(name).reference or ""
            for name, value in query.filters
            if isinstance(value, UUID)
        }
        try:
            self.names |= await self.desk.ask(lambda store: names_of(store, kinds), group="names")
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return
        if (self._told or self.table).asked == query:
            self._tell_narrowing(query)

    def _tell_narrowing(self, query: Query) -> None:
        if self._told not in (None, self.table):
            self.query_one(FilterBar).show(query, _(query.listing.label), self.names)
            return
        names = self.section.listings if self.section is not None else ()
        at = names.index(query.listing.name) if query.listing.name in names else 0
        others = [(name, _(LISTINGS[name].label)) for name in (*names[at + 1 :], *names[:at])]
        self.query_one(FilterBar).show(query, _(query.listing.label), self.names, others)

    @on(FilterBar.SearchChanged)
    def _search(self, event: FilterBar.SearchChanged) -> None:
        table = self._told or self.table
        if table.asked is not None:
            self.narrow_at(table, replace(table.asked, search=event.words))

    @on(FilterBar.SearchLeft)
    def _leave_search(self) -> None:
        table = self._told or self.table
        table.focus()
        self.tell_narrowing_of(table)

    @on(FilterBar.ListAsked)
    def _show_other(self, event: FilterBar.ListAsked) -> None:
        if self.section is not None:
            self.show_section(self.section, event.name)

    @on(FilterBar.FilterDropped)
    def _drop_filter(self, event: FilterBar.FilterDropped) -> None:
        table = self._told or self.table
        query = table.asked
        if query is None:
            return
        if event.name == "deleted":
            self.narrow_at(table, replace(query, deleted=False))
        else:
            left = tuple(one for one in query.filters if one[0] != event.name)
            self.narrow_at(table, replace(query, filters=left))

    def leaves_search_of_detail(self) -> bool:
        """One step back in a table of the detail: what it is searched by, then its marks."""
        table = self.detail.children_shown
        if table is None or table is not self._told or table.asked is None:
            return False
        if self.query_one(FilterBar).has_focus_within or (table.has_focus and table.asked.search):
            table.focus()
            self.narrow_at(table, replace(table.asked, search=""))
        elif table.has_focus and table.marked:
            table.clear_marks()
        else:
            return False
        return True
