"""The program in a terminal, from its first frame until the terminal is as it was before."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

from tests.ui.terminals import Terminal, program, terminal_with
from tui_booking.cli.main import main
from tui_booking.paths import default_database, demo_database, settings_file

CTRL_C, CTRL_Q = "\x03", "\x11"
SMALL, LARGE = (80, 24), (250, 70)


def assert_restored(terminal: Terminal) -> None:
    assert terminal.is_restored
    assert terminal.modes == terminal.modes_before


def last_words(terminal: Terminal) -> str:
    """What was written after the app had left the screen."""
    return terminal.written[terminal.written.rfind(b"\x1b[?1049l") :].decode()


def test_it_opens_on_a_new_database_and_says_what_to_do(own_home: Path) -> None:
    with terminal_with(program()) as terminal:
        terminal.waits_for("Nothing is here yet.")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0
        assert_restored(terminal)
    assert main(["migrate", "--status"]) == 0


def test_the_demo_opens_on_a_database_of_its_own(own_home: Path) -> None:
    with terminal_with(program("demo"), size=(120, 36)) as terminal:
        terminal.waits_for("Overdue deadlines")
        terminal.press("2")
        terminal.waits_for("DEMO-")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0
    assert demo_database().exists()
    assert not default_database().exists()


def test_it_speaks_the_language_of_the_machine(own_home: Path) -> None:
    with terminal_with(program(), LC_ALL="vi_VN.UTF-8") as terminal:
        terminal.waits_for("Chưa có gì ở đây.")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0


def test_it_follows_the_size_of_the_terminal(own_home: Path) -> None:
    """The sections stand at the left where there is room; the keys in the last line, whichever that is."""
    with terminal_with(program("demo"), size=SMALL) as terminal:
        terminal.waits_for("Overdue deadlines")
        terminal.press("3")
        terminal.waits_for("1 of 6")
        for size in (LARGE, SMALL, LARGE):
            terminal.resize(*size)
            terminal.waits_until(partial(is_drawn_at, terminal, size), f"the screen at {size}")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0
        assert_restored(terminal)


def is_drawn_at(terminal: Terminal, size: tuple[int, int]) -> bool:
    has_sections = any("7 Rules & templates" in line for line in terminal.lines)
    return "? Keys" in terminal.lines[size[1] - 1] and has_sections == (size == LARGE)


def test_ctrl_c_ends_nothing(own_home: Path) -> None:
    with terminal_with(program()) as terminal:
        terminal.waits_for("Nothing is here yet.")
        terminal.press(CTRL_C)
        terminal.waits_for("to quit.")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_and_leaves_the_database_whole(own_home: Path, number: signal.Signals) -> None:
    with terminal_with(program("demo")) as terminal:
        terminal.waits_for("Overdue deadlines")
        terminal.process.send_signal(number)
        assert terminal.ends() == 128 + number
        assert_restored(terminal)
    assert main(["--database", str(demo_database()), "check"]) == 0


def test_it_ends_with_its_terminal(own_home: Path) -> None:
    with terminal_with(program()) as terminal:
        terminal.waits_for("Nothing is here yet.")
        terminal.close()
        assert terminal.process.wait(30) == 128 + signal.SIGHUP


def test_a_broken_database_is_said_in_a_line_when_the_terminal_is_as_before(own_home: Path) -> None:
    broken = own_home / "broken.db"
    broken.write_bytes(b"SQLite format 3\x00" + bytes(range(256)) * 40)
    with terminal_with(program("--database", str(broken)), size=LARGE) as terminal:
        assert terminal.ends() == 2
        assert_restored(terminal)
        (line,) = last_words(terminal).split("\x1b[?25h")[-1].splitlines()
    assert "broken.db" in line


def test_a_list_that_cannot_be_read_says_so_and_the_program_goes_on(own_home: Path) -> None:
    """A table without its columns is what no migration makes and no screen expects."""
    assert main(["migrate"]) == 0
    with closing(sqlite3.connect(default_database())) as database, database:
        database.execute("ALTER TABLE campaign RENAME COLUMN code TO moved")
    with terminal_with(program(), size=LARGE) as terminal:
        terminal.waits_for("Booking Center")
        terminal.press("2")
        terminal.waits_for("That did not work")
        terminal.press(CTRL_Q)
        assert terminal.ends() == 0


def test_keys_that_cannot_be_are_said_in_a_line(own_home: Path) -> None:
    settings_file().write_text('[keys]\n"table.new" = "e"\n', encoding="utf-8")
    with terminal_with(program(), size=LARGE) as terminal:
        assert terminal.ends() == 2
        assert "table.edit" in last_words(terminal)
        assert_restored(terminal)


def test_the_persons_own_keys_are_used(own_home: Path) -> None:
    settings_file().write_text('[keys]\n"app.quit" = "f12"\n', encoding="utf-8")
    with terminal_with(program()) as terminal:
        terminal.waits_for("Nothing is here yet.")
        terminal.press("\x1b[24~")
        assert terminal.ends() == 0
