"""The dashboard's figures, courses and lists, against a world that is counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make
from tests.seed.databases import seed
from tests.services.worlds import GONE, NOON, TODAY, booking, day, make_world, payment, video
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Brand,
    Campaign,
    Creator,
    Payment,
    Rule,
    RuleLog,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.database import Store
from tui_booking.services import clock, dashboard_tasks
from tui_booking.services.dashboard import Dashboard, TaskList, read_dashboard, work_out_views
from tui_booking.services.dashboard_courses import LONGEST
from tui_booking.services.dashboard_tasks import SHOWN, WHOLE_LISTS
from tui_booking.services.declarations import FilterValue, Period, Query
from tui_booking.services.directories import read_roll
from tui_booking.services.latest import bring_latest_up_to_date
from tui_booking.services.listings import LISTINGS
from tui_booking.services.questions import Question
from tui_booking.services.view_days import forget_gains

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
MONTH = Period(day(-29), TODAY)


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(database: Store) -> SimpleNamespace:
    return make_world(database)


def read(store: Store, period: Period = MONTH, brand: Any = None) -> Dashboard:
    found = read_dashboard(store, period=period, brand=brand, today=TODAY, zone=ZONE)
    while found.views.missing:
        found = work_out_views(store, found, brand=brand, zone=ZONE)
    return found


def tasks(found: Dashboard, name: str) -> TaskList:
    return next(one for one in found.tasks if one.name == name)


def test_an_empty_database_has_an_empty_dashboard(database: Store) -> None:
    found = read(database)
    assert found.is_empty
    figures: Any = found.figures
    assert (figures.running_campaigns, figures.open_bookings, figures.committed, figures.paid) == (0, 0, 0, 0)
    assert (figures.views, figures.orders, figures.revenue, figures.roas) == (None, None, None, None)
    assert len(found.views.gains) == 30
    assert set(found.views.gains.values()) == {None}
    assert (found.spend, found.due_by_day) == ((), ())
    assert all((one.count, one.tasks) == (0, ()) for one in found.tasks)
    assert all(count == 0 for _status, count in found.bookings)


def test_the_figures_are_those_of_the_campaigns_of_the_period(database: Store, world: SimpleNamespace) -> None:
    found = read(database)
    figures: Any = found.figures
    assert not found.is_empty
    assert (figures.running_campaigns, figures.open_bookings) == (1, 2)
    assert (figures.committed, figures.paid, figures.due) == (30_000_000, 12_000_000, 18_000_000)
    assert (figures.views, figures.orders, figures.revenue) == (600_000, 3, 900_000)
    assert figures.roas == pytest.approx(0.03)
    assert {status.value: count for status, count in found.bookings} == {
        "negotiating": 0, "confirmed": 1, "in_progress": 1, "completed": 0, "canceled": 1,
    }  # fmt: skip
    spend: Any = found.spend[0]
    assert (spend.code, spend.planned, spend.committed, spend.paid) == ("TET", 40_000_000, 30_000_000, 12_000_000)
    assert found.due_by_day == ((day(3), Decimal(1_000_000)),)
    # The campaign runs in March.
    for period in (Period(date(2026, 1, 1), date(2026, 2, 28)), Period(date(2026, 4, 1), None)):
        figures = read(database, period).figures
        assert (figures.running_campaigns, figures.open_bookings, figures.committed, figures.views) == (0, 0, 0, None)
    for period in (Period(), Period(date(2026, 3, 31), None), Period(None, date(2026, 3, 1))):
        assert read(database, period).figures.committed == 30_000_000


def test_currencies_are_not_added_together(database: Store, world: SimpleNamespace) -> None:
    booking(world, "BK-USD", 600, currency="USD")
    figures: Any = read(database).figures
    assert (figures.committed, figures.due, figures.roas) == (None, None, None)
    assert (figures.paid, figures.revenue) == (12_000_000, 900_000)
    assert read(database).spend[0].committed is None


def test_a_brand_narrows_it(database: Store, world: SimpleNamespace) -> None:
    other = make(Brand, code="BETA")
    mine: Any = read(database, brand=world.brand.id)
    others: Any = read(database, brand=other.id)
    assert mine.figures == read(database).figures
    assert mine.views == read(database).views
    assert (others.figures.committed, others.figures.views, others.figures.running_campaigns) == (0, None, 0)
    assert set(others.views.gains.values()) == {None}
    assert (others.spend, others.due_by_day) == ((), ())
    for name in ("overdue", "upcoming", "payments", "unmeasured"):
        assert tasks(mine, name).count > 0 or name == "unmeasured"
        assert tasks(others, name).count == 0, name


def test_views_by_day_are_what_videos_gained(database: Store, world: SimpleNamespace) -> None:
    views = read(database).views.gains
    # Videos were posted in the period: the first snapshots count in full, those of today over yesterday's.
    assert views[day(-1)] == 100_000 + 150_000
    assert views[TODAY] == 300_000 + 50_000 + 0
    assert views[day(-2)] is None
    # From a period that begins today only what came today.
    assert read(database, Period(TODAY, TODAY)).views.gains == {TODAY: 350_000}
    older = video(world.second, 1_000, 1_500, post_date=day(-200))
    bring_latest_up_to_date(database, [older.id])
    forget_gains(database)
    views = read(database).views.gains
    assert (views[day(-1)], views[TODAY]) == (250_000, 350_500)


def test_a_day_is_the_operators_day(database: Store, world: SimpleNamespace) -> None:
    late = video(world.second, post_date=day(-3))
    # One o'clock in the morning in Vietnam is still the day before in UTC.
    for moment, views in ((datetime(2026, 3, 6, 16, 30, tzinfo=UTC), 10), (datetime(2026, 3, 6, 18, tzinfo=UTC), 70)):
        make(VideoMetricSnapshot, video=late, snapshot_time=moment, view_count=views)
    bring_latest_up_to_date(database, [late.id])
    views_by_day = read(database).views.gains
    assert (views_by_day[date(2026, 3, 6)], views_by_day[date(2026, 3, 7)]) == (10, 250_060)


def test_a_long_period_shows_its_last_days(database: Store, world: SimpleNamespace) -> None:
    for period in (Period(), Period(date(2020, 1, 1), None)):
        found = list(read(database, period).views.gains.items())
        assert (len(found), found[-1]) == (LONGEST, (TODAY, 350_000))


def test_deadlines_are_to_be_acted_on(database: Store, world: SimpleNamespace) -> None:
    found = read(database)
    overdue, upcoming = tasks(found, "overdue"), tasks(found, "upcoming")
    assert [(one.title, one.kind, one.id, one.day) for one in overdue.tasks] == [
        ("C", "booking", world.first.id, day(-1))
    ]
    assert overdue.tasks[0].about == "Nguyễn Linh · BK-1"
    assert [one.title for one in upcoming.tasks] == ["E", "F"]
    assert (overdue.count, upcoming.count) == (1, 2)
    make(BookingDeliverable, booking=world.first, title="in a week", deadline_post=day(7), status="scheduled")
    make(BookingDeliverable, booking=world.first, title="later", deadline_post=day(8), status="scheduled")
    assert [one.title for one in tasks(read(database), "upcoming").tasks] == ["E", "F", "in a week"]
    make(BookingDeliverable, booking=world.first, title="long ago", deadline_post=day(-8), status="scheduled")
    make(BookingDeliverable, booking=world.first, title="a week ago", deadline_post=day(-7), status="scheduled")
    late = tasks(read(database), "overdue")
    assert (late.count, late.recent) == (3, 2)


def test_payments_that_are_due_stand_with_the_late_ones_first(database: Store, world: SimpleNamespace) -> None:
    late = payment(world.second, 5, "pending", payment_date=day(-4), currency="USD", amount_vnd=Decimal(125_000))
    payment(world.second, 6, "pending", payment_date=day(30))
    payment(world.second, 7, "pending", payment_date=day(-9), **GONE)
    found: Any = tasks(read(database), "payments")
    assert found.count == 2
    assert [(one.id, one.amount, one.currency) for one in found.tasks] == [
        (late.id, 5, "USD"),
        (Payment.get(Payment.amount == Decimal(1_000_000)).id, 1_000_000, "VND"),
    ]


def test_posted_videos_without_a_snapshot_for_a_week_are_listed(database: Store, world: SimpleNamespace) -> None:
    fresh = video(world.second, post_date=day(-3))
    stale = video(world.second, post_date=day(-15))
    make(VideoMetricSnapshot, video=stale, snapshot_time=NOON - timedelta(days=8))
    hidden = video(world.second, post_date=day(-40), status="hidden")
    finished = make(Campaign, status="finished")
    video(world.first, post_date=day(-40), campaign=finished)
    bring_latest_up_to_date(database, [fresh.id, stale.id, hidden.id])
    found = tasks(read(database), "unmeasured")
    assert [(one.id, one.day) for one in found.tasks] == [(stale.id, day(-8)), (world.unmeasured.id, day(-20))]
    assert found.count == 2


def test_placeholders_and_rule_alerts_are_listed(database: Store, world: SimpleNamespace) -> None:
    stand_in = make(Creator, creator_key="NEW", is_placeholder=True)
    make(Booking, code="BK-OTHER", is_placeholder=True, **GONE)
    late, paying = make(Rule, name="Late"), make(Rule, name="Old", is_active=False)
    for rule, target, result in (
        (late, world.first.id.hex, "matched"), (late, str(world.second.id), "matched"),
        (late, str(world.second.id), "not_matched"), (paying, world.first.id.hex, "matched"), (late, "odd", "matched"),
    ):  # fmt: skip
        make(RuleLog, rule=rule, target_type="booking", target_id=target, result=result, created_at=NOON)
    make(RuleLog, rule=late, target_type="campaign", target_id=world.campaign.id.hex, result="matched",
         created_at=NOON - timedelta(days=60))  # fmt: skip
    found = read(database)
    assert [(one.kind, one.id, one.title) for one in tasks(found, "placeholders").tasks] == [
        ("creator", stand_in.id, "NEW")
    ]
    alerts = tasks(found, "alerts")
    assert [(one.kind, one.id, one.title, one.about, one.day) for one in alerts.tasks] == [
        ("booking", world.first.id, "Late", "BK-1", TODAY)
    ]


def test_a_list_has_its_first_and_says_how_many_there_are(database: Store, world: SimpleNamespace) -> None:
    for number in range(SHOWN + 5):
        make(BookingDeliverable, booking=world.first, title=f"{number:02}", deadline_post=day(-9), status="planned")
    found = tasks(read(database), "overdue")
    assert (len(found.tasks), found.count) == (SHOWN, SHOWN + 6)


def test_the_demo_has_something_of_everything(database_url: str) -> None:
    seed(database_url, today=TODAY)
    with connected(database_url) as database:
        found = read(database)
        assert not found.is_empty
        for name in ("overdue", "upcoming", "payments", "unmeasured"):
            assert tasks(found, name).count > 0, name
        assert found.figures.roas is not None
        assert sum(views is not None for views in found.views.gains.values()) > 10
        assert len(found.spend) == 2
        assert Video.select().count() > tasks(found, "unmeasured").count


@pytest.mark.parametrize("later", [0, 6, 400])
def test_all_of_a_list_is_found_in_the_list_of_its_section(
    database_url: str, later: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dashboard_tasks, "SHOWN", 10_000)
    seed(database_url, today=TODAY)
    today = day(later)
    monkeypatch.setattr(clock, "today", lambda: today)
    with connected(database_url) as store:
        never = {"status": "posted", "post_date": day(-30), "platform_video_id": "never-measured"}
        make(Video, campaign=Campaign.get(), creator=Creator.get(), **never)
        brand = Campaign.get().brand_id
        for chosen in (None, brand):
            found = read_dashboard(store, period=MONTH, brand=chosen, today=today, zone=ZONE)
            for name, (listing, narrowed) in WHOLE_LISTS.items():
                filters: tuple[tuple[str, FilterValue], ...] = ((narrowed, True),)
                filters += (("brand", chosen),) if chosen else ()
                question = Question(store, Query(listing=LISTINGS[listing], filters=filters), ZONE)
                roll = read_roll(store, question)
                page, _changed = roll.read_page(store, question, 0, roll.reach)
                assert {row.id for row in page if row} == {task.id for task in tasks(found, name).tasks}, name


def test_the_dashboard_is_read_at_once_and_days_that_nobody_asked_for_are_counted_after_it(
    database: Store, world: SimpleNamespace
) -> None:
    forget_gains(database)
    found = read_dashboard(database, period=MONTH, brand=None, today=TODAY, zone=ZONE)
    assert len(found.views.missing) == 30
    assert set(found.views.gains.values()) == {None}
    some = work_out_views(database, found, brand=None, zone=ZONE)
    # The newest come first, and are kept.
    assert some.views.missing == found.views.missing[:-7]
    assert some.views.gains[TODAY] == 350_000
    again = read_dashboard(database, period=MONTH, brand=None, today=TODAY, zone=ZONE)
    assert again.views == some.views


def test_few_questions_are_asked_however_much_there_is(
    database: Store, world: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    run = database.execute_sql

    def remember(sql: str, params: Any = None) -> Any:
        asked.append(sql)
        return run(sql, params)

    monkeypatch.setattr(database, "execute_sql", remember)
    read(database)
    # The days are known from then on.
    asked.clear()
    read(database)
    few = len(asked)
    assert few <= 11
    for number in range(30):
        video(booking(world, f"MORE-{number}", 1), 5)
    asked.clear()
    read(database)
    assert sum(sql.startswith(("SELECT", "WITH")) for sql in asked) == few
