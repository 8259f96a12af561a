"""What a database lacks of the tables, columns and indexes that the models declare, as other programs may leave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_booking.models import Base, Computed
from tui_booking.models.database import Store
from tui_booking.models.schema import index_statement, lookups_of
from tui_booking.services.findings import Finding

_COLUMNS = {
    "sqlite": ("SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table'"),
    "postgresql": (
        "SELECT c.table_name, c.column_name FROM information_schema.columns c WHERE c.table_schema = current_schema()"
    ),
}
_INDEXES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index'",
    "postgresql": "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()",
}


def find_missing_columns(database: Store, every: Sequence[type[Base | Computed]]) -> Iterator[Finding]:
    """The tables that are not there, and the columns; nothing that is read of them can be checked."""
    there = {(table, column) for table, column in database.execute_sql(_COLUMNS[database.engine]).fetchall()}
    tables = {table for table, _ in there}
    for model in every:
        table = model._meta.table_name
        if table not in tables:
            yield Finding("the table", table, "is there", "missing", "restored from a backup")
            continue
        for column in model._meta.columns:
            if (table, column) not in there:
                yield Finding("the column", f"{table}.{column}", "is there", "missing", "restored from a backup")


def find_missing_indexes(database: Store, every: Sequence[type[Base | Computed]]) -> Iterator[Finding]:
    """The indexes that are not there, with the statements that make them; without them much is slow, or double."""
    there = {name for (name,) in database.execute_sql(_INDEXES[database.engine]).fetchall()}
    for model in every:
        table = model._meta.table_name
        for index in lookups_of(model):
            name = index.name(table)
            if name not in there:
                statement = index_statement(table, index, safe=False)
                yield Finding("the index", name, "is there", "missing", f"made with: {statement};")
