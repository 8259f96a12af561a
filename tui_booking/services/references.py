"""What a reference may point at: records by what is typed of their names, and what each is called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tui_booking.language import label_of
from tui_booking.models.choices import Choice, DeliverableType, Platform, TrackingPlatform
from tui_booking.models.database import Store
from tui_booking.models.folding import fold
from tui_booking.services.asking import contains, like_pattern, placeholders, read_id, select

# So many are offered; more are found by typing more.
OFFERED = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that a reference may point at: what it is called, and what tells it from others of that name."""

    id: UUID
    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """How records of a table are named and found; SQL over the table `t`.

    `starts` is a folded column with an index, of which those that begin with what is typed come first; each word that
    is typed stands in one of `searches`.
    """

    table: str
    label: str
    hint: str
    starts: str
    searches: tuple[str, ...]
    words: type[Choice] | None = None


_CREATOR = "(SELECT c.name_folded FROM creator c WHERE c.id = t.creator_id)"
_NAMED = {
    "user": _Named(
        "app_user", "t.username", "t.full_name", "t.username", ("folded(t.username)", "folded(t.full_name)")
    ),
    "brand": _Named("brand", "t.code", "t.name", "t.code_folded", ("t.code_folded", "t.name_folded")),
    "product": _Named("product", "t.code", "t.name", "t.code_folded", ("t.code_folded", "t.name_folded")),
    "creator": _Named(
        "creator", "t.name", "t.creator_key", "t.name_folded",
        ("t.name_folded", "t.creator_key_folded", "t.alias_folded"),
    ),
    "creator_channel": _Named(
        "creator_channel", "t.handle", "t.platform", "t.handle", ("t.handle", _CREATOR), Platform,
    ),
    "creator_tag": _Named("creator_tag", "t.name", "t.description", "t.name_folded", ("t.name_folded",)),
    "campaign": _Named("campaign", "t.code", "t.name", "t.code_folded", ("t.code_folded", "t.name_folded")),
    "booking": _Named(
        "booking", "t.code", "(SELECT c.name FROM creator c WHERE c.id = t.creator_id)", "t.code_folded",
        ("t.code_folded", _CREATOR),
    ),
    "booking_deliverable": _Named(
        "booking_deliverable", "CASE WHEN t.title = '' THEN t.deliverable_code ELSE t.title END", "t.deliverable_type",
        "substr(t.title_folded, 1, 100)",
        ("t.title_folded", "(SELECT b.code_folded FROM booking b WHERE b.id = t.booking_id)"), DeliverableType,
    ),
    "video": _Named(
        "video", "CASE WHEN t.title = '' THEN t.url ELSE t.title END", "t.platform_video_id",
        "substr(t.title_folded, 1, 100)",
        ("t.title_folded", "t.platform_video_id", "lower(t.url)"),
    ),
    "tracking_asset": _Named(
        "tracking_asset", "t.code_value", "t.platform", "t.code_value_folded", ("t.code_value_folded",),
        TrackingPlatform,
    ),
    "template": _Named("template", "t.name", "''", "t.name_folded", ("t.name_folded",)),
    "rule": _Named("rule", "t.name", "t.description", "t.name_folded", ("t.name_folded",)),
}  # fmt: skip


def can_be_found(kind: str) -> bool:
    """Whether records of the kind have names by which they are found."""
    return kind in _NAMED


def find_references(
    store: Store, kind: str, typed: str, *, condition: str = "", params: Iterable[object] = ()
) -> list[Candidate]:
    """The records in use that fit what is typed, those that begin with it first; at most OFFERED of them.

    `condition` narrows them: SQL over the table `t`, with `params` for its `?`.
    """
    named = _NAMED[kind]
    words = fold(typed)
    narrowed = f"t.is_active AND {condition}" if condition else "t.is_active"
    # A range, which an index answers on both engines; LIKE would walk through all.
    begins = f"{narrowed} AND {named.starts} >= ? AND {named.starts} < ?"
    found = _select(
        store, named, begins, [*params, words, f"{words}\U0010ffff"], order=f"ORDER BY {named.starts}, t.id"
    )
    if not words or len(found) == OFFERED:
        return found
    tests, texts = [narrowed], list(params)
    for word in words.split():
        tests.append("(" + " OR ".join(contains(column) for column in named.searches) + ")")
        texts += [like_pattern(word)] * len(named.searches)
    # In no order: the first that are found are enough, and nothing waits for the last.
    others = _select(store, named, " AND ".join(tests), texts)
    known = {one.id for one in found}
    return [*found, *(one for one in others if one.id not in known)][:OFFERED]


def name_references(store: Store, kind: str, ids: Iterable[UUID]) -> dict[UUID, Candidate]:
    """What records are called, deleted ones too; those that are not there are left out."""
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return {}
    found = _select(store, _NAMED[kind], f"t.id IN ({placeholders(len(wanted))})", wanted, limit=len(wanted))
    return {one.id: one for one in found}


def _select(
    store: Store, named: _Named, condition: str, params: Iterable[object], *, order: str = "", limit: int = OFFERED
) -> list[Candidate]:
    sql = f"SELECT t.id, {named.label}, {named.hint} FROM {named.table} t WHERE {condition} {order} LIMIT {limit}"
    return [_candidate(named, *row) for row in select(store, sql, list(params))]


def _candidate(named: _Named, identifier: Any, label: str | None, hint: str | None) -> Candidate:
    if named.words is not None and hint is not None:
        word = next((word for word in named.words if word.value == hint), None)
        hint = label_of(word) if word is not None else hint
    return Candidate(read_id(identifier), label or "", hint or "")
