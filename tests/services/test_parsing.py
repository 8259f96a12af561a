"""What is typed into a form is read as people mean it, never guessed; and what is shown there is read back the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.language import Language, speak
from tui_booking.models.choices import BookingStatus, Platform, VideoChannel
from tui_booking.services.fields import FORMS, FormField
from tui_booking.services.parsing import Unreadable, read, written

TODAY = date(2026, 3, 12)  # a Thursday
START = datetime(1970, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DATE = FORMS["booking"].field("start_date")
MONEY = FORMS["booking"].field("total_fee_agreed")
REVENUE = FORMS["tracking_conversion"].field("revenue")
COUNT = FORMS["creator_channel"].field("follower_count")
SCORE = FORMS["creator"].field("priority_score")
PERCENT = FORMS["creator_channel"].field("avg_engagement_rate")
RATE = FORMS["payment"].field("exchange_rate")
MOMENT = FORMS["video_metric_snapshot"].field("snapshot_time")
JSON = FORMS["template"].field("variables")
STATUS = FORMS["booking"].field("status")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    speak("en")
    yield
    speak("en")


def typed(field: FormField, text: str, **around: Any) -> Any:
    return read(field, text, today=TODAY, zone=ZONE, **around).value


def refused(field: FormField, text: str, **around: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        read(field, text, today=TODAY, zone=ZONE, **around)
    return caught.value.message


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/01/2026", date(2026, 1, 31)),
        ("1-2-2026", date(2026, 2, 1)),
        ("2026-01-31", date(2026, 1, 31)),
        ("20260131", date(2026, 1, 31)),
        ("today", TODAY),
        ("Hôm nay", TODAY),
        ("tomorrow", date(2026, 3, 13)),
        ("ngày mai", date(2026, 3, 13)),
        ("hôm qua", date(2026, 3, 11)),
        ("+7d", date(2026, 3, 19)),
        ("-3d", date(2026, 3, 9)),
        ("+2w", date(2026, 3, 26)),
        ("+ 2 tuần", date(2026, 3, 26)),
        ("+7 ngày", date(2026, 3, 19)),
        ("+0", TODAY),
        ("friday", date(2026, 3, 13)),
        ("Wed", date(2026, 3, 18)),
        ("thứ sáu", date(2026, 3, 13)),
        ("thứ 4", date(2026, 3, 18)),
        ("T2", date(2026, 3, 16)),
        ("CN", date(2026, 3, 15)),
        ("", None),
        ("--", None),
    ],
)
def test_days_are_read_in_both_languages(text: str, day: date | None) -> None:
    assert typed(DATE, text) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12/3", date(2026, 3, 12)),
        ("8/4", date(2026, 4, 8)),
        ("1/3", date(2026, 3, 1)),
        ("31/12", date(2025, 12, 31)),
        ("5-9", date(2026, 9, 5)),
        ("29/2", date(2028, 2, 29)),
        ("8/4/26", date(2026, 4, 8)),
        ("8.4.27", date(2027, 4, 8)),
        ("8/4/46", date(2046, 4, 8)),
        ("31/12/99", date(1999, 12, 31)),
        ("29/2/00", date(2000, 2, 29)),
    ],
)
def test_a_day_without_its_whole_year_is_the_nearest(text: str, day: date) -> None:
    assert read(DATE, text, today=TODAY).value == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("thursday", "Can be read as today, 12/03/2026, or as 19/03/2026"),
        ("thứ năm", "Can be read as today, 12/03/2026, or as 19/03/2026"),
        ("30/2/26", "Is not a date"),
        ("12/31/2026", "There is no month 31; dates are read as day/month/year"),
        ("30/2/2026", "Month 2 of 2026 has no day 30"),
        ("31/2", "Is not a date"),
        ("12", "Is not a date"),
        ("someday", "Is not a date"),
        ("+2m", "Can be counted in days and weeks only"),
        ("+99999d", "Is too far away"),
        ("-99999w", "Is too far away"),
        ("31/01/1026", "The year 1026"),
        ("31/01/2026 18:30", "Has a time of day"),
    ],
)
def test_a_day_that_could_be_another_is_not_guessed(text: str, said: str) -> None:
    assert refused(DATE, text).startswith(said)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),
        ("1500000", 1_500_000),
        ("1,5tr", 1_500_000),
        ("1.5 triệu", 1_500_000),
        ("500k", 500_000),
        ("2 tỷ", 2_000_000_000),
        ("1.500", 1_500),
        ("VND 2tr", 2_000_000),
        ("1.500.000đ", 1_500_000),
        ("0", 0),
        ("", None),
    ],
)
def test_amounts_are_read_as_they_are_spoken(text: str, amount: int | None) -> None:
    assert typed(MONEY, text) == amount


@pytest.mark.parametrize(
    ("text", "currency", "said"),
    [
        ("1.500tr", "VND", "Can be read as 1500000000 or as 1500000"),
        ("1,500", "USD", "Can be read as 1500 or as 1.5"),
        ("100 USD", "VND", "Is in USD, but the currency of the row is VND"),
        ("1,25", "VND", "Has a fraction (1.25)"),
        ("-5", "VND", "Must not be negative"),
        ("lots", "VND", "Is not an amount"),
        ("1e9", "VND", "Is not an amount"),
        ("9" * 16, "VND", "Is too large"),
    ],
)
def test_an_amount_that_could_be_another_is_not_guessed(text: str, currency: str, said: str) -> None:
    assert refused(MONEY, text, currency=currency).startswith(said)


def test_a_refund_is_a_negative_amount() -> None:
    assert typed(REVENUE, "-1.500.000") == -1_500_000


def test_numbers_keep_their_ranges() -> None:
    assert typed(COUNT, "12,5K") == 12_500
    assert typed(COUNT, "12.000") == 12_000
    assert refused(COUNT, "-1") == "Must not be negative; write 0 or more"
    assert refused(SCORE, "11") == "Must be 1 to 10"
    assert refused(COUNT, "7.69E+18").startswith("Has lost digits")


def test_rates_are_shares_and_exchange_rates_are_not() -> None:
    assert typed(PERCENT, "8.5%") == typed(PERCENT, "8,5 %") == typed(PERCENT, "0,085") == 0.085
    assert refused(PERCENT, "8.5").startswith("Can be read as 8.5% or as 850%")
    assert typed(RATE, "25400,5") == Decimal("25400.5")
    assert refused(RATE, "25.400").startswith("Can be read as 25400 or as 25.4")
    assert refused(RATE, "0") == "Must be more than 0"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("31/01/2026 18:30", datetime(2026, 1, 31, 11, 30, tzinfo=UTC)),
        ("31/01/2026 18h30", datetime(2026, 1, 31, 11, 30, tzinfo=UTC)),
        ("2026-01-31T18:30:15+00:00", datetime(2026, 1, 31, 18, 30, 15, tzinfo=UTC)),
        ("today 9:05", datetime(2026, 3, 12, 2, 5, tzinfo=UTC)),
        ("hôm qua 18h", datetime(2026, 3, 11, 11, 0, tzinfo=UTC)),
        ("9:05", datetime(2026, 3, 12, 2, 5, tzinfo=UTC)),
        ("9g30", datetime(2026, 3, 12, 2, 30, tzinfo=UTC)),
    ],
)
def test_moments_are_those_of_the_operators_clock(text: str, moment: datetime) -> None:
    assert typed(MOMENT, text) == moment


def test_now_is_a_moment_and_a_day_alone_is_none() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= typed(MOMENT, "bây giờ") <= datetime.now(UTC)
    assert refused(MOMENT, "31/01/2026").startswith("Has no time of day")
    assert refused(MOMENT, "today 25:00").startswith("There is no such time of day")
    assert refused(MOMENT, "mai 18:30:15").startswith("Is not a time")


def test_the_hour_that_comes_twice_is_not_guessed() -> None:
    with pytest.raises(Unreadable, match="since the clocks were put back"):
        read(MOMENT, "25/10/2026 02:30", today=TODAY, zone=ZoneInfo("Europe/Berlin"))


def test_how_people_are_reached_takes_its_normal_form() -> None:
    phone = FORMS["creator_contact"].field("phone")
    assert typed(phone, "0901 234 567") == "+84901234567"
    odd = read(phone, "123", today=TODAY)
    assert (odd.value, odd.note) == ("123", "Is not a phone number that is known; it stays as it is")
    handle = read(FORMS["creator_channel"].field("handle"), "https://www.instagram.com/Linh.Review/", today=TODAY)
    assert (handle.value, handle.also) == ("linh.review", {"platform": Platform.INSTAGRAM})
    url = "https://www.tiktok.com/@linh/video/7301234567890123456"
    video = read(FORMS["video"].field("url"), url, today=TODAY)
    assert video.also == {"platform_video_id": "7301234567890123456", "channel": VideoChannel.TIKTOK}
    assert refused(FORMS["video"].field("url"), "not an address").startswith("Is not a web address")
    assert typed(FORMS["tracking_asset"].field("target_url"), "") is None


def test_choices_and_flags_are_read_by_word_and_label() -> None:
    assert typed(STATUS, "in progress") is BookingStatus.IN_PROGRESS
    assert typed(STATUS, "Đã chốt") is BookingStatus.CONFIRMED
    assert refused(STATUS, "nothing").startswith("Is none of: Negotiating, Confirmed")
    flag = FORMS["brand"].field("is_active")
    assert [typed(flag, text) for text in ("yes", "có", "x", "no", "Không", "")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert refused(flag, "maybe").startswith("Is neither yes nor no")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1,}', "Is not JSON: line 1, column 9"),
        ('{\n  "a": tru\n}', "Is not JSON: line 2, column 8: expecting value, before 'tru'"),
        ('{"a": NaN}', "Has NaN, which is not JSON"),
        ('{"a": 1, "a": 2}', "Has the key 'a' twice"),
        ('{"a": "\\u0000"}', "Holds a character that cannot be stored"),
        ('["\\ud800"]', "Holds a character that cannot be stored"),
        ("1" * 5000, "Is not JSON that can be kept"),
        ("[" * 5000 + "]" * 5000, "Is not JSON that can be kept"),
        ("[1e999]", "Is not JSON that can be kept"),
    ],
)
def test_json_says_where_it_is_wrong(text: str, said: str) -> None:
    assert refused(JSON, text).startswith(said)


def test_text_that_cannot_be_stored_is_refused() -> None:
    name = FORMS["brand"].field("name")
    assert typed(name, "  Nha\u0303n  ") == "Nhãn"
    assert refused(name, "a\0b").startswith("Holds a character")
    assert refused(name, "x" * 256) == "Is too long: 256 characters, at most 255 fit; shorten it"
    assert refused(FORMS["brand"].field("code"), "7.69E+18").startswith("Has lost digits")


@pytest.mark.parametrize("language", ["en", "vi"])
@given(data=st.data())
def test_what_is_shown_in_a_form_is_read_back_the_same(
    language: Language, data: st.DataObject, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only how numbers are written differs: no catalogue is needed for that.
    monkeypatch.setattr("tui_booking.language._Spoken.language", language)
    currency = data.draw(st.sampled_from(["VND", "USD"]))
    cents = st.integers(0, 10**14).map(lambda units: Decimal(units).scaleb(-2))
    whole = st.integers(0, 10**15 - 1).map(Decimal)
    moments = st.integers(0, 4 * 10**15).map(lambda microseconds: START + timedelta(microseconds=microseconds))
    text = st.text(st.characters(exclude_categories=["Cs", "Cc"]))
    leaves = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    for field, values in (
        (MONEY, whole if currency == "VND" else cents),
        (COUNT, st.integers(0, 10**18 - 1)),
        (PERCENT, st.just(0.0) | st.floats(1e-9, 3)),
        (RATE, st.integers(1, 10**12).map(lambda units: Decimal(units).scaleb(-6))),
        (DATE, st.dates(date(1900, 1, 1), date(2100, 12, 31))),
        (MOMENT, moments),
        (STATUS, st.sampled_from(BookingStatus)),
        (JSON, st.recursive(leaves | text, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=9)),
        (FORMS["brand"].field("is_active"), st.booleans()),
    ):
        value = data.draw(values)
        shown = written(field, value, zone=BERLIN, currency=currency)
        back = read(field, shown, today=TODAY, zone=BERLIN, currency=currency).value
        assert back == value, (field.name, shown)
        assert written(field, back, zone=BERLIN, currency=currency) == shown


@given(text=st.text(max_size=30))
@pytest.mark.parametrize("kind", ["creator_contact", "tracking_conversion", "creator_channel", "payment"])
def test_whatever_is_typed_is_read_or_refused_in_words(kind: str, text: str) -> None:
    for field in FORMS[kind].fields:
        with suppress(Unreadable):
            value = read(field, text, today=TODAY, zone=ZONE).value
            if value is not None:
                assert read(field, written(field, value, zone=ZONE), today=TODAY, zone=ZONE).value == value
