"""What is taken along from a table: copied, opened in the browser, written into a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from textual import work

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, ngettext
from tui_booking.services.declarations import Query, Row
from tui_booking.services.desk import Superseded
from tui_booking.ui import formats
from tui_booking.ui.panes.pane_actions import ListTable, PaneActions
from tui_booking.ui.widgets.plainly import cut, plain

if TYPE_CHECKING:
    from tui_booking.services.shown_export import Exported


class Export:
    """One that is under way: `count` rows are to be written, None where that is not known."""

    def __init__(self, count: int | None) -> None:
        self.count = count
        self.written = 0
        self.is_stopped = False

    def told(self, written: int) -> None:
        """Called by the thread that writes; raises Superseded where the person wants no more of it."""
        self.written = written
        if self.is_stopped:
            raise Superseded(_("The export was stopped; no file is left."))

    @property
    def line(self) -> str:
        """How far it is, in a few words."""
        counted = "…" if self.count is None else formats.format_value(self.count, "count")
        return _("Exporting {number} of {count}").format(
            number=formats.format_value(self.written, "count"), count=counted
        )


class TakingAlong(PaneActions):
    """The actions of a table that change nothing in the database and leave something outside of the app."""

    _export: Export | None = None

    def action_copy_cell(self) -> None:
        row, column, query = self.at.cursor_row, self.at.cursor_column, self.at.asked
        if row is not None and column is not None and query is not None:
            value = row.values[query.listing.columns.index(column)]
            self._copy(formats.full_value(value, column.kind))

    @work(exclusive=True, exit_on_error=False, group="copy")
    async def action_copy_row(self) -> None:
        """The marked rows, a line each, or the one under the cursor; cells stand apart by tabs."""
        table = self.at
        row, query = table.cursor_row, table.asked
        if query is None:
            return
        kinds = {column.name: (number, column.kind) for number, column in enumerate(query.listing.columns)}
        shown = [kinds[name] for name in table.shown_columns]
        rows = await self._read_marked(table) if table.marked else [row] if row is not None else []
        if rows:
            self._copy(
                "\n".join(
                    "\t".join(formats.full_value(one.values[number], kind) for number, kind in shown) for one in rows
                ),
                len(rows),
            )

    async def _read_marked(self, table: ListTable) -> list[Row] | None:
        """The rows with a mark, in the list's order; None where they could not be read, which the person was told."""
        from tui_booking.services.shown_export import read_marked

        zone = self.desk.settings.zone_info
        query, columns, marked = table.asked, table.shown_columns, table.marked
        assert query is not None
        return await self.ask(lambda store: read_marked(store, query, columns, marked, zone=zone))

    def _copy(self, text: str, rows: int = 1) -> None:
        self.app.copy_to_clipboard(text)
        if rows > 1:
            words = ngettext("{count} row sent to the clipboard.", "{count} rows sent to the clipboard.", rows)
            self.say(words.format(count=formats.format_value(rows, "count")))
            return
        # No terminal says whether it took it.
        self.say(_("Sent to the clipboard, if the terminal allows it: {text}").format(text=cut(plain(text), 40)))

    def action_browser(self) -> None:
        """The address of the record under the cursor, in the browser."""
        row, query = self.table.cursor_row, self.asked
        if row is None or query is None:
            return
        for number, column in enumerate(query.listing.columns):
            address = row.values[number]
            if column.kind == "link" and isinstance(address, str) and address.startswith(("https://", "http://")):
                self.app.open_url(address)
                self.say(_("Opened {address}").format(address=address))
                return
        self.say(_("There is no address here."))

    @work(exit_on_error=False, group="dialog")
    async def action_export(self) -> None:
        """Write what is shown, or what is marked, into a file for a spreadsheet; or stop doing so."""
        if self._export is not None:
            await self._ask_to_stop(self._export)
            return
        from tui_booking.ui.screens.ask_path import AskPath

        table = self.at
        query, marked = table.asked, table.marked
        if query is None:
            return
        count = len(marked) or table.total
        about = ngettext(
            "{count} row with the columns that are shown.", "{count} rows with the columns that are shown.", count or 0
        ).format(count="…" if count is None else formats.format_value(count, "count"))
        folder = Path(str(self.memory.get("export.folder") or Path.cwd()))
        proposal = folder / f"{query.listing.name}-{self.desk.today.isoformat()}.csv"
        path = await self.dialog(AskPath(_("Export to CSV or XLSX"), proposal, about=about, endings=(".csv", ".xlsx")))
        if path is None or self._export is not None:
            return
        self.memory.set("export.folder", str(path.parent))
        self._export = Export(count)
        try:
            written = await self._write(self._export, table, query, marked, path)
        finally:
            self._export = None
        if written is not None:
            rows = formats.format_value(written.rows, "count")
            self.say(_("{count} rows written: {path}").format(count=rows, path=written.path))

    async def _write(
        self, export: Export, table: ListTable, query: Query, marked: frozenset[UUID], path: Path
    ) -> Exported | None:
        from tui_booking.services.shown_export import write_shown

        columns, zone = table.shown_columns, self.desk.settings.zone_info
        try:
            return await self.desk.ask(
                lambda store: write_shown(
                    store, query, columns, path, zone=zone, marked=marked or None, overwrite=True, told=export.told
                )
            )
        except Superseded as stopped:
            self.say(str(stopped))
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
        return None

    async def _ask_to_stop(self, export: Export) -> None:
        from tui_booking.ui.screens.confirm import Confirm

        question = Confirm(
            _("An export is running"), _("Where it is stopped, no file is left."), yes=_("Stop it"), no=_("Let it run")
        )
        if await self.dialog(question):
            export.is_stopped = True

    @property
    def export_line(self) -> str:
        """How far an export is; empty where none is under way."""
        return "" if self._export is None else self._export.line
