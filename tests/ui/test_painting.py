"""What stands on the screen after a key, painted once: not the row first and the line that says which it is later."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

from tests.ui.table_hosts import fill_many, table_desk
from tests.ui.terminals import Terminal, program, terminal_with
from tui_booking.cli.main import main

DOWN, UP, PAGE_DOWN, PAGE_UP, END, HOME = "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "\x1b[F", "\x1b[H"
# A terminal that draws nothing between these is told when a painting begins and when it is done.
CAN_HOLD_BACK, BEGIN, DONE = "\x1b[?2026;2$y", b"\x1b[?2026h", b"\x1b[?2026l"
ROWS = 300


@pytest.fixture
def creators(own_home: Path, tmp_path: Path) -> Iterator[Terminal]:
    url = f"sqlite:///{(tmp_path / 'many.db').as_posix()}"
    assert main(["--database", url, "migrate"]) == 0
    with table_desk(url) as desk:
        fill_many(desk, ROWS)
    with terminal_with(program("--database", url), size=(120, 30)) as terminal:
        terminal.press(CAN_HOLD_BACK)
        terminal.waits_for("Booking Center", "Dashboard")
        terminal.press("3")
        terminal.waits_for(f"1 of {ROWS}", "creator 0000000")
        yield terminal


def rows_of(terminal: Terminal) -> list[int]:
    """The numbers of the rows that are seen."""
    return [int(found[1]) for line in terminal.lines if (found := re.search(r"creator (\d{7})", line))]


def at_cursor(terminal: Terminal) -> int:
    (line,) = [line for line in terminal.lines if "►" in line]
    found = re.search(r"creator (\d{7})", line)
    assert found is not None
    return int(found[1])


def paints(terminal: Terminal, key: str, number: int) -> list[bytes]:
    """Press a key, wait until the last line says that the cursor is at this row, and return what was painted."""
    # What the keys before have brought about is painted to its end.
    before = -1
    while before != len(terminal.written):
        before = len(terminal.written)
        terminal.reads_on()
    terminal.press(key)
    terminal.waits_for(f" {number} of {ROWS}")
    terminal.waits_until(lambda: terminal.written.endswith(DONE), "the end of the painting")
    return terminal.written[before:].split(BEGIN)[1:]


def test_a_key_is_answered_by_one_painting_of_all_that_it_changes(creators: Terminal) -> None:
    seen = len(rows_of(creators))
    assert seen > 20
    page = seen - 1
    for key, number in (
        (DOWN, 2),
        (UP, 1),
        (PAGE_DOWN, page + 1),
        (PAGE_DOWN, 2 * page + 1),
        (PAGE_UP, page + 1),
        (END, ROWS),
        (HOME, 1),
    ):
        assert len(paints(creators, key, number)) == 1, key
        assert at_cursor(creators) == number - 1
        numbers = rows_of(creators)
        assert number - 1 in numbers, key
        assert numbers == list(range(numbers[0], numbers[0] + seen)), key


def test_a_move_within_the_view_paints_two_rows_and_a_line(creators: Terminal) -> None:
    (painted,) = paints(creators, DOWN, 2)
    assert painted.count(b"creator 0") == 2
    (painted,) = paints(creators, PAGE_DOWN, len(rows_of(creators)) + 1)
    assert painted.count(b"creator 0") == len(rows_of(creators))


def test_what_a_key_opens_is_painted_whole(creators: Terminal) -> None:
    """A dialog is laid out when it comes, while its key is still being dealt with."""
    creators.press("?")
    creators.waits_for("PgDn")
    creators.press("\x1b")
    creators.waits_for(f"1 of {ROWS}", "creator 0000001", "creator 0000020")
    creators.press("/")
    creators.press("0000123")
    creators.waits_for("1 of 1", "creator 0000123")
    creators.press("\x1b")
    creators.waits_for(f"of {ROWS}", "creator 0000110", "► creator 0000123")
