"""The line of an import under way, and what carries it out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import work
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.importing.pipeline import ImportOptions, Progress
from tui_booking.importing.report import Report
from tui_booking.importing.writers import who_writes
from tui_booking.language import _
from tui_booking.services.desk import Desk
from tui_booking.ui.panes.import_running import FileKey, RunningImport
from tui_booking.ui.widgets.plainly import plain


class ImportProgress(Static):
    """Hidden while nothing runs. The import's thread is looked at a few times a second; it waits for nobody here."""

    DEFAULT_CSS = """
    ImportProgress { height: 1; color: $text-accent; display: none; }
    """
    DRAW_SECONDS: ClassVar[float] = 0.2

    class Moved(Message):
        """How far the files are; None: nothing runs any more."""

        def __init__(self, files: Mapping[FileKey, Progress] | None) -> None:
            super().__init__()
            self.files = files

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.desk = desk
        self._import: RunningImport | None = None
        self._drawing: Timer | None = None
        self._asks = False

    def on_mount(self) -> None:
        self._drawing = self.set_interval(self.DRAW_SECONDS, self._draw, pause=True)

    def on_unmount(self) -> None:
        # The app ends: the thread of the import is waited for, and is to end soon.
        self.stop()

    @property
    def is_importing(self) -> bool:
        """Whether an import or a dry run is under way."""
        return self._import is not None

    @property
    def line(self) -> str:
        """How far it is, in a line; empty where nothing runs."""
        return plain(self._import.line) if self._import is not None else ""

    def stop(self) -> None:
        """Have the file under way rolled back."""
        if self._import is not None:
            self._import.stop()
            self._draw()

    async def carry_out(self, options: ImportOptions) -> Report:
        """Import in a thread of the desk; raises BookingCenterError where it could not begin."""
        assert self._drawing is not None
        settings = self.desk.settings
        running = self._import = RunningImport(options, operator=settings.operator, zone=settings.zone_info)
        self._drawing.resume()
        self._draw()
        try:
            return await self.desk.ask(running.job)
        finally:
            # Where the app ends, the thread is not to go on.
            running.stop()
            self._import = None
            self._drawing.pause()
            self._draw()

    def _draw(self) -> None:
        running = self._import
        self.display = running is not None
        if running is None:
            self.post_message(self.Moved(None))
            return
        self.update(Content(f"{self.line}   {_('X stops')}"))
        self.post_message(self.Moved(running.files))
        if running.waits and not running.is_stopping and not self._asks:
            self._ask_who_writes(running)

    @work(exclusive=True, exit_on_error=False, group="who")
    async def _ask_who_writes(self, running: RunningImport) -> None:
        self._asks = True
        try:
            running.waits_for = await self.desk.ask(who_writes, group="import.who")
        except BookingCenterError:
            pass  # it is only to know for whom one waits; what is wrong, the import says itself
        finally:
            self._asks = False
