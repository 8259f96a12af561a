"""What a kind of import file is, as data: columns, natural key, what its rows point at, and what must hold.

The SQL in these descriptions is plain enough for both engines. In it `s` is a row of the staging table (one column for
each column of the file, null where the cell is blank), `t` the stored record that the row's natural key finds, every
other alias a record that the row points at, and `p` a row of the plan: the values that the record will have.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal

from tui_booking.importing.columns import Column
from tui_booking.language import N_

# Whether every cell that could find the row's record was read: staging marks a row by `!` where one was not.
KEY_IS_READ = "(s.bad IS NULL OR substr(s.bad, 1, 1) <> '!')"


@dataclass(frozen=True, slots=True)
class Parent:
    """A record that a placeholder must point at: SQL for its id, which may be null, and the table to take it from."""

    table: str
    known: str = "NULL"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """The least record that stands in for a missing one.

    `key` is SQL for what tells one missing record from another. {parent:field} in a value is the id of a parent.
    """

    key: tuple[str, ...]
    values: Mapping[str, str]
    parents: Mapping[str, Parent] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A record that a row names by `column`; `field` is the foreign key that it fills, if any.

    `on` is how it is found, `given` whether the row names it, `shown` the columns whose cells name it in a message,
    `within` SQL for the record in which it is looked for: where that is missing, only that one is reported.
    `lookup` are the columns that find it alone, where files are so large that its id is worth remembering (lookups.py).
    """

    alias: str
    table: str
    on: str
    column: str
    noun: str
    field: str | None = None
    given: str = ""
    shown: tuple[str, ...] = ()
    within: str = "1"
    lookup: tuple[str, ...] = ()
    placeholder: Placeholder | None = None

    @property
    def is_given(self) -> str:
        return self.given or f's."{self.column}" IS NOT NULL'


@dataclass(frozen=True, slots=True)
class Match:
    """How the stored record `t` of a row is found."""

    on: str


@dataclass(frozen=True, slots=True)
class Join:
    """A record that a rule needs and no cell names; {final:field} in `on` is the value that the field will have."""

    alias: str
    table: str
    on: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Rows that agree in these plan columns mean the same record; `where` says for which rows that holds.

    `message` is what is said of one that differs from the row {other} in other columns.
    """

    columns: tuple[str, ...]
    where: str = "1 = 1"
    column: str | None = None
    message: str = N_("row {other} has the same key and other values; keep one of them")


@dataclass(frozen=True, slots=True)
class Rule:
    """What no row may do, as SQL over `p` and `s` that is true where it does; `detail` is SQL for a word of it."""

    column: str
    broken: str
    message: str
    level: Literal["error", "warning", "info"] = "error"
    detail: str = "NULL"


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the fifteen kinds of import file.

    `keys` are the alternative sets of columns by one of which every row is found; a file must have all of one set.
    `derived` fields are computed from the others; `extras` are plan columns that rules and effects look at.
    `brand_is_of` is SQL for the campaign whose brand the column brand_code names (adoptions.py).
    """

    name: str
    table: str
    noun: str
    columns: tuple[Column, ...]
    keys: tuple[tuple[str, ...], ...]
    joins: tuple[Reference | Match | Join, ...]
    identities: tuple[Identity, ...]
    derived: Mapping[str, str] = field(default_factory=dict)
    extras: Mapping[str, str] = field(default_factory=dict)
    staged: Mapping[str, str] = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    effects: tuple[str, ...] = ()
    brand_is_of: str = ""
    export_joins: tuple[str, ...] = ()
    about: str = ""

    def column(self, name: str) -> Column:
        """The column of that name; raises KeyError where there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def lacking_key(self, present: Collection[str]) -> tuple[str, ...]:
        """What a header with these columns lacks to find records: nothing, or the least that would do."""
        lacking = [tuple(name for name in key if name not in present) for key in self.keys]
        return min(lacking, key=len)

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(join for join in self.joins if isinstance(join, Reference))
