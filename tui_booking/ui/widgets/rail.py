"""The rail on the left: the sections with their keys, and where one is."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from tui_booking.language import _
from tui_booking.ui.sections import SECTIONS
from tui_booking.ui.widgets.plainly import cut


class Rail(Widget):
    """A line a section. Drawn, not built of widgets: it is there on every screen."""

    DEFAULT_CSS = """
    Rail { width: 22; height: 1fr; padding: 1 0; background: $panel; }
    """

    class SectionChosen(Message):
        """Somebody clicked a section."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="rail")
        self.current = ""
        self.signs: dict[str, str] = {}

    def show(self, current: str) -> None:
        """Mark this section as the one that is shown."""
        self.current = current
        self.refresh()

    def sign(self, section: str, sign: str) -> None:
        """Put a sign behind a section, such as that an import runs; an empty one takes it away."""
        if self.signs.get(section, "") != sign:
            self.signs[section] = sign
            self.refresh()

    def render(self) -> Text:
        text = Text(no_wrap=True, overflow="ellipsis")
        for key, name, label in SECTIONS:
            is_here = name == self.current
            line = f"{'▌' if is_here else ' '}{key} {_(label)}"
            if sign := self.signs.get(name):
                line += f" {sign}"
            text.append(cut(line, self.size.width) + "\n", "bold reverse" if is_here else "")
        return text

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and 0 <= offset.y < len(SECTIONS):
            self.post_message(self.SectionChosen(SECTIONS[offset.y][1]))
