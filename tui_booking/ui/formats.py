"""Values as text, in the language that is spoken: what stands in a cell, and what goes to the clipboard.

Babel knows how numbers are written in each language, and takes a tenth of a second to say so; here it is written down,
and a test holds it against Babel.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from typing import Any

from tui_booking import language as language_module
from tui_booking.language import Language, _, grouped, label_of
from tui_booking.services.declarations import Value, ValueKind
from tui_booking.ui.widgets.plainly import cut, plain

__all__ = ["NOTHING", "cut", "format_value", "full_value", "is_number", "plain", "sign_of", "speak"]

NOTHING = "–"
DONG = "VND"
# One for each word of a status, in the letters of every terminal's font, the console's included.
SIGNS = {
    "draft": "·",
    "planned": "○",
    "negotiating": "~",
    "pending": "◊",
    "confirmed": "●",
    "active": "●",
    "watchlist": "◊",
    "blacklist": "×",
    "running": "►",
    "in_progress": "►",
    "paused": "=",
    "shooting": "►",
    "waiting_approve": "?",
    "scheduled": "◊",
    "posted": "√",
    "hidden": "□",
    "deleted": "×",
    "completed": "√",
    "finished": "√",
    "paid": "√",
    "rejected": "!",
    "canceled": "×",
    "matched": "√",
    "not_matched": "×",
    "executed": "►",
    "imported": "√",
    "partly_imported": "!",
    "rolled_back": "«",
    "not_recognised": "?",
    "unreadable": "×",
    "error": "✗",
    "warning": "!",
    "info": "·",
}
_NUMBERS = ("count", "money", "cost", "percent", "factor")
# A sum that is small is told more exactly: cost per view is a few dong, or parts of a cent.
_COST_PLACES = ((10, 2), (100, 1))


class _Spoken:
    """How moments are written now: one way for the whole program."""

    zone: tzinfo = UTC


def speak(language: Language, zone: tzinfo) -> None:
    """Use this language, its numbers too, and write moments in this zone, from now on."""
    language_module.speak(language)
    _Spoken.zone = zone


def is_number(kind: ValueKind) -> bool:
    """Whether values of a kind stand at the right of their column."""
    return kind in _NUMBERS


def format_value(value: Value, kind: ValueKind, *, currency: str | None = None) -> str:
    """A value on one line, as a person reads it; amounts are in dong where no currency is given."""
    if value is None or value == "":
        return NOTHING
    if kind in ("money", "cost"):
        return _AMOUNTS[kind](value, currency or DONG)
    return _FORMATS[kind](value)


def full_value(value: Value, kind: ValueKind) -> str:
    """A value whole, to be pasted elsewhere: text as it is stored, numbers as other programs read them."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, bool) or kind in ("date", "moment", "choice"):
        return format_value(value, kind).removeprefix(f"{sign_of(value)} ")
    return str(value)


def sign_of(value: object) -> str:
    """The sign of a status; empty where a word is none."""
    return SIGNS.get(value, "") if isinstance(value, str) else ""


# --- kinds ----------------------------------------------------------------------------------------------------------


def _format_count(value: Any) -> str:
    return grouped(value)


def _format_money(value: Any, currency: str) -> str:
    if currency == DONG:
        return f"{grouped(value, 0 if value == value.to_integral_value() else 2)} ₫"
    return f"{grouped(value, 2)} {plain(currency)}"


def _format_cost(value: Any, currency: str) -> str:
    size = abs(value)
    if currency == DONG:
        places = next((places for below, places in _COST_PLACES if 0 < size < below), 0)
        return f"{grouped(value, places)} ₫"
    return f"{grouped(value, 2 if size >= 1 else 4)} {plain(currency)}"


def _format_percent(value: Any) -> str:
    return f"{grouped(value * 100, 1)}%"


def _format_factor(value: Any) -> str:
    return f"{grouped(value, 2)}×"


def _format_day(value: Any) -> str:
    # Not by strftime, which writes early years with fewer digits on some systems.
    return f"{value.day:02}/{value.month:02}/{value.year:04}" if isinstance(value, date) else plain(str(value))


def _format_moment(value: Any) -> str:
    if not isinstance(value, datetime):
        return _format_day(value)
    local = value.astimezone(_Spoken.zone)
    return f"{_format_day(local)} {local.hour:02}:{local.minute:02}"


def _format_choice(value: Any) -> str:
    word = label_of(value) if hasattr(value, "english") else plain(str(value))
    sign = SIGNS.get(value)
    return f"{sign} {word}" if sign else word


def _format_flag(value: Any) -> str:
    return _("yes") if value else _("no")


def _format_text(value: Any) -> str:
    return plain(str(value))


_AMOUNTS: dict[str, Callable[[Any, str], str]] = {"money": _format_money, "cost": _format_cost}
_FORMATS: dict[str, Callable[[Any], str]] = {
    "text": _format_text,
    "code": _format_text,
    "link": _format_text,
    "markdown": _format_text,
    "json": _format_text,
    "count": _format_count,
    "percent": _format_percent,
    "factor": _format_factor,
    "date": _format_day,
    "moment": _format_moment,
    "choice": _format_choice,
    "flag": _format_flag,
}
