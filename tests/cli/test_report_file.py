"""The option --report: the file is tried before anything is imported, and is there whole or not at all."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.importing.inboxes import write_file
from tests.records import connected
from tui_booking.cli import import_files
from tui_booking.cli.main import main
from tui_booking.importing.report import Report
from tui_booking.models import Brand

ON_SQLITE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    write_file(folder, "brands", "code,name\nA,a\n")
    write_file(folder, "my own", "x\n")
    return folder


def import_with(url: str, inbox: Path, report: Path | str) -> int:
    return main(["--database", url, "import", "--path", str(inbox), "--report", str(report)])


def brands(url: str) -> int:
    with connected(url):
        return Brand.select().count()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("inbox/brands.csv", "is among the files to import"),
        ("inbox/../inbox/brands.csv", "is among the files to import"),
        ("link.json", "is among the files to import"),
        ("inbox/my own.csv", "is among the files to import"),
        ("inbox", "is a folder"),
        ("nowhere/report.json", "there is no folder"),
        ("inbox/brands.csv/report.json", "there is no folder"),
        ("x" * 300, "cannot be written: File name too long"),
    ],
)
def test_a_file_that_must_not_or_cannot_be_written_is_refused_before_the_import(
    database_url: str, inbox: Path, name: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (inbox.parent / "link.json").symlink_to(inbox / "brands.csv")
    before = (inbox / "brands.csv").read_bytes()
    assert import_with(database_url, inbox, inbox.parent / name) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "--report" in line
    assert said in line
    assert (inbox / "brands.csv").read_bytes() == before
    assert brands(database_url) == 0


@ON_SQLITE
@pytest.mark.parametrize("ending", ["", "-wal"])
def test_the_database_is_not_written_over(
    database_url: str, inbox: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(database_url.removeprefix("sqlite:///") + ending)
    assert import_with(database_url, inbox, file) == 2
    assert "is the database" in capsys.readouterr().err
    assert brands(database_url) == 0


@ON_SQLITE
def test_a_database_that_is_not_there_yet_is_not_written_over(
    empty_database_url: str, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(empty_database_url.removeprefix("sqlite:///"))
    assert import_with(empty_database_url, inbox, file) == 2
    assert "is the database" in capsys.readouterr().err
    assert not file.exists()


@ON_SQLITE
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="for whom rights hold")
def test_a_read_only_file_is_not_replaced(database_url: str, inbox: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.touch(mode=0o400)
    assert import_with(database_url, inbox, file) == 2
    assert brands(database_url) == 0


@ON_SQLITE
def test_it_replaces_an_earlier_report_also_in_the_imported_folder(database_url: str, inbox: Path) -> None:
    file, link = inbox / "report.json", inbox.parent / "link.json"
    link.symlink_to(file)
    for created, path in ((1, file), (0, file), (0, link)):
        assert import_with(database_url, inbox, path) == 0
        assert json.loads(file.read_text(encoding="utf-8"))["totals"]["created"] == created
    assert link.is_symlink()
    assert {path.name for path in inbox.iterdir()} == {"brands.csv", "my own.csv", "report.json"}


@ON_SQLITE
@pytest.mark.parametrize(("more", "status"), [([], 1), (["--dry-run"], 2)])
def test_a_report_that_cannot_be_written_in_the_end_is_still_printed(  # noqa: PLR0917
    database_url: str,
    inbox: Path,
    tmp_path: Path,
    more: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    imported = import_files.import_files

    def import_and_lose_the_folder(*given: object) -> Report:
        folder.rmdir()
        return imported(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(import_files, "import_files", import_and_lose_the_folder)
    command = ["--database", database_url, "import", "--path", str(inbox), "--report", str(folder / "r.json"), *more]
    assert main(command) == status
    shown = capsys.readouterr().out
    assert "1 of 1 files" in shown
    assert "The report cannot be written to" in shown.splitlines()[-1]


@ON_SQLITE
def test_a_report_that_breaks_off_leaves_the_earlier_one(
    database_url: str, inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "report.json"
    file.write_text("the earlier one", encoding="utf-8")

    def break_off(path: Path, text: str, **_: object) -> None:
        path.write_bytes(text.encode()[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", break_off)
    assert import_with(database_url, inbox, file) == 1
    assert file.read_text(encoding="utf-8") == "the earlier one"
    assert not list(tmp_path.glob(".report-*"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
@ON_SQLITE
def test_a_device_is_written_to_and_not_replaced(database_url: str, inbox: Path) -> None:
    assert import_with(database_url, inbox, "/dev/null") == 0
    assert Path("/dev/null").is_char_device()
