"""A page of text that is read: wrapped to its width, scrolled by keys and wheel, one widget however long it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_booking.ui.widgets.plain_markdown import Line, lay_out, lay_out_plain

LayOut = Callable[[int], "Sequence[Line | Strip]"]

LOOKS = {
    "": Style(),
    "bold": Style(bold=True),
    "italic": Style(italic=True),
    "code": Style(reverse=True),
    "heading": Style(bold=True, underline=True),
    "muted": Style(dim=True),
}


class TextPage(ScrollView, can_focus=True):
    """Shows what `lay_out` makes of a width."""

    DEFAULT_CSS = """
    TextPage { height: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "scroll_up", show=False),
        Binding("down,j", "scroll_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown,space", "page_down", show=False),
        Binding("home,g", "scroll_home", show=False),
        Binding("end,G", "scroll_end", show=False),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lay_out: LayOut | None = None
        self.lines: Sequence[Line | Strip] = []
        self._laid_out_for = 0

    def show(self, lay_out: LayOut) -> None:
        """Show another text from its beginning."""
        self._lay_out = lay_out
        self._laid_out_for = 0
        self._flow()
        self.scroll_to(y=0, animate=False, immediate=True)

    def show_again(self) -> None:
        """Lay the same text out anew."""
        self._laid_out_for = 0
        self._flow()

    def show_text(self, text: str, *, markdown: bool = False) -> None:
        """Show a text as it is, or as Markdown."""
        self.show(lambda width: (lay_out if markdown else lay_out_plain)(text, width))

    def on_mount(self) -> None:
        # Bars and charts are laid out in the colours of a theme.
        self.app.theme_changed_signal.subscribe(self, lambda _theme: self.show_again())

    def on_resize(self) -> None:
        self._flow()

    def render_line(self, y: int) -> Strip:
        width, ground = self.size.width, self.rich_style
        line = y + self.scroll_offset.y
        pieces = self.lines[line] if line < len(self.lines) else []
        if isinstance(pieces, Strip):
            return pieces.apply_style(ground).adjust_cell_length(width, ground)
        strip = Strip([Segment(piece.text, ground + LOOKS[piece.look]) for piece in pieces])
        return strip.adjust_cell_length(width, ground)

    def _flow(self) -> None:
        width = self.scrollable_content_region.width
        if width < 1 or width == self._laid_out_for:
            return
        self._laid_out_for = width
        self.lines = self._lay_out(width) if self._lay_out else []
        self.virtual_size = Size(width, len(self.lines))
        self.refresh()
