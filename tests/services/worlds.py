"""A small world whose measures are counted by hand, for tests of lists, overviews and the dashboard."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from tests.records import make
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Brand,
    Campaign,
    Creator,
    CreatorChannel,
    Payment,
    TrackingAsset,
    TrackingConversion,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.database import Store
from tui_booking.services.latest import bring_latest_up_to_date

TODAY = date(2026, 3, 8)
NOON = datetime(2026, 3, 8, 5, tzinfo=UTC)  # noon in Vietnam
GONE = {"deleted_at": NOON, "is_active": False}


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def booking(world: SimpleNamespace, code: str, fee: int, **given: Any) -> Booking:
    made: Booking = make(
        Booking,
        **{
            "code": code, "campaign": world.campaign, "creator": world.creator, "brand": world.brand,
            "total_fee_agreed": Decimal(fee), "status": "confirmed", **given,
        },
    )  # fmt: skip
    return made


def payment(of: Booking, amount: int, status: str, **given: Any) -> Payment:
    values = {
        "booking": of, "campaign": of.campaign, "creator": of.creator, "amount": Decimal(amount),
        "amount_vnd": Decimal(amount), "status": status, "payment_date": TODAY, **given,
    }  # fmt: skip
    made: Payment = make(Payment, **values)
    return made


def video(of: Booking, *views: int, **given: Any) -> Video:
    """A video of a booking with a snapshot a day, the last one today at noon."""
    made: Video = make(
        Video, **{"booking": of, "campaign": of.campaign, "creator": of.creator, "post_date": day(-20), **given}
    )
    for number, count in enumerate(reversed(views)):
        make(VideoMetricSnapshot, video=made, snapshot_time=NOON - timedelta(days=number), view_count=count,
             like_count=count // 10, comment_count=count // 100, share_count=count // 100)  # fmt: skip
    return made


def make_world(store: Store) -> SimpleNamespace:
    """One campaign with three bookings of which one is canceled and one deleted, and what hangs on them.

    Committed 30,000,000 (10 + 20 million); paid 12,000,000; views 600,000 (400,000 + 200,000), of which
    engagements 12 %; orders 3 and revenue 900,000, one of them given back.
    """
    world = SimpleNamespace()
    world.brand = make(Brand, code="ALPHA", name="Alpha")
    world.campaign = make(
        Campaign, code="TET", name="Tết", brand=world.brand, status="running", budget_planned=Decimal(40_000_000),
        budget_actual=Decimal(12_000_000), kpi_view=1_200_000, kpi_order=4, kpi_revenue=Decimal(0),
    )  # fmt: skip
    world.creator = make(Creator, creator_key="LINH", name="Nguyễn Linh")
    make(CreatorChannel, creator=world.creator, platform="tiktok", handle="linh.small", follower_count=10)
    world.channel = make(
        CreatorChannel, creator=world.creator, platform="tiktok", handle="linh.an", follower_count=90_000
    )
    make(CreatorChannel, creator=world.creator, platform="youtube", handle="linhtube", follower_count=900_000)
    world.first = booking(world, "BK-1", 10_000_000, deliverables_count_planned=3)
    world.second = booking(world, "BK-2", 20_000_000, status="in_progress")
    world.canceled = booking(world, "BK-3", 70_000_000, status="canceled")
    booking(world, "BK-4", 90_000_000, **GONE)

    for amount, status, more in (
        (8_000_000, "paid", {}),
        (1_000_000, "planned", {"payment_date": day(3)}),
        (500_000, "canceled", {}),
        (700_000, "paid", GONE),
    ):
        payment(world.first, amount, status, **more)
    payment(world.second, 4_000_000, "paid")

    on_time = make(BookingDeliverable, booking=world.first, title="A", deadline_post=day(-10), status="posted",
                   fee=Decimal(6_000_000))  # fmt: skip
    late = make(BookingDeliverable, booking=world.first, title="B", deadline_post=day(-30), status="posted", quantity=2)
    make(BookingDeliverable, booking=world.first, title="C", deadline_post=day(-1), status="shooting")
    make(BookingDeliverable, booking=world.first, title="D", deadline_post=day(-2), status="canceled")
    make(BookingDeliverable, booking=world.second, title="E", deadline_post=TODAY, status="planned")
    make(BookingDeliverable, booking=world.second, title="F", deadline_post=day(2), status="planned")
    make(BookingDeliverable, booking=world.second, title="G", deadline_post=day(-5), status="planned", **GONE)
    make(BookingDeliverable, booking=world.canceled, title="H", deadline_post=day(-5), status="planned")

    world.video = video(world.first, 100_000, 400_000, booking_deliverable=on_time, title="Video A")
    world.late_video = video(world.first, 0, booking_deliverable=late, title="Video B")
    world.other_video = video(world.second, 150_000, 200_000, title="Video E")
    video(world.second, 5_000_000, **GONE)
    world.unmeasured = video(world.second, title="Video F")
    make(VideoMetricSnapshot, video=world.video, snapshot_time=NOON + timedelta(hours=1), view_count=999_999, **GONE)
    bring_latest_up_to_date(store, [one.id for one in Video.select()])

    asset = make(TrackingAsset, campaign=world.campaign, creator=world.creator, code_value="LINH10")
    for code, revenue, more in (
        ("O-1", 500_000, {}), ("O-2", 450_000, {}), ("O-3", 100_000, {}), ("O-4", -150_000, {}), ("O-5", 777, GONE),
    ):  # fmt: skip
        make(TrackingConversion, tracking_asset=asset, order_code=code, revenue=Decimal(revenue), order_date=TODAY,
             **more)  # fmt: skip
    world.asset = asset
    return world
