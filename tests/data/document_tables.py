"""The parts of the documents that are made from the program: tables of models, kinds, settings and commands."""

from __future__ import annotations

import argparse
import json
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import peewee
from pydantic_core import PydanticUndefined

from tui_booking.cli.main import COMMANDS, build_parser
from tui_booking.config import PREFIX, ImportSettings, Settings
from tui_booking.importing.aliases import names_of_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.kinds import KINDS, Kind
from tui_booking.models import ALL_MODELS, Base
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
READ_AS = {
    Type.CODE: "code",
    Type.NAME: "name",
    Type.TEXT: "text",
    Type.ID: "id",
    Type.URL: "address",
    Type.HANDLE: "handle",
    Type.PHONE: "phone",
    Type.EMAIL: "e-mail",
    Type.WHOLE: "whole number",
    Type.MONEY: "amount",
    Type.EXCHANGE: "exchange rate",
    Type.RATE: "rate",
    Type.DATE: "date",
    Type.TIME: "time",
    Type.FLAG: "yes or no",
    Type.CURRENCY: "currency",
    Type.CHOICE: "choice",
}
_USUAL_SETTINGS = {
    "database_url": "`booking.db` in the data folder",
    "operator": "the login name",
    "language": "what `LANG` says, else `en`",
}


def read_meanings() -> dict[str, dict[str, str]]:
    """What each field is for, by table; `common` are those of every table, `fields` those of some."""
    return tomllib.loads(MEANINGS.read_text(encoding="utf-8"))


def own_fields(model: type[Base]) -> list[peewee.Field[Any]]:
    """The fields of a model that a person has to know: not those of every table, not the folded ones."""
    common = Base._meta.fields
    return [field for field in model._meta.sorted_fields if field.name not in common and not _is_folded(field)]


def _is_folded(field: peewee.Field[Any]) -> bool:
    return isinstance(field, FoldedField)


def meaning_of(model: type[Base], field: peewee.Field[Any], meanings: dict[str, dict[str, str]]) -> str:
    """What a field is for, in a sentence; raises KeyError where nobody has written that down."""
    table = meanings.get(model._meta.table_name, {})
    return table.get(field.name) or meanings["fields"][field.name]


def table_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)


# --- Models ---------------------------------------------------------------------------------------------------------


def describe_common_fields() -> str:
    meanings = read_meanings()["common"]
    rows = [
        [f"`{field.name}`", _type(field), "yes" if field.null else "", meanings[field.name]]
        for field in Base._meta.sorted_fields
    ]
    return table_of(("field", "type", "may be empty", "meaning"), rows)


def describe_models() -> str:
    """Every table: what it is, its fields, its keys and rules."""
    return "\n\n".join(_describe_model(model) for model in ALL_MODELS)


def _describe_model(model: type[Base]) -> str:
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
    if model.placeholder:
        where = f"; its note is in `{model.placeholder_note_field}`" if model.placeholder_note_field else ""
        notes.append(f"- An import may make a placeholder of it{where}")
    return "\n\n".join([*parts, "\n".join(notes)] if notes else parts)


def _own_checks(model: type[Base]) -> dict[str, str]:
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


def _bounds(model: type[Base], field: peewee.Field[Any]) -> str:
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
        for model in ALL_MODELS
        for field in model._meta.sorted_fields
        if isinstance(field, peewee.ForeignKeyField)
    ]  # fmt: skip
    return table_of(("a record of", "points by", "at", "how many"), rows)


def describe_choices() -> str:
    """Every word that a choice takes, with its labels."""
    seen: dict[str, list[list[str]]] = {}
    for model in ALL_MODELS:
        for field in model._meta.sorted_fields:
            if isinstance(field, ChoiceField):
                place = f"`{model._meta.table_name}.{field.column_name}`"
                for word in field.words:
                    seen.setdefault(place, []).append([f"`{word.value}`", word.english, word.vietnamese])
    rows = [[place if number == 0 else "", *word] for place, words in seen.items() for number, word in enumerate(words)]
    return table_of(("column", "stored as", "English", "Vietnamese"), rows)


# --- Kinds of import file -------------------------------------------------------------------------------------------


def describe_kind_list() -> str:
    rows = [
        [str(number), f"[`{kind.name}`](#{kind.name})", f"`{kind.table}`", " or ".join(map(_key, kind.keys))]
        for number, kind in enumerate(KINDS, 1)
    ]
    return table_of(("#", "file", "table", "the header needs"), rows)


def _key(names: Sequence[str]) -> str:
    return " + ".join(f"`{name}`" for name in names)


