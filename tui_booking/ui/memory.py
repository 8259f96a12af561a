"""What the app remembers from one session to the next: places, filters, orders, columns, the theme. A JSON file."""

from __future__ import annotations

import json
import logging
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from tui_booking.paths import remembered_file
from tui_booking.services.declarations import Filter, FilterValue, Listing, Order, Period, Query

_log = logging.getLogger(__name__)
# More than any list counts, and than a database compares with.
_TOO_MUCH = 10**15


class Memory:
    """Values by name, kept in a file. What cannot be read is forgotten and logged: it is only about comfort."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or remembered_file()
        self._values: dict[str, Any] = {}
        try:
            read = json.loads(self.file.read_text(encoding="utf-8"))
            self._values = read if isinstance(read, dict) else {}
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError) as problem:
            _log.warning("%s is not read: %s", self.file, problem)

    def get(self, name: str, default: Any = None) -> Any:
        return self._values.get(name, default)

    def words(self, name: str) -> list[str]:
        """A list of words; empty where anything else is remembered."""
        kept = self.get(name)
        return [word for word in kept if isinstance(word, str)] if isinstance(kept, list) else []

    def set(self, name: str, value: Any) -> None:
        self._values[name] = value

    def save(self) -> None:
        """Write the file whole or not at all."""
        partial = self.file.with_name(f"{self.file.name}.{os.getpid()}")
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            partial.replace(self.file)
        except OSError as problem:
            _log.warning("%s is not written: %s", self.file, problem)
            partial.unlink(missing_ok=True)

    def keep_query(self, query: Query) -> None:
        """Remember how a list is narrowed and sorted. What was searched for is not: tomorrow it would surprise."""
        filters = {name: _to_json(value) for name, value in query.filters}
        order = list(query.order) if query.order else None
        self.set(f"query:{query.listing.name}", {"filters": filters, "order": order})

    def find_query(self, listing: Listing) -> Query:
        """The list as it was left, as far as it still has those filters and columns."""
        kept = self.get(f"query:{listing.name}")
        told = kept if isinstance(kept, dict) else {}
        filters, order = [], None
        for name, value in _items(told.get("filters")):
            try:
                filters.append((name, _from_json(listing.filter(name), value)))
            except (KeyError, ValueError, TypeError, AttributeError, ArithmeticError) as problem:
                _log.info("the filter %s of %s is forgotten: %s", name, listing.name, problem)
        match told.get("order"):
            case [str(column), descending]:
                if any(known.name == column and known.order for known in listing.columns):
                    order = Order(column, bool(descending))
        return Query(listing=listing, filters=tuple(filters), order=order)


def _items(told: Any) -> list[tuple[str, Any]]:
    return list(told.items()) if isinstance(told, dict) else []


def _to_json(value: FilterValue) -> Any:
    if isinstance(value, Period):
        return [day.isoformat() if day else None for day in (value.start, value.end)]
    if isinstance(value, tuple):
        return list(value)
    return str(value) if isinstance(value, UUID | Decimal) else value


def _from_json(narrowed_by: Filter, told: Any) -> FilterValue:
    kind = narrowed_by.kind
    if kind == "choice":
        known = {word.value for word in narrowed_by.words or ()}
        return tuple(word for word in told if word in known)
    if kind == "reference":
        return UUID(told)
    if kind == "period":
        start, end = (date.fromisoformat(day) if day else None for day in told)
        return Period(start, end)
    if kind in ("at_least", "at_most"):
        # A whole number stays one: an amount is a Decimal, which is compared with hundredths.
        number = Decimal(str(told))
        if not 0 <= number < _TOO_MUCH:
            raise ValueError(f"{told} is no bound")
        return number if isinstance(told, str) else int(number)
    return bool(told) if kind == "flag" else str(told)
