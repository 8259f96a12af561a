"""An operator's day by keys alone: import, shortlist, book, follow up, record a post, pay, see the dashboard change."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input

from tests.ui.hosts import shown
from tests.ui.office import opened, press, write
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    BookingStatusHistory,
    CampaignCreator,
    Payment,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.choices import BookingStatus, DeliverableStatus, PaymentStatus

INBOX = Path(__file__).resolve().parents[2] / "data_import"


async def fill(pilot: Pilot[None], field: str, text: str) -> None:
    """Go to a field by Tab, and write into it."""
    for _turn in range(30):
        at = pilot.app.screen.focused
        if at is not None and field in [getattr(node, "field_name", "") for node in at.ancestors_with_self]:
            break
        await press(pilot, "tab")
    else:
        raise AssertionError(f"no field {field}: {shown(pilot.app)}")
    if isinstance(at, Input):
        await press(pilot, "home", "ctrl+k")
    await write(pilot, text)


async def choose(pilot: Pilot[None], field: str, typed: str) -> None:
    """Write a part of a record's name into a field that points at one, and take what is found."""
    await fill(pilot, field, typed)
    await press(pilot, "enter")


def figure(sheet: str, name: str) -> str:
    """What stands below the name of a tile of the dashboard."""
    lines = sheet.splitlines()
    line = next(number for number, text in enumerate(lines) if name in text)
    at = lines[line].index(name)
    return lines[line + 1][at : at + 15].strip()


async def import_the_inbox(pilot: Pilot[None]) -> None:
    await press(pilot, "8", "p", "ctrl+u")
    await write(pilot, str(INBOX))
    await press(pilot, "enter")
    assert "would go in" in await press(pilot, "d")
    assert "15 of 15 files went in" in await press(pilot, "i")


async def shortlist_three(pilot: Pilot[None]) -> None:
    before = CampaignCreator.select().count()
    await press(pilot, "3", "space", "space", "space", "a")
    await write(pilot, "mualanh")
    await press(pilot, "enter")
    assert CampaignCreator.select().count() > before


async def book_with_two_deliverables(pilot: Pilot[None]) -> Booking:
    await press(pilot, "4", "n")
    await fill(pilot, "code", "BK-DAY")
    await choose(pilot, "campaign", "mualanh")
    await choose(pilot, "creator", "khanh vy")
    await fill(pilot, "total_fee_agreed", "9tr")
    await press(pilot, "ctrl+s")
    booking: Booking = Booking.get(Booking.code == "BK-DAY")
    assert "BK-DAY" in await press(pilot, "enter", "right_square_bracket")
    await press(pilot, "tab")
    for number in (1, 2):
        await press(pilot, "n")
        await fill(pilot, "title", f"Video {number}")
        await fill(pilot, "deadline_post", "+7d")
        await press(pilot, "ctrl+s")
    assert BookingDeliverable.select().where(BookingDeliverable.booking == booking).count() == 2
    await press(pilot, "escape")
    return booking


async def record_the_post(pilot: Pilot[None]) -> None:
    await press(pilot, "P")
    await choose(pilot, "deliverable", "video 1")
    await fill(pilot, "url", "https://www.tiktok.com/@vysongcham/video/7300000000000000777")
    await fill(pilot, "view_count", "12.5k")
    await press(pilot, "ctrl+s")
    video = Video.get(Video.platform_video_id == "7300000000000000777")
    assert VideoMetricSnapshot.get(VideoMetricSnapshot.video == video).view_count == 12_500
    assert BookingDeliverable.get(BookingDeliverable.title == "Video 1").status == DeliverableStatus.POSTED


async def test_an_operators_day_by_keys_alone(database_url: str, tmp_path: Path) -> None:
    async with opened(database_url, tmp_path, section="dashboard") as pilot:
        assert "8" in shown(pilot.app)
        await import_the_inbox(pilot)
        await shortlist_three(pilot)
        booking = await book_with_two_deliverables(pilot)
        for status in ("confirmed", "in_progress"):
            await press(pilot, "s", "down", "enter")
            assert Booking.get_by_id(booking.id).status == status
        before = await press(pilot, "1")
        await press(pilot, "4")
        await record_the_post(pilot)

        # In three keys: what is due is proposed.
        await press(pilot, "p", "ctrl+s")
        payment = Payment.get(Payment.booking == booking)
        assert (payment.amount, payment.status) == (Decimal(9_000_000), PaymentStatus.PAID)
        after = await press(pilot, "1")
        assert figure(after, "Paid") != figure(before, "Paid")
        assert figure(after, "Views") != figure(before, "Views")

        await press(pilot, "4", "u")
        assert Payment.get_by_id(payment.id).deleted_at is not None
        changes = BookingStatusHistory.select().where(BookingStatusHistory.booking == booking)
        assert [change.to_status for change in changes.order_by(BookingStatusHistory.changed_at)] == [
            BookingStatus.NEGOTIATING,
            BookingStatus.CONFIRMED,
            BookingStatus.IN_PROGRESS,
        ]
