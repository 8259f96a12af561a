"""What cells of a row say against each other, which cannot be seen from what they were read as."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tui_booking.language import _, filled
from tui_booking.models.choices import Platform
from tui_booking.reading.cells import Cell, CellError
from tui_booking.reading.contacts import read_handle

# (index in the batch, message)
Found: TypeAlias = "list[tuple[int, str]]"


def find_other_platforms(handles: Sequence[Cell], platforms: Sequence[str | None] | None) -> Found:
    """Handles that are the address of a profile on another platform than the row's; TikTok where that names none."""
    found: Found = []
    for index, cell in enumerate(handles):
        if not isinstance(cell, str) or "/" not in cell:
            continue
        try:
            said = read_handle(cell)[0]
        except CellError:
            continue  # that is said of the cell itself
        named = platforms[index] if platforms is not None else None
        if said is None or said == (named or Platform.TIKTOK):
            continue
        if named is None:
            text = _("this is an address on {said}; write that into the column platform")
        else:
            text = _("this is an address on {said}, and the platform of the row is {named}; correct one of the two")
        found.append((index, filled(text, said=said, named=named)))
    return found
