"""The sections of the app as data: a page of declaration each, in the order of their keys."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections import bookings, campaigns, creators, finance, rules, videos
from tui_booking.ui.sections.declaration import Section, Tab

TABLES: tuple[Section, ...] = (
    campaigns.SECTION,
    creators.SECTION,
    bookings.SECTION,
    videos.SECTION,
    finance.SECTION,
    rules.SECTION,
)

# Key, name and label of all sections, those without a table included, as the rail shows them.
SECTIONS: tuple[tuple[str, str, str], ...] = (
    ("1", "dashboard", N_("Dashboard")),
    *((section.key, section.name, section.label) for section in TABLES),
    ("8", "import", N_("Import")),
)

# Kinds without a list of their own that are met in another one: its name, and the filter that narrows it to them.
MET_IN = {"user": ("campaigns", "owner")}

_OVERVIEW = (Tab(name="overview", label=N_("Overview")),)


def section_named(name: str) -> Section | None:
    """The section of that name, None where it has no table."""
    return next((section for section in TABLES if section.name == name), None)


def section_of_kind(kind: str) -> tuple[Section, str] | None:
    """The section that has a list of this kind of record, and the name of that list."""
    from tui_booking.services.listings import LISTINGS

    for section in TABLES:
        for name in section.listings:
            if LISTINGS[name].kind == kind:
                return section, name
    return None


def tabs_of(section: Section, kind: str) -> tuple[Tab, ...]:
    """The tabs of the detail of a record of this kind."""
    return section.tabs.get(kind, _OVERVIEW)
