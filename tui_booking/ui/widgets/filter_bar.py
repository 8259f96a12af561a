"""The line above a table: what it is, what it is narrowed by, and the field to search in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from tui_booking.language import _, label_of
from tui_booking.services.declarations import Filter, FilterValue, Period, Query
from tui_booking.ui import formats
from tui_booking.ui.widgets.line_input import LineInput
from tui_booking.ui.widgets.plainly import cut, plain

_COMPARED = {"at_least": "≥ ", "at_most": "≤ "}


class Chips(Widget):
    """The filters as words, each with a cross that takes it away."""

    DEFAULT_CSS = "Chips { height: 1; width: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.others: list[tuple[str, str]] = []
        self.chips: list[tuple[str, str]] = []
        self._places: list[tuple[int, int, str]] = []

    def render(self) -> Text:
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(f" {self.title} ", "bold")
        self._places = []
        for number, (name, label) in enumerate(self.others):
            text.append("  ")
            start = text.cell_len
            # The key goes to the first of them.
            text.append(f"{label} (v)" if number == 0 else label, "dim")
            self._places.append((start, text.cell_len, name))
        if self.others:
            text.append(" ")
        for name, words in self.chips:
            text.append(" ")
            start = text.cell_len
            text.append(f"[{words} ×]", "reverse")
            self._places.append((start, text.cell_len, name))
        return text

    def on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, end, name in self._places:
            if offset is not None and start <= offset.x < end:
                is_list = any(name == other for other, _label in self.others)
                self.post_message(FilterBar.ListAsked(name) if is_list else FilterBar.FilterDropped(name))


class FilterBar(Widget):
    """The title and chips of a list, or the field while one searches."""

    DEFAULT_CSS = """
    FilterBar { height: 1; layout: horizontal; background: $boost; }
    FilterBar Input { width: 34; height: 1; border: none; padding: 0 1; display: none; background: $surface; }
    FilterBar.-searching Input { display: block; }
    """

    class SearchChanged(Message):
        """Other words are searched for."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class SearchLeft(Message):
        """The search is as it should be: the person wants to go on in the table."""

    class FilterDropped(Message):
        """A filter, or the search (by its name `search`), is to be taken away."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    class ListAsked(Message):
        """Another list of the section is wanted."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self) -> None:
        super().__init__(id="filter-bar")
        self._quiet = False
        # What was typed, and is not answered yet: an answer to it is not to take back what was typed since.
        self._typed: list[str] = []

    def compose(self) -> ComposeResult:
        yield LineInput(placeholder=_("search"), compact=True, id="search")
        yield Chips()

    def show(self, query: Query, title: str, names: Mapping[UUID, str], others: Sequence[tuple[str, str]] = ()) -> None:
        """Say what a list is narrowed by; `names` are those of records that filters point at, `others` the names and
        labels of the section's other lists, the next one first."""
        chips = [
            (name, f"{_(query.listing.filter(name).label)}: {filter_words(query.listing.filter(name), value, names)}")
            for name, value in query.filters
        ]
        if query.deleted:
            chips.append(("deleted", _("with deleted")))
        field = self.query_one(Input)
        if query.search in self._typed:
            del self._typed[: self._typed.index(query.search) + 1]
        elif field.value != query.search:
            self._typed.clear()
            self._quiet = True
            field.value = query.search
        self.set_class(bool(query.search) or field.has_focus, "-searching")
        drawn = self.query_one(Chips)
        drawn.title, drawn.chips, drawn.others = title, chips, list(others)
        drawn.refresh()

    def search(self) -> None:
        """Let the person type."""
        self.add_class("-searching")
        self.query_one(Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._quiet:
            self._quiet = False
            return
        self._typed.append(event.value)
        self.post_message(self.SearchChanged(event.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.SearchLeft())

    def on_key(self, event: events.Key) -> None:
        if event.key in ("down", "tab"):
            event.stop()
            event.prevent_default()
            self.post_message(self.SearchLeft())


def filter_words(narrowed_by: Filter, value: FilterValue, names: Mapping[UUID, str]) -> str:
    """What a filter asks for, in words."""
    if isinstance(value, tuple):
        by_value = {word.value: word for word in narrowed_by.words or ()}
        return ", ".join(label_of(by_value[word]) if word in by_value else word for word in value)
    if isinstance(value, UUID):
        return cut(plain(names.get(value, "…")), 24)
    if isinstance(value, Period):
        start, end = (formats.format_value(day, "date") if day else "" for day in (value.start, value.end))
        if start == end:
            return start
        if not value.start or not value.end:
            return _("until {day}").format(day=end) if value.end else _("from {day}").format(day=start)
        return f"{start}–{end}"
    if isinstance(value, bool):
        return _("yes")
    shown = plain(str(value)) if isinstance(value, str) else formats.format_value(value, "count")
    return f"{_COMPARED.get(narrowed_by.kind, '')}{shown}"
