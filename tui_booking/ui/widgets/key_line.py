"""The last line: the few keys that matter here, as many as fit."""

from __future__ import annotations

from collections.abc import Mapping

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from tui_booking.language import _
from tui_booking.ui.commands import COMMANDS, Command, Place, keys_of


class KeyLine(Widget):
    """Keys with their names in order of rank; what does not fit is left to the help, which always fits."""

    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $panel; color: $text; }
    """

    class KeyChosen(Message):
        """Somebody clicked a key."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self) -> None:
        super().__init__(id="key-line")
        self._commands: list[Command] = []
        self._keymap: Mapping[str, str] = {}
        self._places: list[tuple[int, int, Command]] = []
        self._shown: tuple[str, str] = ("", "")

    def show(self, place: Place, section: str, keymap: Mapping[str, str]) -> None:
        """The keys of a place in a section; `keymap` has those that the person chose."""
        if (place, section) == self._shown:
            return
        self._shown = (place, section)
        self._keymap = keymap
        here = [
            one
            for one in COMMANDS
            if one.footer and one.place in (place, "everywhere") and one.means_something_in(section)
        ]
        self._commands = sorted(here, key=lambda one: one.footer)
        self.refresh()

    def render(self) -> Text:
        text = Text(no_wrap=True, overflow="crop")
        self._places = []
        # The last ones are how to find all others: they keep their place.
        lasting = [one for one in self._commands if one.place == "everywhere"]
        room = self.size.width - sum(self._width_of(one) for one in lasting)
        for one in self._commands:
            width = self._width_of(one)
            if one not in lasting:
                if width > room:
                    continue
                room -= width
            start = text.cell_len
            text.append(f" {keys_of(one, self._keymap)[0]}", "bold")
            text.append(f" {_(one.label)} ")
            self._places.append((start, text.cell_len, one))
        return text

    def _width_of(self, command: Command) -> int:
        return 3 + cell_len(keys_of(command, self._keymap)[0]) + cell_len(_(command.label))

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, end, command in self._places:
            if offset is not None and start <= offset.x < end:
                self.post_message(self.KeyChosen(command))
