"""What a list of records is: its columns, filters and orders as data, and what is asked of it as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias
from uuid import UUID

from tui_booking.models.choices import Choice

# How a value is shown and aligned. `money` is a Decimal, `percent` a ratio (0.085 is 8.5 %), `factor` a ratio shown as
# such (ROAS 2.4), `cost` a Decimal that may have fractions (CPV), `moment` an aware UTC datetime, `choice` a word.
ValueKind = Literal[
    "text", "code", "count", "money", "cost", "percent", "factor", "date", "moment", "choice", "flag", "link",
    "markdown", "json",
]  # fmt: skip
Value: TypeAlias = "str | int | float | Decimal | date | Choice | bool | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a list.

    `sql` is what is selected for the rows of a page, over the list's records `r` and its joins; it may be a subquery,
    as it is only worked out for the rows that are shown. `order` is what is sorted by, over `r` alone (other tables by
    subqueries); None where the column cannot be sorted by. `indexed` says that an index over (order, id) serves it, so
    that a million rows are walked in that order without sorting them. `{today}` in any SQL is the day where the
    operator works. Amounts are in hundredths, and name the column that has their currency (None: VND). `words` is the
    enum of a `choice`.
    """

    name: str
    label: str
    sql: str
    kind: ValueKind = "text"
    order: str | None = None
    indexed: bool = False
    words: type[Choice] | None = None
    currency: str | None = None
    width: int = 12
    shown: bool = True


FilterKind = Literal["choice", "reference", "flag", "period", "at_least", "at_most", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Something that a list can be narrowed by; `sql` is an expression over `r` alone (other tables by subqueries).

    choice: `sql IN (values)`; reference: `sql = id`, with the kind of record it points at; flag: `sql` is a condition
    that holds; period: `sql BETWEEN from AND to`, either end open; at_least: `sql >= number`; at_most: `sql <= number`,
    which what is not known never is; text: `sql` is a folded text that contains the folded words. Where `sql` holds
    `{}`, the test stands there, as inside an EXISTS.
    """

    name: str
    label: str
    kind: FilterKind
    sql: str
    words: type[Choice] | None = None
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` to `end`, both included; None is open."""

    start: date | None = None
    end: date | None = None


# choice: the words' values; reference: the id; flag: True; period: a Period; at_least and at_most: a number; text: the
# words.
FilterValue: TypeAlias = "tuple[str, ...] | UUID | bool | Period | int | Decimal | str"


class Order(NamedTuple):
    """The column that a list is sorted by."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A sum over all rows of a query: `sql` is an aggregate over `r` alone, by `group` where that is given."""

    name: str
    label: str
    sql: str
    kind: ValueKind = "money"
    group: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list of the records of one table.

    `kind` is the record's kind: the name of its table (`app_user` is `user`). `condition` narrows the list always;
    deleted records are hidden unless asked for. `searches` are folded SQL texts over `r` alone; a search matches where
    one of them contains it. With `{}` the test stands there, as inside an EXISTS over another table. `parents` are what
    a list can hang on: kind of the parent to the SQL expression over `r` that holds its id.
    """

    name: str
    label: str
    kind: str
    table: str
    columns: tuple[Column, ...]
    joins: str = ""
    condition: str = ""
    filters: tuple[Filter, ...] = ()
    searches: tuple[str, ...] = ()
    order: Order
    parents: dict[str, str] = field(default_factory=dict)
    totals: tuple[Total, ...] = ()

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def filter(self, name: str) -> Filter:
        """The filter of that name; raises KeyError."""
        for found in self.filters:
            if found.name == name:
                return found
        raise KeyError(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is asked of a list: a value, so that equal questions are equal."""

    listing: Listing
    search: str = ""
    filters: tuple[tuple[str, FilterValue], ...] = ()
    order: Order | None = None
    deleted: bool = False
    parent: tuple[str, UUID] | None = None

    def __hash__(self) -> int:
        return hash((self.listing.name, self.search, self.filters, self.order, self.deleted, self.parent))

    @property
    def sorted_by(self) -> Order:
        return self.order or self.listing.order


class Row(NamedTuple):
    """A record of a list: its id, whether it is deleted, and a value for each column of the listing."""

    id: UUID
    is_deleted: bool
    values: tuple[Value, ...]
