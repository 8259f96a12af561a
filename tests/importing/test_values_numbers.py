"""Numbers, amounts and rates as people write them in Vietnam and elsewhere."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.importing.values import (
    Cell,
    CellError,
    read_currency,
    read_exchange,
    read_money,
    read_rate,
    read_whole,
)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("12000", 12000),
        ("12.000", 12000),
        ("12,000", 12000),
        ("12 000", 12000),
        ("12\u00a0000", 12000),
        ("1.234.567", 1234567),
        ("1.234.567,00", 1234567),
        ("12.0", 12),
        ("007", 7),
        ("12.5K", 12500),
        ("1,2M", 1200000),
        ("3 triệu", 3000000),
        ("3tr", 3000000),
        ("2,5 nghìn", 2500),
        ("4 ngàn", 4000),
        ("1 tỷ", 10**9),
        ("1 tỉ", 10**9),
        ("+5", 5),
        ("'12", 12),
        ("-0", 0),
        (12.0, 12),
        ("", None),
        (" \u00a0", None),
        (None, None),
        ("--", None),
        ("—", None),
        ("N/A", None),
    ],
)
def test_a_whole_number_is_read_however_it_is_grouped_or_shortened(cell: Cell, number: int | None) -> None:
    assert read_whole(cell) == number


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("1.234K", "can be read as 1234 or as 1234000"),
        ("1,234M", "can be read as 1234000 or as 1234000000"),
        ("-5", "must not be negative"),
        ("(5)", "must not be negative"),
        ("12.5", "not a whole number"),
        ("1,234.567", "not a whole number"),
        (12.5, "not a whole number"),
        ("1_000", "not a whole number"),
        ("١٢٣", "not a whole number"),
        ("１２３", "not a whole number"),
        ("1e3", "not a whole number"),
        ("nan", "not a whole number"),
        ("--5", "not a whole number"),
        ("1.00.000", "not a whole number"),
        ("1.234,567.890", "not a whole number"),
        ("12 views", "not a whole number"),
        ("9" * 19, "at most 18 digits"),
        ("7.69E+18", "lost digits"),
        (1e18, "lost digits"),
        (float("nan"), "not a number"),
        ("#DIV/0!", "spreadsheet error #DIV/0!"),
        ("1\x002", "NUL"),
    ],
)
def test_what_is_no_whole_number_is_an_error_that_says_so(cell: Cell, said: str) -> None:
    with pytest.raises(CellError, match=re.escape(said)):
        read_whole(cell)


@pytest.mark.parametrize("cell", ["0", "11", 11.0])
def test_a_score_out_of_its_range_names_the_range(cell: Cell) -> None:
    with pytest.raises(CellError, match="must be 1 to 10"):
        read_whole(cell, 1, 10)


@given(st.integers(0, 10**18 - 1), st.sampled_from([".", ",", " ", "\u00a0", "\u202f"]))
def test_a_grouped_whole_number_reads_back(number: int, separator: str) -> None:
    assert read_whole(f"{number:,}".replace(",", separator)) == number


@pytest.mark.parametrize(
    ("cell", "dong"),
    [
        ("1.500", 1500),
        ("1,500", 1500),
        ("1.500.000đ", 1500000),
        ("1.500.000 ₫", 1500000),
        ("1,500,000 VND", 1500000),
        ("VND 1.500", 1500),
        ("₫5", 5),
        ("2tr", 2000000),
        ("2,5 triệu", 2500000),
        ("2 triệu đồng", 2000000),
        ("5trđ", 5000000),
        ("500k", 500000),
        ("1.500,00", 1500),
        (1500000.0, 1500000),
        ("999.999.999.999.999", 10**15 - 1),
    ],
)
def test_an_amount_in_dong_has_no_fraction_and_groups_freely(cell: Cell, dong: int) -> None:
    assert read_money(cell) == dong * 100
    assert read_money(cell, "VND") == dong * 100


@pytest.mark.parametrize(
    ("cell", "cents"),
    [
        ("1234.5", 123450),
        ("1,234.50", 123450),
        ("1.234,50", 123450),
        ("$1 234.50", 123450),
        ("1,234,567", 123456700),
        ("US$7", 700),
        ("7 usd", 700),
        (1234.56, 123456),
        (1234.5600000000001, 123456),
        ("2.5k", 250000),
    ],
)
def test_an_amount_in_dollars_keeps_its_cents(cell: Cell, cents: int) -> None:
    assert read_money(cell, "USD") == cents


@pytest.mark.parametrize(
    ("cell", "currency", "said"),
    [
        ("1.500", "USD", "can be read as 1500 or as 1.5"),
        ("1,500", "EUR", "can be read as 1500 or as 1.5"),
        ("1.500k", "VND", "can be read as 1500000 or as 1500"),
        ("1.500,50", "VND", "fraction (1500.5)"),
        (1500.5, None, "fraction (1500.5)"),
        ("$5", "VND", "is in USD, but the currency of the row is VND"),
        ("$5", None, "is in USD, but the currency of the row is VND"),
        ("5đ", "USD", "is in VND, but the currency of the row is USD"),
        ("100 BND", "VND", "is in BND"),
        ("1.2345", "USD", "more than two decimals"),
        ("1.000.000.000.000.000", "VND", "at most 15 digits"),
        ("-5", "VND", "must not be negative"),
        ("2tr5", "VND", "not an amount"),
        ("5 apples", "VND", "not an amount"),
    ],
)
def test_an_amount_that_is_unclear_is_an_error_that_says_why(cell: Cell, currency: str | None, said: str) -> None:
    with pytest.raises(CellError, match=re.escape(said)):
        read_money(cell, currency)


@pytest.mark.parametrize("cell", ["-1.500", "(1.500)", "-1.500đ", "\u22121500", "- 1.500 đ"])
def test_a_refund_may_be_negative_where_the_column_allows_it(cell: str) -> None:
    assert read_money(cell, "VND", None) == -150000


@given(st.integers(0, 10**17 - 1), st.sampled_from(["VND", "USD"]), st.sampled_from([("", "."), ("", ","), (" ", ",")]))
def test_an_amount_reads_back_as_it_was_written(hundredths: int, currency: str, marks: tuple[str, str]) -> None:
    if currency == "VND":
        hundredths -= hundredths % 100
    group, point = marks
    written = f"{hundredths // 100:,}".replace(",", group) + f"{point}{hundredths % 100:02}"
    assert read_money(written, currency) == hundredths
    assert read_money(f"{written} {currency}", currency) == hundredths


@pytest.mark.parametrize(
    ("cell", "millionths"),
    [("25400", 25_400_000_000), ("25,400.5", 25_400_500_000), ("25400.5", 25_400_500_000), (0.000039, 39), ("", None)],
)
def test_an_exchange_rate_is_counted_in_millionths(cell: Cell, millionths: int | None) -> None:
    assert read_exchange(cell) == millionths


@pytest.mark.parametrize(
    ("cell", "said"),
    [("25.400", "25400 or as 25.4"), ("0", "more than 0"), ("-1", "more than 0"), ("1.1234567", "6 decimals")],
)
def test_an_exchange_rate_that_is_unclear_is_an_error(cell: str, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_exchange(cell)


@pytest.mark.parametrize(
    ("cell", "rate"),
    [
        ("0.085", "0.085"),
        ("0,085", "0.085"),
        ("8.5%", "0.085"),
        ("8,5%", "0.085"),
        ("8,5 %", "0.085"),
        ("120%", "1.2"),
        ("100%", "1"),
        ("0", "0"),
        ("1", "1"),
        (0.0453, "0.0453"),
        ("-", None),
    ],
)
def test_a_rate_is_a_share_or_a_percentage(cell: Cell, rate: str | None) -> None:
    assert read_rate(cell) == rate


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("8.5", "can be read as 8.5% or as 850%"),
        (8.5, "can be read as 8.5% or as 850%"),
        ("1.234%", "can be read as 1.234% or as 1234%"),
        ("-1%", "must not be negative"),
        ("abc", "not a rate"),
        ("inf", "not a rate"),
    ],
)
def test_a_rate_that_is_unclear_is_an_error(cell: Cell, said: str) -> None:
    with pytest.raises(CellError, match=re.escape(said)):
        read_rate(cell)


@given(st.decimals(0, 1, places=6))
def test_a_rate_reads_back_from_its_percentage(rate: Decimal) -> None:
    read = read_rate(f"{rate * 100:.4f}%")
    assert read is not None
    assert Decimal(read) == rate


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("VND", "VND"),
        ("vnd", "VND"),
        ("đ", "VND"),
        ("VNĐ", "VND"),
        ("₫", "VND"),
        ("$", "USD"),
        ("€", "EUR"),
        ("", None),
    ],
)
def test_a_currency_is_known_by_its_code_or_sign(cell: str, code: str | None) -> None:
    assert read_currency(cell) == code


@pytest.mark.parametrize(
    ("cell", "said"), [("XYZ", "not a currency"), ("¥", "CNY or as JPY"), ("dollars", "not a curr")]
)
def test_an_unknown_currency_is_an_error(cell: str, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_currency(cell)
