"""Makes the workbooks of data_import, always the same bytes: python -m tests.data.inbox_workbooks [FOLDER]."""

from __future__ import annotations

import io
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from tui_booking.importing.templates import without_the_moment

Rows = Sequence[Sequence[object]]

_VY, _KHOA = "7560000000000000201", "7560000000000000202"

PRODUCTS: Rows = (
    ("Mã thương hiệu", "Mã sản phẩm", "Tên sản phẩm", "Ngành hàng", "Mã Sapo", "Mã Shopee"),
    ("TRASEN", "QUA-SEN-01", "Hộp quà trà sen 100 g", "Quà tặng", "0000451201", "20000000011"),
    ("TRASEN", "TUILOC-20", "Trà sen túi lọc (20 gói)", "Trà", "0000451202", None),
    ("MOCMAY", "KHAY-03", "Khay mây tròn cỡ vừa", "Đồ bếp", None, None),
)
CREATORS: Rows = (
    (
        "Mã KOC",
        "Họ và tên",
        "Nghệ danh",
        "Giới tính",
        "Ngày sinh",
        "Thành phố",
        "Lĩnh vực",
        "Trạng thái",
        "Điểm ưu tiên",
    ),
    ("vy-songcham", "Đặng Khánh Vy", "Vy Sống Chậm", "Nữ", date(1996, 9, 3), "Hà Nội", "Lối sống", "Đang hợp tác", 9),
    ("khoa-beptro", "Võ Đăng Khoa", "Khoa Bếp Trọ", "Nam", None, "TP. Hồ Chí Minh", "Nấu ăn", "Đang hợp tác", 7),
    ("thao-decor", "Hồ Thanh Thảo", "Thảo Decor", "Nữ", None, "Huế", "Nhà cửa", "Theo dõi", 5),
)
CHANNELS: Rows = (
    ("Mã KOC", "Nền tảng", "Tài khoản", "Link kênh", "Followers", "Lượt xem trung bình", "Tỷ lệ tương tác"),
    (
        "vy-songcham", "TikTok", "https://www.tiktok.com/@vy.songcham.demo",
        "https://www.tiktok.com/@vy.songcham.demo", "212,5K", "48K", "6,8%",
    ),
    ("khoa-beptro", "TikTok", "@khoa.beptro.demo", None, "38.400", 9200, 0.0915),
    ("thao-decor", "Instagram", "instagram.com/thao.decor.demo", None, "12,5K", "3.150", "4%"),
)  # fmt: skip
CONTACTS: Rows = (
    ("Mã KOC", "Loại liên hệ", "Người liên hệ", "SĐT", "Zalo", "Email", "Liên hệ chính", "Ghi chú"),
    # As numbers these two have lost their zero.
    ("vy-songcham", "Quản lý", "Bùi Minh Anh", 900000201, 900000201, "minhanh.quanly@example.com", "x", None),
    ("vy-songcham", "Chính chủ", "Đặng Khánh Vy", "+84 900 000 202", None, None, None, "Gọi sau 20 giờ"),
    (
        "khoa-beptro", "Công ty đại diện", "Mây Trắng Media", "0900.000.203", "@maytrang.media", "book@example.com",
        "x", None,
    ),
    ("thao-decor", "Chính chủ", "Hồ Thanh Thảo", "0900 000 204", "0900 000 204", None, "x", None),
)  # fmt: skip
VIDEOS: Rows = (
    ("Mã booking", "Tên hạng mục", "Kênh", "Link video", "Tiêu đề", "Ngày đăng", "Trạng thái"),
    (
        "BK-TS-01", "Pha trà sen buổi sáng", "TikTok", f"https://www.tiktok.com/@vy.songcham.demo/video/{_VY}",
        "Một buổi sáng chậm với trà sen 🍵", date(2026, 11, 10), "Đã đăng",
    ),
    (
        "BK-TS-02", "Trà túi lọc cho dân văn phòng", "TikTok",
        f"https://www.tiktok.com/@khoa.beptro.demo/video/{_KHOA}", "5 phút có ly trà ngon ở văn phòng",
        date(2026, 11, 16), "Đã đăng",
    ),
)  # fmt: skip
SNAPSHOTS: Rows = (
    ("Kênh", "ID video", "Thời điểm đo", "Lượt xem", "Lượt thích", "Bình luận", "Chia sẻ", "Lượt lưu"),
    ("TikTok", _VY, datetime(2026, 11, 11, 9), "31,2K", "2.640", 118, 75, 402),  # noqa: DTZ001  # as a sheet has it
    ("TikTok", _VY, datetime(2026, 11, 17, 9), "86,4K", "6.905", 301, 214, "1,1K"),  # noqa: DTZ001
    ("TikTok", _KHOA, datetime(2026, 11, 17, 9), 12480, 1015, 64, 41, 133),  # noqa: DTZ001
)
CONVERSIONS: Rows = (
    ("Báo cáo đơn hàng từ 10/11/2026 đến 20/11/2026",),
    (),
    (
        "Nền tảng", "Loại mã", "Mã voucher", "Mã đơn hàng", "Mã đơn sàn", "Ngày đặt hàng", "Doanh thu", "Mã sản phẩm",
        "Số lượng",
    ),
    (
        "TikTok Shop", "Mã giảm giá", "VYSEN10", "DH261110-004", "576000000000000201", date(2026, 11, 10), "459.000đ",
        "QUA-SEN-01", 1,
    ),
    (
        "TikTok Shop", "Mã giảm giá", "VYSEN10", "DH261112-019", "576000000000000202", date(2026, 11, 12), "918.000đ",
        "QUA-SEN-01", 2,
    ),
    (
        "TikTok Shop", "Mã giảm giá", "VYSEN10", "DH261112-019-TRA", "576000000000000203", date(2026, 11, 15),
        "-459.000đ", "QUA-SEN-01", 1,
    ),
    ("Trang web", "Liên kết", "khoa-sen", "WEB-20261117-3", None, date(2026, 11, 17), 178000, "TUILOC-20", 2),
)  # fmt: skip
PAYMENTS: Rows = (
    (
        "Mã thanh toán", "Mã booking", "Số tiền", "Tiền tệ", "Tỷ giá", "Ngày thanh toán", "Hình thức thanh toán",
        "Trạng thái", "Số hóa đơn", "Ghi chú",
    ),
    (
        "TT-TS-01A", "BK-TS-01", "5.000.000đ", None, None, date(2026, 11, 12), "Chuyển khoản", "Đã thanh toán",
        "0000231", "50% sau video đầu",
    ),
    ("TT-TS-01B", "BK-TS-01", "2tr", None, None, "30/11/2026", "Tiền mặt", "Dự kiến", None, "Tạm ứng chi phí quay"),
    ("TT-TS-01C", "BK-TS-01", 3000000, "VND", None, date(2026, 12, 10), "Chuyển khoản", "Dự kiến", None, None),
    (
        "TT-TS-02", "BK-TS-02", 350.5, "USD", 26310, date(2026, 12, 18), "Chuyển khoản", "Chờ thanh toán", None,
        "Theo tỷ giá ngày chốt",
    ),
)  # fmt: skip

