"""References: what is offered for the words that are typed, on both engines."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.records import connected, make
from tui_booking.models import Booking, Brand, Campaign, Creator, CreatorChannel, Product, User, Video
from tui_booking.models.choices import Platform
from tui_booking.services.references import OFFERED, find_references, name_references


def test_names_are_found_without_marks_and_in_any_order_of_words(database_url: str) -> None:
    with connected(database_url) as store:
        wanted = make(Creator, name="Đặng Thị Hường", creator_key="huong")
        make(Creator, name="Nguyễn Văn Đức", creator_key="duc")
        for typed in ("dang", "HƯỜNG", "huong dang", "thị h"):
            assert [one.id for one in find_references(store, "creator", typed)] == [wanted.id], typed
        assert find_references(store, "creator", "huong van") == []


def test_what_begins_with_the_words_comes_first(database_url: str) -> None:
    with connected(database_url) as store:
        for name in ("An Linh", "Linh Chi", "Bao Linh", "Linh An"):
            make(Creator, name=name)
        labels = [one.label for one in find_references(store, "creator", "linh")]
        assert labels[:2] == ["Linh An", "Linh Chi"]
        assert sorted(labels[2:]) == ["An Linh", "Bao Linh"]


def test_signs_that_searching_knows_are_letters(database_url: str) -> None:
    with connected(database_url) as store:
        wanted = make(Brand, code="50%_off!", name="x")
        make(Brand, code="other", name="y")
        for typed in ("%", "_", "!", "0%_o"):
            assert [one.id for one in find_references(store, "brand", typed)] == [wanted.id], typed
        assert find_references(store, "brand", "\\") == []


def test_no_more_is_offered_than_is_read(database_url: str) -> None:
    with connected(database_url) as store:
        for number in range(OFFERED + 5):
            make(Brand, code=f"B{number:03}", name="Brand")
        found = find_references(store, "brand", "")
        assert [one.label for one in found] == [f"B{number:03}" for number in range(OFFERED)]
        assert len(find_references(store, "brand", "brand")) == OFFERED


def test_what_is_out_of_use_is_not_offered_but_has_its_name(database_url: str) -> None:
    with connected(database_url) as store:
        retired = make(Brand, code="OLD", is_active=False)
        assert find_references(store, "brand", "old") == []
        assert name_references(store, "brand", [retired.id, uuid4()])[retired.id].label == "OLD"
        assert name_references(store, "brand", []) == {}


def test_a_reference_is_narrowed_by_another(database_url: str) -> None:
    with connected(database_url) as store:
        mine, other = make(CreatorChannel, handle="mine.linh"), make(CreatorChannel, handle="other.linh")
        for typed in ("", "linh", "mine"):
            narrowed = find_references(
                store, "creator_channel", typed, condition="t.creator_id = ?", params=[mine.creator_id]
            )
            assert [one.id for one in narrowed] == [mine.id]
        assert {one.id for one in find_references(store, "creator_channel", "linh")} == {mine.id, other.id}


def test_every_kind_that_forms_refer_to_is_found_and_named(database_url: str) -> None:
    with connected(database_url) as store:
        booking = make(Booking, code="BK-1", creator=make(Creator, name="Lê Mai"))
        video = make(Video, title="Mở hộp", platform_video_id="7123")
        made = {
            "user": (make(User, username="ops", full_name="Ops"), "ops"),
            "product": (make(Product, code="SP-1", name="Son"), "son"),
            "campaign": (make(Campaign, code="CP-1", name="Tết"), "tet"),
            "booking": (booking, "le mai"),
            "video": (video, "mo hop"),
        }
        for kind, (record, typed) in made.items():
            assert [one.id for one in find_references(store, kind, typed)] == [record.id], kind
            assert name_references(store, kind, [record.id])[record.id].label, kind


def test_words_are_told_in_the_language_that_is_spoken(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with connected(database_url) as store:
        channel = make(CreatorChannel, platform=Platform.OTHER, handle="a")
        assert name_references(store, "creator_channel", [channel.id])[channel.id].hint == "Other"
        monkeypatch.setattr("tui_booking.language._Spoken.language", "vi")
        assert name_references(store, "creator_channel", [channel.id])[channel.id].hint == "Khác"
