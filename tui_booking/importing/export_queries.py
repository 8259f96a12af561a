"""The question that reads all records of a kind as its import file has them, made from what the kind is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

from tui_booking.importing.columns import Column
from tui_booking.importing.engines import Engine
from tui_booking.importing.kind import Kind, Reference
from tui_booking.importing.plan import MODEL_OF_TABLE


class LeftOut(StrEnum):
    """Why a record is not in an export: an import could not read it back as the same one."""

    PLACEHOLDER = "placeholder"
    DELETED_PARENT = "deleted"
    ALIKE = "alike"
    KEYLESS = "keyless"


# Kinds whose records need not have a code: where two without one agree in all of these, an import finds neither.
_ALIKE: dict[str, tuple[str, tuple[str, ...]]] = {
    "booking_deliverables": ("deliverable_code", ("booking_id", "deliverable_type", "title", "deadline_post")),
    "payments": ("payment_ref", ("booking_id", "payment_date", "amount", "status")),
}


def exported_columns(kind: Kind) -> tuple[Column, ...]:
    """The columns of an exported file: those that say something about the record, in the order of the kind."""
    return tuple(column for column in kind.columns if column.path != "")


def select_kind(kind: Kind, engine: Engine) -> str:
    """SELECT of the exported columns and, last, why a record is left out (null: it is not).

    It reads what is not deleted, in the order of the natural key.
    """
    columns = exported_columns(kind)
    selected = [f'{_path(column)} AS "{column.name}"' for column in columns]
    return (
        f"SELECT {', '.join(selected)}, {_reason(kind, engine)} AS left_out FROM {_tables(kind)}"
        f" WHERE t.deleted_at IS NULL ORDER BY {', '.join(_order(kind))}"
    )


def select_records(kind: Kind, columns: Sequence[Column], *before: str) -> str:
    """SELECT of some of the exported columns, and of what stands before them, of all records `t` of a kind."""
    return f"SELECT {', '.join((*before, *map(_path, columns)))} FROM {_tables(kind)}"


def count_kind(kind: Kind) -> str:
    """SELECT of how many records the export of a kind has at most."""
    return f"SELECT COUNT(*) FROM {kind.table} t WHERE t.deleted_at IS NULL"


def _path(column: Column) -> str:
    return column.path or f't."{column.field}"'


def _tables(kind: Kind) -> str:
    parts = [f"{kind.table} t"]
    for reference in _references(kind):
        # A plain join lets the database begin with the other table, whose index has the order that is wanted.
        words = "LEFT JOIN" if _is_null(kind, str(reference.field)) else "JOIN"
        parts.append(f"{words} {reference.table} {reference.alias} ON {reference.alias}.id = t.{reference.field}")
    return " ".join((*parts, *kind.export_joins))


def _references(kind: Kind) -> list[Reference]:
    return [reference for reference in kind.references if reference.field is not None]


def _is_null(kind: Kind, field: str) -> bool:
    return bool(MODEL_OF_TABLE[kind.table]._meta.columns[field].null)


def _order(kind: Kind) -> list[str]:
    """The natural key; where it has a part that can be missing, that comes last."""
    columns = {column.name: column for column in exported_columns(kind)}
    names = [name for key in kind.keys for name in key if name in columns]
    keys = [columns[name] for name in dict.fromkeys(names)]
    certain = [column for column in keys if not _can_be_missing(kind, column)]
    order = [_path(column) for column in (*certain, *(column for column in keys if column not in certain))]
    return order if len(kind.keys) == 1 else [*order, "t.id"]


def _can_be_missing(kind: Kind, column: Column) -> bool:
    if column.field is not None:
        return _is_null(kind, column.field)
    alias = _path(column).partition(".")[0]
    return any(_is_null(kind, str(reference.field)) for reference in _references(kind) if reference.alias == alias)


def _reason(kind: Kind, engine: Engine) -> str:
    cases = []
    if MODEL_OF_TABLE[kind.table].placeholder:
        cases.append(f"WHEN t.is_placeholder THEN '{LeftOut.PLACEHOLDER}'")
    joined = [reference.alias for reference in _references(kind)]
    joined += [found[1] for join in kind.export_joins if (found := re.search(r"JOIN \w+ (\w+) ON", join))]
    if joined:
        deleted = " OR ".join(f"{alias}.deleted_at IS NOT NULL" for alias in joined)
        cases.append(f"WHEN {deleted} THEN '{LeftOut.DELETED_PARENT}'")
    if kind.name in _ALIKE:
        code, fields = _ALIKE[kind.name]
        same = " AND ".join(engine.same(f"o.{field}", f"t.{field}") for field in fields)
        cases.append(
            f"WHEN t.{code} IS NULL AND EXISTS (SELECT 1 FROM {kind.table} o WHERE o.id <> t.id"
            f" AND o.deleted_at IS NULL AND o.{code} IS NULL AND {same}) THEN '{LeftOut.ALIKE}'"
        )
    return f"CASE {' '.join(cases)} ELSE NULL END" if cases else "NULL"
