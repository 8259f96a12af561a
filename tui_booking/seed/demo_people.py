"""The demo's brands, products and creators; every one of them is invented, and nobody can be reached by it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui_booking.seed.csv_files import Row


class DemoCreator(NamedTuple):
    """A creator with a TikTok channel; `handle` starts with demo so that it is nobody's."""

    key: str
    name: str
    alias: str
    gender: str
    dob: str
    location: str
    niche: str
    status: str
    score: int
    note: str
    handle: str
    followers: int
    average_views: int
    engagement: str


class DemoContact(NamedTuple):
    """Who answers for a creator."""

    creator: str
    contact_type: str
    name: str
    phone: str
    is_primary: bool
    note: str = ""


SKIN, KITCHEN = "DEMO-MAYLUA", "DEMO-BEPSOC"

BRANDS: tuple[Row, ...] = (
    {"code": SKIN, "name": "Mây Lụa", "description": "Mỹ phẩm thuần chay cho da nhạy cảm (nhãn hàng hư cấu)"},
    {"code": KITCHEN, "name": "Bếp Nhà Sóc", "description": "Đồ bếp nhỏ gọn cho căn hộ và phòng trọ (hư cấu)"},
)

PRODUCTS: tuple[Row, ...] = (
    {"brand_code": SKIN, "code": "DEMO-ML-SERUM", "name": "Serum rau má B5 30 ml", "category": "Chăm sóc da",
     "sapo_id": "900000000000101", "shopee_id": "90000000000010101"},
    {"brand_code": SKIN, "code": "DEMO-ML-KCN", "name": "Kem chống nắng lụa SPF50+ 50 ml", "category": "Chống nắng",
     "sapo_id": "900000000000102", "shopee_id": "90000000000010102"},
    {"brand_code": SKIN, "code": "DEMO-ML-SRM", "name": "Sữa rửa mặt yến mạch 120 ml", "category": "Làm sạch",
     "sapo_id": "900000000000103", "shopee_id": None},
    {"brand_code": KITCHEN, "code": "DEMO-BS-CHAO", "name": "Chảo chống dính vân đá 24 cm", "category": "Nồi chảo",
     "sapo_id": "900000000000201", "shopee_id": "90000000000020101"},
    {"brand_code": KITCHEN, "code": "DEMO-BS-NOI", "name": "Nồi điện mini 1,2 lít", "category": "Điện gia dụng",
     "sapo_id": "900000000000202", "shopee_id": "90000000000020102"},
    {"brand_code": KITCHEN, "code": "DEMO-BS-HOP", "name": "Bộ 5 hộp cơm giữ nhiệt", "category": "Đựng thực phẩm",
     "sapo_id": None, "shopee_id": "90000000000020103"},
)  # fmt: skip

HA_MY, QUOC_BAO, THAO_VY = "demo-ha-my", "demo-quoc-bao", "demo-thao-vy"
MINH_KHOI, NGOC_DIEP, GIA_HAN = "demo-minh-khoi", "demo-ngoc-diep", "demo-gia-han"

CREATORS = (
    DemoCreator(HA_MY, "Nguyễn Hà My", "Hà My Skincare", "female", "1998-04-12", "TP. Hồ Chí Minh", "Chăm sóc da",
                "active", 9, "Gửi brief trước 5 ngày; không quay cuối tuần.", "demo.hamy.skincare", 486_000, 62_000,
                "0.071"),
    DemoCreator(QUOC_BAO, "Trần Quốc Bảo", "Bảo Vào Bếp", "male", "1993-09-30", "Hà Nội", "Ẩm thực", "active", 8,
                "Thích kịch bản mở, tự viết lời thoại.", "demo.baovaobep", 725_000, 195_000, "0.064"),
    DemoCreator(THAO_VY, "Lê Thảo Vy", "Vy Review", "female", "2000-01-25", "Đà Nẵng", "Làm đẹp", "active", 7,
                "Công ty đại diện xuất hóa đơn bằng USD.", "demo.vyreview", 214_000, 35_000, "0.083"),
    DemoCreator(MINH_KHOI, "Phạm Minh Khôi", "Khôi Ở Trọ", "male", "2002-07-08", "Cần Thơ", "Đời sống sinh viên",
                "active", 6, "Chạy tiếp thị liên kết tốt.", "demo.khoiotro", 97_500, 21_000, "0.092"),
    DemoCreator(NGOC_DIEP, "Đỗ Ngọc Diệp", "Diệp Mẹ Sóc", "female", "1991-11-17", "Hải Phòng", "Mẹ và bé", "active", 8,
                "Chỉ nhận sản phẩm đã dùng thử.", "demo.diepmesoc", 352_000, 54_000, "0.058"),
    DemoCreator(GIA_HAN, "Vũ Gia Hân", "Hân Unbox", "female", "1999-03-03", "Hà Nội", "Đập hộp", "watchlist", 4,
                "Hai lần trễ hạn đăng; nhắc lịch trước 3 ngày.", "demo.hanunbox", 158_000, 27_000, "0.047"),
)  # fmt: skip

CONTACTS = (
    DemoContact(HA_MY, "owner", "Nguyễn Hà My", "0900000101", is_primary=False),
    DemoContact(HA_MY, "manager", "Phan Thùy Linh", "0900000102", is_primary=True, note="Trả lời nhanh qua Zalo"),
    DemoContact(QUOC_BAO, "owner", "Trần Quốc Bảo", "0900000201", is_primary=True),
    DemoContact(THAO_VY, "agency", "Sao Mai Media", "0900000301", is_primary=True, note="Công ty hư cấu"),
    DemoContact(THAO_VY, "owner", "Lê Thảo Vy", "0900000302", is_primary=False),
    DemoContact(MINH_KHOI, "owner", "Phạm Minh Khôi", "0900000401", is_primary=True),
    DemoContact(NGOC_DIEP, "owner", "Đỗ Ngọc Diệp", "0900000501", is_primary=True, note="Gọi sau 20 giờ"),
    DemoContact(GIA_HAN, "owner", "Vũ Gia Hân", "0900000601", is_primary=True),
)
CREATOR_BY_KEY = {creator.key: creator for creator in CREATORS}


def creator_rows() -> Iterator[Row]:
    """Rows of creators."""
    for one in CREATORS:
        yield {
            "creator_key": one.key,
            "name": one.name,
            "alias": one.alias,
            "gender": one.gender,
            "dob": one.dob,
            "location": one.location,
            "niche": one.niche,
            "status": one.status,
            "priority_score": one.score,
            "note_internal": one.note,
        }


def channel_rows() -> Iterator[Row]:
    """Rows of creator_channels: a TikTok channel for each."""
    for number, one in enumerate(CREATORS, start=1):
        yield {
            "creator_key": one.key,
            "platform": "tiktok",
            "handle": one.handle,
            "profile_url": f"https://www.tiktok.com/@{one.handle}",
            "external_id": f"6900000000000000{number:03}",
            "follower_count": one.followers,
            "avg_view_10": one.average_views,
            "avg_engagement_rate": one.engagement,
        }


def contact_rows() -> Iterator[Row]:
    """Rows of creator_contacts."""
    for one in CONTACTS:
        phone = "+84" + one.phone[1:]
        yield {
            "creator_key": one.creator,
            "contact_type": one.contact_type,
            "name": one.name,
            "phone": phone,
            "zalo": phone,
            "email": f"{one.creator.removeprefix('demo-')}.{one.contact_type}@example.com",
            "is_primary": int(one.is_primary),
            "note": one.note,
        }
