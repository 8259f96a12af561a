"""Cells that already stand in their stored form, known as such by a few checks of a whole column at once.

A check may refuse more than it must, never less: what it lets pass, the forgiving readers of values.py read as the
same value; only a rate may keep zeros at its end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias, cast

from tui_booking.importing.clocks import Clocks
from tui_booking.importing.columns import Type
from tui_booking.importing.values import LONG_TEXT
from tui_booking.reading.cells import INVISIBLE, PERHAPS_HIDDEN, SPREADSHEET_ERROR, Cell, CellError
from tui_booking.reading.contacts import LONG_NAME, SHORT_TEXT, URL_BYTES
from tui_booking.reading.dates import read_date
from tui_booking.reading.money import CURRENCIES

if TYPE_CHECKING:
    from tui_booking.importing.columns import Column

Values: TypeAlias = "list[str | None]"
_Check: TypeAlias = "Callable[[Column, Sequence[str], str, Clocks], Values | None]"

# What a single cell looks like in its stored form, or in one a step away from it; each allows an empty cell.
_PATTERNS = {
    Type.WHOLE: re.compile(r"(?:0|[1-9][0-9]{0,17})?"),
    Type.MONEY: re.compile(r"(?:0|[1-9][0-9]{0,14})?"),
    Type.RATE: re.compile(r"(?:0(?:\.[0-9]{1,17})?|1)?"),
    Type.CODE: re.compile(r"(?![0-9]+\.0+\Z)(?:[0-9A-Za-z][0-9A-Za-z._\-]{0,99})?"),
    Type.ID: re.compile(r"(?![0-9]+\.0+\Z)(?:[0-9A-Za-z][0-9A-Za-z._\-]{0,99})?"),
    Type.HANDLE: re.compile(r"(?:[0-9a-z][0-9a-z._]{0,99})?"),
    Type.PHONE: re.compile(r"(?:\+84[35789][0-9]{8})?"),
    Type.EMAIL: re.compile(r"(?:[0-9A-Za-z][0-9A-Za-z._+\-]{0,99}@[0-9A-Za-z.\-]{1,100})?"),
}

_WHOLES = re.compile(r"(?:(?:[1-9][0-9]{0,17}+|0)?+\n)*+")
_RATES = re.compile(r"(?:(?:0(?:\.[0-9]{1,17}+)?+|1)?+\n)*+")
_CODE_CHARACTERS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._-\n"
_CODE_EDGE = re.compile(r"\n[._\-]")
_NUMBER_AS_CODE = re.compile(r"\n[0-9]+[.,]0+(?=\n)")
_PERHAPS_HIDDEN = re.compile(PERHAPS_HIDDEN)
_NO_WEB_ADDRESS = re.compile(r"[^!-~\n]")
_ODD_CHARACTER = re.compile(f"[\ud800-\udfff{INVISIBLE}]")
_ERROR_CELL = re.compile(rf"\n(?:{SPREADSHEET_ERROR})(?=\n)")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# Stands for the number cells of a workbook.
_DIRTY = "\0"

_FLAGS = frozenset(("1", "0", ""))
_CURRENCIES_OR_NONE = CURRENCIES | {""}
# There are no more than these between the first and the last year that are taken.
_known_dates = {""}


def values_of_clean_cells(column: Column, cells: Sequence[Cell], clocks: Clocks) -> Values | None:
    """The values of cells that are all in their stored form; None where one of them is not."""
    check = _CHECKS[column.type]
    texts = cast("Sequence[str]", cells)
    try:
        joined = "\n".join(texts)
    except TypeError:
        # Short rows end in None; a number of a workbook is no stored form.
        if not all(cell is None or isinstance(cell, str) for cell in cells):
            return None
        texts = [cast("str", cell) or "" for cell in cells]
        joined = "\n".join(texts)
    return check(column, texts, joined, clocks)


def dirty_cells(column: Column, cells: Sequence[Cell], clocks: Clocks) -> Sequence[int] | None:
    """The indexes of the cells that are not in their stored form; None where looking at each of them does not pay."""
    is_clean: Callable[[str], object] | None
    if column.type is Type.TIME:
        is_clean = clocks.clean_cell_check(cells)
    elif column.type is Type.WHOLE and not _takes_all_sizes(column):
        return None
    else:
        pattern = _PATTERNS.get(column.type)
        is_clean = pattern.fullmatch if pattern else None
    if is_clean is None:
        return None
    texts = (cell if isinstance(cell, str) else _DIRTY for cell in cells)
    try:
        return [index for index, clean in enumerate(map(is_clean, cast("Sequence[str]", cells))) if not clean]
    except TypeError:
        return [index for index, clean in enumerate(map(is_clean, texts)) if not clean]


def _or_none(texts: Sequence[str]) -> Values:
    return [text or None for text in texts] if "" in texts else list(texts)


def _takes_all_sizes(column: Column) -> bool:
    return column.maximum is None and (column.minimum is None or column.minimum <= 0)


def _are_lines(pattern: re.Pattern[str], texts: Sequence[str], joined: str) -> bool:
    """Whether each cell is a line that the pattern takes; a cell of two lines is not."""
    lines = joined + "\n"
    return not texts or (lines.count("\n") == len(texts) and pattern.fullmatch(lines) is not None)


def _wholes(column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _takes_all_sizes(column) and _are_lines(_WHOLES, texts, joined) else None


def _amounts(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    if not _are_lines(_WHOLES, texts, joined) or max(map(len, texts), default=0) > 15:
        return None
    if "0" in texts or "" in texts:
        return [text + "00" if text and text != "0" else text or None for text in texts]
    return [text + "00" for text in texts]


def _rates(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _are_lines(_RATES, texts, joined) else None


def _is_free_text(texts: Sequence[str], joined: str, longest: int) -> bool:
    """Whether the readers of free text would leave all these cells as they are."""
    lines = f"\n{joined}\n"
    return (
        "\0" not in joined
        and "\n'" not in lines
        and not _ERROR_CELL.search(lines)
        and (joined.isascii() or (unicodedata.is_normalized("NFC", joined) and not _ODD_CHARACTER.search(joined)))
        and max(map(len, texts), default=0) <= longest
        and all(
            text is stripped or text == stripped for text, stripped in zip(texts, map(str.strip, texts), strict=True)
        )
    )


def _is_plain_code(texts: Sequence[str], joined: str) -> bool:
    lines = "\n" + joined
    return (
        joined.isascii()
        and not joined.encode().translate(None, _CODE_CHARACTERS)
        and lines.count("\n") == max(len(texts), 1)
        and max(map(len, texts), default=0) <= SHORT_TEXT
        and not _CODE_EDGE.search(lines)
        and not _holds_numbers(joined)
    )


def _codes(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    plain = _is_plain_code(texts, joined) or (
        "+" not in joined
        and '="' not in joined
        and _is_free_text(texts, joined, SHORT_TEXT)
        and not _holds_numbers(joined)
        and (joined.isascii() or not _PERHAPS_HIDDEN.search(joined))
    )
    return _or_none(texts) if plain else None


def _holds_numbers(joined: str) -> bool:
    """Whether a code is a number with a fraction of zeros."""
    return (".0" in joined or ",0" in joined) and _NUMBER_AS_CODE.search(f"\n{joined}\n") is not None


def _ids(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _is_plain_code(texts, joined) else None


def _names(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _is_free_text(texts, joined, LONG_NAME) else None


def _texts(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _is_free_text(texts, joined, LONG_TEXT) else None


def _web_addresses(_column: Column, texts: Sequence[str], joined: str, _: Clocks) -> Values | None:
    clean = (
        joined.count("\n") == max(len(texts) - 1, 0)
        and not _NO_WEB_ADDRESS.search(joined)
        and max(map(len, texts), default=0) <= URL_BYTES
        and all(text.startswith(("https://", "http://")) for text in texts if text)
    )
    return _or_none(texts) if clean else None


def _matching(column: Column, texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if all(map(_PATTERNS[column.type].fullmatch, texts)) else None


def _choices(column: Column, texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    if column.choices is None:
        return None
    return _or_none(texts) if set(texts).difference(column.choices) <= {""} else None


def _flags(_column: Column, texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _FLAGS.issuperset(texts) else None


def _currencies(_column: Column, texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    return _or_none(texts) if _CURRENCIES_OR_NONE.issuperset(texts) else None


def _dates(_column: Column, texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    for text in set(texts).difference(_known_dates):
        if not _is_date(text):
            return None
        _known_dates.add(text)
    return _or_none(texts)


def _is_date(text: str) -> bool:
    try:
        return _ISO_DATE.fullmatch(text) is not None and read_date(text) == text
    except CellError:
        return False


def _times(_column: Column, texts: Sequence[str], _joined: str, clocks: Clocks) -> Values | None:
    return clocks.values_of_clean_cells(texts)


def _never(_column: Column, _texts: Sequence[str], _joined: str, _: Clocks) -> Values | None:
    return None


_CHECKS: dict[Type, _Check] = {
    Type.CODE: _codes,
    Type.NAME: _names,
    Type.TEXT: _texts,
    Type.ID: _ids,
    Type.URL: _web_addresses,
    Type.HANDLE: _matching,
    Type.PHONE: _matching,
    Type.EMAIL: _matching,
    Type.WHOLE: _wholes,
    Type.MONEY: _amounts,
    Type.EXCHANGE: _never,
    Type.RATE: _rates,
    Type.DATE: _dates,
    Type.TIME: _times,
    Type.FLAG: _flags,
    Type.CURRENCY: _currencies,
    Type.CHOICE: _choices,
}
