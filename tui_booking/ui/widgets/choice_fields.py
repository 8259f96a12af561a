"""Fields that hold one of a few words, or yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.events import Click, Key
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.language import _
from tui_booking.services.matching import fits
from tui_booking.ui.widgets.fields import SHORT, FieldRow
from tui_booking.ui.widgets.plainly import cut, pad, plain

Option = tuple[Any, str]


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


class ChoiceRow(FieldRow):
    """A field that holds one of a few words, or yes or no."""

    def __init__(
        self, name: str, label: str, options: Sequence[Option], *, required: bool = False, about: str = ""
    ) -> None:
        super().__init__(name, label, required=required, about=about)
        self.choice = ChoiceInput(options, label)

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
