"""Finance: what is to be paid, and what was."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

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
    empty=N_("No payments yet. Press n for a new one, or 8 to import files."),
)
