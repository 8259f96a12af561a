"""The help of a place: every key that means something there, the person's own keys included."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from tui_booking.language import _
from tui_booking.ui.commands import PLACES, Command, Place, commands_of, keys_of


class HelpScreen(ModalScreen[None]):
    """Scrolls; any of the usual keys closes it."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen VerticalScroll { width: 78; max-width: 100%; height: auto; max-height: 100%; border: round $primary;
        background: $surface; padding: 0 1; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("escape,q,question_mark,f1,enter", "close", show=False),
    ]

    def __init__(self, place: Place, section: str, keymap: Mapping[str, str], *, where: str = "") -> None:
        """`where` says who works on which database, for which a small screen has no room in its first line."""
        super().__init__()
        self._place, self._section, self._keymap, self._where = place, section, keymap, where

    def compose(self) -> ComposeResult:
        with VerticalScroll() as scroll:
            scroll.border_title = _("Keys")
            scroll.border_subtitle = _("Esc closes")
            yield Static(self._describe(), markup=False)

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()

    def _describe(self) -> Text:
        text = Text()
        if self._where:
            text.append(f"{self._where}\n\n", "dim")
        places: tuple[Place, ...] = (
            (self._place, "detail", "everywhere") if self._place == "table" else (self._place, "everywhere")
        )
        for place in places:
            lines = list(commands_of(place, self._section))
            moves = moves_of(place)
            if not lines and not moves:
                continue
            text.append(f"{_(PLACES[place])}\n", "bold underline")
            for keys, what in moves:
                text.append(f"  {keys:<18}", "bold")
                text.append(f"{what}\n")
            for command in lines:
                text.append(f"  {' '.join(keys_of(command, self._keymap)):<18}", "bold")
                text.append(f"{self._say(command)}\n")
            text.append("\n")
        return text

    @staticmethod
    def _say(command: Command) -> str:
        return f"{_(command.label)} – {_(command.about)}" if command.about else _(command.label)

    def action_close(self) -> None:
        self.dismiss(None)


def moves_of(place: Place) -> tuple[tuple[str, str], ...]:
    """The keys that move about, which belong to widgets."""
    if place == "table":
        return (
            ("↑ ↓ PgUp PgDn", _("Move")),
            ("g G Home End", _("First and last row")),
            ("← →", _("Move over the columns")),
            ("Tab Shift+Tab", _("Next and previous pane")),
        )
    if place == "detail":
        return (("Enter", _("In a list: to the record, or edit the cell")),)
    if place == "board":
        return (("← → ↑ ↓", _("Move between cards")),)
    return ()
