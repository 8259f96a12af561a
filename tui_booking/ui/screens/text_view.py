"""A long text or Markdown, whole and only to be read."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from tui_booking.language import _
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.text_page import TextPage


class TextView(Dialog[None]):
    """Shows a text as large as the screen is."""

    DEFAULT_CSS = """
    TextView > #box { height: 100%; width: 100%; max-width: 110; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "leave", show=False),
        Binding("y", "copy", show=False, id="text.copy"),
    ]

    def __init__(self, title: str, text: str, *, markdown: bool = False) -> None:
        super().__init__(title)
        self._text = text
        self._markdown = markdown

    def body(self) -> ComposeResult:
        page = TextPage(id="page")
        page.show_text(self._text, markdown=self._markdown)
        yield page

    def keys(self) -> str:
        return _("↑ ↓ PgUp PgDn scroll · y copy · Esc back")

    def action_copy(self) -> None:
        """Hand the text to the terminal, which does not say whether it took it."""
        self.app.copy_to_clipboard(self._text)
        sent = _("Sent {count} characters to the terminal; not every terminal passes them on to the clipboard.")
        self.notify(sent.format(count=len(self._text)), markup=False)
