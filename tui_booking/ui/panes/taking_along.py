"""What is taken along from a table: copied, opened in the browser, written into a file."""

from __future__ import annotations

from pathlib import Path

from textual import work

from tui_booking.language import _, ngettext
from tui_booking.ui import formats
from tui_booking.ui.panes.pane_actions import PaneActions
from tui_booking.ui.widgets.plainly import cut, plain


class TakingAlong(PaneActions):
    """The actions of a table that change nothing in the database and leave something outside of the app."""

    def action_copy_cell(self) -> None:
        row, column, query = self.table.cursor_row, self.table.cursor_column, self.asked
        if row is not None and column is not None and query is not None:
            value = row.values[query.listing.columns.index(column)]
            self._copy(formats.full_value(value, column.kind))

    def action_copy_row(self) -> None:
        row, query = self.table.cursor_row, self.asked
        if row is None or query is None:
            return
        kinds = {column.name: (number, column.kind) for number, column in enumerate(query.listing.columns)}
        shown = [kinds[name] for name in self.table.shown_columns]
        self._copy("\t".join(formats.full_value(row.values[number], kind) for number, kind in shown))

    def _copy(self, text: str) -> None:
        self.app.copy_to_clipboard(text)
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
        """Write what is shown, or what is marked, into a file for a spreadsheet."""
        from tui_booking.services.shown_export import write_shown
        from tui_booking.ui.screens.ask_path import AskPath

        query, marked = self.asked, self.table.marked
        if query is None:
            return
        count = len(marked) or self.table.total
        about = ngettext(
            "{count} row with the columns that are shown.", "{count} rows with the columns that are shown.", count or 0
        ).format(count="…" if count is None else formats.format_value(count, "count"))
        folder = Path(str(self.memory.get("export.folder") or Path.cwd()))
        proposal = folder / f"{query.listing.name}-{self.desk.today.isoformat()}.csv"
        path = await self.dialog(AskPath(_("Export to CSV or XLSX"), proposal, about=about, endings=(".csv", ".xlsx")))
        if path is None:
            return
        self.memory.set("export.folder", str(path.parent))
        columns, zone = self.table.shown_columns, self.desk.settings.zone_info
        written = await self.ask(
            lambda store: write_shown(store, query, columns, path, zone=zone, marked=marked or None, overwrite=True)
        )
        if written is not None:
            self.say(_("{count} rows written: {path}").format(count=written.rows, path=written.path))
