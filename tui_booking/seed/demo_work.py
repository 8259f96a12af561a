"""The demo's campaigns, bookings and deliverables; days are counted from the day of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from tui_booking.seed.csv_files import Row
from tui_booking.seed.demo_people import (
    CREATOR_BY_KEY,
    GIA_HAN,
    HA_MY,
    KITCHEN,
    MINH_KHOI,
    NGOC_DIEP,
    QUOC_BAO,
    SKIN,
    THAO_VY,
)

LAUNCH, SALE = "DEMO-RA-MAT-MAYLUA", "DEMO-BEP-GON-GANG"


class DemoBooking(NamedTuple):
    """A booking; `start` and `end` in days from the demo's day, `fee` in whole units of the currency."""

    number: int
    campaign: str
    creator: str
    product: str
    booking_type: str
    status: str
    start: int
    end: int
    fee: int
    brief: str
    currency: str = "VND"
    note: str = ""

    @property
    def code(self) -> str:
        return f"DEMO-BK-{self.number:02}"


class DemoDeliverable(NamedTuple):
    """A deliverable; deadlines and `posted`, the days on which its videos were posted, from the demo's day."""

    booking: int
    number: int
    kind: str
    title: str
    shoot: int | None
    post: int
    fee: int
    status: str
    quantity: int = 1
    posted: tuple[int, ...] = ()


BOOKINGS = (
    DemoBooking(1, LAUNCH, HA_MY, "DEMO-ML-SERUM", "combo", "completed", -74, -48, 45_000_000,
                "Chuỗi trải nghiệm serum và một video routine buổi tối."),
    DemoBooking(2, LAUNCH, THAO_VY, "DEMO-ML-SERUM", "video_only", "completed", -60, -33, 18_000_000,
                "Đánh giá thật sau 14 ngày, quay cận da, không dùng bộ lọc."),
    DemoBooking(3, LAUNCH, NGOC_DIEP, "DEMO-ML-KCN", "video_only", "in_progress", -35, 7, 24_000_000,
                "Chăm da 5 phút cho mẹ bận rộn; nhấn vào kem chống nắng."),
    DemoBooking(4, LAUNCH, GIA_HAN, "DEMO-ML-SRM", "barter", "in_progress", -24, 3, 0,
                "Đổi sản phẩm lấy một video đập hộp và một video ngắn.", note="Đã gửi quà; đang trễ, cần gọi nhắc."),
    DemoBooking(5, LAUNCH, MINH_KHOI, "DEMO-ML-SRM", "video_only", "canceled", -55, -38, 8_000_000,
                "Da dầu ở trọ.", note="Hủy vì trùng lịch thi; chưa chuyển khoản."),
    DemoBooking(6, LAUNCH, HA_MY, "DEMO-ML-SERUM", "live", "confirmed", -2, 6, 30_000_000,
                "Livestream ra mắt bộ ba, có mã giảm giá riêng."),
    DemoBooking(7, SALE, QUOC_BAO, "DEMO-BS-CHAO", "video_only", "completed", -39, -20, 36_000_000,
                "Một tuần bếp gọn với chảo vân đá; rửa thử 100 lần."),
    DemoBooking(8, SALE, QUOC_BAO, "DEMO-BS-NOI", "combo", "in_progress", -16, 12, 52_000_000,
                "Bữa tối 30 phút bằng nồi mini và một buổi livestream cuối tuần."),
    DemoBooking(9, SALE, NGOC_DIEP, "DEMO-BS-HOP", "video_only", "in_progress", -21, 8, 22_000_000,
                "Cơm hộp cho con và tủ bếp ngăn nắp."),
    DemoBooking(10, SALE, MINH_KHOI, "DEMO-BS-NOI", "affiliate_only", "completed", -33, -15, 0,
                "Hoa hồng 8% theo đơn; tối thiểu hai video."),
    DemoBooking(11, SALE, THAO_VY, "DEMO-BS-HOP", "video_only", "confirmed", -4, 10, 1_200,
                "Bàn trà chiều cho hai người.", "USD", "Công ty đại diện nhận USD, tỷ giá ngày thanh toán."),
    DemoBooking(12, SALE, GIA_HAN, "DEMO-BS-NOI", "video_only", "negotiating", 5, 25, 12_000_000,
                "Đập hộp nồi mini; đang chờ báo giá lại."),
)  # fmt: skip

