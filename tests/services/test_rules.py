"""A rule that cannot be meant so says where: by path, line and column."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.models.choices import RuleScope
from tui_booking.seed.demo_texts import RULES, action_of, condition_of
from tui_booking.services.json_texts import place_of, write_json
from tui_booking.services.records import check
from tui_booking.services.rules import KINDS, MEASURES, Place, check_action, check_condition, fields_of, find_mistake

GOOD = {"field": "status", "op": "=", "value": "confirmed"}
ACTION = {"type": "alert", "level": "info", "message": "{{code}}"}


def condition(text: str, scope: str = "booking") -> Place | None:
    return find_mistake(text, "condition_json", scope)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_demos_rules_are_right(rule: Any) -> None:
    check_condition(condition_of(rule), rule.scope)
    check_action(action_of(rule), rule.scope)
    values = {"scope": rule.scope, "condition_json": condition_of(rule), "action_json": action_of(rule)}
    assert check("rule", values) == {}


@pytest.mark.parametrize(
    "right",
    [
        GOOD,
        {"all": [GOOD, {"any": [GOOD, {"not": GOOD}]}]},
        {"field": "status", "op": "in", "value": ["confirmed", "in_progress"]},
        {"field": "total_fee_agreed", "op": ">=", "value": 1_000_000},
        {"field": "start_date", "op": "<", "value": "today-7d"},
        {"field": "start_date", "op": "<", "value": "2026-01-31"},
        {"field": "brief_summary", "op": "contains", "value": "gấp"},
        {"field": "late_deliverables", "op": ">", "value": 0},
        {"field": "end_date", "op": "=", "value": None},
    ],
)
def test_what_can_be_meant_is_right(right: Any) -> None:
    assert condition(json.dumps(right)) is None


@pytest.mark.parametrize(
    ("wrong", "path", "said"),
    [
        ("[]", "", "JSON must be a condition such as"),
        ("{}", "", "JSON must be a condition such as"),
        ('{"all": []}', "all", "all: must be a list of conditions"),
        ('{"all": [{"field": "status"}]}', "all[0]", "all[0]: 'op' is missing"),
        ('{"field": "statuss", "op": "=", "value": 1}', "field", "field: there is no 'statuss' here; there is: status"),
        ('{"field": "status", "op": "~", "value": 1}', "op", "op: is none of: =, !="),
        ('{"field": "status", "op": "<", "value": "confirmed"}', "op", "op: status has no order"),
        ('{"field": "start_date", "op": "contains", "value": "x"}', "op", "op: start_date is no text"),
        ('{"field": "status", "op": "=", "value": "done"}', "value", "value: is none of: negotiating"),
        ('{"field": "status", "op": "in", "value": "confirmed"}', "value", "value: must be a list of values"),
        ('{"field": "status", "op": "in", "value": ["confirmed", "x"]}', "value[1]", "value[1]: is none of"),
        ('{"field": "total_fee_agreed", "op": ">", "value": "1"}', "value", "value: must be a number"),
        ('{"field": "total_fee_agreed", "op": ">", "value": true}', "value", "value: must be a number"),
        ('{"field": "start_date", "op": ">", "value": "soon"}', "value", "value: must be a day such as"),
        ('{"field": "code", "op": "=", "value": 1}', "value", "value: must be a text"),
        ('{"any": [{"field": "code", "op": "=", "value": "x"}], "more": 1}', "more", "more: means nothing here"),
        ('{"not": {"not": 1}}', "not.not", "not.not must be a condition"),
    ],
)
def test_what_cannot_be_meant_says_where(wrong: str, path: str, said: str) -> None:
    mistake = condition(wrong)
    assert mistake is not None
    assert (mistake.path, mistake.line) == (path, 1)
    assert mistake.message.startswith(said)


def test_the_line_and_column_are_those_of_the_value() -> None:
    lines = ['{"field": "code", "op": "=", "value": "x"},', '{"field": "status", "op": "=", "value": "x"}']
    text = "\n    ".join(['{\n  "all": [', *lines]) + "\n  ]\n}"
    mistake = condition(text)
    assert mistake is not None
    assert (mistake.line, mistake.column) == (4, text.splitlines()[3].index('"x"') + 1)
    broken = condition('{\n  "all": [\n    }')
    assert broken is not None
    assert (broken.line, broken.column) == (3, 5)
    assert broken.message.startswith("is not JSON: line 3, column 5")


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ("[]", ""),
        ('{"type": "alert", "level": "info"}', ""),
        ('{"type": "mail", "level": "info", "message": "x"}', "type"),
        ('{"type": "alert", "level": "loud", "message": "x"}', "level"),
        ('{"type": "alert", "level": "info", "message": " "}', "message"),
        ('{"type": "alert", "level": "info", "message": "{{nothing}}"}', "message"),
        ('{"type": "alert", "level": "info", "message": "x", "to": "me"}', "to"),
    ],
)
def test_an_action_that_cannot_be_meant_says_where(wrong: str, path: str) -> None:
    mistake = find_mistake(wrong, "action_json", "booking")
    assert mistake is not None
    assert mistake.path == path
    assert find_mistake(json.dumps(ACTION), "action_json", "booking") is None


def test_a_form_says_it_as_well() -> None:
    values = {"scope": RuleScope.BOOKING, "condition_json": {"all": [{**GOOD, "value": "x"}]}, "action_json": ACTION}
    assert check("rule", values)["condition_json"].startswith("all[0].value: is none of: negotiating")


def test_every_scope_looks_at_a_kind_and_its_fields() -> None:
    assert set(KINDS) == set(MEASURES) == {scope.value for scope in RuleScope}
    for scope in RuleScope:
        assert {"status"} <= set(fields_of(scope))


keys = st.sampled_from(["a", "b", "\n", '"', "all"])
paths = st.lists(st.integers(0, 3) | keys, max_size=4)
documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "\n", '"', "all"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(document=documents, path=paths, indent=st.sampled_from([None, 0, 2]))
def test_the_place_of_a_path_is_where_its_value_begins(document: Any, path: list[Any], indent: int | None) -> None:
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    value, known = document, []
    for step in path:
        if not isinstance(value, list if isinstance(step, int) else dict):
            break
        if not (step in value if isinstance(value, dict) else step < len(value)):
            break
        value = value[step]
        known.append(step)
    line, column = place_of(text, known)
    start = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    assert json.JSONDecoder().raw_decode(text, start)[0] == value
    assert write_json(None) == ""
