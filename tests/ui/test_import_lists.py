"""The lists of the import have the keys of every table."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from textual.app import App, ComposeResult
from textual.widgets import Input

from tests.importing.inboxes import write_file, write_inbox
from tests.ui.hosts import shown, type_text
from tests.ui.import_hosts import ImportHost, cells_of, press, settle, until
from tui_booking.models import Brand, Creator, ImportRun
from tui_booking.ui.widgets.given_table import GivenRow, GivenTable
from tui_booking.ui.widgets.import_files import About
from tui_booking.ui.widgets.import_tables import found_files

BAD = "code,name,mood\nLUNA,Luna,good\n,no code,bad\n,neither,bad\n"
# What is done by the screen alone is the same on any database.
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memory.json"


class TableHost(App[None]):
    def __init__(self, table: GivenTable) -> None:
        super().__init__()
        self.table = table

    def compose(self) -> ComposeResult:
        yield self.table


def write_two(folder: Path) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", "code,name\nLUNA,Luna\n")
    write_file(inbox, "creators", "creator_key,name\nk1,Linh\n")
    return inbox


def names(app: ImportHost) -> list[str]:
    return [row[0] for row in cells_of(app.files.table)]


@on_sqlite
async def test_files_are_searched_sorted_and_filtered_and_all_of_it_is_taken_back(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    app = ImportHost(database_url, write_inbox(tmp_path / "inbox"), memory)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        everything = names(app)
        await press(pilot, "slash")
        await type_text(pilot, "CREÁTOR")
        await settle(pilot)
        found = names(app)
        assert 0 < len(found) < len(everything)
        assert all("creator" in name for name in found)
        assert f"1 of {len(found)}" in shown(app)
        await press(pilot, "enter", "o")
        assert names(app) == sorted(found)
        await press(pilot, "o")
        assert names(app) == sorted(found, reverse=True)
        app.pane.back()
        await settle(pilot)
        assert names(app) == sorted(everything, reverse=True)
        await press(pilot, "f")
        await until(pilot, lambda: "Filter: Files" in shown(app))
        await type_text(pilot, "bookings")
        await press(pilot, "ctrl+s")
        assert names(app) == ["bookings.csv"]
        assert "File: bookings" in shown(app)
        await press(pilot, "h")
        assert "File: bookings" not in shown(app)  # that is of another list
        app.pane.back()
        await settle(pilot)
        assert "File: bookings" in shown(app)
        await press(pilot, "F")
        assert names(app) == everything
        assert "File: bookings" not in shown(app)


async def test_of_the_files_found_those_that_are_marked_go_in(database_url: str, tmp_path: Path, memory: Path) -> None:
    app = ImportHost(database_url, write_two(tmp_path), memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "down", "space", "d")
        assert [file.file for file in app.report.files] == ["creators.csv"]
        await press(pilot, "i")
        assert (Brand.select().count(), Creator.select().count()) == (0, 1)
        assert ImportRun.get().options["only"] == [["creators.csv", ""]]
        app.pane.back()
        await settle(pilot)
        assert "1 marked" in shown(app)
        await press(pilot, "M", "d")
        assert [file.file for file in app.report.files] == ["brands.csv", "creators.csv"]


@on_sqlite
async def test_what_is_wrong_is_narrowed_copied_and_written_into_a_file(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test(size=(120, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "d", "enter")
        every = cells_of(app.view.problem_table)
        await press(pilot, "slash")
        await type_text(pilot, "code")
        await press(pilot, "enter")
        left = cells_of(app.view.problem_table)
        assert 0 < len(left) < len(every)
        assert len(cells_of(app.view.summary)) == 2  # the files are those they were
        await press(pilot, "right", "y")
        assert app.clipboard == left[0][1] == "code"
        await press(pilot, "Y")
        assert app.clipboard.split("\t")[1:3] == ["code", "2"]
        # What is marked is taken along though a search hides it by now.
        await press(pilot, "space", "slash")
        await type_text(pilot, " zzz")
        await settle(pilot)
        assert cells_of(app.view.problem_table) == []
        await press(pilot, "enter", "Y")
        assert app.clipboard.split("\t")[1:3] == ["code", "2"]
        await press(pilot, "x")
        await until(pilot, lambda: bool(app.screen.query(Input)) and app.screen is not app.screen_stack[0])
        app.screen.query_one(Input).value = str(tmp_path / "problems.csv")
        await press(pilot, "enter")
        await until(pilot, (tmp_path / "problems.csv").exists)
        with (tmp_path / "problems.csv").open(encoding="utf-8-sig", newline="") as file:
            head, *rows = csv.reader(file)
        assert head == ["Level", "Column", "Count", "Rows", "Message"]
        assert [row[:3] for row in rows] == [["error", "code", "2"]]
        await press(pilot, "c")
        await until(pilot, lambda: "[x]" in shown(app))
        await press(pilot, "space", "ctrl+s")
        assert app.view.problem_table.shown_columns == ["column", "count", "rows", "message"]
    app = ImportHost(database_url, inbox, memory)
    app.memory.set("columns:problems", ["column", "message"])
    async with app.run_test() as pilot:
        await settle(pilot)
        assert app.view.problem_table.shown_columns == ["column", "message"]


async def test_what_a_run_did_is_seen_whole_from_the_history_and_from_the_sum_of_its_report(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    app = ImportHost(database_url, write_two(tmp_path), memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "d", "i", "end", "v")
        whole = [("created", "brands"), ("created", "creators")]
        assert [row[:2] for row in cells_of(app.records.table)] == whole
        assert "2 records made or last changed" in " ".join(shown(app).split())
        assert "brands 1, creators 1" in " ".join(shown(app).split())
        app.pane.back()
        assert app.shown_view == "report"
        await press(pilot, "h", "v")
        assert [row[:2] for row in cells_of(app.records.table)] == whole
        app.pane.back()
        assert app.shown_view == "history"
        app.pane.back()
        await press(pilot, "v")  # the last run's, from the files
        assert [row[:2] for row in cells_of(app.records.table)] == whole
        app.pane.back()
        assert app.shown_view == "files"


async def test_a_value_far_down_that_comes_later_has_the_room_that_it_needs() -> None:
    table = GivenTable(found_files(is_wide=True), grows="file")
    app = TableHost(table)
    async with app.run_test(size=(80, 24)) as pilot:
        table.show(GivenRow(number, (f"file-{number}", "brands", 1, "1 kB", "")) for number in range(1_500))
        table.change(GivenRow(1_400, ("file-1400", "brands", 1_234_567, "1 kB", "")))
        table.go_to(1_400)
        await pilot.pause()
        assert "1,234,567" in shown(app)


def test_a_number_of_rows_that_is_guessed_says_so() -> None:
    assert f"{About(12345):,.0f}" == "≈ 12,345"
    assert sorted([About(3), 2]) == [2, 3]
