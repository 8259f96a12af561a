"""Everything that a database knows about its tables, in a form that can be compared."""

from __future__ import annotations

import re
from typing import Any

from tui_booking.models.database import Store

Catalog = dict[str, Any]


def read_catalog(database: Store) -> Catalog:
    """Columns, constraints and indexes of each table, the history of migrations apart."""
    return _sqlite(database) if database.engine == "sqlite" else _postgresql(database)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace('"', "")).strip()


def _balanced(text: str, start: int) -> str:
    """The text between the parenthesis at `start` and the one that closes it."""
    depth = 0
    for position in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return text[start + 1 : position]
    raise AssertionError(f"unbalanced: {text}")


def _sqlite(database: Store) -> Catalog:
    found: Catalog = {}
    tables = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for table, statement in tables:
        if table.startswith(("migratehistory", "sqlite_")):
            continue
        text = _plain(statement)
        checks = {
            match[1]: _balanced(text, match.end() - 1) for match in re.finditer(r"CONSTRAINT (\w+) CHECK \(", text)
        }
        assert text.count("CHECK (") == len(checks), "a CHECK without a name"
        keys = database.execute_sql(f"SELECT * FROM pragma_foreign_key_list('{table}')").fetchall()
        indexes = database.execute_sql(
            "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", (table,)
        ).fetchall()
        found[table] = {
            "columns": {
                row[1]: row[2:]
                for row in database.execute_sql(f"SELECT * FROM pragma_table_xinfo('{table}')").fetchall()
            },
            "checks": checks,
            "keys": {row[3]: (*row[2:3], *row[4:]) for row in keys},
            "key names": set(re.findall(r"CONSTRAINT (\w+_fk) ", text)),
            "indexes": {name: sql and _plain(sql) for name, sql in indexes},
            "strict": text.endswith("STRICT"),
        }
    return found


def _postgresql(database: Store) -> Catalog:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return list(database.execute_sql(query).fetchall())

    found: Catalog = {}
    for table, *column in rows(
        "SELECT c.table_name, c.column_name, pg_catalog.format_type(a.atttypid, a.atttypmod), c.is_nullable,"
        " c.column_default, c.collation_name FROM information_schema.columns c"
        " JOIN pg_attribute a ON a.attrelid = c.table_name::regclass AND a.attname = c.column_name"
        " WHERE c.table_schema = 'public' AND c.table_name <> 'migratehistory'"
    ):
        found.setdefault(table, {"columns": {}, "constraints": {}, "indexes": {}})["columns"][column[0]] = column[1:]
    for table, name, definition in rows(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid <> 0"
    ):
        if table in found:
            found[table]["constraints"][name] = definition
    for table, name, definition in rows(
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    ):
        if table in found:
            found[table]["indexes"][name] = definition
    return found
