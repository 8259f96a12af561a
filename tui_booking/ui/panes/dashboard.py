"""The dashboard: what is going on, who is late, what to pay; one widget that draws it and moves among the tasks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import ClassVar, NamedTuple
from uuid import UUID

from rich.style import Style
from textual import work
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from tui_booking.errors import BookingCenterError
from tui_booking.language import N_, _
from tui_booking.services.brands import read_brands
from tui_booking.services.dashboard import Dashboard, read_dashboard, work_out_views
from tui_booking.services.dashboard_facts import TaskName
from tui_booking.services.dashboard_tasks import WHOLE_LISTS
from tui_booking.services.declarations import FilterValue, Period
from tui_booking.services.desk import Desk, Superseded
from tui_booking.ui.commands import bindings_of
from tui_booking.ui.widgets.dashboard_sheet import Sheet, Spot, draw_sheet
from tui_booking.ui.widgets.drawing import (
    INK_CLASSES,
    INK_CSS,
    NO_INK,
    Ink,
    cut,
    draws_simply,
    ink_of,
    simply,
    strip_of,
)

# How many of each list are shown until more are asked for, on a low screen and on a high one.
_FEW, _MORE, _HIGH = 4, 7, 34
_SIGN_AFTER = 0.15
_EMPTY = (
    N_("Nothing is here yet."),
    "",
    N_("8 brings in files: creators, campaigns, bookings, payments."),
    N_("2 and then n makes the first campaign by hand."),
    N_("tui-booking seed fills an empty database with made-up data."),
    N_("tui-booking demo shows the app with made-up data."),
)


class Choice(NamedTuple):
    """A period that is chosen with a key."""

    label: str
    period_at: Callable[[date], Period]


def _last(days: int) -> Callable[[date], Period]:
    return lambda today: Period(today - timedelta(days=days - 1), today)


PERIODS: tuple[Choice, ...] = (
    Choice(N_("7 days"), _last(7)),
    Choice(N_("30 days"), _last(30)),
    Choice(N_("90 days"), _last(90)),
    Choice(N_("this month"), lambda today: Period(today.replace(day=1), today)),
    Choice(N_("all"), lambda _today: Period()),
)
_USUAL = 1
_NO_LIST: dict[TaskName, str] = {
    "placeholders": N_("They are of several kinds: the filter 'To complete' of each section has all of its own."),
    "alerts": N_("They are of several kinds, each in its section; section 7 has the rules."),
}


class DashboardPane(ScrollView, can_focus=True):
    """Reads all at once in a thread and draws it as one sheet; the tasks are what the cursor moves among."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    DEFAULT_CSS = (
        "DashboardPane { height: 1fr; width: 1fr; padding: 0 1; overflow-x: hidden; scrollbar-gutter: stable;"
        " scrollbar-size-vertical: 1; }" + INK_CSS.format(name="DashboardPane")
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_of("dashboard"),
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home,g", "ends(-1)", show=False),
        Binding("end,G", "ends(1)", show=False),
    ]

    class RecordChosen(Message):
        """The record of a task is wanted."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind, self.id = kind, id

    class ListWanted(Message):
        """All of what a list of the dashboard has the first of is wanted."""

        def __init__(self, listing: str, filters: tuple[tuple[str, FilterValue], ...]) -> None:
            super().__init__()
            self.listing, self.filters = listing, filters

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.facts: Dashboard | None = None
        self.period = _USUAL
        self.brand: UUID | None = None
        self._brands: list[tuple[UUID, str]] = []
        self._opened = ""
        self._cursor = 0
        self._sheet: Sheet | None = None
        self._sheet_for: tuple[Size, date] | None = None
        self._is_busy = False
        self._sign: Timer | None = None
        self._paint: tuple[Ink, Style, Spot | None] = (NO_INK, Style(), None)

    def on_mount(self) -> None:
        self.reload()

    # Reading.

    def reload(self) -> None:
        """Read everything again; the cursor stays in its list."""
        self._sign = self._sign or self.set_timer(_SIGN_AFTER, self._show_sign)
        self._read()

    def _show_sign(self) -> None:
        self._is_busy = True
        self.refresh()

    @work(exclusive=True, exit_on_error=False, group="dashboard")
    async def _read(self) -> None:
        today = self.desk.today
        period, brand, zone = PERIODS[self.period].period_at(today), self.brand, self.desk.settings.zone_info
        try:
            facts, self._brands = await self.desk.ask(
                lambda store: (
                    read_dashboard(store, period=period, brand=brand, today=today, zone=zone),
                    read_brands(store),
                ),
                group="dashboard",
            )
            self._show(facts)
            # Views of days that nobody asked for yet take the longest; all else is there meanwhile.
            while facts.views.missing:
                count = partial(work_out_views, dashboard=facts, brand=brand, zone=zone)
                facts = await self.desk.ask(count, group="dashboard")
                self._show(facts)
        except Superseded:
            return
        except BookingCenterError as error:
            self._at_rest()
            self.app.tell(error)  # type: ignore[attr-defined]
            return
        self._at_rest()

    def _at_rest(self) -> None:
        if self._sign is not None:
            self._sign.stop()
        self._sign, self._is_busy = None, False
        self.refresh()

    # Drawing.

    def _show(self, facts: Dashboard) -> None:
        self.facts = facts
        self._redraw()

    def _redraw(self) -> None:
        self._sheet_for = None
        self._lay_out()
        self.refresh()

    def notify_style_update(self) -> None:
        self._sheet_for = None
        super().notify_style_update()

    def on_resize(self) -> None:
        self._lay_out()

    def _lay_out(self) -> Sheet | None:
        """The sheet for the size there is; one line of it is the filters, which do not scroll."""
        size, today = self.scrollable_content_region.size, self.desk.today
        if self.facts is None or size.width <= 0:
            return None
        if self._sheet is None or self._sheet_for != (size, today):
            few = _MORE if size.height >= _HIGH else _FEW
            self._sheet = draw_sheet(self.facts, size.width, today, ink_of(self), few=few, opened=self._opened)
            if draws_simply():
                self._sheet.lines = simply(self._sheet.lines)
            self._sheet_for = (size, today)
            self._cursor = max(min(self._cursor, len(self._sheet.spots) - 1), 0)
            self.virtual_size = Size(size.width, len(self._sheet.lines) + 1)
        return self._sheet

    @property
    def chosen(self) -> Spot | None:
        """The task under the cursor."""
        sheet = self._lay_out()
        return sheet.spots[self._cursor] if sheet is not None and sheet.spots else None

    def render_lines(self, crop: Region) -> list[Strip]:
        # Worked out once for all lines: what they share costs more than the lines themselves.
        self._lay_out()
        self._paint = (ink_of(self), self.rich_style, self.chosen if self.has_focus else None)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        ink, style, chosen = self._paint
        width = self.scrollable_content_region.width
        if y == 0:
            strip = strip_of(width, self._filter_line(ink))
        elif self.facts is not None and self.facts.is_empty:
            strip = strip_of(width, [(_(_EMPTY[y - 2]) if 2 <= y < len(_EMPTY) + 2 else "", ink.text)])
        elif self._sheet is not None:
            strip = self._sheet.line(y - 1 + round(self.scroll_y), self.desk.today, ink, chosen)
        else:
            strip = Strip.blank(width)
        return strip.apply_style(style)

    def _filter_line(self, ink: Ink) -> list[tuple[str, Style]]:
        brand = next((name for id_, name in self._brands if id_ == self.brand), _("all"))
        sign = "… " if self._is_busy else ""
        parts: list[tuple[str, Style]] = [(sign, ink.warning), (_("Campaigns of") + " ", ink.muted)]
        for number, choice in enumerate(PERIODS):
            label = _(choice.label)
            parts.append((f"[{label}]", ink.strong) if number == self.period else (f" {label} ", ink.muted))
        parts += [("  " + _("Brand") + " ", ink.muted), (f"[{cut(brand, 24)}]", ink.strong)]
        return parts

    # Keys.

    def action_move(self, by: int) -> None:
        """To the next task; beyond the last one on through the sheet."""
        sheet = self._lay_out()
        if sheet is None or not 0 <= self._cursor + by < len(sheet.spots):
            self.scroll_relative(y=by * 3, animate=False)
            return
        self._go_to(self._cursor + by)

    def action_ends(self, by: int) -> None:
        if by < 0:
            self._go_to(0)
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def action_list(self, by: int) -> None:
        """To the first task of the next list that has one, round about."""
        sheet = self._lay_out()
        if sheet is None or not sheet.spots:
            return
        firsts = [number for number, spot in enumerate(sheet.spots) if spot.place == 0]
        here = max(number for number, first in enumerate(firsts) if first <= self._cursor)
        self._go_to(firsts[(here + by) % len(firsts)])

    def _go_to(self, cursor: int) -> None:
        sheet = self._lay_out()
        if sheet is None or not sheet.spots:
            return
        before, self._cursor = sheet.spots[self._cursor], cursor
        spot = sheet.spots[cursor]
        # The heading comes along with the first task, and the tiles with the first of all where there is room.
        fits = spot.line + 3 <= self.scrollable_content_region.height
        top = 0 if cursor == 0 and fits else spot.line - (spot.place == 0)
        self.scroll_to_region(Region(0, top, 1, spot.line - top + 2), animate=False, force=True)
        # Two lines, not the screen; where it was scrolled, all is painted anyway.
        lines = (one.line + 1 - round(self.scroll_y) for one in (before, spot))
        self.refresh(*(Region(0, line, self.size.width, 1) for line in lines if 0 < line < self.size.height))

    def action_open(self) -> None:
        if self.chosen is not None:
            self.post_message(self.RecordChosen(self.chosen.task.kind, self.chosen.task.id))

    def action_its_list(self) -> None:
        """To the list of a section, narrowed to what this one has the first of."""
        if self.chosen is None:
            return
        name = self.chosen.tasks.name
        if name not in WHOLE_LISTS:
            # Of several kinds, each with a list of its own.
            self.app.notify(_(_NO_LIST[name]), markup=False)
            return
        listing, narrowed = WHOLE_LISTS[name]
        filters: tuple[tuple[str, FilterValue], ...] = ((narrowed, True),)
        if self.brand is not None:
            filters += (("brand", self.brand),)
        self.post_message(self.ListWanted(listing, filters))

    def action_whole_list(self) -> None:
        """All tasks of this list that are known, or few of them again."""
        spot = self.chosen
        if spot is not None:
            self._opened = "" if self._opened == spot.tasks.name else spot.tasks.name
            self._redraw()
            sheet = self._lay_out()
            assert sheet is not None
            self._go_to(next(n for n, one in enumerate(sheet.spots) if one.tasks.name == spot.tasks.name))

    def action_period(self, by: int) -> None:
        self.period = (self.period + by) % len(PERIODS)
        self.reload()
        self.refresh()

    @work(exit_on_error=False, group="dialog")
    async def action_brand(self) -> None:
        """Narrow everything to one brand, or to none again."""
        from tui_booking.ui.screens.choose import ChooseOption

        options = [("", _("All brands")), *self._brands]
        chosen = await self.app.push_screen_wait(ChooseOption(_("Which brand?"), options, chosen=self.brand or ""))
        if chosen is not None:
            self.brand = chosen or None
            self.reload()

    def action_reload(self) -> None:
        self.reload()

    # Mouse.

    def on_click(self, event: Click) -> None:
        sheet = self._lay_out()
        at = event.get_content_offset(self)
        if sheet is None or at is None or at.y == 0 or at.x >= sheet.task_width:
            return
        line = at.y - 1 + round(self.scroll_y)
        for number, spot in enumerate(sheet.spots):
            if spot.line == line:
                if number == self._cursor and event.chain > 1:
                    self.action_open()
                self._go_to(number)
