"""Charts as widgets: thin, each draws its lines by a function when its size, its data or the theme changed.

Our own rather than a plotting library's: textual-plot 0.10 brings numpy (0.16 s more to import, 70 MB on disk), draws
over gaps, and has neither an axis of dates nor a bar that shows a budget beside its spend.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import ClassVar

from textual.geometry import Size
from textual.strip import Strip
from textual.widget import Widget

from tui_booking.ui.widgets.bars import Bar, Budget, budget_bars, budget_legend, horizontal_bars
from tui_booking.ui.widgets.cash_calendar import Cash, cash_calendar
from tui_booking.ui.widgets.drawing import INK_CLASSES, INK_CSS, NO_INK, Ink, draws_simply, ink_of, simply
from tui_booking.ui.widgets.line_chart import Point, line_chart

# Draws into a width and a height; lines beyond the height are cut, so that a chart may ask for less than it gets.
Draw = Callable[[int, int, Ink], list[Strip]]

_LINE_HEIGHT = 12


def draw_nothing(_width: int, _height: int, _ink: Ink) -> list[Strip]:
    """An empty chart."""
    return []


class Chart(Widget):
    """Shows what a function draws; with `height: auto` it is as high as what is drawn, or as `natural_height`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = INK_CLASSES
    DEFAULT_CSS = "Chart { height: auto; }" + INK_CSS.format(name="Chart")

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._draw: Draw = draw_nothing
        self._natural_height: int | None = None
        self._drawn: list[Strip] = []
        self._drawn_for: Size | None = None

    def draw_by(self, draw: Draw, *, natural_height: int | None = None) -> None:
        """Show this from now on; `natural_height` is how high it would be where it can be of any height."""
        self._draw = draw
        self._natural_height = natural_height
        self._drawn_for = None
        self.refresh(layout=True)

    def notify_style_update(self) -> None:
        self._drawn_for = None
        super().notify_style_update()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        if self._natural_height is not None:
            return self._natural_height
        return len(self._draw(width, viewport.height, NO_INK))

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        return container.width

    def render_line(self, y: int) -> Strip:
        size = self.content_size
        if self._drawn_for != size:
            drawn = self._draw(size.width, size.height, ink_of(self))
            style = self.rich_style
            self._drawn = [strip.apply_style(style) for strip in (simply(drawn) if draws_simply() else drawn)]
            self._drawn_for = size
        return self._drawn[y] if y < len(self._drawn) else Strip.blank(size.width, self.rich_style)


class LineChart(Chart):
    """Values by day, or over time."""

    def show(self, points: Sequence[Point], *, caption: str, from_zero: bool = True) -> None:
        def draw(width: int, height: int, ink: Ink) -> list[Strip]:
            return line_chart(points, width, height, ink, caption=caption, from_zero=from_zero)

        self.draw_by(draw, natural_height=_LINE_HEIGHT)


class BarChart(Chart):
    """Amounts beside each other."""

    def show(self, bars: Sequence[Bar]) -> None:
        self.draw_by(lambda width, _height, ink: horizontal_bars(bars, width, ink))


class BudgetChart(Chart):
    """Spend against budget."""

    def show(self, budgets: Sequence[Budget]) -> None:
        self.draw_by(lambda width, _height, ink: [*budget_bars(budgets, width, ink), budget_legend(width, ink)])


class CashCalendar(Chart):
    """What is to be paid and when, by week."""

    def show(self, days: Mapping[date, Cash], *, first: date, weeks: int, today: date) -> None:
        self.draw_by(lambda width, _height, ink: cash_calendar(days, first, weeks, width, ink, today=today))
