"""Which column each header cell means, and in which of the first rows of a sheet the header is."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui_booking.importing.aliases import names_of_column

if TYPE_CHECKING:
    from tui_booking.importing.columns import Column
    from tui_booking.importing.kinds import Kind

HEADER_SEARCH_ROWS = 20


def fold_header(text: str) -> str:
    """A header without case, marks, spaces, underscores and punctuation: what two spellings of it have in common."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in decomposed if letter.isalnum())


@dataclass(frozen=True, slots=True)
class HeaderMatch:
    """What a row says when it is taken for the header.

    `columns` has an entry for each cell: the column it means, or None. `doubled` has (column, one cell, another cell)
    where two cells mean the same column: which of them counts is not for an import to choose.
    """

    columns: list[Column | None]
    unknown: list[str]
    missing: list[Column]
    doubled: list[tuple[Column, str, str]]

    @property
    def recognised(self) -> int:
        return sum(column is not None for column in self.columns)


class HeaderMatcher:
    """Matches header rows with the columns of one kind; `aliases` adds a user's own names (keyed as ALIASES is)."""

    def __init__(self, kind: Kind, aliases: Mapping[str, Sequence[str]] | None = None) -> None:
        self._kind = kind
        self._exact = {fold_header(column.name): column for column in kind.columns}
        self._named: dict[str, Column] = {}
        for column in kind.columns:
            for name in names_of_column(kind.name, column.name, aliases):
                self._named.setdefault(fold_header(name), column)

    def match(self, cells: Sequence[object]) -> HeaderMatch:
        """Match one row; cells that are not text (a number, a date) are taken as the text they show."""
        texts = [clean_header(cell) for cell in cells]
        folded = [fold_header(text) for text in texts]
        holder: dict[str, int] = {}
        doubled: list[tuple[Column, str, str]] = []
        columns: list[Column | None] = [None] * len(texts)
        for position, key in enumerate(folded):
            column = self._exact.get(key) or self._named.get(key)
            if column is None or not key:
                continue
            first = holder.setdefault(column.name, position)
            columns[position] = column
            if first != position:
                doubled.append((column, texts[first], texts[position]))
        return HeaderMatch(
            columns=columns,
            unknown=[text for text, column in zip(texts, columns, strict=True) if column is None and text],
            missing=[column for column in self._kind.columns if column.key and column.name not in holder],
            doubled=doubled,
        )

    def find(self, rows: Sequence[Sequence[object]]) -> tuple[int, HeaderMatch] | None:
        """The header among the first rows of a sheet: (index, match), or None if all of them are empty.

        Real exports have a title and a few lines above the header. The row with all key columns that means the most
        columns is the header, else the one that means the most, else the first that is not empty.
        """
        best: tuple[int, HeaderMatch] | None = None
        best_score = (False, -1)
        for index, row in enumerate(rows[:HEADER_SEARCH_ROWS]):
            if not any(clean_header(cell) for cell in row):
                continue
            match = self.match(row)
            score = (bool(match.recognised) and not match.missing, match.recognised)
            if score > best_score:
                best, best_score = (index, match), score
        return best


def clean_header(cell: object) -> str:
    """A header cell as one line of text, as it is shown in messages."""
    return "" if cell is None else " ".join(str(cell).replace("\x00", " ").split())
