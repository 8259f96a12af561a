"""The section Import on a small screen, and with names and texts that a hostile hand wrote."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.importing.inboxes import write_file, write_inbox
from tests.ui.hosts import is_safe, shown
from tests.ui.import_hosts import ImportHost, press, settle, until
from tui_booking.ui.screens.file_picker import FilePicker
from tui_booking.ui.screens.row_as_read import RowAsRead

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

MARKUP = "[KOC] [bold]Linh[-KOC]"
CONTROL = "\x1b[31m\u202egnirts\u202c\x9b2J"


def hostile_inbox(folder: Path) -> Path:
    folder.mkdir()
    name = f"brands-{MARKUP}" if sys.platform == "win32" else f"brands-{MARKUP}\x1b]0;x\x07{CONTROL}"
    write_file(folder, name, f"code,name,{CONTROL}\n{MARKUP},{CONTROL}[/],x\n,[/KOC],y\n")
    book = Workbook()
    book.worksheets[0].title = "products 【bold】"
    book.worksheets[0].append(["brand_code", "code", "name", "[/KOC]"])
    book.worksheets[0].append(["NONE", "[/]", "_x001B_[31m[bold]"])
    book.create_sheet("creators")
    book.worksheets[1].append(["creator_key", "name", "gender"])
    book.worksheets[1].append(["[/x]", "[KOC] Linh", "[/red]"])
    book.save(folder / "[bold] all.xlsx")
    return folder


async def test_whatever_files_hold_is_shown_and_never_obeyed(database_url: str, tmp_path: Path) -> None:
    app = ImportHost(database_url, hostile_inbox(tmp_path / "inbox"), tmp_path / "memory.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert is_safe(app)
        assert "brands-[KOC] [bold]" in shown(app)
        for key in ("down", "down", "d", "end", "tab"):
            await press(pilot, key)
            assert is_safe(app)
        assert len(app.report.files) == 3
        for _ in app.view.problems:
            await press(pilot, "enter")
            assert isinstance(app.screen, RowAsRead)
            assert is_safe(app)
            await press(pilot, "escape", "down")
        await press(pilot, "O", "down", "space", "O", "i")
        await press(pilot, "y", "v", "h", "enter")
        assert is_safe(app)
        await press(pilot, "f3")
        await until(pilot, lambda: isinstance(app.screen, FilePicker))
        await settle(pilot)
        assert is_safe(app)
        assert "brands-[KOC] [bold]" in shown(app)


@pytest.mark.skipif(sys.platform != "linux", reason="only here a file's name may be no text")
async def test_a_file_whose_name_is_no_text_is_picked_and_imported(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    os.rename(os.fsencode(inbox / "brands.csv"), os.fsencode(inbox) + b"/brands-\xff\xe1.csv")  # noqa: PTH104
    app = ImportHost(database_url, inbox, tmp_path / "memory.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "f3")
        await until(pilot, lambda: isinstance(app.screen, FilePicker))
        await settle(pilot)
        picker = app.screen
        assert isinstance(picker, FilePicker)
        picker.lines.cursor = next(
            place for place, entry in enumerate(picker.entries) if entry.name.startswith("brands-")
        )
        await press(pilot, "enter")
        await until(pilot, lambda: len(app.files.files) == 1)
        assert "brands-\\udcff\\udce1.csv" in app.place
        await press(pilot, "p", "enter")  # as it stands there it is no path, but still the one that was picked
        await press(pilot, "d")
        assert app.report.files[0].created == 2
        assert is_safe(app)


async def test_everything_finds_room_on_a_small_screen(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox", brands="code,name\nLUNA,Luna\n,no code\n")
    app = ImportHost(database_url, inbox, tmp_path / "memory.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert {"brands.csv", "payments.csv", "all columns known", "Columns: code, name"} <= words_of(app)
        await press(pilot, "O")
        assert {"Create missing", "Month first", "brands.csv"} <= words_of(app)
        await press(pilot, "O", "d")
        words = {"Dry run, nothing was written: ", "brands.csv", "would be rolled", "new", "err.", "✗ error", "code"}
        assert words <= words_of(app)
        await press(pilot, "tab", "enter")
        assert {"Row 3 as it was read", "no code", "Esc leaves"} <= words_of(app)
        await press(pilot, "escape", "h")
        assert {"Started", "Errors", "Path", "Nothing was imported yet."} <= words_of(app)
        await press(pilot, "f3")
        await until(pilot, lambda: isinstance(app.screen, FilePicker))
        await settle(pilot)
        assert {"[ Use this folder ]", "15 files to import", "bookings.csv", "Esc leaves"} <= words_of(app)


class words_of:  # noqa: N801  # reads as a set of all that stands on the screen
    """What stands on the screen; `{…} <= words_of(app)` says which words do not where some do not."""

    def __init__(self, app: ImportHost) -> None:
        self.text = shown(app)

    def __ge__(self, words: set[str]) -> bool:
        missing = [word for word in words if word not in self.text]
        assert not missing, f"{missing} not in\n{self.text}"
        return True


async def test_a_folder_of_many_files_stays_quick_to_move_in(database_url: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in range(3_000):
        (inbox / f"note-{number:04}.txt").touch()
    write_file(inbox, "brands", "code,name\nLUNA,Luna\n")
    app = ImportHost(database_url, inbox, tmp_path / "memory.json")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert len(app.files.files) == 3_001
        await press(pilot, "end")
        assert "note-2999.txt" in shown(app)
        await press(pilot, "d")
        assert app.report.files[0].created == 1
