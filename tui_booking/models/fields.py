"""Fields that store the same value in the same way on both engines: ids, times, money, words, folded text, JSON."""

from __future__ import annotations

import json
import math
import operator
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Context, Decimal, Inexact, InvalidOperation
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeVar, overload
from uuid import UUID

from tui_booking.models.choices import Choice
from tui_booking.models.driver import peewee
from tui_booking.models.folding import fold
from tui_booking.models.ids import new_id
from tui_booking.models.stored_texts import read_day, read_id, read_json, read_moment, value_of

V = TypeVar("V")
C = TypeVar("C", bound=Choice)

LARGEST_WHOLE = 2**63 - 1
TIME_FORMAT = "%Y-%m-%d %H:%M:%S.%f"

_EXACT = Context(prec=60, traps=[Inexact, InvalidOperation])

if TYPE_CHECKING:
    FieldOf = peewee.Field
else:

    class FieldOf(peewee.Field):
        """peewee's Field, which is generic for the type checker only."""

        def __class_getitem__(cls, _item: object) -> type:
            return cls


def utc_now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


class StoredField(FieldOf[V]):
    """A column whose default stands in the database too, so that rows written without the models get it as well."""

    def __init__(self, *, null: bool = False, default: object = None, **options: Any) -> None:
        super().__init__(null=null, default=default, **options)

    def server_default(self, field_types: dict[str, str]) -> str | None:
        """The SQL literal of the column's default, or None where there is none."""
        if self.default is None:
            return None
        if self.default is utc_now:
            return field_types["NOW"]
        if callable(self.default):
            return f"'{json.dumps(self.default())}'" if self.default in (dict, list) else None
        stored = self.db_value(self.default)  # type: ignore[no-untyped-call]
        if isinstance(stored, bool):
            return "true" if stored else "false"
        return "'{}'".format(stored.replace("'", "''")) if isinstance(stored, str) else str(stored)

    def ddl(self, ctx: Any) -> peewee.NodeList:
        column = super().ddl(ctx)
        default = self.server_default(ctx.state.field_types)
        if default is not None:
            column.nodes.append(peewee.SQL(f"DEFAULT {default}"))
        return column


class UuidField(StoredField[UUID]):
    """A time-ordered identifier: 32 hexadecimal digits on SQLite, `uuid` on PostgreSQL."""

    field_type: ClassVar[str] = "UUID"

    def __init__(self, **options: Any) -> None:
        super().__init__(default=new_id, **options)

    def db_value(self, value: UUID | str | None) -> str | None:
        if value is None:
            return None
        return value.hex if isinstance(value, UUID) else UUID(value).hex

    def python_value(self, value: UUID | str | None) -> UUID | None:
        return value_of(self, read_id, value) if isinstance(value, str) else value


