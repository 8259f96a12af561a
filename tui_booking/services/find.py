"""Any record by what a person knows of it: name, code, handle, phone in any spelling, address, id of a video."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from tui_booking.language import label_of
from tui_booking.models.choices import Choice, RuleScope, TemplateType
from tui_booking.models.database import Store
from tui_booking.models.folding import fold
from tui_booking.reading.cells import CellError
from tui_booking.reading.contacts import read_handle, read_phone, tiktok_video_id
from tui_booking.services.asking import contains, like_pattern, read_id, select
from tui_booking.services.kinds import table_of
from tui_booking.services.references import can_be_found, name_references

_LAST = "\U0010ffff"
_DIGITS = re.compile(r"[0-9]{5,25}")
_SOME_DIGITS = 4
_OF_NUMBERS = "+0123456789 .-()"
_NOT_DIGITS = re.compile(r"[^0-9+]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was found: what it is called, and what tells it from others of that name."""

    kind: str
    id: UUID
    title: str
    subtitle: str


class _Way(NamedTuple):
    """One statement's part: records of a kind that fulfil a condition over `t` and what it is joined with."""

    kind: str
    source: str
    subtitle: str
    condition: str
    params: tuple[object, ...]
    order: str = ""


_CREATOR_OF = "(SELECT k.name FROM creator k WHERE k.id = t.creator_id)"
_CAMPAIGN_OF = "(SELECT c.code FROM campaign c WHERE c.id = t.campaign_id)"
_BRAND_OF = "(SELECT m.name FROM brand m WHERE m.id = t.brand_id)"

# What records of a kind are called, over the table `t`.
_TITLES = {
    "creator": "t.name",
    "campaign": "t.name",
    "booking": "t.code",
    "booking_deliverable": "t.title",
    "video": "CASE WHEN t.title = '' THEN COALESCE(t.platform_video_id, t.url) ELSE t.title END",
    "payment": "COALESCE(t.payment_ref, t.invoice_number, '')",
    "brand": "t.name",
    "product": "t.name",
    "tracking_asset": "t.code_value",
    "tracking_conversion": "t.order_code",
    "template": "t.name",
    "rule": "t.name",
    "creator_tag": "t.name",
    "user": "CASE WHEN t.full_name = '' THEN t.username ELSE t.full_name END",
}
_SUBTITLES = {
    "creator": "t.creator_key",
    "campaign": f"t.code || ' · ' || COALESCE({_BRAND_OF}, '')",
    "booking": f"COALESCE({_CREATOR_OF}, '') || ' · ' || COALESCE({_CAMPAIGN_OF}, '')",
    "booking_deliverable": "(SELECT b.code || ' · ' || k.name FROM booking b JOIN creator k ON k.id = b.creator_id"
    " WHERE b.id = t.booking_id)",
    "video": f"COALESCE({_CREATOR_OF}, '') || ' · ' || COALESCE({_CAMPAIGN_OF}, '')",
    "payment": f"COALESCE({_CREATOR_OF}, '') || ' · ' || COALESCE((SELECT b.code FROM booking b WHERE b.id ="
    " t.booking_id), '')",
    "brand": "t.code",
    "product": f"t.code || ' · ' || COALESCE({_BRAND_OF}, '')",
    "tracking_asset": f"COALESCE({_CAMPAIGN_OF}, '')",
    "tracking_conversion": "(SELECT a.code_value FROM tracking_asset a WHERE a.id = t.tracking_asset_id)",
    "template": "t.template_type",
    "rule": "t.scope",
    "creator_tag": "t.description",
    "user": "t.username",
}
_WORDS: dict[str, type[Choice]] = {"template": TemplateType, "rule": RuleScope}
# By which columns records are found that begin with what is typed; an index over each serves that.
_STARTS = (
    ("creator", "t.name_folded"),
    ("creator", "t.alias_folded"),
    ("creator", "t.creator_key_folded"),
    ("campaign", "t.code_folded"),
    ("campaign", "t.name_folded"),
    ("booking", "t.code_folded"),
    ("brand", "t.code_folded"),
    ("brand", "t.name_folded"),
    ("product", "t.code_folded"),
    ("product", "t.name_folded"),
    ("video", "substr(t.title_folded, 1, 100)"),
    ("tracking_asset", "t.code_value_folded"),
    ("tracking_conversion", "t.order_code_folded"),
    ("payment", "t.invoice_number_folded"),
    ("template", "t.name_folded"),
    ("rule", "t.name_folded"),
    ("creator_tag", "t.name_folded"),
)
# By which columns those are found that contain each word that is typed, small tables first.
_CONTAINS = (
    ("user", ("folded(t.username)", "folded(t.full_name)")),
    ("brand", ("t.code_folded", "t.name_folded")),
    ("campaign", ("t.code_folded", "t.name_folded")),
    ("template", ("t.name_folded",)),
    ("rule", ("t.name_folded",)),
    ("product", ("t.code_folded", "t.name_folded")),
    ("creator", ("t.name_folded", "t.alias_folded", "t.creator_key_folded")),
    ("booking", ("t.code_folded",)),
    ("booking_deliverable", ("t.title_folded",)),
    ("payment", ("t.invoice_number_folded",)),
    ("video", ("t.title_folded",)),
    ("tracking_asset", ("t.code_value_folded",)),
)
_BY_CHANNEL = "creator_channel x JOIN creator t ON t.id = x.creator_id"
_BY_CONTACT = "creator_contact x JOIN creator t ON t.id = x.creator_id"

