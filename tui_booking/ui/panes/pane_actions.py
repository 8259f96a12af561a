"""What the actions of a table stand on: what is shown and chosen there, asking the database, and undoing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from uuid import UUID

from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Column, Query, Row
from tui_booking.services.desk import Desk, Job
from tui_booking.ui.widgets.plainly import plain

if TYPE_CHECKING:
    from textual.screen import Screen

    from tui_booking.services.records import Saved
    from tui_booking.services.undo import Undo
    from tui_booking.ui.memory import Memory
    from tui_booking.ui.panes.detail import DetailPane
    from tui_booking.ui.screens.main import MainScreen
    from tui_booking.ui.screens.record_form import RecordForm
    from tui_booking.ui.sections.declaration import Section
    from tui_booking.ui.widgets.record_table import RecordTable

T = TypeVar("T")
R = TypeVar("R")


class ListTable(Protocol):
    """What the keys of every list ask of a table, whether its rows are read as they are seen or all at hand."""

    @property
    def asked(self) -> Query | None: ...
    @property
    def total(self) -> int | None: ...
    @property
    def cursor_row(self) -> Row | None: ...
    @property
    def cursor_column(self) -> Column | None: ...
    @property
    def marked(self) -> frozenset[UUID]: ...
    @property
    def shown_columns(self) -> list[str]: ...
    @shown_columns.setter
    def shown_columns(self, names: Iterable[str]) -> None: ...
    def clear_marks(self) -> None: ...
    def focus(self, scroll_visible: bool = True) -> Any: ...


class PaneActions(Widget):
    """What an action of TablePane knows of the pane, and how it asks and answers."""

    desk: Desk
    memory: Memory
    section: Section | None
    names: dict[UUID, str]
    # What asks before it changes anything waits here for what asked before it.
    in_turn: asyncio.Lock

    if TYPE_CHECKING:

        @property
        def table(self) -> RecordTable: ...
        @property
        def detail(self) -> DetailPane: ...
        @property
        def asked(self) -> Query | None: ...
        def narrow(self, query: Query) -> None: ...
        def show_query(self, query: Query, keep: UUID | None) -> None: ...
        def reload(self) -> None: ...
        def show_section(self, section: Section, listing: str | None = None, *, keep: UUID | None = None) -> None: ...
        async def _open_detail(self, *, focus: bool) -> None: ...

    @property
    def at(self) -> ListTable:
        """The table that a key is meant for: that of the detail where it has the focus."""
        children = self.detail.children_shown
        return children if children is not None and children.has_focus else self.table

    @property
    def kind(self) -> str:
        """The kind of the records that are shown."""
        return self.asked.listing.kind if self.asked is not None else ""

    @property
    def chosen(self) -> list[UUID]:
        """The marked records, else the one under the cursor."""
        if self.table.marked:
            return sorted(self.table.marked)
        return [self.table.cursor_id] if self.table.cursor_id is not None else []

    async def ask(self, job: Job[T]) -> T | None:
        """What a job answers; None where it went wrong, which the person has been told then."""
        try:
            return await self.desk.ask(job)
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return None

    async def change(self, job: Job[T]) -> T | None:
        """What a change answers once it is written; None where it went wrong, which the person has been told then."""
        try:
            return await self.desk.write(job)
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return None

    async def dialog(self, screen: Screen[R]) -> R | None:
        return await self.app.push_screen_wait(screen)

    def say(self, words: str) -> None:
        self.app.notify(plain(words), markup=False)

    def keep_undo(self, *undos: Undo | None) -> None:
        """Remember how to take changes back, the last one first, and show what they changed."""
        kept = [undo for undo in undos if undo is not None]
        if not kept:
            return
        main: MainScreen = self.screen  # type: ignore[assignment]
        for undo in kept:
            main.keep_undo(undo)
        self.say(_("{what}. u takes it back.").format(what=kept[-1].what))
        self.reload()

    async def fill_in(self, form: RecordForm) -> Saved | None:
        """What a form saved. What was made on its way can be taken back too, also where the form was left."""
        saved = await self.dialog(form)
        self.keep_undo(*(made.undo for made in form.made), saved.undo if saved is not None else None)
        return saved
