"""Where the columns of a table stand in its width, and its rows as lines of plain text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from rich.cells import cell_len

from tui_booking.language import _
from tui_booking.services.declarations import Column, Listing, Row, Value
from tui_booking.ui.formats import cut, format_value, is_number, plain
from tui_booking.ui.widgets.plainly import cut_within
from tui_booking.ui.widgets.short_numbers import short_number

# The cursor's sign and the mark's.
GUTTER = 2
GAP = 2
NARROWEST = 3
WIDEST = 200
ON_ITS_WAY = "…"
# Of a text that does not fit at the edge, so much is shown or nothing.
_LEAST_TEXT = 8
# From this width on words are whole, and what that costs is found at the far end.
_ROOMY = 90
# Letters and signs of one cell each, those of Vietnamese among them: whoever counts cells one by one takes long.
_SINGLE = re.compile("[ -~\xa0-\xac\xae-\u02ff\u1ea0-\u1ef9\u2013\u2026\u20ab\u25cf\u25ca\u25cb\u25ba\u221a]*")
# A sign takes up to two cells, and a heap of marks none: no more of a long text is looked at than can be shown.
_SIGNS_A_CELL = 4


class Placed(NamedTuple):
    """A column where it stands: its number among those of the list and of those shown, its first cell, its width."""

    column: Column
    number: int
    rank: int
    start: int
    width: int
    currency: int | None


class Arrangement(NamedTuple):
    """The columns that are seen, and whether there are more at either side."""

    placed: tuple[Placed, ...]
    more_before: bool
    more_behind: bool


def arrange(
    listing: Listing, shown: Sequence[str], widths: Mapping[str, int], *, width: int, skipped: int
) -> Arrangement:
    """The columns in a width, the first of them always, and those behind it but for the first `skipped`."""
    numbers = {column.name: number for number, column in enumerate(listing.columns)}
    placed: list[Placed] = []
    start = GUTTER
    last = 0
    for rank, name in enumerate(shown):
        if 0 < rank <= skipped:
            continue
        room = width - start
        if placed and room < NARROWEST:
            break
        column = listing.columns[numbers[name]]
        wanted = _room_for_words(column, widths) if width >= _ROOMY else width_of(column, widths)
        if rank == 0:
            # What is beside it is to be seen too.
            wanted = min(wanted, max(NARROWEST, width * 2 // 3))
        elif rank > skipped + 1 and room < _least_of(column, wanted):
            break
        taken = max(min(wanted, room), 1)
        placed.append(Placed(column, numbers[name], rank, start, taken, numbers.get(column.currency or "")))
        last = rank
        start += taken + GAP
    is_cut = bool(placed) and last > 0 and placed[-1].width < width_of(placed[-1].column, widths)
    return Arrangement(tuple(placed), skipped > 0, last < len(shown) - 1 or is_cut)


def _least_of(column: Column, wanted: int) -> int:
    """How much of a column is worth showing. Half a number or half a day says something else than the whole."""
    return min(wanted, _LEAST_TEXT) if column.kind in ("text", "markdown", "link", "json") else wanted


def _room_for_words(column: Column, widths: Mapping[str, int]) -> int:
    """How wide a column is where its words are to be whole, whichever language they are in."""
    wanted = width_of(column, widths)
    if column.words is None or column.name in widths:
        return wanted
    return max(wanted, *(cell_len(format_value(word, "choice")) for word in column.words))


def width_of(column: Column, widths: Mapping[str, int]) -> int:
    """How wide a column is: as it was made, else as it is declared."""
    return min(max(widths.get(column.name, column.width), NARROWEST), WIDEST)


def skip_to_show(
    listing: Listing, shown: Sequence[str], widths: Mapping[str, int], *, width: int, skipped: int, rank: int
) -> int:
    """How many columns are to be skipped so that one of them is seen whole, or as much as there is room for."""
    if rank == 0:
        return 0
    skipped = min(skipped, rank - 1)
    while skipped < rank - 1:
        placed = arrange(listing, shown, widths, width=width, skipped=skipped).placed
        found = next((one for one in placed if one.rank == rank), None)
        if found is not None and found.width >= width_of(found.column, widths):
            break
        skipped += 1
    return skipped


def cell_text(value: Value, placed: Placed, values: Sequence[Value]) -> str:
    """A value in exactly the width of its column."""
    column, width = placed.column, placed.width
    if isinstance(value, str) and len(value) > (most := width * _SIGNS_A_CELL):
        value = f"{value[:most]}…" if type(value) is str else value
    currency = None if placed.currency is None else str(values[placed.currency] or "")
    text = format_value(value, column.kind, currency=currency)
    is_figure = is_number(column.kind)
    if is_figure and len(text) > width:
        text = _shortened(value, text, column, width)
    elif column.kind == "code" and cell_len(text) > width:
        text = cut_within(text, width)
    return fill(text, width, right=is_figure)


def _shortened(value: Value, text: str, column: Column, width: int) -> str:
    """A number that fits. Half of one is another number: 1,185,77 for 1,185,770."""
    if isinstance(value, int | float | Decimal) and column.kind in ("count", "money", "cost"):
        text = next((short for digits in (2, 1, 0) if len(short := short_number(value, digits)) <= width), text)
    return text if len(text) <= width else ON_ITS_WAY


def fill(text: str, width: int, *, right: bool = False) -> str:
    """Plain text in exactly that many cells."""
    length = len(text) if text.isascii() or _SINGLE.fullmatch(text) else cell_len(text)
    if length > width:
        text = cut(text, width)
        length = cell_len(text)
    spaces = " " * (width - length)
    return spaces + text if right else text + spaces


def row_line(row: Row, placed: Sequence[Placed]) -> str:
    """A row behind its gutter, as wide as the last column reaches."""
    values = row.values
    return (" " * GAP).join([cell_text(values[one.number], one, values) for one in placed])


def filled_line(gutter: str, row: Row, placed: Sequence[Placed], width: int) -> str:
    """A row with its gutter in exactly that many cells. Each column fills its own, so that none is counted again."""
    end = placed[-1].start + placed[-1].width if placed else GUTTER
    line = gutter + row_line(row, placed)
    return line + " " * (width - end) if end <= width else fill(line, width)


def head_line(arrangement: Arrangement, order: tuple[str, bool]) -> str:
    """The names of the columns, with the direction at the one that is sorted by."""
    cells = []
    for one in arrangement.placed:
        label = plain(_(one.column.label))
        if one.column.name == order[0]:
            sign = "▼" if order[1] else "▲"
            label = f"{cut(label, max(one.width - 2, 0))} {sign}" if one.width > NARROWEST else sign
        cells.append(fill(label, one.width, right=is_number(one.column.kind)))
    line = (" " * GAP).join(cells)
    if arrangement.more_before and cells:
        line = f"{cells[0]} ‹{line[len(cells[0]) + GAP :]}"
    return line
