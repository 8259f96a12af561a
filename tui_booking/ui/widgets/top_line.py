"""The first line: whose data these are, or the sections where there is no rail; what is going on; a warning."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widget import Widget

from tui_booking.config import Settings
from tui_booking.language import _
from tui_booking.ui.sections import SECTIONS
from tui_booking.ui.widgets.plainly import cut, plain
from tui_booking.ui.widgets.rail import Rail


class TopLine(Widget):
    """Drawn in one go."""

    DEFAULT_CSS = """
    TopLine { height: 1; dock: top; background: $panel; color: $text; }
    TopLine.-warning { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self, settings: Settings, *, where: str = "") -> None:
        """`where` is what the database is called, where that is not its address."""
        super().__init__(id="top-line")
        # Who works on which database.
        self.where = plain(f"{settings.operator} · {where or settings.shown_database}")
        self._warning = ""
        self._progress = ""
        self._current: str | None = None
        self._places: list[tuple[int, int, str]] = []

    def show_sections(self, current: str | None) -> None:
        """Name the sections with their keys, this one as the one that is shown; None where the rail does."""
        if self._current != current:
            self._current = current
            self.refresh()

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
        self._places = []
        if self._warning:
            return Text(f" ! {self._warning}", no_wrap=True, overflow="ellipsis")
        if self._current is not None and not self._progress:
            return self._with_where(self._draw_sections(self._current))
        left = f" {_('Booking Center')} " + (f" {self._progress}" if self._progress else "")
        return self._with_where(Text(left, "bold", no_wrap=True, overflow="ellipsis"))

    def _draw_sections(self, current: str) -> Text:
        text = Text(no_wrap=True, overflow="crop")
        labels = fit_labels([_(label) for _key, _name, label in SECTIONS], self.size.width - 2 * len(SECTIONS) - 1)
        for (key, name, _label), label in zip(SECTIONS, labels, strict=True):
            start = text.cell_len
            is_here = name == current
            text.append(f" {key}", "bold reverse" if is_here else "bold")
            text.append(f"{label} " if is_here else label, "bold reverse" if is_here else "")
            self._places.append((start, text.cell_len, name))
        return text

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, end, name in self._places:
            if offset is not None and start <= offset.x < end:
                self.post_message(Rail.SectionChosen(name))

    def _with_where(self, text: Text) -> Text:
        room = self.size.width - text.cell_len - 2
        if room > 12:
            where = cut(self.where, room)
            text.append(" " * (room - Text(where).cell_len + 1) + where, "dim")
        return text


def fit_labels(labels: list[str], room: int) -> list[str]:
    """The labels in a room: the longest of them are cut first."""
    longest = max(cell_len(label) for label in labels)
    while longest > 1 and sum(min(cell_len(label), longest) for label in labels) > room:
        longest -= 1
    return [cut(label, longest) for label in labels]
