"""The row of totals with which people end a sheet, and which reads like a record."""

from __future__ import annotations

from tui_booking.models.folding import fold
from tui_booking.reading.cells import Cell

_WORDS = frozenset(("tong", "tong cong", "tong so", "cong", "total", "totals", "grand total", "sum"))


def is_word_of_totals(cell: Cell) -> bool:
    """Whether a cell is what such a row begins with: `Tổng cộng:`."""
    return isinstance(cell, str) and len(cell) < 100 and fold(cell.strip(" :.*=-\u2013\u2014")) in _WORDS
