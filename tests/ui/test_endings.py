"""However the app ends, the terminal is as it was before, and the exit status says how it ended."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

if os.name == "nt":
    pytest.skip("Windows has no such terminals", allow_module_level=True)

from tests.ui.terminals import Terminal, terminal_with

APP = Path(__file__).with_name("ending_app.py")
F2, F3, F4 = "\x1bOQ", "\x1bOR", "\x1bOS"
CTRL_C, CTRL_Q = "\x03", "\x11"


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    with terminal_with([sys.executable, APP]) as terminal:
        yield terminal


def assert_restored(terminal: Terminal) -> None:
    assert terminal.is_restored
    assert terminal.modes == terminal.modes_before


def test_the_person_leaves_with_status_0(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    terminal.press(CTRL_Q)
    assert terminal.ends() == 0
    assert_restored(terminal)


def test_ctrl_c_says_which_key_quits_and_ends_nothing(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    terminal.press(CTRL_C)
    terminal.waits_for("Press Ctrl+Q to quit.")
    terminal.press(CTRL_Q)
    assert terminal.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_ends_it_in_order(terminal: Terminal, number: signal.Signals) -> None:
    terminal.waits_for("It runs.")
    terminal.process.send_signal(number)
    assert terminal.ends() == 128 + number
    assert_restored(terminal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_while_it_starts_leaves_the_terminal_as_it_was(terminal: Terminal, number: signal.Signals) -> None:
    terminal.waits_for("First frame")
    terminal.process.send_signal(number)
    assert terminal.ends() == 128 + number
    assert_restored(terminal)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=lambda number: number.name)
def test_a_signal_that_is_not_heard_while_it_starts_is_heard_a_moment_later(number: signal.Signals) -> None:
    with terminal_with([sys.executable, APP, "deaf"]) as terminal:
        terminal.waits_for("First frame")
        terminal.process.send_signal(number)
        assert terminal.ends() == 128 + number
        assert_restored(terminal)


def test_a_second_signal_ends_an_app_that_hangs(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    terminal.press(F4)
    terminal.waits_for("It hangs.")
    while terminal.process.poll() is None:
        # Signals that come at once are one signal, so there may have to be more than two.
        terminal.process.send_signal(signal.SIGTERM)
        terminal.reads_on()
    assert terminal.ends() == 128 + signal.SIGTERM
    assert_restored(terminal)


@pytest.mark.parametrize(("key", "words"), [(F2, "in a handler"), (F3, "in a worker")], ids=["handler", "worker"])
def test_a_mistake_comes_out_when_the_terminal_is_as_it_was(terminal: Terminal, key: str, words: str) -> None:
    terminal.waits_for("It runs.")
    terminal.press(key)
    assert terminal.ends() == 1
    after = terminal.written[terminal.written.rfind(b"\x1b[?1049l") :].decode()
    assert f"RuntimeError: {words}" in after
    assert "s3cret" not in terminal.written.decode()
    assert_restored(terminal)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads are counted as Linux shows them")
def test_to_be_told_to_go_on_without_having_stopped_changes_nothing(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    threads = Path(f"/proc/{terminal.process.pid}/task")
    before = len(list(threads.iterdir()))
    for _time in range(3):
        terminal.process.send_signal(signal.SIGCONT)
    terminal.press(CTRL_C)
    terminal.waits_for("Press Ctrl+Q to quit.")
    assert len(list(threads.iterdir())) <= before
    # As a system does it when a terminal goes away.
    terminal.close()
    terminal.process.send_signal(signal.SIGCONT)
    assert terminal.process.wait(30) == 129


def test_it_is_stopped_and_goes_on(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    terminal.process.send_signal(signal.SIGTSTP)
    terminal.waits_until(lambda: terminal.is_restored, "the terminal as it was before")
    _pid, status = os.waitpid(terminal.process.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    terminal.process.send_signal(signal.SIGCONT)
    # Pasting in brackets comes after the mode of the keys: until then Ctrl+Q would be the terminal's own.
    terminal.waits_until(lambda: terminal.written.count(b"\x1b[?2004h") > 1, "the app again")
    assert not terminal.is_restored
    terminal.press(CTRL_Q)
    assert terminal.ends() == 0
    assert_restored(terminal)


def test_it_ends_when_its_terminal_is_closed(terminal: Terminal) -> None:
    terminal.waits_for("It runs.")
    terminal.close()
    assert terminal.process.wait(30) == 129


def test_it_ends_when_its_terminal_is_closed_and_nobody_sends_a_signal() -> None:
    with terminal_with([sys.executable, APP], is_leader=False) as terminal:
        terminal.waits_for("It runs.")
        terminal.close()
        assert terminal.process.wait(30) == 129
