"""The app: one screen over one database, in the person's theme, keys and language."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tui_booking.config import Settings
from tui_booking.errors import BookingCenterError
from tui_booking.language import _, speak
from tui_booking.paths import demo_remembered_file
from tui_booking.services.desk import Desk
from tui_booking.ui import formats
from tui_booking.ui.endings import Endings
from tui_booking.ui.keymap import read_keymap
from tui_booking.ui.memory import Memory
from tui_booking.ui.mistakes import Mistakes
from tui_booking.ui.screens.main import MainScreen
from tui_booking.ui.themes import THEMES, first_theme, next_theme
from tui_booking.ui.typed_ahead import TypedAhead
from tui_booking.ui.widgets.plainly import plain

if TYPE_CHECKING:
    from textual.screen import Screen


class BookingApp(TypedAhead, Mistakes, Endings):
    """Booking Center in a terminal. `today` fixes the day, for pictures and tests."""

    TITLE = "Booking Center"
    CSS_PATH = "styles/app.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = []  # noqa: RUF012  # all keys are those of commands.py

    def __init__(self, settings: Settings, *, today: date | None = None, memory: Memory | None = None) -> None:
        super().__init__()
        speak(settings.language)
        formats.speak(settings.language, settings.zone_info)
        self.settings = settings
        # What the first line calls the database, where not by its address.
        self.where = ""
        self.memory = memory or Memory()
        self.desk = Desk(settings, today=today)
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = first_theme(settings.theme, self.memory.get("theme"))
        self.own_keys = read_keymap(settings.keys)
        self.set_keymap(self.own_keys)

    def get_default_screen(self) -> Screen[None]:
        return MainScreen(self.desk, self.memory, self.own_keys)

    async def action_quit(self) -> None:
        """Textual's own key for quitting comes before any other: here too it asks where something would be lost."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen):
            screen.action_leave()
        else:
            self.exit()

    def tell(self, error: BookingCenterError) -> None:
        """Say what went wrong and what to do; a lost connection is the screen's to mend."""
        screen = self.screen_stack[0]
        if isinstance(screen, MainScreen) and screen.is_about_connection(error):
            screen.lost(error)
            return
        self.notify(plain(str(error)), title=_("That did not work"), severity="error", timeout=12, markup=False)

    def lost(self, error: BookingCenterError) -> None:
        """The connection to the database broke: show the banner, and try again until it is back."""
        screen = self.screen_stack[0]
        assert isinstance(screen, MainScreen)
        screen.lost(error)

    def next_theme(self) -> None:
        """The theme after this one, remembered."""
        self.theme = next_theme(self.theme)
        self.memory.set("theme", self.theme)

    def on_unmount(self) -> None:
        self.memory.save()
        self.desk.close()


def run_app(settings: Settings, *, demo: bool = False) -> int:
    """Open the app on the settings' database, which is up to date, and return the exit status.

    The demo does not remember, nor change, how the person's own lists were left. What ends the app is raised.
    """
    return BookingApp(settings, memory=Memory(demo_remembered_file()) if demo else None).run_to_the_end()
