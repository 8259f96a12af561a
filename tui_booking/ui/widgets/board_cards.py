"""A board as lines: a column a status with its count, cards of three lines; the chosen one has a sign and a colour."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from tui_booking.language import _
from tui_booking.services.board import Card
from tui_booking.ui.widgets.cash_calendar import LATE
from tui_booking.ui.widgets.drawing import NO_INK, Ink, cut, padded, strip_of
from tui_booking.ui.widgets.short_numbers import short_day, short_number

CARD_LINES = 4
HEAD_LINES = 2
POINTER = "▸"
_LEAST = 15
_FAR = 300


@dataclass(frozen=True, slots=True)
class Lane:
    """A column as it is seen: its name and note, how many cards it has (`size` says that), where it stands.

    `card` gives the card at a position, None where it has not been read yet.
    """

    title: str
    note: str
    size: str
    count: int
    cursor: int
    top: int
    card: Callable[[int], Card | None]


def lanes_that_fit(width: int, lanes: int, current: int) -> range:
    """The columns that are seen: all where there is room, else the current one and those around it."""
    fit = max(min((width + 1) // (_LEAST + 1), lanes), 1)
    first = min(max(current - fit // 2, 0), lanes - fit)
    return range(first, first + fit)


def draw_board(
    lanes: Sequence[Lane], current: int, width: int, height: int, ink: Ink = NO_INK, *, today: date, has_focus: bool
) -> list[Strip]:
    """The board in exactly that size."""
    seen = lanes_that_fit(width, len(lanes), current)
    size = (width + 1) // len(seen) - 1
    parts: list[list[tuple[str, Style]]] = [[] for _line in range(height)]
    for index in seen:
        more = (" ‹" if index == seen[0] and index > 0 else "") + (
            " ›" if index == seen[-1] and index + 1 < len(lanes) else ""
        )
        drawn = _draw_lane(
            lanes[index],
            size,
            height,
            ink,
            today=today,
            more=more,
            is_current=index == current,
            has_focus=has_focus,
        )
        for line, part in zip(parts, drawn, strict=True):
            line.extend(part if index == seen[0] else [("│", ink.muted), *part])
    return [strip_of(width, line) for line in parts]


def _draw_lane(
    lane: Lane, size: int, height: int, ink: Ink, *, today: date, more: str, is_current: bool, has_focus: bool
) -> list[list[tuple[str, Style]]]:
    told = f" {lane.size}{more}"
    title = padded(cut((POINTER if is_current else " ") + lane.title, size - len(told)) + told, size)
    lines = [[(title, ink.strong if is_current else ink.text)], [(padded(" " + lane.note, size), ink.muted)]]
    for position in range(lane.top, lane.count):
        if len(lines) >= height:
            break
        is_chosen = is_current and has_focus and position == lane.cursor
        lines += draw_card(lane.card(position), size, ink, today, is_chosen=is_chosen)
    lines += [[(" " * size, ink.text)]] * (height - len(lines))
    return lines[:height]


def draw_card(
    card: Card | None, size: int, ink: Ink, today: date, *, is_chosen: bool = False
) -> list[list[tuple[str, Style]]]:
    """Code, creator, fee and next deadline; a card that has not been read yet is an ellipsis."""
    blank = [(" " * size, ink.text)]
    if card is None:
        return [[(padded(" …", size), ink.muted)], blank, blank, blank]
    head, fee = (POINTER if is_chosen else " "), short_number(card.fee)
    if card.currency != "VND":
        fee += f" {card.currency}"
    day, is_late = "", card.deadline is not None and card.deadline < today
    if card.deadline is not None:
        far = abs((card.deadline - today).days) > _FAR
        day = (LATE + " " if is_late else "") + short_day(card.deadline, year=far)
    # Where both find no room, the fee stands at the edge.
    room = max(size - cell_len(day) - 1, 0)
    fee = cut(fee if cell_len(fee) >= room else " " + fee, room)
    lines = [
        [(padded(head + card.code, size), ink.strong)],
        [(padded(" " + card.creator, size), ink.text)],
        [(fee, ink.text), (padded(day, size - cell_len(fee), right=True), ink.bad if is_late else ink.muted)],
    ]
    if is_chosen:
        lines = [[(text, ink.chosen) for text, _style in line] for line in lines]
    return [*lines, blank]


def no_bookings(width: int, ink: Ink = NO_INK) -> Strip:
    """What a board without cards says."""
    text = _("No bookings here. Esc goes back to the list, where F clears the filters and n makes one.")
    return strip_of(width, [(cut(" " + text, width), ink.text)])
