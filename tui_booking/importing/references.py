"""Records that rows point at and that are not there: said, or made as placeholders."""

from __future__ import annotations

import re

from tui_booking.importing.engines import Engine
from tui_booking.importing.kind import Kind, Reference
from tui_booking.importing.plan import MODEL_OF_TABLE, PLAN, Planner
from tui_booking.importing.problems import Problems
from tui_booking.language import _
from tui_booking.models import PLACEHOLDER_NOTE
from tui_booking.models.base import folded_fields
from tui_booking.models.folding import fold

UNKNOWN = "UNKNOWN"
FOLD = "import_fold"
MISSING = "import_missing"
_FOLD_ROWS = 5_000

# The records that a placeholder points at where its row names none: table to (key column, parents).
_UNKNOWN_RECORDS: dict[str, tuple[str, dict[str, str]]] = {
    "brand": ("code", {}),
    "creator": ("creator_key", {}),
    "campaign": ("code", {"brand_id": "brand"}),
}
# In which file a record of each table is imported.
FILE_OF_TABLE = {
    "brand": "brands",
    "product": "products",
    "creator": "creators",
    "creator_channel": "creator_channels",
    "campaign": "campaigns",
    "booking": "bookings",
    "booking_deliverable": "booking_deliverables",
    "video": "videos",
    "tracking_asset": "tracking_assets",
}


def report_missing(planner: Planner, problems: Problems, tally: dict[str, int], *, may_create: bool) -> None:
    """Add a problem for every row that points at something that is not there; `tally` is the plan's."""
    for reference in planner.kind.references:
        if not tally.get(f"missing_{reference.alias}"):
            continue
        missing = _missing_in_words(planner.engine, reference, may_create=may_create)
        deleted = planner.engine.sentence(
            _("this {noun} was deleted; bring it back first, by its own row and --restore-deleted"),
            noun=planner.engine.literal(_(reference.noun)),
        )
        shown = " || '/' || ".join(f"COALESCE(s.{name}, '')" for name in reference.shown) or f"s.{reference.column}"
        problems.add_where(
            f"{reference.alias}.id IS NULL AND ({reference.within}) IS NOT NULL"
            f" AND s.n IN (SELECT n FROM {PLAN} WHERE missing_{reference.alias})",
            reference.column,
            f"CASE WHEN {is_deleted(reference)} THEN {deleted} ELSE {missing} END",
            value=shown,
            source=planner.joins(reference),
        )
        # A row whose reference could not even be looked for has the problem of what it would be looked for in.
        planner.engine.run(f"UPDATE {PLAN} SET outcome = 'error' WHERE missing_{reference.alias}")


def _missing_in_words(engine: Engine, reference: Reference, *, may_create: bool) -> str:
    """SQL for what is said of a row that points at nothing; `may_create` where placeholders were asked for."""
    file = FILE_OF_TABLE.get(reference.table)
    offers = not may_create and reference.placeholder is not None
    if file and offers:
        text = _("there is no such {noun}; import {file} first or correct the cell, or let --create-missing make it")
    elif file and may_create and reference.placeholder is None:
        text = _("there is no such {noun}, and --create-missing makes none; import {file} first or correct the cell")
    elif file:
        text = _("there is no such {noun}; import {file} first or correct the cell")
    elif offers:
        text = _("there is no such {noun}; correct the cell, or let --create-missing make the user")
    else:
        text = _("there is no such {noun}; correct the cell")
    return engine.sentence(text, noun=engine.literal(_(reference.noun)), file=engine.literal(file))


def is_deleted(reference: Reference) -> str:
    """SQL for whether what a row points at is there and was deleted."""
    on = re.sub(rf"\b{reference.alias}\.", "dead.", reference.on)
    return f"EXISTS (SELECT 1 FROM {reference.table} dead WHERE {on} AND dead.deleted_at IS NOT NULL)"


