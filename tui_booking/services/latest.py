"""The newest snapshot of each video, kept beside the videos: brought up to date after edits, proved by the check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from tui_booking.models.database import Store

COUNTS = ("view_count", "like_count", "comment_count", "share_count", "save_count")
NAMES = ("snapshot_time", *COUNTS)
_BATCH = 500
_PAGE = 5_000

# The newest snapshot `s` of a video `v`: one seek in the index of the snapshots, however many there are.
_NEWEST = (
    "video_metric_snapshot s ON s.id = (SELECT n.id FROM video_metric_snapshot n WHERE n.video_id = v.id"
    " AND n.deleted_at IS NULL ORDER BY n.snapshot_time DESC LIMIT 1)"
)


class Stale(NamedTuple):
    """A video whose newest snapshot is not what is kept of it: the stored values and those that should be stored."""

    video_id: Any
    stored: tuple[Any, ...]
    expected: tuple[Any, ...]


def bring_latest_up_to_date(store: Store, video_ids: Iterable[UUID]) -> None:
    """Work out anew what is kept of these videos, after snapshots of theirs were made, changed, deleted or restored.

    To be called in the transaction that did so.
    """
    wanted = [video_id.hex for video_id in video_ids]
    for start in range(0, len(wanted), _BATCH):
        _renew(store, wanted[start : start + _BATCH])


def find_stale(store: Store) -> Iterator[list[Stale]]:
    """What does not agree, some thousand videos at a time, with a seek for each video."""
    stored = ", ".join(f"l.{name}" for name in NAMES)
    expected = ", ".join(f"s.{name}" for name in NAMES)
    after: Any = None
    while True:
        beyond = "" if after is None else f" WHERE v.id > {store.param}"
        rows = store.execute_sql(
            f"SELECT v.id, {stored}, {expected} FROM video v LEFT JOIN video_latest l ON l.video_id = v.id"
            f" LEFT JOIN {_NEWEST}{beyond} ORDER BY v.id LIMIT {_PAGE}",
            () if after is None else (after,),
        ).fetchall()
        found = [Stale(row[0], row[1 : len(NAMES) + 1], row[len(NAMES) + 1 :]) for row in rows]
        if wrong := [one for one in found if one.stored != one.expected]:
            yield wrong
        if len(rows) < _PAGE:
            return
        after = rows[-1][0]


def _renew(store: Store, ids: Sequence[str]) -> None:
    marks = ", ".join([store.param] * len(ids))
    sets = ", ".join(f"{name} = excluded.{name}" for name in NAMES)
    store.execute_sql(
        f"INSERT INTO video_latest (video_id, {', '.join(NAMES)}) SELECT v.id, {', '.join(f's.{n}' for n in NAMES)}"
        f" FROM video v JOIN {_NEWEST} WHERE v.id IN ({marks}) ON CONFLICT (video_id) DO UPDATE SET {sets}",
        ids,
    )
    store.execute_sql(
        f"DELETE FROM video_latest WHERE video_id IN ({marks}) AND NOT EXISTS (SELECT 1 FROM video_metric_snapshot s"
        " WHERE s.video_id = video_latest.video_id AND s.deleted_at IS NULL)",
        ids,
    )
