"""Where the rows of a long list are: so that any page of a million is read as quickly as the first.

Where an index serves the order, every so manieth record's place in it is kept (`Walk`); else the ids of all of them, in
order, as small as they can be kept (`Roll`).
"""

from __future__ import annotations

import time
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain
from typing import Any, Protocol
from uuid import UUID

from tui_booking.models.database import Store
from tui_booking.services.asking import on_the_day, parameter, select
from tui_booking.services.declarations import Row
from tui_booking.services.finder import Hint
from tui_booking.services.questions import START, START_WITHOUT_KEY, Question, Read, Spot

_APART = 1024
_AT_ONCE = 10_000
# So many that a search has found are shown while the others are found, where that takes longer than a moment.
FIRST_FOUND = 256
_MOMENT = 0.02
_ID_BYTES = 16
# What stands before and after an id in PostgreSQL's binary form of COPY: a header, then for each row the number of its
# columns and the length of the one it has, then an end.
_COPY_HEADER, _COPY_ROW, _COPY_END = 19, 6, 2

Page = list[Row | None]


class Directory(Protocol):
    """Where the rows of a list are. Rows that are no longer there are None; a page may also say that more changed."""

    total: int | None

    @property
    def reach(self) -> int:
        """How many rows can be read by now; grows until the total is known."""
        ...

    def read_page(self, store: Store, question: Question, start: int, count: int) -> tuple[Page, bool]:
        """The rows from a position on, and whether others have changed the list since it was looked through."""
        ...

    def find(self, store: Store, question: Question, record: UUID) -> int | None:
        """The position of a record, None where it is not in the list."""
        ...


class Walk:
    """Places along an index: a position and the record that stands there."""

    def __init__(self, positions: list[int], spots: list[Spot], total: int | None) -> None:
        self._positions = positions
        self._spots = spots
        self.total = total

    @classmethod
    def beginning(cls) -> Walk:
        """One that knows where the list starts, and is told of more places as pages are read."""
        return cls([0], [START], None)

    @property
    def reach(self) -> int:
        return self._positions[-1] + 1 if self.total is None else self.total

    def extend(self, position: int, spot: Spot) -> None:
        """Remember the place of a record that was come upon, while the list is looked through."""
        if self.total is None and position > self._positions[-1]:
            self._positions.append(position)
            self._spots.append(spot)

    def end(self, total: int) -> None:
        """Say that the list's end was come upon."""
        self.total = total

    def read_page(self, store: Store, question: Question, start: int, count: int) -> tuple[Page, bool]:
        index = bisect_right(self._positions, start) - 1
        # One more than is asked for tells whether the next place is still where it was; past the end nothing is asked.
        wanted = count + 1 if self.total is None else min(count + 1, self.total - start)
        read = question.read_from(store, self._spots[index], start - self._positions[index], wanted)
        rows: Page = [found.row for found in read[:count]]
        if self.total is None:
            if len(read) > count:
                self.extend(start + count, read[count].spot)
            else:
                self.end(start + len(read))
            return rows, False
        expected = min(count, self.total - start)
        changed = self._has_changed(read, start, count)
        return rows[:expected] + [None] * (expected - len(rows)), changed

    def _has_changed(self, read: list[Read], start: int, count: int) -> bool:
        assert self.total is not None
        if len(read) != min(count + 1, self.total - start):
            return True
        following = bisect_right(self._positions, start)
        if following == len(self._positions):
            return False
        ahead = self._positions[following] - start
        return ahead < len(read) and read[ahead].spot.id != self._spots[following].id and self._is_named(following)

    def _is_named(self, index: int) -> bool:
        return self._spots[index].id is not None

    def find(self, store: Store, question: Question, record: UUID) -> int | None:
        found = select(
            store,
            f"SELECT {question.key}, r.id{question.source}{question.where('r.id = ?')}",
            [*question.params, record],
        )
        if not found:
            return None
        spot = Spot(found[0][0] is None, *found[0])
        if question.engine == "sqlite":
            index = self._before(spot, is_downwards=bool(question.direction))
            return self._positions[index] + _count(store, question, self._spots[index], before=spot)
        before = _count(store, question, START_WITHOUT_KEY if spot.without_key else START, before=spot)
        return before + _count(store, question, START) if spot.without_key else before

    def _before(self, spot: Spot, *, is_downwards: bool) -> int:
        """The index of the last place that is not behind a spot, and in its part of the list."""
        low, high = 0, len(self._spots)
        while low < high:
            middle = (low + high) // 2
            if _is_behind(self._spots[middle], spot, is_downwards=is_downwards):
                high = middle
            else:
                low = middle + 1
        return max(low - 1, 0)


