"""Rows that are at hand, narrowed and sorted as the database does it with those that it has."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tui_booking.language import label_of
from tui_booking.models.choices import Choice
from tui_booking.models.folding import fold
from tui_booking.services.declarations import Filter, FilterValue, Listing, Period, Query, Value


class ProblemLevel(Choice):
    """How grave a message of an import's report is."""

    ERROR = "error", "error", "lỗi"
    WARNING = "warning", "warning", "cảnh báo"
    INFO = "info", "info", "thông tin"


class Touch(Choice):
    """What a run of the import did to a record."""

    CREATED = "created", "created", "đã tạo"
    UPDATED = "updated", "updated", "đã cập nhật"
    DELETED = "deleted", "deleted", "đã xóa"


def is_wanted(query: Query, values: Sequence[Value]) -> bool:
    """Whether a row with a value for each column of the listing is left by the search and the filters.

    A search finds words in any column, a filter looks at the column that its `sql` names.
    """
    words = fold(query.search).split()
    if words:
        text = fold("\n".join(_text_of(value) for value in values))
        if not all(word in text for word in words):
            return False
    listing = query.listing
    return all(_passes(listing.filter(name), asked, _value_of(listing, name, values)) for name, asked in query.filters)


def sorting_key(value: Value) -> Any:
    """What a value is sorted by; those of a column are of one kind, and unknown ones are put last by whoever sorts."""
    return fold(_text_of(value)) if isinstance(value, str | Choice) else value


def _value_of(listing: Listing, name: str, values: Sequence[Value]) -> Value:
    column = listing.filter(name).sql
    return next(value for one, value in zip(listing.columns, values, strict=True) if one.name == column)


def _passes(one: Filter, asked: FilterValue, value: Value) -> bool:
    if value is None or value == "":
        return False
    if one.kind == "choice":
        return isinstance(asked, tuple) and str(getattr(value, "value", value)) in asked
    if one.kind == "text":
        text = fold(_text_of(value))
        return all(word in text for word in fold(str(asked)).split())
    if one.kind in ("at_least", "at_most") and isinstance(value, int | float | Decimal):
        return value >= asked if one.kind == "at_least" else value <= asked  # type: ignore[operator]
    if one.kind == "period" and isinstance(asked, Period) and isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return (asked.start is None or day >= asked.start) and (asked.end is None or day <= asked.end)
    raise ValueError(f"a filter of kind {one.kind} does not fit {value!r}")


def _text_of(value: Value) -> str:
    if isinstance(value, Choice):
        return label_of(value)
    return "" if value is None else str(value)
