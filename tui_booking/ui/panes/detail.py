"""The detail of a record: its name, its tabs, and what the chosen tab shows; what hangs on it is edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.events import Click
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.commands import binding_of
from tui_booking.ui.panes.child_records import ChildRecords
from tui_booking.ui.sections.declaration import Tab
from tui_booking.ui.widgets.drawing import INK_CLASSES, INK_CSS, ink_of
from tui_booking.ui.widgets.plain_markdown import lay_out_plain
from tui_booking.ui.widgets.plainly import cut, pad, plain
from tui_booking.ui.widgets.record_table import RecordTable
from tui_booking.ui.widgets.text_page import TextPage

if TYPE_CHECKING:
    from tui_booking.models.database import Store
    from tui_booking.ui.panes.detail_contents import Content, LayOut

# The pane follows when the cursor of the list has rested for so long: holding a key down asks nothing.
_REST_SECONDS = 0.08
_BUSY_SECONDS = 0.15


class DetailHead(Widget):
    """The record's name, and the row of tabs below it."""

    DEFAULT_CSS = """
    DetailHead {
        height: 2; width: 100%;
        & > .detail-head--tab { color: $text-muted; }
        & > .detail-head--chosen { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    }
    """  # noqa: E501
    COMPONENT_CLASSES: ClassVar[set[str]] = {"detail-head--tab", "detail-head--chosen"}

    class TabChosen(Message):
        """A tab was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__()
        self.title_text = ""
        self.tabs: tuple[Tab, ...] = ()
        self.chosen = 0
        self.is_busy = False

    def on_click(self, event: Click) -> None:
        if event.y == 1:
            first, at = self._first_tab(), 2
            for place in range(first, len(self.tabs)):
                width = cell_len(self._told(place))
                if at <= event.x < at + width:
                    self.post_message(self.TabChosen(place))
                at += width

    def render_line(self, y: int) -> Strip:
        width, ground = self.size.width, self.rich_style
        if y == 0:
            sign = " …" if self.is_busy else ""
            title = cut(plain(self.title_text), width - len(sign)) + sign
            return Strip([Segment(pad(title, width), ground + Style(bold=True))], width)
        # Not in part: a muted colour is one only on the ground that it is for.
        tab = self.get_component_rich_style("detail-head--tab")
        chosen = self.get_component_rich_style("detail-head--chosen")
        first = self._first_tab()
        strip = [Segment("‹ " if first else "  ", tab)]
        strip += [
            Segment(self._told(place), chosen if place == self.chosen else tab)
            for place in range(first, len(self.tabs))
        ]
        line = Strip(strip)
        if line.cell_length > width:
            line = Strip.join([line.crop(0, width - 1), Strip([Segment("›", tab)])])
        return line.adjust_cell_length(width, ground)

    def _told(self, place: int) -> str:
        label = plain(_(self.tabs[place].label))
        # The chosen tab is told by its brackets where there are no colours.
        return f"[{label}] " if place == self.chosen else f" {label}  "

    def _first_tab(self) -> int:
        """The first tab that is drawn: as few are left out as let the chosen one be seen."""
        room = self.size.width - 3
        first = 0
        while first < self.chosen and sum(cell_len(self._told(n)) for n in range(first, self.chosen + 1)) > room:
            first += 1
        return first


class DetailBody(TextPage):
    """What facts, a text or a chart tell."""

    COMPONENT_CLASSES = INK_CLASSES
    DEFAULT_CSS = INK_CSS.format(name="DetailBody")


class DetailPane(Vertical):
    """Shows the record that it is told to, under tabs that the section declares."""

    DEFAULT_CSS = """
    DetailPane {
        padding: 0 1;
        & > ChildRecords { height: 1fr; display: none; }
        &.-records > ChildRecords { display: block; }
        &.-records > DetailBody { display: none; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("detail.previous"),
        binding_of("detail.next"),
        Binding("left", "tab(-1)", show=False),
        Binding("right", "tab(1)", show=False),
    ]

    class RecordChosen(Message):
        """Another record is wanted, in its own list."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind, self.id = kind, id

    class Changed(Message):
        """Something that hangs on the record was changed; `undo` takes it back."""

        def __init__(self, undo: Any = None) -> None:
            super().__init__()
            self.undo = undo

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._desk = desk
        self.kind = ""
        self.record_id: UUID | None = None
        self.tabs: tuple[Tab, ...] = ()
        # The tab that was chosen last for each kind: the next record is shown under the same one.
        self._chosen: dict[str, str] = {}
        self._shown: tuple[str, UUID | None, str] | None = None
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        yield DetailHead()
        yield DetailBody(id="detail-body")
        yield ChildRecords(self._desk)

    # What is shown.

    @property
    def head(self) -> DetailHead:
        return self.query_one(DetailHead)

    @property
    def body(self) -> DetailBody:
        return self.query_one(DetailBody)

    @property
    def tab(self) -> Tab | None:
        """The chosen tab."""
        return self.tabs[self._place] if self.tabs else None

    @property
    def children_shown(self) -> ChildRecords | None:
        """The table of the chosen tab, where it has one."""
        return self.query_one(ChildRecords) if self.has_class("-records") else None

    def show(self, kind: str, id: UUID | None, tabs: tuple[Tab, ...]) -> None:  # noqa: A002
        """Show a record under these tabs; what was shown stays until the cursor of the list rests."""
        if (kind, id, tabs) == (self.kind, self.record_id, self.tabs):
            return
        self.kind, self.record_id, self.tabs = kind, id, tabs
        self._stop_rest()
        if self._shown is None or id is None or self._shown[0] != kind:
            self._show_now()
        else:
            self._rest = self.set_timer(_REST_SECONDS, self._show_now)

    def reload(self) -> None:
        """Read again what is shown."""
        self._shown = None
        self._show_now(again=True)

    def focus(self, scroll_visible: bool = True, **kwargs: Any) -> DetailPane:
        """Focus what the chosen tab shows."""
        target = self.children_shown or self.body
        target.focus(scroll_visible, **kwargs)
        return self

    def action_tab(self, by: int) -> None:
        if self.tabs:
            self._choose((self._place + by) % len(self.tabs))

    @on(DetailHead.TabChosen)
    def _choose_clicked(self, event: DetailHead.TabChosen) -> None:
        event.stop()
        self._choose(event.place)

    @property
    def _place(self) -> int:
        name = self._chosen.get(self.kind)
        return next((place for place, tab in enumerate(self.tabs) if tab.name == name), 0)

    def _choose(self, place: int) -> None:
        had_focus = self.has_focus_within
        self._chosen[self.kind] = self.tabs[place].name
        self._stop_rest()
        self._show_now()
        if had_focus:
            self.focus()

    def _stop_rest(self) -> None:
        if self._rest is not None:
            self._rest.stop()
            self._rest = None

    def _show_now(self, *, again: bool = False) -> None:
        tab, id = self.tab, self.record_id  # noqa: A001
        head = self.head
        head.tabs, head.chosen = self.tabs, self._place if self.tabs else 0
        if tab is None or id is None:
            head.title_text, head.is_busy, head.tabs = "", False, ()
            self._shown = None
            self.remove_class("-records")
            self.body.show(lambda _width: [])
            head.refresh()
            return
        wanted = (self.kind, id, tab.name)
        if wanted == self._shown:
            head.refresh()
            return
        before, self._shown = self._shown, wanted
        if tab.shows == "records":
            self._show_children(self.kind, id, tab, again=again)
        else:
            if before is not None and before[2] != tab.name:
                # What another tab told must not stand under this one's name.
                self.body.show(lambda _width: [])
            self.remove_class("-records")
        head.refresh()
        self._read(self.kind, id, tab)

    @work(exclusive=True, exit_on_error=False, group="read")
    async def _read(self, kind: str, id: UUID, tab: Tab) -> None:  # noqa: A002
        head = self.head
        sign = self.set_timer(_BUSY_SECONDS, self._tell_busy)
        try:
            content = await self._desk.ask(lambda store: _read_content(store, kind, id, tab), group="detail")
        except Superseded:
            return
        except BookingCenterError as error:
            self._shown = None
            head.title_text = ""
            self._lay_out(_words(str(error)))
            self.post_message(self.Failed(error))
            return
        finally:
            sign.stop()
            head.is_busy = False
            head.refresh()
        self._show_content(content)

    class Failed(Message):
        """The record could not be read."""

        def __init__(self, error: BookingCenterError) -> None:
            super().__init__()
            self.error = error

    def _tell_busy(self) -> None:
        self.head.is_busy = True
        self.head.refresh()

    def _show_content(self, content: Content) -> None:
        self.head.title_text = content.title
        self.head.refresh()
        if content.lay_out is not None:
            self._lay_out(content.lay_out)

    def _lay_out(self, lay_out: LayOut) -> None:
        body = self.body
        self.remove_class("-records")
        body.show(lambda width: lay_out(width, body.size.height, ink_of(body)))

    # What hangs on the record.

    def _show_children(self, kind: str, id: UUID, tab: Tab, *, again: bool) -> None:  # noqa: A002
        table = self.query_one(ChildRecords)
        self.add_class("-records")
        query = Query(listing=LISTINGS[tab.listing or ""], parent=(kind, id))
        if again and table.asked == query:
            table.reload()
        else:
            table.show_children(query, is_inline=tab.inline)

    @on(RecordTable.RecordHighlighted)
    @on(RecordTable.Counted)
    @on(RecordTable.MarksChanged)
    def _keep_to_itself(self, event: Message) -> None:
        """What the table of a tab tells is nobody's business outside."""
        event.stop()

    @on(ChildRecords.Jumped)
    def _jump(self, event: ChildRecords.Jumped) -> None:
        event.stop()
        self.post_message(self.RecordChosen(event.kind, event.id))

    @on(ChildRecords.Edited)
    def _edited(self, event: ChildRecords.Edited) -> None:
        event.stop()
        self._shown = None
        self._show_now(again=True)
        self.post_message(self.Changed(event.undo))


def _read_content(store: Store, kind: str, id: UUID, tab: Tab) -> Content:  # noqa: A002
    """Loads what it takes in the thread that asks: the app starts without it."""
    from tui_booking.ui.panes.detail_contents import read_content

    return read_content(store, kind, id, tab)


def _words(text: str) -> LayOut:
    return lambda width, _height, _ink: list(lay_out_plain(text, width))