DELIVERABLES = (
    DemoDeliverable(1, 1, "series", "Chuỗi 7 ngày thử serum", -70, -58, 30_000_000, "posted", 5,
                    (-66, -64, -62, -60, -57)),
    DemoDeliverable(1, 2, "video_feed", "Routine buổi tối cùng Mây Lụa", -55, -50, 15_000_000, "posted", 1, (-51,)),
    DemoDeliverable(2, 1, "video_feed", "Đánh giá serum sau 14 ngày", -48, -45, 8_000_000, "posted", 1, (-45,)),
    DemoDeliverable(2, 2, "video_feed", "So sánh trước và sau", -42, -38, 8_000_000, "posted", 1, (-35,)),
    DemoDeliverable(2, 3, "video_story", "Hậu trường buổi quay", None, -36, 2_000_000, "posted", 1, (-36,)),
    DemoDeliverable(3, 1, "series", "Mẹ bỉm chăm da 5 phút", -32, -20, 14_000_000, "posted", 3, (-30, -25, -21)),
    DemoDeliverable(3, 2, "video_feed", "Kem chống nắng cho mẹ bận rộn", -8, -3, 5_000_000, "waiting_approve"),
    DemoDeliverable(3, 3, "video_feed", "Hỏi đáp về da nhạy cảm", 1, 5, 5_000_000, "shooting"),
    DemoDeliverable(4, 1, "video_feed", "Đập hộp bộ quà Mây Lụa", -15, -12, 0, "shooting"),
    DemoDeliverable(4, 2, "short", "Ba điều thích nhất", -20, -18, 0, "posted", 1, (-15,)),
    DemoDeliverable(5, 1, "video_feed", "Da dầu ở trọ", -44, -40, 8_000_000, "canceled"),
    DemoDeliverable(6, 1, "live", "Livestream ra mắt bộ ba", None, 4, 26_000_000, "scheduled"),
    DemoDeliverable(6, 2, "short", "Nhắc lịch livestream", 0, 2, 4_000_000, "planned"),
    DemoDeliverable(7, 1, "series", "Một tuần bếp gọn", -37, -26, 26_000_000, "posted", 4, (-34, -32, -30, -27)),
    DemoDeliverable(7, 2, "video_feed", "Chảo chống dính sau 100 lần rửa", -24, -22, 10_000_000, "posted", 1, (-22,)),
    DemoDeliverable(8, 1, "series", "Bữa tối 30 phút", -14, 6, 32_000_000, "shooting", 4, (-12, -6, -2)),
    DemoDeliverable(8, 2, "live", "Livestream nấu ăn cuối tuần", None, 9, 20_000_000, "planned"),
    DemoDeliverable(9, 1, "video_feed", "Cơm hộp cho con", -19, -17, 8_000_000, "posted", 1, (-16,)),
    DemoDeliverable(9, 2, "video_feed", "Rửa hộp không bám mùi", -4, -1, 7_000_000, "rejected"),
    DemoDeliverable(9, 3, "video_feed", "Tủ bếp ngăn nắp", -2, 3, 7_000_000, "scheduled"),
    DemoDeliverable(10, 1, "video_feed", "Bếp trọ 2 mét vuông", -31, -28, 0, "posted", 1, (-29,)),
    DemoDeliverable(10, 2, "video_feed", "Mua gì dưới 500 nghìn", -20, -18, 0, "posted", 1, (-18,)),
    DemoDeliverable(11, 1, "video_feed", "Bàn trà chiều cho hai người", 2, 7, 1_200, "planned"),
    DemoDeliverable(12, 1, "video_feed", "Đập hộp nồi mini", 12, 20, 12_000_000, "planned"),
)  # fmt: skip
BOOKING_BY_NUMBER = {booking.number: booking for booking in BOOKINGS}


