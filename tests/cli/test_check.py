"""The command `check` prints what does not agree, mends what it can, and ends with a meaningful status."""

from __future__ import annotations

import argparse

import pytest

from tests.records import connected, make
from tui_booking.cli import check
from tui_booking.config import load_settings
from tui_booking.models import Booking, Brand, Creator


def _check(url: str, *words: str) -> int:
    parser = argparse.ArgumentParser()
    check.add_arguments(parser)
    return check.run(parser.parse_args(words), load_settings(database_url=url))


def test_a_database_that_agrees_ends_with_0(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert _check(database_url) == 0
    assert "everything agrees" in capsys.readouterr().out


def test_what_does_not_agree_is_printed_mended_and_gone(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with connected(database_url) as database:
        make(Creator, name="Hà")
        database.execute_sql("UPDATE creator SET name_folded = '\x1b[2J'")
    assert _check(database_url) == 1
    said = capsys.readouterr().out
    assert "should be 'ha'" in said
    assert "\x1b" not in said
    assert _check(database_url, "--fix") == 0
    assert "1 mended, 0 left" in capsys.readouterr().out
    assert _check(database_url) == 0


def test_what_only_a_person_can_decide_ends_with_1(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    with connected(database_url):
        make(Booking, brand=make(Brand))
    assert _check(database_url, "--fix") == 1
    assert "1 left for a person to decide" in capsys.readouterr().out
