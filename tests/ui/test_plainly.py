"""Text is cut only where it finds no room."""

from __future__ import annotations

import unicodedata

from tui_booking.ui.widgets.plainly import cut


def test_a_name_whose_marks_are_stored_apart_is_whole_where_it_fits() -> None:
    name = unicodedata.normalize("NFD", "Nguyễn Đức Thế")
    assert cut(name, 14) == name
    assert unicodedata.normalize("NFC", cut(name, 10)) == "Nguyễn Đứ…"
