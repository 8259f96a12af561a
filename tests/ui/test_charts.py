"""Charts as widgets: as high as what they show, drawn anew for another size, theme or data, ASCII if need be."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from tests.ui.hosts import Host, settle, shown
from tui_booking.ui.widgets.bars import Bar, Budget
from tui_booking.ui.widgets.cash_calendar import Cash
from tui_booking.ui.widgets.charts import BarChart, BudgetChart, CashCalendar, LineChart

TODAY = date(2026, 3, 11)
M = Decimal(1_000_000)


class App(Host):
    """One chart of each sort, below each other."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield LineChart()
            yield BarChart()
            yield BudgetChart()
            yield CashCalendar()

    def on_mount(self) -> None:
        self.query_one(LineChart).show(
            [(TODAY + timedelta(days=day), day * 1_000) for day in range(9)], caption="Views by day"
        )
        self.query_one(BarChart).show([Bar("Confirmed", 3), Bar("Completed", 7)])
        self.query_one(BudgetChart).show([Budget("Tết", 2 * M, 6 * M, 5 * M)])
        self.query_one(CashCalendar).show({TODAY: Cash(due=M)}, first=TODAY, weeks=2, today=TODAY)


async def test_charts_are_as_high_as_what_they_draw() -> None:
    app = App()
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        assert [chart.size.height for chart in app.query("Chart")] == [12, 2, 2, 4]
        for words in ("Views by day", "Completed █", "▲ 120%  6M / 5M", "█ paid", "[1M]"):
            assert words in shown(app)


async def test_charts_are_drawn_anew_for_another_size_theme_and_data() -> None:
    app = App()
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        await pilot.resize_terminal(60, 30)
        await settle(pilot)
        assert "[1M]" not in shown(app), "at this width a week is a bar"
        before = app.export_screenshot()
        app.theme = "textual-light"
        await settle(pilot)
        assert app.export_screenshot() != before
        app.query_one(BarChart).show([Bar("Canceled", 1)])
        await settle(pilot)
        assert "Canceled" in shown(app)
        assert app.query_one(BarChart).size.height == 1


async def test_a_console_without_braille_gets_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "linux")
    app = App()
    async with app.run_test(size=(80, 30)) as pilot:
        await settle(pilot)
        drawn = shown(app)
        assert "Completed #" in drawn
        assert not any("\u2800" <= char <= "\u28ff" for char in drawn)
