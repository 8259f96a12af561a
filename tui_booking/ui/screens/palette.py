"""The palette: every action by name, and any record by name, code, handle, phone or URL."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.geometry import Size
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.find import Found, find
from tui_booking.services.matching import fits
from tui_booking.ui.commands import COMMANDS, Command, Place, keys_of
from tui_booking.ui.kinds import kind_label
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.plainly import cut, plain

RECORDS = 30
Chosen = Command | tuple[str, UUID]


class Offered(OptionList):
    """What is found. Laid out before it has a width, it would be told to break its lines after no sign at all."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return super().get_content_height(container, viewport, max(width, 8))


class Palette(ModalScreen[Chosen | None]):
    """Type, choose with the arrows, Enter. Actions stand before records."""

    DEFAULT_CSS = """
    Palette { align: center top; }
    Palette Vertical { width: 78; max-width: 100%; height: auto; max-height: 80%; margin-top: 1; border: round $primary;
        background: $surface; }
    Palette Input { border: none; height: 1; margin: 0 1; background: $surface; }
    Palette OptionList { height: auto; max-height: 18; border: none; background: $surface; }
    """

    BINDINGS = [  # noqa: RUF012
        Binding("escape", "close", show=False),
        Binding("down", "down", show=False, priority=True),
        Binding("up", "up", show=False, priority=True),
        Binding("pagedown", "page_down", show=False, priority=True),
        Binding("pageup", "page_up", show=False, priority=True),
    ]

    def __init__(self, desk: Desk, place: Place, section: str, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._desk = desk
        self._keymap = keymap
        here = [one for one in COMMANDS if one.in_palette and (one.is_in(place) or one.place == "everywhere")]
        self._commands = [one for one in here if one.means_something_in(section)]
        self._choices: list[Chosen] = []
        self._is_looking = False
        # Enter was pressed before the answer to what was typed: it is for that, not for what still stands there.
        self._chooses_first = False

    def compose(self) -> ComposeResult:
        with Vertical() as box:
            box.border_title = _("Find")
            yield LineInput(placeholder=_("an action, a name, code, handle, phone or URL"), compact=True)
            yield Offered(markup=False)

    def on_mount(self) -> None:
        self.query_one(Input).focus()
        self._offer(self._actions(""), ())

    def _actions(self, words: str) -> list[Command]:
        return [one for one in self._commands if fits(words, f"{_(one.label)} {_(one.about)} {one.label}")]

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        words = event.value.strip()
        actions = self._actions(words)
        self._chooses_first = False
        if len(words) < 2:
            self.workers.cancel_group(self, "find")
            self._is_looking = False
            self._offer(actions, ())
            return
        self._is_looking = True
        self._find(words, actions)

    @work(exclusive=True, exit_on_error=False, group="find")
    async def _find(self, words: str, actions: list[Command]) -> None:
        found: list[Found] = []
        try:
            found = await self.look_up(words)
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
        self._is_looking = False
        self._offer(actions, found)
        if self._chooses_first:
            self._choose(0)

    async def look_up(self, words: str) -> list[Found]:
        """The records that are called so."""
        return await self._desk.ask(lambda store: find(store, words, RECORDS), group="find")

    def _offer(self, actions: Sequence[Command], records: Sequence[Found]) -> None:
        offered = self.query_one(OptionList)
        offered.clear_options()
        keymap = self._keymap
        self._choices = [*actions, *((one.kind, one.id) for one in records)]
        options = [Option(self._line(_(one.label), " ".join(keys_of(one, keymap)))) for one in actions]
        options += [
            Option(self._line(plain(one.title), f"{kind_label(one.kind)}  {plain(one.subtitle)}")) for one in records
        ]
        offered.add_options(options)
        if options:
            offered.highlighted = 0
        else:
            offered.add_option(Option(Text(_("Nothing is called so.")), disabled=True))

    @staticmethod
    def _line(title: str, beside: str) -> Text:
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(cut(title, 44).ljust(46))
        text.append(cut(beside, 28), "dim")
        return text

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if self._is_looking:
            self._chooses_first = True
        else:
            self._choose(self.query_one(OptionList).highlighted)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose(event.option_index)

    def _choose(self, index: int | None) -> None:
        if index is not None and index < len(self._choices):
            self.dismiss(self._choices[index])

    def action_close(self) -> None:
        self.dismiss(None)

    def action_down(self) -> None:
        self.query_one(OptionList).action_cursor_down()

    def action_up(self) -> None:
        self.query_one(OptionList).action_cursor_up()

    def action_page_down(self) -> None:
        self.query_one(OptionList).action_page_down()  # type: ignore[no-untyped-call]

    def action_page_up(self) -> None:
        self.query_one(OptionList).action_page_up()  # type: ignore[no-untyped-call]
