"""The rows of a list's filters: several words at once, a period, and what they make of what is typed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.language import _
from tui_booking.services.declarations import Period
from tui_booking.services.matching import fits
from tui_booking.services.parsing import Unreadable
from tui_booking.services.periods import quick_periods, read_period, written_period
from tui_booking.ui.screens.choose import ChooseSeveral
from tui_booking.ui.widgets.choice_fields import Option
from tui_booking.ui.widgets.fields import FieldRow
from tui_booking.ui.widgets.pick_list import Pick
from tui_booking.ui.widgets.plainly import cut, plain, write
from tui_booking.ui.widgets.suggest_fields import SuggestRow


class SeveralInput(Widget, can_focus=True):
    """Some of a few words on one line; Enter, Space or a letter opens the list, Backspace clears."""

    DEFAULT_CSS = """
    SeveralInput { height: 1; background: $surface; &:focus { background-tint: $foreground 10%; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,right", "open", show=False),
        Binding("backspace,delete", "clear", show=False),
    ]

    class Changed(Message):
        """Other words were chosen."""

    def __init__(self, options: Sequence[Option], title: str) -> None:
        super().__init__()
        self.options, self.title = list(options), title
        self.chosen: tuple[Any, ...] = ()

    def choose(self, values: Sequence[Any]) -> None:
        if tuple(values) != self.chosen:
            self.chosen = tuple(values)
            self.refresh()
            self.post_message(self.Changed())

    def action_open(self) -> None:
        asked = ChooseSeveral(self.title, self.options, self.chosen)
        self.app.push_screen(asked, lambda values: None if values is None else self.choose(values))

    def action_clear(self) -> None:
        self.choose(())

    def on_click(self, event: Click) -> None:
        event.stop()
        self.action_open()

    def render_line(self, y: int) -> Strip:
        names = ", ".join(plain(label) for value, label in self.options if value in self.chosen) or _("any")
        sign = "›" if self.has_focus else " "
        return write(f"{sign} {cut(names, self.size.width - 2)}" if y == 0 else "", self.size.width, self.rich_style)


class SeveralRow(FieldRow):
    """A filter by some of a few words; the values, a tuple, empty for any."""

    def __init__(self, name: str, label: str, options: Sequence[Option]) -> None:
        super().__init__(name, label)
        self.several = SeveralInput(options, label)

    def compose(self) -> ComposeResult:
        yield self.several

    @property
    def control(self) -> Widget:
        return self.several

    @property
    def value(self) -> tuple[Any, ...]:
        return self.several.chosen

    def load(self, value: tuple[Any, ...] | None) -> None:
        self.initial = self.several.chosen = tuple(value or ())
        self.several.refresh()

    @on(SeveralInput.Changed)
    def _change(self, event: SeveralInput.Changed) -> None:
        event.stop()
        self._edited()


class PeriodRow(SuggestRow):
    """A filter by days: one of the periods with names, or one that is typed."""

    def __init__(self, name: str, label: str, today: date) -> None:
        super().__init__(name, label, self._offer_periods, about=_("01/11/2026 .. 30/11/2026, or a name"))
        self._today = today

    def load(self, value: Period | None, label: str = "") -> None:
        super().load(value, label or (written_period(value) if value is not None else ""))

    async def _offer_periods(self, typed: str) -> list[Pick]:
        named = [Pick(period, written_period(period), name) for name, period in quick_periods(self._today)]
        if not typed.strip():
            return named
        try:
            period = read_period(typed, self._today)
        except Unreadable as problem:
            self.problem = problem.message
            return [pick for pick in named if fits(typed, pick.hint)]
        return [Pick(period, written_period(period), _("as typed"))]
