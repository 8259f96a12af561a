"""The first line: whose data these are, what is going on, and a warning in place of both where there is one."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget

from tui_booking.config import Settings
from tui_booking.language import _
from tui_booking.ui.widgets.plainly import cut, plain


class TopLine(Widget):
    """Drawn in one go."""

    DEFAULT_CSS = """
    TopLine { height: 1; dock: top; background: $panel; color: $text; }
    TopLine.-warning { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self, settings: Settings, *, where: str = "") -> None:
        """`where` is what the database is called, where that is not its address."""
        super().__init__(id="top-line")
        self._where = plain(f"{settings.operator} · {where or settings.shown_database}")
        self._warning = ""
        self._progress = ""

    def warn(self, words: str) -> None:
        """Show a warning until it is taken back by an empty one."""
        self._warning = plain(words)
        self.set_class(bool(words), "-warning")
        self.refresh()

    def tell_progress(self, words: str) -> None:
        """What goes on in the background; empty: nothing."""
        if self._progress != plain(words):
            self._progress = plain(words)
            self.refresh()

    def render(self) -> Text:
        if self._warning:
            return Text(f" ! {self._warning}", no_wrap=True, overflow="ellipsis")
        left = f" {_('Booking Center')} " + (f" {self._progress}" if self._progress else "")
        text = Text(left, "bold", no_wrap=True, overflow="ellipsis")
        room = self.size.width - text.cell_len - 2
        if room > 12:
            where = cut(self._where, room)
            text.append(" " * (room - Text(where).cell_len + 1) + where, "dim")
        return text
