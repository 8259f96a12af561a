"""The rows that forms are made of: a label, what is written, what it is read as, and what is wrong with it.

A row draws its label and its words itself: a field costs two widgets at most, and a form of twenty opens at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui_booking.language import _
from tui_booking.services.matching import fits
from tui_booking.ui.widgets.plainly import Plainly, cut, pad, plain, wrap

Option = tuple[Any, str]

# The width of a control that takes a date, a number or a word; beside it stands how it is read.
SHORT = 24


class LineInput(Plainly, Input):
    """An Input of one line that draws whatever is in it plainly."""


class Area(Plainly, TextArea):
    """A text of many lines, drawn plainly; Tab goes to the next field."""

    DEFAULT_CSS = """
    Area { padding: 0; &.-textual-compact { padding: 0; } }
    """


class ChoiceInput(Widget, can_focus=True):
    """One word of a few on one line: left and right change it, letters jump, Enter or Space opens the list."""

    DEFAULT_CSS = """
    ChoiceInput { height: 1; background: $surface; &:focus { background-tint: $foreground 10%; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "turn(-1)", show=False),
        Binding("right", "turn(1)", show=False),
        Binding("space,enter", "open", show=False),
    ]

    class Changed(Message):
        """Another word was chosen."""

    def __init__(self, options: Sequence[Option], title: str) -> None:
        super().__init__()
        self.options = list(options)
        self.title = title
        self.value: Any = self.options[0][0]

    @property
    def label(self) -> str:
        """What the chosen word is called; the word itself where it is none of the options."""
        return next((label for value, label in self.options if value == self.value), str(self.value))

    def choose(self, value: Any) -> None:
        if value != self.value:
            self.value = value
            self.refresh()
            self.post_message(self.Changed())

    def action_turn(self, by: int) -> None:
        values = [value for value, _label in self.options]
        at = values.index(self.value) if self.value in values else 0
        self.choose(values[(at + by) % len(values)])

    def action_open(self) -> None:
        """Show all words; of two, take the other."""
        if len(self.options) == 2:
            self.action_turn(1)
            return
        # A dialog stands on widgets; only opening one makes this widget know it.
        from tui_booking.ui.screens.choose import ChooseOption

        asked = ChooseOption(self.title, self.options, chosen=self.value)
        # Nothing chosen and the choice of nothing are told apart by the screen's own place.
        self.app.push_screen(asked, lambda value: self.choose(value) if asked.is_taken else None)

    def on_key(self, event: Key) -> None:
        if event.character is None or not event.character.isalnum():
            return
        event.stop()
        values = [value for value, label in self.options if fits(event.character, label[:1])]
        if values:
            after = values.index(self.value) + 1 if self.value in values else 0
            self.choose(values[after % len(values)])

    def on_click(self, event: Click) -> None:
        event.stop()
        if event.x == 0:
            self.action_turn(-1)
        elif event.x == len(self._drawn(self.size.width).rstrip()) - 1:
            self.action_turn(1)
        else:
            self.action_open()

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return Strip([Segment(pad(self._drawn(width) if y == 0 else "", width), self.rich_style)], width)

    def _drawn(self, width: int) -> str:
        return f"‹ {cut(plain(self.label), width - 4)} ›"


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

    def __init__(self, name: str, label: str, *, required: bool = False, about: str = "") -> None:
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
        return None

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


class TextRow(FieldRow):
    """A field of one line. `write` says how a value is written, `read` what a text means: value, hint and problem."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        read: Callable[[str], tuple[Any, str, str]],
        write: Callable[[Any], str],
        required: bool = False,
        about: str = "",
        short: bool = False,
    ) -> None:
        super().__init__(name, label, required=required, about=about)
        self._read, self._write, self._short = read, write, short
        self._loaded_text = ""
        self._value: Any = None
        self.input = LineInput(compact=True, select_on_focus=short, placeholder="" if short else plain(about))

    def compose(self) -> ComposeResult:
        yield self.input

    @property
    def control(self) -> Widget:
        return self.input

    @property
    def control_width(self) -> int | None:
        return SHORT if self._short else None

    @property
    def value(self) -> Any:
        return self._value

    def load(self, value: Any) -> None:
        self.initial = self._value = value
        self._loaded_text = self._write(value)
        with self.prevent(Input.Changed):
            self.input.value = self._loaded_text
        self.problem = self.read_hint = ""

    def read(self) -> None:
        text = self.input.value
        # A value may be finer than it is written: what nobody touched keeps its value.
        if text == self._loaded_text:
            self._value, self.read_hint, self.problem = self.initial, "", ""
        else:
            self._value, self.read_hint, self.problem = self._read(text)

    @property
    def state(self) -> str:
        return self.input.value

    def restore(self, state: str) -> None:
        with self.prevent(Input.Changed):
            self.input.value = state
        self.read()
        self._edited()

    @on(Input.Changed)
    def _change(self, event: Input.Changed) -> None:
        event.stop()
        self.read()
        self._edited()


class AreaRow(FieldRow):
    """A field of many lines."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        read: Callable[[str], tuple[Any, str, str]],
        write: Callable[[Any], str],
        required: bool = False,
        about: str = "",
        lines: int = 4,
    ) -> None:
        super().__init__(name, label, required=required, about=about)
        self._read, self._write, self._lines = read, write, lines
        self._loaded_text = ""
        self._value: Any = None
        self.area = Area(compact=True, soft_wrap=True, tab_behavior="focus", placeholder=plain(about))
        self.area.styles.height = lines

    def compose(self) -> ComposeResult:
        yield self.area

    @property
    def control(self) -> Widget:
        return self.area

    @property
    def control_height(self) -> int:
        return self._lines

    @property
    def value(self) -> Any:
        return self._value

    def load(self, value: Any) -> None:
        self.initial = self._value = value
        with self.prevent(TextArea.Changed):
            self.area.load_text(self._write(value))
        # Line ends are the area's own from here on.
        self._loaded_text = self.area.text
        self.problem = self.read_hint = ""

    def read(self) -> None:
        text = self.area.text
        if text == self._loaded_text:
            self._value, self.read_hint, self.problem = self.initial, "", ""
        else:
            self._value, self.read_hint, self.problem = self._read(text)

    @property
    def state(self) -> str:
        return self.area.text

    def restore(self, state: str) -> None:
        with self.prevent(TextArea.Changed):
            self.area.text = state
        self.read()
        self._edited()

    @on(TextArea.Changed)
    def _change(self, event: TextArea.Changed) -> None:
        event.stop()
        self.read()
        self._edited()


class ChoiceRow(FieldRow):
    """A field that holds one of a few words, or yes or no."""

    def __init__(
        self, name: str, label: str, options: Sequence[Option], *, required: bool = False, about: str = ""
    ) -> None:
        super().__init__(name, label, required=required, about=about)
        self.choice = ChoiceInput(options, label)

    def compose(self) -> ComposeResult:
        yield self.choice

    @property
    def control(self) -> Widget:
        return self.choice

    @property
    def control_width(self) -> int | None:
        widest = max(len(label) for _value, label in self.choice.options)
        return max(SHORT, min(widest + 4, 40))

    @property
    def value(self) -> Any:
        return self.choice.value

    def load(self, value: Any) -> None:
        self.initial = self.choice.value = value
        self.choice.refresh()

    def restore(self, state: Any) -> None:
        self.choice.choose(state)

    @on(ChoiceInput.Changed)
    def _change(self, event: ChoiceInput.Changed) -> None:
        event.stop()
        self._edited()


def yes_or_no() -> list[Option]:
    """The options of a flag."""
    return [(True, _("Yes")), (False, _("No"))]
