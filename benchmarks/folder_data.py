"""A folder of the work of a team, of any size and the same each time; run as a module."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.rivals.tables import TABLES

Row = tuple[object, ...]

_DAY = date(2026, 1, 1)
_CITIES = ("Hà Nội", "Đà Nẵng", "TP. Hồ Chí Minh", "Cần Thơ", "Hải Phòng")
_NICHES = ("Chăm sóc da", "Ẩm thực", "Đập hộp", "Mẹ và bé")
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đỗ", "Vũ")
_GIVEN = ("Hà My", "Quốc Bảo", "Thảo Vy", "Minh Khôi", "Ngọc Diệp", "Gia Hân", "Đức Anh")
_CREATOR_STATES = ("active", "active", "active", "watchlist")
_BOOKING_STATES = ("negotiating", "confirmed", "in_progress", "completed")
_SHARES = {"conversions": 3, "payments": 0.5, "tracking_assets": 0.1, "campaigns": 0.01}
_FEW = 10


def count_rows(size: int) -> dict[str, int]:
    """How many rows of each kind a folder of that size has: as many as its size of most."""
    counts = {kind: max(int(size * _SHARES.get(kind, 1)), _FEW) for kind in TABLES}
    return counts | {"brands": _FEW}


def write_folder(folder: Path, size: int) -> None:
    """Write all files."""
    folder.mkdir(parents=True)
    counts = count_rows(size)
    for kind, table in TABLES.items():
        with (folder / f"{kind}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(table.columns)
            writer.writerows(_rows(kind, counts))


def creator_rows(count: int) -> Iterator[Row]:
    """Creators, with ten columns."""
    for n in range(count):
        alias = f"{_GIVEN[n % 7]} Review {n}"
        yield (
            f"k{n}", f"{_FAMILIES[n % 6]} {_GIVEN[n % 7]} {n}", alias, ("female", "male")[n % 2],
            _DAY - timedelta(days=7_000 + n % 9_000), _CITIES[n % 5], _NICHES[n % 4], _CREATOR_STATES[n % 4],
            n % 10 + 1, f"Gửi brief trước {n % 9 + 1} ngày",
        )  # fmt: skip


def _rows(kind: str, counts: dict[str, int]) -> Iterator[Row]:
    """Rows of a kind; each points at rows of others that are there."""
    brands, campaigns, assets = (counts[name] for name in ("brands", "campaigns", "tracking_assets"))
    if kind == "creators":
        yield from creator_rows(counts[kind])
        return
    for n in range(counts[kind]):
        campaign, handle = n % campaigns, f"kenh.{n}"
        day = _DAY + timedelta(days=n % 300)
        match kind:
            case "brands":
                yield f"B{n}", f"Nhãn hàng {n}", "Mỹ phẩm (hư cấu)"
            case "campaigns":
                yield f"C{n}", f"Tết {n}", f"B{n % brands}", "tiktok", "sale", _DAY, "2026-12-31", 60_000_000, "running"
            case "creator_channels":
                yield (
                    f"k{n}", "tiktok", handle, f"https://www.tiktok.com/@{handle}", 6_800_000_000_000_000_000 + n,
                    n * 37 % 900_000, n * 11 % 90_000, n % 997 / 10_000,
                )  # fmt: skip
            case "bookings":
                yield (
                    f"BK{n}", f"C{campaign}", f"B{campaign % brands}", f"k{n}", "tiktok", handle, "video_only", day,
                    day + timedelta(days=20), (n % 40 + 1) * 500_000, "VND", n % 4 + 1, _BOOKING_STATES[n % 4],
                    f"Hai video: mở hộp và kết quả {n}",
                )  # fmt: skip
            case "videos":
                number = 7_400_000_000_000_000_000 + n * 1_000_003
                url = f"https://www.tiktok.com/@{handle}/video/{number}"
                yield f"BK{n}", "tiktok", number, url, f"Mở hộp serum cùng {_GIVEN[n % 7]} 🍊 {n}", day, "posted"
            case "tracking_assets":
                booking = f"BK{n}"
                yield f"C{campaign}", booking, f"k{n}", "voucher", f"MA{n}", "tiktok_shop", "Giảm 10%, tối đa 50.000đ"
            case "conversions":
                yield (
                    "tiktok_shop", "voucher", f"MA{n % assets}", f"DH{n}", 576_000_000_000_000_000 + n, day,
                    (n % 60 + 1) * 15_000, "VND", "TikTok Shop", n % 3 + 1,
                )  # fmt: skip
            case "payments":
                amount = (n % 40 + 1) * 250_000
                yield f"TT{n}", f"BK{n}", amount, "VND", day, "bank_transfer", "paid", f"HD{n}", f"Đợt {n % 3 + 1}"


if __name__ == "__main__":
    write_folder(Path(sys.argv[1]), int(sys.argv[2]))
