"""`python -m benchmarks.dashboard_data DATABASE VIDEOS EACH`: videos with so many snapshots, in a seeded database."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from tui_booking.models.database import connect
from tui_booking.models.ids import new_ids
from tui_booking.services.latest import bring_latest_up_to_date

DAYS = 100
_SNAPSHOTS = (
    "WITH one (number) AS (SELECT 0 UNION ALL SELECT number + 1 FROM one WHERE number < ?)"
    " INSERT INTO video_metric_snapshot (id, video_id, snapshot_time, view_count, like_count)"
    # Version 7 in their order, so that they are put at the end of their index.
    " SELECT printf('%012x7000', v.rowid * 10000 + ? - number) || '8' || substr(lower(hex(randomblob(8))), 1, 15),"
    " v.id, strftime('%Y-%m-%d %H:%M:%f000', ?, '-' || (number * ? + v.rowid % 3600) || ' seconds'),"
    " (v.rowid % 977 + 1) * (? - number) * 10, (v.rowid % 977 + 1) * (? - number)"
    " FROM video v CROSS JOIN one WHERE v.title = ? ORDER BY v.id, number DESC"
)
_TITLE = "Video đo tốc độ"


def main(database: Path, videos: int, each: int) -> None:
    """Add them, evenly in the last hundred days, for the campaigns and creators that are there."""
    now = datetime.now(UTC)
    step = DAYS * 86_400 // each
    ids = [one.hex for one in new_ids(videos)]
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA synchronous = 0")
        connection.execute("PRAGMA cache_size = -200000")
        places = connection.execute("SELECT DISTINCT campaign_id, creator_id FROM video").fetchall()
        connection.executemany(
            "INSERT INTO video (id, campaign_id, creator_id, channel, platform_video_id, title, title_folded,"
            " post_date) VALUES (?, ?, ?, 'tiktok', ?, ?, 'video do toc do', ?)",
            (
                (own, *places[number % len(places)], str(10**18 + number), _TITLE, str(now.date() - timedelta(DAYS)))
                for number, own in enumerate(ids)
            ),
        )
        moment = now.strftime("%Y-%m-%d %H:%M:%S")
        connection.execute(_SNAPSHOTS, (each - 1, each, moment, step, each, each, _TITLE))
        connection.commit()
    with closing(connect(f"sqlite:///{database.as_posix()}")) as store, store.atomic():
        bring_latest_up_to_date(store, map(UUID, ids))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
