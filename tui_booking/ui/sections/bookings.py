"""Bookings: what was agreed, and how far it is."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

SECTION = Section(
    key="4",
    name="bookings",
    label=N_("Bookings"),
    listings=("bookings",),
    tabs={
        "booking": (
            Tab(name="overview", label=N_("Overview")),
            Tab(name="deliverables", label=N_("Deliverables"), shows="records", listing="deliverables", inline=True),
            Tab(name="status_history", label=N_("History"), shows="records", listing="status_history"),
            Tab(name="videos", label=N_("Videos"), shows="records", listing="videos", inline=True),
            Tab(name="payments", label=N_("Payments"), shows="records", listing="payments", inline=True),
            Tab(name="brief_summary", label=N_("Brief"), shows="text"),
        ),
    },
    empty=N_("No bookings yet. Press n for a new one, or 8 to import files."),
)
