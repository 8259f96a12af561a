"""Rules as they are written: whether a condition and an action can be meant so, and where they cannot."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from tui_booking.language import N_
from tui_booking.models.choices import Choice, RuleScope
from tui_booking.reading.cells import CellError
from tui_booking.services.fields import FORMS
from tui_booking.services.json_texts import place_of, read_json

# The kind of record that a rule of a scope looks at.
KINDS: dict[str, str] = {
    RuleScope.CAMPAIGN: "campaign",
    RuleScope.BOOKING: "booking",
    RuleScope.VIDEO: "video",
    RuleScope.FINANCE: "payment",
    RuleScope.CREATOR: "creator",
}
# What is worked out of a record besides its own fields: all of them are numbers.
MEASURES: dict[str, tuple[str, ...]] = {
    RuleScope.CAMPAIGN: (
        "budget_used", "budget_committed", "kpi_view_reached", "kpi_order_reached", "kpi_revenue_reached", "roas",
        "days_left",
    ),
    RuleScope.BOOKING: ("late_deliverables", "open_deliverables", "paid_share", "days_left"),
    RuleScope.VIDEO: ("days_since_snapshot", "views", "engagement_rate", "cpv"),
    RuleScope.FINANCE: ("days_late",),
    RuleScope.CREATOR: ("on_time_rate", "open_bookings", "cpv"),
}  # fmt: skip
COMPARISONS = ("=", "!=", "<", "<=", ">", ">=", "in", "not in", "contains")
LEVELS = ("info", "warning", "critical")
_ORDERED = ("<", "<=", ">", ">=")
_DAY = re.compile(r"today(?: *[+-] *[0-9]{1,4}d)?")
_VARIABLE = re.compile(r"\{\{\s*([A-Za-z_][A-Za-z0-9_]*)\s*\}\}")
_DEEPEST = 20

Path = tuple[str | int, ...]


class Mistake(CellError):
    """Something in a rule cannot be meant so; `path` says where."""

    def __init__(self, path: Path, pattern: str, **values: object) -> None:
        super().__init__(pattern, **values, path=shown_path(path) or "JSON")
        self.path = path


class Place(NamedTuple):
    """A mistake in a text: what is wrong, in the language that is used, and where it stands."""

    message: str
    path: str
    line: int
    column: int


def shown_path(path: Sequence[str | int]) -> str:
    """A path as a person reads it: `all[0].op`."""
    shown = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return shown.removeprefix(".")


def find_mistake(text: str, field: str, scope: str) -> Place | None:
    """The first mistake in the text of a rule's `condition_json` or `action_json`, None where there is none."""
    try:
        value = read_json(text)
    except CellError as error:
        found = re.search(r"[0-9]+", str(error.values.get("line", "1")))
        line = int(found[0]) if found else 1
        return Place(error.spoken, "", line, int(str(error.values.get("column", 1))))
    try:
        if field == "condition_json":
            check_condition(value, scope)
        else:
            check_action(value, scope)
    except Mistake as mistake:
        return Place(mistake.spoken, shown_path(mistake.path), *place_of(text, mistake.path))
    return None


@cache
def fields_of(scope: str) -> dict[str, str]:
    """What a rule of a scope may ask of a record: name to the kind of value (see FieldKind)."""
    kinds: dict[str, str] = {
        field.name: field.kind for field in FORMS[KINDS[scope]].fields if field.kind not in ("json", "reference")
    }
    return {**kinds, **dict.fromkeys(MEASURES[scope], "percent")}


def check_condition(condition: Any, scope: str | None) -> None:
    """Raise Mistake where a condition cannot be meant so.

    A condition is `{"field", "op", "value"}`, or `{"all": […]}`, `{"any": […]}` or `{"not": …}` of conditions.
    """
    _check_condition(condition, scope, ())


def _check_condition(condition: Any, scope: str | None, path: Path) -> None:
    if len(path) > _DEEPEST:
        raise Mistake(path, N_("{path}: is too deep; write it with fewer steps"))
    if not isinstance(condition, dict) or not condition:
        raise Mistake(
            path, N_('{path} must be a condition such as {{"field": "status", "op": "=", "value": "running"}}')
        )
    for word in ("all", "any", "not"):
        if word in condition:
            _refuse_others(condition, (word,), path)
            inner = condition[word]
            if word == "not":
                _check_condition(inner, scope, (*path, word))
                return
            if not isinstance(inner, list) or not inner:
                raise Mistake((*path, word), N_("{path}: must be a list of conditions, in which at least one stands"))
            for number, one in enumerate(inner):
                _check_condition(one, scope, (*path, word, number))
            return
    _check_comparison(condition, scope, path)


