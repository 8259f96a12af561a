"""Bars: exactly what is drawn, that a budget passed is seen without colour, and that anything at all draws safely."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.ui.drawings import HOSTILE, is_safe, texts
from tui_booking.ui.widgets.bars import (
    Bar,
    Budget,
    budget_bars,
    budget_legend,
    eighths,
    horizontal_bars,
    target_bar,
)
from tui_booking.ui.widgets.drawing import simply

M = Decimal(1_000_000)


def test_every_bar_has_its_number_beside_it() -> None:
    bars = [Bar("Negotiating", 3), Bar("Confirmed", 12), Bar("Canceled", 0), Bar("Late", 2, sign="!"), Bar("Odd", None)]
    assert texts(horizontal_bars(bars, 40)) == [
        "Negotiating ██████▎                    3",
        "Confirmed   █████████████████████████ 12",
        "Canceled                               0",
        "! Late      ████▏                      2",
        "Odd                                    –",
    ]


def test_numbers_below_zero_go_the_other_way() -> None:
    assert texts(horizontal_bars([Bar("in", 6), Bar("out", -3), Bar("none", 0)], 30)) == [
        "in          ███████████████  6",
        "out  ███████                -3",
        "none                         0",
    ]


def test_a_small_amount_is_seen_beside_a_huge_one() -> None:
    drawn = texts(horizontal_bars([Bar("huge", 10**18), Bar("one", 1)], 40))
    assert drawn[1].startswith("one  ▏")
    assert drawn[0].endswith("1e18")


def test_spend_and_budget_are_both_seen_and_what_is_over_is_signed() -> None:
    budgets = [
        Budget("Tết", 20 * M, 45 * M, 50 * M),
        Budget("Mid-year", 56 * M, 60 * M, 50 * M),
        Budget("Whole", 50 * M, 50 * M, 50 * M),
        Budget("No budget", 5 * M, 5 * M, None),
        Budget("Unknown", None, None, 50 * M),
    ]
    assert texts(budget_bars(budgets, 60)) == [
        "Tết       ██████████▒▒▒▒▒▒▒▒▒▒▒▒  ┃           90%  45M / 50M",
        "Mid-year  ████████████████████████┃███▒▒   ▲ 120%  60M / 50M",
        "Whole     ████████████████████████┃          100%  50M / 50M",
        "No budget ████████████████████████┃                –  5M / –",
        "Unknown                           ┃               –  – / 50M",
    ]
    assert texts([budget_legend(60)]) == ["█ paid  ▒ committed  ┃ budget  ▲ over budget".ljust(60)]


def test_only_what_is_over_its_budget_passes_the_mark() -> None:
    def beyond(committed: Decimal) -> str:
        return texts(budget_bars([Budget("C", Decimal(0), committed, 100 * M)], 60))[0].split("┃")[1].lstrip(" ")[:1]

    assert beyond(100 * M) == "1"
    assert beyond(100 * M + 1) == "▒"
    assert beyond(9_000 * M) == "▒"
    assert "▸" in texts(budget_bars([Budget("C", Decimal(0), 9_000 * M, 100 * M)], 60))[0]
    # A bar that is nearly full does not touch the mark.
    assert texts(budget_bars([Budget("C", Decimal(0), 100 * M - 1, 100 * M)], 60))[0].split("┃")[0].endswith("▒ ")


@pytest.mark.parametrize(
    ("value", "target", "told"),
    [
        (1_300_000, 2_000_000, "65%   1.3M / 2M"),
        (2_500, 2_000, "125% ✓ 2.5k / 2k"),
        (None, 2_000, "–   – / 2k"),
        (7, 0, "–   7 / –"),
        (7, None, "–   7 / –"),
    ],
)
def test_a_target_says_how_much_of_it_is_reached(value: int | None, target: int | None, told: str) -> None:
    drawn = target_bar("Views", value, target, 60).text
    assert drawn.endswith(" " + told)
    assert drawn.startswith("Views        ")


def test_eighths_fill_by_share() -> None:
    assert [eighths(share, 2) for share in (0, 1e-9, 0.5, 0.57, 1, 7, -1)] == ["  ", "▏ ", "█ ", "█▏", "██", "██", "  "]
    assert simply(budget_bars([Budget("C", 20 * M, 45 * M, 50 * M)], 60))[0].text.isascii()


def test_hostile_labels_are_shown_in_one_line_and_not_obeyed() -> None:
    drawn = [
        *horizontal_bars([Bar(HOSTILE, 3, text=HOSTILE)], 60),
        *budget_bars([Budget(HOSTILE, M, M, M)], 60),
        target_bar(HOSTILE, 1, 2, 60),
    ]
    assert is_safe(drawn)
    assert all("[/KOC]" in strip.text for strip in (drawn[0], drawn[1], drawn[-1]))


amounts = st.one_of(st.none(), st.decimals(allow_nan=True, allow_infinity=True), st.integers(), st.floats())
money = st.one_of(st.none(), st.decimals(-(10**20), 10**20, allow_nan=False, places=2))


@given(
    labels=st.lists(st.text(max_size=30), min_size=1, max_size=6),
    values=st.lists(amounts, min_size=6, max_size=6),
    counts=st.lists(st.integers(-5, 10**12), min_size=6, max_size=6),
    budget=st.tuples(money, money, money),
    width=st.integers(0, 130),
)
def test_anything_draws_within_its_width_and_safely(
    labels: list[str],
    values: list[int | float | Decimal | None],
    counts: list[int],
    budget: tuple[Decimal | None, Decimal | None, Decimal | None],
    width: int,
) -> None:
    drawn = [
        *horizontal_bars([Bar(label, value) for label, value in zip(labels, values, strict=False)], width),
        *budget_bars([Budget(label, *budget) for label in labels], width),
        target_bar(labels[0], values[0], values[1], width),
    ]
    assert {strip.cell_length for strip in drawn} == {width}
    assert is_safe(drawn)
    assert all(cell_len(strip.text) == width for strip in drawn)
