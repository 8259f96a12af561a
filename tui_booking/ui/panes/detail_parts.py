"""What the detail of a record is made of: its name with the tabs below, and what facts, a text or a chart tell."""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.language import _
from tui_booking.ui.sections.declaration import Tab
from tui_booking.ui.widgets.drawing import INK_CLASSES, INK_CSS
from tui_booking.ui.widgets.plainly import cut, pad, plain
from tui_booking.ui.widgets.text_page import TextPage


class DetailHead(Widget):
    """The record's name, and the row of tabs below it."""

    DEFAULT_CSS = """
    DetailHead {
        height: 2; width: 100%;
        & > .detail-head--tab { color: $text-muted; }
        & > .detail-head--chosen { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    }
    """  # noqa: E501
    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail-head--tab", "detail-head--chosen"}

    class TabChosen(Message):
        """A tab was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__()
        self.title_text = ""
        self.tabs: tuple[Tab, ...] = ()
        self.chosen = 0
        self.is_busy = False

    def on_click(self, event: Click) -> None:
        if event.y == 1:
            first, at = self._first_tab(), 2
            for place in range(first, len(self.tabs)):
                width = cell_len(self._told(place))
                if at <= event.x < at + width:
                    self.post_message(self.TabChosen(place))
                at += width

    def render_line(self, y: int) -> Strip:
        width, ground = self.size.width, self.rich_style
        if y == 0:
            sign = " …" if self.is_busy else ""
            title = cut(plain(self.title_text), width - len(sign)) + sign
            return Strip([Segment(pad(title, width), ground + Style(bold=True))], width)
        # Not in part: a muted colour is one only on the ground that it is for.
        tab = self.get_component_rich_style("detail-head--tab")
        chosen = self.get_component_rich_style("detail-head--chosen")
        first = self._first_tab()
        strip = [Segment("‹ " if first else "  ", tab)]
        strip += [
            Segment(self._told(place), chosen if place == self.chosen else tab)
            for place in range(first, len(self.tabs))
        ]
        line = Strip(strip)
        if line.cell_length > width:
            line = Strip.join([line.crop(0, width - 1), Strip([Segment("›", tab)])])
        return line.adjust_cell_length(width, ground)

    def _told(self, place: int) -> str:
        label = plain(_(self.tabs[place].label))
        # The chosen tab is told by its brackets where there are no colours.
        return f"[{label}] " if place == self.chosen else f" {label}  "

    def _first_tab(self) -> int:
        """The first tab that is drawn: as few are left out as let the chosen one be seen."""
        room = self.size.width - 3
        first = 0
        while first < self.chosen and sum(cell_len(self._told(n)) for n in range(first, self.chosen + 1)) > room:
            first += 1
        return first


class DetailBody(TextPage):
    """What facts, a text or a chart tell."""

    COMPONENT_CLASSES = INK_CLASSES
    DEFAULT_CSS = INK_CSS.format(name="DetailBody")
