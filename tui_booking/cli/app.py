"""Opens the terminal app, so that something is on the screen before anything is loaded."""

from __future__ import annotations

import gc
from collections.abc import Callable

from tui_booking.cli.terminal import is_terminal, taken_terminal
from tui_booking.errors import BookingCenterError

TYPE_CHECKING = False  # typing takes longer to load than the first frame to show
if TYPE_CHECKING:
    from tui_booking.config import Settings

NAME = "Booking Center"


def open_app(prepare: Callable[[], Settings], *, demo: bool = False) -> int:
    """Open the app on the database of the settings, which is made and brought up to date first.

    `prepare` makes the settings, and whatever else has to be there, while the first frame stands. Returns the exit
    status; what goes wrong is raised when the terminal is given back.
    """
    if not is_terminal():
        raise BookingCenterError(
            "The app needs a terminal, and input or output is none.",
            "Call it in one, or use a command: tui-booking --help names them.",
        )
    with taken_terminal(NAME):
        # What is loaded now stays, so looking for garbage in it is lost time, now and later.
        gc.disable()
        try:
            settings = prepare()

            from tui_booking.models.migrate import bring_up_to_date
            from tui_booking.ui.app import run_app

            bring_up_to_date(settings.database_url)
            gc.freeze()
        finally:
            gc.enable()
        return run_app(settings, demo=demo)
