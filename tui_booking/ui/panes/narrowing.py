"""What the list of a section, or a table of the detail beside it, is narrowed by, and the line above that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from textual import on, work

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Superseded
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.panes.pane_actions import ListTable
from tui_booking.ui.panes.record_actions import RecordActions
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.record_table import RecordTable


class Narrowing(RecordActions):
    """The part of TablePane that searches and filters."""

    def narrow_at(self, table: ListTable, query: Query, *, from_top: bool = False) -> None:
        """Ask the list, or a table of the detail, something else."""
        assert isinstance(table, RecordTable)
        keep = None if from_top else table.cursor_id
        if table is self.table:
            self.show_query(query, keep)
        else:
            table.show(query, keep=keep)
            self.tell_narrowing_of(table)

    def whole(self, table: ListTable) -> Query | None:
        query = table.asked
        if query is None or table is self.table:
            return super().whole(table)
        # What hangs on a record stays what hangs on it.
        return Query(listing=query.listing, parent=query.parent)

    def show_columns(self, table: ListTable, names: Sequence[str]) -> None:
        if table is not self.table or table.asked is None:
            super().show_columns(table, names)
            return
        self.memory.set(f"columns:{table.asked.listing.name}", list(names))
        self.narrow(table.asked)

    def tell_narrowing_of(self, table: ListTable) -> None:
        """Say in the line above what the list, or a table of the detail, is narrowed by."""
        self._told = table
        if table.asked is not None:
            self._show_narrowing(table.asked)

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

    @on(FilterBar.ListAsked)
    def _show_other(self, event: FilterBar.ListAsked) -> None:
        if self.section is not None:
            self.show_section(self.section, event.name)

    def leaves_search_of_detail(self) -> bool:
        """One step back in a table of the detail: what it is searched by, then its marks."""
        table = self.detail.children_shown
        is_told = table is self._told
        if table is None or table.asked is None or not is_told:
            return False
        if self.query_one(FilterBar).has_focus_within or (table.has_focus and table.asked.search):
            table.focus()
            self.narrow_at(table, replace(table.asked, search=""))
        elif table.has_focus and table.marked:
            table.clear_marks()
        else:
            return False
        return True
