"""The rows of a list as a screen reads them: in pages, as they are needed, however many there are."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Collection
from functools import partial
from itertools import count
from uuid import UUID

from tui_booking.models.database import Store
from tui_booking.services.declarations import Query, Row
from tui_booking.services.desk import Desk
from tui_booking.services.directories import FIRST_FOUND, Directory, Page, Walk, read_found, read_roll, read_walk
from tui_booking.services.finder import Hint
from tui_booking.services.questions import Question, Summed, read_totals

PAGE_ROWS = 128
# What is kept of rows that were read: as much as a person pages back to, and little memory.
_KEPT_PAGES = 8

_numbers = count(1)


class RowSource:
    """The rows of one query, by their position.

    `open` reads the first page; `settle` looks through the rest, after which `total` is known and any page is as near
    as the first. Where `columns` are named, those that are dear to read are None in rows unless they are among them.
    Rows are read by `read_here` where that is quick (`is_quick`), else by `read`. Rows that others have
    removed since are None until `settle` is asked for again, which `is_stale` suggests. Not for several threads.
    """

    def __init__(self, desk: Desk, query: Query, *, columns: Collection[str] | None = None) -> None:
        self.query = query
        self.is_stale = False
        self._desk = desk
        self._question = Question(desk.store, query, desk.settings.zone_info, columns=columns)
        self._directory: Directory | None = None
        self._is_settled = False
        self._pages: OrderedDict[int, Page] = OrderedDict()
        # What stood there before, shown until it has been read anew.
        self._former: OrderedDict[int, Page] = OrderedDict()
        self._under_way: set[int] = set()
        self._group = f"rows-{next(_numbers)}"
        # Counts what made the pages out of date; one that was asked for before is not kept.
        self.edition = 0

    @property
    def is_quick(self) -> bool:
        """Whether a page is read so quickly that the screen may wait for it."""
        return self._desk.is_local

    @property
    def opens_quickly(self) -> bool:
        """Whether the first page is, too."""
        return self._desk.is_local and self._question.is_walked

    @property
    def total(self) -> int | None:
        """How many rows there are; None while they are counted."""
        return None if self._directory is None else self._directory.total

    @property
    def reach(self) -> int:
        """How many rows can be read by now."""
        if self._directory is not None:
            return self._directory.reach
        return len(self._pages.get(0, ()))

    # --- opening ----------------------------------------------------------------------------------------------------

    def open_here(self) -> None:
        """Read the first page in this thread."""
        self._opened(*self._desk.here(self._read_first))

    async def open(self) -> None:
        """Read the first page. Raises Superseded where the source was opened anew."""
        self._opened(*await self._desk.ask(self._read_first, group=self._group))

    def _read_first(self, store: Store) -> tuple[Page, Directory | None]:
        if self._question.is_walked:
            walk = Walk.beginning()
            return walk.read_page(store, self._question, 0, PAGE_ROWS)[0], walk
        hint = self._hint(store)
        if hint is not None and hint.is_in_order and self._question.is_search_alone:
            roll = read_found(store, self._question, hint, enough=FIRST_FOUND)
            return roll.read_page(store, self._question, 0, PAGE_ROWS)[0], roll if roll.is_whole else None
        read = None if hint is not None and hint.is_narrow(store) else self._question.read_first(store, PAGE_ROWS + 1)
        if read is None:
            roll = read_roll(store, self._question, hint)
            return roll.read_page(store, self._question, 0, PAGE_ROWS)[0], roll
        rows: Page = [found.row for found in read[:PAGE_ROWS]]
        if len(read) > PAGE_ROWS:
            return rows, None
        # All of them are here; they are walked without an index, being so few.
        walk = Walk.beginning()
        walk.end(len(rows))
        return rows, walk

    def _look_through(self, store: Store) -> Directory:
        if self._question.is_walked:
            return read_walk(store, self._question)
        return read_roll(store, self._question, self._hint(store))

    def _hint(self, store: Store) -> Hint | None:
        finder, query = self._desk.finder, self.query
        return None if finder is None or not query.search else finder.hint(store, query.listing, query.search)

    def _opened(self, rows: Page, directory: Directory | None) -> None:
        self._forget_pages()
        self._pages[0] = rows
        self._directory = directory
        self._is_settled = directory is not None and directory.total is not None

    async def settle(self) -> None:
        """Look through the whole list where that is still to be done. Raises Superseded like `open`."""
        if self._is_settled and not self.is_stale:
            return
        directory: Directory = await self._desk.ask(self._look_through, group=f"{self._group}-settle")
        if self._directory is not None and self._directory.total is not None:
            self._forget_pages()
        self._directory = directory
        self._is_settled = True
        self.is_stale = False

    def forget(self) -> None:
        """Read all rows anew from now on, and look through the list again when `settle` is asked for."""
        self._forget_pages()
        self.is_stale = True

    def _forget_pages(self) -> None:
        if self._pages:
            self._former, self._pages = self._pages, OrderedDict()
        self._under_way.clear()
        self.edition += 1

    # --- rows -------------------------------------------------------------------------------------------------------

    def row(self, position: int) -> Row | None:
        """The row at a position where it has been read; None where not, or where it is gone. While rows are read anew,
        what stood there before."""
        number, offset = divmod(position, PAGE_ROWS)
        page = self._pages.get(number) or self._former.get(number)
        return page[offset] if page is not None and 0 <= offset < len(page) else None

    def has_read(self, position: int) -> bool:
        """Whether the page of a position has been read."""
        return position // PAGE_ROWS in self._pages

    def missing(self, first: int, last: int) -> list[int]:
        """The numbers of the pages from one position to another that are still to be read."""
        last = min(last, self.reach - 1)
        if self._directory is None or last < first:
            return []
        return [number for number in range(max(first, 0) // PAGE_ROWS, last // PAGE_ROWS + 1) if self._lacks(number)]

    def _lacks(self, number: int) -> bool:
        if number in self._pages:
            self._pages.move_to_end(number)
            return False
        return number not in self._under_way

    def read_here(self, first: int, last: int) -> bool:
        """Read what is missing from one position to another in this thread; whether anything was."""
        missing = self.missing(first, last)
        for number in missing:
            self._keep(self._desk.here(partial(self._read_page, number)), self.edition)
        return bool(missing)

    async def read(self, first: int, last: int) -> bool:
        """Read what is missing from one position to another; whether anything was."""
        missing = self.missing(first, last)
        edition = self.edition
        self._under_way.update(missing)
        try:
            for read in await asyncio.gather(*[self._desk.ask(partial(self._read_page, one)) for one in missing]):
                self._keep(read, edition)
        finally:
            if edition == self.edition:
                self._under_way.difference_update(missing)
        return bool(missing)

    def _read_page(self, number: int, store: Store) -> tuple[int, Page, bool]:
        assert self._directory is not None
        page, changed = self._directory.read_page(store, self._question, number * PAGE_ROWS, PAGE_ROWS)
        return number, page, changed

    def _keep(self, read: tuple[int, Page, bool], edition: int) -> None:
        number, page, changed = read
        if edition != self.edition:
            return
        self._pages[number] = page
        self._former.pop(number, None)
        self.is_stale |= changed
        while len(self._pages) > _KEPT_PAGES:
            self._pages.popitem(last=False)

    # --- the list as a whole ----------------------------------------------------------------------------------------

    async def find(self, record: UUID) -> int | None:
        """The position of a record, None where it is not in the list; after `settle`."""
        for number, page in self._pages.items():
            for offset, row in enumerate(page):
                if row is not None and row.id == record:
                    return number * PAGE_ROWS + offset
        directory = self._directory
        if directory is None:
            return None
        return await self._desk.ask(lambda store: directory.find(store, self._question, record))

    async def read_totals(self) -> list[Summed]:
        """The list's totals over all of its rows; a newer question withdraws an older one."""
        return await self._desk.ask(lambda store: read_totals(store, self._question), group=f"{self._group}-totals")
