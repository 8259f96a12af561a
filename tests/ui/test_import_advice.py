"""What the import advises, on the screen: by the switches and keys that are there, not by the command's options."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.importing.inboxes import write_file
from tests.ui.hosts import shown
from tests.ui.import_hosts import ImportHost, press, settle
from tui_booking import importing
from tui_booking.importing.report_text import report_as_text
from tui_booking.language import speak
from tui_booking.ui.widgets.import_options import by_switches

# What is said on the command line alone: by its report and the file of it, and by exports.
COMMAND_ALONE = ("report_text.py", "report_file.py", "export_files.py")


def advice_of_the_importer() -> list[str]:
    """Every text of the importer that names an option of the command."""
    assert importing.__file__ is not None
    found = []
    for file in sorted(Path(importing.__file__).parent.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        documents = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documents
            if is_text and re.search(r"--[a-z]", node.value) and file.name not in COMMAND_ALONE:  # type: ignore[attr-defined]
                found.append(node.value)  # type: ignore[attr-defined]
    return found


def test_every_option_that_is_advised_is_a_switch_or_a_key_of_the_screen() -> None:
    told = advice_of_the_importer()
    assert len(told) > 5
    assert [text for text in told if "--" in by_switches(text)] == []


@pytest.mark.parametrize(
    ("advice", "english", "vietnamese"),
    [
        ("let --create-missing make it", "let “Create missing” make it", "let “Tạo mục còn thiếu” make it"),
        ("try --encoding cp1258, or", "try “Encoding: cp1258”, or", "try “Bảng mã: cp1258”, or"),
        ("without --encoding; as", "without “Encoding”; as", "without “Bảng mã”; as"),
        ("a -- b --no-such-thing", "a -- b --no-such-thing", "a -- b --no-such-thing"),
    ],
)
def test_an_option_is_named_as_its_switch_is(advice: str, english: str, vietnamese: str) -> None:
    assert by_switches(advice) == english
    speak("vi")
    assert by_switches(advice) == vietnamese


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_report_advises_the_switch_and_the_command_its_option(database_url: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    write_file(inbox, "bookings.csv", "code,campaign,creator,fee\nB1,NO-SUCH,--create-missing,1000\n")
    app = ImportHost(database_url, inbox, tmp_path / "memory.json")
    async with app.run_test(size=(200, 40)) as pilot:
        await settle(pilot)
        await press(pilot, "d")
        assert "or let “Create missing” make it" in shown(app)
        assert "let --create-missing" not in shown(app)
        # What a file says is shown as it is.
        assert "'--create-missing'" in shown(app)
        assert "or let --create-missing make it" in report_as_text(app.report, str)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_file_of_another_encoding_is_advised_the_switch(database_url: str, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "brands.csv").write_bytes("code,name\nB1,Hương Sắc\n".encode("utf-16-le"))
    app = ImportHost(database_url, inbox, tmp_path / "memory.json")
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        assert "Try “Encoding: utf-16-le”" in shown(app)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_where_nothing_is_found_no_command_is_named(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    app = ImportHost(database_url, tmp_path / "inbox", tmp_path / "memory.json")
    async with app.run_test(size=(160, 40)) as pilot:
        await settle(pilot)
        assert "Nothing to import was found." in shown(app)
        assert "The command" not in shown(app)
