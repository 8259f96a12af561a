"""What a board holds of each status: the cards that are read, where its cursor is, and a card on its way elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_booking.services.board import BY_DEADLINE_UP_TO, Card, card_of
from tui_booking.ui.widgets.short_numbers import UNKNOWN, short_number

if TYPE_CHECKING:
    from tui_booking.models.choices import BookingStatus
    from tui_booking.services.pages import RowSource


@dataclass(slots=True)
class Column:
    """The cards of one status, read as they are needed; without a source none are let through."""

    status: BookingStatus
    source: RowSource | None = None
    by_deadline: bool = True
    cursor: int = 0
    top: int = 0

    @property
    def count(self) -> int:
        """How many cards there are, or can be reached by now."""
        return 0 if self.source is None else self.source.reach

    @property
    def size(self) -> str:
        """How many there are, as far as that is known."""
        if self.source is None:
            return UNKNOWN
        if self.source.total is None:
            return f"{short_number(BY_DEADLINE_UP_TO if not self.by_deadline else self.count)}+"
        return short_number(self.source.total)

    def card(self, position: int) -> Card | None:
        row = self.source.row(position) if self.source is not None else None
        return None if row is None else card_of(row)


@dataclass(frozen=True, slots=True)
class Held:
    """A card on its way to another column, on which the cursor stays wherever it comes to stand."""

    card: Card
    column: int
