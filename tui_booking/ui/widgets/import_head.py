"""The head of the section Import: which view is shown, the path, and the options."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message
from textual.widgets import Input

from tui_booking.config import ImportSettings
from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import printable
from tui_booking.importing.pipeline import ImportOptions
from tui_booking.language import N_, _
from tui_booking.ui.memory import Memory
from tui_booking.ui.widgets.import_options import OptionSwitches
from tui_booking.ui.widgets.path_input import PathInput, path_of
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.said import Said

DEFAULT_PATH = "./data_import"
_REMEMBERED = "import.path"
# What the section shows, one at a time, and the keys that lead there.
VIEWS = {
    "files": N_("Files"),
    "report": N_("Report (l)"),
    "history": N_("History (h)"),
    "records": N_("Records (v)"),
}


class ImportHead(Vertical):
    """Three lines; the field of the path and the switches come out when they are asked for."""

    DEFAULT_CSS = """
    ImportHead {
        height: auto;
        & > #tabs { height: 1; text-style: bold; }
        & > #place { height: 1; }
        & > #set { height: 1; color: $text-muted; }
        & > PathInput, & > OptionSwitches { display: none; }
        & > #names { max-height: 3; color: $text-muted; }
    }
    """

    class Changed(Message):
        """Another path is to be imported, or its files are to be read otherwise: they are to be looked at."""

    class Left(Message):
        """The path or the options were left."""

    def __init__(self, settings: ImportSettings, memory: Memory | None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.settings = settings
        self.memory = memory
        remembered = memory.get(_REMEMBERED) if memory is not None else None
        self.path_text: str = remembered if isinstance(remembered, str) and remembered else DEFAULT_PATH
        # A path that was picked: its name need not be one that can be typed or kept as text.
        self._picked: Path | None = None
        self._shows_options = False
        self._tabs = self._position = ""

    def compose(self) -> ComposeResult:
        yield Said(id="tabs")
        yield Said(id="place")
        yield PathInput(id="path")
        yield Said(id="names")
        yield Said(id="set")
        yield OptionSwitches(self.settings, id="options")

    def on_mount(self) -> None:
        self._draw()

    @property
    def field(self) -> PathInput:
        return self.query_one(PathInput)

    @property
    def switches(self) -> OptionSwitches:
        return self.query_one(OptionSwitches)

    @property
    def path(self) -> Path:
        """What is imported; raises BookingCenterError for the home of nobody."""
        return self._picked or path_of(self.path_text)

    @property
    def folder(self) -> Path:
        """Where a search for another path begins."""
        try:
            return self.path
        except BookingCenterError:
            return Path()

    def options(self, *, dry_run: bool, rejects: Path | None = None) -> ImportOptions:
        """What is to be imported, as it is set here; raises BookingCenterError."""
        return self.switches.options(self.path, dry_run=dry_run, rejects=rejects)

    def pick(self, path: Path) -> None:
        """Take a path that was picked."""
        self._set(printable(str(path)), path)

    def _set(self, text: str, picked: Path | None = None) -> None:
        self.path_text, self._picked = text, picked
        if self.memory is not None:
            self.memory.set(_REMEMBERED, text)
        self._draw()
        self.post_message(self.Changed())

    def write_path(self) -> None:
        """Let the path be written."""
        self.field.value = self.path_text
        self.field.display = True
        self.query_one("#place").display = False
        self.field.focus()
        self.field.cursor_position = len(self.field.value)

    def ask_options(self) -> None:
        """Show the options, or leave them."""
        if self._shows_options and self.switches.has_focus:
            self.leave()
        else:
            self._shows_options = self.switches.display = True
            self.switches.focus()

    def leave(self) -> bool:
        """Leave what has the focus here; whether there was something to leave."""
        if self.field.display:
            self.field.display = False
            self.query_one("#place").display = True
            self._say("names", "")
        elif self._shows_options:
            self._shows_options = False
        else:
            return False
        self.post_message(self.Left())
        return True

    def make_room(self, *, for_options: bool) -> None:
        """Show the options always where there is room for them."""
        self.switches.display = for_options or self._shows_options

    @on(Click, "#place")
    def _place_clicked(self, event: Click) -> None:
        event.stop()
        self.write_path()

    @on(Click, "#set")
    def _set_clicked(self, event: Click) -> None:
        event.stop()
        self.ask_options()

    @on(Input.Submitted)
    def _path_written(self, event: Input.Submitted) -> None:
        event.stop()
        self.leave()
        if event.value.strip() != plain(self.path_text):
            self._set(event.value.strip() or DEFAULT_PATH)
        else:
            self._set(self.path_text, self._picked)

    @on(PathInput.NamesFound)
    def _names_found(self, event: PathInput.NamesFound) -> None:
        event.stop()
        self._say("names", "  ".join(event.names))

    @on(OptionSwitches.Changed)
    def _option_changed(self, event: OptionSwitches.Changed) -> None:
        event.stop()
        self._draw()
        if event.name in ("format", "encoding"):
            self.post_message(self.Changed())

    def show_tabs(self, shown: str) -> None:
        """Show which of the views is in sight."""
        self._tabs = "  ".join(f"[{_(label)}]" if name == shown else f" {_(label)} " for name, label in VIEWS.items())
        self._draw_tabs()

    def show_position(self, words: str) -> None:
        """Show where one is in the list below."""
        self._position = words
        self._draw_tabs()

    def _draw_tabs(self) -> None:
        room = max(self.size.width - cell_len(self._tabs) - cell_len(self._position), 2)
        self._say("tabs", f"{self._tabs}{' ' * room}{self._position}" if self._position else self._tabs)

    def _draw(self) -> None:
        self._say("place", _("Path (p, F3): {path}").format(path=self.path_text))
        self.query_one("#place").display = not self.field.display
        self._say("set", _("Options (O): {options}").format(options=self.switches.summary))

    def _say(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Said).say(text)
