"""Whether what a person types means something: every word of it, marks and case aside, as in every search."""

from __future__ import annotations

from tui_booking.models.folding import fold


def fits(typed: str, label: str) -> bool:
    """Whether each word that was typed stands somewhere in the label; nothing typed fits everything."""
    folded = fold(label)
    return all(word in folded for word in fold(typed).split())


def same(typed: str, label: str) -> bool:
    """Whether the two are the same but for marks, case and white space."""
    return fold(typed) == fold(label)
