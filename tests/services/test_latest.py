"""What is kept of a video is its newest snapshot, whoever writes one: imports, edits, the check, the migration."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.records import connected, make
from tests.seed.databases import seed
from tui_booking.importing.pipeline import ImportOptions, run_import
from tui_booking.models import Video, VideoLatest, VideoMetricSnapshot, migrate
from tui_booking.models.database import Store
from tui_booking.services.checks import check_database
from tui_booking.services.latest import bring_latest_up_to_date, find_stale

NOON = datetime(2026, 3, 8, 12, tzinfo=UTC)
HEADER = "channel,platform_video_id,snapshot_time,view_count,like_count,comment_count,share_count,save_count"


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


def kept(video: Video) -> tuple[Any, ...] | None:
    """The moment and the counts that are kept of a video."""
    found = VideoLatest.get_or_none(VideoLatest.video == video)
    if found is None:
        return None
    return (
        found.snapshot_time, found.view_count, found.like_count, found.comment_count, found.share_count,
        found.save_count,
    )  # fmt: skip


def snapshot(video: Video, hours: int, views: int, **more: Any) -> VideoMetricSnapshot:
    made: VideoMetricSnapshot = make(
        VideoMetricSnapshot, video=video, snapshot_time=NOON + timedelta(hours=hours), view_count=views, **more
    )
    return made


def bring_in(database: Store, folder: Path, *lines: str, **options: Any) -> None:
    path = folder / "video_snapshots.csv"
    path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    report = run_import(database, ImportOptions(path, **options), operator="lan", zone=UTC)
    assert report.files[0].status in ("imported", "partly_imported"), report.files[0].messages


def test_an_import_keeps_the_newest_row_of_each_video(database: Store, tmp_path: Path) -> None:
    one, other = (make(Video, channel="tiktok", platform_video_id=f"730000000000000000{n}") for n in (1, 2))
    bring_in(
        database,
        tmp_path,
        "tiktok,7300000000000000001,2026-03-08 10:00,500,5,4,3,2",
        "tiktok,7300000000000000001,2026-03-09 10:00,900,9,8,7,6",
        "tiktok,7300000000000000002,2026-03-01 10:00,70,1,1,1,1",
        "tiktok,7300000000000000001,2026-03-07 10:00,100,1,0,0,0",
    )
    assert kept(one) == (datetime(2026, 3, 9, 10, tzinfo=UTC), 900, 9, 8, 7, 6)
    assert kept(other) == (datetime(2026, 3, 1, 10, tzinfo=UTC), 70, 1, 1, 1, 1)
    assert list(find_stale(database)) == []


def test_an_import_of_older_rows_changes_nothing_and_of_the_same_moment_does(database: Store, tmp_path: Path) -> None:
    video = make(Video, channel="tiktok", platform_video_id="7300000000000000001")
    bring_in(database, tmp_path, "tiktok,7300000000000000001,2026-03-09 10:00,900,9,8,7,6")
    bring_in(database, tmp_path, "tiktok,7300000000000000001,2026-03-02 10:00,200,2,2,2,2")
    assert kept(video) == (datetime(2026, 3, 9, 10, tzinfo=UTC), 900, 9, 8, 7, 6)
    bring_in(database, tmp_path, "tiktok,7300000000000000001,2026-03-09 10:00,901,,,,")
    assert kept(video) == (datetime(2026, 3, 9, 10, tzinfo=UTC), 901, 9, 8, 7, 6)
    assert list(find_stale(database)) == []


def test_rows_with_errors_and_rows_of_deleted_snapshots_are_not_kept(database: Store, tmp_path: Path) -> None:
    video = make(Video, channel="tiktok", platform_video_id="7300000000000000001")
    snapshot(video, 48, 990, deleted_at=NOON, is_active=False)
    bring_in(
        database,
        tmp_path,
        "tiktok,7300000000000000001,2026-03-09 10:00,900,9,8,7,6",
        "tiktok,7300000000000000001,2026-03-10 10:00,many,9,8,7,6",
        "tiktok,7300000000000000001,2026-03-10 12:00,991,9,8,7,6",
        on_error="skip",
    )
    assert kept(video) == (datetime(2026, 3, 9, 10, tzinfo=UTC), 900, 9, 8, 7, 6)
    bring_in(database, tmp_path, "tiktok,7300000000000000001,2026-03-10 12:00,991,9,8,7,6", restore_deleted=True)
    assert kept(video) == (datetime(2026, 3, 10, 12, tzinfo=UTC), 991, 9, 8, 7, 6)


def test_a_dry_run_leaves_it_alone(database: Store, tmp_path: Path) -> None:
    video = make(Video, channel="tiktok", platform_video_id="7300000000000000001")
    bring_in(database, tmp_path, "tiktok,7300000000000000001,2026-03-09 10:00,900,9,8,7,6", dry_run=True)
    assert kept(video) is None


def test_edits_bring_it_up_to_date(database: Store) -> None:
    video, other = make(Video), make(Video)
    first, second = snapshot(video, 0, 10), snapshot(video, 1, 20, like_count=2, share_count=1)
    bring_latest_up_to_date(database, [video.id, other.id])
    assert kept(video) == (NOON + timedelta(hours=1), 20, 2, 0, 1, 0)
    assert kept(other) is None
    second.deleted_at, second.is_active = NOON, False
    second.save()
    bring_latest_up_to_date(database, [video.id])
    assert kept(video) == (NOON, 10, 0, 0, 0, 0)
    first.deleted_at, first.is_active = NOON, False
    first.save()
    bring_latest_up_to_date(database, [video.id])
    assert kept(video) is None
    bring_latest_up_to_date(database, [])


def test_more_videos_than_fit_in_a_statement_are_brought_up_to_date(database: Store) -> None:
    campaign_and_creator = make(Video)
    videos = [
        make(Video, campaign=campaign_and_creator.campaign, creator=campaign_and_creator.creator) for _ in range(600)
    ]
    for video in videos:
        snapshot(video, 0, 7)
    bring_latest_up_to_date(database, [video.id for video in videos])
    assert VideoLatest.select().count() == 600


@pytest.mark.parametrize("fix", [False, True], ids=["look", "fix"])
def test_the_check_finds_and_mends_what_differs(database: Store, *, fix: bool) -> None:
    missing, too_much, other = make(Video), make(Video), make(Video)
    snapshot(missing, 0, 10)
    VideoLatest.create(video=too_much, snapshot_time=NOON)
    snapshot(other, 1, 30)
    VideoLatest.create(video=other, snapshot_time=NOON, view_count=20)
    found = check_database(database, fix=fix)
    assert sorted((one.table, one.stored, one.expected, one.fixed) for one in found) == [
        ("video_latest", "2026-03-08 12:00 with 0, 0, 0, 0, 0", "nothing", fix),
        ("video_latest", "2026-03-08 12:00 with 20, 0, 0, 0, 0", "2026-03-08 13:00 with 30, 0, 0, 0, 0", fix),
        ("video_latest", "nothing", "2026-03-08 12:00 with 10, 0, 0, 0, 0", fix),
    ]
    assert len(check_database(database)) == (0 if fix else 3)


def test_snapshots_of_an_older_database_are_taken_over(new_database: Any) -> None:
    url = new_database()
    migrate.migrate_to(url, "002")
    with connected(url):
        video, other = make(Video), make(Video)
        snapshot(video, 0, 10)
        snapshot(video, 2, 30, deleted_at=NOON, is_active=False)
        snapshot(video, 1, 20)
    migrate.bring_up_to_date(url)
    with connected(url) as database:
        assert kept(video) == (NOON + timedelta(hours=1), 20, 0, 0, 0, 0)
        assert kept(other) is None
        assert list(find_stale(database)) == []


def test_the_demo_keeps_them(database_url: str) -> None:
    seed(database_url)
    with connected(database_url) as database:
        assert list(find_stale(database)) == []
        videos = {snapshot.video_id for snapshot in VideoMetricSnapshot.select()}
        assert {latest.video_id for latest in VideoLatest.select()} == videos
