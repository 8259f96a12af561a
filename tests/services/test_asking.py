"""One text of SQL asks both engines the same, and what they answer becomes the same values."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make
from tui_booking.models import Creator, Payment, VideoMetricSnapshot
from tui_booking.models.choices import CreatorStatus
from tui_booking.models.database import Store
from tui_booking.services.asking import (
    contains,
    day_of,
    execute,
    hundredths,
    like_pattern,
    placeholders,
    read_id,
    read_values,
    reader_of,
    select,
    start_of,
)

MOMENT = datetime(2026, 3, 8, 20, 30, 15, 250_000, tzinfo=UTC)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


def test_each_sort_of_parameter_finds_what_it_equals(store: Store) -> None:
    creator = make(Creator, dob=date(1999, 12, 31), status=CreatorStatus.WATCHLIST)
    make(Creator)
    payment = make(Payment, amount=Decimal("1250.50"))
    snapshot = make(VideoMetricSnapshot, snapshot_time=MOMENT)
    for table, column, value, record in (
        ("creator", "id", creator.id, creator),
        ("creator", "dob", date(1999, 12, 31), creator),
        ("creator", "status", CreatorStatus.WATCHLIST, creator),
        ("payment", "amount", Decimal("1250.50"), payment),
        ("video_metric_snapshot", "snapshot_time", MOMENT, snapshot),
    ):
        rows = select(store, f"SELECT id FROM {table} WHERE {column} = ?", [value])
        assert [read_id(row[0]) for row in rows] == [record.id], column


def test_answers_become_the_values_of_their_kinds(store: Store) -> None:
    make(Payment, amount=Decimal("1250.50"), payment_date=date(2026, 3, 8))
    make(VideoMetricSnapshot, snapshot_time=MOMENT, engagement_rate=0.085, data_raw={"tên": [1]})
    make(Creator, status=CreatorStatus.BLACKLIST)
    (answers,) = select(store, "SELECT amount, SUM(amount), amount / 3.0, payment_date FROM payment GROUP BY 1, 4")
    kinds = [reader_of("money"), reader_of("money"), reader_of("cost"), reader_of("date")]
    amount, total, third, day = read_values(kinds, answers)
    assert (amount, total, day) == (Decimal("1250.50"), Decimal("1250.50"), date(2026, 3, 8))
    assert isinstance(third, Decimal)
    assert round(third, 4) == Decimal("416.8333")
    (answers,) = select(
        store, "SELECT snapshot_time, engagement_rate, is_active, data_raw, SUM(like_count) FROM video_metric_snapshot"
        " GROUP BY 1, 2, 3, 4",
    )  # fmt: skip
    readers = [reader_of("moment"), reader_of("percent"), reader_of("flag"), reader_of("json"), reader_of("count")]
    *values, document, likes = read_values(readers, answers)
    assert values == [MOMENT, 0.085, True]
    assert [type(value) for value in values] == [datetime, float, bool]
    assert json.loads(str(document)) == {"tên": [1]}
    assert (likes, type(likes)) == (0, int)
    ((status,),) = select(store, "SELECT status FROM creator WHERE status = 'blacklist'")
    assert reader_of("choice", CreatorStatus)(status) is CreatorStatus.BLACKLIST


def test_nothing_stays_nothing(store: Store) -> None:
    for kind in ("text", "count", "money", "cost", "percent", "date", "moment", "flag", "json", "choice"):
        assert reader_of(kind, CreatorStatus)(None) is None


def test_a_changed_word_that_nobody_knows_is_shown_as_it_stands() -> None:
    assert reader_of("choice", CreatorStatus)("retired") == "retired"


@pytest.mark.parametrize("text", ["100%", "a_b", "wow!", "50%_!"])
def test_signs_of_like_are_letters_in_a_search(store: Store, text: str) -> None:
    wanted = make(Creator, name=f"x {text} y")
    make(Creator, name="x 100 aab wow 50 y")
    rows = select(store, f"SELECT id FROM creator WHERE {contains('name_folded')}", [like_pattern(text)])
    assert [read_id(row[0]) for row in rows] == [wanted.id]


def test_execute_says_how_many_rows_it_changed(store: Store) -> None:
    made = [make(Creator) for _ in range(3)]
    sql = f"UPDATE creator SET location = ? WHERE id IN ({placeholders(2)})"
    assert execute(store, sql, ["Huế", made[0].id, made[1].id]) == 2


@pytest.mark.parametrize(
    ("zone", "moment", "day"),
    [
        ("Asia/Ho_Chi_Minh", MOMENT, date(2026, 3, 9)),
        ("America/New_York", datetime(2026, 3, 8, 4, 59, tzinfo=UTC), date(2026, 3, 7)),
        ("America/New_York", datetime(2026, 3, 9, 3, 59, tzinfo=UTC), date(2026, 3, 8)),
        ("America/New_York", datetime(2026, 3, 9, 4, 0, tzinfo=UTC), date(2026, 3, 9)),
        ("Asia/Kathmandu", datetime(2026, 3, 8, 18, 15, tzinfo=UTC), date(2026, 3, 9)),
        ("UTC", MOMENT, date(2026, 3, 8)),
    ],
)
def test_the_day_of_a_moment_is_that_of_the_zone(store: Store, zone: str, moment: datetime, day: date) -> None:
    make(VideoMetricSnapshot, snapshot_time=moment)
    sql = f"SELECT {day_of(store, 'snapshot_time', ZoneInfo(zone))} FROM video_metric_snapshot"
    assert reader_of("date")(select(store, sql)[0][0]) == day
    assert start_of(day, ZoneInfo(zone)) <= moment


def test_what_cannot_be_compared_exactly_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="hundredths"):
        hundredths(Decimal("0.001"))
    with pytest.raises(ValueError, match="time zone"):
        select(store, "SELECT id FROM creator WHERE created_at = ?", [datetime(2026, 3, 8)])  # noqa: DTZ001
