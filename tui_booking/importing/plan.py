"""The plan of a file: for each staged row the record it means, the values that will have, and what becomes of it.

One statement makes it, whatever the number of rows: the staging table joined with what its rows point at, in the order
of the natural key. Everything after it reads the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.engines import Engine
from tui_booking.importing.kind import Kind, Match, Reference
from tui_booking.models import ALL_MODELS, PLACEHOLDER_NOTE, Base
from tui_booking.models.base import folded_fields

STAGE = "import_stage"
ORDERED = "import_ordered"
PLAN = "import_plan"

# An enum, a currency or a flag that every record has is left alone by an empty cell even where that clears others.
_SELDOM_CLEARED = (Type.CHOICE, Type.CURRENCY, Type.FLAG)

# {final:field} in a join is the value that the field will have.
_FINAL = re.compile(r"\{final:(\w+)\}")

MODEL_OF_TABLE: dict[str, type[Base]] = {model._meta.table_name: model for model in ALL_MODELS}


@dataclass(frozen=True, slots=True)
class Options:
    """How one file is merged: what an empty cell does, and whether deleted records come back."""

    clear_blanks: bool = False
    restore_deleted: bool = False


class Planner:
    """Writes the SQL of one kind for one file, whose header has the columns `present`."""

    def __init__(self, engine: Engine, kind: Kind, present: frozenset[str], options: Options) -> None:
        self.engine = engine
        self.kind = kind
        self.present = present
        self.options = options
        self.model = MODEL_OF_TABLE[kind.table]
        self.fields = {field.column_name: field for field in self.model._meta.sorted_fields}
        self.column_of_field = {column.field: column for column in kind.columns if column.field}
        self.reference_of_field = {ref.field: ref for ref in kind.references if ref.field}
        self.note_field = self.model.placeholder_note_field
        # Of a large file that is imported again most rows are unchanged, and no rule looks at such a one.
        self.may_leave_out = self._many_point_at is not None and not kind.rules and not self.model.placeholder
        self.leaves_out = False

    @property
    def folded(self) -> dict[str, str]:
        """The folded fields that come from a column of the kind: field to staged column."""
        found = {}
        for field in folded_fields(self.model):
            column = self.column_of_field.get(field.source)
            if column is not None:
                found[field.column_name] = f"{column.name}_folded"
        return found

    @property
    def _many_point_at(self) -> Reference | None:
        """The reference by which a large file's rows point at few records, where the file names these."""
        named = (one for one in self.kind.references if one.lookup and self.present.issuperset(one.lookup))
        return next(named, None)

    @property
    def looked_up(self) -> Reference | None:
        """The reference whose id is found while rows are staged, in the column `ref_` and its alias."""
        return self._many_point_at if self.engine.remembers_lookups else None

    def stage_columns(self) -> dict[str, str]:
        """The staging table: name to type. `bad` lists the columns whose cells could not be read, or is null."""
        types = self.engine.types
        columns = {"n": self.engine.number_key, "bad": "text"}
        columns |= {column.name: types.get(column.type, "text") for column in self.kind.columns}
        columns |= dict.fromkeys(self.folded.values(), "text")
        if self.looked_up is not None:
            columns[f"ref_{self.looked_up.alias}"] = "text"
        return columns | dict(self.kind.staged)

    def joined_columns(self) -> list[str]:
        """The staged columns by which records are looked up."""
        named = {name for key in self.kind.keys for name in key} | {ref.column for ref in self.kind.references}
        return ["n", *sorted(named)]

    def value_fields(self) -> list[str]:
        """The fields that a row of this kind says something about, folded ones included."""
        named = [*self.column_of_field, *self.reference_of_field, *self.kind.derived, *self.folded]
        if self.note_field is not None:
            named.append(self.note_field)
        return list(dict.fromkeys(named))

    def written_fields(self) -> list[str]:
        """Those that this file writes: the others keep their value, or get their default."""
        written = []
        for name in self.value_fields():
            column, reference = self.column_of_field.get(name), self.reference_of_field.get(name)
            staged = self.folded.get(name)
            if (
                name in self.kind.derived
                or name == self.note_field
                or (column is not None and column.name in self.present)
                or (reference is not None and reference.column in self.present)
                or (staged is not None and staged.removesuffix("_folded") in self.present)
            ):
                written.append(name)
        return written

    def default(self, name: str) -> str:
        """The SQL of a field's default."""
        field = self.fields[name]
        default = getattr(field, "default", None)
        if default is None or callable(default):
            return "NULL"
        return self.engine.literal(field.db_value(default))

    def _final(self, name: str) -> str:
        """The value that the record will have, of a field that is not derived."""
        column, reference = self.column_of_field.get(name), self.reference_of_field.get(name)
        default = self.default(name)
        if reference is not None:
            given, cell, clearable = f"{reference.alias}.id", reference.column, self.fields[name].null
        else:
            staged = self.folded.get(name)
            cell = column.name if column is not None else (staged or "").removesuffix("_folded")
            given = f's."{cell}"' if staged is None else f's."{staged}"'
            clearable = self._clearable(self.kind.column(cell)) if cell else False
        stored = self._stored(name)
        values = [given] if cell else []
        if not (self.options.clear_blanks and cell in self.present and clearable):
            values.append(stored)
        if default != "NULL":
            values.append(default)
        return f"COALESCE({', '.join(values)})" if len(values) > 1 else values[0]

    def _stored(self, name: str) -> str:
        """The stored value, less what an import itself had put there."""
        stored = f't."{name}"'
        if name == self.note_field:
            own = f"{self.engine.literal(PLACEHOLDER_NOTE)}"
            stored = f"CASE WHEN t.is_placeholder AND {stored} = {own} THEN {self.default(name)} ELSE {stored} END"
        if name == "is_active" and self.options.restore_deleted:
            stored = "(t.is_active OR t.deleted_at IS NOT NULL)"  # out of use only because it was deleted
        return stored

    def _clearable(self, column: Column) -> bool:
        """Whether an empty cell may clear the field: never what finds the record, or what it cannot be without."""
        finds = any(column.name in key for key in self.kind.keys)
        field = self.fields.get(column.field or "")
        may_be_empty = column.type not in _SELDOM_CLEARED or (field is not None and field.null)
        return not column.required and not finds and may_be_empty

    def joins(self, until: Reference | None = None) -> str:
        """FROM and JOINs of the staging table with what its rows point at, up to and including one reference."""
        parts = [f"{STAGE} s"]
        for join in self.kind.joins:
            if isinstance(join, Match):
                parts.append(f"LEFT JOIN {self.kind.table} t ON {self.engine.expand(join.on)}")
            else:
                on = _FINAL.sub(lambda found: self._final(found[1]), join.on)
                alive = f" AND {join.alias}.deleted_at IS NULL" if isinstance(join, Reference) else ""
                parts.append(f"LEFT JOIN {join.table} {join.alias} ON {on}{alive}")
            if join is until:
                break
        return " ".join(parts)

    def _changed(self) -> str:
        """Whether a field that is not derived will differ from what is stored."""
        conditions = []
        # Where there is one key only, the record was found by it and cannot differ in it.
        key = self.kind.identities[0].columns if len(self.kind.identities) == len(self.kind.keys) == 1 else ()
        for name in self.written_fields():
            if name in self.kind.derived or name in self.folded or name in key:
                continue
            final, stored = self._final(name), f't."{name}"'
            given = f's."{self.column_of_field[name].name}"' if name in self.column_of_field else None
            if given is not None and final.startswith(f"COALESCE({given}, {stored}"):
                # The same as comparing what it will be, and cheaper on a million rows.
                conditions.append(f"({given} IS NOT NULL AND {self.engine.differs(given, stored)})")
            else:
                conditions.append(self.engine.differs(final, stored))
        return " OR ".join(conditions) or self.engine.false

    def select(self) -> str:
        """The SELECT that makes the plan."""
        inner = ["s.n AS n", "s.bad AS bad", "t.id AS target_id", "t.deleted_at IS NOT NULL AS was_deleted"]
        inner.append(f"{'t.is_placeholder' if self.model.placeholder else self.engine.false} AS was_placeholder")
        inner.append(f"t.id IS NOT NULL AND ({self._changed()}) AS changed")
        named = [reference for reference in self.kind.references if reference.column in self.present]
        inner += [f"({ref.is_given}) AND {ref.alias}.id IS NULL AS missing_{ref.alias}" for ref in named]
        values = self.value_fields()
        for name in values:
            if (
                name in self.column_of_field
                or name in self.reference_of_field
                or name in self.folded
                or name == self.note_field
            ):
                inner.append(f'{self._final(name)} AS "{name}"')
            if name in self.kind.derived:
                inner.append(f't."{name}" AS "stored_{name}"')
        inner += [
            f'{self.engine.expand(sql)} AS "{name}"' for name, sql in self.kind.extras.items() if name not in values
        ]
        outer = ["q.n", "q.bad", "q.target_id", "q.was_placeholder"]
        outer += [f"q.missing_{ref.alias}" for ref in named]
        changed = ["q.changed", "q.was_placeholder"]
        for name in values:
            derived = self.kind.derived.get(name)
            if derived is None:
                outer.append(f'q."{name}"')
            else:
                outer.append(f'{self.engine.expand(derived)} AS "{name}"')
                changed.append(self.engine.differs(f"({self.engine.expand(derived)})", f'q."stored_{name}"'))
        outer += [f'q."{name}"' for name in self.kind.extras if name not in values]
        deleted = (
            "WHEN q.was_deleted THEN 'update'" if self.options.restore_deleted else "WHEN q.was_deleted THEN 'skipped'"
        )
        outer.append(
            "CASE WHEN q.bad IS NOT NULL THEN 'error' WHEN q.target_id IS NULL THEN 'create' "
            f"{deleted} WHEN {' OR '.join(changed)} THEN 'update' ELSE 'unchanged' END AS outcome"
        )
        selected = f"SELECT {', '.join(outer)} FROM (SELECT {', '.join(inner)} FROM {self.joins()}) q"
        names = self.kind.identities[0].columns
        looked_up = self.looked_up
        if looked_up is None:
            order = ", ".join(f'"{name}"' for name in names)
            if self.leaves_out:
                selected = f"SELECT * FROM ({selected}) w WHERE outcome <> 'unchanged'"
            return f"{selected} ORDER BY {order}, n"
        alive = (
            f"LEFT JOIN {looked_up.table} {looked_up.alias} ON {looked_up.on} AND {looked_up.alias}.deleted_at IS NULL"
        )
        selected = selected.replace(f"{STAGE} s {alive}", f"{ORDERED} s").replace(
            f"{looked_up.alias}.id", f"s.ref_{looked_up.alias}"
        )
        return f"SELECT * FROM ({selected}) w WHERE outcome <> 'unchanged'" if self.leaves_out else selected

    def _order_rows(self, looked_up: Reference) -> None:
        """Put what the plan needs of the rows in the order of the key: their records then lie side by side.

        It takes a table of its own: SQLite leaves out the order of a subquery in a join, unless that has a LIMIT, and
        then it sorts by filling an index.
        """
        needless = {name for name in looked_up.lookup if name != looked_up.column}
        needed = ", ".join(f'"{name}"' for name in self.stage_columns() if name not in needless)
        key = [self._staged(name) for name in self.kind.identities[0].columns]
        self.engine.run(f"DROP TABLE IF EXISTS {ORDERED}")
        self.engine.run(f"CREATE TEMP TABLE {ORDERED} AS SELECT {needed} FROM {STAGE} ORDER BY {', '.join(key)}, n")
        # Where rows may mean the same record, all of them have to be in the plan to settle that.
        self.leaves_out = self.may_leave_out and not self.engine.has_doubles(ORDERED, key, "1 = 1", ordered=True)

    def _look_for_doubles(self, reference: Reference) -> None:
        """Find out before the plan is made whether rows may mean the same record, by what they are written with."""
        key: list[str] = []
        for name in self.kind.identities[0].columns:
            key += reference.lookup if name == reference.field else [self.column_of_field[name].name]
        # Into an empty table nothing can be unchanged.
        is_filled = self.engine.value(f"SELECT 1 FROM {self.kind.table} LIMIT 1") is not None
        self.leaves_out = is_filled and not self.engine.has_doubles(STAGE, key, "bad IS NULL", ordered=False)

    def _staged(self, name: str) -> str:
        """The staged column that holds a field of the key."""
        reference = self.reference_of_field.get(name)
        return f"ref_{reference.alias}" if reference is not None else self.column_of_field[name].name

    def _look_up_again(self, reference: Reference) -> None:
        """Find what was not there while rows were staged: it may have been made since, as a placeholder above all."""
        self.engine.run(
            f"UPDATE {STAGE} AS s SET ref_{reference.alias} = (SELECT {reference.alias}.id FROM {reference.table}"
            f" {reference.alias} WHERE {reference.on} AND {reference.alias}.deleted_at IS NULL)"
            f" WHERE s.ref_{reference.alias} IS NULL AND {reference.is_given}"
        )

    def tally(self, rows: int) -> dict[str, int]:
        """How many of so many rows have each outcome, and how many lack each reference, in one pass."""
        outcomes = ("create", "update", "unchanged", "skipped", "error")
        sums = [f"SUM(CASE outcome WHEN '{name}' THEN 1 ELSE 0 END)" for name in outcomes]
        missing = [f"missing_{ref.alias}" for ref in self.kind.references if ref.column in self.present]
        sums += [f"SUM(CASE WHEN {name} THEN 1 ELSE 0 END)" for name in missing]
        counted = self.engine.run(f"SELECT {', '.join(sums)} FROM {PLAN}").fetchone()
        counts = {name: int(count or 0) for name, count in zip((*outcomes, *missing), counted, strict=True)}
        return counts | {"unchanged": rows - sum(counts[name] for name in outcomes if name != "unchanged")}

    def make_plan(self) -> None:
        """Make the plan, in the order of the natural key; the staging table is counted first."""
        self.engine.run(f"DROP TABLE IF EXISTS {PLAN}")
        if self.looked_up is not None:
            self._look_up_again(self.looked_up)
            self._order_rows(self.looked_up)
        elif self.may_leave_out and self._many_point_at is not None:
            self._look_for_doubles(self._many_point_at)
        self.engine.run(f"CREATE TEMP TABLE {PLAN} AS {self.select()}")
        if self.looked_up is not None:
            self.engine.run(f"DROP TABLE {ORDERED}")
        found_by = dict.fromkeys(name for identity in self.kind.identities for name in identity.columns)
        missing = {f"missing_{one.alias}": None for one in self.kind.references if one.column in self.present}
        self.engine.count_table(PLAN, {"n": None, "outcome": None, "target_id": None} | missing | found_by)
