"""What the report of an import promises whoever reads it in a terminal."""

from __future__ import annotations

import pytest

from tui_booking.cli.reports import render_report
from tui_booking.importing.report import FileReport, Message, Report

LONG_NAME = "payments-of-the-whole-november-campaign-2026.xlsx"


def a_report(**given: object) -> Report:
    files = [
        FileReport("brands.csv", None, "brands", rows=1_000_000, created=999_999, updated=1),
        FileReport(LONG_NAME, "Tháng 11", "payments", "partly_imported", rows=3, created=2, errors=1),
        FileReport("holiday.jpg", status="not_recognised"),
    ]
    return Report(dry_run=False, database="sqlite", files=files, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("width", [80, 100, 200])
def test_the_table_fits_the_terminal_and_keeps_every_count(width: int) -> None:
    table = render_report(a_report(), width).split("\n\n")[0].splitlines()
    assert max(map(len, table)) <= width
    assert "1,000,000" in table[2]
    assert "999,999" in table[2]


def test_a_long_name_that_is_cut_keeps_its_ends() -> None:
    line = render_report(a_report(), 80).splitlines()[3]
    assert line.startswith("pay")
    assert "11]" in line
    assert "…" in line


def test_without_a_terminal_nothing_is_cut() -> None:
    assert LONG_NAME in render_report(a_report()).splitlines()[3]


def test_equal_messages_about_several_values_are_one_line_with_their_rows() -> None:
    report = a_report()
    report.files[0].messages = [
        Message("error", "not a whole number", row, "view_count", value)
        for row, value in ((4, "x"), (9, "y"), (12, "z"), (13, "zz"))
    ]
    lines = [line for line in render_report(report).splitlines() if "view_count" in line]
    assert lines == ["  error: rows 4, 9, 12, 13, view_count, 'x', 'y', 'z' …: not a whole number"]


def test_messages_beyond_the_shown_ones_are_counted() -> None:
    report = a_report()
    report.files[0].messages = [Message("error", f"problem {number}", number) for number in range(2, 52)]
    report.files[0].messages_left_out = 7
    text = render_report(report)
    assert "problem 21" in text
    assert "problem 22" not in text
    assert "30 more messages" in text
    assert "7" in text.split("30 more messages")[1]


def test_where_all_messages_are_shown_only_those_in_no_report_are_counted() -> None:
    report = a_report()
    report.files[0].messages = [Message("error", "problem", 2)]
    report.files[0].messages_left_out = 7
    assert "  … 7 more messages are in no report; --rejects writes every bad row" in render_report(report).splitlines()


def test_what_a_terminal_would_obey_is_written_out() -> None:
    report = a_report()
    report.files[0].file = "brands\x1b[2J.csv"
    report.files[0].messages = [Message("error", "no such brand", 2, "code", "\x1b]0;owned\x07\u202e")]
    text = render_report(report, 80)
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\u202e" not in text


def test_a_run_that_was_stopped_says_that_the_file_under_way_left_nothing() -> None:
    assert "Stopped." in render_report(a_report(cancelled=True))
    assert "rolled back" in render_report(a_report(cancelled=True)).splitlines()[-1]
