"""What the cells of a workbook can hold, and text as its XML takes it."""

from __future__ import annotations

import re

SHEET_ROWS = 1_048_576
CELL_CHARACTERS = 32_767

# In a workbook's XML `_x000D_` is a carriage return, so such a text as it stands has to be written otherwise.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
_NOT_XML = re.compile("[\ufffe\uffff\ud800-\udfff]")


def is_too_long(text: str) -> bool:
    """Whether a text has more characters, as workbooks count them, than a cell has room for."""
    return len(text) > CELL_CHARACTERS // 2 and len(text.encode("utf-16-le", "surrogatepass")) // 2 > CELL_CHARACTERS


def has_no_place(text: str) -> bool:
    """Whether a text has a character that no workbook can hold."""
    return not text.isascii() and _NOT_XML.search(text) is not None


def as_xml(text: str) -> str:
    """The text with what XML has no sign for written as workbooks do."""
    return _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
