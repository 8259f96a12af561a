"""Stored texts as values; SQLite takes any text from whoever writes by hand, and then there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from uuid import UUID

from tui_booking.errors import BookingCenterError
from tui_booking.language import N_, _, filled

NO_ID, NO_DAY, NO_MOMENT, NO_JSON = N_("no id"), N_("no day"), N_("no moment"), N_("no JSON")
_SHOWN_CHARACTERS = 60
T = TypeVar("T")


class UnreadableValue(BookingCenterError):
    """A value in the database is not what its column holds; `check` names the record, and what should be there."""

    def __init__(self, text: str, wanted: str, place: str | None = None) -> None:
        self.text, self.wanted = text, wanted
        shown = repr(text if len(text) <= _SHOWN_CHARACTERS else f"{text[: _SHOWN_CHARACTERS - 1]}…")
        if place is None:
            title = filled(
                _("A value in the database cannot be read: {value} is {wanted}."), value=shown, wanted=wanted
            )
        else:
            title = filled(
                _("A value in the database cannot be read: {place} is {value}, which is {wanted}."),
                place=place,
                value=shown,
                wanted=wanted,
            )
        super().__init__(title, _("Run the command: check. It names the record, and what should stand there."))

    def in_column(self, field: Any) -> UnreadableValue:
        """The same, naming the column of a model's field."""
        return UnreadableValue(self.text, self.wanted, f"{field.model._meta.table_name}.{field.column_name}")


def value_of(field: Any, read: Callable[[str], T], text: str) -> T:
    """What a reader makes of the text that a field has stored; raises UnreadableValue, which names the column."""
    try:
        return read(text)
    except UnreadableValue as error:
        raise error.in_column(field) from None


def read_id(text: str) -> UUID:
    """A stored id; raises UnreadableValue."""
    try:
        return UUID(text)
    except ValueError:
        raise UnreadableValue(text, _(NO_ID)) from None


def read_day(text: str) -> date:
    """A stored day; raises UnreadableValue."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UnreadableValue(text, _(NO_DAY)) from None


def read_moment(text: str) -> datetime:
    """A stored moment, aware and in UTC; raises UnreadableValue."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UnreadableValue(text, _(NO_MOMENT)) from None


def read_json(text: str) -> Any:
    """A stored document; raises UnreadableValue."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise UnreadableValue(text, _(NO_JSON)) from None
