"""Columns and filters that several lists have alike."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.services.declarations import Column, Filter


def added() -> Column:
    """When the record was made; ids are in that order, so their index serves it."""
    return Column(
        name="added", label=N_("Added"), sql="r.created_at", kind="moment", order="r.id", indexed=True, width=16,
        shown=False,
    )  # fmt: skip


def changed() -> Column:
    """When the record last changed."""
    return Column(
        name="changed", label=N_("Changed"), sql="r.updated_at", kind="moment", order="r.updated_at", width=16,
        shown=False,
    )  # fmt: skip


def active() -> Column:
    return Column(
        name="active", label=N_("Active"), sql="r.is_active", kind="flag", order="r.is_active", width=6, shown=False
    )


def incomplete() -> Column:
    """Whether an import has made it as a placeholder."""
    return Column(
        name="incomplete", label=N_("To complete"), sql="r.is_placeholder", kind="flag", order="r.is_placeholder",
        width=11, shown=False,
    )  # fmt: skip


def currency(of: str = "r") -> Column:
    return Column(
        name="currency", label=N_("Currency"), sql=f"{of}.currency", kind="code", order=f"{of}.currency", width=8,
        shown=False,
    )  # fmt: skip


def is_active() -> Filter:
    return Filter(name="active", label=N_("Active"), kind="flag", sql="r.is_active")


def is_incomplete() -> Filter:
    return Filter(name="incomplete", label=N_("To complete"), kind="flag", sql="r.is_placeholder")


def reference(name: str, label: str, kind: str, sql: str) -> Filter:
    """Narrows a list to what points at one record."""
    return Filter(name=name, label=label, kind="reference", sql=sql, reference=kind)


def of(table: str, column: str, key: str) -> str:
    """The value of another record, by which a list is sorted."""
    return f"(SELECT o.{column} FROM {table} o WHERE o.id = {key})"


def folded(column: str) -> str:
    """A search in a text that has no folded column beside it; an empty one costs nothing."""
    return f"CASE WHEN {column} <> '' THEN folded({column}) END"


def among(key: str, table: str, column: str, *, id_column: str = "id") -> str:
    """A search in a text of another table: worked out once, and not for each record."""
    return f"{key} IN (SELECT o.{id_column} FROM {table} o WHERE {column} {{}})"
