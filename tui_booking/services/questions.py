"""A query as SQL: which records of a list are asked for, in which order, and what is read of each of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from tui_booking.models.database import Store
from tui_booking.models.folding import fold
from tui_booking.services.asking import (
    contains,
    like_pattern,
    placeholders,
    read_id,
    read_values,
    reader_of,
    select,
    shown_reader_of,
    start_of,
)
from tui_booking.services.declarations import Column, Filter, FilterValue, Listing, Period, Query, Row, Total, Value

_TICK = timedelta(microseconds=1)
_NOTHING = "1 = 0"
# A column of a record or of one that is joined, which is no more work to read.
_PLAIN_COLUMN = re.compile(r"\w+\.\w+")
# A search in another table, as lists declare it.
_LOOKED_THROUGH = re.compile(r"(r\.\w+) IN \(SELECT o\.(\w+) FROM (\w+) o WHERE ")
_FIRST_RECORDS = 3000


class Spot(NamedTuple):
    """A place in the order of a list: the rows from this record on. Records without a key stand last, in a part of
    their own; an id that is None is the part's first record. Key and id are as the driver gave them."""

    without_key: bool
    key: Any
    id: Any


class Read(NamedTuple):
    """A row with the place it stands at."""

    spot: Spot
    row: Row


class Summed(NamedTuple):
    """A total's values by group; the group is None where the total has none."""

    total: Total
    values: tuple[tuple[Value, Value], ...]


START = Spot(without_key=False, key=None, id=None)
START_WITHOUT_KEY = Spot(without_key=True, key=None, id=None)