def day(of: date, offset: int | None) -> str | None:
    """The day so many days after the demo's, as it stands in a file."""
    return None if offset is None else (of + timedelta(days=offset)).isoformat()


def campaign_rows(today: date, owner: str) -> Iterator[Row]:
    """Rows of campaigns: a launch that is nearly over, and a sale in its middle."""
    yield {
        "code": LAUNCH, "name": "Ra mắt serum rau má Mây Lụa", "brand_code": SKIN, "channel": "tiktok",
        "objective": "launch", "description": "Giới thiệu dòng da nhạy cảm; ưu tiên trải nghiệm thật.",
        "start_date": day(today, -75), "end_date": day(today, 15), "budget_planned": 150_000_000,
        "kpi_view": 2_500_000, "kpi_order": 60, "kpi_revenue": 20_000_000, "status": "running", "owner_username": owner,
    }  # fmt: skip
    yield {
        "code": SALE, "name": "Bếp gọn gàng đón khách", "brand_code": KITCHEN, "channel": "multi", "objective": "sale",
        "description": "Đẩy đơn nồi mini và hộp cơm qua mã giảm giá của từng KOC.",
        "start_date": day(today, -40), "end_date": day(today, 30), "budget_planned": 165_000_000,
        "kpi_view": 2_000_000, "kpi_order": 90, "kpi_revenue": 35_000_000, "status": "running", "owner_username": owner,
    }  # fmt: skip


def campaign_product_rows() -> Iterator[Row]:
    """Rows of campaign_products: each campaign is about all three of its brand."""
    for campaign, products in (
        (LAUNCH, ("DEMO-ML-SERUM", "DEMO-ML-KCN", "DEMO-ML-SRM")),
        (SALE, ("DEMO-BS-NOI", "DEMO-BS-CHAO", "DEMO-BS-HOP")),
    ):
        for place, product in enumerate(products, start=1):
            note = "Sản phẩm chủ lực" if place == 1 else ""
            yield {"campaign_code": campaign, "product_code": product, "priority": place, "note": note}


def campaign_creator_rows() -> Iterator[Row]:
    """Rows of campaign_creators: those who are booked, in the role that their fee makes plausible."""
    best: dict[tuple[str, str], DemoBooking] = {}
    for booking in BOOKINGS:
        best.setdefault((booking.campaign, booking.creator), booking)
    for (campaign, creator), booking in best.items():
        role = "main" if booking.fee >= 24_000_000 else "trial" if booking.fee == 0 else "supporting"
        yield {"campaign_code": campaign, "creator_key": creator, "role": role, "note": ""}


def booking_rows(today: date) -> Iterator[Row]:
    """Rows of bookings, in every status."""
    for one in BOOKINGS:
        yield {
            "code": one.code,
            "campaign_code": one.campaign,
            "creator_key": one.creator,
            "platform": "tiktok",
            "handle": CREATOR_BY_KEY[one.creator].handle,
            "product_code": one.product,
            "booking_type": one.booking_type,
            "brief_summary": one.brief,
            "start_date": day(today, one.start),
            "end_date": day(today, one.end),
            "total_fee_agreed": one.fee,
            "currency": one.currency,
            "deliverables_count_planned": sum(other.quantity for other in DELIVERABLES if other.booking == one.number),
            "status": one.status,
            "internal_note": one.note,
        }


def deliverable_rows(today: date) -> Iterator[Row]:
    """Rows of booking_deliverables: done, late, due within a week, and planned."""
    for one in DELIVERABLES:
        code = BOOKING_BY_NUMBER[one.booking].code
        yield {
            "booking_code": code,
            "deliverable_code": f"{code}-{one.number}",
            "deliverable_type": one.kind,
            "title": one.title,
            "script_link": f"https://example.com/kich-ban/{code.lower()}-{one.number}",
            "requirements": "Gắn nhãn hợp tác trả phí; nêu mã giảm giá trong 5 giây cuối.",
            "deadline_shoot": day(today, one.shoot),
            "deadline_post": day(today, one.post),
            "quantity": one.quantity,
            "fee": one.fee,
            "status": one.status,
        }
