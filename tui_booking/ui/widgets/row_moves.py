"""How rows are moved through: by keys that every terminal passes, and by the mouse where there is one."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from tui_booking.language import N_
from tui_booking.services.declarations import Column
from tui_booking.ui.widgets.row_drawing import GAP, GUTTER, NARROWEST, WIDEST, Placed, width_of
from tui_booking.ui.widgets.row_view import HEAD, RowView

_WHEEL_ROWS = 3
_WIDEN = 2


class MovingRows(RowView):
    """Rows with keys and mouse. What is marked, opened and sorted is the table's doing."""

    # Those with an id can be given other keys; the owner has the same ids for when another pane has the keys.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", N_("Up"), show=False, id="rows.up"),
        Binding("down", "move(1)", N_("Down"), show=False, id="rows.down"),
        Binding("pageup", "move_page(-1)", N_("Page up"), show=False, id="rows.page_up"),
        Binding("pagedown", "move_page(1)", N_("Page down"), show=False, id="rows.page_down"),
        Binding("home,g", "first", N_("First row"), show=False, id="rows.first"),
        Binding("end,G", "last", N_("Last row"), show=False, id="rows.last"),
        Binding("left", "move_column(-1)", N_("Column to the left"), show=False, id="rows.left"),
        Binding("right", "move_column(1)", N_("Column to the right"), show=False, id="rows.right"),
        Binding("alt+left", "widen(-1)", N_("Narrower column"), show=False, id="rows.narrower"),
        Binding("alt+right", "widen(1)", N_("Wider column"), show=False, id="rows.wider"),
        Binding("space", "mark", N_("Mark"), show=False, id="table.mark"),
        Binding("shift+down", "mark_and_move(1)", N_("Mark down"), show=False, id="rows.mark_down"),
        Binding("shift+up", "mark_and_move(-1)", N_("Mark up"), show=False, id="rows.mark_up"),
        Binding("enter", "open", N_("Open"), show=False, id="table.open"),
    ]

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._resized: Placed | None = None
        self._is_scrolled_by_mouse = False

    def order_asked(self, column: Column) -> None:
        """The head of a column was clicked."""
        raise NotImplementedError

    def toggle_mark(self, position: int) -> None:
        """Mark a row, or take its mark off."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Open the record under the cursor."""
        raise NotImplementedError

    # --- keys -------------------------------------------------------------------------------------------------------

    def action_move(self, rows: int) -> None:
        self.move_to(self._cursor + rows)

    def action_move_page(self, pages: int) -> None:
        rows = pages * max(self.body_height - 1, 1)
        top = max(min(self._top + rows, self.row_count - self.body_height), 0)
        line = min(max(self._cursor - top + rows, 0), self.body_height - 1)
        self.move_to(self._cursor + rows, line=line)

    def action_first(self) -> None:
        self.move_to(0)

    def action_last(self) -> None:
        self.move_to(self.row_count - 1)

    def action_move_column(self, columns: int) -> None:
        rank = max(min(self.rank + columns, len(self._shown) - 1), 0)
        if rank != self._rank:
            self._rank = rank
            self.show_cursor_column()
            self.redraw()

    def action_widen(self, steps: int) -> None:
        """Make the cursor's column wider or narrower."""
        listing = self.listing
        if listing is not None and self._shown:
            column = listing.column(self._shown[self.rank])
            self._set_width(column, width_of(column, self.widths) + steps * _WIDEN)

    def _set_width(self, column: Column, width: int) -> None:
        self.widths[column.name] = max(min(width, WIDEST), NARROWEST)
        self.redraw()

    def action_mark(self) -> None:
        self.action_mark_and_move(1)

    def action_mark_and_move(self, rows: int) -> None:
        """Mark this row, or take its mark off, and go on."""
        self.toggle_mark(self._cursor)
        self.refresh_row(self._cursor)
        self.move_to(self._cursor + rows)

    # --- mouse ------------------------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(event, 1)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(event, -1)

    def _scroll(self, event: events.MouseEvent, way: int) -> None:
        if event.shift or event.ctrl:
            self.action_move_column(way)
        else:
            self.scroll_rows(way * _WHEEL_ROWS)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._is_scrolled_by_mouse = self.has_scrollbar and event.x >= self.size.width - 1 and event.y >= HEAD
        self._resized = self._edge_at(event.x) if event.y < HEAD else None
        if self._is_scrolled_by_mouse or self._resized is not None:
            self.capture_mouse()
            event.stop()
        if self._is_scrolled_by_mouse:
            self._scroll_to_line(event.y - HEAD)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._resized is not None:
            self._set_width(self._resized.column, event.x - self._resized.start + 1)
        elif self._is_scrolled_by_mouse:
            self._scroll_to_line(event.y - HEAD)

    def on_mouse_up(self) -> None:
        if self._resized is not None or self._is_scrolled_by_mouse:
            self.release_mouse()

    def _scroll_to_line(self, line: int) -> None:
        height = self.body_height
        line = max(min(line, height - 1), 0)
        self.scroll_rows((self.row_count - height) * line // max(height - 1, 1) - self._top)

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self._resized is not None or self._is_scrolled_by_mouse:
            # It was let go of here; nothing was clicked.
            self._resized, self._is_scrolled_by_mouse = None, False
            return
        placed = self._placed_at(event.x)
        if event.y < HEAD:
            if placed is not None:
                self.order_asked(placed.column)
            return
        position = self._top + event.y - HEAD
        if position >= self.row_count:
            return
        if placed is not None and placed.rank != self._rank:
            self._rank = placed.rank
            self.refresh_row(self._cursor)
        self.move_to(position)
        if event.x < GUTTER or event.ctrl:
            self.toggle_mark(position)
        self.refresh_row(position)
        if event.chain == 2:
            self.action_open()

    def _placed_at(self, x: int) -> Placed | None:
        return next((one for one in self.arrangement.placed if one.start <= x < one.start + one.width + GAP), None)

    def _edge_at(self, x: int) -> Placed | None:
        """The column behind which a place of the head lies, to be drawn wider or narrower there."""
        return next((one for one in self.arrangement.placed if 0 <= x - one.start - one.width < GAP), None)
