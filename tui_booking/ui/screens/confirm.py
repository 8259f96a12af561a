"""A question that is answered by yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from tui_booking.language import _
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.plainly import plain


class Confirm(Dialog[bool]):
    """Ask whether to go ahead: True for yes. Leaving is no, and Enter answers no until Yes is chosen."""

    DEFAULT_CSS = """
    Confirm {
        & #text { height: auto; max-height: 14; margin: 1 0; }
        & #text > Static { height: auto; width: 100%; }
        & #answers { height: 1; align-horizontal: right; margin-bottom: 1; }
        & #answers > Button { margin-left: 2; min-width: 12; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", show=False, id="confirm.yes"),
        Binding("n", "answer(False)", show=False, id="confirm.no"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "#no"

    def __init__(self, title: str, text: str = "", *, yes: str = "", no: str = "") -> None:
        super().__init__(title)
        self._text = text
        self._yes = yes or _("Yes")
        self._no = no or _("No")

    def body(self) -> ComposeResult:
        with VerticalScroll(id="text", can_focus=False):
            yield Static(Content("\n".join(plain(line) for line in self._text.splitlines())))
        with Horizontal(id="answers"):
            yield Button(Content(f"{plain(self._no)} (n)"), id="no", compact=True)
            yield Button(Content(f"{plain(self._yes)} (y)"), id="yes", compact=True)

    def keys(self) -> str:
        return _("y yes · n or Esc no · Tab and Enter")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        event.stop()
        self.dismiss(event.button.id == "yes")

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)

    def action_leave(self) -> None:
        self.action_answer(answer=False)
