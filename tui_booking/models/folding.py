"""Text as it is searched by: without regard to case, Vietnamese marks or runs of white space."""

from __future__ import annotations

import unicodedata


def _without_marks(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if unicodedata.category(char) != "Mn")


class _FoldedCharacters(dict[int, str]):
    """What each character folds to, worked out when it is first met: folding needs no neighbours."""

    def __missing__(self, code: int) -> str:
        # Marks go first and last: some letters only show their case once bare, some cases bring marks of their own.
        folded = _without_marks(_without_marks(chr(code)).casefold()).replace("đ", "d")
        self[code] = folded
        return folded


_FOLDED = _FoldedCharacters()


def fold(text: str) -> str:
    """The form of `text` that is stored beside it and searched: `Nguyễn  Đức` becomes `nguyen duc`."""
    folded = text.lower() if text.isascii() else text.translate(_FOLDED)
    return " ".join(folded.split())
