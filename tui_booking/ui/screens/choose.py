"""Dialogs in which something is chosen: an option, a record, or the columns of a list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Listing
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.matching import fits
from tui_booking.services.references import find_references
from tui_booking.ui.screens.dialog import Dialog, ask
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.pick_list import Pick, PickList

# With more options than this one types to find; fewer are seen at a glance.
_FEW = 8


class Finder(Dialog[Any]):
    """A dialog with an input and a list: typing narrows the list, up and down move in it, Enter takes."""

    DEFAULT_CSS = """
    Finder {
        & #typed { margin-bottom: 1; }
        & PickList { max-height: 14; margin-bottom: 1; }
    }
    """
    # Whether something was taken, which may be nothing, or the dialog was left.
    is_taken = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
    ]

    def body(self) -> ComposeResult:
        yield LineInput(placeholder=_("type to find"), id="typed", compact=True)
        picks = PickList(id="picks", empty=_("Nothing is found."))
        picks.is_led = True
        picks.can_focus = False
        yield picks

    @property
    def picks(self) -> PickList:
        return self.query_one("#picks", PickList)

    @property
    def typed(self) -> str:
        return self.query_one("#typed", Input).value

    def keys(self) -> str:
        return _("↑ ↓ move · Enter takes · Esc leaves")

    def action_move(self, by: int) -> None:
        self.picks.action_move(by)

    def action_page(self, by: int) -> None:
        self.picks.action_page(by)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.picks.action_take()

    def on_pick_list_taken(self, event: PickList.Taken) -> None:
        event.stop()
        self.take(event.pick)

    def take(self, pick: Pick) -> None:
        self.is_taken = True
        self.dismiss(pick.value)


class ChooseOption(Finder):
    """One of a few options, pairs of a value and what it is called; the value, or None where it is left.

    `chosen` is the option that holds now. Many options are found by typing a part of their name.
    """

    def __init__(self, title: str, options: Iterable[tuple[Any, str]], *, chosen: Any = None) -> None:
        super().__init__(title)
        self._options = [Pick(value, label) for value, label in options]
        self._chosen = chosen

    def on_mount(self) -> None:
        picks, typed = self.picks, self.query_one("#typed")
        picks.show(self._options, at=self._chosen)
        if len(self._options) <= _FEW:
            typed.display = False
            picks.can_focus = True
            picks.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.picks.show([pick for pick in self._options if fits(event.value, pick.label)])


class ChooseSeveral(Finder):
    """Some of several options: the values of those that have a mark, in their order, or None where it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "done", show=False),
        Binding("ctrl+a", "all", show=False, priority=True),
    ]

    def __init__(self, title: str, options: Iterable[tuple[Any, str]], chosen: Iterable[Any]) -> None:
        super().__init__(title)
        self._options = [Pick(value, label) for value, label in options]
        self._chosen = set(chosen)

    def on_mount(self) -> None:
        picks = self.picks
        picks.several = True
        picks.marked = self._chosen
        picks.can_focus = True
        picks.show(self._options)
        self.query_one("#typed").display = False
        picks.focus()

    def keys(self) -> str:
        return _("Space marks · Ctrl+A all or none · Enter done · Esc leaves")

    def action_all(self) -> None:
        values = {pick.value for pick in self._options}
        self.picks.marked = set() if self.picks.marked == values else values
        self.picks.refresh()

    def action_done(self) -> None:
        self.dismiss([pick.value for pick in self._options if pick.value in self.picks.marked])

    def take(self, pick: Pick) -> None:  # noqa: ARG002  # Enter is for all that have a mark
        self.action_done()


class ChooseRecord(Finder):
    """A record of a kind, found by typing a part of its name; its id, or None where it is left."""

    def __init__(self, desk: Desk, kind: str, title: str) -> None:
        super().__init__(title, wide=True)
        self._desk, self._kind = desk, kind

    def on_mount(self) -> None:
        self._find("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._find(event.value)

    @work(exclusive=True, exit_on_error=False, group="find")
    async def _find(self, typed: str) -> None:
        try:
            found = await ask(self._desk, lambda store: find_references(store, self._kind, typed), "choose")
        except Superseded:
            return
        except BookingCenterError as error:
            self.tell(error)
            return
        self.say("")
        self.picks.show([Pick(one.id, one.label, one.hint) for one in found])


class ChooseColumns(Dialog[list[str] | None]):
    """Which columns of a list are shown, and in which order; their names, or None where it is left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("less_than_sign,comma,K", "shift(-1)", show=False, id="columns.up"),
        Binding("greater_than_sign,full_stop,J", "shift(1)", show=False, id="columns.down"),
        Binding("a", "all", show=False, id="columns.all"),
        Binding("backspace,u", "usual", show=False, id="columns.usual"),
        Binding("ctrl+s,f2", "take", show=False),
    ]
    DEFAULT_CSS = """
    ChooseColumns PickList { max-height: 16; margin: 1 0; }
    """

    def __init__(self, listing: Listing, shown: Sequence[str]) -> None:
        super().__init__(_("Columns of {list}").format(list=_(listing.label)))
        self._listing = listing
        self._shown = list(shown)

    def body(self) -> ComposeResult:
        yield PickList(id="picks", several=True)

    def keys(self) -> str:
        return _("Space shows or hides · < > move it · a all · u as at first · Enter takes · Esc leaves")

    @property
    def picks(self) -> PickList:
        return self.query_one("#picks", PickList)

    def on_mount(self) -> None:
        self._show(self._shown)
        self.picks.focus()

    def action_shift(self, by: int) -> None:
        self.picks.shift(by)

    def action_all(self) -> None:
        self.picks.marked = {pick.value for pick in self.picks.picks}
        self.picks.refresh()

    def action_usual(self) -> None:
        self._show([column.name for column in self._listing.columns if column.shown])

    def action_take(self) -> None:
        chosen = [pick.value for pick in self.picks.picks if pick.value in self.picks.marked]
        if chosen:
            self.dismiss(chosen)
        else:
            self.say(_("One column at least is shown."))

    def on_pick_list_taken(self, event: PickList.Taken) -> None:
        event.stop()
        self.action_take()

    def on_pick_list_marks_changed(self, event: PickList.MarksChanged) -> None:
        event.stop()
        self.say("")

    def _show(self, shown: Sequence[str]) -> None:
        columns = {column.name: column for column in self._listing.columns}
        known = [name for name in shown if name in columns]
        order = known + [name for name in columns if name not in known]
        self.picks.marked = set(known)
        self.picks.show([Pick(name, _(columns[name].label)) for name in order])
