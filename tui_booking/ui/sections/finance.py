"""Finance: what is to be paid, and what was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from tui_booking.models.database import Store


def _begin(store: Store, today: date) -> UUID | None:
    """At what is to be paid next: above it stands what comes later, below what was due or is paid."""
    from tui_booking.services.payments import first_due

    return first_due(store, today)


SECTION = Section(
    key="6",
    name="finance",
    label=N_("Finance"),
    listings=("payments",),
    tabs={
        "payment": (
            Tab(name="overview", label=N_("Payment")),
            Tab(name="balance", label=N_("Balance of the booking")),
        ),
    },
    begins_at=_begin,
    empty=N_("No payments yet. Press n for a new one, or 8 to import files."),
)
