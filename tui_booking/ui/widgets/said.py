"""A few lines of text from anywhere, in the import: drawn plainly, and out of the way while there is nothing to say."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.plainly import plain


class Said(Static):
    """Shown while there is something to say; how high it may be is up to who uses it."""

    DEFAULT_CSS = """
    Said { height: auto; display: none; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", id=id, markup=False)
        self.text = ""

    def say(self, text: str) -> None:
        """Say this instead of what was said; nothing for an empty text."""
        self.text = "\n".join(map(plain, text.splitlines()))
        self.update(Content(self.text))
        self.display = bool(text)

    def tell(self, error: BookingCenterError | None) -> None:
        """Say what is wrong and what to do about it on this screen."""
        parts = (error.title, by_switches(error.advice)) if error is not None else ()
        self.say("\n".join(part for part in parts if part))
