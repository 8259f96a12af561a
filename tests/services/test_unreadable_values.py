"""What somebody wrote into a SQLite file by hand and cannot be read is said in a line, in every command."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make_one_of_each
from tui_booking.cli.main import main
from tui_booking.models import Booking, Rule, migrate
from tui_booking.models.stored_texts import UnreadableValue
from tui_booking.services.declarations import Query
from tui_booking.services.listings import LISTINGS
from tui_booking.services.questions import Question
from tui_booking.services.rows import find_rows


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    with connected(str(path)):
        make_one_of_each()
    return path


def write_by_hand(file: Path, statement: str) -> None:
    connection = sqlite3.connect(file)
    connection.executescript(f"PRAGMA foreign_keys = 0; PRAGMA ignore_check_constraints = 1; {statement}")
    connection.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE booking SET start_date = '2026-13-45'", "booking.start_date is '2026-13-45', which is no day"),
        ("UPDATE booking SET created_at = 'rubbish'", "booking.created_at is 'rubbish', which is no moment"),
        ("UPDATE booking SET created_at = '0001-01-01 00:00:00+10:00'", "is no moment"),
        ("UPDATE booking SET creator_id = 'zz'", "booking.creator_id is 'zz', which is no id"),
        ("UPDATE booking SET id = 'zz' WHERE id = (SELECT MIN(id) FROM booking)", "booking.id is 'zz', which is no id"),
    ],
)
def test_a_record_with_a_value_that_cannot_be_read_says_which(file: Path, statement: str, said: str) -> None:
    write_by_hand(file, statement)
    with connected(str(file)) as store:
        for read in (lambda: list(Booking.select()), lambda: find_rows(store, "booking", "1 = 1", [])):
            with pytest.raises(UnreadableValue, match=said) as refused:
                read()
            assert "check" in refused.value.advice


@pytest.mark.parametrize("text", ["{", "[" * 100_000])
def test_a_document_that_is_none_says_so_and_is_cut(file: Path, text: str) -> None:
    write_by_hand(file, f"UPDATE rule SET condition_json = '{text}'")
    with connected(str(file)) as store:
        for read in (lambda: list(Rule.select()), lambda: find_rows(store, "rule", "1 = 1", [])):
            with pytest.raises(UnreadableValue, match=r"rule.condition_json is .* is no JSON") as refused:
                read()
            assert len(str(refused.value)) < 300


@pytest.mark.parametrize("words", [["seed"], ["export", "out.xlsx"], ["export", "out"], ["import", "--path", "in"]])
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE app_user SET created_at = 'rubbish'",
        "UPDATE app_user SET id = 'zz'",
        "UPDATE booking SET start_date = '2026-13-45'",
        "UPDATE booking SET id = 'zz' WHERE id = (SELECT MIN(id) FROM booking)",
        "UPDATE video_metric_snapshot SET snapshot_time = 'rubbish'",
        "UPDATE brand SET name = CAST(x'78ff' AS TEXT)",
    ],
)
def test_no_command_ends_by_it(  # noqa: PLR0917
    file: Path,
    words: list[str],
    statement: str,
    own_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TUI_BOOKING_OPERATOR", "linh")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "brands.csv").write_text("code,name\nA,a\n", encoding="utf-8")
    write_by_hand(file, statement)
    main(["--database", str(file), *words])
    assert len(capsys.readouterr().err.splitlines()) <= 1
    assert not list((own_home / "logs").glob("crash-*"))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE brand SET name = CAST(x'78ff' AS TEXT)", "is not UTF-8|not in UTF-8"),
        ("DROP TABLE brand", "no such table"),
    ],
)
def test_what_cannot_be_read_is_not_called_a_change(
    file: Path, statement: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_by_hand(file, statement)
    assert main(["--database", str(file), "export", str(tmp_path / "out")]) == 2
    line = capsys.readouterr().err
    assert "cannot be read" in line
    assert "refused a change" not in line
    assert "backup" in line


def test_a_list_shows_what_cannot_be_read_and_is_not_lost(file: Path) -> None:
    write_by_hand(file, "UPDATE payment SET payment_date = '2026-13-45'; UPDATE booking SET created_at = 'rubbish'")
    with connected(str(file)) as store:
        question = Question(store, Query(listing=LISTINGS["payments"]), ZoneInfo("Asia/Ho_Chi_Minh"))
        read = question.read_first(store, 10)
    assert read is not None
    assert ["! 2026-13-45" in one.row.values for one in read] == [True]


@pytest.mark.parametrize(
    "words", [["export", "{}.xlsx"], ["export", "{}"], ["seed", "--write", "{}"], ["templates", "{}"]]
)
def test_a_name_that_no_file_can_have_is_said(
    file: Path, words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = str(tmp_path / ("x" * 300))
    assert main(["--database", str(file), *(word.format(name) for word in words)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert "File name too long" in line
