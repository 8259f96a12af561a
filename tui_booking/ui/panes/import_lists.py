"""What the keys of every table do in the lists of the import: search, filter, sort, columns, marks, copy and export."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from textual import on, work
from textual.widgets import Input

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, ngettext
from tui_booking.services.declarations import Order, Query, Row
from tui_booking.services.desk import Superseded, is_lost
from tui_booking.ui import formats
from tui_booking.ui.panes.taking_along import Export, TakingAlong
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.given_table import GivenTable
from tui_booking.ui.widgets.import_head import ImportHead
from tui_booking.ui.widgets.record_table import RecordTable
from tui_booking.ui.widgets.said import Said

if TYPE_CHECKING:
    from tui_booking.services.shown_export import Exported

Table = GivenTable | RecordTable
_DOWNWARDS_FIRST = ("count", "moment", "date")


class ImportLists(TakingAlong):
    """The actions of ImportPane on the list that has the focus, or that is the first one in sight.

    What a list is narrowed by stands above it, and is out of the way while it is narrowed by nothing.
    """

    DEFAULT_CSS = """
    ImportLists > FilterBar { display: none; }
    ImportLists > FilterBar.-narrowed, ImportLists > FilterBar.-searching { display: block; }
    """
    view: str
    _at: Table | None = None

    @property
    def at(self) -> Table:  # type: ignore[override]
        """The list that a key is meant for."""
        focused = self.screen.focused
        if isinstance(focused, Input) and self._at is not None and self._at.display:
            return self._at
        tables = self._tables()
        return next((one for one in tables if one is focused), tables[0])

    def _tables(self) -> list[Table]:
        """The lists of the view that is shown, the first one first."""
        return [cast(Table, one) for one in self.query_one(f"#{self.view}").query("GivenTable, RecordTable").results()]

    def watch_lists(self) -> None:
        """Say from now on where one is in the list that has the focus."""
        for table in self.query("GivenTable, RecordTable").results():
            cast(Table, table).position_changed = self._tell_position

    def on_descendant_focus(self) -> None:
        self._tell_position()

    def _tell_position(self) -> None:
        table = self.at
        words = []
        if table.cursor_number is not None:
            total = "…" if table.total is None else formats.format_value(table.total, "count")
            at = formats.format_value(table.cursor_number, "count")
            words.append(_("{number} of {count}").format(number=at, count=total))
        if table.marked:
            many = len(table.marked)
            words.append(ngettext("{count} marked", "{count} marked", many).format(count=many))
        self.query_one(ImportHead).show_position(" · ".join(words))

    def _narrow(self, table: Table, query: Query) -> None:
        if isinstance(table, GivenTable):
            table.narrow(query)
        else:
            table.show(query, keep=table.cursor_id)
        self._tell_narrowing(table)

    def _tell_narrowing(self, table: Table) -> None:
        """Say what the list is narrowed by; the line is there while there is something to say."""
        self._at = table
        query = table.asked
        if query is not None:
            bar = self.query_one(FilterBar)
            bar.show(query, _(query.listing.label), self.names)
            bar.set_class(bool(query.filters or query.search), "-narrowed")

    # What the keys do.

    def action_search(self) -> None:
        self._tell_narrowing(self.at)
        self.query_one(FilterBar).search()

    @on(FilterBar.SearchChanged)
    def _search(self, event: FilterBar.SearchChanged) -> None:
        event.stop()
        table = self.at
        if table.asked is not None:
            self._narrow(table, replace(table.asked, search=event.words))

    @on(FilterBar.SearchLeft)
    def _leave_search(self, event: FilterBar.SearchLeft) -> None:
        event.stop()
        table = self.at
        table.focus()
        self._tell_narrowing(table)

    @on(FilterBar.FilterDropped)
    def _drop_filter(self, event: FilterBar.FilterDropped) -> None:
        event.stop()
        table = self._at or self.at
        if table.asked is not None:
            kept = tuple(one for one in table.asked.filters if one[0] != event.name)
            self._narrow(table, replace(table.asked, filters=kept))

    @work(exit_on_error=False, group="dialog")
    async def action_filter(self) -> None:
        from tui_booking.ui.screens.filter_form import FilterForm

        table = self.at
        query = table.asked
        if query is None:
            return
        filters = await self.dialog(FilterForm(self.desk, query.listing, query.filters))
        if filters is not None and table.asked is not None:
            self._narrow(table, replace(table.asked, filters=tuple(filters)))

    def action_clear(self) -> None:
        table = self.at
        if table.asked is not None:
            order = Order("") if isinstance(table, GivenTable) else None
            self._narrow(table, Query(listing=table.asked.listing, order=order))

    def action_order(self) -> None:
        table = self.at
        if table.cursor_column is not None:
            self._order_by(table, table.cursor_column.name)

    @on(GivenTable.OrderAsked)
    @on(RecordTable.OrderAsked)
    def _order(self, event: GivenTable.OrderAsked | RecordTable.OrderAsked) -> None:
        event.stop()
        self._order_by(event.table, event.column)

    def _order_by(self, table: Table, name: str) -> None:  # type: ignore[override]
        query = table.asked
        if query is None:
            return
        column, (by, is_downwards) = query.listing.column(name), query.sorted_by
        if column.order is None:
            self.say(_("This column cannot be sorted by."))
            return
        order = Order(name, not is_downwards if by == name else column.kind in _DOWNWARDS_FIRST)
        self._narrow(table, replace(query, order=order))
        table.move_to(0)

    @work(exit_on_error=False, group="dialog")
    async def action_columns(self) -> None:
        from tui_booking.ui.screens.choose import ChooseColumns

        table = self.at
        if table.asked is None:
            return
        shown = await self.dialog(ChooseColumns(table.asked.listing, table.shown_columns))
        if shown:
            table.shown_columns = list(shown)

    def action_unmark(self) -> None:
        self.at.clear_marks()

    async def _write(
        self, export: Export, query: Query, columns: list[str], marked: Collection[UUID], path: Path
    ) -> Exported | None:
        from tui_booking.services.shown_export import write_rows

        table = self.at
        if isinstance(table, RecordTable):
            return await super()._write(export, query, columns, frozenset(marked), path)
        rows: list[Row] = [row for row in table.seen_rows if not marked or row.id in marked]
        zone = self.desk.settings.zone_info
        try:
            return await self.desk.ask(
                lambda _store: write_rows(
                    rows, query.listing, columns, path, zone=zone, overwrite=True, told=export.told
                )
            )
        except Superseded as stopped:
            self.say(str(stopped))
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
        return None

    async def _read_marked(self) -> list[Row] | None:
        table = self.at
        if isinstance(table, RecordTable):
            return await super()._read_marked()
        return [row for row in table.seen_rows if row.id in table.marked]

    def unnarrow(self) -> bool:
        """One step back from what a list is searched, marked or filtered by; False where it is by nothing."""
        table, bar = self._at or self.at, self.query_one(FilterBar)
        if not table.display or table.asked is None:
            return False
        if bar.has_focus_within or table.asked.search:
            table.focus()
            self._narrow(table, replace(table.asked, search=""))
            return True
        if self.at.marked:
            self.at.clear_marks()
            return True
        return False

    # Telling.

    def _tell(self, error: BookingCenterError | None) -> None:
        """Say what is wrong and what to do, in the pane itself, until something else is done."""
        self.query_one("#trouble", Said).tell(error)
        self._warn_if_lost(error)

    def _warn_if_lost(self, error: BookingCenterError | None) -> None:
        # The app shows that the database is out of reach, and tries again.
        if error is not None and is_lost(error) and hasattr(self.app, "lost"):
            self.app.lost(error)
