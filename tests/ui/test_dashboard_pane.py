"""The dashboard with keys alone: the urgent first, records opened, lists and filters gone through."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from tests.records import connected, make
from tests.seed.databases import DAY
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown
from tests.ui.test_dashboard_sheet import TODAY, facts, tasks
from tui_booking.errors import BookingCenterError
from tui_booking.models import BookingDeliverable, Brand, Payment
from tui_booking.services.dashboard_facts import DailyViews, Dashboard
from tui_booking.services.declarations import Period
from tui_booking.services.desk import Desk
from tui_booking.ui.panes import dashboard
from tui_booking.ui.panes.dashboard import DashboardPane

LATE = tasks("overdue", 9, start=TODAY - timedelta(days=9))
DUE = tasks("payments", 3, start=date(2026, 3, 13))


class App(Host):
    """The pane alone, with what it says and what it asks for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield DashboardPane(self.desk)

    def on_mount(self) -> None:
        self.query_one(DashboardPane).focus()

    def on_dashboard_pane_record_chosen(self, event: DashboardPane.RecordChosen) -> None:
        self.answers.append((event.kind, event.id))

    def tell(self, error: BookingCenterError) -> None:
        self.told.append(error)


class Reader:
    """Answers in place of the database, and remembers the questions."""

    def __init__(self, answer: Dashboard | BookingCenterError) -> None:
        self.answer = answer
        self.asked: list[dict[str, Any]] = []

    def __call__(self, _store: object, **asked: Any) -> Dashboard:
        self.asked.append(asked)
        if isinstance(self.answer, BookingCenterError):
            raise self.answer
        return self.answer


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    found = Reader(facts(LATE, DUE, tasks("upcoming", 0), tasks("alerts", 1)))
    monkeypatch.setattr(dashboard, "read_dashboard", found)
    return found


async def press(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(pilot)


async def test_who_is_late_and_what_to_pay_are_seen_at_once_on_a_small_screen(
    database_url: str, reader: Reader
) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            lines = shown(pilot.app).splitlines()
    assert len(lines) == 24
    assert any("! 9 days late" in line and "Creator 0" in line for line in lines)
    assert any("Fri 13 Mar" in line and "12M" in line for line in lines)
    assert "Overdue deadlines  4 of 9" in "\n".join(lines)


async def test_all_else_is_there_while_views_of_many_snapshots_are_counted(
    database_url: str, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(reader.answer, Dashboard)
    whole = reader.answer
    reader.answer = replace(whole, views=DailyViews(dict.fromkeys(whole.views.gains), tuple(whole.views.gains)))
    begun, go_on = asyncio.Event(), threading.Event()
    loop = asyncio.get_running_loop()

    def count(_store: object, **_asked: object) -> Dashboard:
        loop.call_soon_threadsafe(begun.set)
        assert go_on.wait(30)
        return whole

    monkeypatch.setattr(dashboard, "work_out_views", count)
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(160, 60)) as pilot:
            await begun.wait()
            await pilot.pause()
            assert "Overdue deadlines" in shown(pilot.app)
            assert "Views by day, 30 days still to count" in shown(pilot.app)
            go_on.set()
            await settle(pilot)
            assert "Views by day" in shown(pilot.app)
            assert "still to count" not in shown(pilot.app)


async def test_enter_opens_the_record_under_the_cursor(database_url: str, reader: Reader) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        app = App(desk)
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            await press(pilot, "enter", "down", "enter", "right", "enter")
    assert app.answers == [("booking", UUID(int=1)), ("booking", UUID(int=2)), ("payment", UUID(int=1))]


async def test_a_list_is_shown_whole_and_cut_again(database_url: str, reader: Reader) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "m")
            assert "Overdue deadlines  9" in shown(pilot.app)
            await press(pilot, "m")
            assert "Overdue deadlines  4 of 9" in shown(pilot.app)


async def test_the_cursor_stays_in_sight_and_the_charts_are_reached(database_url: str, reader: Reader) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for _step in range(12):
                await press(pilot, "down")
                if "Rule alerts" in shown(pilot.app):
                    break
            assert "▸" in shown(pilot.app)
            await press(pilot, "end")
            assert "Bookings by status" in shown(pilot.app)
            await press(pilot, "home")
            assert "Committed" in shown(pilot.app)


