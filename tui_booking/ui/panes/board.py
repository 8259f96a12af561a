"""The board of bookings: a column a status, cards moved from one to the next with < and >."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
from tui_booking.services.board import STATUSES, Card, card_of, cards_of, move_card, read_counts, sorts_by_deadline
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.pages import RowSource
from tui_booking.ui.commands import bindings_of
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
    from tui_booking.models.choices import BookingStatus
    from tui_booking.services.undo import Undo

_SIGN_AFTER = 0.15


@dataclass(slots=True)
class Column:
    """The cards of one status, read as they are needed; without a source none are let through."""

    status: BookingStatus
    count: int = 0
    source: RowSource | None = None
    by_deadline: bool = True
    cursor: int = 0
    top: int = 0

    def card(self, position: int) -> Card | None:
        row = self.source.row(position) if self.source is not None else None
        return None if row is None else card_of(row)


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
        self._is_busy = False
        self._sign: Timer | None = None

    # Reading.

    def show(self, query: Query) -> None:
        """Show the bookings of a query, from its first cards on."""
        if query != self.query_shown:
            self.query_shown = query
            self.columns = [Column(status) for status in STATUSES]
        self._load()

    def reload(self) -> None:
        """Read everything again; each column stays where it is."""
        if self.query_shown is not None:
            self._load()

    @work(exclusive=True, exit_on_error=False, group="board")
    async def _load(self, follow: UUID | None = None) -> None:
        query = self.query_shown
        assert query is not None
        self._sign = self._sign or self.set_timer(_SIGN_AFTER, self._show_sign)
        try:
            await self._read(query, follow)
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
        if self._sign is not None:
            self._sign.stop()
        self._sign, self._is_busy = None, False
        self.refresh()

    def _show_sign(self) -> None:
        self._is_busy = True
        self.refresh()

    async def _read(self, query: Query, follow: UUID | None) -> None:
        zone = self.desk.settings.zone_info
        counts = await self.desk.ask(lambda store: read_counts(store, query, zone), group="board")
        columns = [await self._opened(column, counts.get(column.status), query) for column in self.columns]
        self.columns = columns
        self._settle_cursors()
        for column in columns:
            if column.source is not None:
                await column.source.settle()
                column.count = column.source.total or 0
        if follow is not None:
            await self._follow(follow)
        self._settle_cursors()

    async def _opened(self, column: Column, count: int | None, query: Query) -> Column:
        """The column anew, with its first cards read."""
        if count is None:
            return replace(column, count=0, source=None)
        by_deadline = sorts_by_deadline(column.status, count)
        source = RowSource(self.desk, cards_of(query, column.status, by_deadline=by_deadline))
        await source.open()
        return replace(column, count=count, source=source, by_deadline=by_deadline)

    async def _follow(self, record: UUID) -> None:
        """Put the cursor on a card wherever it is now."""
        column = self.columns[self.current]
        position = await column.source.find(record) if column.source is not None else None
        if position is not None:
            column.cursor = position

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
        self._drawn = self._draw()
        return super().render_lines(crop)  # type: ignore[arg-type]

    def render_line(self, y: int) -> Strip:
        return self._drawn[y].apply_style(self.rich_style)

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
            None if column.source is None else column.count,
            column.cursor,
            column.top,
            column.card,
        )

    # Keys.

    @property
    def chosen(self) -> Card | None:
        """The card under the cursor."""
        column = self.columns[self.current]
        return column.card(column.cursor) if column.count else None

    def action_column(self, by: int) -> None:
        self.current = max(min(self.current + by, len(self.columns) - 1), 0)
        self._settle_cursors()

    def action_card(self, by: int) -> None:
        self.columns[self.current].cursor += by
        self._settle_cursors()

    def action_page(self, by: int) -> None:
        self.action_card(by * self._whole_cards)

    def action_end(self, by: int) -> None:
        column = self.columns[self.current]
        column.cursor = 0 if by < 0 else column.count - 1
        self._settle_cursors()

    def action_open(self) -> None:
        if self.chosen is not None:
            self.post_message(self.RecordChosen("booking", self.chosen.id))

    def action_reload(self) -> None:
        self.reload()

    def action_move_card(self, by: int) -> None:
        """Give the booking the status of the next column, or of the one before."""
        card, target = self.chosen, self.current + by
        if card is not None and 0 <= target < len(self.columns):
            self._move(card, target)

    @work(exclusive=True, exit_on_error=False, group="board-move")
    async def _move(self, card: Card, target: int) -> None:
        before, after = self.columns[self.current].status, self.columns[target].status
        operator = self.desk.settings.operator
        try:
            undo = await self.desk.ask(lambda store: move_card(store, card, before, after, operator=operator))
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return
        self.post_message(self.Changed(undo))
        self.current = target
        self._load(follow=card.id)

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
        self.current = current
        if at.y >= HEAD_LINES and position < column.count:
            column.cursor = position
            if is_same and event.chain > 1:
                self.action_open()
        self._settle_cursors()
