"""The kinds of record: their models, what they point at, and how many of them are spoken of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from tui_booking.language import grouped, ngettext
from tui_booking.models import ALL_MODELS, Base
from tui_booking.models.base import Reference
from tui_booking.services.fields import FORMS

# What is written down of the past: it stays as it is, whatever becomes of what it is about.
LOGS = frozenset(("booking_status_history", "rule_log", "import_run", "import_file"))
# What may be there in millions is told by its parents, not one by one.
BULKY = {"video_metric_snapshot": "video", "tracking_conversion": "tracking_asset"}
# A reference that may be empty only mentions the other record, but for these: they go where it goes.
_PARTS = frozenset((("video", "booking"), ("tracking_asset", "booking")))

_COUNTED: dict[str, Callable[[int], str]] = {
    "user": lambda n: ngettext("{count} user", "{count} users", n),
    "brand": lambda n: ngettext("{count} brand", "{count} brands", n),
    "product": lambda n: ngettext("{count} product", "{count} products", n),
    "creator": lambda n: ngettext("{count} creator", "{count} creators", n),
    "creator_channel": lambda n: ngettext("{count} channel", "{count} channels", n),
    "creator_contact": lambda n: ngettext("{count} contact", "{count} contacts", n),
    "creator_tag": lambda n: ngettext("{count} tag", "{count} tags", n),
    "creator_tag_map": lambda n: ngettext("{count} tag of a creator", "{count} tags of creators", n),
    "creator_note": lambda n: ngettext("{count} note", "{count} notes", n),
    "creator_rate_card": lambda n: ngettext("{count} rate card", "{count} rate cards", n),
    "campaign": lambda n: ngettext("{count} campaign", "{count} campaigns", n),
    "campaign_product": lambda n: ngettext("{count} product of a campaign", "{count} products of campaigns", n),
    "campaign_creator": lambda n: ngettext("{count} creator of a campaign", "{count} creators of campaigns", n),
    "booking": lambda n: ngettext("{count} booking", "{count} bookings", n),
    "booking_deliverable": lambda n: ngettext("{count} deliverable", "{count} deliverables", n),
    "video": lambda n: ngettext("{count} video", "{count} videos", n),
    "video_metric_snapshot": lambda n: ngettext("{count} snapshot", "{count} snapshots", n),
    "tracking_asset": lambda n: ngettext("{count} tracking code", "{count} tracking codes", n),
    "tracking_conversion": lambda n: ngettext("{count} order", "{count} orders", n),
    "payment": lambda n: ngettext("{count} payment", "{count} payments", n),
    "template": lambda n: ngettext("{count} template", "{count} templates", n),
    "rule": lambda n: ngettext("{count} rule", "{count} rules", n),
}


@dataclass(frozen=True, slots=True)
class Pointer:
    """A reference: which kind has it in which field; `part` says that what has it goes where the other record goes."""

    kind: str
    field: str
    part: bool


def counted(kind: str, count: int) -> str:
    """So many records of a kind, in words."""
    return _COUNTED[kind](count).format(count=grouped(count))


def kind_of(model: type[Base]) -> str:
    """The kind of a model: the name of its table, and `user` for app_user."""
    table: str = model._meta.table_name
    return "user" if table == "app_user" else table


@cache
def models() -> dict[str, type[Base]]:
    """The model of each kind, each after those it points at."""
    return {kind_of(model): model for model in ALL_MODELS}


def model_of(kind: str) -> type[Base]:
    """The model of a kind that the app edits; raises KeyError for any other."""
    return models()[FORMS[kind].kind]


def table_of(kind: str) -> str:
    """The table of a kind."""
    return "app_user" if kind == "user" else kind


@cache
def pointers_at(kind: str) -> tuple[Pointer, ...]:
    """What can point at a record of a kind, logs aside."""
    return tuple(
        Pointer(other, field.name, not field.null or (other, field.name) in _PARTS)
        for other, model in models().items()
        if other not in LOGS
        for field in model._meta.sorted_fields
        if isinstance(field, Reference) and kind_of(field.rel_model) == kind
    )


@cache
def references_of(kind: str) -> dict[str, str]:
    """The references that a kind has: field to the kind that it points at."""
    return {
        field.name: kind_of(field.rel_model)
        for field in models()[kind]._meta.sorted_fields
        if isinstance(field, Reference)
    }