async def test_periods_are_gone_through_with_one_key(database_url: str, reader: Reader) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for shown_as in ("[30 days]", "[90 days]", "[this month]", "[all]", "[7 days]"):
                assert shown_as in shown(pilot.app)
                await press(pilot, "p")
            await press(pilot, "P")
    periods = [asked["period"] for asked in reader.asked]
    assert periods == [
        Period(date(2026, 2, 10), TODAY),
        Period(date(2025, 12, 12), TODAY),
        Period(date(2026, 3, 1), TODAY),
        Period(),
        Period(date(2026, 3, 5), TODAY),
        Period(date(2026, 2, 10), TODAY),
        Period(date(2026, 3, 5), TODAY),
    ]


async def test_a_brand_is_chosen_by_name_and_let_go(database_url: str, reader: Reader) -> None:
    with connected(database_url):
        brand = make(Brand, name=HOSTILE)
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "b", "down", "enter")
            assert reader.asked[-1]["brand"] == brand.id
            assert "Brand [[/KOC]" in shown(pilot.app)
            assert is_safe(pilot.app)
            await press(pilot, "b", "up", "enter")
            assert reader.asked[-1]["brand"] is None


async def test_an_empty_database_says_what_to_do_first(database_url: str, reader: Reader) -> None:
    reader.answer = facts(is_empty=True)
    with desk_on(database_url, today=TODAY) as desk:
        app = App(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert "8 brings in files" in shown(app)
            await press(pilot, "enter", "down", "right", "m", "end")
    assert app.answers == []


async def test_nothing_to_do_is_said_list_by_list(database_url: str, reader: Reader) -> None:
    reader.answer = facts(tasks("overdue", 0), tasks("payments", 0))
    with desk_on(database_url, today=TODAY) as desk:
        app = App(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert shown(app).count("Nothing.") == 2
            await press(pilot, "enter", "right", "down", "m")
    assert app.answers == []


async def test_an_error_is_told_and_the_old_figures_stay(database_url: str, reader: Reader) -> None:
    good = reader.answer
    with desk_on(database_url, today=TODAY) as desk:
        app = App(desk)
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            reader.answer = BookingCenterError("The connection broke.")
            await press(pilot, "r")
            assert [str(error) for error in app.told] == ["The connection broke."]
            assert "Creator 0" in shown(app)
            reader.answer = good
            await press(pilot, "r")
    assert len(app.told) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 50), (40, 10)])
async def test_hostile_names_are_shown_and_not_obeyed_at_any_size(
    database_url: str, reader: Reader, size: tuple[int, int]
) -> None:
    task = DUE.tasks[0].__class__(kind="booking", id=UUID(int=1), title=HOSTILE, about=HOSTILE, amount=Decimal(1))
    reader.answer = facts(DUE.__class__(name="overdue", tasks=(task,), count=1))
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=size) as pilot:
            await settle(pilot)
            await press(pilot, "right")
            assert "[/KOC]" in shown(pilot.app)
            assert is_safe(pilot.app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (160, 50)])
async def test_the_demo_tells_who_is_late_and_what_to_pay_at_every_size(demo_url: str, size: tuple[int, int]) -> None:
    with connected(demo_url):
        waiting = (BookingDeliverable.deadline_post < DAY) & BookingDeliverable.status.not_in(
            ["posted", "rejected", "canceled"]
        )
        late = BookingDeliverable.select().where(waiting).order_by(BookingDeliverable.deadline_post).first()
        due = Payment.select().where(Payment.status.in_(["planned", "pending"])).order_by(Payment.payment_date).first()
        assert late is not None
        who, booking = late.booking.creator.name, due.booking.code
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            lines = shown(app).splitlines()
            days = (DAY - late.deadline_post).days
            assert any(f"! {days} day" in line and who in line for line in lines)
            assert any(booking in line for line in lines)
            for key in ("end", "home", "m", "right", "right", "p", "enter"):
                await press(pilot, key)
    assert app.told == []
    assert len(app.answers) == 1


async def test_a_fresh_database_says_what_to_do_first(database_url: str) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert "Nothing is here yet." in shown(pilot.app)


async def test_the_cursor_is_shown_once_wherever_it_went(database_url: str, reader: Reader) -> None:
    with desk_on(database_url, today=TODAY) as desk:
        async with App(desk).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            for key in ("down", "down", "up", "right", "right", "left", "home"):
                await press(pilot, key)
                marks = [line for line in shown(pilot.app).splitlines() if line.startswith(" ▸")]
                assert len(marks) == 1, key
