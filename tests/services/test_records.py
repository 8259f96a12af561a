"""Records are saved with what follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from tests.records import connected, make
from tests.services.world import DAY, LEAST, ME, World, change, problems, stored
from tui_booking.models import PLACEHOLDER_NOTE, Booking, BookingStatusHistory, Brand, Campaign, Creator, Payment, Video
from tui_booking.models.database import Store
from tui_booking.services import records
from tui_booking.services.checks import check_database
from tui_booking.services.fields import FORMS
from tui_booking.services.kinds import model_of
from tui_booking.services.records import StillPointedAt, delete, load, save


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


@pytest.mark.parametrize("kind", list(LEAST))
def test_a_record_of_each_kind_is_made_from_the_least(world: World, store: Store, kind: str) -> None:
    record = world(kind)
    values = stored(store, kind, record)
    for name, value in world.least(kind).items():
        assert values[name] == value
    assert set(values) == {field.name for field in FORMS[kind].fields}
    assert check_database(store) == []


@pytest.mark.parametrize("kind", list(LEAST))
def test_what_is_needed_is_said_where_it_is_missing(store: Store, kind: str) -> None:
    found = problems(store, kind, None)
    wanted = {field.name for field in FORMS[kind].fields if field.required and field.default in (None, {})}
    wanted -= {field.name for field in FORMS[kind].fields if field.read_only}
    assert wanted - {"condition_json", "action_json"} <= set(found)
    assert all(said.endswith((".", "…", "}")) or ":" in said for said in found.values())


@pytest.mark.parametrize("kind", list(LEAST))
def test_saving_what_is_stored_changes_nothing(world: World, store: Store, kind: str) -> None:
    record = world(kind)
    model = model_of(kind)
    before = model.get_by_id(record).__data__
    seen = load(store, kind, record)
    undo = save(store, kind, record, seen.values, operator=ME, seen=seen).undo
    assert undo.changes == ()
    assert model.get_by_id(record).__data__ == before


@pytest.mark.parametrize("kind", list(LEAST))
def test_a_record_that_was_made_is_deleted_by_undoing_and_back_by_undoing_that(
    world: World, store: Store, kind: str
) -> None:
    record = world(kind)
    before = stored(store, kind, record)
    redo = world.undos[kind].apply(store, ME)
    assert load(store, kind, record).is_deleted
    assert check_database(store) == []
    redo.apply(store, ME)
    assert not load(store, kind, record).is_deleted
    assert stored(store, kind, record) == before
    assert check_database(store) == []


def test_folded_texts_follow(world: World, store: Store) -> None:
    brand = world("brand")
    change(store, "brand", brand, name="Đẹp  Xinh")
    read = Brand.get_by_id(brand)
    assert (read.name_folded, read.code_folded) == ("dep xinh", "lum")
    assert read.updated_at > read.created_at


def test_a_creators_key_is_made_of_the_name_and_never_numbered(world: World, store: Store) -> None:
    assert stored(store, "creator", world("creator"))["creator_key"] == "nguyen-duc"
    assert problems(store, "creator", None, name="Nguyen Duc") == {
        "creator_key": "Taken by Nguyễn Đức; write another, or change that one."
    }
    assert problems(store, "creator", world("creator"), creator_key="")["creator_key"].startswith("Needed")


def test_a_key_that_is_taken_names_whose_it_is(world: World, store: Store) -> None:
    brand = world("brand")
    assert problems(store, "brand", None, code="LUM", name="X") == {
        "code": "Taken by LUM · Lumi; write another, or change that one."
    }
    delete(store, "brand", [brand], operator=ME)
    assert problems(store, "brand", None, code="LUM", name="X")["code"].startswith(
        "Taken by LUM · Lumi, which is deleted"
    )
    channel = world("creator_channel")
    other = save(store, "creator", None, {"name": "Mai"}, operator=ME).id
    found = problems(store, "creator_channel", None, creator=other, platform="tiktok", handle="duc.review")
    assert list(found) == ["handle"]
    save(store, "creator_channel", None, {"creator": other, "platform": "youtube", "handle": "duc.review"}, operator=ME)
    assert stored(store, "creator_channel", channel)["creator"] == world("creator")


def test_dates_in_the_wrong_order_are_said(world: World, store: Store) -> None:
    found = problems(store, "campaign", world("campaign"), end_date=date(2026, 1, 31))
    assert found == {"end_date": "The end is before the start, which is 08/03/2026."}
    assert records.check("campaign", {"start_date": DAY, "end_date": date(2026, 3, 7)}) == {
        "end_date": "The end is before the start, which is 08/03/2026."
    }


def test_the_brand_of_a_booking_is_its_campaigns(world: World, store: Store) -> None:
    other = save(store, "brand", None, {"code": "OTH", "name": "Other"}, operator=ME).id
    booking = world("booking")
    change(store, "booking", booking, brand=other)
    assert stored(store, "booking", booking)["brand"] == world("brand")
    product = save(store, "product", None, {"brand": other, "code": "X", "name": "X"}, operator=ME).id
    assert problems(store, "booking", booking, product_focus=product)["product_focus"].startswith(
        "This product is of OTH · Other"
    )


def test_the_channel_of_a_booking_is_the_creators(world: World, store: Store) -> None:
    booking, channel = world("booking"), world("creator_channel")
    change(store, "booking", booking, channel=channel)
    mai = save(store, "creator", None, {"name": "Mai"}, operator=ME).id
    said = problems(store, "booking", booking, creator=mai)["channel"]
    assert said == "This channel is of Nguyễn Đức; choose one of the creator's, or none."
    assert problems(store, "creator_channel", channel, creator=mai)["creator"].startswith("1 booking and 0 rate cards")
    change(store, "booking", booking, creator=mai, channel=None)
    assert check_database(store) == []


def test_what_is_deleted_is_not_pointed_at_anew_and_what_points_at_it_may_stay(world: World, store: Store) -> None:
    booking, owner = world("booking"), world("user")
    change(store, "campaign", world("campaign"), owner=owner)
    with pytest.raises(StillPointedAt) as caught:
        delete(store, "user", [owner], operator=ME)
    assert (caught.value.counts, caught.value.mentions) == ({}, {"campaign": 1})
    assert records.what_names(store, "user", [owner]) == {"campaign": 1}
    delete(store, "user", [owner], together=True, operator=ME)
    change(store, "campaign", world("campaign"), name="Neu")
    assert stored(store, "campaign", world("campaign"))["owner"] == owner
    assert problems(store, "creator_note", None, creator=world("creator"), title="x", user=owner)["user"].startswith(
        "an is deleted"
    )
    assert problems(store, "booking", booking, campaign=uuid4())["campaign"] == "Is not there; choose another."


def test_a_payment_takes_campaign_creator_and_amount_from_where_they_are(world: World, store: Store) -> None:
    payment = world("payment", currency="USD", exchange_rate=Decimal("25400.5"), amount=Decimal("10.01"), status="paid")
    values = stored(store, "payment", payment)
    assert (values["campaign"], values["creator"]) == (world("campaign"), world("creator"))
    assert values["amount_vnd"] == Decimal(254259)
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == Decimal(254259)
    said = problems(store, "payment", payment, exchange_rate=None)
    assert said == {"exchange_rate": "An amount in USD needs an exchange rate."}
    undo = change(store, "payment", payment, currency="VND", exchange_rate=None, amount=Decimal(1000))
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == Decimal(1000)
    undo.apply(store, ME)
    assert stored(store, "payment", payment) == values
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == Decimal(254259)
    assert check_database(store) == []


def test_an_amount_whose_rate_nobody_knew_stays_while_other_things_change(world: World, store: Store) -> None:
    booking = Booking.get_by_id(world("booking"))
    same = {"booking": booking, "campaign": booking.campaign, "creator": booking.creator}
    payment = make(Payment, currency="USD", amount=Decimal(10), amount_vnd=Decimal(250_000), **same).id
    change(store, "payment", payment, note="x")
    assert stored(store, "payment", payment)["amount_vnd"] == 250_000
    assert "exchange_rate" in problems(store, "payment", payment, amount=Decimal(11))


def test_a_booking_takes_what_hangs_on_it_along(world: World, store: Store) -> None:
    for kind in ("payment", "video", "tracking_asset", "booking_deliverable"):
        world(kind)
    change(store, "payment", world("payment"), status="paid")
    brand = save(store, "brand", None, {"code": "OTH", "name": "Other"}, operator=ME).id
    campaign = {"code": "C2", "name": "Hè", "brand": brand, "start_date": DAY, "end_date": DAY}
    other = save(store, "campaign", None, campaign, operator=ME).id
    mai = save(store, "creator", None, {"name": "Mai"}, operator=ME).id
    undo = change(store, "booking", world("booking"), campaign=other, creator=mai)
    assert stored(store, "booking", world("booking"))["brand"] == brand
    for kind in ("payment", "video", "tracking_asset"):
        values = stored(store, kind, world(kind))
        assert (values["campaign"], values["creator"]) == (other, mai), kind
    budgets = [stored(store, "campaign", one)["budget_actual"] for one in (world("campaign"), other)]
    assert budgets == [0, 5_000_000]
    assert check_database(store) == []
    undo.apply(store, ME)
    for kind in ("payment", "video", "tracking_asset"):
        values = stored(store, kind, world(kind))
        assert (values["campaign"], values["creator"]) == (world("campaign"), world("creator")), kind
    assert stored(store, "campaign", world("campaign"))["budget_actual"] == 5_000_000
    assert check_database(store) == []


def test_a_booking_that_leaves_the_unknown_takes_along_what_was_there_with_it(world: World, store: Store) -> None:
    campaign, creator = make(Campaign, is_placeholder=True, start_date=None, end_date=None), make(Creator)
    booking = make(
        Booking, campaign=campaign, creator=creator, brand=campaign.brand, is_placeholder=True,
        internal_note=PLACEHOLDER_NOTE,
    )  # fmt: skip
    video = make(Video, booking=booking, campaign=campaign, creator=creator)
    undo = change(store, "booking", booking.id, campaign=world("campaign"), creator=world("creator"))
    read = Booking.get_by_id(booking.id)
    assert (read.is_placeholder, read.internal_note) == (False, "")
    assert stored(store, "video", video.id)["campaign"] == world("campaign")
    assert Video.get_by_id(video.id).is_placeholder is False
    undo.apply(store, ME)
    read = Booking.get_by_id(booking.id)
    assert (read.is_placeholder, read.internal_note) == (True, PLACEHOLDER_NOTE)
    assert stored(store, "video", video.id)["campaign"] == campaign.id


def test_a_placeholder_is_complete_once_it_was_saved(store: Store) -> None:
    campaign = make(Campaign, is_placeholder=True, start_date=None, end_date=None, description=PLACEHOLDER_NOTE)
    assert set(problems(store, "campaign", campaign.id, name="Tết")) == {"start_date", "end_date"}
    change(store, "campaign", campaign.id, name="Tết", start_date=DAY, end_date=DAY)
    read = Campaign.get_by_id(campaign.id)
    assert (read.is_placeholder, read.description) == (False, "")


def test_a_campaigns_bookings_change_their_brand_with_it_and_stand_in_products_too(world: World, store: Store) -> None:
    from tui_booking.models import Product

    brand = save(store, "brand", None, {"code": "OTH", "name": "Other"}, operator=ME).id
    product = make(Product, brand=world("brand"), code="S1", is_placeholder=True).id
    known = save(store, "product", None, {"brand": brand, "code": "S2", "name": "Known"}, operator=ME).id
    stand_in = make(Product, brand=world("brand"), code="S2", is_placeholder=True).id
    booking = world("booking")
    change(store, "booking", booking, product_focus=product)
    pair = {"campaign": world("campaign"), "product": stand_in}
    of_campaign = save(store, "campaign_product", None, pair, operator=ME).id
    before = stored(store, "booking", booking)
    undo = change(store, "campaign", world("campaign"), brand=brand)
    assert stored(store, "booking", booking)["brand"] == brand
    assert Product.get_by_id(product).brand_id == brand
    assert stored(store, "campaign_product", of_campaign)["product"] == known
    undo.apply(store, ME)
    assert stored(store, "booking", booking) == before
    assert Product.get_by_id(product).brand_id == world("brand")
    assert stored(store, "campaign_product", of_campaign)["product"] == stand_in
    assert check_database(store) == []


def test_a_primary_contact_takes_over(world: World, store: Store) -> None:
    first = world("creator_contact", is_primary=True)
    creator = world("creator")
    second = save(
        store, "creator_contact", None, {"creator": creator, "name": "Anh Tú", "is_primary": True}, operator=ME
    )
    assert not stored(store, "creator_contact", first)["is_primary"]
    redo = second.undo.apply(store, ME)
    assert stored(store, "creator_contact", first)["is_primary"]
    redo.apply(store, ME)
    assert not stored(store, "creator_contact", first)["is_primary"]
    undo = change(store, "creator_contact", first, is_primary=True)
    assert not stored(store, "creator_contact", second.id)["is_primary"]
    undo.apply(store, ME)
    assert stored(store, "creator_contact", second.id)["is_primary"]
    assert check_database(store) == []


def test_a_video_takes_its_id_from_its_address_and_its_campaign_from_its_booking(world: World, store: Store) -> None:
    values = stored(store, "video", world("video"))
    assert values["platform_video_id"] == "7301234567890123456"
    assert (values["campaign"], values["creator"]) == (world("campaign"), world("creator"))
    mai = save(store, "creator", None, {"name": "Mai"}, operator=ME).id
    assert problems(store, "video", world("video"), creator=mai)["creator"] == (
        "The booking is of Nguyễn Đức; choose that, or leave it empty."
    )
    found = problems(store, "video", None, url="https://www.tiktok.com/@x/video/7301234567890123457")
    assert set(found) == {"campaign", "creator"}
    given = {"url": "https://www.tiktok.com/@x/video/7301234567890123457", "platform_video_id": "1"}
    assert "is that of the video 7301234567890123457" in problems(store, "video", None, **given)["platform_video_id"]


def test_snapshots_keep_the_newest_of_a_video(world: World, store: Store) -> None:
    from tui_booking.services.asking import select

    def latest() -> list[Any]:
        return [row[0] for row in select(store, "SELECT view_count FROM video_latest")]

    snapshot = world("video_metric_snapshot")
    assert latest() == [10]
    change(store, "video_metric_snapshot", snapshot, view_count=12)
    assert latest() == [12]
    undo = delete(store, "video", [world("video")], together=True, operator=ME)
    assert latest() == []
    assert check_database(store) == []
    undo.apply(store, ME)
    assert latest() == [12]
    assert check_database(store) == []


def test_a_changed_status_has_a_line_in_the_history_however_it_is_changed(world: World, store: Store) -> None:
    booking = world("booking")
    undo = save(store, "booking", booking, {"status": "confirmed"}, operator=ME, note="Đã gọi").undo
    undo.apply(store, "mai")
    lines = list(
        BookingStatusHistory.select()
        .where(BookingStatusHistory.booking == booking)
        .order_by(BookingStatusHistory.changed_at, BookingStatusHistory.id)
    )
    told = [(line.from_status, line.to_status, line.note, getattr(line.changed_by, "username", None)) for line in lines]
    assert told == [
        (None, "negotiating", "", ME),
        ("negotiating", "confirmed", "Đã gọi", ME),
        ("confirmed", "negotiating", "Undone", "mai"),
    ]


def test_json_is_kept_and_compared_as_json(world: World, store: Store) -> None:
    template = world("template", variables={"x": {"description": "", "default": ""}})
    rule = world("rule")
    condition = {"all": [{"field": "total_fee_agreed", "op": ">", "value": 1e23}]}
    undo = change(store, "rule", rule, condition_json=condition)
    undo.apply(store, ME)
    conversion = world("tracking_conversion", data_raw={"a": True})
    change(store, "tracking_conversion", conversion, data_raw={"a": 1})
    assert stored(store, "tracking_conversion", conversion)["data_raw"]["a"] is not True
    assert stored(store, "template", template)["variables"] == {"x": {"description": "", "default": ""}}


def test_what_an_import_stored_may_stay_as_it_is(store: Store) -> None:
    brand = make(Brand, name="x" * 300).id
    change(store, "brand", brand, description="y")
    assert "name" in problems(store, "brand", brand, name="z" * 300)
