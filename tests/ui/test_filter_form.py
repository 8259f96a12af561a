"""The filter form: the current filters filled in, each kind of filter, by keys alone on a small screen."""

from __future__ import annotations

from datetime import date

import pytest

from tests.records import connected, make
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown
from tui_booking.models import Brand
from tui_booking.models.choices import CampaignStatus
from tui_booking.services.declarations import Column, Filter, Listing, Order, Period
from tui_booking.ui.screens.filter_form import FilterForm

LISTING = Listing(
    name="campaigns",
    label="Campaigns",
    kind="campaign",
    table="campaign",
    order=Order("code"),
    columns=(Column(name="code", label="Code", sql="r.code"),),
    filters=(
        Filter(name="status", label="Status", kind="choice", sql="r.status", words=CampaignStatus),
        Filter(name="brand", label="Brand", kind="reference", sql="r.brand_id", reference="brand"),
        Filter(name="period", label="Period", kind="period", sql="r.start_date"),
        Filter(name="views", label="Views at least", kind="at_least", sql="r.kpi_view"),
        Filter(name="late", label="Late", kind="flag", sql="r.end_date < '2026'"),
        Filter(name="note", label=HOSTILE, kind="text", sql="r.description"),
    ),
)
pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


async def test_each_kind_of_filter_is_set_by_keys(database_url: str) -> None:
    with connected(database_url):
        brand = make(Brand, code="ĐẸP", name="Mỹ phẩm Đẹp")
    app = Host()
    with desk_on(database_url) as desk:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.ask(pilot, FilterForm(desk, LISTING))
            assert is_safe(app)
            await pilot.press("enter", "down", "down", "space", "down", "space", "enter")
            await settle(pilot)
            assert "Running, Paused" in shown(app)
            await pilot.press("tab", *"dep")
            await settle(pilot)
            assert "Mỹ phẩm Đẹp" in shown(app)
            await pilot.press("tab", *"this month")
            await settle(pilot)
            await pilot.press("tab", *"10000")
            await settle(pilot)
            assert "10,000" in shown(app)
            await pilot.press("tab", "right", "tab", *"tet", "ctrl+s")
            await settle(pilot)
            assert dict(app.answers[0]) == {
                "status": ("running", "paused"),
                "brand": brand.id,
                "period": Period(date(2026, 11, 1), date(2026, 11, 30)),
                "views": 10000,
                "late": True,
                "note": "tet",
            }


async def test_the_current_filters_are_filled_in_and_given_back(database_url: str) -> None:
    with connected(database_url):
        brand = make(Brand, code=HOSTILE)
    filters = (
        ("status", ("draft",)),
        ("brand", brand.id),
        ("period", Period(date(2026, 11, 1), None)),
        ("views", 1234567),
        ("late", True),
        ("note", HOSTILE),
    )
    app = Host()
    with desk_on(database_url) as desk:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.ask(pilot, FilterForm(desk, LISTING, filters))
            screen = shown(app)
            assert is_safe(app)
            for words in ("Draft", "01/11/2026 ..", "1,234,567", "‹ Yes ›", "[/KOC] [bold]Linh[/]"):
                assert words in screen
            await pilot.press("ctrl+s")
            await settle(pilot)
            assert app.answers == [filters]
            await app.ask(pilot, FilterForm(desk, LISTING, filters))
            await pilot.press("f4", "enter", "escape", "ctrl+s")
            await settle(pilot)
            assert app.answers[1:] == [()]
            await app.ask(pilot, FilterForm(desk, LISTING, filters))
            await pilot.press("escape")
            await settle(pilot)
            assert app.answers[2:] == [None]


async def test_what_is_no_filter_is_said_and_not_taken(database_url: str) -> None:
    app = Host()
    with desk_on(database_url) as desk:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.ask(pilot, FilterForm(desk, LISTING))
            await pilot.press("tab", "tab", *"30/11/2026 .. 01/11/2026")
            await settle(pilot)
            await pilot.press("escape", "tab", *"many", "ctrl+s")
            await settle(pilot)
            assert app.answers == []
            screen = shown(app)
            assert "It ends before it begins." in screen
            assert "2 fields are to be corrected." in screen
