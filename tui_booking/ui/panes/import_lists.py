"""What the keys of every table do in the lists of the import: search, filter, sort, columns, marks, copy and export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast
from uuid import UUID

from textual import on

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, ngettext
from tui_booking.services.declarations import Query, Row
from tui_booking.services.desk import Superseded, is_lost
from tui_booking.ui import formats
from tui_booking.ui.panes.list_keys import ListKeys
from tui_booking.ui.panes.pane_actions import ListTable
from tui_booking.ui.panes.taking_along import Export
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.given_table import GivenTable
from tui_booking.ui.widgets.import_head import ImportHead
from tui_booking.ui.widgets.record_table import RecordTable
from tui_booking.ui.widgets.said import Said

if TYPE_CHECKING:
    from tui_booking.services.shown_export import Exported

Table = GivenTable | RecordTable


class ImportLists(ListKeys):
    """The actions of ImportPane on the list that has the focus, or that is the first one in sight.

    What a list is narrowed by stands above it, and is out of the way while it is narrowed by nothing.
    """

    DEFAULT_CSS = """
    ImportLists > FilterBar { display: none; }
    ImportLists > FilterBar.-narrowed, ImportLists > FilterBar.-searching { display: block; }
    """
    view: str

    @property
    def at(self) -> Table:
        """The list that a key is meant for."""
        tables = self._tables()
        return next((one for one in tables if one is self.screen.focused), tables[0])

    def _tables(self) -> list[Table]:
        """The lists of the view that is shown, the first one first."""
        return [cast(Table, one) for one in self.query_one(f"#{self.view}").query("GivenTable, RecordTable").results()]

    def watch_lists(self) -> None:
        """Say from now on where one is in the list that has the focus; columns are those that were chosen before."""
        for one in self.query("GivenTable, RecordTable").results():
            table = cast(Table, one)
            table.position_changed = self._tell_position
            if isinstance(table, GivenTable) and (chosen := self.chosen_columns(table.listing.name)):
                table.shown_columns = chosen

    def chosen_columns(self, listing: str) -> list[str]:
        """The columns that were chosen for a list before; none where none were."""
        return self.memory.words(f"columns:{listing}")

    def show_columns(self, table: ListTable, names: Sequence[str]) -> None:
        super().show_columns(table, names)
        if table.asked is not None:
            self.memory.set(f"columns:{table.asked.listing.name}", list(names))

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

    def narrow_at(self, table: ListTable, query: Query, *, from_top: bool = False) -> None:
        if isinstance(table, GivenTable):
            table.narrow(query)
            if from_top:
                table.move_to(0)
        else:
            assert isinstance(table, RecordTable)
            table.show(query, keep=None if from_top else table.cursor_id)
        self.tell_narrowing_of(table)

    def tell_narrowing_of(self, table: ListTable) -> None:
        """The line is there while there is something to say."""
        self._told = table
        query = table.asked
        if query is not None:
            bar = self.query_one(FilterBar)
            bar.show(query, _(query.listing.label), self.names)
            bar.set_class(bool(query.filters or query.search), "-narrowed")

    @on(GivenTable.OrderAsked)
    @on(RecordTable.OrderAsked)
    def _order(self, event: GivenTable.OrderAsked | RecordTable.OrderAsked) -> None:
        event.stop()
        self.order_by(event.table, event.column)

    async def _write(
        self, export: Export, table: ListTable, query: Query, marked: frozenset[UUID], path: Path
    ) -> Exported | None:
        from tui_booking.services.shown_export import write_rows

        if not isinstance(table, GivenTable):
            return await super()._write(export, table, query, marked, path)
        rows = table.marked_rows if marked else list(table.seen_rows)
        columns, zone = table.shown_columns, self.desk.settings.zone_info
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

    async def _read_marked(self, table: ListTable) -> list[Row] | None:
        return table.marked_rows if isinstance(table, GivenTable) else await super()._read_marked(table)

    def unnarrow(self) -> bool:
        """One step back from what a list is searched, marked or filtered by; False where it is by nothing."""
        table, bar = self.told, self.query_one(FilterBar)
        if table not in self._tables() or table.asked is None:
            return False
        if bar.has_focus_within or table.asked.search:
            table.focus()
            self.narrow_at(table, replace(table.asked, search=""))
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
