"""The status of one record or many: what changes is told before, and only that is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.records import connected, make
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown
from tui_booking.models import Booking, BookingStatusHistory, Creator
from tui_booking.models.choices import BookingStatus, CreatorStatus
from tui_booking.services.desk import Desk
from tui_booking.ui.screens.choose import ChooseRecord
from tui_booking.ui.screens.status_dialog import StatusDialog

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with connected(database_url), desk_on(database_url) as desk:
        yield desk


async def test_several_bookings_get_a_status_with_a_note(desk: Desk) -> None:
    bookings = [make(Booking, status=BookingStatus.NEGOTIATING) for _number in range(2)]
    there = make(Booking, status=BookingStatus.CONFIRMED)
    ids = [one.id for one in (*bookings, there)]
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, StatusDialog(desk, "booking", ids))
        screen = shown(app)
        assert "Status of 3 bookings" in screen
        assert "now: 2" in screen
        assert "● Confirmed" in screen
        assert "1 of 3 changes." in screen
        await pilot.press("down")
        await settle(pilot)
        assert "2 of 3 change." in shown(app)
        await pilot.press("tab", *"said yes [/b]", "enter")
        await settle(pilot)
        assert {one.status for one in Booking.select()} == {BookingStatus.CONFIRMED}
        notes = [(one.booking_id, one.note) for one in BookingStatusHistory.select() if one.note]
        assert sorted(notes) == sorted((one.id, "said yes [/b]") for one in bookings)
        app.answers[0].apply(desk.store, "tester")
        assert Booking.get_by_id(bookings[0].id).status == BookingStatus.NEGOTIATING


async def test_what_would_change_nothing_is_not_written(desk: Desk) -> None:
    creator = make(Creator, name=HOSTILE, status=CreatorStatus.WATCHLIST)
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, StatusDialog(desk, "creator", [creator.id]))
        assert is_safe(app)
        await pilot.press("enter")
        await settle(pilot)
        assert app.answers == []
        assert "Nothing would change." in shown(app)
        await pilot.press("up", "f2")
        await settle(pilot)
        assert Creator.get_by_id(creator.id).status == CreatorStatus.ACTIVE
        await app.ask(pilot, StatusDialog(desk, "creator", [creator.id]))
        await pilot.press("escape")
        await settle(pilot)
        assert app.answers[1:] == [None]


async def test_a_record_is_chosen_by_what_is_typed_of_its_name(desk: Desk) -> None:
    wanted = make(Creator, name="Đặng Thị Hường")
    make(Creator, name=HOSTILE)
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, ChooseRecord(desk, "creator", HOSTILE))
        assert "Đặng Thị Hường" in shown(app)
        assert is_safe(app)
        await pilot.press(*"huong")
        await settle(pilot)
        await pilot.press("enter")
        await settle(pilot)
        await app.ask(pilot, ChooseRecord(desk, "creator", "Whom?"))
        await pilot.press(*"zzz", "enter", "escape")
        await settle(pilot)
        assert app.answers == [wanted.id, None]
