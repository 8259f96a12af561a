"""What the settings file and the environment say, and whether it fits a declaration as it stands."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from tui_booking.errors import BadSetting

_NESTED = "__"


@dataclass(frozen=True, slots=True)
class Checked:
    """Stands in the annotation of a setting: `check` raises ValueError, saying why, for a value that cannot be."""

    check: Callable[[Any], None]

    def __get_pydantic_core_schema__(self, source: Any, handler: Callable[[Any], Any]) -> Any:
        """How pydantic, where it has to judge, is told of the check."""
        from pydantic_core import core_schema

        return core_schema.no_info_after_validator_function(self._passed, handler(source))

    def fits(self, value: object) -> bool:
        """Whether the value passes."""
        try:
            self.check(value)
        except ValueError:
            return False
        return True

    def _passed(self, value: object) -> object:
        self.check(value)
        return value


@lru_cache
def hints_of(declared: type) -> dict[str, Any]:
    """The names and annotations of a dataclass."""
    return get_type_hints(declared, include_extras=True)


def fits(value: object, hint: Any) -> bool:
    """Whether a value is what the annotation says as it stands, so that nothing has to be read into it.

    False says nothing yet: text from the environment may well be the flag that it spells. A dataclass is given as a
    dictionary of its fields, of which any may be missing.
    """
    origin, inner = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return fits(value, inner[0]) and all(check.fits(value) for check in inner[1:])
    if origin is Literal:
        return type(value) is str and value in inner
    if origin in (Union, UnionType):
        return any(fits(value, one) for one in inner)
    if type(value) is list and origin is list:
        return all(fits(item, inner[0]) for item in value)
    if type(value) is dict and origin is dict:
        return all(fits(key, inner[0]) and fits(item, inner[1]) for key, item in value.items())
    if type(value) is dict and is_dataclass(hint):
        hints = hints_of(hint)  # type: ignore[arg-type]
        return all(name in hints and fits(item, hints[name]) for name, item in value.items())
    return hint in (str, bool, NoneType) and type(value) is hint


def read_settings_file(file: Path) -> dict[str, Any]:
    """What the file says, which need not be there; raises BadSetting where it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        # Loaded only for those who have such a file.
        import tomllib

        return tomllib.loads(text)
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise BadSetting(
            f"The settings {file} cannot be read: {problem.strerror}.", "Check the rights to it."
        ) from None
    except ValueError as problem:  # not TOML, or not UTF-8
        raise BadSetting(f"The settings {file} cannot be read: {problem}.", "Correct that line.") from None


def read_environment(declared: type, prefix: str) -> dict[str, Any]:
    """What the variables say: PREFIX + KEY, or PREFIX + SECTION__KEY; lists and sections as JSON.

    Variables of other names have nothing to do with the settings. Raises BadSetting for what is not JSON.
    """
    found: dict[str, Any] = {}
    # A whole section before what stands apart.
    for variable in sorted(os.environ, key=lambda name: name.count(_NESTED)):
        if not variable.upper().startswith(prefix):
            continue
        place = variable[len(prefix) :].lower().split(_NESTED)
        if place[0] not in hints_of(declared):
            continue
        told: Any = os.environ[variable]
        if _is_json(_hint_at(declared, place)):
            try:
                told = json.loads(told)
            except ValueError as problem:
                raise BadSetting(
                    f"The environment variable {variable} is no JSON: {problem}.", "Correct the variable or unset it."
                ) from None
        for part in reversed(place):
            told = {part: told}
        found = merge(found, told)
    return found


def merge(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Both, where they say the same thing differently `over`; sections are merged too."""
    merged = dict(under)
    for name, value in over.items():
        kept = merged.get(name)
        merged[name] = merge(kept, value) if isinstance(kept, dict) and isinstance(value, dict) else value
    return merged


def _hint_at(hint: Any, place: list[str]) -> Any:
    for part in place:
        if is_dataclass(hint):
            hint = hints_of(hint).get(part)  # type: ignore[arg-type]
        else:
            hint = get_args(hint)[1] if get_origin(hint) is dict else None
    return hint


def _is_json(hint: Any) -> bool:
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_origin(bare) in (list, dict) or is_dataclass(bare)
