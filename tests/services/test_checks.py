"""The check finds each kind of disagreement, names the record, and mends what is computed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records import connected, make, make_one_of_each
from tui_booking.models import (
    Booking,
    Brand,
    Campaign,
    Creator,
    Payment,
    Video,
    VideoLatest,
    VideoMetricSnapshot,
    migrate,
)
from tui_booking.models.choices import PaymentStatus
from tui_booking.models.database import DatabaseNotThere, DatabaseReadOnly, Store
from tui_booking.models.finance import amount_in_vnd
from tui_booking.services import checks, findings
from tui_booking.services.checks import check_at, check_database
from tui_booking.services.latest import bring_latest_up_to_date

MOVES = pytest.mark.parametrize("fix", [False, True], ids=["look", "fix"])


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


def _payment(**given: Any) -> Payment:
    """A payment that agrees with its booking; what is given is on top."""
    booking = given.pop("booking", None) or make(Booking)
    same = {"booking": booking, "campaign": booking.campaign, "creator": booking.creator}
    made: Payment = make(Payment, **{**same, "amount_vnd": Decimal(1000), **given})
    return made


def _agreeing(database: Store) -> None:
    campaign = make(Campaign)
    channel = make_one_of_each()["CreatorChannel"]
    Payment.delete().execute()
    Booking.update(brand=Brand.select().limit(1)).execute()
    Campaign.update(brand=Brand.select().limit(1)).execute()
    booking = make(
        Booking,
        campaign=campaign,
        brand=Campaign.get_by_id(campaign.id).brand,
        channel=channel,
        creator=channel.creator,
    )
    _payment(booking=booking, status=PaymentStatus.PAID)
    _payment(booking=booking, status=PaymentStatus.PLANNED)
    Campaign.update(budget_actual=Decimal(1000)).where(Campaign.id == campaign.id).execute()
    bring_latest_up_to_date(database, [video.id for video in Video.select()])


def test_a_database_that_agrees_has_no_findings(database: Store) -> None:
    assert check_database(database) == []
    _agreeing(database)
    assert check_database(database) == []
    assert check_database(database, fix=True) == []


@MOVES
def test_the_spent_budget_is_the_sum_of_paid_undeleted_payments(database: Store, fix: bool) -> None:
    booking = _booking()
    for status, amount in (("paid", 700), ("paid", 300), ("planned", 5), ("canceled", 7)):
        _payment(booking=booking, status=status, amount=Decimal(amount), amount_vnd=Decimal(amount))
    deleted = _payment(booking=booking, status="paid")
    Payment.update(deleted_at=deleted.created_at, is_active=False).where(Payment.id == deleted.id).execute()
    before = Campaign.get_by_id(booking.campaign_id)
    (found,) = check_database(database, fix=fix)
    assert (found.table, found.record, found.stored, found.expected) == ("campaign", before.code, "0.00", "1000.00")
    assert found.fixed is fix
    after = Campaign.get_by_id(booking.campaign_id)
    assert after.budget_actual == (1000 if fix else 0)
    assert (after.updated_at > before.updated_at) is fix
    assert len(check_database(database)) == (0 if fix else 1)


def _booking() -> Booking:
    campaign = make(Campaign)
    made: Booking = make(Booking, campaign=campaign, brand=campaign.brand)
    return made


@MOVES
def test_the_amount_in_vnd_follows_amount_and_rate(database: Store, fix: bool) -> None:
    # Larger than 64 bits in between: no engine's own arithmetic does it.
    payment = _payment(
        booking=_booking(),
        amount=Decimal("90071992547.41"),
        currency="USD",
        exchange_rate=Decimal("25433.123456"),
        payment_ref="R-1",
    )
    (found,) = check_database(database, fix=fix)
    assert (found.table, found.record, found.stored) == ("payment", "R-1", "1000.00")
    expected = (payment.amount * payment.exchange_rate).quantize(Decimal(1))  # type: ignore[operator]
    assert Decimal(found.expected) == expected
    assert Payment.get_by_id(payment.id).amount_vnd == (expected if fix else 1000)


def test_an_amount_whose_rate_is_not_known_is_left_alone(database: Store) -> None:
    _payment(booking=_booking(), currency="USD", exchange_rate=None, amount_vnd=Decimal(25_000_000))
    assert check_database(database) == []


@MOVES
def test_a_payment_takes_campaign_and_creator_of_its_booking(database: Store, fix: bool) -> None:
    booking = _booking()
    payment = _payment(booking=booking, campaign=make(Campaign), creator=make(Creator))
    found = check_database(database, fix=fix)
    assert {one.rule for one in found} == {"the campaign is the booking's", "the creator is the booking's"}
    stored = Payment.get_by_id(payment.id)
    assert ((stored.campaign_id, stored.creator_id) == (booking.campaign_id, booking.creator_id)) is fix


def test_a_budget_is_summed_after_its_payments_found_their_campaign(database: Store) -> None:
    booking = _booking()
    _payment(booking=booking, campaign=make(Campaign), status="paid")
    check_database(database, fix=True)
    assert check_database(database) == []
    assert Campaign.get_by_id(booking.campaign_id).budget_actual == 1000


def test_a_booking_of_another_brand_or_channel_is_said_and_left_to_a_person(database: Store) -> None:
    one = make_one_of_each()
    booking = make(Booking, campaign=one["Campaign"], brand=make(Brand), channel=one["CreatorChannel"])
    mine = [found for found in check_database(database, fix=True) if found.record == booking.code]
    assert {found.rule for found in mine} == {"the brand is the campaign's", "the channel belongs to the creator"}
    assert not any(found.fixed for found in mine)


@MOVES
def test_text_to_search_by_is_that_of_its_source(database: Store, fix: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "BATCH", 2)
    for number in range(5):
        make(Creator, creator_key=f"k{number}", name="Đỗ Hà", alias="")
    before = make(Video, title="Tết")
    database.execute_sql("UPDATE creator SET name_folded = 'đỗ hà' WHERE creator_key IN ('k1', 'k3', 'k4')")
    database.execute_sql("UPDATE video SET title_folded = ''")
    found = check_database(database, fix=fix)
    assert sorted(one.table for one in found) == ["creator", "creator", "creator", "video"]
    assert {(one.stored, one.expected) for one in found} == {("'đỗ hà'", "'do ha'"), ("''", "'tet'")}
    assert Creator.select().where(Creator.name_folded == "do ha").count() == (5 if fix else 2)
    assert Video.get_by_id(before.id).updated_at == before.updated_at


@pytest.mark.parametrize(
    ("statement", "table", "rule"),
    [
        ("UPDATE booking SET start_date = '2026-13-45'", "booking", "start_date can be read"),
        ("UPDATE booking SET start_date = '2026-02-30'", "booking", "start_date can be read"),
        ("UPDATE booking SET start_date = '02/03/2026'", "booking", "start_date can be read"),
        ("UPDATE booking SET created_at = '2026-01-01 25:00:00.000000'", "booking", "created_at can be read"),
        ("UPDATE booking SET created_at = 'yesterday'", "booking", "created_at can be read"),
        ("UPDATE video_latest SET snapshot_time = '2026-01-01'", "video_latest", "snapshot_time can be read"),
        ("UPDATE booking SET creator_id = 'linh'", "booking", "creator_id can be read"),
        ("UPDATE rule SET condition_json = '{'", "rule", "condition_json can be read"),
    ],
)
def test_what_was_written_by_hand_and_cannot_be_read_is_named(
    tmp_path: Path, statement: str, table: str, rule: str
) -> None:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    with connected(str(path)) as database:
        make_one_of_each()
        bring_latest_up_to_date(database, [video.id for video in Video.select()])
        database.execute_sql("PRAGMA foreign_keys = 0")
        database.execute_sql("PRAGMA ignore_check_constraints = 1")
        assert database.execute_sql(statement).rowcount
    *found, end = check_at(str(path), fix=True)
    assert {(one.table, one.rule) for one in found} == {(table, rule)}
    assert (end.stored, end.expected) == ("that far", "once those are mended")


@pytest.mark.parametrize(
    "moment", ["2026-02-28 23:59:59.999999", "2026-02-28 23:59:59.999500", "2024-02-29 00:00:00.000001"]
)
def test_any_moment_that_the_program_stores_can_be_read(tmp_path: Path, moment: str) -> None:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    with connected(str(path)) as database:
        make(Brand)
        database.execute_sql("UPDATE brand SET created_at = ?", (moment,))
    assert check_at(str(path)) == []


def test_a_broken_constraint_is_named_with_its_record(database: Store) -> None:
    make(Brand, code="B-1")
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA ignore_check_constraints = 1")
    else:
        database.execute_sql("ALTER TABLE brand DROP CONSTRAINT brand_deleted_inactive")
    database.execute_sql("UPDATE brand SET deleted_at = created_at")
    (found,) = check_database(database, fix=True)
    assert (found.table, found.record, found.rule) == ("brand", "B-1", "constraint brand_deleted_inactive")
    assert not found.fixed


def test_a_reference_to_nothing_is_found(database: Store) -> None:
    booking = _booking()
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA foreign_keys = 0")
    else:
        database.execute_sql("ALTER TABLE booking DROP CONSTRAINT booking_creator_id_fk")
    Creator.delete().where(Creator.id == booking.creator_id).execute()
    (found,) = check_database(database, fix=True)
    assert (found.table, found.record, found.rule) == ("booking", booking.code, "creator_id points at a record")


def test_what_points_at_nothing_is_not_taken_over_and_the_rest_is_mended(database: Store) -> None:
    lost, fine = _payment(), _payment()
    other = make(Campaign)
    Payment.update(campaign=other).execute()
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA foreign_keys = 0")
    else:
        database.execute_sql("ALTER TABLE booking DROP CONSTRAINT booking_campaign_id_fk")
    Booking.update(campaign=uuid4()).where(Booking.id == lost.booking_id).execute()
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA foreign_keys = 1")
    found = check_database(database, fix=True)
    assert {(one.table, one.rule, one.fixed) for one in found if one.table != "booking" or one.fixed} == {
        ("payment", "the campaign is the booking's", True)
    }
    assert [one.record for one in found if one.rule == "campaign_id points at a record"] == [lost.booking.code]
    assert Payment.get_by_id(fine.id).campaign_id == fine.booking.campaign_id
    assert Payment.get_by_id(lost.id).campaign_id == other.id


def test_nothing_is_computed_from_what_breaks_a_constraint(database: Store) -> None:
    paid = _payment(status=PaymentStatus.PAID)
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA ignore_check_constraints = 1")
    else:
        for column in ("amount", "amount_vnd"):
            database.execute_sql(f"ALTER TABLE payment DROP CONSTRAINT payment_{column}_range")
    database.execute_sql("UPDATE payment SET amount = -5, amount_vnd = -5")
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA ignore_check_constraints = 0")
    found = check_database(database, fix=True)
    assert {one.rule for one in found if one.table != "booking"} == {
        "constraint payment_amount_range",
    }
    assert not any(one.fixed for one in found)
    assert Campaign.get_by_id(paid.campaign_id).budget_actual == 0


def test_what_is_kept_of_a_video_is_not_taken_from_counts_that_break_a_constraint(database: Store) -> None:
    broken, fine = make(VideoMetricSnapshot, view_count=5), make(VideoMetricSnapshot, view_count=5)
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA ignore_check_constraints = 1")
    else:
        database.execute_sql("ALTER TABLE video_metric_snapshot DROP CONSTRAINT video_metric_snapshot_view_count_range")
    database.execute_sql(f"UPDATE video_metric_snapshot SET view_count = -5 WHERE id = '{broken.id.hex}'")
    if database.engine == "sqlite":
        database.execute_sql("PRAGMA ignore_check_constraints = 0")
    found = check_database(database, fix=True)
    assert {(one.table, one.fixed) for one in found} == {("video_metric_snapshot", False), ("video_latest", True)}
    assert [latest.video_id for latest in VideoLatest.select()] == [fine.video_id]


def test_a_missing_index_is_named_with_the_statement_that_makes_it(database: Store) -> None:
    indexes = ["booking_code_unique", "creator_name_folded_id_index", "video_latest_view_count_index"]
    indexes = [name for name in indexes if _has_index(database, name)]
    assert len(indexes) > 1
    for name in indexes:
        database.execute_sql(f"DROP INDEX {name}")
    found = check_database(database, fix=True)
    assert {one.record for one in found} == set(indexes)
    assert not any(one.fixed for one in found)
    for one in found:
        database.execute_sql(one.expected.removeprefix("made with: "))
    assert check_database(database) == []


def test_a_missing_table_or_column_is_named_and_ends_the_check(database: Store) -> None:
    make_one_of_each()
    database.execute_sql("ALTER TABLE brand RENAME COLUMN description TO about")
    database.execute_sql("DROP TABLE video_latest")
    *found, end = check_database(database, fix=True)
    assert {(one.table, one.record) for one in found} == {
        ("the table", "video_latest"),
        ("the column", "brand.description"),
    }
    assert end.expected == "once those are there"


def _has_index(database: Store, name: str) -> bool:
    catalog = "sqlite_master WHERE name" if database.engine == "sqlite" else "pg_indexes WHERE indexname"
    return bool(database.execute_sql(f"SELECT 1 FROM {catalog} = '{name}'").fetchone())


def test_thousands_of_equal_findings_are_counted(database: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "KEPT", 2)
    for _ in range(5):
        make(Creator, name="Hà")
    database.execute_sql("UPDATE creator SET name_folded = ''")
    found = check_database(database, fix=True)
    assert [one.record for one in found][2:] == ["and 3 more records"]
    assert check_database(database) == []


def test_a_check_by_url_wants_a_database_that_is_there_and_up_to_date(empty_database_url: str, tmp_path: Path) -> None:
    with connected(empty_database_url), pytest.raises(migrate.MigrationFailed):
        check_at(empty_database_url)
    with pytest.raises(DatabaseNotThere):
        check_at(str(tmp_path / "none.db"))


def test_a_database_that_cannot_be_written_is_checked_and_not_mended(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    read_only = f"sqlite:///{path.as_posix()}?mode=ro"
    assert check_at(read_only) == []
    with connected(str(path)) as database:
        make(Creator, name="Hà")
        database.execute_sql("UPDATE creator SET name_folded = ''")
    assert len(check_at(read_only)) == 1
    with pytest.raises(DatabaseReadOnly):
        check_at(read_only, fix=True)


@pytest.mark.parametrize(
    ("amount", "currency", "rate", "vnd"),
    [
        ("2.5", "VND", None, "2"),
        ("3.5", "VND", None, "4"),
        ("3.5", "VND", "9", "4"),
        ("1.01", "USD", "25000", "25250"),
        ("1", "USD", "0.5", "0"),
        ("1", "USD", None, None),
    ],
)
def test_an_amount_in_vnd_is_rounded_half_even_to_a_whole_dong(
    amount: str, currency: str, rate: str | None, vnd: str | None
) -> None:
    found = amount_in_vnd(Decimal(amount), currency, None if rate is None else Decimal(rate))
    assert found == (None if vnd is None else Decimal(vnd))


@given(st.decimals(0, 10**15, places=2), st.decimals(0, 10**9, places=6))
def test_an_amount_in_vnd_is_never_further_off_than_half_a_dong(amount: Decimal, rate: Decimal) -> None:
    found = amount_in_vnd(amount, "USD", rate)
    assert found is not None
    # In whole numbers, as decimals of the default precision would round here.
    exact = int(amount * 100) * int(rate * 10**6)
    assert abs(int(found) * 10**8 - exact) * 2 <= 10**8