class Placeholders:
    """Makes the placeholders of one file; all of them carry the file's moment as their time of creation."""

    def __init__(self, planner: Planner, moment: str, milliseconds: int) -> None:
        self.planner = planner
        self.engine: Engine = planner.engine
        self.kind: Kind = planner.kind
        self.moment = moment
        self.milliseconds = milliseconds
        self.tables: list[str] = []

    def make(self) -> bool:
        """Make one for everything that is missing and may be made; whether there was any."""
        for reference in self.kind.references:
            if reference.placeholder is not None and reference.column in self.planner.present:
                self.make_for(reference)
        for table in self.tables:
            refold(self.engine, table, f"created_at = {self.moment}")
        return bool(self.tables)

    def make_for(self, reference: Reference) -> None:
        """Make one for everything that is missing by one reference."""
        engine, placeholder = self.engine, reference.placeholder
        assert placeholder is not None
        # The plan knows; to look for the first such row in the joins themselves, PostgreSQL may go through all pairs.
        if not engine.value(f"SELECT 1 FROM {PLAN} WHERE missing_{reference.alias} AND bad IS NULL LIMIT 1"):
            return
        joins = self.planner.joins(reference)
        wanted = f"({reference.is_given}) AND {reference.alias}.id IS NULL AND s.bad IS NULL"
        wanted += f" AND NOT {is_deleted(reference)}"
        key = ", ".join(placeholder.key)
        found = ["s.n AS n", f"ROW_NUMBER() OVER (PARTITION BY {key} ORDER BY s.n) AS place"]
        found += [f"{sql} AS {name}" for name, sql in placeholder.values.items() if "{parent:" not in sql]
        # A parent is taken from the first row that knows it.
        found += [
            f"FIRST_VALUE({parent.known}) OVER (PARTITION BY {key}"
            f" ORDER BY CASE WHEN ({parent.known}) IS NULL THEN 1 ELSE 0 END, s.n) AS {field}"
            for field, parent in placeholder.parents.items()
            if parent.known != "NULL"
        ]
        engine.run(f"DROP TABLE IF EXISTS {MISSING}")
        engine.run(
            f"CREATE TEMP TABLE {MISSING} AS SELECT * FROM (SELECT {', '.join(found)} FROM {joins} WHERE {wanted}) w"
            " WHERE place = 1"
        )
        chosen = {}
        for field, parent in placeholder.parents.items():
            if parent.known == "NULL":
                chosen[field] = self._unknown(parent.table)
            elif engine.value(f"SELECT 1 FROM {MISSING} WHERE {field} IS NULL LIMIT 1"):
                chosen[field] = f"COALESCE(m.{field}, {self._unknown(parent.table)})"
            else:
                chosen[field] = f"m.{field}"
        values = {
            name: self._with_parents(sql, chosen) if "{parent:" in sql else f"m.{name}"
            for name, sql in placeholder.values.items()
        }
        self._insert(reference.table, values | chosen, "m.n", f"FROM {MISSING} m")

    @staticmethod
    def _with_parents(sql: str, chosen: dict[str, str]) -> str:
        return re.sub(r"\{parent:(\w+)\}", lambda found: chosen[found[1]], sql)

    def _unknown(self, table: str) -> str:
        """SQL for the id of the record that stands for an unknown one; it is made, or brought back, where need be."""
        key, parents = _UNKNOWN_RECORDS[table]
        found = f"(SELECT u.id FROM {table} u WHERE u.{key} = '{UNKNOWN}')"
        if self.engine.value(f"SELECT 1 FROM {table} WHERE {key} = '{UNKNOWN}'") is None:
            values = {key: f"'{UNKNOWN}'", "name": f"'{UNKNOWN}'"}
            values |= {field: self._unknown(parent) for field, parent in parents.items()}
            self._insert(table, values, "0", "")
        else:
            self.engine.run(
                f"UPDATE {table} SET deleted_at = NULL, is_active = {self.engine.true},"
                f" updated_at = {self.moment} WHERE {key} = '{UNKNOWN}' AND deleted_at IS NOT NULL"
            )
        return found

    def _insert(self, table: str, values: dict[str, str], number: str, rows: str) -> None:
        model = MODEL_OF_TABLE[table]
        columns = {
            "id": self.engine.new_id(number, self.milliseconds),
            "created_at": self.moment,
            "updated_at": self.moment,
            **values,
        }
        if model.placeholder:
            columns["is_placeholder"] = self.engine.true
        if model.placeholder_note_field is not None:
            columns[model.placeholder_note_field] = self.engine.literal(PLACEHOLDER_NOTE)
        names = ", ".join(columns)
        made = self.engine.run(f"INSERT INTO {table} ({names}) SELECT {', '.join(columns.values())} {rows}").rowcount
        self.engine.count_records(table, made)
        if table not in self.tables:
            self.tables.append(table)

    def drop_unused(self) -> None:
        """Remove those that only rows which turned out to be bad would have needed."""
        for table in sorted(self.tables, key=list(MODEL_OF_TABLE).index, reverse=True):
            model = MODEL_OF_TABLE[table]
            used = " ".join(
                f"AND NOT EXISTS (SELECT 1 FROM {other._meta.table_name} o WHERE o.{field.column_name} = {table}.id)"
                for field, other in model._meta.backrefs.items()
            )
            self.engine.run(f"DELETE FROM {table} WHERE created_at = {self.moment} AND {self._mark(table)} {used}")

    def counts(self) -> dict[str, int]:
        """How many there are of each table, without those that are none."""
        found = {
            table: self.engine.value(
                f"SELECT COUNT(*) FROM {table} WHERE created_at = {self.moment} AND {self._mark(table)}"
            )
            for table in self.tables
        }
        return {table: count for table, count in found.items() if count}

    def _mark(self, table: str) -> str:
        return "is_placeholder" if MODEL_OF_TABLE[table].placeholder else "1 = 1"


def refold(engine: Engine, table: str, where: str) -> None:
    """Bring the folded text of some records up to date; folding is Python's, so they pass through it in batches."""
    model = MODEL_OF_TABLE[table]
    fields = folded_fields(model)
    if not fields:
        return
    sources = ", ".join(str(field.source) for field in fields)
    kinds = {"id": "text"} | {field.column_name: "text" for field in fields}
    engine.make_table(FOLD, kinds)
    rows = engine.run(f"SELECT id, {sources} FROM {table} WHERE {where}")
    while batch := rows.fetchmany(_FOLD_ROWS):
        columns = [list(column) for column in zip(*batch, strict=True)]
        folded = [[fold(text or "") for text in column] for column in columns[1:]]
        engine.run(f"DELETE FROM {FOLD}")
        engine.load(FOLD, list(kinds), [list(map(str, columns[0])), *folded])
        sets = ", ".join(f"{field.column_name} = f.{field.column_name}" for field in fields)
        engine.run(f"UPDATE {table} SET {sets} FROM {FOLD} f WHERE {table}.id = {engine.id_of('f.id')}")
