"""Templates filled in for a booking: Markdown in which `{{variables}}` stand for what is known of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tui_booking.language import N_, label_of
from tui_booking.models.choices import BookingStatus, BookingType, DeliverableStatus, DeliverableType
from tui_booking.models.database import Store
from tui_booking.reading.cells import CellError
from tui_booking.services.asking import reader_of, select
from tui_booking.services.days import written_day
from tui_booking.services.names import name_of
from tui_booking.services.parsing import written_money
from tui_booking.services.problems import Gone
from tui_booking.services.rows import read_rows

VARIABLE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~-])")
_LINES = re.compile(r"\s*\n\s*")

# What a template may name, and what stands for it.
VARIABLES: dict[str, str] = {
    "creator_name": N_("Name of the creator"),
    "creator_alias": N_("Stage name of the creator, or the name"),
    "creator_key": N_("Key of the creator"),
    "creator_handle": N_("Handle of the booking's channel, or of the creator's first one"),
    "contact_name": N_("Primary contact of the creator"),
    "contact_phone": N_("Phone number of the primary contact"),
    "campaign_code": N_("Code of the campaign"),
    "campaign_name": N_("Name of the campaign"),
    "brand_code": N_("Code of the brand"),
    "brand_name": N_("Name of the brand"),
    "product_code": N_("Code of the main product"),
    "product_name": N_("Name of the main product"),
    "booking_code": N_("Code of the booking"),
    "booking_type": N_("Type of the booking"),
    "booking_status": N_("Status of the booking"),
    "total_fee": N_("Agreed fee with its currency"),
    "currency": N_("Currency of the fee"),
    "start_date": N_("First day of the booking"),
    "end_date": N_("Last day of the booking"),
    "brief_summary": N_("Brief of the booking"),
    "deliverables_count": N_("How many deliverables there are, or were agreed on"),
    "deliverables": N_("The deliverables as a list, with their deadlines"),
    "deliverable_title": N_("The next deliverable that is not posted yet"),
    "deadline_shoot": N_("Day by which the next deliverable is to be shot"),
    "deadline_post": N_("Day by which the next deliverable is to be posted"),
    "voucher": N_("Voucher or referral code of the booking"),
    "tracking_link": N_("Tracking link of the booking"),
    "operator_name": N_("Your name"),
    "today": N_("The day of today"),
}
# These are Markdown themselves.
_MARKED_UP = ("brief_summary", "deliverables")
_OVER = (DeliverableStatus.POSTED, DeliverableStatus.REJECTED, DeliverableStatus.CANCELED)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A template filled in: `text` to be copied, `markdown` to be shown, in which values cannot format anything.

    `unknown` variables mean nothing, `missing` ones have neither a value nor a default; both stand in it as they were.
    """

    text: str
    markdown: str
    unknown: tuple[str, ...]
    missing: tuple[str, ...]


def render(content: str, variables: Mapping[str, Any], values: Mapping[str, str]) -> Rendered:
    """Fill in a template; `variables` are its own (name to description and default), `values` what is known."""
    unknown: dict[str, None] = {}
    missing: dict[str, None] = {}
    defaults = {name: _default(told) for name, told in variables.items()}

    def stand_in(found: re.Match[str], *, escaped: bool) -> str:
        name = found[1]
        value = values.get(name) or defaults.get(name) or ""
        if value:
            return _escape(value) if escaped and name not in _MARKED_UP else value
        (missing if name in VARIABLES or name in defaults else unknown)[name] = None
        return found[0]

    text = VARIABLE.sub(lambda found: stand_in(found, escaped=False), content)
    markdown = VARIABLE.sub(lambda found: stand_in(found, escaped=True), content)
    return Rendered(text, markdown, tuple(unknown), tuple(missing))


def render_for_booking(store: Store, template: UUID, booking: UUID, *, operator: str, today: date) -> Rendered:
    """A template filled in for a booking; `today` in the operator's zone."""
    found = read_rows(store, "template", [template]).get(template)
    if found is None:
        raise Gone(name_of(store, "template", template))
    values = values_for(store, booking, operator=operator, today=today)
    return render(found["content"], found["variables"] or {}, values)


def values_for(store: Store, booking: UUID, *, operator: str, today: date) -> dict[str, str]:
    """What is known of a booking, by variable; '' where nothing is."""
    rows = select(store, _BOOKING, (booking,))
    if not rows:
        raise Gone(name_of(store, "booking", booking))
    told = dict(zip(_SELECTED, rows[0], strict=True))
    deliverables = select(store, _DELIVERABLES, (booking,))
    days = reader_of("date")
    following = next((row for row in deliverables if row[4] not in _OVER), (None, "", None, None, None, None))
    names = select(store, "SELECT u.full_name FROM app_user u WHERE u.username = ?", (operator,))
    fee = Decimal(told["total_fee_agreed"]).scaleb(-2)
    found = {
        **{name: told.get(name) or "" for name in VARIABLES},
        "booking_type": _label(BookingType, told["booking_type"]),
        "booking_status": _label(BookingStatus, told["status"]),
        "total_fee": f"{written_money(fee, told['currency'])} {told['currency']}",
        "start_date": _day(days(told["start_date"])),
        "end_date": _day(days(told["end_date"])),
        "deliverables_count": str(len(deliverables) or told["deliverables_count_planned"] or ""),
        "deliverables": "\n".join(_told(row) for row in deliverables),
        "deliverable_title": following[1],
        "deadline_post": _day(days(following[2])),
        "deadline_shoot": _day(days(following[3])),
        "operator_name": (names[0][0] if names else "") or operator,
        "today": written_day(today),
    }
    return {name: str(value) for name, value in found.items()}


