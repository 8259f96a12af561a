"""Records for tests: the least that each table takes, with what it points at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

from tui_booking.models import ALL_MODELS, Base
from tui_booking.models.base import CodeField, DateField, MoneyField, Reference, UtcDateTimeField
from tui_booking.models.database import Store, connect
from tui_booking.models.fields import ChoiceField

_numbers = count(1)
MOMENT = datetime(2026, 3, 8, 9, 30, 15, 250_000, tzinfo=UTC)


@contextmanager
def connected(url: str) -> Iterator[Store]:
    """A database that the models are bound to, closed afterwards."""
    database = connect(url)
    try:
        yield database
    finally:
        database.close()


def make(model: type[Base], **given: Any) -> Any:
    """Write one record of a table: what is not given is the least that the table takes."""
    for field in model._meta.sorted_fields:
        if field.name in given or field.null or field.default is not None:
            continue
        given[field.name] = _least(field)
    if model.__name__ == "Campaign":
        given = {"start_date": date(2026, 3, 1), "end_date": date(2026, 3, 31), **given}
    if model.__name__ == "Video" and not given.get("url"):
        given.setdefault("platform_video_id", f"70000000000000{next(_numbers):05}")
    return model.create(**given)


def make_one_of_each() -> dict[str, Any]:
    """One record in every table, by the name of its model."""
    return {model.__name__: make(model) for model in ALL_MODELS}


def _least(field: Any) -> Any:
    if isinstance(field, Reference):
        return make(field.rel_model)
    if isinstance(field, ChoiceField):
        return next(iter(field.words))
    if isinstance(field, CodeField):
        return f"{field.name}-{next(_numbers)}"
    if isinstance(field, MoneyField):
        return Decimal("1000.00")
    if isinstance(field, DateField):
        return date(2026, 3, 8)
    assert isinstance(field, UtcDateTimeField)
    return MOMENT
