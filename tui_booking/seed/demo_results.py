"""The demo's videos with their daily numbers, tracking codes with orders, and payments."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tui_booking.seed.csv_files import Row
from tui_booking.seed.demo_people import CREATOR_BY_KEY, HA_MY, QUOC_BAO
from tui_booking.seed.demo_work import BOOKING_BY_NUMBER, DELIVERABLES, LAUNCH, SALE, day

# Midnight in Vietnam, so that no snapshot of a day lies in the future of whoever seeds on it.
SNAPSHOT_HOUR = "17:00:00Z"
# This video was posted, and then nobody looked at its numbers any more.
FORGOTTEN, LAST_LOOK = "Ba điều thích nhất", -9
HIDDEN, LAST_SEEN = "Mua gì dưới 500 nghìn", -8


class DemoVideo(NamedTuple):
    """A posted video; `views` is what it tends to in the end."""

    row: Row
    video_id: str
    posted: int
    last_snapshot: int
    views: int


class DemoAsset(NamedTuple):
    """A tracking code and the orders that it brings: how many, from which day on, and what one is worth."""

    campaign: str
    booking: int | None
    kind: str
    value: str
    platform: str
    product: str
    orders: int
    start: int
    price: int
    is_active: bool = True


ASSETS = (
    DemoAsset(LAUNCH, 1, "voucher", "DEMOHAMY10", "tiktok_shop", "DEMO-ML-SERUM", 24, -65, 289_000),
    DemoAsset(LAUNCH, 1, "link", "demo-hamy-web", "web", "DEMO-ML-SERUM", 7, -63, 305_000),
    DemoAsset(LAUNCH, 2, "voucher", "DEMOVY15", "tiktok_shop", "DEMO-ML-SERUM", 12, -45, 275_000),
    DemoAsset(LAUNCH, 3, "referral_code", "DEMODIEP", "shopee", "DEMO-ML-KCN", 9, -29, 329_000),
    DemoAsset(LAUNCH, None, "voucher", "DEMOMAYLUA", "shopee", "DEMO-ML-SRM", 0, 0, 0, is_active=False),
    DemoAsset(SALE, 7, "voucher", "DEMOBAO20", "tiktok_shop", "DEMO-BS-CHAO", 21, -33, 419_000),
    DemoAsset(SALE, 8, "link", "demo-bao-noimini", "web", "DEMO-BS-NOI", 11, -11, 459_000),
    DemoAsset(SALE, 10, "voucher", "DEMOKHOI", "shopee", "DEMO-BS-NOI", 14, -28, 445_000),
)

# booking, number, amount, day, method, status, invoice, note
PAYMENTS = (
    (1, 1, 22_500_000, -70, "bank_transfer", "paid", "DEMO-HD-0101", "Cọc 50%"),
    (1, 2, 22_500_000, -46, "bank_transfer", "paid", "DEMO-HD-0102", "Tất toán"),
    (2, 1, 9_000_000, -52, "bank_transfer", "paid", "DEMO-HD-0103", "Cọc 50%"),
    (2, 2, 9_000_000, -31, "bank_transfer", "paid", "DEMO-HD-0104", "Tất toán"),
    (3, 1, 12_000_000, -30, "bank_transfer", "paid", "DEMO-HD-0105", "Cọc 50%"),
    (3, 2, 12_000_000, 2, "bank_transfer", "pending", None, "Tất toán khi đăng đủ"),
    (5, 1, 4_000_000, -48, "bank_transfer", "canceled", None, "Hủy theo booking"),
    (6, 1, 15_000_000, 0, "bank_transfer", "pending", None, "Cọc 50% trước livestream"),
    (6, 2, 15_000_000, 9, "bank_transfer", "planned", None, "Tất toán sau livestream"),
    (7, 1, 18_000_000, -36, "bank_transfer", "paid", "DEMO-HD-0201", "Cọc 50%"),
    (7, 2, 18_000_000, -4, "bank_transfer", "pending", "DEMO-HD-0202", "Quá hạn: chờ hóa đơn gốc"),
    (8, 1, 26_000_000, -14, "bank_transfer", "paid", "DEMO-HD-0203", "Cọc 50%"),
    (8, 2, 26_000_000, 12, "bank_transfer", "planned", None, "Tất toán"),
    (9, 1, 11_000_000, -18, "bank_transfer", "paid", "DEMO-HD-0204", "Cọc 50%"),
    (9, 2, 11_000_000, 6, "bank_transfer", "planned", None, "Tất toán"),
    (10, 1, 3_250_000, -5, "cash", "paid", None, "Hoa hồng kỳ đầu"),
    (11, 1, 600, -2, "other", "paid", "DEMO-INV-0301", "Cọc 50%, chuyển khoản quốc tế"),
)
USD_RATE = "25450"


def noise(*key: object) -> float:
    """A number from 0 up to 1 that depends on nothing but the key."""
    return zlib.crc32(repr(key).encode()) / 2**32


def demo_videos(today: date) -> list[DemoVideo]:
    """Every posted video, those of deliverables first."""
    videos: list[DemoVideo] = []
    for deliverable in DELIVERABLES:
        booking = BOOKING_BY_NUMBER[deliverable.booking]
        for part, posted in enumerate(deliverable.posted, start=1):
            title = deliverable.title if deliverable.quantity == 1 else f"{deliverable.title} – tập {part}"
            named: Row = {"booking_code": booking.code, "deliverable_title": deliverable.title}
            videos.append(_video(len(videos) + 1, named, booking.creator, title, today=today, posted=posted))
    for campaign, creator, title, posted in (
        (LAUNCH, HA_MY, "Mẹo dưỡng da mùa hanh khô", -48),
        (SALE, QUOC_BAO, "Góc bếp nhỏ của mình", -20),
    ):
        named = {"campaign_code": campaign, "creator_key": creator}
        videos.append(_video(len(videos) + 1, named, creator, title, today=today, posted=posted))
    return videos


def _video(number: int, named: Row, creator: str, title: str, *, today: date, posted: int) -> DemoVideo:
    one = CREATOR_BY_KEY[creator]
    video_id = f"7000000000000{number:06}"
    row = {
        **named,
        "channel": "tiktok",
        "platform_video_id": video_id,
        "url": f"https://www.tiktok.com/@{one.handle}/video/{video_id}",
        "title": title,
        "post_date": day(today, posted),
        "status": "hidden" if title == HIDDEN else "posted",
    }
    last = {FORGOTTEN: LAST_LOOK, HIDDEN: LAST_SEEN}.get(title, 0)
    return DemoVideo(row, video_id, posted, last, int(one.average_views * (0.6 + 1.5 * noise(video_id, "views"))))


def video_rows(today: date) -> Iterator[Row]:
    """Rows of videos: posted ones, one that was hidden, and one that is yet to be posted."""
    for video in demo_videos(today):
        yield video.row
    yield {
        "booking_code": BOOKING_BY_NUMBER[9].code,
        "deliverable_title": "Tủ bếp ngăn nắp",
        "channel": "tiktok",
        "url": "https://example.com/ban-nhap/demo-bk-09-3",
        "title": "Tủ bếp ngăn nắp (bản nháp)",
        "status": "pending",
    }


def snapshot_rows(today: date) -> Iterator[Row]:
    """Rows of video_snapshots: one a day from the day after posting, growing fast and then slowly."""
    for video in demo_videos(today):
        likes, comments = (
            0.04 + 0.04 * noise(video.video_id, "likes"),
            0.002 + 0.006 * noise(video.video_id, "comments"),
        )
        half_time = 2 + int(4 * noise(video.video_id, "growth"))
        for offset in range(video.posted + 1, video.last_snapshot + 1):
            age = offset - video.posted
            views = video.views * age // (age + half_time)
            counted = int(views * likes), int(views * comments), int(views * comments * 0.8)
            moment = (today + timedelta(days=offset - 1)).isoformat()
            yield {
                "channel": "tiktok",
                "platform_video_id": video.video_id,
                "snapshot_time": f"{moment}T{SNAPSHOT_HOUR}",
                "view_count": views,
                "like_count": counted[0],
                "comment_count": counted[1],
                "share_count": counted[2],
                "save_count": int(views * likes * 0.25),
                "engagement_rate": f"{sum(counted) / views:.4f}",
            }


def asset_rows() -> Iterator[Row]:
    """Rows of tracking_assets."""
    for one in ASSETS:
        booking = BOOKING_BY_NUMBER[one.booking] if one.booking else None
        yield {
            "campaign_code": one.campaign,
            "booking_code": booking.code if booking else None,
            "creator_key": booking.creator if booking else None,
            "code_type": one.kind,
            "code_value": one.value,
            "platform": one.platform,
            "target_url": f"https://example.com/{one.value}" if one.kind == "link" else None,
            "note": "" if one.is_active else "Mã chung, đã ngừng",
            "is_active": int(one.is_active),
        }


def conversion_rows(today: date) -> Iterator[Row]:
    """Rows of conversions, spread over the days since a code's first; the last order of one code was given back."""
    for asset in ASSETS:
        for number in range(1, asset.orders + 1):
            offset = asset.start + number * -asset.start // (asset.orders + 1)
            quantity = 1 + int(2.3 * noise(asset.value, number) ** 2)
            given_back = asset.value == "DEMOVY15" and number == asset.orders
            yield {
                "platform": asset.platform,
                "code_type": asset.kind,
                "code_value": asset.value,
                "order_code": f"{asset.value}-{number:03}" + ("-HOAN" if given_back else ""),
                "order_id_external": f"5800000000{zlib.crc32(asset.value.encode()) % 10**6:06}{number:03}",
                "order_date": day(today, offset),
                "revenue": asset.price * quantity * (-1 if given_back else 1),
                "currency": "VND",
                "source_platform": asset.platform,
                "product_code": asset.product,
                "quantity": quantity,
            }


def payment_rows(today: date, operator: str) -> Iterator[Row]:
    """Rows of payments: paid, overdue, due this week and the next, canceled, and one in USD."""
    for number, part, amount, offset, method, status, invoice, note in PAYMENTS:
        booking = BOOKING_BY_NUMBER[number]
        foreign = booking.currency != "VND"
        yield {
            "payment_ref": f"DEMO-PAY-{number:02}-{part}",
            "booking_code": booking.code,
            "amount": amount,
            "currency": booking.currency,
            "exchange_rate": USD_RATE if foreign else None,
            "payment_date": day(today, offset),
            "payment_method": method,
            "status": status,
            "invoice_number": invoice,
            "note": note,
            "created_by_username": operator,
        }
