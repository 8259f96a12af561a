"""JSON as a person edits it: read with the place of a mistake, written so that it can be read."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from tui_booking.language import N_
from tui_booking.reading.cells import CellError

# Deeper than anybody writes, and far below what Python's own reader can follow.
_DEEPEST = 100
_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\n\r]*")


class _WrongValue(Exception):
    """A value that JSON texts have and databases do not take."""

    def __init__(self, pattern: str, **values: object) -> None:
        super().__init__(pattern)
        self.error = CellError(pattern, **values)


def read_json(text: str) -> Any:
    """What a JSON text holds, None where it is empty. Raises CellError that says the line and column.

    Numbers that are none, keys that stand twice in an object and texts that a database cannot store are errors.
    """
    if not text.strip():
        return None
    try:
        value = json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_object)
    except _WrongValue as wrong:
        raise wrong.error from None
    except json.JSONDecodeError as error:
        line = text.splitlines()[error.lineno - 1 : error.lineno] or [""]
        raise CellError(
            N_("is not JSON: line {line}, column {column}: {problem}, before {text!r}"),
            line=error.lineno, column=error.colno, problem=error.msg.lower(), text=line[0][error.colno - 1 :][:20],
        ) from None  # fmt: skip
    except (RecursionError, ValueError):  # too deep; an integer of thousands of digits
        raise CellError(N_("is not JSON that can be kept: it is too deep, or a number in it is too long")) from None
    _check(value, 0)
    return value


def write_json(value: Any) -> str:
    """The JSON text of a value, as `read_json` reads it back; '' for None."""
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=2)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _WrongValue(N_("has the key {key!r} twice in one object; keep one of them"), key=twice)
    return found


def _refuse_constant(word: str) -> NoReturn:
    raise _WrongValue(N_("has {word}, which is not JSON; write a number, or null"), word=word)


def _check(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise CellError(N_("is not JSON that can be kept: it is too deep, or a number in it is too long"))
    if isinstance(value, str):
        _check_text(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check_text(key)
            _check(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            _check(inner, depth + 1)
    elif isinstance(value, float) and not math.isfinite(value):
        raise CellError(N_("is not JSON that can be kept: it is too deep, or a number in it is too long"))


def _check_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
        raise CellError(N_("holds a character that cannot be stored; enter the text again"))


def place_of(text: str, path: Sequence[str | int]) -> tuple[int, int]:
    """The line and column, from 1, at which the value at a path begins in a JSON text that can be read."""
    start = _find(text, _after_space(text, 0), list(path))
    return text.count("\n", 0, start) + 1, start - (text.rfind("\n", 0, start) + 1) + 1


def _find(text: str, start: int, path: list[str | int]) -> int:
    """Where the value at the path begins, within the value that begins at `start`; there, where it has no such part."""
    if not path or text[start] not in "{[":
        return start
    is_object, number, at = text[start] == "{", 0, _after_space(text, start + 1)
    while text[at] not in "}]":
        key: str | int = number
        if is_object:
            key, at = _DECODER.raw_decode(text, at)
            at = _after_space(text, _after_space(text, at) + 1)
        if key == path[0]:
            return _find(text, at, path[1:])
        _value, at = _DECODER.raw_decode(text, at)
        at, number = _after_space(text, at), number + 1
        if text[at] == ",":
            at = _after_space(text, at + 1)
    return start


def _after_space(text: str, start: int) -> int:
    found = _SPACE.match(text, start)
    assert found is not None
    return found.end()
