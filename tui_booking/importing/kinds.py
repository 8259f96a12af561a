"""The fifteen kinds of import file, in the order in which they are imported."""

from __future__ import annotations

from tui_booking.importing.kind import Kind
from tui_booking.importing.kinds_finance import FINANCE
from tui_booking.importing.kinds_people import PEOPLE
from tui_booking.importing.kinds_results import RESULTS
from tui_booking.importing.kinds_work import WORK

KINDS: tuple[Kind, ...] = (*PEOPLE, *WORK, *RESULTS, *FINANCE)
KIND_BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}

__all__ = ["KINDS", "KIND_BY_NAME", "Kind"]
