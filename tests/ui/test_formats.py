"""Values read as the language writes them, held against Babel, and as other programs read them when pasted."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_booking import language
from tui_booking.language import Language
from tui_booking.models import choices
from tui_booking.models.choices import BookingStatus, Choice, Gender
from tui_booking.services.declarations import Value, ValueKind
from tui_booking.ui import formats
from tui_booking.ui.formats import SIGNS, cut, format_value, full_value, plain

LANGUAGES: tuple[Language, ...] = ("en", "vi")


@pytest.fixture(autouse=True)
def spoken_as_before() -> Iterator[None]:
    yield
    speak("en")


def speak(name: Language, zone: str = "Asia/Ho_Chi_Minh") -> None:
    # The labels of words need no catalogue.
    language._Spoken.language = name
    formats.speak(name, ZoneInfo(zone))


@given(number=st.integers(-(10**15), 10**15), rate=st.floats(0, 100))
def test_numbers_are_written_as_babel_writes_them(number: int, rate: float) -> None:
    for name in LANGUAGES:
        speak(name)
        assert format_value(number, "count") == format_decimal(number, locale=name)
        amount = Decimal(number).scaleb(-2)
        written = format_decimal(amount, "#,##0.00", locale=name)
        assert format_value(amount, "money", currency="USD") == f"{written} USD"
        assert format_value(rate, "percent") == format_percent(rate, "#,##0.0%", locale=name)


@pytest.mark.parametrize(
    ("value", "kind", "english", "vietnamese"),
    [
        (1234567, "count", "1,234,567", "1.234.567"),
        (Decimal("1250000.00"), "money", "1,250,000 ₫", "1.250.000 ₫"),
        (Decimal("1250000.50"), "money", "1,250,000.50 ₫", "1.250.000,50 ₫"),
        (Decimal("3.14159"), "cost", "3.14 ₫", "3,14 ₫"),
        (Decimal("42.49"), "cost", "42.5 ₫", "42,5 ₫"),
        (Decimal("1234.5678"), "cost", "1,235 ₫", "1.235 ₫"),
        (0.085, "percent", "8.5%", "8,5%"),
        (2.4, "factor", "2.40×", "2,40×"),
        (date(2026, 3, 8), "date", "08/03/2026", "08/03/2026"),
        (datetime(2026, 3, 8, 20, 5, tzinfo=UTC), "moment", "09/03/2026 03:05", "09/03/2026 03:05"),
        (BookingStatus.COMPLETED, "choice", "√ Completed", "√ Hoàn thành"),
        (Gender.FEMALE, "choice", "Female", "Nữ"),
        ("retired", "choice", "retired", "retired"),
        (None, "money", "–", "–"),
        ("", "text", "–", "–"),
        (0, "count", "0", "0"),
        (Decimal("-0.50"), "money", "-0.50 ₫", "-0,50 ₫"),
    ],
)
def test_each_sort_of_value_reads_as_a_person_writes_it(
    value: Value, kind: ValueKind, english: str, vietnamese: str
) -> None:
    speak("en")
    assert format_value(value, kind) == english
    speak("vi")
    assert format_value(value, kind) == vietnamese


def test_small_costs_in_other_currencies_keep_their_parts_of_a_cent() -> None:
    speak("en")
    assert format_value(Decimal("0.00456"), "cost", currency="USD") == "0.0046 USD"
    assert format_value(Decimal("12.345"), "cost", currency="USD") == "12.34 USD"


def test_what_is_pasted_is_whole_and_other_programs_read_it() -> None:
    speak("vi")
    assert full_value("two\nlines [b]", "text") == "two\nlines [b]"
    assert full_value(Decimal("1250000.50"), "money") == "1250000.5"
    assert full_value(Decimal("1000000.00"), "money") == "1000000"
    assert full_value(1234567, "count") == "1234567"
    assert full_value(0.085, "percent") == "0.085"
    assert full_value(BookingStatus.COMPLETED, "choice") == "Hoàn thành"
    assert full_value(date(2026, 3, 8), "date") == "08/03/2026"
    assert full_value(None, "money") == ""


def statuses() -> list[type[Choice]]:
    found = [one for one in vars(choices).values() if isinstance(one, type) and issubclass(one, Choice)]
    return [one for one in found if one.__name__.endswith("Status") or one.__name__ == "RuleResult"]


def test_each_word_of_a_status_has_a_sign_of_its_own() -> None:
    assert len(statuses()) >= 7
    for status in statuses():
        signs = [SIGNS[word.value] for word in status]
        assert len(set(signs)) == len(signs), status
        assert all(cell_len(sign) == 1 and sign.isprintable() for sign in signs)


@given(text=st.text(), width=st.integers(0, 30))
def test_any_text_is_safe_and_fits(text: str, width: int) -> None:
    shown = plain(text)
    assert not {unicodedata.category(sign) for sign in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert not set(shown) & set("\x1b\n\r\t\x9b\u202e\u200d\u2028")
    assert plain(shown) == shown
    assert cell_len(cut(shown, width)) <= width


def test_vietnamese_letters_stay_whole_whichever_way_they_are_spelled() -> None:
    assert plain("Nguyễn Đức") == "Nguyễn Đức"
    assert plain("ê\u0303") == "ê\u0303"
    assert plain("e\u0302\u0303") == "e\u0302\u0303"
