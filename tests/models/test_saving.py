"""Saving a record keeps its folded text, and moves `updated_at` only when a value really changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.records import MOMENT, connected, make, make_one_of_each
from tui_booking.models import Brand, Campaign, Creator, RuleLog, Video
from tui_booking.models.database import Store


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


def test_a_new_record_is_inserted_without_being_told_to(database: Store) -> None:
    brand = Brand(code="B", name="Đẹp")
    assert brand.save() == 1
    assert Brand.get(Brand.code == "B").name_folded == "dep"


def test_a_new_record_was_updated_when_it_was_created(database: Store) -> None:
    brand = make(Brand)
    assert brand.updated_at == brand.created_at


def test_saving_what_is_stored_already_changes_nothing(database: Store) -> None:
    for record in make_one_of_each().values():
        read = type(record).get_by_id(record.id)
        before = dict(read.__data__)
        for name, value in before.items():
            setattr(read, name, value)
        assert read.save() == 0, type(record).__name__
        assert type(record).get_by_id(record.id).updated_at == before["updated_at"]


def test_saving_a_change_moves_the_time_and_the_folded_text(database: Store) -> None:
    brand = make(Brand, name="Cũ")
    read = Brand.get_by_id(brand.id)
    read.name = "Mới Đây"
    assert read.save() == 1
    stored = Brand.get_by_id(brand.id)
    assert (stored.name, stored.name_folded) == ("Mới Đây", "moi day")
    assert stored.updated_at == read.updated_at > brand.updated_at
    assert stored.created_at == brand.created_at


@pytest.mark.parametrize(("before", "after"), [(None, "1"), ("1", None), ("1", "2")])
def test_a_change_to_and_from_nothing_is_a_change(database: Store, before: str | None, after: str | None) -> None:
    video = make(Video, platform_video_id=before, url="https://example.org/v")
    video.platform_video_id = after
    assert video.save() == 1
    assert Video.get_by_id(video.id).platform_video_id == after


def test_a_changed_document_is_a_change_and_an_equal_one_is_not(database: Store) -> None:
    log = make(RuleLog, detail={"a": [1, 2]})
    log.detail = {"a": [1, 2]}
    assert log.save() == 0
    log.detail = {"a": [2, 1]}
    assert log.save() == 1


def test_saving_some_fields_leaves_the_others_for_later(database: Store) -> None:
    creator = make(Creator, name="A", alias="B")
    creator.name, creator.alias = "C", "D"
    assert creator.save(only=[Creator.name]) == 1
    stored = Creator.get_by_id(creator.id)
    assert (stored.name, stored.name_folded, stored.alias, stored.alias_folded) == ("C", "c", "B", "b")
    assert creator.save() == 1
    assert Creator.get_by_id(creator.id).alias_folded == "d"


def test_the_time_of_creation_is_not_changed_by_saving(database: Store) -> None:
    campaign = make(Campaign)
    campaign.created_at = MOMENT - timedelta(days=900)
    campaign.save()
    assert Campaign.get_by_id(campaign.id).created_at > MOMENT - timedelta(days=900)
