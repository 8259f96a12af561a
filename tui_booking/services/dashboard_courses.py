"""The dashboard's courses: views by day."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models.database import Store
from tui_booking.services.asking import day_of, reader_of, select, start_of
from tui_booking.services.dashboard_figures import narrowed_to
from tui_booking.services.declarations import Period

LONGEST = 90
_A_DAY = timedelta(days=1)


def read_views_by_day(
    store: Store, period: Period, brand: UUID | None, today: date, zone: ZoneInfo
) -> tuple[tuple[date, int | None], ...]:
    """What videos gained until the snapshots of each day, over the one before; at most the last 90 days of a period.

    The first snapshot of a video counts in full where the video was posted in these days; else it only says where the
    count begins. Only videos whose newest snapshot is not older than the period can have gained anything: the others'
    snapshots are not looked at.
    """
    end = min(period.end or today, today)
    start = max(period.start or date.min, end - (LONGEST - 1) * _A_DAY)
    narrowed, params = narrowed_to(brand, "v.campaign_id")
    since, until = start_of(start, zone), start_of(end + _A_DAY, zone)
    rows = select(
        store,
        # The newest snapshot before the period is where the first one in it counts from. CROSS JOIN keeps SQLite from
        # reading all snapshots in the order of the window instead of those of the few videos.
        "WITH measured AS (SELECT v.id, v.post_date, COALESCE((SELECT MAX(o.snapshot_time) FROM video_metric_snapshot o"
        " WHERE o.video_id = v.id AND o.snapshot_time < ? AND o.deleted_at IS NULL), ?) AS since FROM video_latest l"
        f" CROSS JOIN video v WHERE v.id = l.video_id AND l.snapshot_time >= ? AND v.deleted_at IS NULL{narrowed}),"
        " gained AS (SELECT s.snapshot_time, s.view_count, m.post_date, LAG(s.view_count) OVER (PARTITION BY s.video_id"
        " ORDER BY s.snapshot_time) AS before FROM measured m CROSS JOIN video_metric_snapshot s"
        " WHERE s.video_id = m.id"
        " AND s.snapshot_time >= m.since AND s.snapshot_time < ? AND s.deleted_at IS NULL)"
        f" SELECT {day_of(store, 'g.snapshot_time', zone)}, SUM(CASE WHEN g.before IS NOT NULL THEN g.view_count -"
        " g.before WHEN g.post_date >= ? THEN g.view_count ELSE 0 END) FROM gained g WHERE g.snapshot_time >= ?"
        " GROUP BY 1",
        [since, since, since, *params, until, start, since],
    )
    day, count = reader_of("date"), reader_of("count")
    gained = {day(at): count(views) for at, views in rows}
    days = [start + number * _A_DAY for number in range((end - start).days + 1)]
    return tuple((one, gained.get(one)) for one in days)
