"""The parts of the documents that are made from the program: kinds of file, limits, settings, commands."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import MISSING, Field, fields
from functools import partial
from typing import Any

from tests.data.document_app import SECTIONS_WITH_LISTS, describe_keys, describe_lists
from tests.data.document_models import (
    describe_choices,
    describe_common_fields,
    describe_models,
    describe_references,
    read_meanings,
    table_of,
)
from tui_booking.cli.main import COMMANDS, build_parser
from tui_booking.config import PREFIX, ImportSettings, Settings
from tui_booking.importing.aliases import names_of_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.csv_columns import MAXIMUM_CELL
from tui_booking.importing.headers import HEADER_SEARCH_ROWS
from tui_booking.importing.kinds import KINDS, Kind
from tui_booking.importing.report import MESSAGES_A_FILE
from tui_booking.importing.sheets import MAXIMUM_COLUMNS
from tui_booking.importing.workbook_parts import MAXIMUM_INFLATED
from tui_booking.importing.workbook_scan import MAXIMUM_CELLS, MAXIMUM_ROWS
from tui_booking.models.database import BUSY_SECONDS
from tui_booking.reading.contacts import LONG_NAME, SHORT_TEXT, URL_BYTES
from tui_booking.reading.dates import FIRST_YEAR, LAST_YEAR
from tui_booking.reading.money import MONEY_LIMIT

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
    "theme": "what it had last, else `dark`",
}


# --- Kinds of import file -------------------------------------------------------------------------------------------


def describe_kind_list() -> str:
    rows = [
        [str(number), f"[`{kind.name}`](#{kind.name})", f"`{kind.table}`", " or ".join(map(_key, kind.keys))]
        for number, kind in enumerate(KINDS, 1)
    ]
    return table_of(("#", "file", "table", "the header needs"), rows)


def describe_files() -> str:
    """Every file with all of its columns, for who wants them on one page."""
    rows = []
    for number, kind in enumerate(KINDS, 1):
        columns = ", ".join(
            f"**{column.name}**" if column.key or column.required else column.name for column in kind.columns
        )
        rows.append(
            [str(number), f"[{kind.name}](docs/importing.md#{kind.name})", columns, " or ".join(map(_key, kind.keys))]
        )
    return table_of(("#", "file", "columns", "a row is found by"), rows)


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
    field = column.field or ""
    stored = meanings.get(kind.table, {}).get(field) or meanings["common"].get(field)
    if stored is None and column.path and not column.about:
        # It only names a record that the row points at, by a field of that one.
        alias, _, name = column.path.partition(".")
        table = next((reference.table for reference in kind.references if reference.alias == alias), "")
        stored = meanings.get(table, {}).get(name)
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


def describe_limits() -> str:
    """How large what is read may be."""
    rows = [
        ["Columns of a file or sheet", f"{MAXIMUM_COLUMNS:,}", "the file is unreadable"],
        ["Rows of a CSV file", "no limit", ""],
        ["Rows of a sheet", f"{MAXIMUM_ROWS:,}", "the sheet is unreadable"],
        ["Cells of a sheet (its rows times its columns)", f"{MAXIMUM_CELLS:,}", "the sheet is unreadable"],
        [
            "The parts of a workbook that are read, unpacked",
            f"{MAXIMUM_INFLATED >> 20:,} MB",
            "the workbook is unreadable",
        ],
        ["Characters of a cell", f"{MAXIMUM_CELL:,}", "CSV: the file is unreadable; else an error of the row"],
        ["Characters of a code, id, handle or phone", f"{SHORT_TEXT:,}", "an error of the row"],
        ["Characters of a name or e-mail", f"{LONG_NAME:,}", "an error of the row"],
        ["Bytes of an address", f"{URL_BYTES:,}", "an error of the row"],
        ["An amount", f"below {MONEY_LIMIT // 100:,}", "an error of the row"],
        ["Years of dates", f"{FIRST_YEAR} to {LAST_YEAR}", "an error of the row"],
        ["Rows in which the header is looked for", f"{HEADER_SEARCH_ROWS:,}", "the file is unreadable"],
        ["Messages of a file in the report", f"{MESSAGES_A_FILE:,}", "the others are counted"],
        ["Seconds of waiting for another writer", f"{BUSY_SECONDS:,}", "the run ends and says who writes"],
    ]
    return table_of(("what", "at most", "beyond it"), rows)


# --- Settings and commands ------------------------------------------------------------------------------------------


def describe_settings() -> str:
    rows = []
    for key, variable, field in described_settings():
        usual = _USUAL_SETTINGS.get(key)
        if usual is None:
            default = field.default if field.default_factory is MISSING else field.default_factory()
            usual = "–" if default is MISSING else f"`{json.dumps(default)}`"
        rows.append([f"`{key}`", f"`{variable}`", usual, field.metadata["description"]])
    return table_of(("key in settings.toml", "environment variable", "usually", "what it sets"), rows)


def described_settings() -> Iterator[tuple[str, str, Field[Any]]]:
    """Every setting: its key, its variable and its declaration."""
    for field in fields(Settings):
        if field.name != "imports":
            yield field.name, f"{PREFIX}{field.name.upper()}", field
    for field in fields(ImportSettings):
        yield f"imports.{field.name}", f"{PREFIX}IMPORTS__{field.name.upper()}", field


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
    "files": describe_files,
    "kinds": describe_kinds,
    "aliases": describe_aliases,
    "limits": describe_limits,
    "settings": describe_settings,
    "commands": describe_commands,
    "keys": describe_keys,
    **{f"lists of {section}": partial(describe_lists, section) for section in SECTIONS_WITH_LISTS},
}
