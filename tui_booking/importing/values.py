"""Reading one cell, whatever its column holds: the forgiving way, for what is not already in its stored form."""

from __future__ import annotations

import re
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, NamedTuple

from tui_booking.importing.columns import Type
from tui_booking.importing.words import read_choice, read_flag
from tui_booking.reading.cells import (
    EDGES,
    Cell,
    CellError,
    bounded,
    free_text_of,
    guard_formula,
    plain_text_of,
    refuse_lost_digits,
    unguard_formula,
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

_FORCED = re.compile(r"'[0-9]+\Z|=\"")


class Reading(NamedTuple):
    """What a cell holds in the text form that is staged, None where it is empty; and what is odd about it."""

    value: str | None
    warning: str | None = None


def read_code(cell: Cell) -> str | None:
    """A code that people give: kept exactly, leading zeros and all."""
    text = free_text_of(cell)
    if isinstance(cell, str) and _FORCED.match(cell.strip(EDGES)):
        text = plain_text_of(cell)
    refuse_lost_digits(text)
    return bounded(text, SHORT_TEXT)


def read_id(cell: Cell) -> str | None:
    """An id that another system gave; `--` stands for none there."""
    return read_code(cell) if plain_text_of(cell) else None


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
    if kind is Type.HANDLE:
        return Reading(read_handle(cell)[1])
    if kind is Type.PHONE:
        return Reading(*read_phone(cell))
    if kind is Type.EMAIL:
        return Reading(*read_email(cell))
    if kind is Type.CHOICE:
        if column.choices is None:
            raise TypeError(f"column {column.name} has no choices")
        return Reading(read_choice(cell, column.choices))
    return Reading(_SIMPLE[kind](cell))


def _number(number: int | None) -> Reading:
    return Reading(None if number is None else str(number))


_SIMPLE = {
    Type.CODE: read_code,
    Type.ID: read_id,
    Type.NAME: read_name,
    Type.TEXT: read_text,
    Type.URL: read_url,
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