def _is_behind(place: Spot, spot: Spot, *, is_downwards: bool) -> bool:
    if place.without_key != spot.without_key or place.id is None:
        return place.without_key and not spot.without_key
    here, there = _comparable(place), _comparable(spot)
    return bool(here < there if is_downwards else here > there)


def _comparable(spot: Spot) -> Any:
    """What SQLite sorts by: it compares texts by the numbers of their characters, as Python does."""
    return spot.id if spot.without_key else (spot.key, spot.id)


def read_walk(store: Store, question: Question) -> Walk:
    """Look through a list that an index serves; a million records take some tenths of a second."""
    positions, spots, total = [0], [START], 0
    for start in (START, START_WITHOUT_KEY):
        found, count = _hop(store, question, start) if store.engine == "sqlite" else _number(store, question, start)
        if total == 0 and count:
            spots[0] = start
        elif count:
            positions.append(total)
            spots.append(start)
        positions += [total + position for position, _ in found]
        spots += [spot for _, spot in found]
        total += count
    return Walk(positions, spots, total)


def _number(store: Store, question: Question, start: Spot) -> tuple[list[tuple[int, Spot]], int]:
    """Places in a part of a list but for its first, with the number of its rows; in two questions."""
    conditions, params = question.part(start)
    found = select(
        store,
        f"SELECT n, k, id FROM (SELECT {question.key} AS k, r.id AS id, row_number() OVER"
        f" ({question.walked_order.strip()}) AS n{question.source}{question.where(*conditions)}) numbered"
        f" WHERE n % {_APART} = 1 ORDER BY n",
        [*question.params, *params],
    )
    if not found:
        return [], 0
    places = [(number - 1, Spot(start.without_key, key, raw)) for number, key, raw in found]
    position, last = places[-1]
    return places[1:], position + _count(store, question, last)


def _hop(store: Store, question: Question, start: Spot) -> tuple[list[tuple[int, Spot]], int]:
    """The same by hops along the index, each of which skips so many entries without looking at their records.

    Ten times as quick as numbering them all there. Deleted records have entries too; they are counted off afterwards.
    """
    places: list[tuple[int, Spot]] = []
    spot, position = start, 0
    while found := _select_part(store, question, spot, f"{question.walked_order} LIMIT 1 OFFSET {_APART}"):
        position += _APART
        spot = Spot(start.without_key, *found[0])
        places.append((position, spot))
    count = position + len(_select_part(store, question, spot, ""))
    if question.query.deleted:
        return places, count
    # Not in their order: that would be found along the index, with a look at every record of the list.
    rows = select(store, f"SELECT {question.key}, r.id{question.source} WHERE r.deleted_at IS NOT NULL")
    deleted = [Spot(start.without_key, *row) for row in rows if (row[0] is None) == start.without_key]
    return _without(places, deleted, is_downwards=bool(question.direction)), count - len(deleted)


def _select_part(store: Store, question: Question, spot: Spot, ending: str) -> list[tuple[Any, ...]]:
    """Keys and ids of all records from a spot on, deleted ones among them."""
    conditions, params = question.part(spot)
    return select(
        store, f"SELECT {question.key}, r.id{question.source} WHERE {' AND '.join(conditions)}{ending}", params
    )


def _without(places: list[tuple[int, Spot]], deleted: list[Spot], *, is_downwards: bool) -> list[tuple[int, Spot]]:
    """The places, in the order of the list, as they are when deleted records are not counted."""
    ordered: list[Any] = sorted(_comparable(spot) for spot in deleted)
    gone = set(deleted)
    kept = []
    for position, spot in places:
        if spot in gone:
            continue
        here = _comparable(spot)
        before = len(ordered) - bisect_right(ordered, here) if is_downwards else bisect_left(ordered, here)
        kept.append((position - before, spot))
    return kept


def _count(store: Store, question: Question, spot: Spot, *, before: Spot | None = None) -> int:
    conditions, params = question.part(spot, before=before)
    ((count,),) = select(
        store,
        f"SELECT COUNT(*){question.source}{question.where(*conditions)}",
        [*question.params, *params],
    )
    return int(count)


