"""The one screen: the rail, the pane of the section, what is going on, and the keys that matter here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import FilterValue, Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.ui.commands import Command, Place, bindings_of
from tui_booking.ui.memory import Memory
from tui_booking.ui.panes.table_pane import TablePane
from tui_booking.ui.screens.leaving import Leaving
from tui_booking.ui.screens.reconnecting import Reconnecting
from tui_booking.ui.screens.taking_back import TakingBack
from tui_booking.ui.sections import MET_IN, SECTIONS, section_named, section_of_kind
from tui_booking.ui.widgets.key_line import KeyLine
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.rail import Rail
from tui_booking.ui.widgets.top_line import TopLine

if TYPE_CHECKING:
    from tui_booking.ui.panes.board import Board
    from tui_booking.ui.panes.dashboard import DashboardPane
    from tui_booking.ui.panes.import_pane import ImportPane

# Narrower than this there is no rail, unless it is asked for.
RAIL_FROM = 100
_PROGRESS_SECONDS = 0.5
# What is needed soon is loaded once the first screen stands, and not before it.
_PRELOAD_SECONDS = 1.5
_SOON = (
    "tui_booking.ui.panes.detail_parts",
    "tui_booking.ui.panes.child_records",
    "tui_booking.ui.panes.detail_contents",
    "tui_booking.ui.screens.record_form",
    "tui_booking.ui.screens.palette",
    "tui_booking.ui.panes.dashboard",
    "tui_booking.ui.panes.board",
)


class MainScreen(TakingBack, Leaving, Reconnecting):
    """Panes are made when they are first visited: one that is not seen costs nothing."""

    BINDINGS = bindings_of("everywhere")
    AUTO_FOCUS = None

    def __init__(self, desk: Desk, memory: Memory, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self.desk = desk
        self.keymap = keymap
        self.memory = memory
        self.section = ""
        # The section from which one came to what is shown, a step back from which leads there; whether it is a record.
        self._origin = ("", False)
        self._panes: dict[str, Widget] = {}
        self._current: Widget | None = None
        self._rail_asked: bool | None = memory.get("rail")
        self._was_writing = False

    def compose(self) -> ComposeResult:
        yield TopLine(self.desk.settings, where=self.app.where)  # type: ignore[attr-defined]
        with Horizontal(id="work"):
            yield Rail()
        yield KeyLine()

    async def on_mount(self) -> None:
        # The demo and the first start have something to see at once; later one begins where one left.
        self.set_interval(_PROGRESS_SECONDS, self._tell_progress)
        self.set_timer(_PRELOAD_SECONDS, self._preload)
        last = self.memory.get("section", "dashboard")
        known = [name for _key, name, _label in SECTIONS]
        await self.action_section(last if last in known else "dashboard")

    @work(thread=True, exit_on_error=False, group="preload")
    def _preload(self) -> None:
        for name in _SOON:
            import_module(name)

    # Sections.

    async def action_section(self, name: str) -> None:
        """Go to a section, where one was in it."""
        section = section_named(name)
        if section is None:
            self._bring_forward(name, await self._pane(name))
            return
        pane = await self._table_pane()
        if self.section != name or self._current is not pane:
            self._bring_forward(name, pane)
            pane.show_section(section)

    async def _table_pane(self) -> TablePane:
        pane = await self._pane("table")
        assert isinstance(pane, TablePane)
        return pane

    async def _pane(self, name: str) -> Widget:
        """The pane of that name, made on the first visit."""
        if name not in self._panes:
            if name == "table":
                pane: Widget = TablePane(self.desk, self.memory)
            elif name == "dashboard":
                from tui_booking.ui.panes.dashboard import DashboardPane

                pane = DashboardPane(self.desk)
            elif name == "board":
                from tui_booking.ui.panes.board import Board

                pane = Board(self.desk)
            else:
                from tui_booking.ui.panes.import_pane import ImportPane

                pane = ImportPane(self.desk, self.memory)
            self._panes[name] = pane
            await self.query_one("#work").mount(pane)
        return self._panes[name]

    def _bring_forward(self, section: str, pane: Widget) -> None:
        self.section, self._origin = section, ("", False)
        self.memory.set("section", section)
        before, self._current = self._current, pane
        if before is not pane:
            if before is not None:
                before.display = False
            pane.display = True
            if (
                before is not None
                and pane.is_attached
                and pane in (self._panes.get("dashboard"), self._panes.get("board"))
            ):
                pane.reload()  # type: ignore[attr-defined]
        self.query_one(Rail).show(section)
        self._place_rail()
        self._show_keys()
        pane.call_later(self._focus, pane)

    def _focus(self, pane: Widget) -> None:
        if pane is not self._current or len(self.app.screen_stack) > 1:
            return
        target = pane.seen if isinstance(pane, TablePane) else pane
        if target.can_focus:
            target.focus()
        else:
            self.focus_first_in(target)

    def focus_first_in(self, pane: Widget) -> None:
        """Give the focus to the first part of a pane that takes it."""
        for widget in pane.query("*"):
            if widget.focusable and widget.display:
                widget.focus()
                return

    @property
    def place(self) -> Place:
        """Where the keys go, as the help and the key line name it."""
        if self._current is self._panes.get("board") and self._current is not None:
            return "board"
        if self.section in ("dashboard", "import"):
            return self.section  # type: ignore[return-value]
        if isinstance(self._current, TablePane) and self._current.detail.has_focus_within:
            return "detail"
        return "table"

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        self.query_one(KeyLine).show(self.place, self.section, self.keymap)

    async def show_record(self, kind: str, id: UUID) -> None:  # noqa: A002
        """Go to a record in its own list, with its detail."""
        found = section_of_kind(kind)
        if kind in MET_IN:
            listing, filtered_by = MET_IN[kind]
            await self.show_list(listing, [(filtered_by, id)])
            return
        if found is None:
            self._show_owner(kind, id)
            return
        section, listing = found
        pane = await self._table_pane()
        self._bring_forward(section.name, pane)
        await pane.open_record(section, listing, id)

    @work(exclusive=True, exit_on_error=False, group="owner")
    async def _show_owner(self, kind: str, id: UUID) -> None:  # noqa: A002
        """A record without a list of its own is shown with the one that it hangs on."""
        from tui_booking.services.find import owner_of

        try:
            owner = await self.desk.ask(lambda store: owner_of(store, kind, id), group="owner")
        except Superseded:
            return
        except BookingCenterError as error:
            self.app.tell(error)  # type: ignore[attr-defined]
            return
        if owner is not None and section_of_kind(owner[0]) is not None:
            await self.show_record(*owner)
        else:
            self.notify(_("This record is in no list."), severity="warning", markup=False)

    async def show_list(self, listing: str, filters: Iterable[tuple[str, FilterValue]]) -> None:
        """Go to a list, narrowed by these filters."""
        from tui_booking.ui.sections import TABLES

        for section in TABLES:
            if listing in section.listings:
                pane = await self._table_pane()
                self._bring_forward(section.name, pane)
                pane.show_list(section, listing, filters)
                return

    # What the panes say.

    @on(TablePane.RecordChosen)
    async def _record_chosen(self, event: TablePane.RecordChosen) -> None:
        event.stop()
        await self.show_record(event.kind, event.id)

    @on(TablePane.BoardAsked)
    async def _board_asked(self, event: TablePane.BoardAsked) -> None:
        event.stop()
        await self.show_board(event.query)

    async def show_board(self, query: Query) -> None:
        """The bookings of a question as a board."""
        from tui_booking.ui.panes.board import Board

        board = await self._pane("board")
        assert isinstance(board, Board)
        self._bring_forward("bookings", board)
        board.show(query)

    # Panes that are loaded when they are first seen: their messages are handled by name.

    async def on_dashboard_pane_record_chosen(self, event: DashboardPane.RecordChosen) -> None:
        event.stop()
        await self.show_record(event.kind, event.id)
        self._origin = ("dashboard", True)

    async def on_dashboard_pane_list_wanted(self, event: DashboardPane.ListWanted) -> None:
        event.stop()
        await self.show_list(event.listing, event.filters)
        self._origin = ("dashboard", False)

    async def on_board_record_chosen(self, event: Board.RecordChosen) -> None:
        event.stop()
        await self.show_record(event.kind, event.id)

    def on_board_changed(self, event: Board.Changed) -> None:
        event.stop()
        self.keep_undo(event.undo)
        self.notify(plain(_("{what}. u takes it back.").format(what=event.undo.what)), markup=False)

    async def on_import_pane_record_chosen(self, event: ImportPane.RecordChosen) -> None:
        event.stop()
        await self.show_record(event.kind, event.id)
        self._origin = ("import", True)

    def on_import_pane_data_changed(self, event: ImportPane.DataChanged) -> None:
        event.stop()
        self.forget_undos()

    @on(Rail.SectionChosen)
    async def _section_chosen(self, event: Rail.SectionChosen) -> None:
        event.stop()
        await self.action_section(event.name)

    @on(KeyLine.KeyChosen)
    async def _key_chosen(self, event: KeyLine.KeyChosen) -> None:
        event.stop()
        await self.carry_out(event.command)

    async def carry_out(self, command: Command) -> None:
        """Do what a command says, as its key would: by the innermost part of the screen that knows how."""
        name = command.action.partition("(")[0]
        inner = self.focused.ancestors_with_self if self.focused is not None else ()
        for node in (*inner, self._current, self):
            if node is not None and hasattr(node, f"action_{name}"):
                await self.app.run_action(command.action, node)
                return

    def data_changed(self) -> None:
        """Read again what is shown: somebody, perhaps we, changed it."""
        if self._current is not None and hasattr(self._current, "reload"):
            self._current.reload()

    # Keys.

    async def action_back(self) -> None:
        """One step back, always: out of a field, a detail, marks, a search, a board."""
        pane = self._current
        if pane is self._panes.get("board") and pane is not None:
            self.section = ""
            await self.action_section("bookings")
        elif isinstance(pane, TablePane):
            (origin, is_record), closes = self._origin, pane.would_close_detail
            if (not pane.back() or (is_record and closes)) and origin:
                await self.action_section(origin)
        elif pane is not None and hasattr(pane, "back"):
            pane.back()

    def action_rail(self) -> None:
        if self.size.width < RAIL_FROM:
            words = _("There is room for the sections' list from {count} columns on; 1 to 8 go to them.")
            self.notify(words.format(count=RAIL_FROM), markup=False)
            return
        rail = self.query_one(Rail)
        self._rail_asked = not rail.display
        self.memory.set("rail", self._rail_asked)
        self._place_rail()

    def on_resize(self) -> None:
        self._place_rail()

    def _place_rail(self) -> None:
        wide = self.size.width >= RAIL_FROM
        self.query_one(Rail).display = has_rail = wide and self._rail_asked is not False
        self.query_one(TopLine).show_sections(None if has_rail else self.section)

    def action_next_theme(self) -> None:
        self.app.next_theme()  # type: ignore[attr-defined]

    @work(exit_on_error=False, group="dialog")
    async def action_palette(self) -> None:
        """Find an action or a record by what one remembers of it."""
        from tui_booking.ui.screens.palette import Palette

        chosen = await self.app.push_screen_wait(Palette(self.desk, self.place, self.section, self.keymap))
        if isinstance(chosen, Command):
            await self.carry_out(chosen)
        elif chosen is not None:
            await self.show_record(*chosen)

    def action_help(self) -> None:
        """What the keys do here."""
        from tui_booking.ui.screens.help import HelpScreen

        where = self.query_one(TopLine).where
        self.app.push_screen(HelpScreen(self.place, self.section, self.keymap, where=where))

    @work(exit_on_error=False, group="dialog")
    async def action_jump(self) -> None:
        """Go to a part of the screen by its letter."""
        from tui_booking.ui.screens.jump import JumpScreen, targets_of

        target = await self.app.push_screen_wait(JumpScreen(targets_of(self)))
        if target is not None:
            target.focus()

    def progress(self) -> str:
        """How far an import in the background is; empty where none runs."""
        pane = self._panes.get("import")
        return str(getattr(pane, "progress_line", "")) if pane is not None else ""

    def export_progress(self) -> str:
        """How far an export is; empty where none is under way."""
        return next(filter(None, (str(getattr(pane, "export_line", "")) for pane in self._panes.values())), "")

    def _tell_progress(self) -> None:
        line = self.progress()
        self.query_one(Rail).sign("import", "…" if line else "")
        # A change is told of where it takes longer than from one look to the next.
        was_writing, self._was_writing = self._was_writing, bool(self.desk.writing)
        if not line and was_writing and self._was_writing:
            self.query_one(TopLine).tell_progress(_("Saving …"))
            return
        self.query_one(TopLine).tell_progress((line if self.section != "import" else "") or self.export_progress())
