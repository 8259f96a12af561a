"""In which status records are, before it is changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from tui_booking.models.choices import Choice
from tui_booking.models.database import Store
from tui_booking.services.asking import placeholders, select
from tui_booking.services.fields import FORMS
from tui_booking.services.kinds import table_of
from tui_booking.services.rows import chunks


def statuses_of(kind: str) -> list[Choice]:
    """The words that the status of a kind of record takes; empty for one without a status."""
    return [word for field in FORMS[kind].fields if field.name == "status" for word in field.words or ()]


def count_statuses(store: Store, kind: str, ids: Sequence[UUID]) -> dict[str, int]:
    """How many of these records are in which status; deleted ones are left out."""
    counts: Counter[str] = Counter()
    for some in chunks(list(ids)):
        sql = (
            f"SELECT t.status, COUNT(*) FROM {table_of(kind)} t WHERE t.deleted_at IS NULL"
            f" AND t.id IN ({placeholders(len(some))}) GROUP BY t.status"
        )
        counts.update(dict(select(store, sql, some)))
    return dict(counts)