WORKBOOKS: Mapping[str, Mapping[str, Rows]] = {
    "products.xlsx": {"Sheet1": PRODUCTS},
    "koc-2026.xlsx": {"creators": CREATORS, "creator_channels": CHANNELS, "creator_contacts": CONTACTS},
    "videos-thang-11.xlsx": {"videos": VIDEOS, "video_snapshots": SNAPSHOTS},
    "conversions.xlsx": {"Báo cáo": CONVERSIONS},
    "payments-2026-11.xlsx": {"Tháng 11": PAYMENTS},
}


def make_workbooks() -> dict[str, bytes]:
    """The workbooks: name of the file to its bytes."""
    return {name: _make_workbook(sheets) for name, sheets in WORKBOOKS.items()}


def _make_workbook(sheets: Mapping[str, Rows]) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.created = datetime(2026, 11, 20)  # noqa: DTZ001  # a workbook's properties have no zone
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
        header = next(number for number, row in enumerate(rows, 1) if len(row) > 1)
        for cells in sheet.iter_rows(max_row=header):
            for cell in cells:
                cell.font = Font(bold=True)
        for column in sheet.iter_cols(min_row=header + 1):
            sheet.column_dimensions[str(column[0].column_letter)].width = 20
            for cell in column:
                if type(cell.value) is date:
                    cell.number_format = "dd/mm/yyyy"
                elif isinstance(cell.value, datetime):
                    cell.number_format = "dd/mm/yyyy hh:mm"
    made = io.BytesIO()
    book.save(made)
    return without_the_moment(made.getvalue())


if __name__ == "__main__":
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "data_import")
    for name, content in make_workbooks().items():
        (folder / name).write_bytes(content)
