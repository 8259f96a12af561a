"""The command `seed`: fills the database once, or only writes the files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_booking.cli.main import main
from tui_booking.cli.seed import LARGEST_RANDOM_SEED, LARGEST_SCALE
from tui_booking.seed import scale


def test_it_says_what_it_did_and_the_second_time_that_it_did_nothing(
    empty_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--database", empty_database_url, "seed", "--date", "2026-03-08"]) == 0
    first = capsys.readouterr().out
    assert "15 of 15 files went in" in first
    assert "demo data around 2026-03-08" in first
    assert main(["--database", empty_database_url, "seed"]) == 0
    again = capsys.readouterr().out
    assert "0 created, 0 updated" in again
    assert "demo data around 2026-03-08" in again


def test_another_day_than_the_first_is_refused(empty_database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--database", empty_database_url, "seed", "--date", "2026-03-08"])
    assert main(["--database", empty_database_url, "seed", "--date", "2026-03-09"]) == 2
    assert "lies around 2026-03-08" in capsys.readouterr().err


def test_files_are_written_without_a_database_and_import(
    own_home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "files"
    assert main(["seed", "--scale", "2", "--write", str(folder)]) == 0
    assert len(list(folder.iterdir())) == 30
    assert not list(own_home.rglob("*.db"))
    assert main(["import", "--path", str(folder)]) == 0
    assert "30 of 30 files went in" in capsys.readouterr().out


def test_files_that_are_there_are_not_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "brands.csv"
    mine.write_text("code,name\n", encoding="utf-8")
    assert main(["seed", "--write", str(tmp_path)]) == 2
    assert main(["seed", "--write", str(mine)]) == 2
    assert mine.read_text(encoding="utf-8") == "code,name\n"
    assert "not an empty folder" in capsys.readouterr().err


@pytest.mark.parametrize(
    "wrong",
    [
        ["--scale", "0"],
        ["--scale", "-1"],
        ["--scale", "many"],
        ["--random-seed", "1000000"],
        ["--date", "08/03/2026"],
        ["--date", "2026-02-30"],
        ["--date", "0001-01-01"],
    ],
    ids=" ".join,
)
def test_a_wrong_option_is_said_and_nothing_is_made(
    own_home: Path, wrong: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["seed", *wrong])
    assert ended.value.code == 2
    assert wrong[0] in capsys.readouterr().err
    assert not list(own_home.rglob("*.db"))


def test_the_command_knows_the_bounds_without_loading_what_has_them() -> None:
    assert (LARGEST_SCALE, LARGEST_RANDOM_SEED) == (scale.LARGEST_SCALE, scale.LARGEST_RANDOM_SEED)
