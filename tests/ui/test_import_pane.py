"""The section Import from the path to the report: what it shows, and that it says what the command says."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.importing.inboxes import write_file, write_inbox
from tests.ui.hosts import shown
from tests.ui.import_hosts import ImportHost, cells_of, pick_folder, press, settle, until
from tui_booking.cli.main import main
from tui_booking.importing.inbox import find_sources
from tui_booking.models import Brand, ImportRun
from tui_booking.paths import sample_inbox_folder, templates_folder
from tui_booking.ui.screens.confirm import Confirm
from tui_booking.ui.screens.file_picker import FilePicker
from tui_booking.ui.screens.row_as_read import RowAsRead
from tui_booking.ui.widgets.import_options import OptionSwitches
from tui_booking.ui.widgets.lines import Lines

BAD = "code,name,mood\nLUNA,Luna,good\n,no code,bad\n,neither,bad\n"


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memory.json"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    return write_inbox(tmp_path / "inbox")


async def test_dry_run_then_report_then_import(database_url: str, inbox: Path, memory: Path) -> None:
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        assert [file.source.kind.name for file in app.files.files if file.source.kind][:2] == ["brands", "products"]
        assert "all columns known" in shown(app)
        await press(pilot, "O", "space", "O", "d")
        assert app.shown_view == "report"
        assert app.text_of("verdict").startswith("Dry run, nothing was written: 15 of 15 files would go in")
        tried = app.report.totals
        assert Brand.select().count() == 0
        assert app.told == []
        await press(pilot, "i")
        assert not isinstance(app.screen, Confirm)
        assert app.text_of("verdict").startswith("15 of 15 files went in")
        assert app.report.totals == tried
        assert Brand.select().count() == 2
        assert [type(told).__name__ for told in app.told] == ["DataChanged"]
        await press(pilot, "escape")
        app.pane.back()
        assert app.shown_view == "files"
        await press(pilot, "l")
        assert app.shown_view == "report"


async def test_what_was_not_tried_is_asked_about_before_it_goes_in(
    database_url: str, inbox: Path, memory: Path
) -> None:
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "i")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        await press(pilot, "n")
        assert ImportRun.select().count() == 0
        await press(pilot, "d", "O", "space", "O", "i")
        await until(pilot, lambda: isinstance(app.screen, Confirm))  # the options are others now
        await press(pilot, "y")
        await until(pilot, lambda: ImportRun.select().count() == 1)
        await settle(pilot)
        assert app.report.ok


@pytest.mark.parametrize("folder", ["data_import", "import_templates"])
@pytest.mark.parametrize("dry_run", [True, False])
async def test_the_screen_says_what_the_command_says(  # noqa: PLR0917  # fixtures
    new_database: NewDatabase,
    tmp_path: Path,
    memory: Path,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    dry_run: bool,
) -> None:
    path = {"data_import": sample_inbox_folder, "import_templates": templates_folder}[folder]()
    json_file = tmp_path / "report.json"
    command = ["--database", new_database(), "import", "--path", str(path), "--report", str(json_file)]
    main([*command, *(["--dry-run"] if dry_run else [])])
    printed = capsys.readouterr().out.splitlines()
    app = ImportHost(new_database(), path, memory)
    async with app.run_test(size=(140, 50)) as pilot:
        await settle(pilot)
        await press(pilot, "d")
        if not dry_run:
            await press(pilot, "i")
        said, told = app.report.to_json(), json.loads(json_file.read_text("utf-8"))
        for report in (said, told):
            del report["seconds"]
            for file in report["files"]:
                del file["seconds"]
        assert said == told
        table = [line for line in printed[:60] if line.split() and not line.startswith(" ")]
        for row in cells_of(app.view.summary):
            words = " ".join(cell for cell in row if cell != "–").split()
            assert any(line.split() == words for line in table), row
        app.view.summary.move_to(len(app.report.files))
        await settle(pilot)
        assert {f"  {problem.line}" for problem in app.view.problems} == {
            line for line in printed if line.startswith(("  error", "  warning", "  info"))
        }


async def test_problems_are_grouped_by_file_and_column_and_lead_to_the_row_as_read(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "1 unknown column" in shown(app)
        assert "Not known and left alone: mood" in shown(app)
        await press(pilot, "d")
        assert app.report.files[0].status == "rolled_back"
        told = cells_of(app.view.problem_table)
        errors = [row for row in told if row[0] == "✗ error"]
        assert [row[1:4] for row in errors] == [("code", "2", "3, 4")]
        await press(pilot, "enter")
        app.view.problem_table.move_to(told.index(errors[0]))
        await press(pilot, "enter")
        dialog = app.screen
        assert isinstance(dialog, RowAsRead)
        cells = dialog.query_one("#cells", Lines)
        assert cells.rows == [("code", "code ←", ""), ("name", "name", "no code"), ("mood", "", "bad")]
        assert "Row 3 as it was read · 1 of 2" in shown(app)
        await press(pilot, "n")
        assert cells.rows[1][2] == "neither"
        write_file(inbox, "brands", BAD.replace("no code", "another"))
        await press(pilot, "p")
        assert cells.rows[1][2] == "another"
        assert "has changed since" in shown(app)
        (inbox / "brands.csv").unlink()
        await press(pilot, "n")
        assert "is gone" in shown(app)
        await press(pilot, "escape")
        assert app.shown_view == "report"


async def test_bad_rows_the_report_and_sample_files_are_saved_where_one_says(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "O", "down", "space", "O", "d", "i")
        assert app.report.files[0].status == "partly_imported"
        await press(pilot, "b")
        await pick_folder(pilot, tmp_path / "bad")
        await until(pilot, lambda: not app.pane.is_importing and bool(app.report.files[0].rejects))
        assert (tmp_path / "bad" / "brands.rejects.csv").read_text("utf-8-sig").splitlines()[0] == (
            "code,name,mood,import_errors"
        )
        assert not app.report.dry_run  # the report is still that of the import
        assert "bad rows:" in shown(app)
        await press(pilot, "w")
        await pick_folder(pilot, tmp_path / "reports")
        await until(pilot, lambda: any("The report is in" in said for said in app.said))
        (told,) = (tmp_path / "reports").glob("*.json")
        assert json.loads(told.read_text("utf-8"))["totals"] == app.report.totals
        (text,) = (tmp_path / "reports").glob("*.txt")
        assert app.view.problems[0].line in text.read_text("utf-8")
        await press(pilot, "t")
        await pick_folder(pilot, tmp_path / "samples")
        await until(pilot, lambda: app.pane.head.path == tmp_path / "samples")
        await settle(pilot)
        assert len(app.files.files) == len(find_sources(tmp_path / "samples"))
        await press(pilot, "t")
        await pick_folder(pilot, tmp_path / "samples")
        await until(pilot, lambda: isinstance(app.screen, Confirm))
        assert "Replace 16 files?" in shown(app)
        await press(pilot, "escape")


async def test_the_history_tells_what_a_run_did_and_leads_to_its_records(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", "code,name\nLUNA,Luna\nSUN,Nắng\n")
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "h")
        assert "Nothing was imported yet." in shown(app)
        app.pane.back()
        await press(pilot, "d", "i")
        write_file(inbox, "brands", "code,name\nLUNA,Luna mới\n,x\n")
        await press(pilot, "O", "down", "space", "O", "d", "i")
        await press(pilot, "h")
        lines = [line.split() for line in shown(app).splitlines() if " yes " in line or " no " in line]
        runs = [[word for word in line if word in ("yes", "no") or word.isdigit()][:4] for line in lines]
        assert runs == [["no", "0", "1", "1"], ["yes", "2", "0", "0"]]
        await press(pilot, "enter")
        assert app.text_of("title").startswith("Run of ")
        assert app.report.files[0].updated == 1
        await press(pilot, "v")
        assert app.shown_view == "records"
        assert [row[:3] for row in cells_of(app.records.table)] == [("updated", "brands", "LUNA · Luna mới")]
        assert "1 record made or last changed between" in shown(app)
        await press(pilot, "enter")
        told = app.told[-1]
        assert (told.kind, told.id) == ("brand", Brand.get(code="LUNA").id)  # type: ignore[attr-defined]
        for view in ("report", "history", "files"):
            app.pane.back()
            assert app.shown_view == view
        await press(pilot, "l", "v")
        assert app.shown_view == "records"


async def test_a_row_of_a_past_run_is_read_from_where_the_file_was(
    database_url: str, tmp_path: Path, memory: Path
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "brands", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "d", "i", "h", "enter", "enter", "end", "enter")
        assert isinstance(app.screen, RowAsRead)
        assert "no code" in shown(app)


async def test_where_there_is_nothing_one_is_told_what_to_do(database_url: str, tmp_path: Path, memory: Path) -> None:
    app = ImportHost(database_url, tmp_path / "nowhere", memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        assert "there is nothing at" in shown(app)
        assert "t writes sample files" in shown(app)
        await press(pilot, "d")  # it says so again, and nothing breaks
        assert "there is nothing at" in shown(app)
        (tmp_path / "nowhere").mkdir()
        (tmp_path / "nowhere" / "holiday.jpg").write_bytes(b"x")
        await press(pilot, "r")
        assert "not recognised" in shown(app)
        assert "t writes sample files" in shown(app)
        assert "there is nothing at" not in shown(app)


async def test_the_path_is_written_completed_and_remembered(
    database_url: str, inbox: Path, memory: Path, tmp_path: Path
) -> None:
    app = ImportHost(database_url, tmp_path / "elsewhere", memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "p")
        field = app.pane.head.field
        field.value = f"{tmp_path}{os.sep}inb"
        await press(pilot, "tab")
        assert field.value == f"{inbox}{os.sep}"
        await press(pilot, "b", "r", "tab")
        assert field.value == f"{inbox}{os.sep}brands.csv"
        await press(pilot, "enter")
        assert [file.name for file in app.files.files] == ["brands.csv"]
        assert app.memory.get("import.path") == str(inbox / "brands.csv")
        await press(pilot, "p", "8", "escape")  # a digit is a letter of a path here
        app.pane.back()
        assert app.pane.head.path == inbox / "brands.csv"
        await press(pilot, "f3")
        await until(pilot, lambda: isinstance(app.screen, FilePicker))
        await settle(pilot)
        await press(pilot, "f2")
        await until(pilot, lambda: len(app.files.files) == 15)


async def test_an_option_says_what_it_does_as_it_is_set(database_url: str, inbox: Path, memory: Path) -> None:
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "O")
        assert "an unknown reference is an error of its row" in shown(app)
        await press(pilot, "space")
        assert "an unknown reference makes a placeholder" in shown(app)
        assert "Options (O): Create missing: on" in shown(app)
        await press(pilot, "down", "right", "down", "down", "down", "left")
        values = app.pane.query_one(OptionSwitches).values
        assert values == {
            "create_missing": True,
            "on_error": "skip",
            "blank": "keep",
            "restore_deleted": False,
            "format": "xlsx",
            "encoding": None,
            "month_first": False,
        }
        assert app.files.files == []  # all are CSV files
        await press(pilot, "O")
        assert "Option  " not in shown(app)


async def test_what_became_of_a_file_stands_beside_it_until_it_is_looked_at_again(
    database_url: str, inbox: Path, memory: Path
) -> None:
    write_file(inbox, "brands", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test(size=(110, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "d")
        app.pane.back()
        await settle(pilot)
        assert "rolled back: 1 skip, 2 err." in shown(app)
        await press(pilot, "r")
        assert "rolled back" not in shown(app)


async def test_all_bad_rows_files_are_named_or_counted(database_url: str, inbox: Path, memory: Path) -> None:
    for number in range(5):
        write_file(inbox, f"brands-{number}", BAD)
    app = ImportHost(database_url, inbox, memory)
    async with app.run_test(size=(100, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "d", "b")
        await pick_folder(pilot, inbox.parent / "bad")
        await until(pilot, lambda: "more, each told where its file is" in app.text_of("facts"))
        bad = [file for file in app.report.files if file.rejects]
        assert f"… and {len(bad) - 3} more" in app.text_of("facts")
        app.view.summary.go_to(app.report.files.index(bad[-1]))
        await settle(pilot)
        assert str(bad[-1].rejects) in app.text_of("whole").replace("\n", "")