class Roll:
    """The ids of all records of a list in their order: row numbers of eight bytes on SQLite, else ids of sixteen."""

    def __init__(self, numbers: array[int] | None = None, ids: bytes = b"", *, is_whole: bool = True) -> None:
        """`is_whole` is False where these are only the first of them."""
        self.is_whole = is_whole
        self._numbers = numbers
        self._ids = ids
        self.total: int | None = len(ids) // _ID_BYTES if numbers is None else len(numbers)

    @property
    def reach(self) -> int:
        return self.total or 0

    def read_page(self, store: Store, question: Question, start: int, count: int) -> tuple[Page, bool]:
        keys: list[Any]
        if self._numbers is not None:
            keys = list(self._numbers[start : start + count])
            rows = question.read_rows(store, keys, by="rowid")
        else:
            held = self._ids[start * _ID_BYTES : (start + count) * _ID_BYTES]
            keys = [UUID(bytes=held[at : at + _ID_BYTES]) for at in range(0, len(held), _ID_BYTES)]
            rows = question.read_rows(store, keys)
        page: Page = [rows.get(key) for key in keys]
        gone = any(row is None or (row.is_deleted and not question.query.deleted) for row in page)
        return page, gone

    def find(self, store: Store, question: Question, record: UUID) -> int | None:
        if self._numbers is None:
            at = self._ids.find(record.bytes)
            while at % _ID_BYTES and at >= 0:
                at = self._ids.find(record.bytes, at + 1)
            return at // _ID_BYTES if at >= 0 else None
        found = select(store, f"SELECT rowid FROM {question.listing.table} WHERE id = ?", [record])
        try:
            return self._numbers.index(found[0][0]) if found else None
        except ValueError:
            return None


def read_roll(store: Store, question: Question, hint: Hint | None = None) -> Roll:
    """Find all records of a list, in order, by one query that can be interrupted; among those of a hint, if any."""
    if store.engine == "sqlite":
        if hint is not None and hint.is_in_order and question.is_search_alone:
            return read_found(store, question, hint)
        params = [parameter(store, value) for value in question.params]
        where = question.where()
        if hint is not None:
            where = f"{question.narrowed()} AND {hint.condition}"
            params += hint.params
        sql = on_the_day(f"SELECT r.rowid{question.source}{where}{question.order}")
        return Roll(_read_numbers(store, sql, params)[0])
    sql = on_the_day(f"SELECT r.id{question.source}{question.where()}{question.order}")
    sql = sql.replace("%", "%%").replace("?", "%s")
    params = [parameter(store, value) for value in question.params]
    with store.cursor() as cursor, cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", params) as copied:
        data = b"".join(bytes(part) for part in copied)
    size = _COPY_ROW + _ID_BYTES
    ids = b"".join(data[at + _COPY_ROW : at + size] for at in range(_COPY_HEADER, len(data) - _COPY_END, size))
    return Roll(ids=ids)


def _read_numbers(
    store: Store, sql: str, params: Sequence[object], *, enough: int | None = None
) -> tuple[array[int], bool]:
    """Row numbers, and whether these are all: where so many are `enough`, others are read for a moment only."""
    until = time.monotonic() + _MOMENT
    cursor = store.execute_sql(sql, params)
    numbers = array("q")
    while rows := cursor.fetchmany(enough or _AT_ONCE):
        numbers.extend(chain.from_iterable(rows))
        if enough is not None and len(numbers) >= enough and time.monotonic() > until:
            cursor.close()
            return numbers, False
    return numbers, True


def read_found(store: Store, question: Question, hint: Hint, *, enough: int | None = None) -> Roll:
    """The records that a search alone finds, as an index has them in order; at least so many, if that is given.

    What the index does not know as it is is looked at itself, and put where it belongs.
    """
    most = None if enough is None else enough + len(hint.touched)
    numbers, is_whole = _read_numbers(store, hint.search.in_order, hint.params, enough=most)
    if not hint.touched:
        return Roll(numbers, is_whole=is_whole)
    gone = set(hint.touched)
    numbers = array("q", (number for number in numbers if number not in gone))
    is_downwards = bool(question.direction)
    found = f"SELECT {question.key}, r.id, r.rowid{question.source}{question.narrowed()} AND {hint.is_touched}"
    for key, own, number in select(store, found, question.params):
        spot = Spot(key is None, key, own)
        at = _place_among(store, question, numbers, spot, is_downwards=is_downwards)
        if at < len(numbers) or is_whole:
            numbers.insert(at, number)
    return Roll(numbers, is_whole=is_whole)


def _place_among(store: Store, question: Question, numbers: array[int], spot: Spot, *, is_downwards: bool) -> int:
    """Where a record belongs among those that are in order."""
    low, high = 0, len(numbers)
    while low < high:
        middle = (low + high) // 2
        there = select(store, f"SELECT {question.key}, r.id{question.source} WHERE r.rowid = ?", [numbers[middle]])
        # Where another has just removed it, any place will do: the list is looked through again soon.
        if there and _is_behind(Spot(there[0][0] is None, *there[0]), spot, is_downwards=is_downwards):
            high = middle
        else:
            low = middle + 1
    return low
