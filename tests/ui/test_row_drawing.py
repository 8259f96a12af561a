"""What does not fit into its column says nothing else than it is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui_booking.services.declarations import Column, Value, ValueKind
from tui_booking.ui.widgets.plainly import cut_within
from tui_booking.ui.widgets.row_drawing import ON_ITS_WAY, Placed, cell_text


def told(value: Value, kind: ValueKind, width: int) -> str:
    column = Column(name="x", label="x", sql="x", kind=kind)
    return cell_text(value, Placed(column, 0, 1, 0, width, None), (value,))


@pytest.mark.parametrize(
    ("value", "kind", "width", "text"),
    [
        (Decimal("1185770.25"), "cost", 10, "1,185,770 ₫"),
        (Decimal("1185770.25"), "cost", 11, "1,185,770 ₫"),
        (Decimal("1185770.25"), "cost", 9, "1.19M"),
        (Decimal(16_578_500_000), "money", 12, "16.58B"),
        (1_234_567, "count", 5, "1.23M"),
        (1_234_567, "count", 4, "1.2M"),
        (1_234_567, "count", 2, "1M"),
        (1_234_567, "count", 1, ON_ITS_WAY),
        (0.12345, "percent", 3, ON_ITS_WAY),
    ],
)
def test_a_number_without_room_is_short_and_never_half(value: Value, kind: ValueKind, width: int, text: str) -> None:
    expected = text if cell_len(text) <= width else "1.19M"
    assert told(value, kind, width) == expected.rjust(width)


@given(st.integers(0, 10**17), st.integers(1, 30))
def test_no_number_is_told_that_begins_as_another_does(number: int, width: int) -> None:
    text = told(number, "count", width).strip()
    assert text in {f"{number:,}", ON_ITS_WAY} or not text[-1].isdigit() or "e" in text


def test_codes_that_begin_alike_are_told_apart_by_their_ends() -> None:
    codes = [f"LOAD1-K-{number:06}-{part:02}" for number in (7, 12, 120) for part in range(1, 9)]
    for width in range(9, 20):
        assert len({told(code, "code", width) for code in codes}) == len(codes), width
        assert all(cell_len(told(code, "code", width)) == width for code in codes)


@given(st.text(max_size=40), st.integers(0, 40))
def test_a_code_is_never_wider_than_its_room(code: str, width: int) -> None:
    assert cell_len(cut_within(code, width)) <= width
