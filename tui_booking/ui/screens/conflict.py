"""What two operators changed at once: field by field, whose value stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.screens.text_view import TextView
from tui_booking.ui.widgets.plainly import pad, plain

Whose = Literal["mine", "theirs"]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that both changed, each value as it is read."""

    field: str
    label: str
    mine: str
    theirs: str
    before: str


class DifferenceList(ScrollView, can_focus=True):
    """Each difference in four lines: the field, mine, theirs, and what was before."""

    DEFAULT_CSS = """
    DifferenceList { height: auto; max-height: 16; overflow-x: hidden; scrollbar-size-vertical: 1; margin: 1 0; }
    """
    LINES = 4
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("space,left,right", "turn", show=False),
        Binding("m", "take('mine')", show=False, id="conflict.mine"),
        Binding("t", "take('theirs')", show=False, id="conflict.theirs"),
        Binding("M", "take_all('mine')", show=False, id="conflict.all_mine"),
        Binding("T", "take_all('theirs')", show=False, id="conflict.all_theirs"),
        Binding("v", "view", show=False, id="conflict.view"),
    ]

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__()
        self.differences = list(differences)
        # Nothing of another's is overwritten by pressing Enter too soon.
        self.taken: dict[str, Whose] = {one.field: "theirs" for one in differences}
        self.cursor = 0

    def on_mount(self) -> None:
        self.virtual_size = Size(0, len(self.differences) * self.LINES)

    def action_move(self, by: int) -> None:
        self.cursor = min(max(self.cursor + by, 0), len(self.differences) - 1)
        place = Region(0, self.cursor * self.LINES, 1, self.LINES)
        self.scroll_to_region(place, animate=False, immediate=True, x_axis=False)
        self.refresh()

    def action_turn(self) -> None:
        field = self.differences[self.cursor].field
        self.action_take("mine" if self.taken[field] == "theirs" else "theirs")

    def action_take(self, whose: Whose) -> None:
        self.taken[self.differences[self.cursor].field] = whose
        self.refresh()

    def action_take_all(self, whose: Whose) -> None:
        self.taken = dict.fromkeys(self.taken, whose)
        self.refresh()

    def action_view(self) -> None:
        """The values of a field whole: a long text is cut in its line."""
        one = self.differences[self.cursor]
        parts = ((_("mine"), one.mine), (_("theirs"), one.theirs), (_("before"), one.before))
        self.app.push_screen(TextView(one.label, "\n\n".join(f"── {name}\n{value}" for name, value in parts)))

    def on_click(self, event: Click) -> None:
        place, line = divmod(event.y + self.scroll_offset.y, self.LINES)
        if place < len(self.differences):
            self.cursor = place
            if line in {1, 2}:
                self.action_take("mine" if line == 1 else "theirs")
            self.refresh()

    def render_line(self, y: int) -> Strip:
        place, line = divmod(y + self.scroll_offset.y, self.LINES)
        one = self.differences[place]
        taken = self.taken[one.field]
        ground, width = self.rich_style, self.size.width
        if line == 0:
            sign = "› " if place == self.cursor else "  "
            return Strip([Segment(pad(sign + plain(one.label), width), ground + Style(bold=True))], width)
        whose, name, value = (
            ("mine", _("mine"), one.mine),
            ("theirs", _("theirs"), one.theirs),
            ("before", _("before"), one.before),
        )[line - 1]
        box = "   " if whose == "before" else "(•)" if whose == taken else "( )"
        text = f"    {box} {pad(name, 9)} {plain(value) or _('(empty)')}"
        look = Style(dim=True) if whose == "before" else Style(bold=whose == taken)
        return Strip([Segment(pad(text, width), ground + look)], width)


class ConflictScreen(Dialog[dict[str, Whose] | None]):
    """Shows what differs, and asks whose value stays; None where it is left, and nothing is decided."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,ctrl+s,f2", "take", show=False, id="conflict.take")]

    def __init__(self, differences: Sequence[Difference]) -> None:
        super().__init__(_("Somebody else changed this meanwhile. Whose value stays?"), wide=True)
        self._differences = differences

    def body(self) -> ComposeResult:
        yield DifferenceList(self._differences)

    def keys(self) -> str:
        return _("↑ ↓ field · m mine · t theirs · M T all · v whole · Enter saves · Esc back to the form")

    def action_take(self) -> None:
        self.dismiss(dict(self.query_one(DifferenceList).taken))
