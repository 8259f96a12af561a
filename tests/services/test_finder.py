"""A quick search finds what a slow one finds, and whatever was written since is never missed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.records import connected, make
from tests.services.test_pages import SEARCHES, make_creators, read_all
from tui_booking.config import Settings
from tui_booking.models import Creator
from tui_booking.models.database import Store
from tui_booking.services import finder, search_index
from tui_booking.services.declarations import Order, Query
from tui_booking.services.desk import Desk
from tui_booking.services.finder import Hint
from tui_booking.services.listings import LISTINGS
from tui_booking.services.pages import RowSource
from tui_booking.services.search_index import can_be_indexed

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
FINDS = LISTINGS["creators"]


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(finder, "_WORTH_IT", 1)
    with closing(Desk(Settings(database_url=database_url, operator="linh", language="en"))) as opened:
        opened.here(_connect)
        yield opened


def _connect(store: Store) -> None:
    """So that the models are connected in this thread."""
    assert not store.is_closed()


def hint(desk: Desk, search: str) -> Hint | None:
    """The hint for a search when what is made for it is there."""
    assert desk.finder is not None
    found = desk.here(lambda store: desk.finder.hint(store, FINDS, search) if desk.finder else None)
    desk.finder.wait()
    return found


async def found(desk: Desk, search: str, order: Order | None = None) -> list[object]:
    return [row.id for row in await read_all(RowSource(desk, Query(listing=FINDS, search=search, order=order))) if row]


@pytest.mark.parametrize("narrow", [1, 1000])
async def test_it_finds_what_looking_through_the_list_finds(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, narrow: int
) -> None:
    monkeypatch.setattr(finder, "_NARROW", narrow)
    make_creators(60)
    assert hint(desk, "nguyen") is None
    assert hint(desk, "nguyen") is not None
    quick, desk.finder = desk.finder, None
    searches = (*SEARCHES, 'a"b', "nguyen van", "kenh", "n nguyen", "hue nguyen", "kenh1 hue")
    wanted = {search: await found(desk, search) for search in searches}
    assert len(wanted["kenh"]) > 10
    desk.finder = quick
    for search in searches:
        assert await found(desk, search) == wanted[search], search
        by_gender = await found(desk, search, Order("gender"))
        assert sorted(map(str, by_gender)) == sorted(map(str, wanted[search])), search
    assert hint(desk, "nguyen") is not None


async def test_what_was_written_since_is_found_and_what_was_removed_is_not(desk: Desk, database_url: str) -> None:
    made = [make(Creator, name=f"Người {number}") for number in range(5)]
    hint(desk, "người")
    assert hint(desk, "người") is not None
    with connected(database_url):
        new = make(Creator, name="Người mới")
        Creator.delete().where(Creator.id == made[0].id).execute()
        Creator.update(name="Ai khác", name_folded="ai khac").where(Creator.id == made[1].id).execute()
    assert hint(desk, "người") is None
    assert set(await found(desk, "người")) == {new.id, *(one.id for one in made[2:])}
    assert hint(desk, "người") is not None
    assert set(await found(desk, "người")) == {new.id, *(one.id for one in made[2:])}


async def test_short_lists_are_looked_through(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "_WORTH_IT", 100)
    made = make(Creator, name="Ly")
    assert hint(desk, "linh") is None
    assert hint(desk, "linh") is None
    assert await found(desk, "ly") == [made.id]


async def test_one_letter_is_found_without_the_list_too(desk: Desk) -> None:
    made = [make(Creator, name=name, creator_key=f"{number}") for number, name in enumerate(("Ly", "An", "Ya"))]
    hint(desk, "y")
    assert hint(desk, "y") is not None
    assert await found(desk, "y") == [made[0].id, made[2].id]
    assert await found(desk, "y a") == [made[2].id]
    assert hint(desk, "  ") is None


async def test_where_it_cannot_be_made_searches_go_on_without_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    made = make(Creator, name="Linh")
    monkeypatch.setattr(search_index, "document_of", lambda _: "nothing.there")
    assert hint(desk, "linh") is None
    assert hint(desk, "linh") is None
    assert "no index" in caplog.text
    assert await found(desk, "linh") == [made.id]


def test_nothing_is_left_behind(desk: Desk) -> None:
    make(Creator, name="Linh")
    hint(desk, "linh")
    assert hint(desk, "linh") is not None
    assert desk.finder is not None
    assert desk.finder._folder is not None
    folder = Path(desk.finder._folder.name)
    assert list(folder.iterdir())
    desk.close()
    assert not folder.exists()


def test_each_list_that_can_grow_long_can_be_searched_quickly(engine: str) -> None:
    for name in ("creators", "bookings", "videos", "payments", "campaigns"):
        assert can_be_indexed(LISTINGS[name]), name
