"""Fields that offer what fits while one types: the record that a reference points at, or a period of days."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.desk import Superseded
from tui_booking.services.matching import same
from tui_booking.ui.widgets.fields import FieldRow
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.pick_list import Pick, PickList
from tui_booking.ui.widgets.plainly import plain

Offer = Callable[[str], Awaitable[Sequence[Pick]]]
_LINES = 6


# Stands in a list for a record that is still to be made, and for words that only say why nothing else is there.
NEW, NOTHING_YET = object(), object()


class SuggestInput(LineInput):
    """An input over a list: up, down, Enter and Esc are the list's while it is open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "suggest(1)", show=False),
        Binding("up", "suggest(-1)", show=False),
        Binding("pagedown", f"suggest({_LINES})", show=False),
        Binding("pageup", f"suggest({-_LINES})", show=False),
        Binding("enter", "take", show=False),
        Binding("tab", "take_and_go", show=False),
        Binding("escape", "close", show=False),
        Binding("space,alt+down", "offer", show=False),
    ]

    def __init__(self, row: SuggestRow, *, placeholder: str = "") -> None:
        super().__init__(compact=True, select_on_focus=True, placeholder=placeholder)
        self._row = row
        self.is_open = False

    def action_suggest(self, by: int) -> None:
        self._row.move(by)

    def action_take(self) -> None:
        self._row.take()
        # What is typed next is meant for another one, and not as letters within this one's name.
        self.select_all()

    def action_take_and_go(self) -> None:
        """Take what is found and go on; a new record is only made by Enter."""
        pick = self._row.picks.current
        if self._row.is_meant and pick is not None and pick.value not in (NEW, NOTHING_YET):
            self._row.take()
        self.screen.focus_next()

    def action_close(self) -> None:
        self._row.close()

    def action_offer(self) -> None:
        """Everything that can be chosen, before anything is typed."""
        self._row.offer_all()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # Closed, the keys mean what they mean in the form: Esc leaves, up, down and Tab go to other fields.
        if action == "offer":
            return not self.is_open and self._row.is_as_chosen
        if action in {"take", "take_and_go", "close", "suggest"}:
            return self.is_open
        return super().check_action(action, parameters)


class SuggestRow(FieldRow):
    """A field whose text is one of what `offer` finds for the words that are typed; the list opens under it."""

    DEFAULT_CSS = """
    SuggestRow > PickList { max-height: 6; height: auto; display: none; background: $panel; }
    """

    class NewAsked(Message):
        """What is typed is to be made: it is not there yet."""

        def __init__(self, row: SuggestRow, typed: str) -> None:
            super().__init__()
            self.row = row
            self.typed = typed

    def __init__(
        self, name: str, label: str, offer: Offer, *, required: bool = False, about: str = "", short: bool = False
    ) -> None:
        super().__init__(name, label, required=required, about=about, short=short)
        self._offer = offer
        self.input = SuggestInput(self, placeholder=_("type to find, Space lists") if not about else plain(about))
        # It is on the screen from when it is first wanted: a form of many references opens sooner.
        self.picks = PickList(empty=_("Nothing is found."))
        self.picks.can_focus = False
        self.picks.is_led = True
        self.chosen: Any = None
        self._label_of_chosen = ""
        self._was_moved = False

    @property
    def control(self) -> Widget:
        return self.input

    @property
    def control_height(self) -> int:
        return 1 + (min(max(len(self.picks.picks), 1), _LINES) if self.input.is_open else 0)

    @property
    def value(self) -> Any:
        return self.chosen

    def load(self, value: Any, label: str = "") -> None:
        """Show what the record points at, and what that is called."""
        self.initial = value
        self._set(value, label)

    def choose(self, value: Any, label: str) -> None:
        """Point at something else, as a person would."""
        is_new = value != self.chosen
        self._set(value, label)
        if is_new:
            self._edited()

    def _set(self, value: Any, label: str) -> None:
        self.chosen, self._label_of_chosen, self.problem = value, plain(label), ""
        with self.prevent(Input.Changed):
            self.input.value = self._label_of_chosen
        self.close()

    @property
    def is_meant(self) -> bool:
        """Whether a line of the list was looked for, by words or by keys, and not only the list opened."""
        return bool(self.problem) or self._was_moved

    @property
    def is_underway(self) -> bool:
        return self.input.is_open and self.input.has_focus

    @property
    def state(self) -> tuple[Any, str]:
        return self.chosen, self._label_of_chosen

    def restore(self, state: tuple[Any, str]) -> None:
        self.choose(*state)

    @on(Input.Changed)
    def _type(self, event: Input.Changed) -> None:
        event.stop()
        typed = event.value.strip()
        if not typed:
            self.chosen, self._label_of_chosen, self.problem = None, "", ""
        elif event.value != self._label_of_chosen:
            self.problem = _("Choose one of the list.")
        self._edited()
        self._find(event.value)

    @work(exclusive=True, exit_on_error=False, group="suggest")
    async def _find(self, typed: str) -> None:
        try:
            picks = list(await self._offer(typed))
        except Superseded:
            return
        except BookingCenterError as error:
            self.problem = str(error)
            self._edited()
            return
        if self.is_attached and self.input.has_focus:
            if not self.picks.is_attached:
                await self.mount(self.picks)
            self._open(picks)

    def _open(self, picks: Sequence[Pick]) -> None:
        self.picks.show(picks, at=self.chosen)
        self._was_moved = False
        self.input.is_open = True
        self.picks.display = True
        self._arrange()
        # The list is under the field: as much of it as there is room for is to be seen.
        self.call_after_refresh(self.scroll_visible, animate=False)

    def _arrange(self) -> None:
        super()._arrange()
        # The form may get a scrollbar, or the terminal another size, while the list is open.
        self.picks.styles.margin = (0, 0, 0, self._label_width + 1)
        self.picks.styles.width = self._room()

    def close(self) -> None:
        """Close the list; what is typed stays."""
        if self.input.is_open:
            self.input.is_open = False
            self.picks.display = False
            self._arrange()

    @property
    def is_as_chosen(self) -> bool:
        """Whether nothing was typed over what is chosen, be that nothing."""
        return self.input.value == self._label_of_chosen

    def offer_all(self) -> None:
        """Open the list with all that there is to choose."""
        self._find("")

    def move(self, by: int) -> None:
        """Move the cursor of the open list."""
        self.picks.action_move(by)
        self._was_moved = True

    def take(self) -> None:
        """Take the line of the list under its cursor."""
        pick = self.picks.current
        if pick is not None:
            self._take(pick)

    def _take(self, pick: Pick) -> None:
        if pick.value is NOTHING_YET:
            self.close()
        elif pick.value is NEW:
            typed = self.input.value.strip()
            self.close()
            self.post_message(self.NewAsked(self, "" if typed == self._label_of_chosen else typed))
        else:
            self.choose(pick.value, pick.label)

    @on(PickList.Taken)
    def _taken(self, event: PickList.Taken) -> None:
        event.stop()
        self._take(event.pick)
        self.input.focus()

    def on_descendant_blur(self) -> None:
        self.leave()

    def leave(self) -> None:
        """Left with words in it: what they name is taken where only one thing can be meant."""
        # What is still on its way would open the list over what is said then.
        self.workers.cancel_group(self, "suggest")
        if self.problem and self.input.is_open:
            found = [pick for pick in self.picks.picks if pick.value not in (NEW, NOTHING_YET)]
            exact = [pick for pick in found if same(self.input.value, pick.label)]
            if len(meant := exact or found) == 1:
                self._take(meant[0])
        self.close()
        if self.problem:
            self._edited()
