"""The board with keys alone: cards are gone through, opened, moved, and found again after a move."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from tests.records import connected, make
from tests.seed.databases import DAY
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown
from tui_booking.errors import BookingCenterError
from tui_booking.models import Booking, BookingDeliverable, Creator
from tui_booking.models.choices import BookingStatus
from tui_booking.services.board import STATUSES
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk
from tui_booking.services.listings import LISTINGS
from tui_booking.services.undo import Undo
from tui_booking.ui.panes.board import Board

CONFIRMED = STATUSES.index(BookingStatus.CONFIRMED)


def query(**filters: Any) -> Query:
    return Query(listing=LISTINGS["bookings"], filters=tuple(filters.items()))


class App(Host):
    """The board alone, with what it says."""

    def __init__(self, desk: Desk, asked: Query) -> None:
        super().__init__()
        self.desk = desk
        self.asked = asked
        self.undos: list[Undo] = []

    def compose(self) -> ComposeResult:
        yield Board(self.desk)

    def on_mount(self) -> None:
        self.board.focus()
        self.board.show(self.asked)

    @property
    def board(self) -> Board:
        return self.query_one(Board)

    def on_board_record_chosen(self, event: Board.RecordChosen) -> None:
        self.answers.append((event.kind, event.id))

    def on_board_changed(self, event: Board.Changed) -> None:
        self.undos.append(event.undo)

    def tell(self, error: BookingCenterError) -> None:
        self.told.append(error)


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_the_demo_stands_on_a_board_with_its_counts(demo_url: str, size: tuple[int, int]) -> None:
    with connected(demo_url):
        counts = [Booking.select().where(Booking.status == status).count() for status in STATUSES]
    with desk_on(demo_url, today=DAY) as desk:
        async with App(desk, query()).run_test(size=size) as pilot:
            await settle(pilot)
            heads = shown(pilot.app).splitlines()[0].split("│")
            assert [int(head.split()[-1]) for head in heads] == counts
            assert [column.count for column in pilot.app.query_one(Board).columns] == counts


async def test_a_card_is_moved_on_and_back_opened_and_followed(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "right")
            card = app.board.chosen
            assert card is not None
            await press(pilot, "greater_than_sign")
            assert app.board.chosen == card
            assert app.board.columns[app.board.current].status == BookingStatus.IN_PROGRESS
            await press(pilot, "less_than_sign", "enter")
            assert app.board.current == CONFIRMED
    assert app.answers == [("booking", card.id)]
    assert len(app.undos) == 2
    assert app.told == []


async def test_keys_that_come_quickly_move_the_same_card_on(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "right")
            card = app.board.chosen
            assert card is not None
            await pilot.press("greater_than_sign", "greater_than_sign", "greater_than_sign", "less_than_sign")
            await settle(pilot)
            assert app.board.chosen == card
            assert app.board.columns[app.board.current].status == BookingStatus.COMPLETED
        with desk.store.connection_context():
            assert Booking.get_by_id(card.id).status == BookingStatus.COMPLETED
    assert len(app.undos) == 4
    assert app.told == []


async def test_a_card_on_its_way_is_let_go_when_one_goes_elsewhere(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "right")
            await pilot.press("greater_than_sign", "left")
            await settle(pilot)
            assert app.board.current == CONFIRMED
    assert len(app.undos) == 1


async def test_a_move_is_taken_back_by_what_the_board_hands_over(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            before = [column.count for column in app.board.columns]
            await press(pilot, "right", "greater_than_sign")
            assert [column.count for column in app.board.columns] != before
            desk.here(lambda store: app.undos[0].apply(store, "tester"))
            await press(pilot, "r")
            assert [column.count for column in app.board.columns] == before


async def test_a_card_is_edited_and_given_a_status_with_a_note_on_the_board(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(120, 36)) as pilot:
            await settle(pilot)
            await press(pilot, *["right"] * CONFIRMED)
            card = app.board.chosen
            assert card is not None
            await press(pilot, "greater_than_sign")
            in_words = f"{card.code}: {STATUSES[CONFIRMED].english} → {STATUSES[CONFIRMED + 1].english}"
            assert app.undos[-1].what == in_words
            await press(pilot, "s", "home", "tab", *"why", "enter")
            assert Booking.get_by_id(card.id).status == STATUSES[0]
            await press(pilot, *["left"] * len(STATUSES), "e", "end", *"x", "ctrl+s")
            await press(pilot, "n")
            assert "Booking: new" in shown(app)
            await press(pilot, "escape")
    assert len(app.undos) == 3
    assert app.told == []


async def test_cards_do_not_leave_the_board_at_its_ends(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "left", "less_than_sign", *["right"] * 6, "greater_than_sign")
            await press(pilot, "up", "pageup", "home", "end", "down", "pagedown")
    assert app.undos == []
    assert app.told == []


async def test_a_status_that_is_filtered_out_says_so(demo_url: str) -> None:
    with desk_on(demo_url, today=DAY) as desk:
        async with App(desk, query(status=("confirmed",))).run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            assert shown(pilot.app).splitlines()[1].count("filtered out") == 4


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_an_empty_board_says_what_to_do(database_url: str) -> None:
    with desk_on(database_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(100, 24)) as pilot:
            await settle(pilot)
            assert "No bookings here. Esc goes back to the list" in shown(app)
            await press(pilot, "enter", "greater_than_sign", "down", "end")
    assert (app.answers, app.undos, app.told) == ([], [], [])


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (30, 8)])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_hostile_names_are_shown_and_late_ones_signed(database_url: str, size: tuple[int, int]) -> None:
    with connected(database_url):
        linh = make(Creator, name=HOSTILE)
        late = make(Booking, creator=linh, code=HOSTILE, status="negotiating", total_fee_agreed=Decimal(10**15))
        make(BookingDeliverable, booking=late, deadline_post=DAY - timedelta(days=3))
    with desk_on(database_url, today=DAY) as desk:
        async with App(desk, query()).run_test(size=size) as pilot:
            await settle(pilot)
            assert "▸[/KOC]" in shown(pilot.app)
            assert "! 5 Mar" in shown(pilot.app)
            assert is_safe(pilot.app)


async def test_a_long_column_is_read_in_pages_and_gone_through_to_its_end(database_url: str) -> None:
    with connected(database_url) as store:
        first = make(Booking, code="BK-0000", status="completed")
        with store.atomic():
            for number in range(1, 400):
                make(
                    Booking,
                    code=f"BK-{number:04}",
                    status="completed",
                    campaign=first.campaign_id,
                    creator=first.creator_id,
                    brand=first.brand_id,
                )
    with desk_on(database_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            await press(pilot, "right", "right", "right")
            # The newest stand first.
            assert app.board.chosen is not None
            assert app.board.chosen.code == "BK-0399"
            await press(pilot, "end")
            assert app.board.chosen.code == "BK-0000"
            assert "▸BK-0000" in shown(app)
            await press(pilot, "pageup", "up")
            assert "▸BK-0006" in shown(app)
            column = app.board.columns[3]
            assert column.source is not None
            assert not column.source.has_read(200)
    assert app.told == []


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_card_that_another_has_moved_is_told_of(database_url: str) -> None:
    with connected(database_url):
        booking = make(Booking, code="BK-1", status="negotiating")
    with desk_on(database_url, today=DAY) as desk:
        app = App(desk, query())
        async with app.run_test(size=(80, 24)) as pilot:
            await settle(pilot)
            with connected(database_url):
                Booking.update(status="completed").where(Booking.id == booking.id).execute()
            await press(pilot, "greater_than_sign")
    assert [str(error) for error in app.told] == ["BK-1 was moved meanwhile: Completed. Reload the board."]
