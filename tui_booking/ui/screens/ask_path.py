"""Where a file is to be written: asked with a proposal, and once more before one that is there is replaced."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_booking.language import _
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.plainly import plain


class AskPath(Dialog[Path | None]):
    """A path of a file to write; None where it is left. `endings` are those that the file may have."""

    DEFAULT_CSS = "AskPath #about { height: auto; margin: 1 0 0 0; } AskPath LineInput { margin: 1 0; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s,f2", "take", show=False)]

    def __init__(self, title: str, proposal: Path, *, about: str = "", endings: tuple[str, ...] = ()) -> None:
        super().__init__(title)
        self._proposal = proposal
        self._about = about
        self._endings = endings
        self._warned: Path | None = None

    def body(self) -> ComposeResult:
        if self._about:
            yield Static(Content(plain(self._about)), id="about")
        yield LineInput(str(self._proposal), compact=True, select_on_focus=False)

    def keys(self) -> str:
        return _("Enter writes · Esc leaves")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._warned = None
        self.say("")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_take(self) -> None:
        typed = self.query_one(LineInput).value.strip()
        try:
            path = Path(typed).expanduser()
        except RuntimeError:
            self.say(_("There is no such user."))
            return
        if not typed or path.is_dir():
            self.say(_("Name a file."))
        elif self._endings and path.suffix.casefold() not in self._endings:
            self.say(_("The name ends in one of: {endings}").format(endings=", ".join(self._endings)))
        elif not path.parent.is_dir():
            self.say(_("There is no folder {folder}.").format(folder=plain(str(path.parent))))
        elif path.exists() and self._warned != path:
            self._warned = path
            self.say(_("This file is there already. Enter again replaces it."))
        else:
            self.dismiss(path)
