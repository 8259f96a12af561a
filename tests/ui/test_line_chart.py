"""Lines over days: exactly what is drawn, and that any series at all draws within its size."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from tests.ui.drawings import is_safe, speaking, texts
from tui_booking.language import Language
from tui_booking.ui.widgets.drawing import Ink, simply
from tui_booking.ui.widgets.line_chart import Point, line_chart, sparkline

START = date(2026, 3, 2)


def by_day(*values: float | Decimal | None, start: date = START) -> list[Point]:
    return [(start + timedelta(days=day), value) for day, value in enumerate(values)]


def test_a_line_stands_over_its_days_with_ticks_in_human_numbers() -> None:
    assert texts(line_chart(by_day(0, 500_000, 1_400_000, 900_000, 0), 42, 9, caption="Views by day")) == [
        "Views by day  2 Mar – 6 Mar 2026          ",
        "     │                ⣀⠔⠉⠒⠤⣀              ",
        "  1M ┤             ⢀⡠⠊      ⠉⠒⠤⣀          ",
        "     │           ⢀⠔⠁            ⠉⠢⢄       ",
        "500k ┤        ⢀⡠⠒⠁                 ⠑⢄     ",
        "     │    ⣀⡠⠔⠊⠁                      ⠉⠢⡀  ",
        "   0 ┤⣀⠤⠒⠉                             ⠈⠑⢄",
        "     └┬────────┬────────┬───────┬────────┬",
        "      2 Mar  3 Mar    4 Mar   5 Mar  6 Mar",
    ]


def test_numbers_and_days_are_told_in_the_language_that_is_spoken() -> None:
    with speaking("vi"):
        drawn = texts(line_chart(by_day(0, 700_000, 1_400_000), 60, 8, caption="Lượt xem"))
    assert "1,4tr" in drawn[0]
    assert any("1tr ┤" in line[:8] for line in drawn)
    assert drawn[-1].split() == ["02/03", "03/03", "04/03"]


def test_a_day_that_is_not_known_leaves_a_gap_in_the_line() -> None:
    whole = texts(line_chart(by_day(*[5] * 9), 40, 6))
    broken = texts(line_chart(by_day(5, 5, 5, None, None, None, 5, 5, 5), 40, 6))
    drawn_whole, drawn_broken = (next(line for line in lines if "⠉" in line) for lines in (whole, broken))
    assert " " not in drawn_whole.split("┤")[1]
    assert len(drawn_broken.split("┤")[1].split()) == 2


def test_a_single_value_is_a_dot_that_is_seen() -> None:
    drawn = texts(line_chart(by_day(1_200), 40, 7, caption="Views"))
    assert drawn[0].startswith("Views  2 Mar 2026 · most 1.2k on 2 Mar")
    assert sum("⠛" in line for line in drawn) == 1


@pytest.mark.parametrize("value", [0, 7, -7, Decimal("1E+30"), Decimal("1E-310")])
def test_equal_values_are_a_level_line(value: float | Decimal) -> None:
    drawn = texts(line_chart(by_day(*[value] * 20), 50, 8))
    assert sum(any("\u2801" <= char <= "\u28ff" for char in line) for line in drawn) == 1


def test_values_below_zero_show_where_zero_is() -> None:
    drawn = texts(line_chart(by_day(-5, -2, 3, 6), 40, 10))
    zero = next(row for row, line in enumerate(drawn) if line.split("┤")[0].strip() == "0")
    assert 1 < zero < 7
    assert any(line.split("┤")[0].strip() == "-5" for line in drawn[zero:])


def test_what_only_grows_may_leave_zero_out() -> None:
    drawn = texts(line_chart(by_day(1_400_000, 1_402_000, 1_404_000), 40, 9, from_zero=False))
    ticks = [line.split("┤")[0].strip() for line in drawn if "┤" in line]
    assert ticks == ["1.404M", "1.402M", "1.4M"]


def test_nothing_known_says_so() -> None:
    for points in ([], by_day(None, None), by_day(float("nan"), float("inf"))):
        assert texts(line_chart(points, 40, 4, caption="Views"))[:2] == [
            "Views".ljust(40),
            "Nothing to draw yet.".ljust(40),
        ]


def test_where_a_chart_finds_no_room_a_spark_is_left() -> None:
    drawn = texts(line_chart(by_day(1, 8, None, 4), 12, 4, caption="Views"))
    assert drawn == ["Views       ", "▁█ ▄        ", " " * 12, " " * 12]
    assert sparkline([1, 1, 1], 9) == "▁▁▁"
    assert sparkline([None], 9) == ""
    assert len(sparkline(list(range(1_000)), 9)) == 9


def test_a_terminal_without_braille_gets_letters() -> None:
    drawn = texts(simply(line_chart(by_day(*range(40)), 50, 9, caption="Views")))
    assert all(line.isascii() for line in drawn)
    assert any("." in line.split("|")[-1] for line in drawn[1:-2])


def test_a_line_is_few_segments_however_wide_it_is() -> None:
    ink = Ink(muted=Style(dim=True), line=Style(color="cyan"), strong=Style(bold=True))
    drawn = line_chart(by_day(*range(90)), 160, 30, ink, caption="Views")
    assert max(len(list(strip)) for strip in drawn) <= 4


@pytest.mark.parametrize("days", [1, 2, 5, 9, 31, 92, 366, 1_500, 20_000, 700_000])
@pytest.mark.parametrize("width", [20, 41, 80, 160])
def test_dates_under_the_axis_never_overlap(days: int, width: int) -> None:
    points: list[Point] = [(date(3, 1, 15), 1), (date(3, 1, 15) + timedelta(days=days), 2)]
    labels = texts(line_chart(points, width, 8))[-1]
    axis = texts(line_chart(points, width, 8))[-2]
    ends = [index for index, (one, two) in enumerate(pairwise(labels + "  ")) if one != " " and two == " "]
    assert axis.count("┬") >= 1
    # Each label has two words at most, so that two blanks are between neighbours.
    assert len([part for part in labels.split("  ") if part.strip()]) == axis.count("┬")
    assert ends


numbers = st.one_of(
    st.none(),
    st.integers(),
    st.integers(min_value=10**300, max_value=10**400),
    st.floats(),
    st.decimals(allow_nan=True, allow_infinity=True),
)
series = st.lists(st.tuples(st.dates(), numbers), max_size=40).map(lambda found: sorted(found, key=lambda it: it[0]))


@given(
    points=series,
    width=st.integers(0, 120),
    height=st.integers(0, 30),
    caption=st.text(max_size=40),
    from_zero=st.booleans(),
    language=st.sampled_from(["en", "vi"]),
)
def test_any_series_draws_within_its_size_and_safely(
    *, points: list[Point], width: int, height: int, caption: str, from_zero: bool, language: Language
) -> None:
    with speaking(language):
        drawn = line_chart(points, width, height, caption=caption, from_zero=from_zero)
    assert len(drawn) == height
    assert {strip.cell_length for strip in drawn} <= {width}
    assert is_safe(drawn)