def describe_kinds() -> str:
    """Every kind of file with its columns."""
    return "\n\n".join(_describe_kind(kind) for kind in KINDS)


def _describe_kind(kind: Kind) -> str:
    meanings = read_meanings()
    rows = [
        [f"`{column.name}`", _needed(kind, column), _read_as(column), _about(kind, column, meanings)]
        for column in kind.columns
    ]
    needs = f"The header needs {', or '.join(map(_key, kind.keys))}."
    return "\n\n".join(
        (f"### {kind.name}", f"{kind.about} {needs}", table_of(("column", "needed", "read as", "meaning"), rows))
    )


def _needed(kind: Kind, column: Column) -> str:
    if column.key:
        return "**always**"
    if column.required:
        return "for a new record"
    return "part of a key" if any(column.name in key for key in kind.keys) else ""


def _read_as(column: Column) -> str:
    if column.choices is not None:
        return ", ".join(f"`{word.value}`" for word in column.choices)
    words = READ_AS[column.type]
    if column.maximum is not None:
        words += f", {column.minimum} to {column.maximum}"
    return f"{words}, in `{column.currency}`" if column.currency else words


def _about(kind: Kind, column: Column, meanings: dict[str, dict[str, str]]) -> str:
    stored = meanings.get(kind.table, {}).get(column.field or "")
    said = "" if column.choices is not None else column.about
    if stored and said:
        return f"{stored}; {said}"
    return stored or (said[:1].upper() + said[1:] if said else column.about[:1].upper() + column.about[1:])


def describe_aliases() -> str:
    """The other names of every column, file by file."""
    parts = []
    for kind in KINDS:
        rows = [[f"`{column.name}`", ", ".join(names_of_column(kind.name, column.name))] for column in kind.columns]
        parts += [f"### Names in {kind.name}", table_of(("column", "also understood"), rows)]
    return "\n\n".join(parts)


# --- Settings and commands ------------------------------------------------------------------------------------------


def describe_settings() -> str:
    rows = []
    for key, variable, model, name in setting_names():
        field = model.model_fields[name]
        usual = _USUAL_SETTINGS.get(key)
        if usual is None:
            default = field.get_default(call_default_factory=True, validated_data={})
            usual = "–" if default is PydanticUndefined else f"`{json.dumps(default)}`"
        rows.append([f"`{key}`", f"`{variable}`", usual, field.description or ""])
    return table_of(("key in settings.toml", "environment variable", "usually", "what it sets"), rows)


def setting_names() -> Iterator[tuple[str, str, type[Settings] | type[ImportSettings], str]]:
    """Every setting: its key, its variable, the class and the field it is."""
    for name in Settings.model_fields:
        if name != "imports":
            yield name, f"{PREFIX}{name.upper()}", Settings, name
    for name in ImportSettings.model_fields:
        yield f"imports.{name}", f"{PREFIX}IMPORTS__{name.upper()}", ImportSettings, name


def describe_commands() -> str:
    """Every command, with all that its --help says."""
    parts = [_describe_parser("Before any command", build_parser([]))]
    for command in COMMANDS:
        parser = command_parser(command.name)
        parts.append(_describe_parser(f"`{command.name}`", parser))
    return "\n\n".join(parts)


def command_parser(name: str) -> argparse.ArgumentParser:
    """The parser of one command."""
    parser = build_parser([name])
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found = action.choices[name]
            assert isinstance(found, argparse.ArgumentParser)
            return found
    raise LookupError(name)


def options_of(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """What a command takes, without the list of commands."""
    return [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]


def _describe_parser(title: str, parser: argparse.ArgumentParser) -> str:
    rows = []
    for action in options_of(parser):
        word = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
        if action.choices is not None:
            word = "\\|".join(map(str, action.choices)).replace("\\|", " / ")
        takes = action.nargs != 0
        names = ", ".join(f"`{name}`" for name in action.option_strings) or f"`{word}`"
        rows.append([names, f"`{word}`" if takes and action.option_strings else "", action.help or ""])
    parts = [f"### {title}", parser.description or "", table_of(("option", "takes", "what it does"), rows)]
    if parser.epilog:
        parts.append(f"```text\n{parser.epilog}\n```")
    return "\n\n".join(parts)


BLOCKS: dict[str, Callable[[], str]] = {
    "common fields": describe_common_fields,
    "models": describe_models,
    "references": describe_references,
    "choices": describe_choices,
    "kind list": describe_kind_list,
    "kinds": describe_kinds,
    "aliases": describe_aliases,
    "settings": describe_settings,
    "commands": describe_commands,
}
