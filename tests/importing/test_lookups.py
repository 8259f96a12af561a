"""What is remembered of the records that a large file points at is bounded, and forgetting loses no row."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.inboxes import import_folder
from tests.records import connected
from tui_booking.importing import lookups
from tui_booking.importing.csv_sheets import CsvSheet
from tui_booking.models import Video, VideoMetricSnapshot

VIDEOS = 30


@pytest.mark.parametrize("remembered", [1, 7, 29, 1_000])
def test_every_snapshot_finds_its_video_however_few_are_remembered(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, remembered: int
) -> None:
    monkeypatch.setattr(lookups, "REMEMBERED", remembered)
    monkeypatch.setattr(CsvSheet.batches, "__defaults__", (8,))
    videos = "".join(f"{'tiktok' if n % 3 else 'other'},{n},C1,linh\n" for n in range(VIDEOS))
    snapshots = "".join(
        f"{'tiktok' if n % 3 else 'other'},{n},2026-11-0{day}T00:00:00Z,{day * n}\n"
        for day in (1, 2, 3)
        for n in range(VIDEOS)
    )
    (tmp_path / "videos.csv").write_text("channel,platform_video_id,campaign_code,creator_key\n" + videos)
    (tmp_path / "video_snapshots.csv").write_text("channel,platform_video_id,snapshot_time,view_count\n" + snapshots)
    with connected(database_url) as store:
        report = import_folder(store, tmp_path, create_missing=True)
        assert report.ok, report.to_json()
        assert Video.select().count() == VIDEOS
        assert VideoMetricSnapshot.select().count() == 3 * VIDEOS
        stored = {
            (snapshot.video.platform_video_id, snapshot.snapshot_time.day): snapshot.view_count
            for snapshot in VideoMetricSnapshot.select(VideoMetricSnapshot, Video).join(Video)
        }
        assert stored == {(str(n), day): day * n for n in range(VIDEOS) for day in (1, 2, 3)}


def test_a_video_that_is_missing_is_said_beside_those_that_are_there(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "videos.csv").write_text("channel,platform_video_id,campaign_code,creator_key\ntiktok,1,C1,linh\n")
    (tmp_path / "video_snapshots.csv").write_text(
        "channel,platform_video_id,snapshot_time\n"
        "tiktok,1,2026-11-01T00:00:00Z\ntiktok,2,2026-11-01T00:00:00Z\nother,1,2026-11-01T00:00:00Z\n"
    )
    with connected(database_url) as store:
        import_folder(store, tmp_path / "videos.csv", create_missing=True)
        file = import_folder(store, tmp_path / "video_snapshots.csv", on_error="skip").files[0]
        assert [(message.rows, message.values) for message in file.messages] == [((3, 4), ("2", "1"))]
        assert (file.created, file.errors) == (1, 2)


def test_equal_rows_count_once_also_where_another_row_of_their_batch_names_no_video(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(CsvSheet.batches, "__defaults__", (2,))
    (tmp_path / "videos.csv").write_text("channel,platform_video_id,campaign_code,creator_key\ntiktok,1,C1,linh\n")
    (tmp_path / "video_snapshots.csv").write_text(
        "channel,platform_video_id,snapshot_time,view_count\n"
        "tiktok,1,2026-11-01T00:00:00Z,5\ntiktok,1,2026-11-02T00:00:00Z,6\n"
        "tiktok,1,2026-11-01T00:00:00Z,5\ntiktok,2,2026-11-01T00:00:00Z,5\n"
    )
    with connected(database_url) as store:
        import_folder(store, tmp_path / "videos.csv", create_missing=True)
        file = import_folder(store, tmp_path / "video_snapshots.csv", on_error="skip").files[0]
        assert (file.created, file.skipped, file.errors) == (2, 1, 1)
        doubles = [message for message in file.messages if message.level == "info"]
        assert [(message.row, message.value) for message in doubles] == [(4, "1")]


def test_rows_that_change_nothing_count_as_such_beside_others_of_each_sort(database_url: str, tmp_path: Path) -> None:
    header = "channel,platform_video_id,snapshot_time,view_count\n"
    (tmp_path / "videos.csv").write_text("channel,platform_video_id,campaign_code,creator_key\ntiktok,1,C1,linh\n")
    (tmp_path / "video_snapshots.csv").write_text(
        header + "".join(f"tiktok,1,2026-11-0{day}T00:00:00Z,{day}\n" for day in (1, 2, 3))
    )
    with connected(database_url) as store:
        assert import_folder(store, tmp_path, create_missing=True).ok
        before = list(VideoMetricSnapshot.select(VideoMetricSnapshot.updated_at).order_by(VideoMetricSnapshot.id))
        (tmp_path / "video_snapshots.csv").write_text(
            header + "tiktok,1,2026-11-01T00:00:00Z,1\ntiktok,1,2026-11-02T00:00:00Z,7\n"
            "tiktok,1,2026-11-03T00:00:00Z,\ntiktok,1,2026-11-04T00:00:00Z,4\ntiktok,2,2026-11-04T00:00:00Z,4\n"
        )
        file = import_folder(store, tmp_path / "video_snapshots.csv", on_error="skip").files[0]
        assert (file.created, file.updated, file.unchanged, file.skipped, file.errors) == (1, 1, 2, 0, 1)
        # With a double among them the same is found another way.
        with (tmp_path / "video_snapshots.csv").open("a") as opened:
            opened.write("tiktok,1,2026-11-03T00:00:00Z,\n")
        file = import_folder(store, tmp_path / "video_snapshots.csv", on_error="skip").files[0]
        assert (file.created, file.updated, file.unchanged, file.skipped, file.errors) == (0, 0, 4, 1, 1)
        after = list(VideoMetricSnapshot.select(VideoMetricSnapshot.updated_at).order_by(VideoMetricSnapshot.id))
        assert [row.updated_at for row in after].count(before[0].updated_at) == 2
