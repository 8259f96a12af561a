"""The calendar of cash over the payments of a list, with keys alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.records import connected, make
from tests.ui.hosts import Host, desk_on, settle, shown
from tui_booking.models import Payment
from tui_booking.services.declarations import Period, Query
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.screens.cash import CashGrid, CashScreen

TODAY = date(2026, 3, 11)
PAYMENTS = Query(listing=LISTINGS["payments"])
sqlite_alone = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def url(database_url: str) -> str:
    with connected(database_url):
        for day, amount, status in ((6, 5, "planned"), (9, 3, "paid"), (13, 12, "pending"), (13, 8, "canceled")):
            vnd = Decimal(amount * 1_000_000)
            make(Payment, amount=vnd, amount_vnd=vnd, payment_date=date(2026, 3, day), status=status)
    return database_url


@sqlite_alone
async def test_it_shows_what_to_pay_on_friday_and_hands_the_day_back(url: str) -> None:
    with desk_on(url, today=TODAY) as desk:
        app = Host()
        async with app.run_test(size=(120, 36)) as pilot:
            await app.ask(pilot, CashScreen(desk, PAYMENTS))
            week = next(line for line in shown(app).splitlines() if "▸ 9 Mar" in line)
            assert week.strip("│ ").split() == ["▸", "9", "Mar", "✓3M", "·", "»[·]", "·", "12M", "·", "·", "12M"]
            assert "!5M" in shown(app)
            await pilot.press("right", "right")
            assert "»12M" in shown(app)
            assert "» Fri 13 Mar 2026: 12M due, 0 paid" in shown(app)
            await pilot.press("enter")
            await settle(pilot)
    assert app.answers == [Period(date(2026, 3, 13), date(2026, 3, 13))]


@sqlite_alone
async def test_on_a_narrow_screen_a_week_is_chosen(url: str) -> None:
    with desk_on(url, today=TODAY) as desk:
        app = Host()
        async with app.run_test(size=(60, 24)) as pilot:
            await app.ask(pilot, CashScreen(desk, PAYMENTS))
            await pilot.press("down", "enter")
            await settle(pilot)
    assert app.answers == [Period(date(2026, 3, 16), date(2026, 3, 22))]


@sqlite_alone
async def test_it_goes_on_to_other_weeks_and_back_to_today(url: str) -> None:
    with desk_on(url, today=TODAY) as desk:
        app = Host()
        async with app.run_test(size=(120, 36)) as pilot:
            await app.ask(pilot, CashScreen(desk, PAYMENTS))
            await pilot.press("pagedown", "pagedown", "pagedown", "down")
            assert app.screen.query_one(CashGrid).chosen == date(2026, 6, 10)
            assert "8 Jun" in shown(app)
            await pilot.press("pageup", "pageup", "pageup", "pageup", "pageup")
            assert "»" in shown(app)
            await pilot.press("t")
            assert app.screen.query_one(CashGrid).chosen == TODAY
            assert "▸ 9 Mar" in shown(app)
            await pilot.press("escape")
            await settle(pilot)
    assert app.answers == [None]


@sqlite_alone
async def test_a_database_that_cannot_be_asked_says_so_in_the_dialog(url: str) -> None:
    with desk_on(url, today=TODAY) as desk:
        app = Host()
        Path(url.removeprefix("sqlite:///")).write_bytes(b"nothing but noise" * 99)
        async with app.run_test(size=(120, 36)) as pilot:
            await app.ask(pilot, CashScreen(desk, PAYMENTS))
            assert "is not a database" in shown(app)
