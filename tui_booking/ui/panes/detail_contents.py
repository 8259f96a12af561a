"""What a tab of the detail shows: asked in one job, laid out for a width when it is drawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.services.fields import FORMS
from tui_booking.services.names import name_of
from tui_booking.services.overviews import Fact, Point, overview, series
from tui_booking.services.records import load
from tui_booking.ui.formats import format_value
from tui_booking.ui.sections.declaration import Tab
from tui_booking.ui.widgets.bars import target_bar
from tui_booking.ui.widgets.drawing import Ink
from tui_booking.ui.widgets.line_chart import line_chart
from tui_booking.ui.widgets.plain_markdown import Line, Piece, lay_out, lay_out_plain
from tui_booking.ui.widgets.plainly import wrap

if TYPE_CHECKING:
    from tui_booking.models.database import Store

# A width and a height in cells, and the styles to draw with, to lines.
LayOut = Callable[[int, int, Ink], list["Line | Strip"]]

_WIDEST_LABEL = 22
_CHART_HEIGHT = 16


@dataclass(frozen=True, slots=True)
class Content:
    """What was read for a tab: the record's name, and how to lay it out; None where a table shows it."""

    title: str
    lay_out: LayOut | None


def read_content(store: Store, kind: str, id: UUID, tab: Tab) -> Content:  # noqa: A002
    """Read what a tab shows of a record. Raises Gone where it is not there."""
    return Content(name_of(store, kind, id), _READERS[tab.shows](store, kind, id, tab))


def _read_facts(store: Store, kind: str, id: UUID, tab: Tab) -> LayOut:  # noqa: A002
    facts = overview(store, kind, id, tab.name)
    return lambda width, _height, ink: lay_out_facts(facts, width, ink)


def _read_text(store: Store, kind: str, id: UUID, tab: Tab) -> LayOut:  # noqa: A002
    value = load(store, kind, id).values[tab.name]
    is_markdown = FORMS[kind].field(tab.name).kind == "markdown"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=2)
    if not text.strip():
        return lambda _width, _height, _ink: [[Piece(_("Nothing is written here."), "muted")]]
    return lambda width, _height, _ink: list((lay_out if is_markdown else lay_out_plain)(text, width))


def _read_chart(store: Store, kind: str, id: UUID, tab: Tab) -> LayOut:  # noqa: A002
    points = series(store, kind, id, tab.name)
    caption = _(tab.label)
    return lambda width, height, ink: lay_out_chart(points, caption, width, height, ink)


def _read_nothing(*_of: Any) -> None:
    return None


_READERS: dict[str, Callable[[Store, str, UUID, Tab], LayOut | None]] = {
    "facts": _read_facts,
    "text": _read_text,
    "chart": _read_chart,
    "records": _read_nothing,
}


def lay_out_facts(facts: list[Fact], width: int, ink: Ink) -> list[Line | Strip]:
    """A line a fact, label before value, and a bar where there is a goal; what is long goes on below."""
    widest = min(max((cell_len(fact.label) for fact in facts), default=0), _WIDEST_LABEL, max(width // 3, 8))
    lines: list[Line | Strip] = []
    for fact in facts:
        lines.extend(_lay_out_fact(fact, widest, width, ink))
    return lines


def _lay_out_fact(fact: Fact, label_width: int, width: int, ink: Ink) -> list[Line | Strip]:
    label_lines = wrap(fact.label, label_width)
    room = max(width - label_width - 2, 8)
    value = format_value(fact.value, fact.kind, currency=fact.currency)
    is_long = fact.kind in ("text", "markdown", "json", "link", "code") and isinstance(fact.value, str)
    pieces = wrap(str(fact.value), room) if is_long and fact.value else [value]
    note = f"  {fact.note}" if fact.note else ""
    if fact.goal is not None:
        goal = format_value(fact.goal, fact.kind, currency=fact.currency)
        note = f"  {_('of {goal}').format(goal=goal)}{note}"
    if note and cell_len(pieces[-1] + note) > room:
        pieces.append("")
        note = note.strip()
    lines: list[Line | Strip] = []
    for number in range(max(len(label_lines), len(pieces))):
        label = label_lines[number] if number < len(label_lines) else ""
        line = [Piece(label + " " * (label_width + 2 - cell_len(label)), "muted")]
        if number < len(pieces):
            line.append(Piece(pieces[number], "bold" if number == 0 else ""))
            if note and number == len(pieces) - 1:
                line.append(Piece(note, "muted"))
        lines.append(line)
    if fact.goal is not None:
        bar = target_bar("", _number(fact.value), _number(fact.goal), room + 1, ink, label_width=0)
        blank = Strip([Segment(" " * (label_width + 1))])
        lines.append(Strip.join([blank, bar]))
    return lines


def _number(value: Any) -> Any:
    return value if isinstance(value, int | float | Decimal) else None


def lay_out_chart(points: list[Point], caption: str, width: int, height: int, ink: Ink) -> list[Line | Strip]:
    """A line through the points; what it is too small for, or has none, is said."""
    if not points:
        return [[Piece(_("There are no figures yet."), "muted")]]
    by_day = {}
    for point in points:
        # The last of a day stands for it.
        by_day[point.at.date() if isinstance(point.at, datetime) else point.at] = point.value
    return list(line_chart(sorted(by_day.items()), width, min(max(height, 6), _CHART_HEIGHT), ink, caption=caption))
