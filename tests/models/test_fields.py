"""What goes into the database comes out the same on both engines: money, rates, moments, days, choices, documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import MOMENT, connected, make
from tui_booking.models import (
    Brand,
    Campaign,
    Creator,
    Payment,
    RuleLog,
    TrackingConversion,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.base import MoneyField
from tui_booking.models.choices import CreatorStatus, Gender
from tui_booking.models.database import Store
from tui_booking.models.fields import total

LARGEST = Decimal(2**63 - 1).scaleb(-2)
amounts = st.decimals(min_value=-LARGEST, max_value=LARGEST, places=2)
moments = st.datetimes(
    min_value=datetime(1, 1, 3),  # noqa: DTZ001
    max_value=datetime(9999, 12, 29),  # noqa: DTZ001
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-9, minutes=-30))]),
)
on_a_database = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@on_a_database
@given(revenue=amounts)
def test_money_comes_back_as_it_went_in(database: Store, revenue: Decimal) -> None:
    stored = make(TrackingConversion, revenue=revenue)
    assert TrackingConversion.get_by_id(stored.id).revenue == revenue


@settings(on_a_database, max_examples=10)
@given(revenues=st.lists(st.decimals(min_value=-(10**14), max_value=10**14, places=2), min_size=1, max_size=20))
def test_a_sum_of_money_is_exact_to_the_last_unit(database: Store, revenues: list[Decimal]) -> None:
    with database.atomic() as transaction:
        for revenue in revenues:
            make(TrackingConversion, revenue=revenue)
        assert TrackingConversion.select(total(TrackingConversion.revenue)).scalar() == sum(revenues)
        transaction.rollback()


@pytest.mark.parametrize(
    "amount", [Decimal("0.001"), Decimal("NaN"), Decimal("Infinity"), LARGEST * 10, 0.1, True, "5"]
)
def test_an_amount_that_cannot_be_kept_exactly_is_refused(amount: Any) -> None:
    field = MoneyField()
    field.name = "amount"
    with pytest.raises(ValueError, match="amount"):
        field.db_value(amount)


def test_an_exchange_rate_keeps_six_places(database: Store) -> None:
    stored = make(Payment, currency="USD", exchange_rate=Decimal("25433.123456"))
    assert Payment.get_by_id(stored.id).exchange_rate == Decimal("25433.123456")


@on_a_database
@given(moment=moments)
def test_a_moment_comes_back_as_the_same_moment_in_utc(database: Store, moment: datetime) -> None:
    stored = make(VideoMetricSnapshot, snapshot_time=moment, video=_video(database))
    read = VideoMetricSnapshot.get_by_id(stored.id).snapshot_time
    assert read == moment
    assert read.utcoffset() == timedelta(0)
    stored.delete_instance()


def _video(database: Store) -> Any:
    return Video.select().first() or make(Video)


def test_a_moment_without_a_zone_is_refused(database: Store) -> None:
    with pytest.raises(ValueError, match="snapshot_time"):
        make(VideoMetricSnapshot, snapshot_time=MOMENT.replace(tzinfo=None))
    assert VideoMetricSnapshot.select().count() == 0


def test_moments_are_found_and_ordered_by_time_whatever_their_zone(database: Store) -> None:
    video = make(Video)
    hanoi = timezone(timedelta(hours=7))
    for hours in (3, 1, 2):
        make(VideoMetricSnapshot, video=video, snapshot_time=MOMENT + timedelta(hours=hours))
    found = VideoMetricSnapshot.select().where(
        VideoMetricSnapshot.snapshot_time > (MOMENT + timedelta(hours=1)).astimezone(hanoi)
    )
    times = [snapshot.snapshot_time for snapshot in found.order_by(VideoMetricSnapshot.snapshot_time)]
    assert times == [MOMENT + timedelta(hours=2), MOMENT + timedelta(hours=3)]


@on_a_database
@given(day=st.dates())
def test_a_day_comes_back_as_it_went_in(database: Store, day: date) -> None:
    stored = make(Creator, dob=day)
    assert Creator.get_by_id(stored.id).dob == day


def test_a_moment_is_not_taken_for_a_day(database: Store) -> None:
    with pytest.raises(ValueError, match="dob"):
        make(Creator, dob=MOMENT)


def test_a_choice_comes_back_as_its_member_with_both_labels(database: Store) -> None:
    stored = make(Creator, gender=Gender.FEMALE, status="blacklist")
    read = Creator.get_by_id(stored.id)
    assert read.gender is Gender.FEMALE
    assert read.status is CreatorStatus.BLACKLIST
    assert (read.gender.english, read.gender.vietnamese) == ("Female", "Nữ")


@on_a_database
@given(
    detail=st.recursive(
        st.none()
        | st.booleans()
        | st.integers(-(2**53), 2**53)
        | st.text(st.characters(codec="utf-8", exclude_characters="\0")),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.just("Nguyễn"), inner),
        max_leaves=5,
    ).map(lambda value: {"value": value})
)
def test_a_document_comes_back_as_it_went_in(database: Store, detail: dict[str, object]) -> None:
    stored = make(RuleLog, detail=detail)
    assert RuleLog.get_by_id(stored.id).detail == detail


def test_a_document_is_stored_with_its_letters_readable(database: Store) -> None:
    make(RuleLog, detail={"tên": "Đức"})
    (text,) = database.execute_sql("SELECT CAST(detail AS TEXT) FROM rule_log").fetchone()
    assert "Đức" in text


def test_codes_are_ordered_alike_on_both_engines(database: Store) -> None:
    for code in ("b", "A", "_", "đ", "B", "a", "Z1", "Z-1"):
        make(Brand, code=code)
    assert [brand.code for brand in Brand.select().order_by(Brand.code)] == ["A", "B", "Z-1", "Z1", "_", "a", "b", "đ"]


def test_rows_written_without_the_models_get_the_same_defaults(database: Store) -> None:
    brand = make(Brand)
    database.execute_sql(
        "INSERT INTO campaign (id, code, brand_id, start_date, end_date)"
        " SELECT '00000000000070008000000000000001', 'C', id, '2026-01-01', '2026-02-01' FROM brand"
    )
    written, made = Campaign.get(Campaign.code == "C"), Campaign.get_by_id(make(Campaign, brand=brand).id)
    same = {"id", "code", "code_folded", "created_at", "updated_at", "start_date", "end_date"}
    assert {k: v for k, v in written.__data__.items() if k not in same} == {
        k: v for k, v in made.__data__.items() if k not in same
    }
    assert abs(written.created_at - made.created_at) < timedelta(minutes=1)
