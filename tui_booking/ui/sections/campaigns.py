"""Campaigns: what is planned, and what it comes to."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

CAMPAIGN_TABS = (
    Tab(name="overview", label=N_("Overview")),
    Tab(name="products", label=N_("Products"), shows="records", listing="campaign_products", inline=True),
    Tab(name="creators", label=N_("Creators"), shows="records", listing="campaign_creators", inline=True),
    Tab(name="bookings", label=N_("Bookings"), shows="records", listing="bookings"),
    Tab(name="videos", label=N_("Videos"), shows="records", listing="videos"),
    Tab(name="payments", label=N_("Payments"), shows="records", listing="payments"),
    Tab(name="tracking", label=N_("Tracking"), shows="records", listing="tracking_assets", inline=True),
)

SECTION = Section(
    key="2",
    name="campaigns",
    label=N_("Campaigns"),
    listings=("campaigns", "brands", "products"),
    tabs={
        "campaign": CAMPAIGN_TABS,
        "brand": (
            Tab(name="overview", label=N_("Overview")),
            Tab(name="products", label=N_("Products"), shows="records", listing="products", inline=True),
            Tab(name="campaigns", label=N_("Campaigns"), shows="records", listing="campaigns"),
        ),
        "product": (Tab(name="overview", label=N_("Overview")),),
    },
    empty=N_("No campaigns yet. Press n for a new one, or 8 to import files."),
)
