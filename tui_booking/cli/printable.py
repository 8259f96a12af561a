"""Text as it may be written to a terminal."""

from __future__ import annotations


def make_printable(text: str) -> str:
    """One line that no stored text can turn into a control sequence: what is not printable is written as its escape."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
