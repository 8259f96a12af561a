"""Lines of plain text as the widgets draw them: cut to their width, safe whatever is in them, few segments."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, fields

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.ui.widgets.plainly import plain

_PLAIN = Style()
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Ink:
    """The styles that drawings use; without them they say the same."""

    text: Style = _PLAIN
    muted: Style = _PLAIN
    strong: Style = _PLAIN
    line: Style = _PLAIN
    good: Style = _PLAIN
    warning: Style = _PLAIN
    bad: Style = _PLAIN
    chosen: Style = _PLAIN


NO_INK = Ink()
INK_CLASSES = {f"ink--{field.name}" for field in fields(Ink)}
INK_CSS = """
{name} > .ink--text {{ color: $foreground; }}
{name} > .ink--muted {{ color: $text-muted; }}
{name} > .ink--strong {{ color: $foreground; text-style: bold; }}
{name} > .ink--line {{ color: $text-accent; }}
{name} > .ink--good {{ color: $text-success; }}
{name} > .ink--warning {{ color: $text-warning; }}
{name} > .ink--bad {{ color: $text-error; text-style: bold; }}
{name} > .ink--chosen {{ color: $block-cursor-foreground; background: $block-cursor-background; text-style: bold; }}
"""


def ink_of(widget: Widget) -> Ink:
    """The ink of a widget whose component classes are INK_CLASSES."""
    return Ink(*(widget.get_component_rich_style(f"ink--{field.name}") for field in fields(Ink)))


def cut(text: str, width: int) -> str:
    """A text in one line of at most that many cells; an ellipsis says that there is more."""
    text = plain(text)
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + ELLIPSIS if width > 0 else ""


def padded(text: str, width: int, *, right: bool = False) -> str:
    """A text in one line of exactly that many cells."""
    text = cut(text, width)
    space = " " * (width - cell_len(text))
    return space + text if right else text + space


def strip_of(width: int, parts: Iterable[tuple[str, Style]]) -> Strip:
    """A line of exactly that many cells from texts and their styles; what has one style is one segment."""
    segments: list[Segment] = []
    texts: list[str] = []
    style = _PLAIN
    for text, wanted in parts:
        if not text:
            continue
        if texts and wanted != style:
            segments.append(Segment(plain("".join(texts)), style))
            texts = []
        style = wanted
        texts.append(text)
    if texts:
        segments.append(Segment(plain("".join(texts)), style))
    return Strip(segments).adjust_cell_length(max(width, 0))


def runs(cells: Iterable[tuple[str, Style]]) -> list[tuple[str, Style]]:
    """Cells as (text, style), with neighbours of one style put together."""
    found: list[tuple[str, Style]] = []
    for text, style in cells:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + text, style)
        else:
            found.append((text, style))
    return found


def sized(strips: list[Strip], width: int, height: int) -> list[Strip]:
    """As many lines as asked for: blank ones are added, and lines that find no room are left out."""
    blank = [Strip.blank(max(width, 0))] * (height - len(strips))
    return [*strips[: max(height, 0)], *blank]


# --- Terminals that show neither braille nor blocks -------------------------------------------------------------------

_UPPER, _LOWER = 0b0001_1011, 0b1110_0100
_SIMPLE = {0x2800 + dots: " '.:"[bool(dots & _UPPER) + 2 * bool(dots & _LOWER)] for dots in range(256)}
_SIMPLE |= dict(zip(map(ord, "▏▎▍▌▋▊▉█▐"), "   #####|", strict=True))
_SIMPLE |= dict(zip(map(ord, "▁▂▃▄▅▆▇▒░▓"), "__..::|+.*", strict=True))
_SIMPLE |= dict(zip(map(ord, "─│┃└┤┬▸▲✓·…–‹›×»"), "-||+++>^v..-<>x>", strict=True))


def draws_simply() -> bool:
    """Whether the terminal is one whose font has neither braille nor block elements."""
    return os.environ.get("TERM", "") in {"linux", "vt100", "vt220"}


def simply(strips: list[Strip]) -> list[Strip]:
    """The same drawing in ASCII; texts keep their letters."""
    return [
        Strip([Segment(text.translate(_SIMPLE), style) for text, style, _ in strip], strip.cell_length)
        for strip in strips
    ]
