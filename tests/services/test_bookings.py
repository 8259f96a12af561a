"""Bookings, deliverables, payments and shortlists move on as they do in a day's work, each step in one transaction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from tests.records import connected, make
from tests.services.world import DAY, ME, World, change, stored
from tui_booking.models import Booking, BookingDeliverable, BookingStatusHistory, CampaignCreator, Video
from tui_booking.models.choices import DeliverableStatus, PaymentStatus
from tui_booking.models.database import Store
from tui_booking.services import deliverables, payments, shortlists
from tui_booking.services.bookings import change_status, make_booking
from tui_booking.services.checks import check_database
from tui_booking.services.records import Gone, Invalid, delete, load, save

TODAY = date(2026, 3, 20)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def history(booking: UUID) -> list[tuple[Any, ...]]:
    lines = BookingStatusHistory.select().where(BookingStatusHistory.booking == booking)
    told = [(line.from_status, line.to_status, line.note) for line in lines.order_by(BookingStatusHistory.id)]
    return told[1:]


def test_the_status_of_many_changes_at_once_with_a_line_each(world: World, store: Store) -> None:
    first = world("booking")
    same = {"campaign": world("campaign"), "creator": world("creator")}
    second = save(store, "booking", None, {"code": "BK-2", "status": "confirmed", **same}, operator=ME).id
    undo = change_status(store, "booking", [first, second], "confirmed", note="Chốt", operator=ME)
    assert history(first) == [("negotiating", "confirmed", "Chốt")]
    assert history(second) == []
    assert undo.what == "2 bookings: Confirmed"
    undo.apply(store, ME)
    assert stored(store, "booking", first)["status"] == "negotiating"
    assert stored(store, "booking", second)["status"] == "confirmed"


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("campaign", "running"), ("creator", "blacklist"), ("booking_deliverable", "shooting"), ("video", "hidden"),
        ("payment", "paid"),
    ],
)  # fmt: skip
def test_whatever_has_a_status_can_change_it(world: World, store: Store, kind: str, status: str) -> None:
    record = world(kind)
    undo = change_status(store, kind, [record], status, operator=ME)
    assert stored(store, kind, record)["status"] == status
    assert check_database(store) == []
    undo.apply(store, ME)
    assert check_database(store) == []


def test_a_status_that_there_is_not_is_refused(world: World, store: Store) -> None:
    with pytest.raises(Invalid):
        change_status(store, "booking", [world("booking")], "done", operator=ME)
    delete(store, "booking", [world("booking")], operator=ME)
    with pytest.raises(Gone):
        change_status(store, "booking", [world("booking")], "confirmed", operator=ME)


def test_the_status_alone_does_not_complete_a_placeholder(world: World, store: Store) -> None:
    campaign = world("campaign")
    booking = make(
        Booking, campaign=campaign, creator=world("creator"), brand=world("brand"), is_placeholder=True
    ).id  # fmt: skip
    change_status(store, "booking", [booking], "confirmed", operator=ME)
    assert load(store, "booking", booking).is_placeholder


def test_a_booking_is_made_with_what_it_is_to_deliver_or_not_at_all(world: World, store: Store) -> None:
    values = {"code": "BK-9", "campaign": world("campaign"), "creator": world("creator")}
    parts: list[dict[str, Any]] = [{"title": "Video 1", "deadline_post": DAY}, {"title": ""}]
    with pytest.raises(Invalid) as caught:
        make_booking(store, values, parts, operator=ME)
    assert caught.value.problems == {"deliverables.1.title": "Needed: it cannot be empty."}
    assert Booking.select().count() == 0
    saved = make_booking(store, values, [parts[0], {"title": "Live", "deliverable_type": "live"}], operator=ME)
    booking: Any = Booking.get_by_id(saved.id)
    assert sorted(one.title for one in booking.deliverables) == ["Live", "Video 1"]
    assert booking.deliverables_count_planned == 2
    saved.undo.apply(store, ME)
    assert all(one.deleted_at for one in booking.deliverables)
    assert load(store, "booking", saved.id).is_deleted


def test_what_is_neither_paid_nor_planned_is_proposed(world: World, store: Store) -> None:
    booking = world("booking", total_fee_agreed=Decimal(12_000_000))
    world("payment", status="paid")
    preset = payments.propose(store, booking, TODAY)
    assert preset == {
        "booking": booking, "amount": Decimal(7_000_000), "currency": "VND", "exchange_rate": None,
        "payment_date": TODAY, "status": PaymentStatus.PAID,
    }  # fmt: skip
    save(store, "payment", None, preset, operator=ME)
    assert payments.propose(store, booking, TODAY)["amount"] is None
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 12_000_000
    delete(store, "booking", [booking], together=True, operator=ME)
    with pytest.raises(Gone):
        payments.propose(store, booking, TODAY)


def test_a_payment_in_another_currency_is_proposed_at_the_latest_rate(world: World, store: Store) -> None:
    booking = world("booking", total_fee_agreed=Decimal(500), currency="USD")
    usd = {"currency": "USD", "amount": Decimal("100.50"), "exchange_rate": Decimal("25400.5")}
    world("payment", **usd)
    preset = payments.propose(store, booking, TODAY)
    assert (preset["amount"], preset["exchange_rate"]) == (Decimal("399.50"), Decimal("25400.5"))


def test_planned_payments_are_paid_today_and_others_left_alone(world: World, store: Store) -> None:
    planned = world("payment")
    canceled = save(
        store, "payment", None, {**world.least("payment"), "status": "canceled"}, operator=ME
    ).id  # fmt: skip
    undo = payments.pay(store, [planned, canceled], TODAY, operator=ME)
    assert undo.what.endswith("(1 was paid, canceled or deleted)")
    values = stored(store, "payment", planned)
    assert (values["status"], values["payment_date"]) == ("paid", TODAY)
    assert stored(store, "payment", canceled)["status"] == "canceled"
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 5_000_000
    with pytest.raises(Invalid):
        payments.pay(store, [planned, canceled], TODAY, operator=ME)
    undo.apply(store, ME)
    assert stored(store, "payment", planned)["payment_date"] == DAY
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 0


def test_creators_are_put_into_a_campaign_and_those_there_stay_as_they_are(world: World, store: Store) -> None:
    campaign, first = world("campaign"), world("creator")
    world("campaign_creator", role="trial", note="Giữ")
    others = [save(store, "creator", None, {"name": name}, operator=ME).id for name in ("Mai", "Tú")]
    grouped = shortlists.add_to_campaign(store, campaign, [first, *others, others[0]], operator=ME)
    assert (grouped.added, grouped.already) == (2, 1)
    assert CampaignCreator.get(CampaignCreator.creator == first).role == "trial"
    assert grouped.undo is not None
    grouped.undo.apply(store, ME)
    assert CampaignCreator.select().where(CampaignCreator.deleted_at.is_null()).count() == 1
    again = shortlists.add_to_campaign(store, campaign, others, role="supporting", operator=ME)
    assert (again.added, again.already) == (2, 0)
    assert {row.role.value for row in CampaignCreator.select()} == {"trial", "supporting"}
    assert shortlists.add_to_campaign(store, campaign, others, operator=ME) == shortlists.Grouped(0, 2, None)
    delete(store, "creator", [others[0]], together=True, operator=ME)
    with pytest.raises(Gone, match="Mai"):
        shortlists.add_to_campaign(store, campaign, others, operator=ME)


def test_tags_are_given_and_taken(world: World, store: Store) -> None:
    tag = save(store, "creator_tag", None, {"name": "da dầu"}, operator=ME).id
    given = shortlists.add_tag(store, tag, [world("creator")], operator=ME)
    assert (given.added, given.already) == (1, 0)
    taken = shortlists.remove_tag(store, tag, [world("creator")], operator=ME)
    assert (taken.added, taken.already) == (1, 0)
    assert shortlists.add_tag(store, tag, [world("creator")], operator=ME).added == 1


def test_deliverables_go_step_by_step(world: World, store: Store) -> None:
    record = world("booking_deliverable")
    for status in deliverables.STEPS[1:]:
        deliverables.step(store, [record], operator=ME)
        assert stored(store, "booking_deliverable", record)["status"] == status
    assert deliverables.step(store, [record], operator=ME).changes == ()
    deliverables.step(store, [record], -1, operator=ME)
    assert stored(store, "booking_deliverable", record)["status"] == DeliverableStatus.SCHEDULED
    assert deliverables.next_status(DeliverableStatus.REJECTED) == DeliverableStatus.SHOOTING
    assert deliverables.next_status(DeliverableStatus.CANCELED) == DeliverableStatus.CANCELED
    assert deliverables.next_status(DeliverableStatus.PLANNED, -1) == DeliverableStatus.PLANNED


URL = "https://www.tiktok.com/@duc.review/video/7301234567890123456"
FIRST = {"snapshot_time": datetime(2026, 3, 20, 9, tzinfo=UTC), "view_count": 1200}


def test_a_post_is_a_video_a_status_and_its_first_numbers(world: World, store: Store) -> None:
    record = world("booking_deliverable")
    posted = deliverables.record_post(store, record, url=URL, post_date=TODAY, snapshot=FIRST, operator=ME)
    video: Any = Video.get_by_id(posted.video)
    assert (video.booking_id, video.booking_deliverable_id) == (world("booking"), record)
    assert (video.campaign_id, video.creator_id) == (world("campaign"), world("creator"))
    assert (video.platform_video_id, video.title, video.post_date) == ("7301234567890123456", "Video 1", TODAY)
    assert stored(store, "booking_deliverable", record)["status"] == "posted"
    assert [one.view_count for one in video.snapshots] == [1200]
    assert check_database(store) == []
    posted.undo.apply(store, ME)
    assert stored(store, "booking_deliverable", record)["status"] == "planned"
    assert load(store, "video", posted.video).is_deleted
    assert check_database(store) == []


def test_a_post_that_cannot_be_leaves_nothing_behind(world: World, store: Store) -> None:
    record = world("booking_deliverable")
    with pytest.raises(Invalid) as caught:
        deliverables.record_post(
            store, record, url=URL, post_date=TODAY, snapshot={**FIRST, "view_count": -1}, operator=ME
        )
    assert caught.value.problems == {"snapshot.view_count": "Must be 0 or more."}
    with pytest.raises(Invalid):
        deliverables.record_post(store, record, post_date=TODAY, operator=ME)
    assert Video.select().count() == 0
    assert stored(store, "booking_deliverable", record)["status"] == "planned"


def test_a_video_that_is_known_becomes_the_deliverables_unless_it_is_anothers(world: World, store: Store) -> None:
    known = save(
        store, "video", None,
        {"url": URL, "title": "Own", "campaign": world("campaign"), "creator": world("creator")}, operator=ME,
    ).id  # fmt: skip
    record = world("booking_deliverable")
    posted = deliverables.record_post(store, record, url=URL, post_date=TODAY, operator=ME)
    assert posted.video == known
    assert stored(store, "video", known)["title"] == "Own"
    assert stored(store, "video", known)["booking_deliverable"] == record
    same = {"campaign": world("campaign"), "creator": world("creator")}
    other = make_booking(store, {"code": "BK-2", **same}, [{"title": "V"}], operator=ME).id
    part = BookingDeliverable.get(BookingDeliverable.booking == other).id
    with pytest.raises(Invalid) as caught:
        deliverables.record_post(store, part, url=URL, post_date=TODAY, operator=ME)
    assert "BK-1" in caught.value.problems["url"]
    change(store, "video", known, status="hidden")
