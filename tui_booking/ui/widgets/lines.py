"""A table of rows that are all at hand: one widget that draws those in sight, with a cursor; for thousands of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_booking.ui.widgets.plainly import cut, pad, plain

_GAP = 2
# Widths are those of the first rows: a thousand are measured in a millisecond or two.
_MEASURED = 1_000


@dataclass(frozen=True, slots=True)
class LineColumn:
    """A column: as wide as what is in it, but no wider than `most`; one that `grows` takes what is left, or gives.

    A column of which `most` is 0 is hidden.
    """

    label: str
    most: int = 30
    grows: bool = False
    right: bool = False


Cells = tuple[str, ...]


class Lines(ScrollView, can_focus=True):
    """Rows of texts under a header. Rows whose place is in `muted` are drawn so; texts come from anywhere."""

    DEFAULT_CSS = """
    Lines {
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        & > .lines--header { color: $text-muted; text-style: underline; }
        & > .lines--muted { color: $text-muted; }
        & > .lines--cursor {
            background: $block-cursor-background; color: $block-cursor-foreground; text-style: $block-cursor-text-style;
        }
        & > .lines--resting {
            background: $block-cursor-blurred-background; color: $block-cursor-blurred-foreground;
        }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"lines--header", "lines--muted", "lines--cursor", "lines--resting"}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False, id="lines.up"),
        Binding("down", "move(1)", show=False, id="lines.down"),
        Binding("pageup", "page(-1)", show=False, id="lines.page_up"),
        Binding("pagedown", "page(1)", show=False, id="lines.page_down"),
        Binding("home,g", "move(-1000000000)", show=False, id="lines.first"),
        Binding("end,G", "move(1000000000)", show=False, id="lines.last"),
        Binding("enter", "choose", show=False, id="lines.choose"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Highlighted(Message):
        """The cursor is on another row, or the rows are others."""

        def __init__(self, lines: Lines, index: int | None) -> None:
            super().__init__()
            self.lines = lines
            self.index = index

        @property
        def control(self) -> Lines:
            return self.lines

    class Chosen(Message):
        """Enter on a row, or a click on the row of the cursor."""

        def __init__(self, lines: Lines, index: int) -> None:
            super().__init__()
            self.lines = lines
            self.index = index

        @property
        def control(self) -> Lines:
            return self.lines

    def __init__(self, columns: Sequence[LineColumn] = (), *, empty: str = "", id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.columns: tuple[LineColumn, ...] = tuple(columns)
        self.empty = empty
        self.rows: list[Cells] = []
        self.muted: frozenset[int] = frozenset()
        self._contents: list[int] = []
        self._widths: list[int] = []
        self._laid_out_for = 0

    def on_mount(self) -> None:
        self._measure()

    def on_resize(self) -> None:
        # What was scrolled away for want of room comes back with it.
        if self.cursor < self.size.height - 1:
            self.scroll_to(y=0, animate=False, immediate=True)
        self._reveal()
        # A bar that was not shown has not been told where the list was scrolled to.
        self.vertical_scrollbar.position = self.scroll_y

    def show(
        self,
        rows: Sequence[Cells],
        *,
        columns: Sequence[LineColumn] | None = None,
        at: int = 0,
        muted: frozenset[int] = frozenset(),
    ) -> None:
        """Show these rows, with the cursor on the one at that place."""
        if columns is not None:
            self.columns = tuple(columns)
        self.rows = [tuple(map(plain, row)) for row in rows]
        self.muted = muted
        self.set_reactive(Lines.cursor, min(max(at, 0), max(len(rows) - 1, 0)))
        self._measure()
        self._reveal()
        self.post_message(self.Highlighted(self, self.current))

    @property
    def current(self) -> int | None:
        """The place of the row under the cursor."""
        return self.cursor if self.rows else None

    @property
    def texts(self) -> list[str]:
        """The rows as they are drawn; what a test reads."""
        return [self._text_of(row) for row in self.rows]

    def action_move(self, by: int) -> None:
        if self.rows:
            self.cursor = min(max(self.cursor + by, 0), len(self.rows) - 1)

    def action_page(self, by: int) -> None:
        self.action_move(by * max(self.size.height - 2, 1))

    def action_choose(self) -> None:
        if self.rows:
            self.post_message(self.Chosen(self, self.cursor))

    def watch_cursor(self) -> None:
        self._reveal()
        self.refresh()
        self.post_message(self.Highlighted(self, self.current))

    def on_click(self, event: Click) -> None:
        index = event.y - 1 + self.scroll_offset.y
        if event.y < 1 or index >= len(self.rows):
            return
        event.stop()
        if index == self.cursor:
            self.action_choose()
        else:
            self.cursor = index

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        if width != self._laid_out_for:
            self._lay_out()
        ground = self.rich_style
        if y == 0:
            labels = tuple(plain(column.label) for column in self.columns)
            return self._strip(self._text_of(labels), ground + self._style("lines--header"), width)
        index = y - 1 + self.scroll_offset.y
        if index >= len(self.rows):
            text = self.empty if not self.rows and y == 1 else ""
            return self._strip(plain(text), ground + self._style("lines--muted"), width)
        style = ground + self._style("lines--muted") if index in self.muted else ground
        if index == self.cursor:
            style = self.get_component_rich_style("lines--cursor" if self.has_focus else "lines--resting")
        return self._strip(self._text_of(self.rows[index]), style, width)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    @staticmethod
    def _strip(text: str, style: Style, width: int) -> Strip:
        return Strip([Segment(pad(text, width), style)], width)

    def _text_of(self, row: Cells) -> str:
        parts = []
        for cell, column, width in zip(row, self.columns, self._widths, strict=True):
            if not width:
                continue
            shown = cut(cell, width)
            space = " " * (width - cell_len(shown))
            parts.append(space + shown if column.right else shown + space)
        return (" " * _GAP).join(parts)

    def _measure(self) -> None:
        self._contents = [
            max([cell_len(plain(column.label)), *(cell_len(row[place]) for row in self.rows[:_MEASURED])])
            for place, column in enumerate(self.columns)
        ]
        self._lay_out()
        # The header stands above what scrolls, and takes a line of it.
        self.virtual_size = Size(0, len(self.rows) + 1)
        self.refresh()

    def _lay_out(self) -> None:
        """Divide the width among the columns: the growing ones share what the others leave."""
        self._laid_out_for = self.scrollable_content_region.width
        self._widths = [
            min(content, column.most) if not column.grows else 0
            for content, column in zip(self._contents, self.columns, strict=True)
        ]
        growing = [place for place, column in enumerate(self.columns) if column.grows]
        if growing:
            gaps = _GAP * (sum(column.most > 0 for column in self.columns) - 1)
            left = max(self._laid_out_for - sum(self._widths) - gaps, 8 * len(growing))
            for number, place in enumerate(growing):
                share = left // (len(growing) - number)
                left -= share
                self._widths[place] = share

    def _reveal(self) -> None:
        """Bring the row of the cursor in sight."""
        # The header covers the first line, so the row is to be in the region below it.
        height = max(self.size.height - 1, 1)
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, immediate=True)
        elif self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, immediate=True)
