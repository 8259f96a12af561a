"""The person's own keys: read as they are written, and refused in a line where they cannot be."""

from __future__ import annotations

from itertools import combinations

import pytest

from tui_booking.errors import BadSetting
from tui_booking.ui.commands import COMMANDS, Command
from tui_booking.ui.keymap import read_keymap

NEW = Command("table.new", "n", "new", "New", "table")
EDIT = Command("table.edit", "e", "edit", "Edit", "table")
CARD = Command("board.card", "e", "card", "Card", "board")
PAY = Command("table.pay", "p", "pay", "Payment", "table", sections=("finance",))
TAG = Command("table.tag", "t", "tag", "Tag", "table", sections=("creators",))
FIND = Command("app.palette", "ctrl+p,colon", "palette", "Find")
SOME = (NEW, EDIT, CARD, PAY, TAG, FIND)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("n", "n"),
        ("N", "N"),
        (" insert , F2 ", "insert,f2"),
        ("Ctrl+N", "ctrl+n"),
        ("/", "slash"),
        ("ctrl+-", "ctrl+minus"),
        ("+", "plus"),
        ("Esc", "escape"),
        ("less_than_sign", "less_than_sign"),
        ("đ", "đ"),
    ],
)
def test_keys_are_taken_as_people_write_them(written: str, read: str) -> None:
    assert read_keymap({"table.new": written}, SOME) == {"table.new": read}


@pytest.mark.parametrize(
    ("keys", "named"),
    [
        ({"table.nwe": "n"}, ["'table.nwe'", "Did you mean 'table.new'?"]),
        ({"zzz": "n"}, ["'zzz'", "`?`"]),
        ({"table.new": "hyper+n"}, ["'table.new'", "'hyper+n'", "ctrl+n"]),
        ({"table.new": "f99"}, ["'f99'"]),
        ({"table.new": "ctrl+m"}, ["'ctrl+m'", "enter"]),
        ({"table.new": "e"}, ["'e'", "'table.new'", "'table.edit'"]),
        ({"table.new": "f5", "table.edit": "f5"}, ["'f5'", "'table.new'", "'table.edit'"]),
        ({"table.new": ":"}, ["'colon'", "'app.palette'"]),
        ({"app.palette": "t"}, ["'t'", "'table.tag'"]),
    ],
)
def test_what_cannot_be_is_said_in_a_line(keys: dict[str, str], named: list[str]) -> None:
    with pytest.raises(BadSetting) as caught:
        read_keymap(keys, SOME)
    line = str(caught.value)
    assert "\n" not in line
    assert all(words in line for words in named), line


@pytest.mark.parametrize(
    "keys",
    [
        {"table.new": "e", "table.edit": "n"},
        {"board.card": "n"},
        {"table.tag": "p"},
        {"table.new": "n"},
    ],
)
def test_keys_that_never_meet_may_be_the_same(keys: dict[str, str]) -> None:
    assert read_keymap(keys, SOME) == keys


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_no_two_commands_of_the_program_share_a_key(command: Command) -> None:
    assert read_keymap({command.id: command.keys}) == {command.id: command.keys}


def test_the_ids_of_commands_are_unique() -> None:
    assert not [one.id for one, other in combinations(COMMANDS, 2) if one.id == other.id]
