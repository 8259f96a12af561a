"""What videos gained in views on each day, worked out from their snapshots once, and kept until something changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models import database
from tui_booking.models.database import DatabaseBusy, DatabaseFull, DatabaseReadOnly, Store, explain
from tui_booking.models.driver import peewee
from tui_booking.services.asking import day_of, execute, read_id, reader_of, select, start_of
from tui_booking.services.dashboard_facts import DailyViews

# The first snapshot of a video counts in full where the video was posted so many days before it at most.
FRESH_DAYS = 30
ALL = ""
_A_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_ROWS = 200
_day, _count = reader_of("date"), reader_of("count")

# By day and scope: all videos (ALL), or a brand's id in 32 digits.
Gains = dict[tuple[date, str], int | None]


class StaleDay(NamedTuple):
    """A day of which something else is kept than its snapshots say."""

    day: date
    stored: int | None
    expected: int | None


def read_gains(store: Store, start: date, end: date, zone: ZoneInfo, brand: UUID | None) -> dict[date, int | None]:
    """What all videos, or a brand's, gained on each day from `start` to `end`; None where there are no snapshots.

    Days that are not known yet are worked out, and kept where that is possible: somebody else may be writing.
    """
    known = read_known_gains(store, start, end, zone, brand)
    while known.missing:
        known = learn_gains(store, known, zone, brand)
    return known.gains


def read_known_gains(store: Store, start: date, end: date, zone: ZoneInfo, brand: UUID | None) -> DailyViews:
    """What is kept of the days from `start` to `end`, in one quick question."""
    scope = _scope(brand)
    kept = _read_kept(store, start, end, zone, scope)
    days = [start + number * _A_DAY for number in range((end - start).days + 1)]
    missing = tuple(day for day in days if (day, ALL) not in kept)
    return DailyViews({day: kept.get((day, scope)) for day in days}, missing)


def learn_gains(store: Store, known: DailyViews, zone: ZoneInfo, brand: UUID | None) -> DailyViews:
    """Work out the newest days that are missing, keep them where that is possible, and return all that is known then.

    A week at a time, so that others who write do not wait for long.
    """
    last = known.missing[-1]
    days = [day for day in known.missing if day > last - _WEEK]
    found = _learn_gains(store, days[0], last, zone)
    gains = {day: found.get((day, _scope(brand))) for day in days}
    return DailyViews(known.gains | gains, known.missing[: -len(days)])


def _scope(brand: UUID | None) -> str:
    return ALL if brand is None else brand.hex


def _learn_gains(store: Store, first: date, last: date, zone: ZoneInfo) -> Gains:
    try:
        with _keeping(store):
            found = work_out_gains(store, first, last, zone)
            _keep(store, first, last, zone, found)
            return found
    except (peewee.DatabaseError, sqlite3.Error) as error:
        if not isinstance(explain(error, store), DatabaseBusy | DatabaseReadOnly | DatabaseFull):
            raise
    return work_out_gains(store, first, last, zone)


def forget_gains(store: Store, since: date | None = None) -> None:
    """Forget what is known of the days from one on, or of all days: something that they come from has changed.

    To be called in the transaction that changes it.
    """
    if since is None:
        execute(store, "DELETE FROM view_day")
    else:
        execute(store, "DELETE FROM view_day WHERE day >= ?", [since])


def find_stale_days(store: Store) -> list[StaleDay]:
    """The days of which what is kept, of all videos, is not what their snapshots say."""
    stale = []
    for (zone,) in select(store, "SELECT DISTINCT zone FROM view_day"):
        ((first, last),) = select(store, "SELECT MIN(day), MAX(day) FROM view_day WHERE zone = ?", [zone])
        start, end = _day(first), _day(last)
        expected = work_out_gains(store, start, end, ZoneInfo(zone))
        for (day, scope), gained in _read_kept(store, start, end, ZoneInfo(zone), ALL).items():
            if gained != expected.get((day, scope)):
                stale.append(StaleDay(day, gained, expected.get((day, scope))))
    return stale


def work_out_gains(store: Store, start: date, end: date, zone: ZoneInfo) -> Gains:
    """The gains from `start` to `end`, of all videos and by brand, over the snapshots before.

    Only videos whose newest snapshot is not older than `start` can have gained anything: the others' snapshots are not
    looked at. CROSS JOIN keeps SQLite from reading all snapshots in the order of the window.
    """
    since, until = start_of(start, zone), start_of(end + _A_DAY, zone)
    day = day_of(store, "s.snapshot_time", zone)
    fresh = f"date(g.day, '-{FRESH_DAYS} days')" if store.engine == "sqlite" else f"g.day - {FRESH_DAYS}"
    rows = select(
        store,
        # The newest snapshot before is where the first one counts from.
        "WITH measured AS (SELECT v.id, v.post_date, (SELECT c.brand_id FROM campaign c WHERE c.id = v.campaign_id)"
        " AS brand_id, COALESCE((SELECT MAX(o.snapshot_time) FROM video_metric_snapshot o WHERE o.video_id = v.id"
        " AND o.snapshot_time < ? AND o.deleted_at IS NULL), ?) AS since FROM video_latest l CROSS JOIN video v"
        " WHERE v.id = l.video_id AND l.snapshot_time >= ? AND v.deleted_at IS NULL),"
        f" gained AS (SELECT {day} AS day, s.snapshot_time, s.view_count, m.post_date, m.brand_id, LAG(s.view_count)"
        " OVER (PARTITION BY s.video_id ORDER BY s.snapshot_time) AS before FROM measured m"
        " CROSS JOIN video_metric_snapshot s WHERE s.video_id = m.id AND s.snapshot_time >= m.since"
        " AND s.snapshot_time < ? AND s.deleted_at IS NULL)"
        " SELECT g.day, g.brand_id, SUM(CASE WHEN g.before IS NOT NULL THEN g.view_count - g.before"
        f" WHEN g.post_date >= {fresh} THEN g.view_count ELSE 0 END) FROM gained g WHERE g.snapshot_time >= ?"
        " GROUP BY g.day, g.brand_id",
        [since, since, since, until, since],
    )
    gains: Gains = dict.fromkeys(((start + number * _A_DAY, ALL) for number in range((end - start).days + 1)), None)
    for at, brand, gained in rows:
        one = _day(at)
        gains[one, read_id(brand).hex] = _count(gained)
        gains[one, ALL] = (gains[one, ALL] or 0) + _count(gained)
    return gains


def _read_kept(store: Store, start: date, end: date, zone: ZoneInfo, scope: str) -> Gains:
    rows = select(
        store,
        "SELECT day, scope, gained FROM view_day WHERE day >= ? AND day <= ? AND zone = ? AND scope IN (?, ?)",
        [start, end, zone.key, ALL, scope],
    )
    return {(_day(day), its_scope): _count(gained) for day, its_scope, gained in rows}


def _keep(store: Store, start: date, end: date, zone: ZoneInfo, gains: Gains) -> None:
    # Days of another zone are other days.
    execute(store, "DELETE FROM view_day WHERE zone <> ? OR (day >= ? AND day <= ?)", [zone.key, start, end])
    rows = [(day, scope, zone.key, gained) for (day, scope), gained in gains.items()]
    for number in range(0, len(rows), _ROWS):
        some = rows[number : number + _ROWS]
        execute(
            store,
            f"INSERT INTO view_day (day, scope, zone, gained) VALUES {', '.join(['(?, ?, ?, ?)'] * len(some))}",
            [value for row in some for value in row],
        )


@contextmanager
def _keeping(store: Store) -> Iterator[None]:
    """A transaction in which nobody else can make a day out of date before it is kept; never waits for others."""
    if store.engine == "postgresql":
        with store.atomic():
            # Whoever changes what days come from deletes from this table in the same transaction.
            store.execute_sql("LOCK TABLE view_day IN SHARE ROW EXCLUSIVE MODE NOWAIT")
            yield
        return
    store.execute_sql("PRAGMA busy_timeout = 0")
    try:
        with store.atomic():
            yield
    finally:
        store.execute_sql(f"PRAGMA busy_timeout = {database.BUSY_SECONDS * 1000}")
