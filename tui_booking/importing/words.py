"""Cells that hold one word of a few: choices and yes or no."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING

from tui_booking.language import N_, _
from tui_booking.models.folding import fold
from tui_booking.reading.cells import Cell, CellError, plain_text_of

if TYPE_CHECKING:
    from tui_booking.models.choices import Choice

_SEPARATORS = re.compile(r"[\s_\-./]+")
_YES = frozenset(("1", "true", "t", "yes", "y", "on", "x", "co", "dung", "✓", "✔", "☑", "✅"))
_NO = frozenset(("0", "false", "f", "no", "n", "off", "khong", "sai", "☐", "✗", "✘"))

# What people say for a state that is called otherwise here; only ever suggested, never taken.
_MEANT = {
    "running": ("running", "in_progress"),
    "ongoing": ("in_progress", "running"),
    "doing": ("in_progress", "running"),
    "active": ("active", "running", "in_progress"),
    "dang chay": ("running", "in_progress"),
    "done": ("completed", "finished", "posted", "paid"),
    "complete": ("completed", "finished"),
    "finished": ("finished", "completed"),
    "completed": ("completed", "finished"),
    "xong": ("completed", "finished"),
    "cancelled": ("canceled",),
    "published": ("posted",),
    "live": ("posted", "live"),
    "removed": ("deleted",),
    "shopee": ("shopee", "shopee_live"),
    "ig": ("instagram",),
    "yt": ("youtube",),
    "tt": ("tiktok",),
    "bank": ("bank_transfer",),
    "man": ("male",),
    "woman": ("female",),
}

# What the choices of the columns are called.
NOUNS = (
    N_("booking status"),
    N_("booking type"),
    N_("campaign channel"),
    N_("campaign status"),
    N_("code type"),
    N_("contact type"),
    N_("creator role"),
    N_("creator status"),
    N_("deliverable status"),
    N_("deliverable type"),
    N_("gender"),
    N_("objective"),
    N_("payment method"),
    N_("payment status"),
    N_("platform"),
    N_("tracking platform"),
    N_("video channel"),
    N_("video status"),
)


def read_flag(cell: Cell) -> str | None:
    """Yes or no, as `1` or `0`."""
    word = fold(plain_text_of(cell))
    if not word:
        return None
    if word in _YES:
        return "1"
    if word in _NO:
        return "0"
    raise CellError(N_("is neither yes nor no; write yes or no, có or không, 1 or 0"))


def read_choice(cell: Cell, choices: type[Choice]) -> str | None:
    """The stored word of a choice, from that word or from its English or Vietnamese label."""
    text = plain_text_of(cell)
    if not text:
        return None
    found = _words(choices).get(_key(text))
    if found:
        return found
    raise _not_one_of(text, choices)


def _key(text: str) -> str:
    return _SEPARATORS.sub("", fold(text))


@lru_cache(maxsize=64)
def _words(choices: type[Choice]) -> dict[str, str]:
    """What each word means; a stored word always means itself, also where it is the label of another."""
    words: dict[str, str] = {}
    for choice in choices:
        for label in (choice.english, choice.vietnamese):
            words.setdefault(_key(label), choice.value)
    words.update({_key(choice.value): choice.value for choice in choices})
    return words


def _not_one_of(text: str, choices: type[Choice]) -> CellError:
    noun = noun_of(choices)
    suggestion = _suggestion(text, choices)
    if suggestion is None:
        pattern = N_("not an {noun}; one of: {words}") if noun[0] in "aeiou" else N_("not a {noun}; one of: {words}")
    elif noun[0] in "aeiou":
        pattern = N_("not an {noun}; did you mean '{suggestion}'? one of: {words}")
    else:
        pattern = N_("not a {noun}; did you mean '{suggestion}'? one of: {words}")
    words = ", ".join(choice.value for choice in choices)
    return CellError(pattern, noun=_(noun), suggestion=suggestion, words=words)


def noun_of(choices: type[Choice]) -> str:
    """What one of the choices is called, in English: one of NOUNS."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", choices.__name__).lower()


def _suggestion(text: str, choices: type[Choice]) -> str | None:
    key = _key(text[:60])
    own = dict(_words(choices))
    for said, meant in _MEANT.items():
        value = next((word for word in meant if word in set(choices)), None)
        if value:
            own.setdefault(_key(said), value)
    close = get_close_matches(key, own, n=1, cutoff=0.7)
    return own[close[0]] if close else None
