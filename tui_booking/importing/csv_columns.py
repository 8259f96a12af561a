"""A piece of a CSV file that is plain throughout, split into columns at once instead of row by row."""

from __future__ import annotations

import re
from collections.abc import Sequence

MAXIMUM_CELL = 1_000_000
_ALL_FILLED = re.compile(r"(?:[!-~][^\n]*+\n)++")


def are_filled(cells: Sequence[object]) -> bool:
    """Whether something stands in each of these cells for certain: it begins with a character of ASCII."""
    return _ALL_FILLED.fullmatch("\n".join([*map(str, cells), ""])) is not None


def split_columns(text: str, delimiter: str, width: int) -> list[list[str]] | None:
    """The cells of whole lines by column; None unless it is certain that a reader of CSV would find the same.

    It is not where there are quotes or other ends of lines, where a line has not `width` cells, and where no column is
    known to be filled throughout, so that a row may be an empty one.
    """
    if '"' in text or len(text) > MAXIMUM_CELL:
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            return None
    if not text.endswith("\n"):
        text += "\n"
    # With the end of each line as a cell of its own, lines of another width show by where these cells lie.
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    cells.pop()
    lines = text.count("\n")
    if len(cells) != lines * (width + 1) or cells[width :: width + 1].count("\n") != lines:
        return None
    columns = [cells[place :: width + 1] for place in range(width)]
    return columns if any(map(are_filled, columns)) else None
