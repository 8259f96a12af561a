"""Nothing that another one wrote, or that others point at, is written over, deleted or taken back unseen."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.records import connected
from tests.services.world import ME, World, change, stored
from tui_booking.models.database import Store
from tui_booking.services import records
from tui_booking.services.checks import check_database
from tui_booking.services.records import Conflict, Gone, StillPointedAt, delete, load, restore, save


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def test_two_who_change_different_things_are_merged(world: World, store: Store) -> None:
    brand = world("brand")
    mine, theirs = load(store, "brand", brand), load(store, "brand", brand)
    save(store, "brand", brand, {**theirs.values, "name": "Theirs"}, operator="mai", seen=theirs)
    save(store, "brand", brand, {**mine.values, "description": "Mine"}, operator=ME, seen=mine)
    values = stored(store, "brand", brand)
    assert (values["name"], values["description"]) == ("Theirs", "Mine")


def test_two_who_change_the_same_are_shown_the_difference(world: World, store: Store) -> None:
    brand = world("brand")
    seen = load(store, "brand", brand)
    save(store, "brand", brand, {"name": "Theirs", "description": "Both"}, operator="mai", seen=seen)
    with pytest.raises(Conflict) as caught:
        save(store, "brand", brand, {"name": "Mine", "description": "Both"}, operator=ME, seen=seen)
    assert caught.value.fields == {"name": ("Mine", "Theirs", "Lumi")}
    save(store, "brand", brand, {"name": "Mine"}, operator=ME, seen=caught.value.now)
    assert stored(store, "brand", brand)["name"] == "Mine"


def test_fields_that_belong_together_are_not_merged(world: World, store: Store) -> None:
    payment = world("payment")
    seen = load(store, "payment", payment)
    usd = {"currency": "USD", "exchange_rate": Decimal(25_000)}
    save(store, "payment", payment, usd, operator="mai", seen=seen)
    with pytest.raises(Conflict) as caught:
        save(store, "payment", payment, {"amount": Decimal(100)}, operator=ME, seen=seen)
    assert set(caught.value.fields) == {"amount", "currency", "exchange_rate"}
    assert stored(store, "payment", payment)["amount"] == 5_000_000


def test_deleting_is_refused_with_names_and_counts_and_done_together_when_confirmed(world: World, store: Store) -> None:
    kinds = ("payment", "video_metric_snapshot", "tracking_conversion", "booking_deliverable", "campaign_creator")
    for kind in kinds:
        world(kind)
    campaign = world("campaign")
    with pytest.raises(StillPointedAt) as caught:
        delete(store, "campaign", [campaign], operator=ME)
    wanted = dict.fromkeys(("booking", "video", "tracking_asset", *kinds), 1)
    assert caught.value.counts == wanted == records.what_hangs_on(store, "campaign", [campaign])
    assert caught.value.names["booking"] == ["BK-1 · Nguyễn Đức"]
    assert "1 booking (BK-1 · Nguyễn Đức)" in str(caught.value)
    before = {kind: stored(store, kind, world(kind)) for kind in (*wanted, "campaign")}
    undo = delete(store, "campaign", [campaign], together=True, operator=ME)
    assert all(load(store, kind, world(kind)).is_deleted for kind in before)
    assert not load(store, "creator", world("creator")).is_deleted
    assert check_database(store) == []
    redo = undo.apply(store, ME)
    assert {kind: stored(store, kind, world(kind)) for kind in before} == before
    assert check_database(store) == []
    redo.apply(store, ME)
    assert all(load(store, kind, world(kind)).is_deleted for kind in before)
    restored = restore(store, "campaign", [campaign], operator=ME)
    assert {kind: stored(store, kind, world(kind)) for kind in before} == before
    restored.apply(store, ME)
    assert all(load(store, kind, world(kind)).is_deleted for kind in before)
    assert check_database(store) == []


def test_what_was_out_of_use_before_it_was_deleted_still_is_after_undoing(world: World, store: Store) -> None:
    brand = world("brand", is_active=False)
    delete(store, "brand", [brand], operator=ME).apply(store, ME)
    assert stored(store, "brand", brand)["is_active"] is False


def test_a_deleted_payment_leaves_the_budget(world: World, store: Store) -> None:
    payment = world("payment", status="paid")
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 5_000_000
    undo = delete(store, "payment", [payment], operator=ME)
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 0
    undo.apply(store, ME)
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 5_000_000


def test_a_part_is_not_restored_without_what_it_is_part_of(world: World, store: Store) -> None:
    deliverable, booking = world("booking_deliverable"), world("booking")
    delete(store, "booking_deliverable", [deliverable], operator=ME)
    delete(store, "booking", [booking], operator=ME)
    with pytest.raises(Gone, match="BK-1"):
        restore(store, "booking_deliverable", [deliverable], operator=ME)
    restore(store, "booking", [booking], operator=ME)
    assert load(store, "booking_deliverable", deliverable).is_deleted
    restore(store, "booking_deliverable", [deliverable], operator=ME)


def test_a_deleted_record_is_not_edited_and_not_deleted_twice(world: World, store: Store) -> None:
    brand = world("brand")
    seen = load(store, "brand", brand)
    delete(store, "brand", [brand], operator=ME)
    with pytest.raises(Gone):
        save(store, "brand", brand, {"name": "X"}, operator=ME, seen=seen)
    with pytest.raises(Gone):
        delete(store, "brand", [brand], operator=ME)
    with pytest.raises(Gone):
        load(store, "brand", uuid4())


def test_what_somebody_changed_since_is_not_undone(world: World, store: Store) -> None:
    brand = world("brand")
    undo = change(store, "brand", brand, name="Mine")
    change(store, "brand", brand, description="Another thing")
    change(store, "brand", brand, name="Theirs")
    with pytest.raises(records.ChangedSince) as caught:
        undo.apply(store, ME)
    assert caught.value.changes == {"LUM · Theirs": {"name": ("Mine", "Theirs", "Lumi")}}
    change(store, "brand", brand, name="Mine")
    undo.apply(store, ME)
    values = stored(store, "brand", brand)
    assert (values["name"], values["description"]) == ("Lumi", "Another thing")


def test_what_was_made_is_not_taken_back_once_others_point_at_it(world: World, store: Store) -> None:
    world("product")
    with pytest.raises(StillPointedAt):
        world.undos["brand"].apply(store, ME)
    assert not load(store, "brand", world("brand")).is_deleted


def test_a_key_that_was_given_away_since_is_not_taken_back(world: World, store: Store) -> None:
    brand = world("brand")
    undo = change(store, "brand", brand, code="NEW")
    save(store, "brand", None, {"code": "LUM", "name": "Another"}, operator=ME)
    with pytest.raises(records.ChangedSince):
        undo.apply(store, ME)
    assert stored(store, "brand", brand)["code"] == "NEW"
