"""Two who write at the same time, each on a connection of their own: nothing is overwritten, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest

from tests.records import connected
from tests.services.world import DAY, World, stored
from tui_booking.errors import BookingCenterError
from tui_booking.models.database import Store, open_database
from tui_booking.services import records, shortlists
from tui_booking.services.bookings import change_status
from tui_booking.services.checks import check_database
from tui_booking.services.records import Conflict, Gone, Invalid, StillPointedAt, delete, load, save

WRITERS = 4


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def at_once(url: str, *jobs: Callable[[Store], Any]) -> list[Any]:
    """Carry out jobs at the same moment, each on its own connection; an error that a person is shown is its result."""
    start = Barrier(len(jobs))

    def run(job: Callable[[Store], Any]) -> Any:
        store = open_database(url)
        with store.connection_context():
            start.wait(timeout=30)
            try:
                return job(store)
            except BookingCenterError as error:
                return error

    with ThreadPoolExecutor(len(jobs)) as threads:
        return list(threads.map(run, jobs))


def kinds_of(outcomes: list[Any]) -> list[type]:
    return sorted((type(outcome) for outcome in outcomes), key=lambda found: found.__name__)


def test_of_those_who_change_the_same_one_wins_and_the_others_are_shown_it(
    world: World, store: Store, database_url: str
) -> None:
    brand = world("brand")
    seen = load(store, "brand", brand)

    def rename(name: str) -> Callable[[Store], Any]:
        return lambda own: save(own, "brand", brand, {**seen.values, "name": name}, operator=name, seen=seen)

    names = [f"writer-{number}" for number in range(WRITERS)]
    outcomes = at_once(database_url, *(rename(name) for name in names))
    assert kinds_of(outcomes) == [Conflict] * (WRITERS - 1) + [records.Saved]
    winner = stored(store, "brand", brand)["name"]
    assert winner in names
    assert {one.fields["name"].theirs for one in outcomes if isinstance(one, Conflict)} == {winner}


def test_those_who_change_different_fields_all_win(world: World, store: Store, database_url: str) -> None:
    creator = world("creator")
    seen = load(store, "creator", creator)
    wanted = {"alias": "Đức Review", "niche": "beauty", "location": "Hà Nội", "priority_score": 9}

    def put(name: str, value: Any) -> Callable[[Store], Any]:
        return lambda own: save(own, "creator", creator, {**seen.values, name: value}, operator=name, seen=seen)

    outcomes = at_once(database_url, *(put(name, value) for name, value in wanted.items()))
    assert kinds_of(outcomes) == [records.Saved] * len(wanted)
    values = stored(store, "creator", creator)
    assert {name: values[name] for name in wanted} == wanted
    assert check_database(store) == []


def test_payments_that_are_paid_at_once_are_all_in_the_budget(world: World, store: Store, database_url: str) -> None:
    booking = world("booking")

    def pay(number: int) -> Callable[[Store], Any]:
        values = {"booking": booking, "amount": Decimal(10**number), "payment_date": DAY, "status": "paid"}
        return lambda own: save(own, "payment", None, values, operator=f"writer-{number}")

    outcomes = at_once(database_url, *(pay(number) for number in range(WRITERS)))
    assert kinds_of(outcomes) == [records.Saved] * WRITERS
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == Decimal(1111)
    assert check_database(store) == []


def test_of_those_who_take_the_same_key_one_has_it(world: World, store: Store, database_url: str) -> None:
    def make(number: int) -> Callable[[Store], Any]:
        return lambda own: save(own, "brand", None, {"code": "NEW", "name": f"{number}"}, operator=f"{number}")

    outcomes = at_once(database_url, *(make(number) for number in range(WRITERS)))
    assert kinds_of(outcomes) == [Invalid] * (WRITERS - 1) + [records.Saved]
    taken = [one.problems for one in outcomes if isinstance(one, Invalid)]
    assert all("Taken by NEW" in problems["code"] for problems in taken)


def test_nothing_comes_to_point_at_what_is_deleted_meanwhile(world: World, store: Store, database_url: str) -> None:
    campaign, creator = world("campaign"), world("creator")
    values = {"code": "BK-X", "campaign": campaign, "creator": creator}
    made, gone = at_once(
        database_url,
        lambda own: save(own, "booking", None, values, operator="one"),
        lambda own: delete(own, "campaign", [campaign], operator="two"),
    )
    if isinstance(made, records.Saved):
        assert isinstance(gone, StillPointedAt)
        assert not load(store, "campaign", campaign).is_deleted
    else:
        assert isinstance(made, Invalid)
        assert "deleted" in made.problems["campaign"]
        assert load(store, "campaign", campaign).is_deleted


def test_a_payment_goes_where_its_booking_goes_meanwhile(world: World, store: Store, database_url: str) -> None:
    booking = world("booking")
    other = {"code": "C2", "name": "Hè", "brand": world("brand"), "start_date": DAY, "end_date": DAY}
    campaign = save(store, "campaign", None, other, operator="one").id
    paid = {"booking": booking, "amount": Decimal(700), "payment_date": DAY, "status": "paid"}
    outcomes = at_once(
        database_url,
        lambda own: save(own, "booking", booking, {"campaign": campaign}, operator="one"),
        lambda own: save(own, "payment", None, paid, operator="two"),
    )
    assert kinds_of(outcomes) == [records.Saved] * 2
    assert stored(store, "campaign", campaign)["budget_actual"] == 700
    assert check_database(store) == []


def test_each_change_of_status_is_written_down_from_what_it_was(world: World, store: Store, database_url: str) -> None:
    from tui_booking.models import BookingStatusHistory

    booking = world("booking")
    statuses = ["confirmed", "in_progress", "completed", "canceled"]
    at_once(
        database_url,
        *(
            lambda own, status=status: change_status(own, "booking", [booking], status, operator=status)
            for status in statuses
        ),
    )
    lines = list(BookingStatusHistory.select().where(BookingStatusHistory.booking == booking))
    way = {line.from_status: line.to_status for line in lines}
    status, seen = way[None], []
    while status in way:
        status = way[status]
        seen.append(status.value)
    assert sorted(seen) == sorted(statuses)
    assert stored(store, "booking", booking)["status"] == seen[-1]


def test_creators_who_are_added_twice_at_once_are_there_once(world: World, store: Store, database_url: str) -> None:
    campaign, creator = world("campaign"), world("creator")

    def add(own: Store) -> Any:
        return shortlists.add_to_campaign(own, campaign, [creator], operator="same")

    outcomes = at_once(database_url, add, add)
    added = sorted(one.added if isinstance(one, shortlists.Grouped) else -1 for one in outcomes)
    assert added == [0, 1]


def test_what_is_undone_twice_at_once_is_undone_once(world: World, store: Store, database_url: str) -> None:
    brand = world("brand")
    undo = save(store, "brand", brand, {"name": "New"}, operator="one").undo
    outcomes = at_once(database_url, *[lambda own: undo.apply(own, "two")] * 2)
    assert kinds_of(outcomes) == [records.ChangedSince, records.Undo]
    assert stored(store, "brand", brand)["name"] == "Lumi"


def test_of_those_who_delete_the_same_one_does(world: World, store: Store, database_url: str) -> None:
    brand = world("brand")
    outcomes = at_once(database_url, *[lambda own: delete(own, "brand", [brand], operator="one")] * 2)
    assert kinds_of(outcomes) == [Gone, records.Undo]
