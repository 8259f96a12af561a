"""A template as it reads for a booking: to be looked at, copied or saved."""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tui_booking.language import _
from tui_booking.services.rendering import Rendered
from tui_booking.ui.screens.ask_path import AskPath
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.text_page import TextPage

# What some system or other does not take in the name of a file, and nobody wants to type.
_NOT_IN_NAMES = re.compile(r"[\s/\\:*?\"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069]+")
_LONGEST_NAME = 80


class Preview(Dialog[None]):
    """What is copied and saved is the text as Markdown; what could not be filled in is named above it."""

    DEFAULT_CSS = """
    Preview > #box { height: 100%; width: 100%; max-width: 110; }
    Preview #unfilled { height: auto; color: $text-warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q", "leave", show=False),
        Binding("y", "copy", show=False, id="preview.copy"),
        Binding("w,ctrl+s,f2", "save", show=False, id="preview.save"),
    ]

    def __init__(self, title: str, rendered: Rendered) -> None:
        """The title, of template and booking, is also what a file of it is called."""
        super().__init__(title)
        self._rendered = rendered
        self._file = f"{_NOT_IN_NAMES.sub('-', title).strip('-. ')[:_LONGEST_NAME] or 'text'}.md"

    def body(self) -> ComposeResult:
        unfilled = [
            words.format(names=", ".join(names))
            for words, names in (
                (_("! Nothing is called so: {names}"), self._rendered.unknown),
                (_("! Not known for this booking: {names}"), self._rendered.missing),
            )
            if names
        ]
        if unfilled:
            yield Static(Content("\n".join(plain(line) for line in unfilled)), id="unfilled")
        page = TextPage(id="page")
        page.show_text(self._rendered.markdown, markdown=True)
        yield page

    def keys(self) -> str:
        return _("↑ ↓ PgUp PgDn scroll · y copy · w save to a file · Esc back")

    def action_copy(self) -> None:
        self.app.copy_to_clipboard(self._rendered.text)
        # No terminal says whether it took it.
        self.app.notify(_("Sent to the clipboard, if the terminal allows it. w saves to a file."), markup=False)

    @work(exit_on_error=False, group="save")
    async def action_save(self) -> None:
        path = await self.app.push_screen_wait(AskPath(_("Save the text"), Path.cwd() / self._file))
        if path is None:
            return
        try:
            path.write_text(self._rendered.text, encoding="utf-8")
        except OSError as problem:
            self.say(_("{path} is not written: {why}").format(path=plain(str(path)), why=problem.strerror))
            return
        self.app.notify(plain(_("Written: {path}").format(path=path)), markup=False)
