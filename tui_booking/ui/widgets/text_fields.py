"""Fields that one writes in: a line, or many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Required, TypedDict, Unpack

from textual import on
from textual.widget import Widget
from textual.widgets import Input, TextArea

from tui_booking.ui.widgets.fields import FieldRow
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.plainly import Plainly, plain

Reads = Callable[[str], tuple[Any, str, str]]
Writes = Callable[[Any], str]


class Reading(TypedDict, total=False):
    """What every field of text is told."""

    read: Required[Reads]
    write: Required[Writes]
    required: bool


class Area(Plainly, TextArea):
    """A text of many lines, drawn plainly; Tab goes to the next field."""

    DEFAULT_CSS = """
    Area { padding: 0; &.-textual-compact { padding: 0; } }
    """


class WrittenRow(FieldRow):
    """A field of text. `write` says how a value is written, `read` what a text means: value, hint and problem."""

    def __init__(
        self,
        name: str,
        label: str,
        *,
        read: Reads,
        write: Writes,
        required: bool = False,
        about: str = "",
        short: bool = False,
        lines: int = 1,
    ) -> None:
        super().__init__(name, label, required=required, about=about, short=short)
        self._read, self._write, self._lines = read, write, lines
        self._loaded_text = ""
        self._value: Any = None

    @property
    def text(self) -> str:
        """What stands in the control; setting it is no change that a person made."""
        raise NotImplementedError

    @text.setter
    def text(self, text: str) -> None:
        raise NotImplementedError

    @property
    def control_height(self) -> int:
        return self._lines

    @property
    def value(self) -> Any:
        return self._value

    def load(self, value: Any) -> None:
        self.initial = self._value = value
        self.text = self._write(value)
        # As the control has it: line ends are its own from here on.
        self._loaded_text = self.text
        self.problem = self.read_hint = ""

    def read(self) -> None:
        text = self.text
        # A value may be finer than it is written: what nobody touched keeps its value.
        if text == self._loaded_text:
            self._value, self.read_hint, self.problem = self.initial, "", ""
        else:
            self._value, self.read_hint, self.problem = self._read(text)

    @property
    def state(self) -> str:
        return self.text

    def restore(self, state: str) -> None:
        self.text = state
        self.read()
        self._edited()

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _change(self, event: Input.Changed | TextArea.Changed) -> None:
        event.stop()
        self.read()
        self._edited()


class TextRow(WrittenRow):
    """A field of one line."""

    def __init__(
        self, name: str, label: str, *, about: str = "", short: bool = False, **reading: Unpack[Reading]
    ) -> None:
        super().__init__(name, label, about=about, short=short, **reading)
        self.input = LineInput(compact=True, select_on_focus=short, placeholder="" if short else plain(about))

    @property
    def control(self) -> Widget:
        return self.input

    @property
    def text(self) -> str:
        return self.input.value

    @text.setter
    def text(self, text: str) -> None:
        with self.prevent(Input.Changed):
            self.input.value = text


class AreaRow(WrittenRow):
    """A field of many lines."""

    def __init__(self, name: str, label: str, *, about: str = "", lines: int = 4, **reading: Unpack[Reading]) -> None:
        super().__init__(name, label, about=about, lines=lines, **reading)
        self.area = Area(compact=True, soft_wrap=True, tab_behavior="focus", placeholder=plain(about))
        self.area.styles.height = lines

    @property
    def control(self) -> Widget:
        return self.area

    @property
    def text(self) -> str:
        return self.area.text

    @text.setter
    def text(self, text: str) -> None:
        with self.prevent(TextArea.Changed):
            self.area.text = text
