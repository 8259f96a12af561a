"""A cell as it stands in a sheet: its text, when it counts as empty, and what is wrong with it in any column."""

from __future__ import annotations

import math
import re
import unicodedata
from decimal import Decimal
from typing import TypeAlias

from tui_booking.language import N_, _, filled

Cell: TypeAlias = str | float | None


class CellError(Exception):
    """A cell cannot be read; it says what is wrong and what to do, and leaves out the value.

    The `pattern` is in English and takes the `values`, so that it can be said in another language.
    """

    def __init__(self, pattern: str, **values: object) -> None:
        super().__init__(pattern, values)
        self.pattern = pattern
        self.values = values

    @property
    def message(self) -> str:
        """What is said in English, as files' reports have it."""
        return self.pattern.format(**self.values) if self.values else self.pattern

    @property
    def spoken(self) -> str:
        """What is said in the language that is used."""
        said = _(self.pattern)
        return filled(said, **self.values) if self.values else said

    def __str__(self) -> str:
        return self.message


# What is stripped off the ends of a cell: every white space that str.isspace() knows, and what has no width at all.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"
EDGES = (
    " \t\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000" + INVISIBLE
)
# Marks of writing direction come along when a number is copied out of an address book.
_PLAIN_EDGES = EDGES + "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

# Stands for a formula that was saved without its result, as programs do that do not compute.
NO_RESULT = "#NO-RESULT!"
# In a code all that has no width makes two of what looks like one; only what joins and colours emoji belongs there.
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_NEVER_SEEN = "\xad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff"
_HIDDEN = re.compile(
    f"[{_NEVER_SEEN}]|(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
    f"|(?<![{_EMOJI}\xa9\xae\u3030\u303d\u3297\u3299])[\ufe00-\ufe0f](?!\u20e3)"
)
# All of these, at once and quick.
PERHAPS_HIDDEN = f"[{_NEVER_SEEN}\u200d\ufe00-\ufe0f]"

SPREADSHEET_ERROR = (
    r"#(?:N/A|(?:DIV/0|REF|VALUE|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|PYTHON|EXTERNAL|ERROR)!"
    rf"|NAME\?|GETTING_DATA)|Err:[0-9]{{3}}|{NO_RESULT}"
)
_SPREADSHEET_ERROR = re.compile(SPREADSHEET_ERROR)
_BROKEN = re.compile("[\ud800-\udfff]")
_NOTHING = frozenset(("-", "--", "---", "–", "—", "n/a"))
_FORCED_TEXT = re.compile(r'="([^"]*)"')
_TO_GUARD = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+")
# A number that a program took an id for, and wrote as one: `7301234567890120000.0`.
_LONG_NUMBER = re.compile(r"-?[0-9]{16,}[.,]0+")

# A double holds every whole number below this one, and a spreadsheet shows 15 digits of it.
_EXACT_BELOW = 1e15
LOST_DIGITS = N_("has lost digits: a spreadsheet keeps only 15 of them; format the column as text and enter it again")


def guard_formula(text: str) -> str:
    """Text as it is exported: with an apostrophe in front where a spreadsheet would take it for a formula."""
    return "'" + text if _TO_GUARD.match(text) else text


def unguard_formula(text: str) -> str:
    """Exported text as it was before guard_formula."""
    return text[1:] if _GUARDED.match(text) else text


def text_of(cell: Cell) -> str:
    """The cell's text in NFC, without white space around it; '' where it is empty."""
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return _digits_of(cell)
    text = cell.strip(EDGES)
    if not text.isascii():
        if _BROKEN.search(text):
            raise CellError(N_("holds half a character, which cannot be stored; enter the text again"))
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text).strip(EDGES)
    if "\0" in text:
        raise CellError(N_("holds a NUL character, which cannot be stored; enter the text again"))
    if text[:1] in ("#", "E") and _SPREADSHEET_ERROR.fullmatch(text):
        if text == NO_RESULT:
            raise CellError(
                N_(
                    "the cell holds a formula that was saved without its result; open the workbook in a spreadsheet"
                    " program and save it there, or enter the value"
                )
            )
        raise CellError(
            N_("the cell holds the spreadsheet error {error}; mend the formula or empty the cell"), error=text
        )
    return text


def plain_text_of(cell: Cell) -> str:
    """The text of a cell that holds no free text: `--` is nothing there, and `'` or `=""` only force text."""
    text = text_of(cell)
    if text[:2] == '="':
        text = unforced(text)
    text = text.lstrip("'" + _PLAIN_EDGES).rstrip(_PLAIN_EDGES)
    return "" if text.casefold() in _NOTHING else text


def unforced(text: str) -> str:
    """The text within `="0012"`, which other programs write so that a spreadsheet keeps the zeros."""
    forced = _FORCED_TEXT.fullmatch(text)
    return forced[1] if forced else text


def free_text_of(cell: Cell) -> str:
    """The text of a cell that may hold any text."""
    text = text_of(cell)
    if text[:1] == "'":
        text = unguard_formula(text).strip(EDGES)
    return text


def without_hidden(text: str) -> str:
    """A code, id, handle or address without the characters in it that have no width."""
    if text.isascii():
        return text
    seen = _HIDDEN.sub("", text)
    return text if seen == text else unicodedata.normalize("NFC", seen).strip(EDGES)


def decimal_of(number: float) -> Decimal:
    """A number cell's value with the 15 digits that a spreadsheet shows; what is behind them is noise of formulas."""
    return Decimal(format(number, ".15g"))


def refuse_lost_digits(text: str) -> None:
    """Raise CellError for `7.69E+18` and `7690000000000000000.0`: a long number of which 15 digits are left."""
    if ("+" in text and _SCIENTIFIC.fullmatch(text)) or (text[-1:] == "0" and _LONG_NUMBER.fullmatch(text)):
        raise CellError(LOST_DIGITS)


def bounded(text: str, limit: int) -> str | None:
    """The text, None where it is empty; raises CellError where it is too long."""
    if len(text) > limit:
        raise CellError(
            N_("is too long: {length:,} characters, at most {limit:,} fit; shorten it"), length=len(text), limit=limit
        )
    return text or None


def _digits_of(number: float) -> str:
    if isinstance(number, bool):
        return "TRUE" if number else "FALSE"
    if not math.isfinite(number):
        raise CellError(N_("is not a number; mend the formula or empty the cell"))
    if abs(number) >= _EXACT_BELOW:
        raise CellError(LOST_DIGITS)
    if number == int(number):
        return str(int(number))
    return format(decimal_of(number), "f")
