"""The calendar of cash of a list of payments: what is due on which day; the list then shows the day that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.cash import read_cash_of_list
from tui_booking.services.declarations import Period, Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.cash_calendar import CHOSEN, Cash, cash_calendar, monday_of, shows_days, weekday_name
from tui_booking.ui.widgets.drawing import INK_CLASSES, INK_CSS, cut, draws_simply, ink_of, simply, strip_of
from tui_booking.ui.widgets.short_numbers import short_day, short_number

_WEEKS = 9
# The head, what signs mean, and what the chosen day has.
_OTHER_LINES = 3


class CashGrid(Widget, can_focus=True):
    """Weeks of days that are moved among; those after and before come when the cursor gets there."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    DEFAULT_CSS = f"CashGrid {{ height: {_WEEKS + _OTHER_LINES}; width: 1fr; }}" + INK_CSS.format(name="CashGrid")
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "move(-1)", show=False),
        Binding("right", "move(1)", show=False),
        Binding("up", "move(-7)", show=False),
        Binding("down", "move(7)", show=False),
        Binding("pageup", "move(-28)", show=False),
        Binding("pagedown", "move(28)", show=False),
        Binding("home,t", "today", show=False, id="cash.today"),
        Binding("enter", "take", show=False),
    ]

    class Taken(Message):
        """These days are wanted."""

        def __init__(self, period: Period) -> None:
            super().__init__()
            self.period = period

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.chosen = today
        self.days: Mapping[date, Cash] = {}
        self._first = self._weeks_before(2)

    def show(self, days: Mapping[date, Cash]) -> None:
        """Show these days from now on."""
        self.days = days
        self.refresh()

    def _weeks_before(self, weeks: int) -> date:
        return date.fromordinal(max(monday_of(self.chosen).toordinal() - 7 * weeks, 1))

    def render_lines(self, crop: object) -> list[Strip]:
        width, weeks = self.content_size.width, self.content_size.height - _OTHER_LINES
        drawn = cash_calendar(self.days, self._first, weeks, width, ink_of(self), today=self.today, chosen=self.chosen)
        drawn.append(strip_of(width, [(cut(self._told(), width), ink_of(self).text)]))
        style = self.rich_style
        self._drawn = [strip.apply_style(style) for strip in (simply(drawn) if draws_simply() else drawn)]
        return super().render_lines(crop)  # type: ignore[arg-type]

    def _told(self) -> str:
        """The chosen day in full."""
        cash = self.days.get(self.chosen, Cash())
        return _("{mark} {weekday} {day}: {due} due, {paid} paid").format(
            mark=CHOSEN,
            weekday=weekday_name(self.chosen),
            day=short_day(self.chosen, year=True),
            due=short_number(cash.due),
            paid=short_number(cash.paid),
        )

    def render_line(self, y: int) -> Strip:
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(self.content_size.width, self.rich_style)

    def action_move(self, by: int) -> None:
        try:
            self.chosen += timedelta(days=by)
        except OverflowError:
            return
        weeks = max(self.content_size.height - _OTHER_LINES, 1)
        if self.chosen < self._first:
            self._first = self._weeks_before(0)
        elif (self.chosen - self._first).days >= 7 * weeks:
            self._first = self._weeks_before(weeks - 1)
        self.refresh()

    def action_today(self) -> None:
        self.chosen = self.today
        self._first = self._weeks_before(2)
        self.refresh()

    def action_take(self) -> None:
        if shows_days(self.content_size.width):
            self.post_message(self.Taken(Period(self.chosen, self.chosen)))
            return
        monday = monday_of(self.chosen)
        self.post_message(
            self.Taken(Period(monday, date.fromordinal(min(monday.toordinal() + 6, date.max.toordinal()))))
        )


class CashScreen(Dialog[Period | None]):
    """When the payments of a query are to be paid; the days that are to be looked at, or None where it is left."""

    def __init__(self, desk: Desk, query: Query) -> None:
        super().__init__(_("Cash calendar, VND"), wide=True)
        self._desk = desk
        self._query = query

    def body(self) -> ComposeResult:
        yield CashGrid(self._desk.today)

    def keys(self) -> str:
        return _("← → a day · ↑ ↓ a week · t today · Enter shows its payments · Esc leaves")

    def on_mount(self) -> None:
        self.query_one(CashGrid).focus()
        self._read()

    @work(exclusive=True, exit_on_error=False, group="cash")
    async def _read(self) -> None:
        zone = self._desk.settings.zone_info
        try:
            found = await self._desk.ask(lambda store: read_cash_of_list(store, self._query, zone), group="cash")
        except Superseded:
            return
        except BookingCenterError as error:
            self.tell(error)
            return
        self.query_one(CashGrid).show({day.day: Cash(day.due, day.paid) for day in found})

    def on_cash_grid_taken(self, event: CashGrid.Taken) -> None:
        event.stop()
        self.dismiss(event.period)
