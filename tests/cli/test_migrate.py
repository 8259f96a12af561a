"""The command migrate, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_booking.cli.main import main
from tui_booking.paths import migrations_folder


def names() -> list[str]:
    return sorted(file.stem for file in migrations_folder().glob("*.py"))


def test_a_new_database_is_brought_up_to_date_once(empty_database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", empty_database_url, "migrate"]) == 0
    assert [line.split() for line in capsys.readouterr().out.splitlines()[:-1]] == [
        ["applied", name] for name in names()
    ]
    assert main(["--database", empty_database_url, "migrate"]) == 0
    assert "nothing to do" in capsys.readouterr().out


def test_the_status_of_a_current_database_is_0(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", database_url, "migrate", "--status"]) == 0
    assert "up to date" in capsys.readouterr().out


def test_going_back_leaves_something_pending(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", database_url, "migrate", "--to", "001"]) == 0
    assert main(["--database", database_url, "migrate", "--status"]) == 1
    shown = capsys.readouterr().out
    assert f"undone   {names()[-1]}" in shown
    assert f"pending  {names()[-1]}" in shown


def test_the_status_of_no_database_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--database", str(tmp_path / "none.db"), "migrate", "--status"]) == 2
    assert "no database" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_without_a_url_the_database_is_made_in_the_users_folder(own_home: Path) -> None:
    assert main(["migrate"]) == 0
    assert (own_home / "data" / "booking.db").is_file()
