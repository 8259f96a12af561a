"""Whole columns: the fast way and the forgiving way say the same, and every bad cell is named."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_booking.importing.checking import CellProblem, CheckContext, check_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.values import Cell, CellError, read_cell
from tui_booking.models.choices import BookingStatus

SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")
ZONES = [SAIGON, ZoneInfo("Europe/Paris"), ZoneInfo("Australia/Lord_Howe"), ZoneInfo("Asia/Kolkata")]
COLUMNS = [Column(kind.value, kind, choices=BookingStatus if kind is Type.CHOICE else None) for kind in Type]
COLUMNS += [Column("score", Type.WHOLE, minimum=1, maximum=10), Column("refund", Type.MONEY, minimum=None)]

_digits = st.integers(0, 10**20).map(str)
_times = st.builds(
    "{}{}{}{}{}".format,
    st.one_of(
        st.dates().map(str),
        st.dates().map(lambda day: day.strftime("%d/%m/%Y")),
        st.sampled_from(["2026-03-29", "2026-10-25", "2026-04-05"]),
    ),
    st.sampled_from("T "),
    st.one_of(st.times().map(lambda time: time.isoformat()), st.sampled_from(["01:45", "02:30:00", "24:00:00"])),
    st.sampled_from(["", ".5", ".1234567"]),
    st.sampled_from(["", "Z", "+07:00", "-03:30", "+99:99"]),
)
_likely = st.one_of(
    _digits,
    _times,
    st.decimals(allow_nan=False, allow_infinity=False, places=4).map(str),
    st.from_regex(r"[@'=+\-#]?[0-9A-Za-z.,_ \-]{0,8}[%kđ]?", fullmatch=True),
    st.from_regex(r"(\+84|0|84)?[0-9]{9}", fullmatch=True),
    st.from_regex(r"https?://[a-z.]{1,9}/[!-~]{0,9}", fullmatch=True),
    st.from_regex(r"[a-z+.]{1,5}@[a-z.]{1,5}", fullmatch=True),
    st.dates().map(str),
    st.sampled_from(
        ["", "0", "1", "VND", "usd", "#N/A", "--", "n/a", "in_progress", "Hoàn thành", "x", "1\n2", "Err:502"]
    ),
)
cells = st.lists(st.one_of(_likely, _likely, st.text(), st.floats(), st.none()), max_size=8)


def _one_by_one(column: Column, column_cells: list[Cell], zone: ZoneInfo) -> tuple[list[str | None], list[CellProblem]]:
    values: list[str | None] = []
    problems = []
    for index, cell in enumerate(column_cells):
        try:
            value, warning = read_cell(column, cell, zone=zone)
        except CellError as error:
            value, warning = None, None
            problems.append(CellProblem(index, "error", error.message))
        if warning:
            problems.append(CellProblem(index, "warning", warning))
        values.append(value)
    return values, problems


def _same(column: Column, values: list[str | None]) -> list[str | float | None]:
    if column.type is Type.RATE:
        return [None if value is None else float(value) for value in values]
    return list(values)


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@settings(max_examples=150, deadline=None)
@given(column_cells=cells, zone=st.sampled_from(ZONES))
def test_a_whole_column_reads_as_its_cells_do_one_by_one(
    column: Column, column_cells: list[Cell], zone: ZoneInfo
) -> None:
    values, problems = _one_by_one(column, column_cells, zone)
    checked = check_column(column, column_cells, CheckContext(zone))
    assert _same(column, checked.values) == _same(column, values)
    assert sorted(checked.problems, key=lambda problem: problem.index) == problems


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@settings(max_examples=150, deadline=None)
@given(cell=_likely, zone=st.sampled_from(ZONES))
def test_a_cell_reads_the_same_alone_and_among_others(column: Column, cell: str, zone: ZoneInfo) -> None:
    values, problems = _one_by_one(column, [cell], zone)
    alone = check_column(column, [cell], CheckContext(zone))
    among = check_column(column, ["", cell, "?\x00"], CheckContext(zone))
    assert _same(column, alone.values) == _same(column, values)
    assert alone.problems == problems
    assert _same(column, among.values[1:2]) == _same(column, values)


def test_clean_cells_keep_their_text_and_empty_ones_are_none() -> None:
    checked = check_column(Column("n", Type.WHOLE), ["12000", "", "0", None], CheckContext(SAIGON))
    assert checked.values == ["12000", None, "0", None]
    assert checked.problems == []


def test_each_bad_cell_is_named_and_the_good_ones_are_read() -> None:
    cells: list[Cell] = ["1", "x", "12.000", "-1", ""]
    checked = check_column(Column("n", Type.WHOLE), cells, CheckContext(SAIGON))
    assert checked.values == ["1", None, "12000", None, None]
    assert [(problem.index, problem.level) for problem in checked.problems] == [(1, "error"), (3, "error")]


def test_an_amount_is_read_in_the_currency_of_its_own_row() -> None:
    context = CheckContext(SAIGON, currencies=["VND", "USD", None])
    checked = check_column(Column("fee", Type.MONEY), ["1.500", "1.500", "1.500"], context)
    assert checked.values == ["150000", None, "150000"]
    assert [problem.index for problem in checked.problems] == [1]


def test_a_number_that_is_no_phone_is_a_warning_and_stays() -> None:
    checked = check_column(Column("phone", Type.PHONE), ["0901234567", "chị Lan"], CheckContext(SAIGON))
    assert checked.values == ["+84901234567", "chị Lan"]
    assert [(problem.index, problem.level) for problem in checked.problems] == [(1, "warning")]


def test_the_order_of_day_and_month_is_asked_for_and_not_remembered() -> None:
    column = Column("day", Type.DATE)
    assert check_column(column, ["02/01/2026"], CheckContext(SAIGON)).values == ["2026-01-02"]
    assert check_column(column, ["02/01/2026"], CheckContext(SAIGON, month_first=True)).values == ["2026-02-01"]
    moment = Column("moment", Type.TIME)
    assert check_column(moment, ["02/01/2026 07:00"], CheckContext(SAIGON)).values == ["2026-01-02 00:00:00.000000"]
    us = check_column(moment, ["02/01/2026 07:00"], CheckContext(SAIGON, month_first=True))
    assert us.values == ["2026-02-01 00:00:00.000000"]


def test_a_column_without_rows_is_empty() -> None:
    for column in COLUMNS:
        assert check_column(column, [], CheckContext(SAIGON)).values == []
