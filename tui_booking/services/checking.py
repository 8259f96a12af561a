"""What can be said of a form's values without a database: what is missing, out of range, or at odds with another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from tui_booking.language import _, filled
from tui_booking.reading.cells import CellError
from tui_booking.reading.contacts import tiktok_video_id
from tui_booking.reading.dates import FIRST_YEAR, LAST_YEAR
from tui_booking.reading.money import CURRENCIES, DONG, MONEY_LIMIT
from tui_booking.services.days import written_day
from tui_booking.services.fields import FORMS, Form, FormField
from tui_booking.services.parsing import Unreadable, read
from tui_booking.services.rendering import check_variables
from tui_booking.services.rules import Mistake, check_action, check_condition

# Fields that are right or wrong together: what one of them is changed to depends on what the others are.
TOGETHER: dict[str, tuple[frozenset[str], ...]] = {
    "creator_channel": (frozenset(("platform", "handle", "external_id")),),
    "creator_rate_card": (
        frozenset(("valid_from", "valid_to")),
        frozenset(("creator", "channel")),
        frozenset(("price", "currency")),
    ),
    "campaign": (frozenset(("start_date", "end_date")),),
    "booking": (
        frozenset(("start_date", "end_date")),
        frozenset(("campaign", "creator", "channel", "product_focus")),
        frozenset(("total_fee_agreed", "currency")),
    ),
    "video": (
        frozenset(("url", "channel", "platform_video_id")),
        frozenset(("booking", "booking_deliverable", "campaign", "creator")),
    ),
    "tracking_asset": (
        frozenset(("booking", "campaign", "creator")),
        frozenset(("code_type", "code_value", "platform")),
    ),
    "tracking_conversion": (frozenset(("revenue", "currency")),),
    "payment": (frozenset(("amount", "currency", "exchange_rate")),),
    "rule": (frozenset(("scope", "condition_json")),),
}
# The clocks of two machines need not agree.
_CLOCKS_APART = timedelta(minutes=10)
_LARGEST_COUNT = 10**18
_LARGEST_RATE = Decimal(10) ** 12
_BROKEN = re.compile("[\ud800-\udfff\0]")
_TEXTS = ("text", "code", "long_text", "markdown")


def check(kind: str, values: Mapping[str, Any]) -> dict[str, str]:
    """What is wrong with these values: field to a message that says what to do; what is left out is not looked at."""
    return check_form(FORMS[kind], values)


def check_form(form: Form, values: Mapping[str, Any]) -> dict[str, str]:
    """The same for a form that is not that of a kind of record."""
    kind, found = form.kind, dict[str, str]()
    for field in form.fields:
        if field.name not in values or field.read_only:
            continue
        problem = _check_field(field, values)
        if problem:
            found[field.name] = problem
    for name, problem in (_ACROSS[kind](values) if kind in _ACROSS else {}).items():
        found.setdefault(name, problem)
    return found


def _check_field(field: FormField, values: Mapping[str, Any]) -> str:
    value = values[field.name]
    if value is None or (isinstance(value, str) and not value.strip()):
        may_be_empty = not field.required or field.kind == "flag"
        return "" if may_be_empty else _("Needed: it cannot be empty.")
    if field.kind in _TEXTS:
        return _check_text(field, value)
    if field.kind in ("money", "count", "rate", "percent"):
        currency = values.get(field.currency, DONG) if field.currency and "." not in field.currency else DONG
        return _check_number(field, value, exact=currency == DONG and field.currency != "booking.currency")
    if field.kind == "date" and not FIRST_YEAR <= value.year <= LAST_YEAR:
        return _("The year must be from {first} to {last}.").format(first=FIRST_YEAR, last=LAST_YEAR)
    if field.kind == "currency" and value not in CURRENCIES:
        return _("Not a currency; write its code of three letters, such as VND or USD.")
    if field.kind == "choice" and field.words is not None and value not in {word.value for word in field.words}:
        return _("Choose one of the list.")
    return ""


def _check_text(field: FormField, value: str) -> str:
    if _BROKEN.search(value):
        return _("Holds a character that cannot be stored; enter the text again.")
    if len(value) > field.limit:
        return filled(
            _("Is too long: {length:,} characters, at most {limit:,} fit; shorten it."),
            length=len(value),
            limit=field.limit,
        )
    if field.reads:
        try:
            read(field, value, today=date(2000, 1, 1))
        except Unreadable as problem:
            return problem.message
    return ""


def _check_number(field: FormField, value: Any, *, exact: bool) -> str:
    if field.kind == "rate":
        return "" if 0 < value < _LARGEST_RATE else _("Must be more than 0, and not as large as that.")
    low, high = field.minimum, field.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        if low is not None and high is not None:
            return _("Must be {low} to {high}.").format(low=low, high=high)
        return _("Must be {low} or more.").format(low=low)
    if field.kind == "money":
        if abs(value) * 100 >= MONEY_LIMIT:
            return _("Is too large: an amount has at most 15 digits.")
        if value != round(value, 0 if exact else 2):
            return (
                _("An amount in VND has no fraction; round it.")
                if exact
                else _("Has more than two decimals; round it.")
            )
    if field.kind == "count" and value >= _LARGEST_COUNT:
        return _("Is too large: a number has at most 18 digits.")
    return ""


def _check_order(values: Mapping[str, Any], start: str, end: str) -> dict[str, str]:
    first, last = values.get(start), values.get(end)
    if first is None or last is None or last >= first:
        return {}
    return {end: _("The end is before the start, which is {start}.").format(start=written_day(first))}


def _check_video(values: Mapping[str, Any]) -> dict[str, str]:
    if not {"url", "platform_video_id"} <= values.keys():
        return {}
    own = tiktok_video_id(values["url"] or "")
    given = values["platform_video_id"]
    if not values["url"] and not given:
        return {"url": _("Give the address of the video, or its id on the platform.")}
    if own and given and own != given:
        said = _("The address is that of the video {video}; correct one of the two.")
        return {"platform_video_id": said.format(video=own)}
    return {}


def _check_snapshot(values: Mapping[str, Any]) -> dict[str, str]:
    moment = values.get("snapshot_time")
    if moment is None or moment <= datetime.now(UTC) + _CLOCKS_APART:
        return {}
    return {"snapshot_time": _("Is still to come: what a video has reached is measured, not foreseen.")}


def _check_payment(values: Mapping[str, Any]) -> dict[str, str]:
    if values.get("currency") == DONG and values.get("exchange_rate") is not None:
        return {"exchange_rate": _("An amount in VND has no exchange rate; empty it, or choose another currency.")}
    return {}


def _check_rule(values: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, look in (("condition_json", check_condition), ("action_json", check_action)):
        if values.get(name) is not None:
            try:
                look(values[name], values.get("scope"))
            except CellError as error:
                found[name] = _sentence(error)
    return found


def _check_template(values: Mapping[str, Any]) -> dict[str, str]:
    try:
        check_variables(values.get("variables") or {})
    except CellError as error:
        return {"variables": _sentence(error)}
    return {}


def _sentence(error: CellError) -> str:
    said = error.spoken
    if isinstance(error, Mistake):
        return said  # it begins with the path, which is no sentence
    return said[:1].upper() + said[1:]


_ACROSS: dict[str, Callable[[Mapping[str, Any]], dict[str, str]]] = {
    "campaign": lambda values: _check_order(values, "start_date", "end_date"),
    "booking": lambda values: _check_order(values, "start_date", "end_date"),
    "creator_rate_card": lambda values: _check_order(values, "valid_from", "valid_to"),
    "video": _check_video,
    "video_metric_snapshot": _check_snapshot,
    "payment": _check_payment,
    "rule": _check_rule,
    "template": _check_template,
}
