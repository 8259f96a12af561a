"""A row of a file as it was read, with the names of its columns, and what is wrong with it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.importing.report_words import name_of
from tui_booking.importing.rows_as_read import ReadRow, read_row
from tui_booking.language import _, grouped
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.import_report import Problem
from tui_booking.ui.widgets.lines import LineColumn, Lines
from tui_booking.ui.widgets.plainly import plain


class RowAsRead(Dialog[None]):
    """Reads the row again from its file, in a thread; the next and the last row of the same problem by a key."""

    DEFAULT_CSS = """
    RowAsRead {
        & > #box { height: 90%; }
        & #where { height: auto; }
        & #message { height: auto; max-height: 50%; overflow-y: auto; margin: 0 0 1 0; }
        & #cells { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n,right", "step(1)", show=False, id="row.next"),
        Binding("p,left", "step(-1)", show=False, id="row.previous"),
    ]
    AUTO_FOCUS = "#cells"

    def __init__(
        self, problem: Problem, *, encoding: str | None = None, aliases: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(name_of(problem.file), wide=True)
        self.problem = problem
        self.rows = problem.rows
        self.read: ReadRow | None = None
        self._encoding = encoding
        self._aliases = aliases
        self._at = 0
        self._left = threading.Event()

    def body(self) -> ComposeResult:
        yield Static("", id="where", markup=False)
        yield Static(Content(plain(self.problem.line)), id="message")
        yield Lines(
            (LineColumn(_("Header"), most=28), LineColumn(_("Column"), most=24), LineColumn(_("As read"), grows=True)),
            id="cells",
        )

    def keys(self) -> str:
        return _("n next row · p previous row · Esc leaves")

    def on_mount(self) -> None:
        self._show_row()

    def on_unmount(self) -> None:
        self._left.set()

    def action_step(self, by: int) -> None:
        if self.rows:
            self._at = min(max(self._at + by, 0), len(self.rows) - 1)
            self._show_row()

    def _show_row(self) -> None:
        if not self.rows:
            self._tell(_("This is said of the file, not of a row."))
            return
        where = _("Row {number} as it was read · {place} of {count} rows named")
        number = self.rows[self._at]
        self._tell(where.format(number=grouped(number), place=self._at + 1, count=len(self.rows)))
        self._read_row(number)

    def _tell(self, text: str) -> None:
        self.query_one("#where", Static).update(Content(plain(text)))

    @work(exclusive=True, exit_on_error=False, group="row")
    async def _read_row(self, number: int) -> None:
        file = self.problem.file
        lines = self.query_one("#cells", Lines)
        lines.empty = _("It is being read …")
        lines.show([])
        if file.source is None:
            self.say(_("Where the file was is not known."))
            return
        try:
            self.read = await asyncio.to_thread(
                read_row,
                file.source,
                number,
                sha256=file.sha256,
                encoding=self._encoding,
                aliases=self._aliases,
                cancelled=self._left.is_set,
            )
        except BookingCenterError as problem:
            lines.empty = ""
            lines.show([])
            self.tell(BookingCenterError(problem.title, by_switches(problem.advice)))
            return
        lines.empty = _("There is nothing in this row any more.")
        column = self.problem.same[0].column
        rows = [
            (cell.header, (cell.column or "") + (" ←" if cell.column == column else ""), cell.text)
            for cell in self.read.cells
        ]
        at = next((place for place, cell in enumerate(self.read.cells) if cell.column == column), 0)
        muted = frozenset(place for place, cell in enumerate(self.read.cells) if cell.column is None)
        lines.show(rows, at=at, muted=muted)
        changed = _("The file has changed since it was imported: this is what stands in it now.")
        self.say(changed if self.read.has_changed else "")
