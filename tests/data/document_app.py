"""The parts of the documents that are made from the app's declarations: its keys, and the lists of each section."""

from __future__ import annotations

from tests.data.document_models import table_of
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.commands import COMMANDS, PLACES, shown_key
from tui_booking.ui.sections import TABLES, section_named, tabs_of

SECTIONS_WITH_LISTS = [section.name for section in TABLES]


def describe_keys() -> str:
    """Every command of every place with its keys."""
    parts = []
    for place, heading in PLACES.items():
        rows = [
            [f"`{one.id}`", " ".join(f"`{_key(key)}`" for key in one.keys.split(",")), one.label, one.about]
            for one in COMMANDS
            if one.is_in(place)
        ]
        if rows:
            parts += [f"### {heading}", table_of(("name", "keys", "command", "what it does"), rows)]
    return "\n\n".join(parts)


def _key(key: str) -> str:
    """A key as a page writes it."""
    key = key.strip()
    return f"Ctrl+{key[5:].upper()}" if key.startswith("ctrl+") else shown_key(key)


def describe_lists(name: str) -> str:
    """The lists of a section: columns, filters, and what the detail of a record has."""
    section = section_named(name)
    assert section is not None
    rows = []
    for each in section.listings:
        listing = LISTINGS[each]
        columns = ", ".join(one.label if one.shown else f"({one.label})" for one in listing.columns)
        filters = ", ".join(one.label for one in listing.filters)
        tabs = ", ".join(tab.label for tab in tabs_of(section, listing.kind))
        rows.append([f"**{listing.label}**", columns, filters, tabs])
    told = "Columns in brackets are shown when they are chosen with `c`."
    return f"{table_of(('list', 'columns', 'filters', 'tabs of the detail'), rows)}\n\n{told}"
