"""A short list to pick from: one widget that draws its lines, with a cursor and, where several may be taken, boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.ui.widgets.plainly import cut, pad, plain


@dataclass(frozen=True, slots=True)
class Pick:
    """Something to pick: what it is, and a word more that tells it from others."""

    value: Any
    label: str
    hint: str = ""


class PickList(ScrollView, can_focus=True):
    """Lines of Picks. With `several`, Space puts a mark in the box of the line; `marked` are the values with one."""

    DEFAULT_CSS = """
    PickList {
        height: auto;
        max-height: 12;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        & > .pick-list--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style; }
        & > .pick-list--resting { background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground; }
        & > .pick-list--hint { color: $text-muted; }
    }
    """  # noqa: E501
    COMPONENT_CLASSES: ClassVar[set[str]] = {"pick-list--cursor", "pick-list--resting", "pick-list--hint"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "move(-1000000)", show=False),
        Binding("end,G", "move(1000000)", show=False),
        Binding("enter", "take", show=False),
        Binding("space", "mark", show=False),
    ]

    class Taken(Message):
        """A line was taken: Enter or a click on it."""

        def __init__(self, pick_list: PickList, pick: Pick) -> None:
            super().__init__()
            self.pick_list = pick_list
            self.pick = pick

        @property
        def control(self) -> PickList:
            return self.pick_list

    class Moved(Message):
        """The cursor stands on another line."""

        def __init__(self, pick_list: PickList) -> None:
            super().__init__()
            self.pick_list = pick_list

        @property
        def control(self) -> PickList:
            return self.pick_list

    class MarksChanged(Message):
        """A box was marked or cleared."""

        def __init__(self, pick_list: PickList) -> None:
            super().__init__()
            self.pick_list = pick_list

        @property
        def control(self) -> PickList:
            return self.pick_list

    def __init__(
        self,
        picks: Sequence[Pick] = (),
        *,
        several: bool = False,
        empty: str = "",
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self.several = several
        self.marked: set[Any] = set()
        self.picks: list[Pick] = list(picks)
        self.empty = empty
        self.cursor = 0
        # The cursor is drawn as such where an input beside the list has the focus and moves it.
        self.is_led = False

    def on_mount(self) -> None:
        self._measure()

    def show(self, picks: Sequence[Pick], *, at: Any = None) -> None:
        """Show these lines, the cursor on the one with the value `at`, or on the first."""
        self.picks = list(picks)
        self.cursor = next((place for place, pick in enumerate(self.picks) if pick.value == at), 0)
        self._measure()

    @property
    def current(self) -> Pick | None:
        """The line under the cursor."""
        return self.picks[self.cursor] if self.picks else None

    def action_move(self, by: int) -> None:
        if self.picks:
            self.cursor = min(max(self.cursor + by, 0), len(self.picks) - 1)
            self._reveal()
            self.refresh()
            self.post_message(self.Moved(self))

    def action_page(self, by: int) -> None:
        self.action_move(by * max(self.size.height - 1, 1))

    def action_take(self) -> None:
        if (pick := self.current) is not None:
            self.post_message(self.Taken(self, pick))

    def action_mark(self) -> None:
        pick = self.current
        if pick is not None and self.several:
            self.marked ^= {pick.value}
            self.refresh()
            self.post_message(self.MarksChanged(self))

    def shift(self, by: int) -> None:
        """Move the line under the cursor up or down among the others."""
        to = self.cursor + by
        if self.picks and 0 <= to < len(self.picks):
            self.picks.insert(to, self.picks.pop(self.cursor))
            self.action_move(by)

    def on_click(self, event: Click) -> None:
        line = event.y + self.scroll_offset.y
        if line >= len(self.picks):
            return
        event.stop()
        self.cursor = line
        self.refresh()
        if self.several:
            self.action_mark()
        else:
            self.action_take()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        if line >= len(self.picks):
            text = self.empty if not self.picks and line == 0 else ""
            style = self.get_component_rich_style("pick-list--hint") + self._ground
            return Strip([Segment(pad(plain(text), width), style)], width)
        return self._draw(self.picks[line], is_here=line == self.cursor, width=width)

    def _draw(self, pick: Pick, *, is_here: bool, width: int) -> Strip:
        box = ("[x] " if pick.value in self.marked else "[ ] ") if self.several else ""
        start = ("› " if is_here else "  ") + box
        room = max(width - len(start) - 1, 0)
        label = cut(plain(pick.label) or _("(no name)"), room)
        hint = cut(plain(pick.hint), max(room - cell_len(label) - 2, 0)) if pick.hint else ""
        gap = " " * (room - cell_len(label) - cell_len(hint) + 1)
        if is_here:
            has_cursor = self.has_focus or self.is_led
            style = self.get_component_rich_style("pick-list--cursor" if has_cursor else "pick-list--resting")
            return Strip([Segment(pad(start + label + gap + hint, width), style)], width)
        ground = self._ground
        muted = ground + self.get_component_rich_style("pick-list--hint")
        return Strip([Segment(start + label + gap, ground), Segment(hint, muted)]).adjust_cell_length(width, ground)

    @property
    def _ground(self) -> Any:
        return self.rich_style

    def _measure(self) -> None:
        self.virtual_size = Size(0, max(len(self.picks), 1))
        self.scroll_to(y=0, animate=False, immediate=True)
        self._reveal()
        self.refresh(layout=True)

    def _reveal(self) -> None:
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False, immediate=True, x_axis=False)
