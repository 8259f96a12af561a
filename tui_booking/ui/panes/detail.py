"""The detail of a record: its name, its tabs, and what the chosen tab shows; what hangs on it is edited in place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from tui_booking.errors import BookingCenterError
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.commands import binding_of
from tui_booking.ui.sections.declaration import Tab
from tui_booking.ui.widgets.record_table import RecordTable

if TYPE_CHECKING:
    from tui_booking.models.database import Store
    from tui_booking.ui.panes.child_records import ChildRecords
    from tui_booking.ui.panes.detail_contents import Content, LayOut
    from tui_booking.ui.panes.detail_parts import DetailBody, DetailHead

# The pane follows when the cursor of the list has rested for so long: holding a key down asks nothing.
_REST_SECONDS = 0.08
_BUSY_SECONDS = 0.15


class DetailPane(Vertical):
    """Shows the record that it is told to, under tabs that the section declares.

    `furnish` comes first: a pane that nothing was shown in yet has no parts.
    """

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

    head: DetailHead
    body: DetailBody
    children_table: ChildRecords

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
        self._furnishing = asyncio.Lock()

    async def furnish(self) -> None:
        """Make the parts, which are loaded only now: the app starts without them."""
        from tui_booking.ui.panes.child_records import ChildRecords
        from tui_booking.ui.panes.detail_parts import DetailBody, DetailHead

        async with self._furnishing:
            if not self.children:
                self.head, self.body = DetailHead(), DetailBody(id="detail-body")
                self.children_table = ChildRecords(self._desk)
                await self.mount(self.head, self.body, self.children_table)

    # What is shown.

    @property
    def tab(self) -> Tab | None:
        """The chosen tab."""
        return self.tabs[self._place] if self.tabs else None

    @property
    def children_shown(self) -> ChildRecords | None:
        """The table of the chosen tab, where it has one."""
        return self.children_table if self.has_class("-records") else None

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

    def begin_at_first_tab(self, kind: str) -> None:
        """Show the next record of a kind under its first tab, whichever was chosen last."""
        self._chosen.pop(kind, None)
        if self.kind == kind:
            self._shown = self.record_id = None

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

    def on_detail_head_tab_chosen(self, event: DetailHead.TabChosen) -> None:
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
            head.title_text, head.is_busy, head.tabs, head.chosen = "", False, (), 0
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
        from tui_booking.ui.widgets.drawing import ink_of

        body = self.body
        self.remove_class("-records")
        body.show(lambda width: lay_out(width, body.size.height, ink_of(body)))

    # What hangs on the record.

    def _show_children(self, kind: str, id: UUID, tab: Tab, *, again: bool) -> None:  # noqa: A002
        table = self.children_table
        self.add_class("-records")
        query = Query(listing=LISTINGS[tab.listing or ""], parent=(kind, id))
        is_same = table.asked is not None and (table.asked.listing, table.asked.parent) == (query.listing, query.parent)
        if again and is_same:
            table.reload()
        else:
            table.show_children(query, is_inline=tab.inline)

    @on(RecordTable.RecordHighlighted)
    @on(RecordTable.Counted)
    @on(RecordTable.MarksChanged)
    def _keep_to_itself(self, event: Message) -> None:
        """What the table of a tab tells is nobody's business outside."""
        event.stop()

    def on_child_records_jumped(self, event: ChildRecords.Jumped) -> None:
        event.stop()
        self.post_message(self.RecordChosen(event.kind, event.id))

    def on_child_records_edited(self, event: ChildRecords.Edited) -> None:
        event.stop()
        self._shown = None
        self._show_now(again=True)
        self.post_message(self.Changed(event.undo))


def _read_content(store: Store, kind: str, id: UUID, tab: Tab) -> Content:  # noqa: A002
    """Loads what it takes in the thread that asks: the app starts without it."""
    from tui_booking.ui.panes.detail_contents import read_content

    return read_content(store, kind, id, tab)


def _words(text: str) -> LayOut:
    from tui_booking.ui.widgets.plain_markdown import lay_out_plain

    return lambda width, _height, _ink: list(lay_out_plain(text, width))
