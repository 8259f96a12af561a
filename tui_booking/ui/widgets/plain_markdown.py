"""Markdown laid out for a terminal: headings, lists, quotes and emphasis, and nothing that could be obeyed.

Markdown that people write is short. What is not known here stands as it was written, which is readable too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len

from tui_booking.ui.widgets.plainly import plain, wrap


class Piece(NamedTuple):
    """Some text of a line, and how it looks: `bold`, `italic`, `code`, `heading`, `muted` or nothing of these."""

    text: str
    look: str = ""


Line = list[Piece]

_INLINE = re.compile(
    r"\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*"
    r"|(?<![\w*])\*(?P<italic>[^*\s](?:[^*]*[^*\s])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<under>[^_\s](?:[^_]*[^_\s])?)_(?![\w_])"
    r"|`(?P<code>[^`]+)`"
    r"|\[(?P<text>[^\]]+)\]\((?P<address>[^)\s]+)\)"
)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_ITEM = re.compile(r"(\s*)([-*+]|\d{1,3}[.)])\s+(.*)$")
_RULE = re.compile(r"\s*([-*_])(\s*\1){2,}\s*$")


def lay_out(text: str, width: int) -> list[Line]:
    """Markdown as lines of at most `width` cells."""
    lines: list[Line] = []
    fence = ""
    for line in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"):
        mark = line.strip()[:3]
        if fence:
            if mark == fence:
                fence = ""
            else:
                lines.extend([Piece(part, "code")] for part in wrap(line, width))
        elif mark in {"```", "~~~"}:
            fence = mark
        else:
            lines.extend(_lay_out_line(line, width))
    return lines


def lay_out_plain(text: str, width: int) -> list[Line]:
    """Text that is no Markdown as lines of at most `width` cells."""
    return [[Piece(line)] for line in wrap(text, width)]


def _lay_out_line(line: str, width: int) -> Iterator[Line]:
    if heading := _HEADING.match(line):
        yield from _flow(heading[2], width, "", "", "heading")
    elif _RULE.match(line):
        yield [Piece("─" * width, "muted")]
    elif item := _ITEM.match(line):
        sign = "•" if item[2] in "-*+" else item[2]
        start = f"{item[1][: width // 3]}{sign} "
        yield from _flow(item[3], width, start, " " * cell_len(start))
    elif line.startswith(">"):
        yield from _flow(line.lstrip("> "), width, "│ ", "│ ", "muted")
    else:
        yield from _flow(line, width, "", "")


def _flow(text: str, width: int, first: str, rest: str, look: str = "") -> Iterator[Line]:
    """Emphasised text in lines: emphasis is told first, so that a word keeps it across the end of a line."""
    pieces = [Piece(plain(piece.text), piece.look or look) for piece in _emphasis(text)]
    whole = "".join(piece.text for piece in pieces)
    place = 0
    for number, line in enumerate(wrap(whole, max(width - cell_len(first), 8))):
        start = whole.index(line, place) if line else place
        place = start + len(line)
        margin = first if number == 0 else rest
        yield ([Piece(margin, look)] if margin else []) + list(_between(pieces, start, place))


def _emphasis(text: str) -> Iterator[Piece]:
    place = 0
    for found in _INLINE.finditer(text):
        yield Piece(text[place : found.start()])
        place = found.end()
        if found["text"]:
            yield Piece(found["text"], "bold")
            if found["address"] != found["text"]:
                yield Piece(f" ({found['address']})", "muted")
        elif found["code"]:
            yield Piece(found["code"], "code")
        else:
            yield Piece(found["bold"] or found["italic"] or found["under"], "bold" if found["bold"] else "italic")
    yield Piece(text[place:])


def _between(pieces: list[Piece], start: int, end: int) -> Iterator[Piece]:
    place = 0
    for piece in pieces:
        part = piece.text[max(start - place, 0) : max(end - place, 0)]
        place += len(piece.text)
        if part:
            yield Piece(part, piece.look)
