"""Stored records as values by field, read and written in one way on both engines; folded texts follow by themselves."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, TypeVar
from uuid import UUID

from tui_booking.models import Base, folded_fields
from tui_booking.models.base import FoldedField, JsonField
from tui_booking.models.database import Store
from tui_booking.models.fields import ScaledField
from tui_booking.models.folding import fold
from tui_booking.models.stored_texts import read_json, value_of
from tui_booking.services.asking import execute, parameter, placeholders, select
from tui_booking.services.kinds import models, table_of

T = TypeVar("T")
Values = dict[str, Any]
# How a record is held until the transaction ends: `update` against everybody, `share` against those who change it.
Lock = Literal["", "update", "share"]

_CHUNK = 500
# So that the parameters of a statement stay few, whatever SQLite was built with.
_INSERTED = 50
# Keys are never changed, so that others may go on pointing at a record that is held.
_LOCKS = {"": "", "update": " FOR NO KEY UPDATE", "share": " FOR SHARE"}


def chunks(items: Sequence[T], size: int = _CHUNK) -> Iterator[Sequence[T]]:
    """The items in as many at a time as a statement takes."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def locking(store: Store, lock: Lock) -> str:
    """The end of a SELECT that locks its rows; on SQLite a transaction that writes is alone."""
    return "" if store.engine == "sqlite" else _LOCKS[lock]


def read_rows(store: Store, kind: str, ids: Iterable[UUID], *, lock: Lock = "") -> dict[UUID, Values]:
    """The records with these ids that are there, deleted or not, in the order of their ids."""
    return {
        row["id"]: row
        for some in chunks(sorted(set(ids)))
        for row in find_rows(store, kind, f"t.id IN ({placeholders(len(some))})", some, lock=lock)
    }


def find_rows(store: Store, kind: str, condition: str, params: Sequence[object], *, lock: Lock = "") -> list[Values]:
    """The records `t` for which SQL holds, whole."""
    fields = _fields(models()[kind])
    columns = ", ".join(f"t.{field.column_name}" for field in fields)
    sql = f"SELECT {columns} FROM {table_of(kind)} t WHERE {condition} ORDER BY t.id{locking(store, lock)}"
    return [
        {field.name: _value(field, answer) for field, answer in zip(fields, row, strict=True)}
        for row in select(store, sql, params)
    ]


def insert_row(store: Store, kind: str, values: Mapping[str, Any]) -> None:
    """Write a new record; a field that is not given gets what the column has by default."""
    insert_rows(store, kind, [values])


def insert_rows(store: Store, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write new records that all have the same fields."""
    for some in chunks(rows, _INSERTED):
        stored = [_stored(store, kind, values) for values in some]
        one = f"({placeholders(len(stored[0]))})"
        execute(
            store,
            f"INSERT INTO {table_of(kind)} ({', '.join(stored[0])}) VALUES {', '.join([one] * len(stored))}",
            [value for values in stored for value in values.values()],
        )


def update_rows(store: Store, kind: str, ids: Sequence[UUID], values: Mapping[str, Any]) -> None:
    """Give these records the same new values."""
    stored = _stored(store, kind, values)
    sets = ", ".join(f"{name} = ?" for name in stored)
    for some in chunks(ids):
        sql = f"UPDATE {table_of(kind)} SET {sets} WHERE id IN ({placeholders(len(some))})"
        execute(store, sql, [*stored.values(), *some])


def differs(kind: str, name: str, one: Any, other: Any) -> bool:
    """Whether two values of a field are not the same; in JSON, true is not 1."""
    if isinstance(models()[kind]._meta.fields[name], JsonField):
        return json.dumps(one, sort_keys=True) != json.dumps(other, sort_keys=True)
    return bool(one != other)


def as_stored(store: Store, kind: str, record: UUID, values: Values) -> Values:
    """The values as the database has them: PostgreSQL writes the numbers in JSON in its own way."""
    names = [name for name in values if isinstance(models()[kind]._meta.fields[name], JsonField)]
    if not names or store.engine == "sqlite":
        return values
    row = read_rows(store, kind, [record])[record]
    return {**values, **{name: row[name] for name in names}}


def stored_parameter(store: Store, kind: str, name: str, value: Any) -> object:
    """A value of a field as a parameter of a question."""
    return _parameter(store, models()[kind]._meta.fields[name], value)


def column_of(kind: str, name: str) -> str:
    """The column of a field."""
    column: str = models()[kind]._meta.fields[name].column_name
    return column


def _fields(model: type[Base]) -> list[Any]:
    return [field for field in model._meta.sorted_fields if not isinstance(field, FoldedField)]


def _stored(store: Store, kind: str, values: Mapping[str, Any]) -> dict[str, object]:
    model = models()[kind]
    found = {column_of(kind, name): stored_parameter(store, kind, name, value) for name, value in values.items()}
    for field in folded_fields(model):
        if field.source in values:
            found[field.column_name] = fold(values[field.source] or "")
    return found


def _parameter(store: Store, field: Any, value: Any) -> object:
    if value is None:
        return None
    if isinstance(field, JsonField):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(field, ScaledField):
        return field.db_value(value)
    return parameter(store, value)


def _value(field: Any, answer: Any) -> Any:
    if isinstance(field, JsonField):
        return value_of(field, read_json, answer) if isinstance(answer, str) else answer
    return None if answer is None else field.python_value(answer)
