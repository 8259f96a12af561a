"""The command `demo`: three reports from a database of its own, in a pipe as well, and nobody's data is touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.records import connected, make
from tui_booking.cli.main import main
from tui_booking.models import Brand
from tui_booking.paths import data_folder

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def inbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to import, in the folder in which the program is called."""
    folder = tmp_path / "data_import"
    folder.mkdir()
    (folder / "brands.csv").write_text("code,name\nHOA,Hoa Ban\n", encoding="utf-8")
    products = "brand_code,code,name\nHOA,H-1,Nến thơm\nSEN,S-1,Trà sen\n"
    (folder / "products.csv").write_text(products, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def totals(said: str) -> list[list[str]]:
    """The numbers of the last line of each report's table: rows, created, updated, unchanged, skipped, errors."""
    return [line.split()[1:] for line in said.splitlines() if line.startswith("total ")]


def test_it_shows_the_dry_run_the_import_and_the_import_again(
    empty_database_url: str, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", empty_database_url, "demo"]) == 0
    said = capsys.readouterr().out
    seeded, dry, done, again = totals(said)
    assert seeded[0] == seeded[1]
    assert dry == done == ["3", "3", "0", "0", "0", "0"]
    assert again == ["3", "0", "0", "3", "0", "0"]
    assert said.count("Dry run, nothing was written") == 1


def test_in_a_pipe_it_ends_with_0_and_each_time_anew(inbox: Path, own_home: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(CHECKOUT)!r});"
        " from tui_booking.cli.main import main; sys.exit(main(['demo']))"
    )
    said = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program],
            check=False,
            cwd=inbox.parent,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
        )
        assert (done.returncode, done.stderr) == (0, "")
        said.append(totals(done.stdout))
    assert said[0] == said[1]
    assert [file.name for file in data_folder().iterdir() if file.suffix == ".db"] == ["demo.db"]


def test_the_reports_can_be_asked_for_by_name(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--reports"]) == 0
    assert len(totals(capsys.readouterr().out)) == 4


def test_the_operators_database_is_left_alone(
    inbox: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine.db"
    mine.write_bytes(b"mine")
    monkeypatch.setenv("TUI_BOOKING_DATABASE_URL", str(mine))
    assert main(["demo"]) == 0
    assert mine.read_bytes() == b"mine"
    assert str(data_folder() / "demo.db") in capsys.readouterr().out.replace("sqlite:///", "")


def test_a_named_database_with_other_data_is_refused(
    database_url: str, inbox: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with connected(database_url):
        make(Brand)
    assert main(["--database", database_url, "demo"]) == 2
    assert "not the demo's" in capsys.readouterr().err
    with connected(database_url):
        assert Brand.select().count() == 1


def test_what_does_not_go_in_makes_the_exit_status(inbox: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (inbox / "brands.csv").write_text("code,name\nHOA,\n", encoding="utf-8")
    assert main(["demo"]) == 1
    assert "name" in capsys.readouterr().out


def test_another_folder_can_be_named(inbox: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--path", str(inbox / "brands.csv")]) == 0
    assert totals(capsys.readouterr().out)[1][0] == "1"
    assert main(["demo", "--path", str(tmp_path / "nowhere")]) == 2
