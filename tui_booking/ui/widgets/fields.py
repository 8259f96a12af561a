"""The rows that forms are made of: a label, what is written, what it is read as, and what is wrong with it.

A row draws its label and its words itself: a field costs two widgets at most, and a form of twenty opens at once.
"""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.ui.widgets.plainly import cut, pad, plain, wrap

# The width of a control that takes a date, a number or a word; beside it stands how it is read.
SHORT = 24


class FieldRow(Widget):
    """A field. `value` is what is written, `problem` why it cannot be read; `load` sets what it starts with.

    `message` stands below it, `hint` beside or, where the control takes the whole line, in it while it is empty.
    """

    DEFAULT_CSS = """
    FieldRow {
        height: 1; width: 100%; layout: vertical;
        & > .field-row--label { color: $text; }
        & > .field-row--hint { color: $text-muted; }
        & > .field-row--message { color: $text-error; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"field-row--label", "field-row--hint", "field-row--message"}

    class Edited(Message):
        """Something else is written in the field."""

        def __init__(self, row: FieldRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, name: str, label: str, *, required: bool = False, about: str = "", short: bool = False) -> None:
        super().__init__(id=f"field-{name}")
        self.field_name = name
        self.label = label
        self.about = about
        self.message = ""
        self.hint = ""
        self.problem = ""
        self.read_hint = ""
        self.initial: Any = None
        self.was_touched = False
        self._is_short = short
        self._label_width = 18
        self._marked = f"{plain(label)} *" if required else plain(label)
        self._label_lines: list[str] = []
        self._message_lines: list[str] = []

    # What subclasses say.

    @property
    def control(self) -> Widget | None:
        """What takes the focus."""
        return None

    @property
    def control_height(self) -> int:
        return 1

    @property
    def control_width(self) -> int | None:
        """None: as wide as there is room."""
        return SHORT if self._is_short else None

    @property
    def value(self) -> Any:
        return self.initial

    def load(self, value: Any) -> None:
        """Show the value that the record has; from here on, what differs is a change."""
        self.initial = value

    @property
    def is_changed(self) -> bool:
        return bool(self.problem) or self.value != self.initial

    @property
    def is_underway(self) -> bool:
        """Whether what is written is not meant to be complete yet."""
        return False

    # What they share.

    def compose(self) -> ComposeResult:
        if self.control is not None:
            yield self.control

    def say(self, message: str, hint: str = "") -> None:
        """What is wrong with the field, and how it is read."""
        if (message, hint) == (self.message, self.hint):
            return
        self.message, self.hint = message, hint
        self._arrange()

    def align(self, label_width: int) -> None:
        """Give the label so many cells, as in the other rows of the form."""
        self._label_width = label_width
        self._arrange()

    def on_resize(self) -> None:
        self._arrange()

    def read(self) -> None:
        """Read what is written anew into value, problem and read_hint; another field may have changed them."""

    @property
    def state(self) -> Any:
        """What is written now, for `restore` to write it again over another value that the field starts with."""
        return self.value

    def restore(self, state: Any) -> None:
        raise NotImplementedError

    def leave(self) -> None:
        """The person goes on, or saves: what is under way here is brought to its end."""

    def take_focus(self) -> None:
        if self.control is not None:
            self.control.focus()

    def _edited(self) -> None:
        self.was_touched = True
        self.post_message(self.Edited(self))

    def _room(self) -> int:
        return max(self.size.width - self._label_width - 1, 8)

    def _arrange(self) -> None:
        if self.size.width < 1:
            return
        self._label_lines = wrap(self._marked, self._label_width)
        self._message_lines = wrap(f"! {self.message}", self._room()) if self.message else []
        width = self.control_width
        control = self.control
        if control is not None:
            control.styles.margin = (0, 0, 0, self._label_width + 1)
            control.styles.width = min(width, self._room()) if width else self._room()
        self.styles.height = self._body_height + len(self._message_lines)
        self.refresh()

    @property
    def _body_height(self) -> int:
        return max(len(self._label_lines), self.control_height, 1)

    def render_line(self, y: int) -> Strip:
        ground, width = self.rich_style, self.size.width
        label = self._label_lines[y] if y < len(self._label_lines) else ""
        label_style = ground + self.get_component_rich_style("field-row--label")
        if self.control is not None and self.control.has_focus:
            label_style += Style(bold=True)
        strip = [Segment(pad(label, self._label_width + 1), label_style)]
        below = y - self._body_height
        if 0 <= below < len(self._message_lines):
            message_style = ground + self.get_component_rich_style("field-row--message")
            strip.append(Segment(self._message_lines[below], message_style))
        elif y == 0:
            muted = ground + self.get_component_rich_style("field-row--hint")
            used = min(self.control_width or self._room(), self._room()) if self.control is not None else -1
            text = (self.hint or self.about) if self.control is not None else self.shown()
            strip.append(Segment(" " * (used + 1), ground))
            strip.append(Segment(cut(plain(text), max(self._room() - used - 1, 0)), muted))
        return Strip(strip).adjust_cell_length(width, ground)

    def shown(self) -> str:
        """What a row without a control shows."""
        return ""


class ShownRow(FieldRow):
    """A field that is computed or taken from elsewhere, only shown; why stands beside it."""

    def __init__(self, name: str, label: str, *, about: str = "") -> None:
        super().__init__(name, label, about=about)
        self._text = ""

    def show(self, text: str) -> None:
        self._text = text
        self.refresh()

    def shown(self) -> str:
        return f"{self._text or '–'}   {self.about}".rstrip()

    @property
    def is_changed(self) -> bool:
        return False
