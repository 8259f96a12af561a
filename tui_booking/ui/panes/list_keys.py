"""The keys that every list has, in a section or in the import: search, filters, order, columns, marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from textual import on, work

from tui_booking.language import _
from tui_booking.services.declarations import Order, Query
from tui_booking.ui.panes.pane_actions import ListTable
from tui_booking.ui.panes.taking_along import TakingAlong
from tui_booking.ui.widgets.filter_bar import FilterBar

# What one wants to see the most of, or the newest of, first.
_DOWNWARDS_FIRST = ("money", "count", "percent", "date", "moment")


class ListKeys(TakingAlong):
    """What is shown in a line above the lists is what one of them is narrowed by: that which the keys went to last."""

    _told: ListTable | None = None

    def narrow_at(self, table: ListTable, query: Query, *, from_top: bool = False) -> None:
        """Ask a list something else; the cursor stays on its record where it can, or goes to the first."""
        raise NotImplementedError

    def tell_narrowing_of(self, table: ListTable) -> None:
        """Say in the line above what a list is narrowed by."""
        raise NotImplementedError

    def whole(self, table: ListTable) -> Query | None:
        """What a list asks that is narrowed by nothing; None where it asks nothing."""
        return None if table.asked is None else Query(listing=table.asked.listing)

    def show_columns(self, table: ListTable, names: Sequence[str]) -> None:
        """Let a list have these columns."""
        table.shown_columns = list(names)

    @property
    def told(self) -> ListTable:
        """The list of which the line above tells."""
        return self._told or self.at

    # What the line above says.

    def on_descendant_focus(self) -> None:
        at = self.at
        if not self.query_one(FilterBar).has_focus_within and at is not self._told:
            self.tell_narrowing_of(at)

    def action_search(self) -> None:
        self.tell_narrowing_of(self.at)
        self.query_one(FilterBar).search()

    @on(FilterBar.SearchChanged)
    def _search(self, event: FilterBar.SearchChanged) -> None:
        event.stop()
        table = self.told
        if table.asked is not None:
            self.narrow_at(table, replace(table.asked, search=event.words))

    @on(FilterBar.SearchLeft)
    def _leave_search(self, event: FilterBar.SearchLeft) -> None:
        event.stop()
        table = self.told
        table.focus()
        self.tell_narrowing_of(table)

    @on(FilterBar.FilterDropped)
    def _drop_filter(self, event: FilterBar.FilterDropped) -> None:
        event.stop()
        table = self.told
        query = table.asked
        if query is None:
            return
        if event.name == "deleted":
            self.narrow_at(table, replace(query, deleted=False))
        else:
            left = tuple(one for one in query.filters if one[0] != event.name)
            self.narrow_at(table, replace(query, filters=left))

    # What the other keys do.

    @work(exit_on_error=False, group="dialog")
    async def action_filter(self) -> None:
        from tui_booking.ui.screens.filter_form import FilterForm

        table = self.at
        query = table.asked
        if query is None:
            return
        if not query.listing.filters:
            self.say(_("This list has no filters."))
            return
        filters = await self.dialog(FilterForm(self.desk, query.listing, query.filters))
        if filters is not None:
            self.narrow_at(table, replace(query, filters=tuple(filters)))

    def action_clear(self) -> None:
        table = self.at
        if (query := self.whole(table)) is not None:
            self.narrow_at(table, query)

    def action_order(self) -> None:
        if self.at.cursor_column is not None:
            self.order_by(self.at, self.at.cursor_column.name)

    def order_by(self, table: ListTable, name: str) -> None:
        """Sort a list by a column, or the other way round where it is sorted by it."""
        query = table.asked
        if query is None:
            return
        column, order = query.listing.column(name), query.sorted_by
        if column.order is None:
            self.app.notify(_("This column cannot be sorted by."), severity="warning", markup=False)
            return
        is_downwards = not order.descending if order.column == name else column.kind in _DOWNWARDS_FIRST
        # From the top: whoever sorts wants to see what is first.
        self.narrow_at(table, replace(query, order=Order(name, is_downwards)), from_top=True)

    @work(exit_on_error=False, group="dialog")
    async def action_columns(self) -> None:
        from tui_booking.ui.screens.choose import ChooseColumns

        table = self.at
        if table.asked is None:
            return
        shown = await self.dialog(ChooseColumns(table.asked.listing, table.shown_columns))
        if shown:
            self.show_columns(table, shown)

    def action_unmark(self) -> None:
        self.at.clear_marks()
