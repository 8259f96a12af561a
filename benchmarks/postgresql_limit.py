"""The least that PostgreSQL can do for a file of snapshots: it takes the raw file, and one statement merges it.

Run as a module, with the URL, the file and how many rows are to be written; nothing is checked.
"""

from __future__ import annotations

import sys
from pathlib import Path

_VALUES = ("view_count", "like_count", "comment_count", "share_count", "save_count", "engagement_rate")
_BLOCK = 1 << 20

_RAW = """\
CREATE TEMP TABLE raw (channel text, platform_video_id text, snapshot_time timestamptz, view_count bigint,
    like_count bigint, comment_count bigint, share_count bigint, save_count bigint, engagement_rate double precision)
"""
# Ids that grow with the rows, as ours do: random ones would make the limit slower than it has to be.
_MERGE = """\
INSERT INTO video_metric_snapshot (id, created_at, updated_at, video_id, snapshot_time, {values})
SELECT ('019c0000-0000-7000-8000-' || (100000000000 + nextval('numbers')))::uuid, now(), now(), video.id,
    raw.snapshot_time, {raw_values}
FROM raw JOIN video ON video.channel = raw.channel AND video.platform_video_id = raw.platform_video_id
ORDER BY video.id, raw.snapshot_time
ON CONFLICT (video_id, snapshot_time) DO UPDATE SET {sets}, updated_at = excluded.updated_at
WHERE ({stored_values}) IS DISTINCT FROM ({new_values})
"""


def merge(url: str, snapshots: Path) -> int:
    """Bring the file in and return how many rows were written."""
    # Here, so that whoever measures this does not carry it.
    import psycopg

    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET TimeZone = 'UTC'")
        cursor.execute(_RAW.encode())
        cursor.execute("CREATE TEMP SEQUENCE numbers CACHE 10000")
        with cursor.copy("COPY raw FROM STDIN (FORMAT csv, HEADER true)") as copy, snapshots.open("rb") as file:
            while block := file.read(_BLOCK):
                copy.write(block)
        cursor.execute("ANALYZE raw")
        statement = _MERGE.format(
            values=", ".join(_VALUES),
            raw_values=", ".join(f"raw.{name}" for name in _VALUES),
            stored_values=", ".join(f"video_metric_snapshot.{name}" for name in _VALUES),
            new_values=", ".join(f"excluded.{name}" for name in _VALUES),
            sets=", ".join(f"{name} = excluded.{name}" for name in _VALUES),
        )
        cursor.execute(statement.encode())
        return cursor.rowcount


if __name__ == "__main__":
    written, expected = merge(sys.argv[1], Path(sys.argv[2])), int(sys.argv[3])
    if written != expected:
        sys.exit(f"{expected} rows should have been written, and {written} were.")