# What a record without a list of its own hangs on: kind of the owner and column.
_OWNERS = {
    "creator_channel": ("creator", "creator_id"),
    "creator_contact": ("creator", "creator_id"),
    "creator_note": ("creator", "creator_id"),
    "creator_rate_card": ("creator", "creator_id"),
    "creator_tag_map": ("creator", "creator_id"),
    "campaign_product": ("campaign", "campaign_id"),
    "campaign_creator": ("campaign", "campaign_id"),
    "booking_deliverable": ("booking", "booking_id"),
    "booking_status_history": ("booking", "booking_id"),
    "video_metric_snapshot": ("video", "video_id"),
    "tracking_asset": ("campaign", "campaign_id"),
    "tracking_conversion": ("tracking_asset", "tracking_asset_id"),
    "rule_log": ("rule", "rule_id"),
    "import_file": ("import_run", "run_id"),
    "product": ("brand", "brand_id"),
}


def find(store: Store, words: str, limit: int) -> list[Found]:
    """The records that are called so, marks and case aside; the surest first, at most `limit` of them.

    First what is exactly so and what begins so, by indexes, in one question; where that is not enough, what contains
    each word, in another, unless an address, a handle or a number was found. Deleted records are not found.
    """
    typed = words.replace("\0", "").strip()
    folded = fold(typed)
    if not folded or limit < 1:
        return []
    found = _ask(store, [*_exact_ways(typed), *_starting_ways(folded)], limit)
    # An address, a handle or a number that was found is what was meant: no need to read through all texts for it.
    is_meant = bool(found) and ("/" in typed or typed.startswith("@") or not typed.strip(_OF_NUMBERS))
    if len(found) < limit and not is_meant:
        found += _ask(store, _containing_ways(folded.split()), limit)
    once: dict[tuple[str, UUID], Found] = {}
    for one in found:
        once.setdefault((one.kind, one.id), one)
    return list(once.values())[:limit]


def names_of(store: Store, kinds: Mapping[UUID, str]) -> dict[UUID, str]:
    """What records are called, by id; `kinds` says of which kind each is. Those that are not there are left out."""
    names: dict[UUID, str] = {}
    for kind in dict.fromkeys(kinds.values()):
        if can_be_found(kind):
            ids = [record for record, its_kind in kinds.items() if its_kind == kind]
            names |= {record: one.label for record, one in name_references(store, kind, ids).items()}
    return names


def owner_of(store: Store, kind: str, id: UUID) -> tuple[str, UUID] | None:  # noqa: A002
    """The record that another one hangs on, kind and id; None where it hangs on none, or is not there."""
    if kind not in _OWNERS:
        return None
    owner, column = _OWNERS[kind]
    rows = select(store, f"SELECT t.{column} FROM {kind} t WHERE t.id = ?", [id])
    return (owner, read_id(rows[0][0])) if rows else None


