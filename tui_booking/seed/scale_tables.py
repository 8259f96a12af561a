"""The rows of a unit of load data: brands, creators and campaigns of its own, and all that hangs on them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from tui_booking.seed.scale_units import Units, places_of, status_of

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
_MIDDLES = ("Thị", "Văn", "Ngọc", "Minh", "Thu", "Quốc", "Gia", "Thanh", "Đức", "Bảo", "Khánh", "Hải")
_GIVEN = ("Anh", "Bình", "Châu", "Dũng", "Giang", "Hà", "Hương", "Khôi", "Linh", "My", "Nam", "Oanh", "Phúc", "Quỳnh",
          "Sơn", "Trang", "Uyên", "Vy", "Yến", "Đạt")  # fmt: skip
_PLACES = ("Hà Nội", "TP. Hồ Chí Minh", "Đà Nẵng", "Cần Thơ", "Hải Phòng", "Huế", "Nha Trang", "Đà Lạt")
_NICHES = ("Chăm sóc da", "Ẩm thực", "Mẹ và bé", "Thời trang", "Công nghệ", "Du lịch", "Đời sống", "Thể thao")
_GOODS = ("Serum", "Kem chống nắng", "Nồi mini", "Hộp cơm", "Áo thun", "Tai nghe", "Trà sữa hòa tan", "Nước giặt")
_OBJECTIVES = ("sale", "awareness", "launch", "traffic", "clearance")
_DELIVERABLES = 2

Row = Sequence[object]


class Table(NamedTuple):
    """A kind of file: its header, and what makes its rows of a unit."""

    header: tuple[str, ...]
    make: Callable[[Units, int], Iterator[Row]]


def _brands(units: Units, unit: int) -> Iterator[Row]:
    for number in range(units.sizes.brands):
        yield units.code("B", unit, number), f"Nhãn hàng {unit}.{number + 1}", "Dữ liệu tải thử"


def _products(units: Units, unit: int) -> Iterator[Row]:
    for number in range(units.sizes.products):
        goods = _GOODS[(unit + number) % len(_GOODS)]
        brand = units.code("B", unit, number % units.sizes.brands)
        yield brand, units.code("P", unit, number), f"{goods} {unit}.{number + 1}", goods


def _creators(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("creators", unit)
    for number in range(units.sizes.creators):
        given = _GIVEN[draw(0, len(_GIVEN) - 1)]
        name = f"{_FAMILIES[draw(0, len(_FAMILIES) - 1)]} {_MIDDLES[draw(0, len(_MIDDLES) - 1)]} {given}"
        yield (
            units.key(unit, number),
            name,
            f"{given} {_NICHES[draw(0, len(_NICHES) - 1)]}",
            ("female", "male", "female", "other")[draw(0, 3)],
            f"{draw(1985, 2005)}-{draw(1, 12):02}-{draw(1, 28):02}",
            _PLACES[draw(0, len(_PLACES) - 1)],
            _NICHES[draw(0, len(_NICHES) - 1)],
            ("active", "active", "active", "watchlist", "blacklist")[draw(0, 4)],
            draw(1, 10),
        )


def _channels(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("creator_channels", unit)
    for number in range(units.sizes.creators):
        handle, followers = units.handle(unit, number), draw(30, 1_500) ** 2
        yield (
            units.key(unit, number),
            "tiktok",
            handle,
            f"https://www.tiktok.com/@{handle}",
            f"69{units.random_seed:06}{unit:07}{number:04}",
            followers,
            followers * draw(3, 25) // 100,
            f"0.{draw(20, 110):03}",
        )


def _contacts(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("creator_contacts", unit)
    for number in range(units.sizes.creators):
        phone = f"+849{(unit * units.sizes.creators + number) % 10**8:08}"
        name = f"{_FAMILIES[draw(0, len(_FAMILIES) - 1)]} {_GIVEN[draw(0, len(_GIVEN) - 1)]}"
        kind = ("owner", "manager", "agency")[draw(0, 2)]
        yield units.key(unit, number), kind, name, phone, phone, f"{units.key(unit, number)}@example.com", 1


def _campaigns(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("campaigns", unit)
    for number in range(units.sizes.campaigns):
        status = ("running", "running", "paused", "finished")[(unit + number) % 4]
        end = -draw(1, 9) if status == "finished" else draw(10, 60)
        yield (
            units.code("C", unit, number),
            f"Chiến dịch {unit}.{number + 1}",
            units.code("B", unit, number % units.sizes.brands),
            ("tiktok", "multi")[draw(0, 1)],
            _OBJECTIVES[draw(0, 4)],
            units.on(-units.sizes.snapshots - draw(40, 60)),
            units.on(end),
            draw(80, 400) * 1_000_000,
            draw(10, 90) * 100_000,
            draw(50, 900),
            draw(20, 300) * 1_000_000,
            status,
        )


def _campaign_products(units: Units, unit: int) -> Iterator[Row]:
    sizes = units.sizes
    for number in range(sizes.products if sizes.campaigns else 0):
        # The campaign of the same number as the brand is of that brand.
        if (campaign := number % sizes.brands) < sizes.campaigns:
            yield units.code("C", unit, campaign), units.code("P", unit, number), 1 + number // sizes.brands


def _campaign_creators(units: Units, unit: int) -> Iterator[Row]:
    for number in range(units.sizes.bookings):
        campaign, creator = places_of(units.sizes, number)
        if number < units.sizes.campaigns * units.sizes.creators:
            role = ("main", "supporting", "trial")[number % 3]
            yield units.code("C", unit, campaign), units.key(unit, creator), role


def _bookings(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("bookings", unit)
    for number in range(units.sizes.bookings):
        campaign, creator = places_of(units.sizes, number)
        start = -units.sizes.snapshots - draw(20, 39)
        yield (
            units.code("K", unit, number),
            units.code("C", unit, campaign),
            units.key(unit, creator),
            "tiktok",
            units.handle(unit, creator),
            units.product_of(unit, campaign, draw(0, 99)),
            ("video_only", "combo", "live", "video_only")[draw(0, 3)],
            "Video trải nghiệm sản phẩm",
            units.on(start),
            units.on(draw(5, 30)),
            draw(4, 60) * 500_000,
            "VND",
            _DELIVERABLES,
            status_of(number),
        )


def _deliverables(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("booking_deliverables", unit)
    for number in range(units.sizes.bookings):
        booking, booked = units.code("K", unit, number), status_of(number)
        for part in range(1, _DELIVERABLES + 1):
            posted = booked == "completed" or (booked == "in_progress" and part == 1)
            deadline = draw(-units.sizes.snapshots, -10) if posted else draw(-5, 25)
            status = "posted" if posted else "canceled" if booked == "canceled" else ("planned", "shooting")[draw(0, 1)]
            kind = ("video_feed", "short", "series")[draw(0, 2)]
            yield (
                booking,
                f"{booking}-{part}",
                kind,
                f"Video {part}",
                units.on(deadline - draw(2, 6)),
                units.on(deadline),
                1,
                draw(4, 30) * 250_000,
                status,
            )


def _videos(units: Units, unit: int) -> Iterator[Row]:
    for number in range(units.sizes.videos if units.posting else 0):
        booking = units.posting[number % len(units.posting)]
        video, handle = units.video_id(unit, number), units.handle(unit, booking % units.sizes.creators)
        yield (
            units.code("K", unit, booking),
            "Video 1",
            "tiktok",
            video,
            f"https://www.tiktok.com/@{handle}/video/{video}",
            f"{_GOODS[(unit + number) % len(_GOODS)]}: dùng thử phần {number + 1}",
            units.on(units.post_offset(unit, number)),
            "posted",
        )


def _assets(units: Units, unit: int) -> Iterator[Row]:
    for number in range(units.sizes.tracking_assets):
        booking = number % units.sizes.bookings
        campaign, creator = places_of(units.sizes, booking)
        codes = units.code("C", unit, campaign), units.code("K", unit, booking), units.key(unit, creator)
        yield *codes, "voucher", units.code("V", unit, number), "tiktok_shop", 1


def _conversions(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("conversions", unit)
    assets = units.sizes.tracking_assets
    for number in range(units.sizes.conversions if assets else 0):
        asset = number % assets
        campaign, _ = places_of(units.sizes, asset % units.sizes.bookings)
        quantity = draw(1, 3)
        yield (
            "tiktok_shop",
            "voucher",
            units.code("V", unit, asset),
            f"{units.prefix}{unit:06}-{number:05}",
            f"58{units.random_seed:06}{unit:06}{number:05}",
            units.on(-draw(0, 45)),
            draw(89, 699) * 1_000 * quantity,
            "VND",
            units.product_of(unit, campaign, draw(0, 99)),
            quantity,
        )


def _payments(units: Units, unit: int) -> Iterator[Row]:
    draw = units.draw("payments", unit)
    for number in range(units.sizes.payments):
        paid = draw(0, 9) < 6
        yield (
            units.code("PAY", unit, number),
            units.code("K", unit, number % units.sizes.bookings),
            draw(4, 60) * 250_000,
            "VND",
            units.on(-draw(1, 60) if paid else draw(-5, 25)),
            "bank_transfer",
            "paid" if paid else ("planned", "pending")[draw(0, 1)],
        )


def _words(line: str) -> tuple[str, ...]:
    return tuple(line.split())


# Every kind but the snapshots, which are too many for a row at a time.
TABLES: dict[str, Table] = {
    "brands": Table(_words("code name description"), _brands),
    "products": Table(_words("brand_code code name category"), _products),
    "creators": Table(_words("creator_key name alias gender dob location niche status priority_score"), _creators),
    "creator_channels": Table(
        _words("creator_key platform handle profile_url external_id follower_count avg_view_10 avg_engagement_rate"),
        _channels,
    ),
    "creator_contacts": Table(_words("creator_key contact_type name phone zalo email is_primary"), _contacts),
    "campaigns": Table(
        _words(
            "code name brand_code channel objective start_date end_date budget_planned kpi_view kpi_order kpi_revenue"
            " status"
        ),
        _campaigns,
    ),
    "campaign_products": Table(_words("campaign_code product_code priority"), _campaign_products),
    "campaign_creators": Table(_words("campaign_code creator_key role"), _campaign_creators),
    "bookings": Table(
        _words(
            "code campaign_code creator_key platform handle product_code booking_type brief_summary start_date end_date"
            " total_fee_agreed currency deliverables_count_planned status"
        ),
        _bookings,
    ),
    "booking_deliverables": Table(
        _words("booking_code deliverable_code deliverable_type title deadline_shoot deadline_post quantity fee status"),
        _deliverables,
    ),
    "videos": Table(
        _words("booking_code deliverable_title channel platform_video_id url title post_date status"), _videos
    ),
    "tracking_assets": Table(
        _words("campaign_code booking_code creator_key code_type code_value platform is_active"), _assets
    ),
    "conversions": Table(
        _words(
            "platform code_type code_value order_code order_id_external order_date revenue currency product_code"
            " quantity"
        ),
        _conversions,
    ),
    "payments": Table(_words("payment_ref booking_code amount currency payment_date payment_method status"), _payments),
}
