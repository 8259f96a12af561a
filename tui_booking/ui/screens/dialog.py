"""What every dialog has: a box with a title, a body and a line of keys; Esc leaves it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.desk import Desk, Job
from tui_booking.ui.widgets.plainly import plain

T = TypeVar("T")
A = TypeVar("A")


class Dialog(ModalScreen[T]):
    """A box in the middle of the screen. Subclasses say what stands in it (`body`) and which keys matter (`keys`)."""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 50%;
        & > #box {
            width: 72; max-width: 100%; height: auto; max-height: 100%;
            border: round $primary; background: $surface; padding: 0 1;
        }
        & > #box.wide { width: 100; }
        & #title { text-style: bold; height: auto; width: 100%; }
        & #problem { height: auto; width: 100%; color: $text-error; }
        & #keys { height: auto; width: 100%; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False, id="dialog.leave")]
    AUTO_FOCUS = "*"

    def __init__(self, title: str, *, wide: bool = False) -> None:
        super().__init__()
        self.title_text = title
        self._wide = wide

    def compose(self) -> ComposeResult:
        with Vertical(id="box", classes="wide" if self._wide else ""):
            yield Static(Content(plain(self.title_text)), id="title")
            yield from self.body()
            problem = Static("", id="problem", markup=False)
            problem.display = False
            yield problem
            yield Static(Content(self.keys()), id="keys")

    def body(self) -> ComposeResult:
        """What stands between the title and the keys."""
        raise NotImplementedError

    def keys(self) -> str:
        """The line that says which keys matter here."""
        return _("Esc leaves")

    def fit(self, scrolled: Widget) -> None:
        """Let the part that scrolls have what the title, the messages and the keys leave of the screen."""
        box = self.query_one("#box")
        others = sum(child.outer_size.height for child in box.children if child is not scrolled and child.display)
        used = others + box.gutter.height + scrolled.styles.margin.height
        scrolled.styles.max_height = max(self.app.size.height - used, 3)

    def action_leave(self) -> None:
        self.dismiss(None)

    def say(self, problem: str) -> None:
        """Show what is wrong in the dialog itself; nothing where the text is empty."""
        line = self.query_one("#problem", Static)
        line.update(Content(f"! {problem}") if problem else "")
        line.display = bool(problem)
        self.call_after_refresh(self.fit_body)

    def fit_body(self) -> None:
        """Called when lines come or go; dialogs whose body scrolls fit it in."""

    def tell(self, error: BookingCenterError) -> None:
        """Show an error that a person can do something about."""
        self.say("\n".join(plain(part) for part in (error.title, error.advice) if part))


async def ask(desk: Desk, job: Job[A], group: str | None = None) -> A:
    """Carry a short job out: at once where the database is on this machine, else in a thread, newer before older."""
    return desk.here(job) if desk.is_local else await desk.ask(job, group=group)
