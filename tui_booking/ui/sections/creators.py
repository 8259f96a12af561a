"""Creators: whom we know, how to reach them, what they ask and what they achieved."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

SECTION = Section(
    key="3",
    name="creators",
    label=N_("Creators"),
    listings=("creators", "tags"),
    tabs={
        "creator": (
            Tab(name="overview", label=N_("Profile")),
            Tab(name="channels", label=N_("Channels"), shows="records", listing="creator_channels", inline=True),
            Tab(name="contacts", label=N_("Contacts"), shows="records", listing="creator_contacts", inline=True),
            Tab(name="rate_cards", label=N_("Rate cards"), shows="records", listing="rate_cards", inline=True),
            Tab(name="notes", label=N_("Notes"), shows="records", listing="creator_notes", inline=True),
            Tab(name="tags", label=N_("Tags"), shows="records", listing="creator_tags", inline=True),
            Tab(name="bookings", label=N_("Bookings"), shows="records", listing="bookings"),
            Tab(name="videos", label=N_("Videos"), shows="records", listing="videos"),
            Tab(name="payments", label=N_("Payments"), shows="records", listing="payments"),
            Tab(name="track_record", label=N_("Track record")),
        ),
        "creator_tag": (Tab(name="overview", label=N_("Overview")),),
    },
    empty=N_("No creators yet. Press n for a new one, or 8 to import files."),
)
