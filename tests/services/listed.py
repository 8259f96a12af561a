"""Every way to ask a list, and the SQL of each, for tests that ask them all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from tui_booking.services.asking import contains, like_pattern, placeholders
from tui_booking.services.declarations import Filter, Listing
from tui_booking.services.listings import LISTINGS

SOME_ID = UUID("01900000-0000-7000-8000-000000000000")
EVERY_LISTING = [LISTINGS[name] for name in LISTINGS]


def with_test(sql: str, test: str) -> str:
    """A condition: the test stands where `{}` is, or behind."""
    return sql.replace("{}", test) if "{}" in sql else sql + test


def filter_tests(found: Filter) -> Iterator[tuple[str, list[Any]]]:
    """The conditions that a filter can make, with parameters."""
    if found.kind == "choice":
        assert found.words is not None
        words = list(found.words)
        yield with_test(found.sql, f" IN ({placeholders(len(words))})"), list(words)
    elif found.kind == "reference":
        yield with_test(found.sql, " = ?"), [SOME_ID]
    elif found.kind == "flag":
        yield f"({found.sql})", []
        yield f"NOT COALESCE(({found.sql}), false)", []
    elif found.kind == "at_least":
        yield with_test(found.sql, " >= ?"), [5]
    elif found.kind == "at_most":
        yield with_test(found.sql, " <= ?"), [5]
    elif found.kind == "text":
        yield with_test(found.sql, contains("")), [like_pattern("an")]
    else:
        days = [date(2026, 1, 1), date(2026, 12, 31)]
        yield with_test(found.sql, " BETWEEN ? AND ?"), list(days)
        yield with_test(found.sql, " <= ?"), days[:1]


def question(listing: Listing, *, selected: str = "", where: str = "", order: str = "") -> str:
    """The statement that reads a list."""
    narrowed = f" WHERE {where}" if where else ""
    sorted_by = f" ORDER BY {order}" if order else ""
    return f"SELECT r.id{selected} FROM {listing.table} r {listing.joins}{narrowed}{sorted_by}"
