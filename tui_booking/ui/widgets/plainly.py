"""Stored text as it may stand on a screen: nothing in it is markup, and no sign of it is a command to the terminal."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

# What joins and shapes signs beside it without a width of its own: terminals disagree about how wide the whole is.
_JOINERS = {0x200B, 0x200C, 0x200D, 0x2060, 0x00AD, *range(0xFE00, 0xFE10)}
# Letters that are drawn as nothing.
_FILLERS = {0x115F, 0x1160, 0x3164, 0xFFA0}
# A letter has two marks in Vietnamese; heaps of them spill over the lines above and below.
_HEAPS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{2})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)


class _Signs(dict[int, str]):
    """What each character is shown as, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        if code < 0x20:
            shown = chr(0x2400 + code)
        elif code == 0x7F:
            shown = "␡"
        elif code in {0x2028, 0x2029}:
            shown = "␤"
        elif code in _JOINERS:
            shown = ""
        elif code in _FILLERS or unicodedata.category(chr(code)) in ("Cc", "Cf", "Cs"):
            # What turns the direction of writing, or is no character: it would hide or turn what stands beside it.
            shown = "�"
        else:
            shown = chr(code)
        self[code] = shown
        return shown


_SIGNS = _Signs()


def plain(text: str) -> str:
    """The text on one line: control characters as signs (ESC is ␛), a line's end as ␊."""
    if text.isascii():
        return text if text.isprintable() else text.translate(_SIGNS)
    return _HEAPS.sub(r"\1", text.translate(_SIGNS))


def cut(text: str, width: int) -> str:
    """The text in at most `width` cells, ending in … where some of it is left out."""
    # A cell holds a letter and two marks at most; what is longer is not measured to its end.
    if len(text) <= 3 * width and cell_len(text) <= width:
        return text
    kept, used = [], 0
    for sign in text:
        used += cell_len(sign)
        if used > width - 1:
            break
        kept.append(sign)
    return "".join(kept) + "…" if width > 0 else ""


def cut_within(code: str, width: int) -> str:
    """A code in at most `width` cells, cut within: many begin alike, and their ends tell them apart."""
    if len(code) <= 3 * width and cell_len(code) <= width:
        return code
    if width < 1:
        return ""
    head = width // 3
    tail = code
    while tail and cell_len(tail) > width - head - 1:
        tail = tail[1:]
    return cut(code, head + 1) + tail


def pad(text: str, width: int) -> str:
    """The text in exactly `width` cells, cut or filled with spaces."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))


def wrap(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells, broken between words where it can be; at least one line."""
    width = max(width, 1)
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n"):
        lines.extend(_wrap_line(plain(line), width))
    return lines


def _wrap_line(line: str, width: int) -> Iterator[str]:
    while cell_len(line) > width:
        end, used, space = 0, 0, 0
        for end, sign in enumerate(line):
            used += cell_len(sign)
            if used > width:
                break
            if sign == " ":
                space = end
        # A sign wider than the line stands alone rather than never.
        end = max(end, 1)
        if line[end] == " ":
            space = end
        if line[:space].strip():
            yield line[:space]
            line = line[space + 1 :]
        else:
            yield line[:end]
            line = line[end:]
    yield line


def write(text: str, width: int, style: Style) -> Strip:
    """One line of a widget in one style, cut or filled to its width; the text must be plain already."""
    return Strip([Segment(pad(text, width), style)], width)


if TYPE_CHECKING:
    from textual.widget import Widget as _Drawn
else:
    # Styles are inherited from the first widget among the bases, which is to be the Input or the TextArea.
    _Drawn = object


class Plainly(_Drawn):
    """Before an Input or a TextArea among the bases: whatever is typed, pasted or loaded is drawn plainly."""

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if all(segment.text.isprintable() for segment in strip):
            return strip
        width = strip.cell_length
        shown = Strip([Segment(plain(segment.text), segment.style) for segment in strip])
        return shown.adjust_cell_length(width)
