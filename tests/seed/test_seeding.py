"""The demo data: all that was asked for, around its day, and the same however often it is seeded."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from unittest.mock import Mock

import pytest

from tests.records import connected, make
from tests.seed.databases import DAY, everything, seed
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    BookingStatusHistory,
    Brand,
    Campaign,
    CampaignCreator,
    CampaignProduct,
    Creator,
    CreatorChannel,
    CreatorContact,
    CreatorTag,
    Payment,
    Product,
    Rule,
    Template,
    TrackingAsset,
    TrackingConversion,
    User,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.choices import BookingStatus, PaymentStatus, RuleScope, TemplateType
from tui_booking.seed import seeding
from tui_booking.seed.demo_records import ABOUT
from tui_booking.seed.seeding import WrongSeed, refuse_other_data
from tui_booking.services.checks import check_at

OPEN = ("planned", "shooting", "waiting_approve", "scheduled", "rejected")


def snapshots_of(video: Video) -> list[VideoMetricSnapshot]:
    """The snapshots of a video, the latest last."""
    found = VideoMetricSnapshot.select().where(VideoMetricSnapshot.video == video)
    return list(found.order_by(VideoMetricSnapshot.snapshot_time))


def test_the_demo_has_what_was_asked_for(database_url: str) -> None:
    assert seed(database_url).ok
    with connected(database_url):
        counted = [model.select().count() for model in (Brand, Product, Creator, CreatorChannel, Campaign, User)]
        assert counted == [2, 6, 6, 6, 2, 1]
        assert {channel.platform for channel in CreatorChannel.select()} == {"tiktok"}
        for creator in Creator.select():
            assert CreatorChannel.select().where(CreatorChannel.creator == creator).count() == 1
            contacts = CreatorContact.select().where(CreatorContact.creator == creator)
            assert contacts.where(CreatorContact.is_primary).count() == 1
        for campaign in Campaign.select():
            assert CampaignProduct.select().where(CampaignProduct.campaign == campaign).count() == 3
            assert CampaignCreator.select().where(CampaignCreator.campaign == campaign).count() >= 4
            assert campaign.owner == User.get(User.username == "lan")
        assert {booking.status for booking in Booking.select()} == set(BookingStatus)
        assert {payment.status for payment in Payment.select()} == set(PaymentStatus)
        assert {one.booking_id for one in BookingDeliverable.select()} == {one.id for one in Booking.select()}
        for model in (Video, TrackingAsset, TrackingConversion, Template, Rule):
            assert model.select().exists()
        assert {template.template_type for template in Template.select()} == set(TemplateType)
        assert {rule.scope for rule in Rule.select()} == set(RuleScope)
        assert not any(
            model.select().where(model.is_placeholder).exists() for model in (Brand, Creator, Booking, Video)
        )


def test_each_video_is_looked_at_daily_and_its_numbers_only_grow(database_url: str) -> None:
    seed(database_url)
    with connected(database_url):
        for video in Video.select().where(Video.status == "posted"):
            snapshots = snapshots_of(video)
            assert snapshots
            for before, after in pairwise(snapshots):
                assert after.snapshot_time - before.snapshot_time == timedelta(days=1)
                assert after.view_count >= before.view_count
                assert after.like_count >= before.like_count
            assert snapshots[-1].like_count < snapshots[-1].view_count


def test_nothing_that_has_happened_lies_in_the_future(database_url: str) -> None:
    seed(database_url)
    with connected(database_url):
        moment = datetime(DAY.year, DAY.month, DAY.day, tzinfo=UTC)
        assert not VideoMetricSnapshot.select().where(VideoMetricSnapshot.snapshot_time > moment).exists()
        assert not Video.select().where(Video.post_date > DAY).exists()
        assert not TrackingConversion.select().where(TrackingConversion.order_date > DAY).exists()
        assert not Payment.select().where((Payment.status == "paid") & (Payment.payment_date > DAY)).exists()


def test_there_is_something_to_act_on(database_url: str) -> None:
    seed(database_url)
    with connected(database_url):
        waiting = BookingDeliverable.status.in_(OPEN)
        week = DAY + timedelta(days=7)
        deadline, due = BookingDeliverable.deadline_post, Payment.payment_date
        assert BookingDeliverable.select().where(waiting & (deadline < DAY)).count() >= 2
        assert BookingDeliverable.select().where(waiting & deadline.between(DAY, week)).count() >= 3
        unpaid = Payment.status.in_(("planned", "pending"))
        assert Payment.select().where(unpaid & (due < DAY)).exists()
        assert Payment.select().where(unpaid & due.between(DAY, DAY + timedelta(days=6))).exists()
        assert Payment.select().where(unpaid & due.between(week, week + timedelta(days=6))).exists()
        late = (
            Video.select()
            .join(BookingDeliverable, on=(Video.booking_deliverable == BookingDeliverable.id))
            .where(Video.post_date > BookingDeliverable.deadline_post)
        )
        assert late.exists()
        forgotten = [
            video
            for video in Video.select().where(Video.status == "posted")
            if snapshots_of(video)[-1].snapshot_time.date() < DAY - timedelta(days=7)
        ]
        assert len(forgotten) == 1


def test_what_is_computed_agrees(database_url: str) -> None:
    seed(database_url)
    assert check_at(database_url) == []
    with connected(database_url):
        for campaign in Campaign.select():
            paid = Payment.select().where((Payment.campaign == campaign) & (Payment.status == "paid"))
            assert campaign.budget_actual == sum(payment.amount_vnd for payment in paid) > 0
        (dollars,) = Payment.select().where(Payment.currency != "VND")
        assert (dollars.amount, dollars.exchange_rate) == (Decimal(600), Decimal(25_450))
        assert dollars.amount_vnd == Decimal(15_270_000)
        assert BookingStatusHistory.select().count() == Booking.select().count()


@pytest.mark.parametrize("today", [DAY, DAY + timedelta(days=1), date(2031, 1, 1)], ids=str)
@pytest.mark.parametrize("scale", [1, 3])
def test_seeding_again_changes_nothing_on_whatever_day(database_url: str, today: date, scale: int) -> None:
    first = seed(database_url, scale=scale)
    assert first.created == sum(first.records.values()) + first.report.totals["rows"]
    stored = everything(database_url)
    again = seed(database_url, today=today, scale=scale)
    assert again.ok
    assert (again.day, again.created, again.updated) == (DAY, 0, 0)
    assert everything(database_url) == stored


def test_another_operator_changes_nothing_but_that_he_is_there(database_url: str) -> None:
    seed(database_url)
    stored = everything(database_url)
    again = seed(database_url, operator="minh")
    assert (again.created, again.updated) == (0, 0)
    after = everything(database_url)
    assert len(after.pop("app_user")) == len(stored.pop("app_user")) + 1
    assert after == stored


def test_the_day_can_be_chosen_once(database_url: str) -> None:
    chosen = date(2025, 6, 1)
    assert seed(database_url, day=chosen).day == chosen
    assert seed(database_url, day=chosen).updated == 0
    with pytest.raises(WrongSeed, match="2025-06-01"):
        seed(database_url, day=DAY)
    with connected(database_url):
        assert Payment.get(Payment.payment_ref == "DEMO-PAY-06-1").payment_date == chosen


def test_a_seeding_that_was_stopped_goes_on_with_its_day(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(seeding, "write_demo_files", Mock(side_effect=KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seed(database_url)
    again = seed(database_url, today=DAY + timedelta(days=30), operator="minh")
    assert again.ok
    assert again.day == DAY


def test_the_operators_own_data_is_left_alone(database_url: str) -> None:
    with connected(database_url):
        for model in (Brand, Campaign, Creator, Booking, Template, Rule, CreatorTag, Payment):
            make(model)
    stored = everything(database_url)
    assert seed(database_url, scale=2).ok
    after = everything(database_url)
    for table, records in stored.items():
        assert set(map(str, records)) <= set(map(str, after[table])), table


def test_what_was_edited_comes_back_and_what_was_deleted_stays_deleted(database_url: str) -> None:
    seed(database_url)
    with connected(database_url):
        campaign = Campaign.select().first()
        campaign.budget_planned = Decimal(1)
        campaign.save()
        rule = Rule.select().first()
        rule.is_active, rule.deleted_at = False, datetime(2026, 3, 9, tzinfo=UTC)
        rule.save()
    again = seed(database_url)
    assert again.ok
    assert (again.created, again.updated, again.records["skipped"]) == (0, 1, 1)
    with connected(database_url):
        assert Campaign.get_by_id(campaign.id).budget_planned > 1
        assert Rule.get_by_id(rule.id).deleted_at is not None


@pytest.mark.parametrize(
    "variables", [{"seeded_on": {"default": "soon"}, "other": "text"}, ["2026-01-01"], {}], ids=str
)
def test_a_day_that_was_made_unreadable_is_written_down_anew(database_url: str, variables: object) -> None:
    with connected(database_url):
        make(Template, name=ABOUT, variables=variables)
    assert seed(database_url).day == DAY
    assert seed(database_url, today=DAY + timedelta(days=1)).day == DAY


def test_a_demo_refuses_a_database_with_other_data(database_url: str) -> None:
    refuse_other_data(database_url)
    seed(database_url)
    refuse_other_data(database_url)


def test_a_demo_does_not_go_into_the_operators_database(database_url: str) -> None:
    with connected(database_url):
        make(Brand)
    with pytest.raises(WrongSeed, match="not the demo's"):
        refuse_other_data(database_url)
