"""What a person types into a form, read into a value; and a value as it is typed, so that it is read back the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, tzinfo
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from tui_booking.language import N_, _, label_of, spoken
from tui_booking.models.choices import Choice, Platform, VideoChannel
from tui_booking.models.folding import fold
from tui_booking.reading.cells import EDGES, CellError, bounded, refuse_lost_digits, without_hidden
from tui_booking.reading.contacts import read_email, read_handle, read_phone, read_url, tiktok_video_id
from tui_booking.reading.money import DONG, read_currency, read_money
from tui_booking.reading.numerals import plain, read_exchange, read_rate, read_whole
from tui_booking.services.days import read_day, read_moment, written_day, written_moment
from tui_booking.services.forms.declaration import FormField
from tui_booking.services.json_texts import read_json, write_json

_YES = frozenset(("1", "true", "yes", "y", "on", "x", "co", "dung", "✓", "✔"))
_NO = frozenset(("", "0", "false", "no", "n", "off", "khong", "sai"))
_SEPARATORS = re.compile(r"[\s_\-./]+")
_BROKEN = re.compile("[\ud800-\udfff\0]")
_HUNDREDTHS, _MILLIONTHS = -2, -6


class Unreadable(Exception):
    """What is typed cannot be read; `message` says what is wrong and what to do, in the language that is used."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Reading(NamedTuple):
    """The value that is typed; what it says of other fields of the form (`also`); and what is odd about it (`note`)."""

    value: Any
    also: dict[str, Any]
    note: str = ""


class _Around(NamedTuple):
    today: date
    zone: tzinfo
    currency: str


def read(field: FormField, text: str, *, today: date, zone: tzinfo = UTC, currency: str | None = None) -> Reading:
    """Read what is typed into a field; raises Unreadable, also for what can be read in two ways.

    `today` is the day in `zone`, `currency` that of the field's amount (None: VND). Empty text is the field's empty
    value; whether one is required, and what the database says, is for `records.check` and `records.save`. A field whose
    text nobody touched keeps its value: it need not be read.
    """
    try:
        text = text.strip(EDGES) if field.kind == "json" else _clean(text)
        return _read(field, text, _Around(today, zone, currency or DONG))
    except CellError as error:
        said = error.spoken
        raise Unreadable(said[:1].upper() + said[1:]) from None


def _read(field: FormField, text: str, around: _Around) -> Reading:
    if not text:
        return Reading(False if field.kind == "flag" else field.empty, {})
    if field.reads:
        return _READ_TEXTS[field.reads](field, text)
    return Reading(_READERS[field.kind](field, text, around), {})


