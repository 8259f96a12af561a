"""What a database holds, in a form in which two can be compared: without ids, and without when and by which run."""

from __future__ import annotations

import json
from typing import Any

from tui_booking.models import ALL_MODELS, Base, ImportFile, ImportRun
from tui_booking.models.base import Reference
from tui_booking.models.database import Store

_ASIDE = {"id", "created_at", "updated_at", "changed_at"}

Contents = dict[str, list[str]]


def read_contents(store: Store) -> Contents:
    """Every record of every table but the history of imports, sorted; what it points at stands in an id's place."""
    models = [model for model in ALL_MODELS if model not in (ImportRun, ImportFile)]
    rows: dict[type[Base], dict[Any, dict[str, Any]]] = {}
    for model in models:
        selected: Any = model.select().bind(store).dicts()
        rows[model] = {row["id"]: row for row in selected}
    assert all(row["created_at"] <= row["updated_at"] for table in rows.values() for row in table.values())

    def spelled(model: type[Base], key: Any) -> dict[str, Any]:
        row, found = rows[model][key], {}
        for field in model._meta.sorted_fields:
            value = row[field.name]
            if field.name in _ASIDE:
                continue
            if isinstance(field, Reference) and value is not None:
                value = spelled(field.rel_model, value)
            found[field.column_name] = value
        return found

    return {
        model._meta.table_name: sorted(
            json.dumps(spelled(model, key), default=str, ensure_ascii=False) for key in rows[model]
        )
        for model in models
    }


def is_empty(contents: Contents) -> bool:
    """Whether nothing is there but the user who imports."""
    return not any(rows for table, rows in contents.items() if table != "app_user")
