"""Reading one cell, whatever its column holds: the forgiving way, for what is not already in its stored form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from tui_booking.importing.columns import Type
from tui_booking.importing.words import read_choice, read_flag
from tui_booking.language import N_
from tui_booking.reading.cells import (
    EDGES,
    Cell,
    CellError,
    bounded,
    free_text_of,
    guard_formula,
    plain_text_of,
    refuse_lost_digits,
    text_of,
    unguard_formula,
    without_hidden,
)
from tui_booking.reading.contacts import (
    LONG_NAME,
    SHORT_TEXT,
    read_email,
    read_handle,
    read_phone,
    read_url,
    tiktok_video_id,
)
from tui_booking.reading.dates import read_date, read_time
from tui_booking.reading.money import read_currency, read_money
from tui_booking.reading.numerals import read_exchange, read_rate, read_whole

if TYPE_CHECKING:
    from tui_booking.importing.columns import Column

LONG_TEXT = 1_000_000

HAD_HIDDEN = N_("holds characters that have no width and are not seen; they are left out")
WAS_NUMBER = N_("is written as a number with .0 behind it and read without; if that belongs to it, put ' in front")

_FORCED = re.compile(r"'[0-9]+(?:\.0+)?\Z|=\"")
_WHOLE_NUMBER = re.compile(r"([1-9][0-9]{0,14})\.0")


class Reading(NamedTuple):
    """What a cell holds in the text form that is staged, None where it is empty; and what is odd about it."""

    value: str | None
    warning: str | None = None


def read_code(cell: Cell) -> Reading:
    """A code that people give: kept exactly, leading zeros and all, but for what is not seen."""
    forced = isinstance(cell, str) and _FORCED.match(cell.strip(EDGES))
    text = plain_text_of(cell) if forced else free_text_of(cell)
    seen = without_hidden(text)
    refuse_lost_digits(seen)
    # As in a workbook, where a number cell shows no fraction that it has not.
    number = None if forced else _WHOLE_NUMBER.fullmatch(seen)
    if number:
        return Reading(number[1], WAS_NUMBER)
    return Reading(bounded(seen, SHORT_TEXT), HAD_HIDDEN if seen != text else None)


def read_id(cell: Cell) -> Reading:
    """An id that another system gave; `--` stands for none there."""
    return read_code(cell) if plain_text_of(cell) else Reading(None)


def read_name(cell: Cell) -> str | None:
    """A name: one short text."""
    return bounded(free_text_of(cell), LONG_NAME)


def read_text(cell: Cell) -> str | None:
    """Any text, with its lines, marks and emoji."""
    return bounded(free_text_of(cell), LONG_TEXT)


def read_cell(
    column: Column, cell: Cell, *, zone: tzinfo = UTC, month_first: bool = False, currency: str | None = None
) -> Reading:
    """Read one cell of a column; raises CellError. `currency` is that of the row, for amounts."""
    kind = column.type
    if kind is Type.WHOLE:
        return _number(read_whole(cell, column.minimum, column.maximum))
    if kind is Type.MONEY:
        return _number(read_money(cell, currency, column.minimum))
    if kind is Type.EXCHANGE:
        return _number(read_exchange(cell))
    if kind is Type.DATE:
        return Reading(read_date(cell, zone, month_first))
    if kind is Type.TIME:
        return Reading(read_time(cell, zone, month_first))
    if kind is Type.CHOICE:
        if column.choices is None:
            raise TypeError(f"column {column.name} has no choices")
        return Reading(read_choice(cell, column.choices))
    told = _TOLD.get(kind)
    return Reading(_SIMPLE[kind](cell)) if told is None else told(cell)


def _number(number: int | None) -> Reading:
    return Reading(None if number is None else str(number))


def _seen(cell: Cell, value: str | None) -> Reading:
    text = text_of(cell)
    return Reading(value, HAD_HIDDEN if without_hidden(text) != text else None)


# Those of which there may be something odd to say.
_TOLD: dict[Type, Callable[[Cell], Reading]] = {
    Type.CODE: read_code,
    Type.ID: read_id,
    Type.HANDLE: lambda cell: _seen(cell, read_handle(cell)[1]),
    Type.URL: lambda cell: _seen(cell, read_url(cell)),
    Type.PHONE: lambda cell: Reading(*read_phone(cell)),
    Type.EMAIL: lambda cell: Reading(*read_email(cell)),
}
_SIMPLE = {
    Type.NAME: read_name,
    Type.TEXT: read_text,
    Type.RATE: read_rate,
    Type.FLAG: read_flag,
    Type.CURRENCY: read_currency,
}

__all__ = [
    "Cell",
    "CellError",
    "Reading",
    "guard_formula",
    "read_cell",
    "read_choice",
    "read_code",
    "read_currency",
    "read_date",
    "read_email",
    "read_exchange",
    "read_flag",
    "read_handle",
    "read_id",
    "read_money",
    "read_name",
    "read_phone",
    "read_rate",
    "read_text",
    "read_time",
    "read_url",
    "read_whole",
    "tiktok_video_id",
    "unguard_formula",
]
