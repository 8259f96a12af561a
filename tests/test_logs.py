"""Logs and crash files: they hold no password, and never stop anybody."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.logs import CRASHES_KEPT, hide_passwords, start_logging, write_crash


def test_what_is_logged_goes_to_the_file_without_passwords(tmp_path: Path) -> None:
    file = start_logging(tmp_path / "logs")
    logging.getLogger("tui_booking.models").info("connected to %s", "postgresql://linh:s3cret@db/booking")
    assert file is not None
    assert "connected to postgresql://linh:***@db/booking" in file.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("not a folder", encoding="utf-8")
    assert start_logging(tmp_path / "logs") is None
    assert write_crash(ValueError("x"), tmp_path / "logs") is None


def test_crash_files_do_not_pile_up(tmp_path: Path) -> None:
    for number in range(CRASHES_KEPT + 5):
        (tmp_path / f"crash-20200101-{number:06}-1.txt").touch()
    newest = write_crash(ValueError("x"), tmp_path)
    kept = sorted(tmp_path.iterdir())
    assert len(kept) == CRASHES_KEPT
    assert kept[-1] == newest


@given(st.text(st.characters(exclude_categories=["Z", "C"], exclude_characters="'\""), min_size=1))
def test_no_password_of_a_url_stays(password: str) -> None:
    hidden = hide_passwords(f"cannot reach postgresql://linh:{password}@db/booking at all")
    assert hidden == "cannot reach postgresql://linh:***@db/booking at all"


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("host=db password=s3cret dbname=booking", "host=db password=*** dbname=booking"),
        ("host=db password='s3 cret' dbname=booking", "host=db password=*** dbname=booking"),
        (
            "postgresql://db/booking?user=linh&password=s3cret&port=1",
            "postgresql://db/booking?user=linh&password=***&port=1",
        ),
        ("sqlite:////home/linh/booking.db", "sqlite:////home/linh/booking.db"),
        ("postgresql://linh@db:5432/booking", "postgresql://linh@db:5432/booking"),
    ],
)
def test_only_the_password_is_hidden(text: str, hidden: str) -> None:
    assert hide_passwords(text) == hidden
