"""Rules and templates: what is to be noticed, and what is written again and again."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.ui.sections.declaration import Section, Tab

SECTION = Section(
    key="7",
    name="rules",
    label=N_("Rules & templates"),
    listings=("rules", "templates"),
    tabs={
        "rule": (
            Tab(name="overview", label=N_("Overview")),
            Tab(name="condition_json", label=N_("Condition"), shows="text"),
            Tab(name="action_json", label=N_("Action"), shows="text"),
            Tab(name="log", label=N_("Log"), shows="records", listing="rule_logs"),
        ),
        "template": (
            Tab(name="content", label=N_("Text"), shows="text"),
            Tab(name="overview", label=N_("Overview")),
            Tab(name="variables", label=N_("Variables"), shows="text"),
        ),
    },
    empty=N_("No rules yet. Press n for a new one, or v for the templates."),
)
