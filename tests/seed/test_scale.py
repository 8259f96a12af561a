"""Load data: the same for the same number, as much as was asked for, and nothing that an import would refuse."""

from __future__ import annotations

import csv
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import NewDatabase
from tests.records import connected
from tests.seed.databases import DAY, ZONE, everything, seed
from tui_booking.importing.kinds import KINDS
from tui_booking.importing.pipeline import ImportOptions, run_import
from tui_booking.importing.report import Report
from tui_booking.seed.scale import Sizes, write_scale_files
from tui_booking.services.checks import check_at

SMALL = Sizes(videos=3, snapshots=4, conversions=5, payments=4)


def write(
    folder: Path, *, sizes: Sizes = SMALL, units: int = 2, random_seed: int = 1, day: date = DAY
) -> dict[str, bytes]:
    """Write load data into a folder and return the bytes of its files."""
    folder.mkdir(exist_ok=True)
    write_scale_files(
        folder, sizes=sizes, units=units, random_seed=random_seed, day=day, told=lambda _kind, _rows: None
    )
    return {file.name: file.read_bytes() for file in folder.iterdir()}


def load(url: str, folder: Path, *, dry_run: bool = False) -> Report:
    with connected(url) as store:
        return run_import(store, ImportOptions(path=folder, dry_run=dry_run), operator="lan", zone=ZONE)


def rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as opened:
        yield from csv.DictReader(opened)


def told(report: Report) -> list[tuple[object, ...]]:
    return [(file.file, file.status, file.counts, file.placeholders, file.messages) for file in report.files]


def test_the_same_number_makes_the_same_bytes_and_another_one_others(tmp_path: Path) -> None:
    first = write(tmp_path / "first")
    assert write(tmp_path / "second") == first
    other = write(tmp_path / "other", random_seed=2)
    assert other.keys() == first.keys()
    assert all(other[name] != first[name] for name in first)


def test_there_is_a_file_of_every_kind(tmp_path: Path) -> None:
    assert set(write(tmp_path / "files")) == {f"{kind.name}-load.csv" for kind in KINDS}


def test_more_units_only_add_to_fewer(tmp_path: Path) -> None:
    few, many = write(tmp_path / "few", units=2), write(tmp_path / "many", units=3)
    assert all(many[name].startswith(content) and len(many[name]) > len(content) for name, content in few.items())


def test_a_thousand_units_have_a_million_snapshots() -> None:
    assert Sizes().videos * Sizes().snapshots == 1_000


def test_no_two_random_seeds_share_a_key(tmp_path: Path) -> None:
    write(tmp_path / "one", random_seed=1)
    write(tmp_path / "other", random_seed=999_999)
    for kind, key in (("brands", "code"), ("bookings", "code"), ("videos", "platform_video_id")):
        one, other = ({row[key] for row in rows(tmp_path / name / f"{kind}-load.csv")} for name in ("one", "other"))
        assert one.isdisjoint(other)


def test_nothing_that_was_counted_lies_after_the_day(tmp_path: Path) -> None:
    write(tmp_path / "files", units=20)
    midnight = f"{DAY - timedelta(days=1)}T17:00:00Z"
    assert max(row["snapshot_time"] for row in rows(tmp_path / "files" / "video_snapshots-load.csv")) <= midnight
    assert max(row["post_date"] for row in rows(tmp_path / "files" / "videos-load.csv")) < DAY.isoformat()
    assert max(row["order_date"] for row in rows(tmp_path / "files" / "conversions-load.csv")) <= DAY.isoformat()


def test_writing_more_takes_no_more_memory(tmp_path: Path) -> None:
    def peak(units: int) -> int:
        tracemalloc.start()
        try:
            folder = tmp_path / str(units)
            folder.mkdir()
            write_scale_files(folder, sizes=SMALL, units=units, random_seed=1, day=DAY, told=lambda _kind, _rows: None)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(1)
    assert peak(60) < peak(15) * 1.3


def test_it_imports_without_a_word_and_again_without_a_change(database_url: str, tmp_path: Path) -> None:
    write(tmp_path / "files")
    report = load(database_url, tmp_path / "files")
    assert report.ok
    assert report.totals["created"] == report.totals["rows"]
    assert [file.messages for file in report.files if file.messages] == []
    stored = everything(database_url)
    again = load(database_url, tmp_path / "files")
    assert again.totals["unchanged"] == report.totals["rows"]
    assert everything(database_url) == stored
    assert check_at(database_url) == []


def test_a_dry_run_tells_what_the_run_then_does(database_url: str, tmp_path: Path) -> None:
    write(tmp_path / "files")
    dry = load(database_url, tmp_path / "files", dry_run=True)
    assert told(load(database_url, tmp_path / "files")) == told(dry)


def test_a_larger_scale_adds_to_a_smaller_one(database_url: str) -> None:
    first, larger = seed(database_url, scale=2), seed(database_url, scale=3)
    assert larger.updated == 0
    assert larger.created == larger.report.totals["rows"] - first.report.totals["rows"]


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@settings(max_examples=15)
@given(
    sizes=st.builds(
        Sizes,
        **dict.fromkeys(("brands", "creators", "campaigns", "bookings"), st.integers(1, 4)),
        **dict.fromkeys(
            ("products", "videos", "snapshots", "tracking_assets", "conversions", "payments"), st.integers(0, 4)
        ),
    ),
    random_seed=st.integers(0, 999_999),
    day=st.dates(date(1990, 1, 1), date(2100, 12, 31)),
)
def test_units_of_any_size_import(new_database: NewDatabase, sizes: Sizes, random_seed: int, day: date) -> None:
    with TemporaryDirectory() as folder:
        write(Path(folder), sizes=sizes, units=3, random_seed=random_seed, day=day)
        report = load(new_database(), Path(folder))
    assert report.ok, [file.messages for file in report.files if not file.is_in]
    assert report.totals["created"] == report.totals["rows"]


def test_a_unit_without_what_the_rest_hangs_on_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        replace(SMALL, bookings=0)
