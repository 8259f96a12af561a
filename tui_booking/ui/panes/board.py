"""The board of bookings: a column a status, cards moved from one to the next with < and >."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from textual import work
from textual.binding import Binding, BindingType
from textual.events import Click, MouseScrollDown, MouseScrollUp
from textual.message import Message
from textual.strip import Strip
from textual.timer import Timer
from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, label_of
from tui_booking.services.board import (
    STATUSES,
    Card,
    cards_of,
    move_card,
    read_sizes,
    sorts_by_deadline,
)
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.pages import RowSource
from tui_booking.ui.commands import bindings_of
from tui_booking.ui.panes.board_columns import Column, Held
from tui_booking.ui.widgets.board_cards import (
    CARD_LINES,
    HEAD_LINES,
    Lane,
    draw_board,
    lanes_that_fit,
    no_bookings,
)
from tui_booking.ui.widgets.drawing import INK_CLASSES, INK_CSS, draws_simply, ink_of, simply

if TYPE_CHECKING:
    from tui_booking.services.undo import Undo

_SIGN_AFTER = 0.15


class Board(Widget, can_focus=True):
    """Shows the bookings of a query by status; only the cards that are seen are read."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    DEFAULT_CSS = "Board { height: 1fr; width: 1fr; }" + INK_CSS.format(name="Board")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("board"),
        Binding("left", "column(-1)", show=False),
        Binding("right", "column(1)", show=False),
        Binding("up", "card(-1)", show=False),
        Binding("down", "card(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home,g", "end(-1)", show=False),
        Binding("end,G", "end(1)", show=False),
    ]

    class RecordChosen(Message):
        """A booking is to be opened."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind, self.id = kind, id

    class Changed(Message):
        """A card was moved; `undo` takes it back."""

        def __init__(self, undo: Undo) -> None:
            super().__init__()
            self.undo = undo

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.query_shown: Query | None = None
        self.current = 0
        self.columns = [Column(status) for status in STATUSES]
        self._stale = set(STATUSES)
        self._held: Held | None = None
        self._moving = asyncio.Lock()
        self._is_busy = False
        self._sign: Timer | None = None
        self._drawn: list[Strip] = []

    # Reading.

    def show(self, query: Query) -> None:
        """Show the bookings of a query, from its first cards on."""
        if query != self.query_shown:
            self.query_shown = query
            self.columns = [Column(status) for status in STATUSES]
        self.reload()

    def reload(self) -> None:
        """Read everything again; each column stays where it is."""
        self._stale = set(STATUSES)
        if self.query_shown is not None:
            self._load()

    @work(exclusive=True, exit_on_error=False, group="board")
    async def _load(self) -> None:
        query = self.query_shown
        assert query is not None
        self._sign = self._sign or self.set_timer(_SIGN_AFTER, self._show_sign)
        try:
            await self._open_columns(query)
            self._at_rest()
            await self._settle_columns()
            await self._follow()
        except Superseded:
            return
        except BookingCenterError as error:
            self._at_rest()
            self._held = None
            self.app.tell(error)  # type: ignore[attr-defined]

    def _show_sign(self) -> None:
        self._is_busy = True
        self.refresh()

    def _at_rest(self) -> None:
        if self._sign is not None:
            self._sign.stop()
        self._sign, self._is_busy = None, False
        self._settle_cursors()

    async def _open_columns(self, query: Query) -> None:
        """Read the first cards of what is out of date: all at once on the screen, none of them half."""
        zone = self.desk.settings.zone_info
        sizes = await self.desk.ask(lambda store: read_sizes(store, query, zone), group="board")
        self.columns = [
            await self._opened(column, sizes.get(column.status), query) if column.status in self._stale else column
            for column in self.columns
        ]
        self._stale.clear()

    async def _opened(self, column: Column, size: int | None, query: Query) -> Column:
        if size is None:
            return replace(column, source=None)
        by_deadline = sorts_by_deadline(column.status, size)
        source = RowSource(self.desk, cards_of(query, column.status, by_deadline=by_deadline))
        await source.open()
        return replace(column, source=source, by_deadline=by_deadline)

    async def _settle_columns(self) -> None:
        """Look through the columns that are longer than a page, the one with the cursor first."""
        for column in [self.columns[self.current], *self.columns]:
            if column.source is not None and column.source.total is None:
                await column.source.settle()
                self._settle_cursors()

    async def _follow(self) -> None:
        """Put the cursor on the card that was moved."""
        held = self._held
        if held is None or self._moving.locked():
            return
        column = self.columns[held.column]
        position = await column.source.find(held.card.id) if column.source is not None else None
        if self._held is held:
            self._held = None
            if position is not None:
                column.cursor = position
            self._settle_cursors()

    def _settle_cursors(self) -> None:
        """Keep the cursors on cards, and the cards that are seen read."""
        for column in self.columns:
            column.cursor = max(min(column.cursor, column.count - 1), 0)
            column.top = max(min(column.top, column.cursor), column.cursor - self._whole_cards + 1, 0)
            source = column.source
            if source is None or not source.missing(column.top, column.top + self._whole_cards):
                continue
            if source.is_quick:
                self._read_here(source, column.top)
            else:
                self._read_cards(source, column.top)
        self.refresh()

    def _read_here(self, source: RowSource, top: int) -> None:
        try:
            source.read_here(top, top + self._whole_cards)
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]

    @work(exit_on_error=False, group="board-cards")
    async def _read_cards(self, source: RowSource, top: int) -> None:
        try:
            await source.read(top, top + self._whole_cards)
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
        self.refresh()

    # Drawing.

    @property
    def _whole_cards(self) -> int:
        return max((self.content_size.height - HEAD_LINES) // CARD_LINES, 1)

    def on_resize(self) -> None:
        self._settle_cursors()

    def render_lines(self, crop: object) -> list[Strip]:
        style = self.rich_style
        self._drawn = [strip.apply_style(style) for strip in self._draw()]
        return super().render_lines(crop)  # type: ignore[arg-type]

    def render_line(self, y: int) -> Strip:
        return self._drawn[y]

    def _draw(self) -> list[Strip]:
        width, height = self.content_size
        ink = ink_of(self)
        drawn = draw_board(
            [self._lane(column) for column in self.columns],
            self.current,
            width,
            height,
            ink,
            today=self.desk.today,
            has_focus=self.has_focus,
        )
        if not self._is_busy and not any(column.count for column in self.columns) and height > HEAD_LINES + 1:
            drawn[HEAD_LINES + 1] = no_bookings(width, ink)
        return simply(drawn) if draws_simply() else drawn

    def _lane(self, column: Column) -> Lane:
        note = _("by deadline") if column.by_deadline else _("newest first")
        if column.source is None and self.query_shown is not None:
            note = _("filtered out")
        return Lane(
            label_of(column.status),
            "…" if self._is_busy else note,
            column.size,
            column.count,
            column.cursor,
            column.top,
            column.card,
        )

    # Keys.

    @property
    def chosen(self) -> Card | None:
        """The card under the cursor, or on its way there."""
        if self._held is not None:
            return self._held.card
        column = self.columns[self.current]
        return column.card(column.cursor) if column.count else None

    def action_column(self, by: int) -> None:
        self._held = None
        self.current = max(min(self.current + by, len(self.columns) - 1), 0)
        self._settle_cursors()

    def action_card(self, by: int) -> None:
        self._held = None
        self.columns[self.current].cursor += by
        self._settle_cursors()

    def action_page(self, by: int) -> None:
        self.action_card(by * self._whole_cards)

    def action_end(self, by: int) -> None:
        self._held = None
        column = self.columns[self.current]
        column.cursor = 0 if by < 0 else column.count - 1
        self._settle_cursors()

    def action_open(self) -> None:
        if self.chosen is not None:
            self.post_message(self.RecordChosen("booking", self.chosen.id))

    def action_reload(self) -> None:
        self.reload()

    @work(exit_on_error=False, group="dialog")
    async def action_status(self) -> None:
        """Another status with a note, also one that is far off."""
        from tui_booking.ui.screens.status_dialog import StatusDialog

        if (card := self.chosen) is not None:
            undo = await self.app.push_screen_wait(StatusDialog(self.desk, "booking", [card.id]))
            self._keep(undo)

    @work(exit_on_error=False, group="dialog")
    async def action_edit(self) -> None:
        if (card := self.chosen) is not None:
            await self._fill_in(card.id)

    @work(exit_on_error=False, group="dialog")
    async def action_new(self) -> None:
        await self._fill_in(None)

    async def _fill_in(self, booking: UUID | None) -> None:
        from tui_booking.ui.screens.record_form import RecordForm

        form = RecordForm(self.desk, "booking", booking)
        saved = await self.app.push_screen_wait(form)
        self._keep(*(made.undo for made in form.made), saved.undo if saved is not None else None)

    def _keep(self, *undos: Undo | None) -> None:
        """What was changed in a dialog can be taken back, and is shown."""
        kept = [undo for undo in undos if undo is not None]
        for undo in kept:
            self.post_message(self.Changed(undo))
        if kept:
            self.reload()

    def action_move_card(self, by: int) -> None:
        """Give the booking the status of the next column, or of the one before; again, and it goes further."""
        card, before = self.chosen, self.current
        if card is not None and 0 <= before + by < len(self.columns):
            self._held = Held(card, before + by)
            self.current = before + by
            self._move(card, before, before + by)

    @work(exit_on_error=False, group="board-move")
    async def _move(self, card: Card, before: int, after: int) -> None:
        source, target = self.columns[before].status, self.columns[after].status
        operator = self.desk.settings.operator
        # One after the other, as they were asked for.
        async with self._moving:
            try:
                undo = await self.desk.write(lambda store: move_card(store, card, source, target, operator=operator))
            except BookingCenterError as error:
                self._held, self.current = None, before
                self.app.tell(error)  # type: ignore[attr-defined]
                self.refresh()
                return
        self.post_message(self.Changed(undo))
        self._stale |= {source, target}
        self._load()

    # Mouse.

    def on_mouse_scroll_down(self, event: MouseScrollDown) -> None:
        event.stop()
        self.action_card(1)

    def on_mouse_scroll_up(self, event: MouseScrollUp) -> None:
        event.stop()
        self.action_card(-1)

    def on_click(self, event: Click) -> None:
        at = event.get_content_offset(self)
        seen = lanes_that_fit(self.content_size.width, len(self.columns), self.current)
        if at is None:
            return
        current = seen[min(at.x // ((self.content_size.width + 1) // len(seen)), len(seen) - 1)]
        column = self.columns[current]
        position = column.top + (at.y - HEAD_LINES) // CARD_LINES
        is_same = current == self.current and position == column.cursor
        self._held, self.current = None, current
        if at.y >= HEAD_LINES and position < column.count:
            column.cursor = position
            if is_same and event.chain > 1:
                self.action_open()
        self._settle_cursors()
