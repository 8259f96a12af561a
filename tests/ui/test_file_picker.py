"""Choosing a file or a folder by keys, and paths that complete themselves."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.ui.hosts import Host, settle, shown
from tui_booking.errors import BookingCenterError
from tui_booking.ui.screens.file_picker import FilePicker, list_folder
from tui_booking.ui.widgets.path_input import PathInput, complete_path, path_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two folders, files to import and others, and what is hidden."""
    for name in ("archive", "Tháng 11", ".secret"):
        (tmp_path / name).mkdir()
    for name in ("brands.csv", "Bookings.xlsx", "holiday.jpg", "old.xls", ".hidden.csv", "~$Bookings.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "archive" / "payments.csv").write_bytes(b"x")
    return tmp_path


def test_folders_come_first_and_hidden_files_are_hidden(folder: Path) -> None:
    entries = list_folder(folder, "import", hidden=False)
    assert [entry.name for entry in entries] == [
        "archive", "Tháng 11", "Bookings.xlsx", "brands.csv", "holiday.jpg", "old.xls",
    ]  # fmt: skip
    assert [entry.name for entry in entries if not entry.is_offered] == ["holiday.jpg", "old.xls"]
    assert len(list_folder(folder, "import", hidden=True)) == len(entries) + 3
    assert not any(entry.is_offered for entry in list_folder(folder, "folder", hidden=False) if not entry.is_folder)


def test_a_folder_that_cannot_be_read_says_why(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(BookingCenterError, match="Permission denied"):
        list_folder(folder, "import", hidden=False)


async def test_a_file_is_chosen_by_its_letter_and_a_folder_by_entering_it(folder: Path) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, FilePicker("Which?", folder))
        assert "brands" in shown(app)
        assert ".hidden.csv" not in shown(app)
        await pilot.press("b", "b", "enter")
        await settle(pilot)
        assert app.answers == [folder / "brands.csv"]
        await app.ask(pilot, FilePicker("Which?", folder))
        await pilot.press("a", "enter")
        await settle(pilot)
        await pilot.press("p", "enter")
        await settle(pilot)
        assert app.answers[-1] == folder / "archive" / "payments.csv"
        await app.ask(pilot, FilePicker("Which?", folder / "archive" / "gone" / "deeper"))
        await pilot.press("backspace")
        await settle(pilot)
        picker = app.screen
        assert isinstance(picker, FilePicker)
        assert picker.folder == folder
        assert picker.entries[picker.lines.cursor].name == "archive"  # where one came from
        await pilot.press("full_stop")
        await settle(pilot)
        assert ".hidden.csv" in shown(app)
        await pilot.press("h", "enter")
        await settle(pilot)
        assert "This is no CSV file" in shown(app)
        await pilot.press("home", "enter")
        await settle(pilot)
        assert app.answers[-1] == folder


async def test_a_folder_that_is_not_there_yet_may_be_named(folder: Path) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, FilePicker("Where?", folder, "folder"))
        await pilot.press("b", "enter")
        await settle(pilot)
        assert "Choose a folder." in shown(app)
        field = app.screen.query_one(PathInput)
        field.focus()
        field.value = str(folder / "new" / "one")
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == [folder / "new" / "one"]
        await app.ask(pilot, FilePicker("What?", folder, "import"))
        field = app.screen.query_one(PathInput)
        field.focus()
        field.value = str(folder / "new")
        await pilot.press("enter")
        await settle(pilot)
        assert "There is nothing at" in shown(app)
        await pilot.press("escape")
        await settle(pilot)
        assert app.answers[-1] is None


def test_a_path_is_completed_as_far_as_there_is_one_way(folder: Path) -> None:
    start = f"{folder}{os.sep}"
    assert complete_path(f"{start}arc").text == f"{start}archive{os.sep}"
    assert complete_path(f"{start}br").text == f"{start}brands.csv"
    assert complete_path(f"{start}b").text == f"{start}brands.csv"  # what is written so comes before Bookings
    assert complete_path(f"{start}BOO").text == f"{start}Bookings.xlsx"
    assert complete_path(f"{start}hol").names == ()  # a picture is not imported
    assert complete_path(f"{start}.h").text == f"{start}.hidden.csv"
    assert complete_path(f"{start}nothing").text == f"{start}nothing"
    assert ".secret" not in "".join(complete_path(start).names)
    assert complete_path(f"{folder / 'gone'}{os.sep}x").names == ()


def test_names_that_differ_in_case_alone_are_completed_to_what_they_share(tmp_path: Path) -> None:
    for name in ("Data one", "data two"):
        (tmp_path / name).mkdir()
    completion = complete_path(f"{tmp_path}{os.sep}DA")
    assert completion.text == f"{tmp_path}{os.sep}Data "
    assert completion.names == (f"Data one{os.sep}", f"data two{os.sep}")


def test_the_home_is_understood_and_nobodys_home_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert path_of("~/x") == tmp_path / "x"
    assert path_of(" x ") == Path.cwd() / "x"
    with pytest.raises(BookingCenterError, match="nobody-of-this-name"):
        path_of("~nobody-of-this-name/x")
