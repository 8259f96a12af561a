"""The command `locate`: a line for each place, as it is for this person, with nothing made and no password shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_booking import paths
from tui_booking.cli.main import main


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    return {line[:22].strip(): line[22:].strip() for line in capsys.readouterr().out.splitlines()}


def test_it_says_where_everything_is(own_home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths.settings_file().write_text("", encoding="utf-8")
    assert main(["locate"]) == 0
    found = told(capsys)
    assert found["settings"] == str(paths.settings_file())
    assert found["database"] == f"sqlite:///{paths.default_database().as_posix()}"
    assert found["remembered by the app"] == f"{paths.remembered_file()}  (not there yet)"
    assert found["log"] == str(paths.log_file())
    assert found["import templates"] == str(paths.templates_folder())
    assert found["files to import"].startswith(str(Path("data_import").absolute()))


def test_a_password_is_not_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", "postgresql://linh:s3cret@db.example.org/booking", "locate"]) == 0
    assert told(capsys)["database"] == "postgresql://linh:***@db.example.org/booking"


def test_no_database_is_made(own_home: Path) -> None:
    assert main(["locate"]) == 0
    assert not paths.default_database().exists()
    assert not paths.demo_database().exists()
