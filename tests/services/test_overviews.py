"""What is told of a record: each measure against an example that is counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make, make_one_of_each
from tests.services.worlds import GONE, NOON, TODAY, booking, day, make_world, payment, video
from tui_booking.models import ALL_MODELS, Campaign, Creator, Payment, TrackingConversion, Video, VideoMetricSnapshot
from tui_booking.models.database import Store
from tui_booking.services import clock
from tui_booking.services.asking import read_values, reader_of, select
from tui_booking.services.cash import CashDay, read_cash, read_cash_of_list
from tui_booking.services.declarations import Period, Query
from tui_booking.services.latest import bring_latest_up_to_date
from tui_booking.services.listings import LISTINGS
from tui_booking.services.overviews import POINTS, Fact, overview, series
from tui_booking.services.questions import Question, read_count

MILLION = 1_000_000
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture
def database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(database: Store) -> SimpleNamespace:
    return make_world(database)


def told(store: Store, kind: str, record: Any, name: str = "overview") -> dict[str, Fact]:
    facts = overview(store, kind, record.id, name)
    assert len({fact.label for fact in facts}) == len(facts), "a fact is told twice"
    return {fact.label: fact for fact in facts}


def listed(store: Store, name: str, record: Any) -> dict[str, Any]:
    """What a list shows of one record."""
    listing = LISTINGS[name]
    selected = ", ".join(column.sql for column in listing.columns)
    (row,) = select(store, f"SELECT {selected} FROM {listing.table} r {listing.joins} WHERE r.id = ?", [record.id])
    readers = [reader_of(column.kind, column.words) for column in listing.columns]
    return dict(zip([column.name for column in listing.columns], read_values(readers, row), strict=True))


def test_a_campaign_is_measured(database: Store, world: SimpleNamespace) -> None:
    facts = told(database, "campaign", world.campaign)
    values = {label: fact.value for label, fact in facts.items()}
    assert values["Budget"] == 40 * MILLION
    assert values["Committed"] == 30 * MILLION
    assert values["Paid"] == 12 * MILLION
    assert values["Due"] == 18 * MILLION
    assert values["Views"] == 600_000
    assert values["Engagements"] == 72_000
    assert values["Orders"] == 3
    assert values["Revenue"] == 900_000
    assert values["ROAS"] == pytest.approx(0.03)
    assert values["CPV"] == 50
    assert values["CPM"] == 50_000
    assert float(str(values["CPE"])) == pytest.approx(30 * MILLION / 72_000)
    assert values["CPO"] == 10 * MILLION
    assert (facts["Views"].goal, facts["Views"].share) == (1_200_000, 0.5)
    assert (facts["Orders"].goal, facts["Orders"].share) == (4, 0.75)
    assert (facts["Revenue"].goal, facts["Revenue"].share) == (None, None)
    assert facts["Paid"].share == pytest.approx(0.3)
    row = listed(database, "campaigns", world.campaign)
    assert (row["committed"], row["paid"], row["views"], row["orders"]) == (30 * MILLION, 12 * MILLION, 600_000, 3)
    assert (row["kpi_views"], row["kpi_orders"], row["kpi_revenue"]) == (0.5, 0.75, None)
    assert row["bookings"] == 3


def test_what_is_divided_by_nothing_is_not_known(database: Store) -> None:
    campaign = make(Campaign, kpi_view=0)
    values = {label: fact.value for label, fact in told(database, "campaign", campaign).items()}
    assert values["Committed"] == 0
    for measure in ("Views", "Orders", "Revenue", "ROAS", "CPV", "CPM", "CPE", "CPO", "Engagements"):
        assert values[measure] is None, measure
    assert told(database, "campaign", campaign)["Views"].share is None
    creator = make(Creator)
    record = {label: fact.value for label, fact in told(database, "creator", creator, "track_record").items()}
    assert (record["On time"], record["CPV"], record["ER"], record["Paid"]) == (None, None, None, 0)


def test_currencies_are_never_added_together(database: Store, world: SimpleNamespace) -> None:
    abroad = booking(world, "BK-USD", 600, currency="USD")
    facts = told(database, "campaign", world.campaign)
    for unknown in ("Committed", "Due", "CPV", "ROAS"):
        assert facts[unknown].value is None
    assert (facts["Committed in USD"].value, facts["Committed in USD"].currency) == (600, "USD")
    assert facts["Committed in VND"].value == 30 * MILLION

    # Payments say what it is in VND: at first by their rate, and exactly where they cover it.
    payment(abroad, 200, "paid", currency="USD", exchange_rate=Decimal(25_000), amount_vnd=Decimal(5 * MILLION))
    assert told(database, "campaign", world.campaign)["Committed"].value == 45 * MILLION
    payment(abroad, 400, "planned", currency="USD", exchange_rate=Decimal(25_500), amount_vnd=Decimal(10_200_000))
    payment(abroad, 50, "canceled", currency="USD", amount_vnd=Decimal(MILLION))
    assert told(database, "campaign", world.campaign)["Committed"].value == 30 * MILLION + 15_200_000

    make(TrackingConversion, tracking_asset=world.asset, order_code="U-1", revenue=Decimal(9), currency="USD")
    facts = told(database, "campaign", world.campaign)
    assert (facts["Revenue"].value, facts["ROAS"].value) == (None, None)
    assert (facts["Revenue in USD"].value, facts["Revenue in VND"].value) == (9, 900_000)
    assert facts["Orders"].value == 4


def test_a_booking_in_another_currency_has_its_balance_in_dong(database: Store, world: SimpleNamespace) -> None:
    abroad = booking(world, "BK-USD", 600, currency="USD")
    facts = told(database, "booking", abroad, "balance")
    assert (facts["Agreed fee"].value, facts["Agreed fee"].currency) == (600, "USD")
    assert (facts["In VND"].value, facts["Due"].value, facts["Not planned yet"].value) == (None, None, None)
    assert facts["In VND"].note
    payment(abroad, 600, "pending", currency="USD", amount_vnd=Decimal(15 * MILLION))
    facts = told(database, "booking", abroad, "balance")
    assert (facts["In VND"].value, facts["Due"].value, facts["Not planned yet"].value) == (
        15 * MILLION,
        15 * MILLION,
        0,
    )


def test_a_booking_is_measured(database: Store, world: SimpleNamespace) -> None:
    row = listed(database, "bookings", world.first)
    assert (row["paid_share"], row["delivered"], row["planned"]) == (0.8, 3, 3)
    assert (row["next_deadline"], row["late"]) == (day(-1), True)
    assert (row["views"], row["cpv"]) == (400_000, 25)
    row = listed(database, "bookings", world.second)
    assert (row["next_deadline"], row["late"], row["paid_share"]) == (TODAY, False, 0.2)
    row = listed(database, "bookings", world.canceled)
    assert (row["next_deadline"], row["late"], row["cpv"]) == (None, False, None)
    facts = told(database, "booking", world.first)
    assert facts["Paid in VND"].share == pytest.approx(0.8)
    done = facts["Deliverables done"]
    assert (done.value, done.goal, done.share) == (3, 3, 1)
    assert facts["Due"].value == 2 * MILLION
    assert facts["Planned and pending"].value == MILLION
    assert facts["Not planned yet"].value == MILLION
    assert told(database, "booking", world.canceled, "balance")["Due"].value == 0


def test_the_filter_for_late_bookings_agrees_with_the_column(database: Store, world: SimpleNamespace) -> None:
    late = LISTINGS["bookings"].filter("late").sql
    assert [code for (code,) in select(database, f"SELECT r.code FROM booking r WHERE {late}")] == ["BK-1"]
    tardy = LISTINGS["deliverables"].filter("late").sql
    titles = select(database, f"SELECT r.title FROM booking_deliverable r WHERE {tardy} AND r.deleted_at IS NULL")
    assert titles == [("C",)]


def test_a_creator_is_measured(database: Store, world: SimpleNamespace) -> None:
    row = listed(database, "creators", world.creator)
    assert (row["handle"], row["followers"]) == ("linh.an", 90_000)
    assert (row["bookings"], row["paid"]) == (3, 12 * MILLION)
    # Due so far are A, B and C; A was posted in time.
    assert row["on_time"] == pytest.approx(1 / 3)
    # Thirty million for 600,000 views.
    assert (row["cpv"], row["cpm"]) == (50, 50_000)
    facts = told(database, "creator", world.creator, "track_record")
    assert facts["On time"].note == "1 of 3 deliverables"
    assert (facts["Committed"].value, facts["CPV"].value, facts["Views"].value) == (30 * MILLION, 50, 600_000)
    assert facts["ER"].value == pytest.approx(0.12)
    assert (facts["Canceled"].value, facts["Completed"].value, facts["Videos"].value) == (1, 0, 4)


@pytest.mark.parametrize(("most", "found"), [(50_000, 1), (49_999, 0)])
def test_creators_are_found_by_what_a_thousand_views_cost(
    database: Store, world: SimpleNamespace, most: int, found: int
) -> None:
    make(Creator)  # Without views nothing is known of the price.
    free = make(Creator)
    video(booking(world, "BK-9", 0, creator=free), 1_000)  # Barter has no price either, and is not the cheapest.
    bring_latest_up_to_date(database, [one.id for one in Video.select().where(Video.creator == free)])
    assert listed(database, "creators", free)["cpm"] is None
    query = Query(listing=LISTINGS["creators"], filters=(("cpm", most),))
    assert read_count(database, Question(database, query, ZONE)) == found


def test_a_video_is_measured(database: Store, world: SimpleNamespace) -> None:
    row = listed(database, "videos", world.video)
    assert (row["views"], row["likes"], row["measured"]) == (400_000, 40_000, NOON)
    assert row["engagement_rate"] == pytest.approx(0.12)
    # Its deliverable has a fee of six million.
    assert row["cpv"] == 15
    row = listed(database, "videos", world.late_video)
    assert (row["views"], row["engagement_rate"], row["cpv"]) == (0, None, None)
    # A fee of twenty million is shared by two videos.
    assert listed(database, "videos", world.other_video)["cpv"] == 50
    row = listed(database, "videos", world.unmeasured)
    assert (row["views"], row["engagement_rate"], row["cpv"], row["measured"]) == (None, None, None, None)
    of_canceled = video(world.canceled, 100)
    bring_latest_up_to_date(database, [of_canceled.id])
    assert listed(database, "videos", of_canceled)["cpv"] is None


def test_a_payment_tells_the_balance_of_its_booking(database: Store, world: SimpleNamespace) -> None:
    facts = told(database, "payment", Payment.get(Payment.amount == Decimal(MILLION)), "balance")
    assert (facts["Booking"].value, facts["Due"].value) == ("BK-1", 2 * MILLION)


def test_something_is_told_of_every_kind(database: Store) -> None:
    for record in make_one_of_each().values():
        kind = type(record)._meta.table_name.replace("app_user", "user")
        assert told(database, kind, record), kind
    for model in ALL_MODELS:
        kind = model._meta.table_name.replace("app_user", "user")
        assert overview(database, kind, uuid4()) == [], kind
    for kind, name in (("creator", "track_record"), ("booking", "balance"), ("payment", "balance")):
        assert overview(database, kind, uuid4(), name) == []
    with pytest.raises(KeyError):
        overview(database, "creator", uuid4(), "balance")


def test_a_creator_is_told_with_contact_and_tags(database: Store, world: SimpleNamespace) -> None:
    from tui_booking.models import CreatorContact, CreatorTag, CreatorTagMap

    make(CreatorContact, creator=world.creator, name="Chị Hà", phone="+84901234567", is_primary=True)
    for name in ("mẹ và bé", "da"):
        make(CreatorTagMap, creator=world.creator, tag=make(CreatorTag, name=name))
    facts = told(database, "creator", world.creator)
    assert (facts["Contact"].value, facts["Phone"].value) == ("Chị Hà", "+84901234567")
    assert facts["Tags"].value == "da, mẹ và bé"


def test_views_over_time_are_thinned_and_keep_both_ends(database: Store, world: SimpleNamespace) -> None:
    points = series(database, "video", world.video.id, "views")
    assert [(point.at, point.value) for point in points] == [(NOON - timedelta(days=1), 100_000), (NOON, 400_000)]
    long = video(world.second)
    for hour in range(1_000):
        make(VideoMetricSnapshot, video=long, snapshot_time=NOON + timedelta(hours=hour), view_count=hour)
    points = series(database, "video", long.id, "views")
    assert 200 < len(points) <= POINTS + 1
    assert (points[0].value, points[-1].value) == (0, 999)
    assert series(database, "video", uuid4(), "views") == []
    with pytest.raises(KeyError):
        series(database, "video", long.id, "likes")


def test_spend_adds_up_by_day(database: Store, world: SimpleNamespace) -> None:
    payment(world.second, 3 * MILLION, "paid", payment_date=day(-3))
    points = series(database, "campaign", world.campaign.id, "spend")
    assert [(point.at, point.value) for point in points] == [(day(-3), 3 * MILLION), (TODAY, 15 * MILLION)]


def test_cash_is_told_by_day(database: Store, world: SimpleNamespace) -> None:
    nothing = Decimal(0)
    assert read_cash(database, None, None) == [
        CashDay(TODAY, nothing, Decimal(12 * MILLION)),
        CashDay(day(3), Decimal(MILLION), nothing),
    ]
    assert [cash.day for cash in read_cash(database, day(1), day(3))] == [day(3)]
    assert read_cash(database, None, day(-1)) == []
    assert [cash.paid for cash in read_cash(database, None, TODAY, of=("booking", world.second.id))] == [4 * MILLION]
    payment(world.first, 9, "planned", payment_date=day(5), **GONE)
    assert read_cash(database, day(4), None) == []


def test_cash_of_a_list_is_that_of_its_filters(database: Store, world: SimpleNamespace) -> None:
    def read(**filters: Any) -> list[CashDay]:
        query = Query(listing=LISTINGS["payments"], filters=tuple(filters.items()))
        return read_cash_of_list(database, query, ZONE)

    assert read() == read_cash(database, None, None)
    assert read(booking=world.second.id) == read_cash(database, None, None, of=("booking", world.second.id))
    assert [cash.day for cash in read(payment_date=Period(day(1), None))] == [day(3)]
    assert [cash.due for cash in read(status=("paid",))] == [Decimal(0)]
