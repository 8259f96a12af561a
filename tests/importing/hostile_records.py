"""Records of every kind with values that are hard to write into a file, stored as an import or a form stores them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from hypothesis import reject
from hypothesis import strategies as st

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kinds import KIND_BY_NAME
from tui_booking.importing.values import read_cell
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Brand,
    Campaign,
    CampaignCreator,
    CampaignProduct,
    Creator,
    CreatorChannel,
    CreatorContact,
    Payment,
    Product,
    TrackingAsset,
    TrackingConversion,
    User,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.finance import amount_in_vnd
from tui_booking.reading.cells import CellError

_numbers = count(1)

HOSTILE = st.one_of(
    st.sampled_from(
        [
            "=1+1", "+84901234567", "-5", "@linh", "'=1+1", "''quoted", "'0012", "--", "-", "#hashtag",
            "0012345678901234567", 'a "quoted" one', "one, two; three|four", "first\nsecond", "first\r\nsecond",
            "tab\tin it", "TRUE",
            "_x000D_", "_x0041_ _x005F_", "Nguyễn Thị Ánh Tuyết", "🎁🧴", "1.500", "02/01/2026",
            "7E+18", "\u200bno width\u2028line",
            "sep=;", "</t><b>", "&amp;", "[/KOC]", "\x1b[2J", "a\x01b", "x" * 240,
        ]
    ),
    st.text(max_size=40),
    st.text(alphabet="'=+-@\"\t\r\n,;_x0D 9é", max_size=12),
)  # fmt: skip
_DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
_MOMENTS = st.integers(-(10**15), 4 * 10**15).map(lambda tick: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(0, 0, tick))


def make_hostile_records(data: st.DataObject) -> None:
    """One record of every kind, which point at each other; the models are bound to a database."""
    n = next(_numbers)
    user = User.create(username=f"{_code(data)}-{n}", full_name="")
    brand = Brand.create(**_values(data, "brands", code=f"{_code(data)}-{n}"))
    product = Product.create(**_values(data, "products", brand=brand, code=f"{_code(data)}-{n}"))
    creator = Creator.create(**_values(data, "creators", creator_key=f"{_code(data)}-{n}"))
    channel = CreatorChannel.create(
        **_values(data, "creator_channels", creator=creator, handle=f"a.{n}", external_id=f"{_code(data)}-{n}")
    )
    CreatorContact.create(**_values(data, "creator_contacts", creator=creator, name=f"{_code(data)}-{n}"))
    days = sorted((data.draw(_DAYS), data.draw(_DAYS)))
    dates = {"start_date": days[0], "end_date": days[1]}
    campaign = Campaign.create(
        **_values(data, "campaigns", brand=brand, owner=user, code=f"{_code(data)}-{n}", **dates)
    )
    CampaignProduct.create(**_values(data, "campaign_products", campaign=campaign, product=product))
    CampaignCreator.create(**_values(data, "campaign_creators", campaign=campaign, creator=creator))
    some = data.draw(st.booleans())
    currency = data.draw(st.sampled_from(["VND", "USD"]))
    booking = Booking.create(
        **_values(
            data,
            "bookings",
            code=f"{_code(data)}-{n}",
            campaign=campaign,
            brand=brand,
            creator=creator,
            channel=channel if some else None,
            product_focus=product if some else None,
            currency=currency,
            total_fee_agreed=_money(data, currency),
            **(dates if some else {"start_date": None, "end_date": None}),
        )
    )
    code = f"{_code(data)}-{n}" if some else None
    deliverable = BookingDeliverable.create(
        **_values(data, "booking_deliverables", booking=booking, deliverable_code=code, title=f"{_code(data)}-{n}")
    )
    video = Video.create(
        **_values(
            data,
            "videos",
            booking=booking if some else None,
            booking_deliverable=deliverable if some else None,
            campaign=campaign,
            creator=creator,
            platform_video_id=f"0{n}",
            url=f"https://example.com/=@+{n}",
        )
    )
    for moment in data.draw(st.lists(_MOMENTS, max_size=3, unique=True)):
        VideoMetricSnapshot.create(**_values(data, "video_snapshots", video=video, snapshot_time=moment))
    asset = TrackingAsset.create(
        **_values(
            data,
            "tracking_assets",
            campaign=campaign,
            booking=booking,
            creator=creator,
            code_value=f"{_code(data)}-{n}",
        )
    )
    TrackingConversion.create(
        **_values(
            data,
            "conversions",
            tracking_asset=asset,
            product=product if some else None,
            order_code=f"{_code(data)}-{n}",
            currency=currency,
            revenue=_money(data, currency) * data.draw(st.sampled_from([1, -1])),
        )
    )
    amount = _money(data, currency, most=10**12)
    rate = None if currency == "VND" else Decimal(data.draw(st.integers(1, 10**11))) / 10**6
    Payment.create(
        **_values(
            data,
            "payments",
            booking=booking,
            campaign=campaign,
            creator=creator,
            created_by=user,
            payment_ref=code,
            amount=amount,
            currency=currency,
            exchange_rate=rate,
            amount_vnd=amount_in_vnd(amount, currency, rate),
        )
    )


def _values(data: st.DataObject, kind: str, **given: Any) -> dict[str, Any]:
    """A value for every field that a column of the kind fills, but for those given."""
    for column in KIND_BY_NAME[kind].columns:
        if column.field is not None and column.field not in given:
            given[column.field] = _value(data, column)
    return {name: value for name, value in given.items() if value is not None}


def _value(data: st.DataObject, column: Column) -> Any:
    if column.type is Type.WHOLE:
        return data.draw(st.integers(max(column.minimum or 0, 0), column.maximum or 10**18 - 1))
    if column.type is Type.MONEY:
        return _money(data, "VND")
    if column.type is Type.RATE:
        return data.draw(st.floats(0.0, 9.0).filter(lambda rate: not 0 < rate < 1e-20))
    if column.type is Type.DATE:
        return data.draw(_DAYS)
    if column.type is Type.TIME:
        return data.draw(_MOMENTS)
    if column.type is Type.FLAG:
        return data.draw(st.booleans())
    if column.type is Type.CHOICE:
        assert column.choices is not None
        return data.draw(st.sampled_from(list(column.choices)))
    if column.type is Type.URL:
        return f"https://example.com/{next(_numbers)}?a='=1&b=@,"
    return _read(data, column)


def _read(data: st.DataObject, column: Column) -> str | None:
    """A text as an import reads it."""
    try:
        return read_cell(column, data.draw(HOSTILE)).value
    except CellError:
        reject()


def _code(data: st.DataObject) -> str:
    text = _read(data, Column("code", Type.CODE)) or "a"
    # What ends the text is put behind it, so what begins it is all that matters here.
    return text[:60].strip("'") if text.startswith("'") and text[1:2].isdigit() else text[:60]


def _money(data: st.DataObject, currency: str, most: int = 10**16) -> Decimal:
    hundredths = data.draw(st.integers(0, most))
    return Decimal(hundredths - hundredths % 100 if currency == "VND" else hundredths) / 100
