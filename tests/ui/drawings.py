"""What tests ask of drawings."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.cells import cell_len
from textual.strip import Strip

from tui_booking import language
from tui_booking.language import Language

HOSTILE = "[/KOC] \x1b[31mLinh\x07\u202e \x9b2J\r\n[bold]🧧 Nguyễn" + "n" * 90


def texts(strips: Sequence[Strip]) -> list[str]:
    """The lines of a drawing."""
    return [strip.text for strip in strips]


def is_safe(strips: Sequence[Strip]) -> bool:
    """Whether no line has a character that a terminal might obey, and each is as wide as it says."""
    return all(
        not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} or char in "\u202e\u2066" for char in strip.text)
        and sum(cell_len(segment.text) for segment in strip) == strip.cell_length
        for strip in strips
    )


@contextmanager
def speaking(words: Language) -> Iterator[None]:
    """Numbers and days as in a language for a while; texts stay in English."""
    before = language._Spoken.language
    language._Spoken.language = words
    try:
        yield
    finally:
        language._Spoken.language = before
