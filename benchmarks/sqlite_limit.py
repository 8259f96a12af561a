"""The least that SQLite can do for a file of snapshots: its shell reads it, and one statement merges it, unchecked."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks.measuring import BenchmarkFailed, Cost, measure, said_by_last

_VALUES = ("view_count", "like_count", "comment_count", "share_count", "save_count", "engagement_rate")

# Ids that grow with the rows of the file, not random ones, which would make the limit slower than it has to be. Ours
# grow in the order of the keys. Sorted into a table first and numbered there, the limit's rows take about a quarter
# less CPU when all are new, and a tenth less when none is.
_SCRIPT = """\
PRAGMA cache_size = -262144;
PRAGMA synchronous = 1;
PRAGMA foreign_keys = 1;
CREATE TEMP TABLE raw (channel TEXT, platform_video_id TEXT, snapshot_time TEXT, view_count INTEGER,
    like_count INTEGER, comment_count INTEGER, share_count INTEGER, save_count INTEGER, engagement_rate REAL);
.mode csv
.import --skip 1 --schema temp "{file}" raw
BEGIN IMMEDIATE;
INSERT INTO video_metric_snapshot (id, created_at, updated_at, video_id, snapshot_time, {values})
SELECT '019c0000000070008000' || (100000000000 + raw.rowid), '2026-11-24 00:00:00.000000',
    '2026-11-24 00:00:00.000000', video.id,
    substr(raw.snapshot_time, 1, 10) || ' ' || substr(raw.snapshot_time, 12, 8) || '.000000', {raw_values}
FROM raw JOIN video ON video.channel = raw.channel AND video.platform_video_id = raw.platform_video_id
WHERE true ORDER BY video.id, 5
ON CONFLICT (video_id, snapshot_time) DO UPDATE SET {sets}, updated_at = excluded.updated_at
WHERE ({values}) IS NOT ({new_values});
SELECT 'merged ' || changes();
COMMIT;
"""


def find_shell() -> str | None:
    """The sqlite3 shell, None where the machine has none."""
    return shutil.which("sqlite3")


def shell_version(shell: str) -> str:
    """Its version alone."""
    return subprocess.run([shell, "--version"], capture_output=True, text=True, check=True).stdout.split()[0]


def run_limit(shell: str, database: Path, snapshots: Path, folder: Path, *, merged: int) -> Cost:
    """The cost of bringing a file of snapshots in; raises BenchmarkFailed where it did not write `merged` rows."""
    script = folder / "limit.sql"
    script.write_text(
        _SCRIPT.format(
            file=snapshots.as_posix(),
            values=", ".join(_VALUES),
            raw_values=", ".join(f"raw.{name}" for name in _VALUES),
            new_values=", ".join(f"excluded.{name}" for name in _VALUES),
            sets=", ".join(f"{name} = excluded.{name}" for name in _VALUES),
        ),
        encoding="utf-8",
    )
    spent = measure([shell, "-batch", "-bail", database], folder, read_from=script)
    if f"merged {merged}" not in said_by_last(folder).replace('"', ""):
        raise BenchmarkFailed(f"The sqlite3 shell should have merged {merged} rows: {said_by_last(folder)}")
    return spent
