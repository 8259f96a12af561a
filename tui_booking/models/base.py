"""What every table has in common: an id, when it was made and changed, whether it is in use or deleted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, cast

from tui_booking.models.driver import peewee
from tui_booking.models.fields import (
    ChoiceField,
    CodeField,
    CountField,
    CurrencyField,
    DateField,
    ExchangeRateField,
    FlagField,
    FoldedField,
    JsonField,
    MoneyField,
    RateField,
    TextField,
    UtcDateTimeField,
    UuidField,
    utc_now,
)
from tui_booking.models.schema import Lookup, Reference, TableSchema, lookup, sorted_by, unique

__all__ = [
    "PLACEHOLDER_NOTE",
    "Base",
    "ChoiceField",
    "CodeField",
    "Computed",
    "CountField",
    "CurrencyField",
    "DateField",
    "ExchangeRateField",
    "FlagField",
    "FoldedField",
    "JsonField",
    "Lookup",
    "MoneyField",
    "RateField",
    "Reference",
    "TextField",
    "UtcDateTimeField",
    "UuidField",
    "database_proxy",
    "folded_fields",
    "lookup",
    "sorted_by",
    "unique",
    "utc_now",
]

PLACEHOLDER_NOTE = "AUTO-CREATED BY IMPORT"

database_proxy = peewee.DatabaseProxy()


class Table(peewee.ModelBase):
    """Gives each model the schema manager of this project; peewee does not hand it down."""

    def __new__(cls, name: str, bases: tuple[type, ...], attributes: dict[str, Any]) -> Table:
        made: Any = super().__new__(cls, name, bases, attributes)  # type: ignore[no-untyped-call]
        made._schema = TableSchema(made)
        return cast(Table, made)


class Base(peewee.Model, metaclass=Table):
    """A record of any table.

    `checks` are the table's own CHECK constraints (name without the table, SQL condition); those of choices, ranges
    and deletion are made from the fields. `lookups` are its indexes, besides those of folded fields and references.
    """

    checks: ClassVar[dict[str, str]] = {}
    lookups: ClassVar[tuple[Lookup, ...]] = ()
    placeholder: ClassVar[bool] = False
    placeholder_note_field: ClassVar[str | None] = None

    _dirty: set[str]

    id = UuidField(primary_key=True)
    created_at = UtcDateTimeField(default=utc_now)
    updated_at = UtcDateTimeField(default=utc_now)
    is_active = FlagField(default=True)
    deleted_at = UtcDateTimeField(null=True)

    class Meta:
        database = database_proxy
        legacy_table_names = False

    def __init__(self, *args: Any, **values: Any) -> None:
        # A key that the program makes itself does not tell a new record from a stored one, as peewee has it.
        self._stored = bool(values.get("__no_default__"))
        self._given = frozenset(values)
        super().__init__(*args, **values)

    def save(self, force_insert: bool = False, only: Iterable[peewee.Field[Any] | str] | None = None) -> int:
        """Write the record and return how many rows that changed: 0 where every value was stored already.

        Folded fields follow their sources, and `updated_at` moves when a value differs from the stored one.
        Raises ValueError for a moment without a zone.
        """
        self._fold()
        if force_insert or not self._stored:
            return self._insert()
        names = set(self._dirty)
        if only is not None:
            wanted = {field if isinstance(field, str) else field.name for field in only}
            names &= wanted | {field.name for field in folded_fields(type(self)) if field.source in wanted}
        return self._update(names - {"id", "created_at", "updated_at"})

    def _fold(self) -> None:
        for field in folded_fields(type(self)):
            if field.source in self.__data__:
                folded = field.folded(self)
                if self.__data__.get(field.name) != folded:
                    setattr(self, field.name, folded)

    def _insert(self) -> int:
        # One moment, not two a microsecond apart; a moment that was given stands.
        if "updated_at" not in self._given:
            self.updated_at = self.created_at
        super().save(force_insert=True)
        self._stored = True
        self._dirty.clear()
        return 1

    def _update(self, names: set[str]) -> int:
        fields = [field for field in self._meta.sorted_fields if field.name in names]
        values = {field: self.__data__[field.name] for field in fields}
        if not values:
            return 0
        now = utc_now()
        differs = None
        for field, value in values.items():
            # Spelled so that both engines take it; IS DISTINCT FROM needs a newer SQLite than some systems have.
            one = field.is_null(is_null=False) if value is None else (field != value) | field.is_null()
            differs = one if differs is None else differs | one
        model = type(self)
        values[model.updated_at] = now
        changed: int = model.update(values).where((model.id == self.id) & differs).execute()
        if changed:
            self.__data__["updated_at"] = now
        self._dirty -= names
        return changed


class Computed(peewee.Model, metaclass=Table):
    """A record that is worked out from others and never typed: without an id, and without a past, of its own."""

    checks: ClassVar[dict[str, str]] = {}
    lookups: ClassVar[tuple[Lookup, ...]] = ()
    placeholder: ClassVar[bool] = False

    class Meta:
        database = database_proxy
        legacy_table_names = False


def folded_fields(model: type[peewee.Model]) -> list[FoldedField]:
    """The fields of a model that hold the folded form of another."""
    return [field for field in model._meta.sorted_fields if isinstance(field, FoldedField)]
