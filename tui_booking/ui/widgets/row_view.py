"""Rows under a head, a cursor among them: drawn a line each from plain text.

What costs is kept small: a line is one run of text, lines are kept, a cursor that moves draws two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.services.declarations import Listing, Row
from tui_booking.ui.formats import plain
from tui_booking.ui.widgets.row_drawing import (
    GUTTER,
    ON_ITS_WAY,
    Arrangement,
    Placed,
    arrange,
    fill,
    filled_line,
    head_line,
    skip_to_show,
)

HEAD = 1
_KEPT_STRIPS = 600
_CURSOR, _MARK, _DELETED = "►", "■", "×"
_THUMB, _TRACK = "█", "│"


class RowView(Widget, can_focus=True):
    """The part of a table that is seen. A table says what there is to see, and is told where the cursor goes."""

    ALLOW_SELECT = False

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--head",
        "rows--row",
        "rows--cursor",
        "rows--cell",
        "rows--marked",
        "rows--deleted",
        "rows--aside",
    }

    DEFAULT_CSS = """
    RowView { height: 1fr; width: 1fr; background: $background; color: $foreground; }
    RowView > .rows--head { background: $panel; color: $text; text-style: bold; }
    RowView > .rows--row { background: $background; color: $foreground; }
    RowView > .rows--cursor { background: $panel; color: $foreground; text-style: bold; }
    RowView:focus > .rows--cursor { background: $background; color: $foreground; text-style: reverse; }
    RowView > .rows--cell { background: $panel; color: $foreground; text-style: bold; }
    RowView:focus > .rows--cell { background: $background; color: $foreground; text-style: reverse bold underline; }
    RowView > .rows--marked { background: $background; color: $accent; text-style: bold; }
    RowView > .rows--deleted { background: $background; color: $text-muted; text-style: strike; }
    RowView > .rows--aside { background: $background; color: $text-muted; }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.widths: dict[str, int] = {}
        self._shown: list[str] = []
        self._skipped = 0
        self._rank = 0
        self._cursor = 0
        self._top = 0
        self._strips: dict[int, Strip] = {}
        self._kept_arrangement: Arrangement | None = None
        # Where a widget stands is looked for anew whenever it is asked for, and a page that is drawn asks often.
        self._room = Size(0, 0)
        # The same goes for styles, which are those of the last drawing.
        self._styles_now: dict[str, Style] = {}

    # --- what a table says ------------------------------------------------------------------------------------------

    @property
    def listing(self) -> Listing | None:
        """The list that is shown."""
        raise NotImplementedError

    @property
    def row_count(self) -> int:
        """How many rows can be moved through by now."""
        raise NotImplementedError

    @property
    def sorted_by(self) -> tuple[str, bool]:
        """The column that is sorted by, and whether downwards."""
        raise NotImplementedError

    def row_at(self, position: int) -> Row | None:
        """The row at a position where it is known."""
        raise NotImplementedError

    def is_coming(self, position: int) -> bool:
        """Whether the row at a position is on its way, rather than gone."""
        raise NotImplementedError

    @property
    def is_busy(self) -> bool:
        """Whether rows have been on their way for so long that it is to be said."""
        raise NotImplementedError

    def is_marked(self, row: Row) -> bool:
        raise NotImplementedError

    def words_for_no_rows(self) -> str:
        raise NotImplementedError

    def view_moved(self) -> None:
        """Other rows are seen now: fetch what is missing of them."""
        raise NotImplementedError

    def cursor_moved(self) -> None:
        """The cursor stands on another row."""
        raise NotImplementedError

    # --- drawing ----------------------------------------------------------------------------------------------------

    @property
    def body_height(self) -> int:
        """How many rows are seen."""
        return max(self._room.height - HEAD, 1)

    @property
    def has_scrollbar(self) -> bool:
        return self.row_count > self.body_height

    @property
    def _width(self) -> int:
        return max(self._room.width - 1, 0) if self.has_scrollbar else self._room.width

    @property
    def arrangement(self) -> Arrangement:
        """The columns as they stand now."""
        if self._kept_arrangement is None:
            listing = self.listing
            if listing is None:
                return Arrangement((), more_before=False, more_behind=False)
            self._kept_arrangement = arrange(
                listing, self._shown, self.widths, width=self._width, skipped=self._skipped
            )
        return self._kept_arrangement

    def render_lines(self, crop: Region) -> list[Strip]:
        self._room = self.size
        self._styles_now.clear()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        width = self._room.width
        if y < HEAD:
            return self._draw_head(width)
        position = self._top + y - HEAD
        if position >= self.row_count:
            return self._draw_nothing(y, width)
        strip = None if position == self._cursor else self._strips.get(position)
        if strip is None:
            strip = self._draw_row(position)
            if position != self._cursor and not self.is_coming(position):
                if len(self._strips) > _KEPT_STRIPS:
                    self._strips.clear()
                self._strips[position] = strip
        if not self.has_scrollbar:
            return strip
        return Strip([*strip, self._draw_scrollbar(y - HEAD)], width)

    def _style(self, name: str) -> Style:
        style = self._styles_now.get(name)
        if style is None:
            style = self._styles_now[name] = self.get_component_rich_style(f"rows--{name}")
        return style

    def _draw_head(self, width: int) -> Strip:
        found = self.arrangement
        line = " " * GUTTER + head_line(found, self.sorted_by)
        if self.is_busy and width > GUTTER:
            line = f"{fill(line, width - 2)} {ON_ITS_WAY}"
        elif found.more_behind and width > GUTTER:
            line = f"{fill(line, width - 2)} ›"
        return Strip([Segment(fill(line, width), self._style("head"))], width)

    def _draw_nothing(self, y: int, width: int) -> Strip:
        lines = self.words_for_no_rows().split("\n") if self.row_count == 0 else []
        # Below an empty line, where there is room for one.
        number = y - HEAD - min(1, self.body_height - 1)
        words = lines[number] if 0 <= number < len(lines) else ""
        return Strip([Segment(fill(f"  {plain(words)}", width), self._style("aside"))], width)

    def _draw_row(self, position: int) -> Strip:
        width = self._width
        row = self.row_at(position)
        is_here = position == self._cursor
        gutter = (_CURSOR if is_here else " ") + self._sign_of(row)
        if row is None:
            words = ON_ITS_WAY if self.is_coming(position) else f"{ON_ITS_WAY} †"
            return Strip([Segment(fill(gutter + words, width), self._style("cursor" if is_here else "aside"))], width)
        placed = self.arrangement.placed
        line = filled_line(gutter, row, placed, width)
        if not is_here:
            return Strip([Segment(line, self._row_style(row))], width)
        return self._draw_cursor(line, next((one for one in placed if one.rank == self._rank), None), width)

    def _sign_of(self, row: Row | None) -> str:
        """What is to be known of a row where there are no colours."""
        if row is None:
            return " "
        if self.is_marked(row):
            return _MARK
        return _DELETED if row.is_deleted else " "

    def _row_style(self, row: Row) -> Style:
        if row.is_deleted:
            return self._style("deleted")
        return self._style("marked" if self.is_marked(row) else "row")

    def _draw_cursor(self, line: str, cell: Placed | None, width: int) -> Strip:
        strip = Strip([Segment(line, self._style("cursor"))], width)
        if cell is None or cell.start + cell.width > width:
            return strip  # there is less room than for one cell
        before, inside, behind = strip.divide([cell.start, cell.start + cell.width, width])
        return Strip([*before, *inside.apply_style(Style(bold=True, underline=True)), *behind], width)

    def _draw_scrollbar(self, line: int) -> Segment:
        height, rows = self.body_height, self.row_count
        size = max(1, height * height // rows)
        room = max(rows - height, 1)
        first = (height - size) * self._top // room
        return Segment(_THUMB if first <= line < first + size else _TRACK, self._style("aside"))

    def redraw(self) -> None:
        """Draw everything anew: rows, columns, or colours have changed."""
        self._strips.clear()
        self._kept_arrangement = None
        self.refresh()

    def refresh_head(self) -> None:
        """Draw the names of the columns anew."""
        self.refresh(Region(0, 0, self.size.width, HEAD))

    def refresh_scrollbar(self) -> None:
        """Draw anew how many rows there are beside those that are seen."""
        if self.has_scrollbar:
            self.refresh(Region(self.size.width - 1, HEAD, 1, self.body_height))

    def refresh_row(self, position: int) -> None:
        """Draw one row anew."""
        self._strips.pop(position, None)
        line = position - self._top + HEAD
        if HEAD <= line < self.size.height:
            self.refresh(Region(0, line, self.size.width, 1))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        self._room = self.size
        self.show_cursor_column()
        self._top = self._top_for(self._cursor)
        self.redraw()
        self.view_moved()

    # --- moving -----------------------------------------------------------------------------------------------------

    @property
    def cursor_position(self) -> int:
        return self._cursor

    @property
    def seen(self) -> tuple[int, int]:
        """The first and the last position that are seen."""
        return self._top, max(self._top, min(self._top + self.body_height, self.row_count) - 1)

    @property
    def rank(self) -> int:
        """The number of the cursor's column among those that are shown."""
        return min(self._rank, max(len(self._shown) - 1, 0))

    def move_to(self, position: int, *, line: int | None = None) -> None:
        """Put the cursor on a row, at a line of the view where that is given."""
        position = max(min(position, self.row_count - 1), 0)
        before, top = self._cursor, self._top
        self._cursor = position
        if line is not None:
            self._top = position - line
        self._top = self._top_for(position)
        if self._top != top:
            self.refresh()
            self.view_moved()
        elif before != position:
            self.refresh_row(before)
            self.refresh_row(position)
        if before != position:
            self.cursor_moved()

    def _top_for(self, position: int) -> int:
        height = self.body_height
        top = min(max(self._top, position - height + 1), position)
        return max(min(top, self.row_count - height), 0)

    def scroll_rows(self, rows: int) -> None:
        """See other rows; the cursor stays on its own."""
        top = max(min(self._top + rows, self.row_count - self.body_height), 0)
        if top != self._top:
            self._top = top
            self.refresh()
            self.view_moved()

    def show_cursor_column(self) -> None:
        listing = self.listing
        if listing is not None:
            self._skipped = skip_to_show(
                listing, self._shown, self.widths, width=self._width, skipped=self._skipped, rank=self.rank
            )


def known_columns(listing: Listing, names: Sequence[str]) -> list[str]:
    """Those of the names that the list has; where it has none of them, those that are shown at first."""
    known = {column.name for column in listing.columns}
    return [name for name in names if name in known] or [column.name for column in listing.columns if column.shown]
