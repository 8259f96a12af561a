"""What a person reads, in the language of the settings: texts by gettext catalogues, English where there is none."""

from __future__ import annotations

import gettext
import string
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

Language = Literal["en", "vi"]

DOMAIN = "tui_booking"
_FOLDER = Path(__file__).resolve().parent / "locale"


class Separators(NamedTuple):
    """What stands between thousands and before decimals."""

    group: str
    decimal: str


SEPARATORS: dict[Language, Separators] = {"en": Separators(",", "."), "vi": Separators(".", ",")}


class Labelled(Protocol):
    """A word of an enum, with what a person calls it in each language."""

    english: str
    vietnamese: str


class _Spoken:
    """The language that is spoken now: one for the whole program, as there is one person in front of it."""

    language: Language = "en"
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def speak(language: Language) -> None:
    """Use this language from now on."""
    _Spoken.language = language
    _Spoken.catalogue = _read_catalogue(language)


def spoken() -> Language:
    """The language that is used."""
    return _Spoken.language


def _(text: str) -> str:
    """A text of the program in the language that is used."""
    # The empty text is the header of a catalogue.
    return _Spoken.catalogue.gettext(text) if text else ""


def ngettext(one: str, many: str, count: int) -> str:
    """The one or the other text as the language counts."""
    return _Spoken.catalogue.ngettext(one, many, count)


def N_(text: str) -> str:  # noqa: N802  # the name that tools for catalogues know
    """Marks a text that is translated where it is shown, not where it is declared."""
    return text


def label_of(word: Labelled) -> str:
    """What a person calls the word of an enum."""
    return word.vietnamese if _Spoken.language == "vi" else word.english


def grouped(number: Decimal | float, places: int = 0) -> str:
    """A number as the language writes it: its thousands grouped, with so many decimals, rounded half to even."""
    # A whole number is written so in a third of the time.
    text = f"{number:,}" if places == 0 and isinstance(number, int) else f"{number:,.{places}f}"
    group, decimal = SEPARATORS[_Spoken.language]
    if group == ",":
        return text
    return text.replace(",", "\0").replace(".", decimal).replace("\0", group)


def filled(text: str, /, **values: object) -> str:
    """A text with values in its places; `{name:,}` is a number as the language groups it."""
    return _FILLER.vformat(text, (), values)


class _Filler(string.Formatter):
    def format_field(self, value: Any, format_spec: str) -> Any:
        return grouped(value) if format_spec == "," else super().format_field(value, format_spec)


_FILLER = _Filler()


@lru_cache
def _read_catalogue(language: Language) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, _FOLDER, languages=[language], fallback=language == "en")
