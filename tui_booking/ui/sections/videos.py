"""Videos: what was posted, how it does, and the codes and orders that came of it."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

SECTION = Section(
    key="5",
    name="videos",
    label=N_("Videos"),
    listings=("videos", "tracking_assets", "conversions"),
    tabs={
        "video": (
            Tab(name="overview", label=N_("Overview")),
            Tab(name="snapshots", label=N_("Snapshots"), shows="records", listing="snapshots", inline=True),
            Tab(name="views", label=N_("Views over time"), shows="chart"),
        ),
        "tracking_asset": (
            Tab(name="overview", label=N_("Overview")),
            Tab(name="conversions", label=N_("Orders"), shows="records", listing="conversions", inline=True),
        ),
        "tracking_conversion": (Tab(name="overview", label=N_("Overview")),),
    },
    empty=N_("No videos yet. Press n for a new one, or 8 to import files."),
)
