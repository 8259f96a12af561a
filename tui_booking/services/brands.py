"""The brands that what is shown can be narrowed to."""

from __future__ import annotations

from uuid import UUID

from tui_booking.models.database import Store
from tui_booking.services.asking import read_id, select


def read_brands(store: Store) -> list[tuple[UUID, str]]:
    """Each brand that is not deleted by its id, with its name or else its code, in the order of the names."""
    found = select(
        store,
        "SELECT r.id, r.name, r.code FROM brand r WHERE r.deleted_at IS NULL ORDER BY r.name_folded, r.code",
    )
    return [(read_id(raw), name or code) for raw, name, code in found]