def _clean(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip(EDGES)
    if _BROKEN.search(text):
        raise CellError(N_("holds a character that cannot be stored; enter the text again"))
    return text


def _read_text(field: FormField, text: str, _around: _Around) -> str | None:
    if field.kind == "code":
        text = without_hidden(text)
        refuse_lost_digits(text)
    return bounded(text, field.limit)


def _read_money(field: FormField, text: str, around: _Around) -> Decimal | None:
    hundredths = read_money(text, around.currency, field.minimum)
    return None if hundredths is None else Decimal(hundredths).scaleb(_HUNDREDTHS)


def _read_exchange(_field: FormField, text: str, _around: _Around) -> Decimal | None:
    millionths = read_exchange(text)
    return None if millionths is None else Decimal(millionths).scaleb(_MILLIONTHS)


def _read_percent(_field: FormField, text: str, _around: _Around) -> float | None:
    rate = read_rate(text)
    return None if rate is None else float(rate)


def _read_choice(field: FormField, text: str, _around: _Around) -> Choice:
    assert field.words is not None
    key = _key(text)
    # A stored word always means itself, also where it is the label of another.
    for word in field.words:
        if _key(word.value) == key:
            return word
    for word in field.words:
        if key in (_key(word.english), _key(word.vietnamese)):
            return word
    raise CellError(N_("is none of: {words}"), words=", ".join(label_of(word) for word in field.words))


def _key(text: str) -> str:
    return _SEPARATORS.sub("", fold(text))


def _read_flag(_field: FormField, text: str, _around: _Around) -> bool:
    word = fold(text)
    if word in _YES or word in _NO:
        return word in _YES
    raise CellError(N_("is neither yes nor no; write yes or no"))


def _read_reference(_field: FormField, text: str, _around: _Around) -> UUID:
    """An id; a person chooses the record instead of typing it."""
    try:
        return UUID(text)
    except ValueError:
        raise CellError(N_("is no record; choose one")) from None


_READERS: dict[str, Callable[[FormField, str, _Around], Any]] = {
    "text": _read_text,
    "code": _read_text,
    "long_text": _read_text,
    "markdown": _read_text,
    "json": lambda _field, text, _around: read_json(text),
    "count": lambda field, text, _around: read_whole(text, field.minimum, field.maximum),
    "money": _read_money,
    "rate": _read_exchange,
    "percent": _read_percent,
    "date": lambda _field, text, around: read_day(text, around.today),
    "moment": lambda _field, text, around: read_moment(text, around.today, around.zone),
    "choice": _read_choice,
    "flag": _read_flag,
    "reference": _read_reference,
    "currency": lambda _field, text, _around: read_currency(text),
}


def _read_handle(_field: FormField, text: str) -> Reading:
    platform, handle = read_handle(text)
    named = next((word for word in Platform if word.value == platform), None)
    return Reading(handle or "", {"platform": named} if named else {})


def _read_phone(field: FormField, text: str) -> Reading:
    number, odd = read_phone(text)
    return Reading(number or field.empty, {}, _note(odd))


def _read_email(field: FormField, text: str) -> Reading:
    address, odd = read_email(text)
    return Reading(address or field.empty, {}, _note(odd))


def _note(odd: str | None) -> str:
    said = _(odd) if odd else ""
    return said[:1].upper() + said[1:]


def _read_link(field: FormField, text: str) -> Reading:
    url = read_url(text)
    video = tiktok_video_id(text) if field.name == "url" else None
    also = {"platform_video_id": video, "channel": VideoChannel.TIKTOK} if video else {}
    return Reading(url or field.empty, also)


_READ_TEXTS: dict[str, Callable[[FormField, str], Reading]] = {
    "handle": _read_handle,
    "phone": _read_phone,
    "email": _read_email,
    "link": _read_link,
}


def written(field: FormField, value: Any, *, zone: tzinfo = UTC, currency: str | None = None) -> str:
    """A value as it is typed in the language that is used, grouping and all; `read` reads it back."""
    if value is None:
        return ""
    kind = field.kind
    if kind == "money":
        return written_money(value, currency)
    if kind == "count":
        return _grouped(Decimal(value), 0)
    if kind == "rate":
        return _decimal(value)
    if kind == "percent":
        return f"{_decimal(Decimal(repr(value)).scaleb(2))}%"
    if kind == "date":
        return written_day(value)
    if kind == "moment":
        return written_moment(value, zone)
    if kind == "json":
        return write_json(value)
    if kind == "flag":
        return _("yes") if value else _("no")
    return label_of(value) if isinstance(value, Choice) else str(value)


def written_money(amount: Decimal, currency: str | None = None) -> str:
    """An amount with its grouping, as it is read back; an amount in another currency always has its hundredths."""
    whole = amount == amount.to_integral_value()
    return _grouped(amount, 0 if whole and (currency or DONG) == DONG else 2)


def _grouped(number: Decimal, places: int) -> str:
    text = f"{number:,.{places}f}"
    return text.translate(_SWAPPED) if spoken() == "vi" else text


_SWAPPED = str.maketrans(",.", ".,")


def _decimal(number: Decimal) -> str:
    """A number without grouping; not with three decimals, which could be taken for a group."""
    text = plain(number)
    if len(text.partition(".")[2]) == 3:
        text += "0"
    return text.replace(".", ",") if spoken() == "vi" else text
