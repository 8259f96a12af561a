"""The parts of the documents that are made from the models: fields, keys, references, choices."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import peewee

from tui_booking.models import ALL_MODELS, COMPUTED_MODELS, Base, Computed
from tui_booking.models.base import (
    ChoiceField,
    CodeField,
    CountField,
    CurrencyField,
    DateField,
    ExchangeRateField,
    FlagField,
    FoldedField,
    JsonField,
    MoneyField,
    RateField,
    UtcDateTimeField,
    UuidField,
    utc_now,
)
from tui_booking.models.schema import Lookup, checks_of, lookups_of

ROOT = Path(__file__).resolve().parents[2]
# Those that are worked out from others stand last.
EVERY_MODEL: tuple[type[Base | Computed], ...] = (*ALL_MODELS, *COMPUTED_MODELS)
MEANINGS = ROOT / "docs" / "meanings.toml"

_TYPES: tuple[tuple[type[peewee.Field[Any]], str], ...] = (
    (peewee.ForeignKeyField, "reference"),
    (UuidField, "UUID"),
    (UtcDateTimeField, "moment"),
    (DateField, "date"),
    (MoneyField, "money"),
    (ExchangeRateField, "exchange rate"),
    (CountField, "whole number"),
    (RateField, "rate"),
    (FlagField, "yes or no"),
    (JsonField, "JSON"),
    (ChoiceField, "choice"),
    (CurrencyField, "currency"),
    (CodeField, "code"),
    (peewee.TextField, "text"),
    (peewee.Field, "text"),
)


def read_meanings() -> dict[str, dict[str, str]]:
    """What each field is for, by table; `common` are those of every table, `fields` those of some."""
    return tomllib.loads(MEANINGS.read_text(encoding="utf-8"))


def own_fields(model: type[Base | Computed]) -> list[peewee.Field[Any]]:
    """The fields of a model that a person has to know: not those of every table, not the folded ones."""
    common = Base._meta.fields
    return [field for field in model._meta.sorted_fields if field.name not in common and not _is_folded(field)]


def _is_folded(field: peewee.Field[Any]) -> bool:
    return isinstance(field, FoldedField)


def meaning_of(model: type[Base | Computed], field: peewee.Field[Any], meanings: dict[str, dict[str, str]]) -> str:
    """What a field is for, in a sentence; raises KeyError where nobody has written that down."""
    table = meanings.get(model._meta.table_name, {})
    return table.get(field.name) or meanings["fields"][field.name]


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


def describe_common_fields() -> str:
    meanings = read_meanings()["common"]
    rows = [
        [f"`{field.name}`", _type(field), "yes" if field.null else "", meanings[field.name]]
        for field in Base._meta.sorted_fields
    ]
    return table_of(("field", "type", "may be empty", "meaning"), rows)


def describe_models() -> str:
    """Every table: what it is, its fields, its keys and rules."""
    return "\n\n".join(_describe_model(model) for model in EVERY_MODEL)


def _describe_model(model: type[Base | Computed]) -> str:
    meanings = read_meanings()
    about = " ".join((model.__doc__ or "").split())
    rows = [
        [f"`{field.column_name}`", _type(field), "yes" if field.null else "", _default(field), _bounds(model, field),
         meaning_of(model, field, meanings)]
        for field in own_fields(model)
    ]  # fmt: skip
    parts = [f"### `{model._meta.table_name}` ({model.__name__})", about]
    parts.append(table_of(("column", "type", "may be empty", "default", "rule", "meaning"), rows))
    notes = [f"- Unique: {_index(index)}" for index in lookups_of(model) if index.unique]
    notes += [f"- Rule `{name}`: `{condition}`" for name, condition in _own_checks(model).items()]
    folded = [f"`{field.source}`" for field in model._meta.sorted_fields if isinstance(field, FoldedField)]
    if folded:
        notes.append(f"- Found without regard to case and marks: {', '.join(folded)}")
    others = [_index(index) for index in lookups_of(model) if not index.unique and "_folded" not in index.columns[0]]
    if others:
        notes.append(f"- Also indexed: {'; '.join(others)}")
    if issubclass(model, Base) and model.placeholder:
        where = f"; its note is in `{model.placeholder_note_field}`" if model.placeholder_note_field else ""
        notes.append(f"- An import may make a placeholder of it{where}")
    return "\n\n".join([*parts, "\n".join(notes)] if notes else parts)


def _own_checks(model: type[Base | Computed]) -> dict[str, str]:
    return {f"{model._meta.table_name}_{name}": condition for name, condition in model.checks.items()}


def _type(field: peewee.Field[Any]) -> str:
    if isinstance(field, peewee.ForeignKeyField):
        return f"→ `{field.rel_model._meta.table_name}`"
    return next(name for kind, name in _TYPES if isinstance(field, kind))


def _default(field: peewee.Field[Any]) -> str:
    default: object = field.default
    if default is None or isinstance(field, UuidField):
        return ""
    if default is utc_now:
        return "now"
    if callable(default):
        return f"`{json.dumps(default())}`"
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"`{default}`" if str(default) else "empty text"


def _bounds(model: type[Base | Computed], field: peewee.Field[Any]) -> str:
    if isinstance(field, ChoiceField):
        return ", ".join(f"`{word.value}`" for word in field.words)
    name = f"{model._meta.table_name}_{field.column_name}"
    found = checks_of(model)
    condition = found.get(f"{name}_range") or found.get(f"{name}_code")
    return f"`{condition}`" if condition else ""


def _index(index: Lookup) -> str:
    columns = ", ".join(f"`{column}`" for column in index.columns)
    return f"({columns})" + (f" where `{index.where}`" if index.where else "")


def describe_references() -> str:
    """Which table points at which, and whether it must."""
    rows = [
        [f"`{model._meta.table_name}`", f"`{field.column_name}`", f"`{field.rel_model._meta.table_name}`",
         "none or one" if field.null else "one"]
        for model in EVERY_MODEL
        for field in model._meta.sorted_fields
        if isinstance(field, peewee.ForeignKeyField)
    ]  # fmt: skip
    return table_of(("a record of", "points by", "at", "how many"), rows)


def describe_choices() -> str:
    """Every word that a choice takes, with its labels."""
    seen: dict[str, list[list[str]]] = {}
    for model in EVERY_MODEL:
        for field in model._meta.sorted_fields:
            if isinstance(field, ChoiceField):
                place = f"`{model._meta.table_name}.{field.column_name}`"
                for word in field.words:
                    seen.setdefault(place, []).append([f"`{word.value}`", word.english, word.vietnamese])
    rows = [[place if number == 0 else "", *word] for place, words in seen.items() for number, word in enumerate(words)]
    return table_of(("column", "stored as", "English", "Vietnamese"), rows)
