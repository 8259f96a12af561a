"""A table of rows that are all at hand: searched, filtered, sorted and marked here, in the manner of every table."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from rich.cells import cell_len
from rich.style import Style
from textual.message import Message

from tui_booking.language import _
from tui_booking.services.declarations import Column, Listing, Query, Row, Value
from tui_booking.services.given_rows import is_wanted, sorting_key
from tui_booking.ui.formats import format_value
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.row_drawing import GAP, GUTTER
from tui_booking.ui.widgets.row_moves import MovingRows
from tui_booking.ui.widgets.row_view import HEAD, known_columns

# Widths are those of the first rows: a thousand are measured in a few milliseconds.
_MEASURED = 1_000
_LEAST_GROWING = 12


class GivenRow(NamedTuple):
    """A row: what it is told apart by, a value for each column of the listing, and how it is drawn.

    One that is `is_fixed`, as a sum is, stands last whatever the table is narrowed and sorted by.
    """

    key: Hashable
    values: tuple[Value, ...]
    is_muted: bool = False
    is_fixed: bool = False


class GivenTable(MovingRows):
    """The rows that it is given. `grows` is the column that takes the width which the others leave.

    The columns and filters are those of a listing; a filter's `sql` is the name of the column that it looks at, and
    `width` the most that a column takes by itself. Cursor and marks stay on their rows by their keys.
    """

    class TableMessage(Message):
        """Something about a table."""

        def __init__(self, table: GivenTable) -> None:
            super().__init__()
            self.table = table

        @property
        def control(self) -> GivenTable:
            return self.table

    class Highlighted(TableMessage):
        """The cursor is on another row, or the rows are others; `key` is None where there is none."""

        def __init__(self, table: GivenTable, key: Hashable | None) -> None:
            super().__init__(table)
            self.key = key

    class Opened(TableMessage):
        """A row is to be opened."""

        def __init__(self, table: GivenTable, key: Hashable) -> None:
            super().__init__(table)
            self.key = key

    class OrderAsked(TableMessage):
        """The head of a column was clicked."""

        def __init__(self, table: GivenTable, column: str) -> None:
            super().__init__(table)
            self.column = column

    def __init__(self, listing: Listing, *, grows: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.empty = ""
        # Called where the cursor is on another row, there are others, or marks were put or taken off.
        self.position_changed: Callable[[], None] | None = None
        self._asked = Query(listing=listing)
        self._grows = grows
        self._shown = known_columns(listing, [])
        self._are_chosen = False
        self._rows: dict[Hashable, GivenRow] = {}
        # The view that draws rows knows them by ids: the places in this list.
        self._all_keys: list[Hashable] = []
        self._ids: dict[Hashable, UUID] = {}
        self._keys: list[Hashable] = []
        self._positions: dict[Hashable, int] = {}
        self._seen: list[Row] = []
        self._marked: set[Hashable] = set()
        # Columns that a person made as wide as they are.
        self._made_wide: set[str] = set()

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def asked(self) -> Query:
        """What the rows are narrowed and sorted by."""
        return self._asked

    @property
    def given(self) -> list[GivenRow]:
        """All rows, also those that are narrowed away."""
        return list(self._rows.values())

    @property
    def seen_rows(self) -> list[Row]:
        """The rows that are left, in their order."""
        return self._seen

    @property
    def total(self) -> int:
        return len(self._seen)

    @property
    def cursor_number(self) -> int | None:
        """Which row the cursor is on, counted from 1; None where there is none."""
        return self._cursor + 1 if self._seen else None

    @property
    def key(self) -> Hashable | None:
        """What the row under the cursor is told apart by; None where there is none."""
        return self._keys[self._cursor] if self._keys else None

    @property
    def cursor_row(self) -> Row | None:
        return self.row_at(self._cursor)

    @property
    def cursor_column(self) -> Column | None:
        """The column under the cursor."""
        return self.listing.column(self._shown[self.rank]) if self._shown else None

    @property
    def shown_columns(self) -> list[str]:
        """The names of the columns that are shown, in their order."""
        return list(self._shown)

    @shown_columns.setter
    def shown_columns(self, names: Iterable[str]) -> None:
        self._are_chosen = True
        self._show_columns(known_columns(self.listing, list(names)))

    @property
    def marked(self) -> frozenset[UUID]:
        """The rows that are marked, by their ids."""
        return frozenset(self._ids[key] for key in self._marked)

    @property
    def marked_keys(self) -> list[Hashable]:
        """The rows that are marked, in the order in which they were given."""
        return [key for key in self._rows if key in self._marked]

    @property
    def marked_rows(self) -> list[Row]:
        """The rows that are marked, those that are narrowed away by now among them."""
        return [self._row_of(self._rows[key]) for key in self.marked_keys]

    def clear_marks(self) -> None:
        """Take all marks off."""
        if self._marked:
            self._marked.clear()
            self.redraw()
            self._tell_position()

    def show(self, rows: Iterable[GivenRow], *, at: Hashable | None = None) -> None:
        """Show these rows; the cursor goes to `at`, else stays on its row."""
        at = at if at is not None else self.key
        self._rows = {row.key: row for row in rows}
        self._marked &= self._rows.keys()
        self._all_keys = list(self._rows)
        self._ids = {key: UUID(int=number) for number, key in enumerate(self._all_keys)}
        self._arrange_rows(at)

    def change(self, row: GivenRow) -> None:
        """Show other values of a row, where it stands."""
        if self._rows.get(row.key) == row:
            return
        self._rows[row.key] = row
        position = self._positions.get(row.key)
        if position is None:
            return
        self._seen[position] = self._row_of(row)
        # Many change one after the other while files are looked into: the others are not measured again for it.
        wider = {name: room for name in self._fitted if (room := self._room_for(row, name)) > self.widths[name]}
        if wider:
            self.widths |= wider
            self._give_the_rest()
            self.redraw()
        else:
            self.refresh_row(position)

    def narrow(self, query: Query) -> None:
        """Search, filter and sort by something else."""
        self._asked = query
        self._arrange_rows(self.key)

    def show_by(self, listing: Listing) -> None:
        """Let the columns be those of another listing, which has the same ones under other names or widths."""
        if listing != self.listing:
            self._asked = replace(self._asked, listing=listing)
            self._show_columns(known_columns(listing, self._shown if self._are_chosen else []))

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on a row, where it is not narrowed away."""
        if (position := self._positions.get(key)) is not None:
            self.move_to(position)

    def _show_columns(self, names: list[str]) -> None:
        self._shown = names
        self._rank = self.rank
        self._fit()
        self.show_cursor_column()
        self.redraw()

    def _arrange_rows(self, at: Hashable | None) -> None:
        loose = [row for row in self._rows.values() if not row.is_fixed]
        wanted = [row for row in loose if is_wanted(self._asked, row.values)]
        column, is_downwards = self._asked.sorted_by
        if column:
            number = self._number_of(column)
            known = [row for row in wanted if row.values[number] not in (None, "")]
            known.sort(key=lambda row: sorting_key(row.values[number]), reverse=is_downwards)
            wanted = known + [row for row in wanted if row.values[number] in (None, "")]
        wanted += [row for row in self._rows.values() if row.is_fixed]
        self._keys = [row.key for row in wanted]
        self._positions = {key: position for position, key in enumerate(self._keys)}
        self._seen = [self._row_of(row) for row in wanted]
        self._cursor = self._positions.get(at, 0)
        self._top = self._top_for(self._cursor)
        self._fit()
        self.show_cursor_column()
        self.redraw()
        self.cursor_moved()

    def _row_of(self, row: GivenRow) -> Row:
        return Row(self._ids[row.key], is_deleted=False, values=row.values)

    def _number_of(self, name: str) -> int:
        return next(number for number, column in enumerate(self.listing.columns) if column.name == name)

    # --- widths -----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        """Make columns as wide as what is in them."""
        self.widths |= {name: self._width_of(name) for name in self._fitted}
        self._give_the_rest()

    @property
    def _fitted(self) -> list[str]:
        """The columns that are as wide as what is in them."""
        return [name for name in self._shown if name != self._grows and name not in self._made_wide]

    def _give_the_rest(self) -> None:
        """Let the one that grows have what the others leave."""
        if self._grows in self._shown and self._grows not in self._made_wide:
            taken = sum(self.widths[name] + GAP for name in self._shown if name != self._grows)
            self.widths[self._grows] = max(self.size.width - GUTTER - 1 - taken, _LEAST_GROWING)
        self._kept_arrangement = None

    def _width_of(self, name: str) -> int:
        column = self.listing.column(name)
        # The sign of the order stands behind the name.
        head = cell_len(plain(_(column.label))) + 2 * (self._asked.sorted_by.column == name)
        rows = (self._rows[key] for key in self._keys[:_MEASURED])
        return max([min(head, column.width), *(self._room_for(row, name) for row in rows)])

    def _room_for(self, row: GivenRow, name: str) -> int:
        """How many cells a row's value takes in a column, or is given there at most."""
        column = self.listing.column(name)
        return min(cell_len(plain(format_value(row.values[self._number_of(name)], column.kind))), column.width)

    def _set_width(self, column: Column, width: int) -> None:
        self._made_wide.add(column.name)
        super()._set_width(column, width)

    def on_resize(self) -> None:
        self._fit()
        # What was scrolled away for want of room comes back with it.
        if self._cursor < self.size.height - HEAD:
            self._top = 0

    # --- what the view asks for -------------------------------------------------------------------------------------

    @property
    def listing(self) -> Listing:
        return self._asked.listing

    @property
    def row_count(self) -> int:
        return len(self._seen)

    @property
    def sorted_by(self) -> tuple[str, bool]:
        return self._asked.sorted_by

    def row_at(self, position: int) -> Row | None:
        return self._seen[position] if 0 <= position < len(self._seen) else None

    def is_coming(self, position: int) -> bool:  # noqa: ARG002  # none ever is
        return False

    @property
    def is_busy(self) -> bool:
        return False

    def is_marked(self, row: Row) -> bool:
        return self._all_keys[row.id.int] in self._marked

    def _row_style(self, row: Row) -> Style:
        is_muted = self._rows[self._all_keys[row.id.int]].is_muted
        return self._style("aside") if is_muted and not self.is_marked(row) else super()._row_style(row)

    def words_for_no_rows(self) -> str:
        return _("Nothing matches.") if self._rows else self.empty

    def view_moved(self) -> None:
        """All rows are here."""

    def cursor_moved(self) -> None:
        self._tell_position()
        self.post_message(self.Highlighted(self, self.key))

    def _tell_position(self) -> None:
        if self.position_changed is not None:
            self.position_changed()

    def order_asked(self, column: Column) -> None:
        self.post_message(self.OrderAsked(self, column.name))

    def toggle_mark(self, position: int) -> None:
        if 0 <= position < len(self._keys) and not self._rows[self._keys[position]].is_fixed:
            self._marked ^= {self._keys[position]}
            self._tell_position()

    def action_open(self) -> None:
        if (key := self.key) is not None:
            self.post_message(self.Opened(self, key))