def check_variables(variables: Any) -> None:
    """Raise CellError where a template's variables are not name to description and default."""
    if not isinstance(variables, dict):
        raise CellError(N_('must be variables such as {"name": {"description": "…", "default": "…"}}'))
    for name, told in variables.items():
        if not VARIABLE.fullmatch("{{" + name + "}}"):
            raise CellError(N_("{name!r} is not the name of a variable; write letters, digits and _"), name=name)
        if isinstance(told, str):
            continue
        wrong = not isinstance(told, dict) or not all(
            key in ("description", "default") and isinstance(text, str) for key, text in told.items()
        )
        if wrong:
            raise CellError(N_("{name}: must be a description and a default, each a text"), name=name)


def _default(told: Any) -> str:
    if isinstance(told, dict):
        told = told.get("default", "")
    return told if isinstance(told, str) else ""


def _escape(value: str) -> str:
    return _LINES.sub("  \n", _MARKDOWN.sub(r"\\\1", value)) if "\n" in value else _MARKDOWN.sub(r"\\\1", value)


def _told(row: tuple[Any, ...]) -> str:
    _id, title, deadline, _shoot, _status, deliverable_type = row
    told = f"- {title or _label(DeliverableType, deliverable_type)}"
    day = _day(reader_of("date")(deadline))
    return f"{told} ({day})" if day else told


def _label(words: type[Any], value: str) -> str:
    word = reader_of("choice", words)(value)
    return label_of(word) if isinstance(word, words) else str(word)


def _day(day: date | None) -> str:
    return "" if day is None else written_day(day)


_CODES = (
    "(SELECT a.code_value FROM tracking_asset a WHERE a.booking_id = b.id AND a.deleted_at IS NULL AND a.is_active"
    " AND a.code_type {} ORDER BY a.id LIMIT 1)"
)
_CONTACT = "SELECT k.{} FROM creator_contact k WHERE k.creator_id = c.id AND k.deleted_at IS NULL AND k.is_primary"
_OWN_HANDLE = "(SELECT '@' || h.handle FROM creator_channel h WHERE h.id = b.channel_id)"
_FIRST_HANDLE = (
    "(SELECT '@' || h.handle FROM creator_channel h WHERE h.creator_id = c.id AND h.deleted_at IS NULL"
    " ORDER BY h.platform <> 'tiktok', h.id LIMIT 1)"
)
_COLUMNS = {
    "creator_name": "c.name",
    "creator_alias": "COALESCE(NULLIF(c.alias, ''), c.name)",
    "creator_key": "c.creator_key",
    "creator_handle": f"COALESCE({_OWN_HANDLE}, {_FIRST_HANDLE})",
    "contact_name": f"({_CONTACT.format('name')})",
    "contact_phone": f"({_CONTACT.format('phone')})",
    "campaign_code": "g.code",
    "campaign_name": "g.name",
    "brand_code": "r.code",
    "brand_name": "r.name",
    "product_code": "p.code",
    "product_name": "p.name",
    "booking_code": "b.code",
    "booking_type": "b.booking_type",
    "status": "b.status",
    "total_fee_agreed": "b.total_fee_agreed",
    "currency": "b.currency",
    "start_date": "b.start_date",
    "end_date": "b.end_date",
    "brief_summary": "b.brief_summary",
    "deliverables_count_planned": "b.deliverables_count_planned",
    "voucher": _CODES.format("IN ('voucher', 'referral_code')"),
    "tracking_link": _CODES.format("= 'link'"),
}
_SELECTED = tuple(_COLUMNS)
_BOOKING = (
    f"SELECT {', '.join(_COLUMNS.values())} FROM booking b JOIN creator c ON c.id = b.creator_id"
    " JOIN campaign g ON g.id = b.campaign_id JOIN brand r ON r.id = b.brand_id"
    " LEFT JOIN product p ON p.id = b.product_focus_id WHERE b.id = ?"
)
# What comes next stands first: by deadline, those without one at the end.
_DELIVERABLES = (
    "SELECT d.id, d.title, d.deadline_post, d.deadline_shoot, d.status, d.deliverable_type FROM booking_deliverable d"
    " WHERE d.booking_id = ? AND d.deleted_at IS NULL ORDER BY d.deadline_post IS NULL, d.deadline_post, d.id"
)