class UtcDateTimeField(peewee.FieldDatabaseHook, StoredField[V]):
    """A moment: fixed-width UTC text on SQLite, TIMESTAMPTZ on PostgreSQL; always aware and in UTC in Python."""

    field_type: ClassVar[str] = "UTC_TIME"
    _as_text = True

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: UtcDateTimeField[datetime],
            *,
            null: Literal[False] = ...,
            default: Callable[[], datetime] | None = ...,
        ) -> None: ...
        @overload
        def __init__(self: UtcDateTimeField[datetime | None], *, null: Literal[True]) -> None: ...
        def __init__(self, *, null: bool = False, default: object = None) -> None: ...

    def _db_hook(self, database: peewee.Database | None) -> None:
        self._as_text = not isinstance(database, peewee.PostgresqlDatabase)

    def db_value(self, value: datetime | str | None) -> datetime | str | None:
        """What is stored for an aware moment, or text as it is stored; raises ValueError for a naive one."""
        if value is None or isinstance(value, str):
            return value
        if value.utcoffset() is None:
            raise ValueError(f"{self.name}: a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        # strftime writes years before 1000 with fewer than four digits on some systems; isoformat never does.
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds") if self._as_text else moment

    def python_value(self, value: datetime | str | None) -> datetime | None:
        if isinstance(value, str):
            return value_of(self, read_moment, value)
        return None if value is None else value.astimezone(UTC)


class DateField(StoredField[V]):
    """A calendar day without a zone: ISO text on SQLite, DATE on PostgreSQL."""

    field_type: ClassVar[str] = "DATE"

    if TYPE_CHECKING:

        @overload
        def __init__(self: DateField[date], *, null: Literal[False] = ...) -> None: ...
        @overload
        def __init__(self: DateField[date | None], *, null: Literal[True]) -> None: ...
        def __init__(self, *, null: bool = False) -> None: ...

    def db_value(self, value: date | str | None) -> str | None:
        """The ISO text of a day; raises ValueError for what is none, a moment included."""
        if value is None:
            return None
        if isinstance(value, datetime):
            raise ValueError(f"{self.name}: a moment is not a day")
        return value.isoformat() if isinstance(value, date) else date.fromisoformat(value).isoformat()

    def python_value(self, value: date | str | None) -> date | None:
        return value_of(self, read_day, value) if isinstance(value, str) else value


class ScaledField(StoredField[V]):
    """A decimal with a fixed number of places, stored as the number of its smallest units: exact, sums included."""

    field_type: ClassVar[str] = "BIGINT"
    places: ClassVar[int]

    def __init__(self, *, minimum: int | None = 0, **options: Any) -> None:
        self.minimum = minimum
        super().__init__(**options)

    def db_value(self, value: Decimal | int | None) -> int | None:
        """The number of smallest units; raises ValueError for what has finer parts, is no number or is too large."""
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise ValueError(f"{self.name}: {value!r} is not an exact decimal")
        number = Decimal(value)
        try:
            units = _EXACT.scaleb(number, self.places) if number.is_finite() else None
        except (Inexact, InvalidOperation):
            units = None
        if units is None or units != units.to_integral_value() or abs(units) > LARGEST_WHOLE:
            raise ValueError(f"{self.name}: {value} cannot be stored with {self.places} decimal places")
        return int(units)

    def python_value(self, value: int | Decimal | None) -> Decimal | None:
        return None if value is None else _EXACT.scaleb(Decimal(value), -self.places)


def total(amount: ScaledField[Any]) -> Any:
    """SUM of a column of decimals, as a Decimal: peewee's own SUM gives the number of smallest units."""
    return peewee.fn.SUM(amount).converter(amount.python_value)


class MoneyField(ScaledField[V]):
    """An amount of money, in hundredths."""

    places: ClassVar[int] = 2

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: MoneyField[Decimal], *, null: Literal[False] = ..., minimum: int | None = ..., default: Decimal = ...
        ) -> None: ...
        @overload
        def __init__(self: MoneyField[Decimal | None], *, null: Literal[True], minimum: int | None = ...) -> None: ...
        def __init__(self, *, null: bool = False, minimum: int | None = 0, default: Decimal | None = None) -> None: ...


class ExchangeRateField(ScaledField[V]):
    """How many dong one unit of a currency is, in millionths."""

    places: ClassVar[int] = 6

    if TYPE_CHECKING:

        def __init__(self: ExchangeRateField[Decimal | None], *, null: Literal[True]) -> None: ...


class CountField(StoredField[V]):
    """A whole number of at most 64 bits, not below `minimum` nor above `maximum` where there are such."""

    field_type: ClassVar[str] = "BIGINT"

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: CountField[int], *, null: Literal[False] = ..., minimum: int | None = ..., maximum: int | None = ...,
            default: int = ...,
        ) -> None: ...  # fmt: skip
        @overload
        def __init__(self: CountField[int | None], *, null: Literal[True], minimum: int | None = ...) -> None: ...

    def __init__(self, *, minimum: int | None = 0, maximum: int | None = None, **options: Any) -> None:
        self.minimum = minimum
        self.maximum = maximum
        super().__init__(**options)

    def db_value(self, value: int | None) -> int | None:
        return None if value is None else operator.index(value)