class Question:
    """A query put to one database. Where `columns` names those that are shown, others are read if they cost nothing.

    `is_walked` says that an index serves its order, and nothing narrows it; `is_search_alone` that only words do, in
    the order that the list has by itself."""

    def __init__(self, store: Store, query: Query, zone: ZoneInfo, *, columns: Collection[str] | None = None) -> None:
        self.query = query
        self.listing: Listing = query.listing
        self.engine = store.engine
        self._zone = zone
        self._conditions: list[str] = []
        self._params: list[object] = []
        column = self.listing.column(query.sorted_by.column)
        self.key = column.order or "r.id"
        self.direction = " DESC" if query.sorted_by.descending else ""
        self._narrow()
        self._is_along_index = column.indexed
        self.is_walked = column.indexed and not self._conditions
        self.is_search_alone = query == Query(listing=query.listing, search=query.search, order=query.order) and (
            query.sorted_by == query.listing.order
        )
        if not query.deleted:
            self._conditions.append("r.deleted_at IS NULL")
        wanted = [one.sql if _is_read(one, columns) else "NULL" for one in self.listing.columns]
        self._selected = "".join(f", {sql}" for sql in wanted)
        self._readers = [shown_reader_of(shown.kind, shown.words) for shown in self.listing.columns]

    # --- which records ----------------------------------------------------------------------------------------------

    def _narrow(self) -> None:
        query, listing = self.query, self.listing
        if listing.condition:
            self._add(f"({listing.condition})")
        if query.parent is not None:
            kind, parent = query.parent
            self._add_test(listing.parents[kind], " = ?", parent)
        for name, value in query.filters:
            self._filter(listing.filter(name), value)
        # What no stored text can hold, and one engine refuses even to look for.
        for word in fold(query.search.replace("\0", "")).split():
            tests = [_with_test(text, contains("")) for text in listing.searches]
            self._add(f"({' OR '.join(tests)})" if tests else _NOTHING, *[like_pattern(word)] * len(tests))

    def _add(self, condition: str, *params: object) -> None:
        self._conditions.append(condition)
        self._params.extend(params)

    def _add_test(self, sql: str, test: str, *params: object) -> None:
        self._add(_with_test(sql, test), *params)

    def _filter(self, declared: Filter, value: FilterValue) -> None:
        sql = declared.sql
        if isinstance(value, tuple):
            if value:
                self._add_test(sql, f" IN ({placeholders(len(value))})", *value)
        elif isinstance(value, Period):
            self._filter_period(declared, value)
        elif declared.kind == "flag":
            self._add(f"({sql})" if value else f"NOT COALESCE(({sql}), false)")
        elif declared.kind == "at_least":
            self._add_test(sql, " >= ?", value)
        elif declared.kind == "at_most":
            self._add_test(sql, " <= ?", value)
        elif declared.kind == "text":
            for word in fold(str(value).replace("\0", "")).split():
                self._add_test(sql, contains(""), like_pattern(word))
        else:
            self._add_test(sql, " = ?", value)

    def _filter_period(self, declared: Filter, period: Period) -> None:
        start: object = period.start
        end: object = period.end
        if any(column.name == declared.name and column.kind == "moment" for column in self.listing.columns):
            start = period.start and start_of(period.start, self._zone)
            end = period.end and start_of(period.end + timedelta(days=1), self._zone) - _TICK
        if start is not None and end is not None:
            self._add_test(declared.sql, " BETWEEN ? AND ?", start, end)
        elif start is not None:
            self._add_test(declared.sql, " >= ?", start)
        elif end is not None:
            self._add_test(declared.sql, " <= ?", end)

    def where(self, *more: str) -> str:
        """WHERE with these conditions too; empty where there are none. Parameters of `more` stand after one's own."""
        conditions = [*self._conditions, *more]
        return f" WHERE {' AND '.join(conditions)}" if conditions else ""

    @property
    def params(self) -> list[object]:
        return list(self._params)

    @property
    def source(self) -> str:
        return f" FROM {self.listing.table} r"

    @property
    def order(self) -> str:
        """Records without a key stand last, whichever way they are sorted and on either engine.

        The sign keeps SQLite from going along an index to all records in turn, which lie anywhere in the table: to
        read through it and to sort what was found takes a tenth of the time.
        """
        sign = "+" if self.engine == "sqlite" else ""
        return f" ORDER BY {sign}{self.key}{self.direction} NULLS LAST, r.id{self.direction}"

    # --- where in an order that an index serves ---------------------------------------------------------------------

    def part(self, spot: Spot, *, before: Spot | None = None) -> tuple[list[str], list[object]]:
        """Conditions for the records of a spot's part from the spot on, and before the other one; with parameters."""
        conditions = [f"{self.key} IS {'' if spot.without_key else 'NOT '}NULL"]
        params: list[object] = []
        after, ahead = ("<=", ">") if self.direction else (">=", "<")
        for place, sign in ((spot, after), (before, ahead)):
            if place is None or place.id is None:
                continue
            if place.without_key:
                conditions.append(f"r.id {sign} ?")
                params.append(place.id)
            else:
                conditions.append(f"({self.key}, r.id) {sign} (?, ?)")
                params += [place.key, place.id]
        return conditions, params

    @property
    def walked_order(self) -> str:
        return f" ORDER BY {self.key}{self.direction}, r.id{self.direction}"

    # --- rows -------------------------------------------------------------------------------------------------------

    def read_first(self, store: Store, limit: int) -> list[Read] | None:
        """The first rows; None where finding them costs as much as finding all rows."""
        if self.is_walked:
            return self.read_from(store, START, 0, limit)
        is_few = self.query.parent is not None
        if self.engine != "sqlite" or is_few or not (self._is_along_index or self.query.search):
            return self._read_page(store, self.where(), self.order, self.params, limit=limit)
        if not self._is_along_index:
            return None
        # What many records have is found among the first of them; only what few have is looked for in all.
        read = self._read_page(store, self.narrowed(), self.order, self.params, limit=limit, among=_FIRST_RECORDS)
        return read if len(read) == limit else None

    def narrowed(self) -> str:
        """WHERE for few records: each is looked up in other tables, instead of looking through those once for all."""
        return _LOOKED_THROUGH.sub(r"EXISTS (SELECT 1 FROM \3 o WHERE o.\2 = \1 AND ", self.where())

    def read_from(self, store: Store, spot: Spot, skip: int, limit: int) -> list[Read]:
        """The rows from a spot on, passing over some; for an order that an index serves."""
        conditions, params = self.part(spot)
        rows = self._read_page(
            store, self.where(*conditions), self.walked_order, [*self.params, *params], limit=limit, skip=skip
        )
        if len(rows) < limit and not spot.without_key:
            rows += self.read_from(store, START_WITHOUT_KEY, 0, limit - len(rows))
        return rows

    def _read_page(
        self,
        store: Store,
        where: str,
        order: str,
        params: Sequence[object],
        *,
        limit: int,
        skip: int = 0,
        among: int = 0,
    ) -> list[Read]:
        # The columns are worked out for the rows of the page alone, though they may be subqueries.
        source = self.source
        if among:
            source = f" FROM (SELECT r.*{source} WHERE {self.key} IS NOT NULL{self.walked_order} LIMIT {among}) r"
        page = f"SELECT r.id AS id, {self.key} AS k{source}{where}{order} LIMIT ? OFFSET ?"
        found = select(
            store,
            f"SELECT page.k, r.id, r.deleted_at IS NOT NULL{self._selected} FROM ({page}) page"
            f" JOIN {self.listing.table} r ON r.id = page.id {self.listing.joins}"
            f" ORDER BY page.k{self.direction} NULLS LAST, page.id{self.direction}",
            [*params, limit, skip],
        )
        return [
            Read(Spot(key is None, key, raw), self._row(raw, deleted, answers)) for key, raw, deleted, *answers in found
        ]

    def read_rows(self, store: Store, keys: Sequence[object], *, by: str = "id") -> dict[Any, Row]:
        """The rows of these ids or rowids, whichever there are, by what was asked with."""
        if not keys:
            return {}
        found = select(
            store,
            f"SELECT r.{by}, r.id, r.deleted_at IS NOT NULL{self._selected}{self.source} {self.listing.joins}"
            f" WHERE r.{by} IN ({placeholders(len(keys))})",
            keys,
        )
        return {key: self._row(raw, deleted, answers) for key, raw, deleted, *answers in found}

    def _row(self, raw: Any, deleted: Any, answers: Sequence[Any]) -> Row:
        return Row(read_id(raw), bool(deleted), read_values(self._readers, answers))


def _is_read(column: Column, shown: Collection[str] | None) -> bool:
    return shown is None or column.name in shown or _PLAIN_COLUMN.fullmatch(column.sql) is not None


def _with_test(sql: str, test: str) -> str:
    return sql.replace("{}", test) if "{}" in sql else sql + test


def read_count(store: Store, question: Question) -> int:
    """How many records a question has."""
    ((count,),) = select(store, f"SELECT COUNT(*){question.source}{question.where()}", question.params)
    return int(count)


def read_totals(store: Store, question: Question) -> list[Summed]:
    """The sums over all records of a question, by group where they are grouped."""
    found = []
    for total in question.listing.totals:
        group = f"{total.group}, " if total.group else "NULL, "
        ending = f" GROUP BY {total.group} ORDER BY {total.group}" if total.group else ""
        rows = select(store, f"SELECT {group}{total.sql}{question.source}{question.where()}{ending}", question.params)
        read = reader_of(total.kind)
        found.append(Summed(total, tuple((name, read(answer)) for name, answer in rows)))
    return found
