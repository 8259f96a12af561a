"""Bookings by status: counts that obey the list's filters, cards of one status, urgent ones first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from tests.records import connected, make
from tui_booking.config import Settings
from tui_booking.models import Booking, BookingDeliverable, BookingStatusHistory, Creator
from tui_booking.models.choices import BookingStatus
from tui_booking.models.fields import utc_now
from tui_booking.services import board
from tui_booking.services.board import (
    STATUSES,
    Card,
    MovedMeanwhile,
    card_of,
    cards_of,
    move_card,
    read_sizes,
    sorts_by_deadline,
    statuses_of,
)
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk
from tui_booking.services.listings import LISTINGS
from tui_booking.services.pages import RowSource

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
CONFIRMED, COMPLETED = BookingStatus.CONFIRMED, BookingStatus.COMPLETED


def query(**filters: object) -> Query:
    return Query(listing=LISTINGS["bookings"], filters=tuple(filters.items()))  # type: ignore[arg-type]


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with connected(database_url):
        linh = make(Creator, name="Linh", creator_key="linh")
        for number, status in enumerate([CONFIRMED, CONFIRMED, CONFIRMED, COMPLETED]):
            booking = make(
                Booking,
                code=f"BK-{number}",
                status=status,
                total_fee_agreed=Decimal(1_000_000),
                **({"creator": linh} if number < 2 else {}),
            )
            # The later a booking was made, the sooner its deadline; the third has none.
            if number != 2:
                make(BookingDeliverable, booking=booking, deadline_post=date(2026, 3, 20 - number))
        make(Booking, status=CONFIRMED, is_active=False, deleted_at=utc_now())
    opened = Desk(Settings(database_url=database_url, zone=str(ZONE)))
    yield opened
    opened.close()


def test_bookings_are_counted_by_status_without_deleted_ones(desk: Desk) -> None:
    counts = desk.here(lambda store: read_sizes(store, query(), ZONE))
    assert list(counts) == list(STATUSES)
    assert {status: count for status, count in counts.items() if count} == {CONFIRMED: 3, COMPLETED: 1}


def test_counts_and_cards_obey_the_filters_of_the_list(desk: Desk) -> None:
    with desk.store.connection_context():
        linh = Creator.get(Creator.creator_key == "linh").id
    narrowed = query(creator=linh)
    assert desk.here(lambda store: read_sizes(store, narrowed, ZONE))[CONFIRMED] == 2
    source = RowSource(desk, cards_of(narrowed, CONFIRMED, by_deadline=True))
    source.open_here()
    assert source.reach == 2


def test_a_status_that_is_filtered_out_has_no_column(desk: Desk) -> None:
    narrowed = query(status=("completed",))
    assert statuses_of(narrowed) == (COMPLETED,)
    assert desk.here(lambda store: read_sizes(store, narrowed, ZONE)) == {COMPLETED: 1}


def test_cards_stand_by_deadline_or_newest_first(desk: Desk) -> None:
    found = {}
    for by_deadline in (True, False):
        source = RowSource(desk, cards_of(query(), CONFIRMED, by_deadline=by_deadline))
        source.open_here()
        rows = [source.row(position) for position in range(3)]
        found[by_deadline] = [card_of(row).code for row in rows if row is not None]
    assert found == {True: ["BK-1", "BK-0", "BK-2"], False: ["BK-2", "BK-1", "BK-0"]}


def test_a_card_says_what_is_agreed_with_whom_and_by_when(desk: Desk) -> None:
    source = RowSource(desk, cards_of(query(), CONFIRMED, by_deadline=True))
    source.open_here()
    row = source.row(0)
    assert row is not None
    card = card_of(row)
    assert (card.code, card.creator, card.fee, card.currency, card.deadline) == (
        "BK-1",
        "Linh",
        Decimal(1_000_000),
        "VND",
        date(2026, 3, 19),
    )


def test_more_than_are_sorted_are_not_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(board, "BY_DEADLINE_UP_TO", 1)
    assert desk.here(lambda store: read_sizes(store, query(), ZONE))[CONFIRMED] == 2


def test_only_few_open_bookings_are_sorted_by_deadline() -> None:
    assert sorts_by_deadline(CONFIRMED, 2_000)
    assert not sorts_by_deadline(CONFIRMED, 2_001)
    assert not sorts_by_deadline(COMPLETED, 1)


def first_card(desk: Desk, status: BookingStatus) -> Card:
    source = RowSource(desk, cards_of(query(), status, by_deadline=True))
    source.open_here()
    row = source.row(0)
    assert row is not None
    return card_of(row)


def test_a_moved_card_has_a_line_in_its_history_and_can_be_taken_back(desk: Desk) -> None:
    card = first_card(desk, CONFIRMED)
    moved = desk.here(lambda store: move_card(store, card, CONFIRMED, BookingStatus.IN_PROGRESS, operator="lan"))
    assert first_card(desk, BookingStatus.IN_PROGRESS) == card
    with desk.store.connection_context():
        line = BookingStatusHistory.get(BookingStatusHistory.booking == card.id)
        assert (line.from_status, line.to_status) == ("confirmed", "in_progress")
        assert line.changed_by is not None
        assert line.changed_by.username == "lan"
    desk.here(lambda store: moved.apply(store, "lan"))
    assert first_card(desk, CONFIRMED) == card


def test_a_card_that_another_has_moved_is_not_moved_again(desk: Desk) -> None:
    card = first_card(desk, CONFIRMED)
    desk.here(lambda store: move_card(store, card, CONFIRMED, COMPLETED, operator="lan"))
    with pytest.raises(MovedMeanwhile, match=r"BK-1 was moved meanwhile: Completed\. Reload"):
        desk.here(lambda store: move_card(store, card, CONFIRMED, BookingStatus.CANCELED, operator="lan"))
