"""Keys that only one record may have: whose a key is already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.database import Store
from tui_booking.models.schema import Lookup
from tui_booking.services.kinds import models
from tui_booking.services.names import name_of
from tui_booking.services.rows import find_rows, stored_parameter

_NULLNESS = re.compile(r"(\w+) IS (NOT )?NULL")


def find_taken(store: Store, kind: str, record: UUID | None, row: Mapping[str, Any]) -> dict[str, str]:
    """The fields whose value another record has, deleted or not, each with what to do about it."""
    found: dict[str, str] = {}
    columns = {field.column_name: field.name for field in models()[kind]._meta.sorted_fields}
    for key in models()[kind].lookups:
        if not key.unique or not _applies(key, row, columns):
            continue
        names = [columns[column] for column in key.columns]
        if any(row[name] is None for name in names):
            continue
        condition = " AND ".join(f"t.{column} = ?" for column in key.columns)
        if key.where:
            condition += f" AND t.{key.where}"
        params = [stored_parameter(store, kind, name, row[name]) for name in names]
        others = [one for one in find_rows(store, kind, condition, params) if one["id"] != record]
        if others:
            found[names[-1]] = _told(store, kind, others[0])
    return found


def _applies(key: Lookup, row: Mapping[str, Any], columns: Mapping[str, str]) -> bool:
    if key.where is None:
        return True
    nullness = _NULLNESS.fullmatch(key.where)
    if nullness is None:
        return False  # a flag that is handed over, such as the primary contact's
    return (row[columns[nullness[1]]] is None) == (nullness[2] is None)


def _told(store: Store, kind: str, other: Mapping[str, Any]) -> str:
    name = name_of(store, kind, other["id"])
    if other["deleted_at"] is not None:
        return _("Taken by {name}, which is deleted: restore that one, or write another.").format(name=name)
    return _("Taken by {name}; write another, or change that one.").format(name=name)
