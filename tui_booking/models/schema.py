"""What a table is besides its columns: named constraints and indexes, read from its model and written as DDL."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui_booking.models.driver import peewee
from tui_booking.models.fields import ChoiceField, CountField, CurrencyField, FoldedField, RateField, ScaledField
from tui_booking.models.stored_texts import UnreadableValue


@dataclass(frozen=True, slots=True)
class Lookup:
    """An index: SQL expressions over columns, whether they are unique together, and for which rows (SQL, or all)."""

    columns: tuple[str, ...]
    unique: bool = False
    where: str | None = None

    def name(self, table: str) -> str:
        words = [column.removeprefix("substr(").split(",")[0] for column in self.columns]
        return "_".join([table, *words, "unique" if self.unique else "index"])


def unique(*columns: str, where: str | None = None) -> Lookup:
    """A unique index over these columns, of the rows for which `where` holds."""
    return Lookup(columns, unique=True, where=where)


def sorted_by(*columns: str) -> Lookup:
    """An index over these columns that ends in the id, so that a page can start after any record."""
    return Lookup((*columns, "id"))


def lookup(*columns: str) -> Lookup:
    """A plain index over these columns."""
    return Lookup(columns)


if TYPE_CHECKING:
    Reference = peewee.ForeignKeyField
else:

    class Reference(peewee.ForeignKeyField):
        """A foreign key with a name of its own, which keeps what it points at from being removed."""

        def __init__(self, model, **options):
            super().__init__(model, on_delete="RESTRICT", index=False, **options)

        def python_value(self, value):
            try:
                return super().python_value(value)
            except UnreadableValue as error:
                # It is not in the table that is pointed at.
                raise error.in_column(self) from None

        def get_constraint_name(self):
            return f"{self.model._meta.table_name}_{self.column_name}_fk"

        def foreign_key_constraint(self, explicit_name=False):  # noqa: ARG002
            return super().foreign_key_constraint(explicit_name=True)


def _bounds(column: str, minimum: int | None, maximum: int | None) -> str | None:
    if maximum is not None:
        return f"{column} BETWEEN {minimum} AND {maximum}"
    return None if minimum is None else f"{column} >= {minimum}"


def checks_of(model: type[peewee.Model]) -> dict[str, str]:
    """The model's CHECK constraints: name to SQL condition, in the order in which they are declared."""
    table = model._meta.table_name
    found: dict[str, str] = {}
    for field in model._meta.sorted_fields:
        column = field.column_name
        if isinstance(field, ChoiceField):
            words = ", ".join(f"'{word.value}'" for word in field.words)
            found[f"{table}_{column}_choice"] = f"{column} IN ({words})"
        elif isinstance(field, CurrencyField):
            found[f"{table}_{column}_code"] = f"length({column}) = 3 AND {column} = upper({column})"
        elif isinstance(field, CountField | ScaledField | RateField):
            condition = _bounds(column, field.minimum, getattr(field, "maximum", None))
            if condition is not None:
                found[f"{table}_{column}_range"] = condition
    if "deleted_at" in model._meta.columns:
        found[f"{table}_deleted_inactive"] = "deleted_at IS NULL OR NOT is_active"
    declared: dict[str, str] = getattr(model, "checks", {})
    return found | {f"{table}_{name}": condition for name, condition in declared.items()}


def lookups_of(model: type[peewee.Model]) -> list[Lookup]:
    """The model's indexes: declared ones, for folded fields, for references that have none yet, for placeholders."""
    found: list[Lookup] = list(getattr(model, "lookups", ()))
    leading = {declared.columns[0] for declared in found if declared.where is None}
    for field in model._meta.sorted_fields:
        column = field.column_name
        if isinstance(field, FoldedField):
            found.append(sorted_by(f"substr({column}, 1, {field.indexed})" if field.indexed else column))
        elif isinstance(field, peewee.ForeignKeyField) and column not in leading and not field.primary_key:
            found.append(Lookup((column,), where=f"{column} IS NOT NULL" if field.null else None))
    if getattr(model, "placeholder", False):
        found.append(Lookup(("is_placeholder",), where="is_placeholder"))
    return found


class TableSchema(peewee.SchemaManager):
    """Writes a model's table with all of its constraints, strictly typed on SQLite as PostgreSQL always is."""

    def _create_table(self, safe: bool = True, **options: Any) -> Any:
        self.model._meta.constraints = [
            peewee.SQL(f"CONSTRAINT {name} CHECK ({condition})") for name, condition in checks_of(self.model).items()
        ]
        statement = super()._create_table(safe=safe, **options)  # type: ignore[misc]
        database = self.database.obj if isinstance(self.database, peewee.Proxy) else self.database
        return statement.literal(" STRICT") if isinstance(database, peewee.SqliteDatabase) else statement

    def _create_indexes(self, safe: bool = True) -> list[Any]:
        table = self.model._meta.table_name
        return [
            self._create_context().literal(index_statement(table, found, safe=safe))  # type: ignore[attr-defined]
            for found in lookups_of(self.model)
        ]


def index_statement(table: str, index: Lookup, *, safe: bool = True) -> str:
    """The statement that makes an index; the same on both engines."""
    kind = "UNIQUE INDEX" if index.unique else "INDEX"
    there = "IF NOT EXISTS " if safe else ""
    where = f" WHERE {index.where}" if index.where else ""
    return f"CREATE {kind} {there}{index.name(table)} ON {table} ({', '.join(index.columns)}){where}"