class RateField(StoredField[V]):
    """A ratio such as an engagement rate (0.085 is 8.5 %), in double precision, not negative."""

    field_type: ClassVar[str] = "DOUBLE"
    minimum = 0

    if TYPE_CHECKING:

        @overload
        def __init__(self: RateField[float], *, null: Literal[False] = ..., default: float = ...) -> None: ...
        @overload
        def __init__(self: RateField[float | None], *, null: Literal[True]) -> None: ...
        def __init__(self, *, null: bool = False, default: float | None = None) -> None: ...

    def db_value(self, value: float | Decimal | None) -> float | None:
        if value is None:
            return None
        if not math.isfinite(value):
            raise ValueError(f"{self.name}: {value} is not a rate")
        return float(value)


class FlagField(StoredField[bool]):
    """Yes or no."""

    field_type: ClassVar[str] = "BOOL"

    def db_value(self, value: bool | None) -> bool | None:
        return None if value is None else bool(value)

    def python_value(self, value: bool | int | None) -> bool | None:
        return None if value is None else bool(value)


class TextField(StoredField[V]):
    """Text that is read rather than sorted by; empty where nothing is known, unless it may be null."""

    field_type: ClassVar[str] = "TEXT"

    if TYPE_CHECKING:

        @overload
        def __init__(self: TextField[str], *, null: Literal[False] = ..., default: str | None = ...) -> None: ...
        @overload
        def __init__(self: TextField[str | None], *, null: Literal[True]) -> None: ...

    def __init__(self, *, null: bool = False, default: str | None = "") -> None:
        super().__init__(null=null, default=None if null else default)


class CodeField(TextField[V]):
    """Text that records are found and sorted by; in the order of its characters' numbers on both engines."""

    field_type: ClassVar[str] = "CODE"

    if TYPE_CHECKING:

        @overload
        def __init__(self: CodeField[str], *, null: Literal[False] = ..., default: str | None = ...) -> None: ...
        @overload
        def __init__(self: CodeField[str | None], *, null: Literal[True]) -> None: ...

    def __init__(self, *, null: bool = False, default: str | None = None) -> None:
        StoredField.__init__(self, null=null, default=default)


class CurrencyField(CodeField[str]):
    """An ISO 4217 code."""

    def __init__(self) -> None:
        super().__init__(default="VND")


class FoldedField(TextField[str]):
    """The folded form of another field, kept by `Base.save` and the imports, searched and sorted by.

    `indexed` is how many of its first characters are indexed; None where they are few enough to index them all.
    """

    field_type: ClassVar[str] = "CODE"

    def __init__(self, source: str, *, indexed: int | None = None) -> None:
        self.source = source
        self.indexed = indexed
        super().__init__()

    def folded(self, record: peewee.Model) -> str:
        """What this field should hold for the record as it is now."""
        return fold(getattr(record, self.source) or "")


class ChoiceField(StoredField[V]):
    """One of the words of a Choice."""

    field_type: ClassVar[str] = "TEXT"

    if TYPE_CHECKING:

        @overload
        def __init__(
            self: ChoiceField[C], choices: type[C], *, null: Literal[False] = ..., default: C = ...
        ) -> None: ...
        @overload
        def __init__(self: ChoiceField[C | None], choices: type[C], *, null: Literal[True]) -> None: ...

    def __init__(self, choices: type[Choice], *, null: bool = False, default: Choice | None = None) -> None:
        self.words = choices
        self._by_value = {word.value: word for word in choices}
        super().__init__(null=null, default=default)

    def db_value(self, value: str | None) -> str | None:
        return None if value is None else str(value)

    def python_value(self, value: str | None) -> str | None:
        return None if value is None else self._by_value.get(value, value)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class JsonField(StoredField[Any], peewee.JSONField):
    """A JSON document, kept readable in the database: letters are stored as they are."""

    field_type: ClassVar[str] = "JSON"

    def __init__(self, *, default: type[dict[str, Any]] | type[list[Any]] = dict) -> None:
        super().__init__(default=default, dumps=_dump)

    def python_value(self, value: Any) -> Any:
        return value_of(self, read_json, value) if isinstance(value, str) else value
