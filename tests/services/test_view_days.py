"""Views by day are worked out once, and forgotten by whatever changes what they come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make
from tests.services.worlds import NOON, TODAY, day, make_world, video
from tui_booking.importing.pipeline import ImportOptions, run_import
from tui_booking.models import Brand, Campaign, Video, VideoMetricSnapshot, ViewDay
from tui_booking.models.database import Store, open_database
from tui_booking.services import records
from tui_booking.services.checks import check_database
from tui_booking.services.latest import bring_latest_up_to_date
from tui_booking.services.view_days import find_stale_days, forget_gains, read_gains, work_out_gains

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = day(-9)


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(database: Store) -> SimpleNamespace:
    return make_world(database)


def gains(store: Store, brand: Any = None) -> dict[date, int | None]:
    """What is gained on the days on which something is."""
    found = read_gains(store, START, TODAY, ZONE, brand)
    assert list(found) == [day(offset) for offset in range(-9, 1)]
    return {at: gained for at, gained in found.items() if gained is not None}


EXPECTED = {day(-1): 250_000, TODAY: 350_000}


def test_days_are_worked_out_once(database: Store, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    assert gains(database) == EXPECTED
    assert ViewDay.select().where(ViewDay.scope == "").count() == 10
    asked: list[str] = []
    run = database.execute_sql

    def remember(sql: str, params: Any = None) -> Any:
        asked.append(sql)
        return run(sql, params)

    monkeypatch.setattr(database, "execute_sql", remember)
    assert gains(database) == EXPECTED
    assert gains(database, world.brand.id) == EXPECTED
    assert gains(database, make(Brand).id) == {}
    assert not any("video_metric_snapshot" in sql for sql in asked)
    assert find_stale_days(database) == []


def test_days_of_another_zone_are_other_days(database: Store, world: SimpleNamespace) -> None:
    assert gains(database) == EXPECTED
    # Noon in Vietnam is still the day before in Honolulu.
    honolulu = ZoneInfo("Pacific/Honolulu")
    found = read_gains(database, START, TODAY, honolulu, None)
    assert {at: gained for at, gained in found.items() if gained} == {day(-2): 250_000, day(-1): 350_000}
    assert gains(database) == EXPECTED


def snapshots(store: Store, folder: Path, *lines: str) -> None:
    path = folder / "video_snapshots.csv"
    path.write_text("\n".join(["channel,platform_video_id,snapshot_time,view_count", *lines]) + "\n", encoding="utf-8")
    assert run_import(store, ImportOptions(path), operator="lan", zone=UTC).files[0].status == "imported"


def test_an_import_forgets_the_days_from_its_first_snapshot_on(
    database: Store, world: SimpleNamespace, tmp_path: Path
) -> None:
    gains(database)
    name = f"{world.video.channel},{world.video.platform_video_id}"
    ViewDay.update(gained=7).where((ViewDay.day == day(-8)) & (ViewDay.scope == "")).execute()
    snapshots(database, tmp_path, f"{name},{NOON - timedelta(days=3):%Y-%m-%d %H:%M},90000")
    # What is before it stays as it was kept, and what comes after counts from it.
    assert gains(database) == {day(-8): 7, day(-3): 90_000, day(-1): 160_000, TODAY: 350_000}
    forget_gains(database)
    assert gains(database) == {day(-3): 90_000, day(-1): 160_000, TODAY: 350_000}
    snapshots(database, tmp_path, f"{name},{NOON:%Y-%m-%d %H:%M},500000")
    assert gains(database)[TODAY] == 450_000


def test_nothing_that_an_import_leaves_alone_is_forgotten(
    database: Store, world: SimpleNamespace, tmp_path: Path
) -> None:
    gains(database)
    snapshots(database, tmp_path, f"{world.video.channel},{world.video.platform_video_id},{NOON:%Y-%m-%d %H:%M},400000")
    assert ViewDay.select().where(ViewDay.scope == "").count() == 10


def _delete_video(store: Store, world: SimpleNamespace) -> None:
    records.delete(store, "video", [world.other_video.id], together=True, operator="lan")


def _move_brand(store: Store, world: SimpleNamespace) -> None:
    loaded = records.load(store, "campaign", world.campaign.id)
    other = make(Brand, code="BETA")
    records.save(store, "campaign", world.campaign.id, {"brand": other.id}, operator="lan", seen=loaded)


def _delete_snapshot(store: Store, world: SimpleNamespace) -> None:
    newest = VideoMetricSnapshot.get(
        (VideoMetricSnapshot.video == world.video) & (VideoMetricSnapshot.view_count == 400_000)
    )
    records.delete(store, "video_metric_snapshot", [newest.id], together=True, operator="lan")


@pytest.mark.parametrize("change", [_delete_video, _move_brand, _delete_snapshot])
def test_an_edit_forgets_what_it_changes(
    database: Store, world: SimpleNamespace, change: Callable[[Store, SimpleNamespace], None]
) -> None:
    gains(database)
    change(database, world)
    assert ViewDay.select().count() == 0
    told = gains(database, world.brand.id)
    assert told == {at: gained for at, gained in told.items() if gained is not None}
    worked_out = work_out_gains(database, START, TODAY, ZONE)
    kept = {(row.day, row.scope): row.gained for row in ViewDay.select()}
    assert kept == worked_out
    assert gains(database) != EXPECTED or change is _move_brand


def test_an_imported_change_of_videos_and_brands_forgets(
    database: Store, world: SimpleNamespace, tmp_path: Path
) -> None:
    make(Brand, code="BETA")
    other = make(Campaign, code="OTHER", brand=world.brand)
    free = video(world.second, 10, booking=None, campaign=world.campaign)
    bring_latest_up_to_date(database, [free.id])
    for name, text in (
        ("campaigns", "code,brand_code\nTET,BETA"),
        ("videos", f"channel,platform_video_id,campaign_code\n{free.channel},{free.platform_video_id},{other.code}"),
    ):
        gains(database)
        path = tmp_path / f"{name}.csv"
        path.write_text(f"{text}\n", encoding="utf-8")
        report = run_import(database, ImportOptions(path), operator="lan", zone=UTC)
        assert report.files[0].updated == 1, report.files[0].messages
        assert ViewDay.select().count() == 0, name


def test_nobody_is_waited_for(database: Store, world: SimpleNamespace) -> None:
    """Somebody who writes keeps the days from being kept, and not from being told."""
    other = open_database(database.address)
    with other.connection_context(), other.atomic():
        other.execute_sql("DELETE FROM view_day")
        assert gains(database) == EXPECTED
        assert ViewDay.select().count() == 0
    assert gains(database) == EXPECTED
    assert ViewDay.select().count() > 0


def test_a_database_that_cannot_be_written_to_is_told_of_all_the_same(
    database: Store, world: SimpleNamespace, database_url: str
) -> None:
    if database.engine == "sqlite":
        url = f"{database_url}?mode=ro"
    else:
        url = f"{database_url}{'&' if '?' in database_url else '?'}options=-c%20default_transaction_read_only%3Don"
    reading = open_database(url)
    with reading.connection_context():
        assert gains(reading) == EXPECTED
    assert ViewDay.select().count() == 0


@pytest.mark.parametrize("fix", [False, True], ids=["look", "fix"])
def test_the_check_finds_what_was_not_forgotten(database: Store, world: SimpleNamespace, *, fix: bool) -> None:
    gains(database)
    newest = Video.get_by_id(world.video.id)
    make(VideoMetricSnapshot, video=newest, snapshot_time=NOON - timedelta(days=2), view_count=60_000)
    found = [one for one in check_database(database, fix=fix) if one.table == "view_day"]
    assert [(one.record, one.stored, one.expected, one.fixed) for one in found] == [
        (str(day(-2)), "None", "60000", fix),
        (str(day(-1)), "250000", "190000", fix),
    ]
    assert len(find_stale_days(database)) == (0 if fix else 2)
