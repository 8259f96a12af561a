"""The person's own keys, by the settings' section [keys]: checked before the app opens, so none does two things."""

from __future__ import annotations

import difflib
import string
import unicodedata
from collections.abc import Mapping, Sequence

from textual.keys import Keys

from tui_booking.errors import BadSetting
from tui_booking.language import _
from tui_booking.ui.commands import COMMANDS, Command

_NAMED = {key.value for key in Keys}
_SHORT = {"esc": "escape", "return": "enter", "del": "delete", "ins": "insert"}
# Where what Textual calls a sign is not its Unicode name.
_RENAMED = {
    "solidus": "slash",
    "reverse_solidus": "backslash",
    "commercial_at": "at",
    "hyphen_minus": "minus",
    "plus_sign": "plus",
    "low_line": "underscore",
}


def _name_of_sign(sign: str) -> str:
    name = unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")
    return _RENAMED.get(name, name)


_SIGNS = {sign: _name_of_sign(sign) for sign in string.punctuation}
# ctrl+j, ctrl+m, ctrl+i and ctrl+h are Enter, Tab and Backspace in a terminal.
_NOT_THEIR_OWN = {"ctrl+j": "enter", "ctrl+m": "enter", "ctrl+i": "tab", "ctrl+h": "backspace"}


def read_keymap(keys: Mapping[str, str], commands: Sequence[Command] = COMMANDS) -> dict[str, str]:
    """The keys as Textual's set_keymap takes them: command to keys. Raises BadSetting for what cannot be."""
    known = {command.id: command for command in commands}
    keymap: dict[str, str] = {}
    for name, named in keys.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            raise BadSetting(
                _("The settings' [keys] name {name!r}, which is no command.").format(name=name),
                _("Did you mean {near!r}?").format(near=near[0]) if near else _("`?` in the app names them."),
            )
        keymap[name] = ",".join(_read_key(name, key) for key in named.split(","))
    _refuse_clashes(keymap, commands)
    return keymap


def _read_key(name: str, written: str) -> str:
    key = written.strip()
    *held, last = key.split("+") if len(key) > 1 else [key]
    last = _SIGNS.get(last, last) if len(last) == 1 else _SHORT.get(last.lower(), last.lower())
    held = [word.lower() for word in held]
    # ctrl+n and ctrl+N are one key to a terminal.
    last = last.lower() if held else last
    key = "+".join([*held, last])
    if key in _NOT_THEIR_OWN:
        raise BadSetting(
            _("The settings' [keys] give {name!r} the key {key!r}, which a terminal cannot tell from {other}.").format(
                name=name, key=key, other=_NOT_THEIR_OWN[key]
            ),
            _("Take another key."),
        )
    is_known = len(last) == 1 or last in _NAMED or last in _SIGNS.values()
    if not is_known or not set(held) <= {"ctrl", "shift", "alt"}:
        raise BadSetting(
            _("The settings' [keys] give {name!r} the key {key!r}, which is none.").format(name=name, key=written),
            _("Keys are named like n, N, f2, ctrl+n, insert or slash."),
        )
    return key


def _refuse_clashes(keymap: Mapping[str, str], commands: Sequence[Command]) -> None:
    """One of two commands must be the person's doing: what the program itself binds is tested, not asked for."""
    for command in commands:
        if command.id not in keymap:
            continue
        for other in commands:
            if other is command or not _meet(command, other):
                continue
            shared = _keys(command, keymap) & _keys(other, keymap)
            if shared:
                raise BadSetting(
                    _("The settings' [keys] give the key {key!r} to {name!r}, but it is that of {other!r} too.").format(
                        key=min(shared), name=command.id, other=other.id
                    ),
                    _("Take another key, or give {other!r} another one as well.").format(other=other.id),
                )


def _keys(command: Command, keymap: Mapping[str, str]) -> set[str]:
    return {key.strip() for key in keymap.get(command.id, command.keys).split(",")}


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a place in which both commands can be called."""
    places, others = {one.place, *one.also}, {other.place, *other.also}
    if not places & others and "everywhere" not in places | others:
        return False
    return not one.sections or not other.sections or bool(set(one.sections) & set(other.sections))