def _check_comparison(condition: dict[str, Any], scope: str | None, path: Path) -> None:
    for name in ("field", "op", "value"):
        if name not in condition:
            raise Mistake(path, N_("{path}: {name!r} is missing"), name=name)
    _refuse_others(condition, ("field", "op", "value"), path)
    field, compare, value = condition["field"], condition["op"], condition["value"]
    if compare not in COMPARISONS:
        raise Mistake((*path, "op"), N_("{path}: is none of: {words}"), words=", ".join(COMPARISONS))
    kind = _kind_of(field, scope, (*path, "field"))
    if compare in ("in", "not in"):
        if not isinstance(value, list) or not value:
            raise Mistake((*path, "value"), N_("{path}: must be a list of values, for {op!r}"), op=compare)
        for number, one in enumerate(value):
            _check_value(one, field, kind, scope, (*path, "value", number))
        return
    if kind in ("flag", "choice") and compare in _ORDERED:
        raise Mistake((*path, "op"), N_("{path}: {field} has no order; use = or in"), field=field)
    if compare == "contains" and kind not in ("text", "code", "long_text", "markdown"):
        raise Mistake((*path, "op"), N_("{path}: {field} is no text; use = or in"), field=field)
    _check_value(value, field, kind, scope, (*path, "value"))


def _kind_of(field: Any, scope: str | None, path: Path) -> str:
    known = fields_of(scope) if scope in KINDS else {}
    if field in known:
        return known[field]
    if not isinstance(field, str) or not scope:
        raise Mistake(path, N_("{path}: is not the name of a field"))
    near = difflib.get_close_matches(field, known, n=3)
    names = ", ".join(near or sorted(known))
    raise Mistake(path, N_("{path}: there is no {field!r} here; there is: {names}"), field=field, names=names)


def _check_value(value: Any, field: str, kind: str, scope: str | None, path: Path) -> None:
    if value is None:
        return  # nothing is known
    if kind in ("count", "money", "rate", "percent"):
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Mistake(path, N_("{path}: must be a number, as {field} is"), field=field)
    elif kind == "flag":
        if not isinstance(value, bool):
            raise Mistake(path, N_("{path}: must be true or false, as {field} is"), field=field)
    elif kind in ("date", "moment"):
        if not (isinstance(value, str) and (_DAY.fullmatch(value) or _is_day(value))):
            raise Mistake(path, N_('{path}: must be a day such as "2026-01-31", "today" or "today-7d"'))
    elif not isinstance(value, str):
        raise Mistake(path, N_("{path}: must be a text, as {field} is"), field=field)
    elif kind == "choice":
        words = _words_of(scope, field)
        if value not in {word.value for word in words}:
            raise Mistake(path, N_("{path}: is none of: {words}"), words=", ".join(word.value for word in words))


def _words_of(scope: str | None, field: str) -> list[Choice]:
    words = FORMS[KINDS[scope or ""]].field(field).words
    assert words is not None
    return list(words)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def check_action(action: Any, scope: str | None) -> None:
    """Raise Mistake where an action cannot be meant so: `{"type": "alert", "level": …, "message": …}`."""
    if not isinstance(action, dict) or not action:
        raise Mistake((), N_('{path} must be an action such as {{"type": "alert", "level": "info", "message": "…"}}'))
    for name in ("type", "level", "message"):
        if name not in action:
            raise Mistake((), N_("{path}: {name!r} is missing"), name=name)
    _refuse_others(action, ("type", "level", "message"), ())
    if action["type"] != "alert":
        raise Mistake(("type",), N_("{path}: is none of: {words}"), words="alert")
    if action["level"] not in LEVELS:
        raise Mistake(("level",), N_("{path}: is none of: {words}"), words=", ".join(LEVELS))
    message = action["message"]
    if not isinstance(message, str) or not message.strip():
        raise Mistake(("message",), N_("{path}: must be a text"))
    for name in _VARIABLE.findall(message):
        _kind_of(name, scope, ("message",))


def _refuse_others(found: dict[str, Any], known: Sequence[str], path: Path) -> None:
    for name in found:
        if name not in known:
            raise Mistake((*path, name), N_("{path}: means nothing here; known are: {names}"), names=", ".join(known))