def _ask(store: Store, ways: Iterable[_Way], limit: int) -> list[Found]:
    """One question for all ways; each gives at most as many as are wanted."""
    branches: list[str] = []
    params: list[object] = []
    for way in ways:
        order = f" ORDER BY {way.order}" if way.order else ""
        branches.append(
            f"SELECT * FROM (SELECT '{way.kind}' AS kind, t.id AS id, CAST({_TITLES[way.kind]} AS text) AS title,"
            f" CAST({way.subtitle} AS text) AS subtitle FROM {way.source} WHERE {way.condition}"
            f" AND t.deleted_at IS NULL{order} LIMIT {limit}) w{len(branches)}"
        )
        params += way.params
    rows: list[tuple[Any, ...]] = select(store, f"{' UNION ALL '.join(branches)} LIMIT {limit * 2}", params)
    return [
        Found(kind, read_id(id_), title or "", _in_words(kind, subtitle or "")) for kind, id_, title, subtitle in rows
    ]


def _in_words(kind: str, subtitle: str) -> str:
    """What a person calls the word of an enum that tells a record of this kind from others."""
    words: Iterable[Choice] = _WORDS.get(kind, ())
    return next((label_of(word) for word in words if word == subtitle), subtitle)


def _exact_ways(typed: str) -> list[_Way]:
    """Ways by what is exactly one: the id of a video, an address, a phone, a handle, a reference of a payment."""
    ways = []
    video = tiktok_video_id(typed) or (typed if _DIGITS.fullmatch(typed) else None)
    if video is not None:
        ways.append(
            _Way("video", "video t", _SUBTITLES["video"],
                 "t.channel IN ('tiktok', 'other') AND t.platform_video_id = ?", (video,))
        )  # fmt: skip
    if "/" in typed:
        # Addresses of videos without an id have an index.
        ways.append(
            _Way("video", "video t", _SUBTITLES["video"], "t.platform_video_id IS NULL AND t.url = ?", (typed,))
        )
    ways += _by_phone(typed)
    for reference in dict.fromkeys((typed, typed.upper())):
        ways.append(_starting("payment", "payment t", _SUBTITLES["payment"], "t.payment_ref", reference))
    return ways + _by_handle(typed)


def _by_phone(typed: str) -> list[_Way]:
    try:
        phone, doubt = read_phone(typed)
    except CellError:
        return []
    if phone is not None and doubt is None:
        return [_Way("creator", _BY_CONTACT, "x.phone", "x.phone = ? AND x.deleted_at IS NULL", (phone,))]
    # What is not a whole number yet.
    digits = _NOT_DIGITS.sub("", typed)
    if len(digits) < _SOME_DIGITS or typed.strip(_OF_NUMBERS):
        return []
    start = f"+84{digits.removeprefix('0')}" if digits.startswith("0") else digits
    way = _starting("creator", _BY_CONTACT, "x.phone", "x.phone", start)
    return [way._replace(condition=f"{way.condition} AND x.deleted_at IS NULL")]


def _by_handle(typed: str) -> list[_Way]:
    try:
        _platform, handle = read_handle(typed)
    except CellError:
        return []
    if not handle:
        return []
    way = _starting("creator", _BY_CHANNEL, "'@' || x.handle", "x.handle", handle)
    return [way._replace(condition=f"{way.condition} AND x.deleted_at IS NULL")]


def _starting_ways(folded: str) -> list[_Way]:
    ways = [_starting(kind, f"{kind} t", _SUBTITLES[kind], column, folded) for kind, column in _STARTS]
    contact = _starting("creator", _BY_CONTACT, "x.name", "x.name_folded", folded)
    return [*ways, contact._replace(condition=f"{contact.condition} AND x.deleted_at IS NULL")]


def _starting(kind: str, source: str, subtitle: str, column: str, start: str) -> _Way:
    """By a range, which an index answers on both engines; what is exactly so stands first in it."""
    return _Way(kind, source, subtitle, f"{column} >= ? AND {column} < ?", (start, f"{start}{_LAST}"), column)


def _containing_ways(words: list[str]) -> list[_Way]:
    ways = []
    for kind, columns in _CONTAINS:
        tests = [f"({' OR '.join(contains(column) for column in columns)})" for _word in words]
        params = [like_pattern(word) for word in words for _column in columns]
        source = f"{table_of(kind)} t"
        ways.append(_Way(kind, source, _SUBTITLES[kind], " AND ".join(tests), tuple(params)))
    handles = " AND ".join(contains("x.handle") for _word in words)
    patterns = tuple(like_pattern(word) for word in words)
    ways.append(_Way("creator", _BY_CHANNEL, "'@' || x.handle", f"{handles} AND x.deleted_at IS NULL", patterns))
    urls = " AND ".join(contains("lower(t.url)") for _word in words)
    ways.append(_Way("video", "video t", _SUBTITLES["video"], urls, patterns))
    return ways
