"""The commands `export` and `templates` say what they wrote, and end with a status that tells whether it was all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.records import connected, make
from tui_booking.cli.main import main
from tui_booking.models import Brand, Creator


def test_all_kinds_go_into_a_folder_and_are_counted(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with connected(database_url):
        make(Brand, code="A", name="\x1b[2J")
    assert main(["--database", database_url, "export", str(tmp_path / "out")]) == 0
    assert len(list((tmp_path / "out").glob("*.csv"))) == 15
    assert "1 rows in 15 files" in capsys.readouterr().out
    assert main(["--database", database_url, "import", "--path", str(tmp_path / "out"), "--dry-run"]) == 0


def test_some_kinds_go_into_a_workbook(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with connected(database_url):
        make(Brand)
        make(Creator)
    words = ["export", str(tmp_path), "--format", "xlsx", "--kind", "creators", "--kind", "brands"]
    assert main(["--database", database_url, *words]) == 0
    assert str(tmp_path / "booking_center.xlsx") in capsys.readouterr().out
    assert main(["--database", database_url, "import", "--path", str(tmp_path / "booking_center.xlsx")]) == 0


def test_what_is_left_out_ends_with_1(database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with connected(database_url):
        make(Brand, name=" not as an import stores it ")
    assert main(["--database", database_url, "export", str(tmp_path / "out")]) == 1
    assert "an import will not take 1" in capsys.readouterr().out


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_what_cannot_be_carried_out_ends_with_2(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    for words in (
        ["--database", database_url, "export", str(tmp_path / "out"), "--kind", "brand"],
        ["--database", database_url, "export", str(tmp_path / "file")],
        ["--database", database_url, "export", str(tmp_path / "out.xlsx"), "--format", "csv"],
        ["--database", str(tmp_path / "not-there.db"), "export", str(tmp_path / "out")],
    ):
        assert main(words) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1


def test_templates_are_written_where_they_are_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["templates", str(tmp_path / "mine")]) == 0
    assert "16 templates written" in capsys.readouterr().out
    assert (tmp_path / "mine" / "booking_center.xlsx").exists()
