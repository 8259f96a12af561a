"""Jump keys: each part of the screen that takes keys gets a letter, and the letter goes there."""

from __future__ import annotations

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

_LETTERS = "asdfghjklqwertyuiopzxcvbnm"


def targets_of(screen: Screen[None]) -> list[Widget]:
    """What can be jumped to, as one reads the screen."""
    found = [widget for widget in screen.query("*") if widget.focusable and widget.region.area]
    return sorted(found, key=lambda widget: (widget.region.y, widget.region.x))[: len(_LETTERS)]


class JumpScreen(ModalScreen[Widget | None]):
    """A letter over each part; any other key goes back."""

    DEFAULT_CSS = """
    JumpScreen { background: $background 40%; }
    JumpScreen Static { width: 3; height: 1; position: absolute; background: $accent; color: $background;
        text-style: bold; }
    """

    def __init__(self, targets: list[Widget]) -> None:
        super().__init__()
        self._targets = dict(zip(_LETTERS, targets, strict=False))

    def compose(self) -> ComposeResult:
        for letter, target in self._targets.items():
            label = Static(Text(f" {letter} "), markup=False)
            label.styles.offset = (target.region.x, target.region.y)
            yield label

    def on_key(self, event: events.Key) -> None:
        event.stop()
        self.dismiss(self._targets.get(event.key))
