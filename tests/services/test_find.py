"""Any record is found by what a person knows of it, marks, case and spelling aside."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from tests.records import connected, make, make_one_of_each
from tests.services.worlds import GONE, make_world, payment
from tui_booking.language import label_of
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Creator,
    CreatorChannel,
    CreatorContact,
    CreatorTag,
    Product,
    Rule,
    Template,
    Video,
)
from tui_booking.models.database import Store
from tui_booking.services.find import _OWNERS, find, names_of, owner_of

URL = "https://www.tiktok.com/@linh.an/video/7301234567890123456"


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(database: Store) -> SimpleNamespace:
    return make_world(database)


def ids(store: Store, words: str, limit: int = 30) -> list[Any]:
    return [one.id for one in find(store, words, limit)]


def test_a_creator_is_found_by_name_alias_key_and_handle(database: Store) -> None:
    duc = make(Creator, creator_key="KOC-DUC", name="Nguyễn Đức", alias="Đức Ở Trọ")
    make(Creator, name="Trần Bình")
    make(CreatorChannel, creator=duc, platform="tiktok", handle="ducotro")
    for words in ("nguyen duc", "NGUYỄN  ĐỨC", "duc", "đức ở", "koc-d", "@ducotro", "DUCO", "cotro", "duc nguyen",
                  "https://www.tiktok.com/@ducotro?lang=vi"):  # fmt: skip
        assert ids(database, words) == [duc.id], words
    assert find(database, "@duco", 5)[0].subtitle == "@ducotro"
    assert (find(database, "nguyen", 5)[0].title, find(database, "nguyen", 5)[0].subtitle) == ("Nguyễn Đức", "KOC-DUC")


@pytest.mark.parametrize(
    "typed", ["0901234567", "+84 901 234 567", "84901234567", "0901.234.567", "(+84) 901-234-567", "0901 23", "+84901"]
)
def test_a_creator_is_found_by_phone_however_it_is_spelled(database: Store, typed: str) -> None:
    creator = make(Creator)
    make(CreatorContact, creator=creator, name="Chị Hà", phone="+84901234567")
    make(CreatorContact, creator=make(Creator), name="Anh Tú", phone="+84999999999")
    assert ids(database, typed) == [creator.id]
    assert ids(database, "chi ha") == [creator.id]


@pytest.mark.parametrize(
    "typed", [URL, f"{URL}?is_from_webapp=1", "m.tiktok.com/v/7301234567890123456.html", "7301234567890123456"]
)
def test_a_video_is_found_by_its_address_or_the_id_in_it(database: Store, typed: str) -> None:
    video = make(Video, channel="tiktok", platform_video_id="7301234567890123456", url="https://vt.tiktok.com/ZS1/")
    assert ids(database, typed) == [video.id]


def test_a_video_is_found_by_an_address_without_an_id(database: Store) -> None:
    video = make(Video, channel="other", url="https://youtu.be/Abc_12%", platform_video_id=None, title="Mở hộp")
    make(Video, channel="other", url="https://youtu.be/Abc912x", platform_video_id=None)
    for words in ("https://youtu.be/Abc_12%", "abc_12%", "youtu.be/abc_12", "mo hop"):
        assert ids(database, words) == [video.id], words


def test_every_named_kind_is_found(database: Store, world: SimpleNamespace) -> None:
    product = make(Product, brand=world.brand, code="SERUM", name="Tinh chất")
    template = make(Template, name="Brief Tết")
    rule = make(Rule, name="Trễ hạn")
    tag = make(CreatorTag, name="mẹ và bé")
    paid = payment(world.second, 1, "paid", payment_ref="FT26001", invoice_number="HĐ-77")
    live = make(BookingDeliverable, booking=world.first, title="Nhắc lịch livestream")
    expected = {
        "lich live": live.id, "-77": paid.id,
        "serum": product.id, "tinh chat": product.id, "brief": template.id, "tre han": rule.id, "me va": tag.id,
        "FT26": paid.id, "ft26001": paid.id, "hd-77": paid.id, "bk-1": world.first.id, "linh10": world.asset.id,
        "alpha": world.brand.id, "video e": world.other_video.id,
    }  # fmt: skip
    for words, record in expected.items():
        assert record in ids(database, words), words
    found = find(database, "bk-2", 5)[0]
    assert (found.kind, found.title, found.subtitle) == ("booking", "BK-2", "Nguyễn Linh · TET")
    assert {one.kind for one in find(database, "o-1", 9)} == {"tracking_conversion"}
    found = next(one for one in find(database, "nhac lich", 5) if one.id == live.id)
    assert (found.title, found.subtitle) == ("Nhắc lịch livestream", "BK-1 · Nguyễn Linh")
    (found,) = find(database, "tre han", 5)
    assert found.subtitle == label_of(rule.scope)
    # A campaign and a template are called so.
    assert {one.kind for one in find(database, "tết", 9)} == {"campaign", "template"}


def test_what_is_exactly_so_stands_first_and_nothing_twice(database: Store) -> None:
    longer = make(Creator, creator_key="AN-2", name="Linh An")
    exact = make(Creator, creator_key="LINH", name="Linh")
    within = make(Creator, creator_key="B", name="Mỹ Linh")
    assert ids(database, "linh") == [exact.id, longer.id, within.id]
    assert ids(database, "linh", 2) == [exact.id, longer.id]


def test_nothing_is_found_of_nothing_and_of_what_is_deleted(database: Store) -> None:
    make(Creator, name="Linh", **GONE)
    creator = make(Creator, name="Bình")
    make(CreatorChannel, creator=creator, platform="tiktok", handle="linh", **GONE)
    for words in ("", "  ", "\0", "linh", "%", "'", "[/b]", "a" * 5_000, "@", "://", "\U0010ffff"):
        assert ids(database, words) == [], words
    assert ids(database, "binh", 0) == []


def test_names_are_told_by_kind(database: Store, world: SimpleNamespace) -> None:
    kinds = {world.creator.id: "creator", world.campaign.id: "campaign", uuid4(): "creator", world.first.id: "payment"}
    assert names_of(database, kinds) == {world.creator.id: "Nguyễn Linh", world.campaign.id: "TET"}
    assert names_of(database, {}) == {}


def test_owners_are_told(database: Store) -> None:
    made = make_one_of_each()
    for record in made.values():
        kind = type(record)._meta.table_name
        owner = owner_of(database, kind, record.id)
        if kind not in _OWNERS:
            assert owner is None
            continue
        assert owner is not None
        model = next(type(one) for one in made.values() if type(one)._meta.table_name == owner[0])
        assert model.get_or_none(model.id == owner[1]) is not None, kind
    assert owner_of(database, "creator_note", uuid4()) is None


def test_what_begins_so_is_found_by_indexes(database: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, Any]] = []
    run = database.execute_sql

    def remember(sql: str, params: Any = None) -> Any:
        asked.append((sql, params))
        return run(sql, params)

    make(Booking)
    monkeypatch.setattr(database, "execute_sql", remember)
    find(database, "linh", 5)
    assert len(asked) == 2, "one question for what begins so, and one for the rest"
    if database.engine == "sqlite":
        plan = [row[3] for row in run(f"EXPLAIN QUERY PLAN {asked[0][0]}", asked[0][1]).fetchall()]
        assert any("SEARCH t USING INDEX creator_name_folded_id_index" in line for line in plan)
        walked = [line for line in plan if line.startswith("SCAN") and not line.startswith("SCAN w")]
        assert [line for line in walked if "CONSTANT" not in line and "(subquery" not in line] == []
        assert not any("TEMP B-TREE" in line for line in plan)
