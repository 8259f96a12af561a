"""What the program writes itself does not put a search's index out of use; what others write does, each time."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.test_finder import _connect, found, hint
from tui_booking.config import Settings
from tui_booking.models.database import Store
from tui_booking.models.ids import new_id
from tui_booking.services import directories, finder, own_writes, pages
from tui_booking.services.asking import execute, select
from tui_booking.services.declarations import Order
from tui_booking.services.desk import Desk
from tui_booking.services.listings import LISTINGS
from tui_booking.services.search_index import can_be_indexed, texts_elsewhere

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
Write = Callable[[str, list[Any]], Any]


@pytest.fixture
def desk(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(finder, "_WORTH_IT", 0)
    with closing(Desk(Settings(database_url=database_url, operator="linh", language="en"))) as opened:
        opened.here(_connect)
        yield opened


@dataclass
class Office:
    """Who writes into one database: the program, and somebody else."""

    desk: Desk
    theirs: sqlite3.Connection
    creators: list[UUID] = field(default_factory=list)
    channels: list[UUID] = field(default_factory=list)

    def own(self, *writes: Callable[[Write], Any]) -> None:
        def carry_out(store: Store) -> None:
            with store.atomic():
                for write in writes:
                    write(lambda sql, params: execute(store, sql, params))

        self.desk.here(carry_out)

    def theirs_writes(self, write: Callable[[Write], Any]) -> None:
        write(lambda sql, params: self.theirs.execute(sql, [_plain(one) for one in params]))
        self.theirs.commit()

    def add_creator(self, name: str) -> Callable[[Write], Any]:
        self.creators.append(record := new_id())
        sql = (
            "INSERT INTO creator (id, creator_key, name, location, niche, note_internal, creator_key_folded,"
            " name_folded) VALUES (?, ?, ?, '', '', '', ?, ?)"
        )
        return lambda write: write(sql, [record, record.hex, name, "", name])

    def add_channel(self, creator: UUID, handle: str) -> Callable[[Write], Any]:
        self.channels.append(record := new_id())
        sql = "INSERT INTO creator_channel (id, creator_id, platform, handle) VALUES (?, ?, 'tiktok', ?)"
        return lambda write: write(sql, [record, creator, handle])


def _plain(value: object) -> object:
    return value.hex if isinstance(value, UUID) else value


@pytest.fixture
def office(desk: Desk) -> Iterator[Office]:
    path = desk.store.address.path
    with closing(sqlite3.connect(str(path))) as theirs:
        yield Office(desk, theirs)


def rename(creator: UUID, name: str) -> Callable[[Write], Any]:
    return lambda write: write("UPDATE creator SET name_folded = ? WHERE id = ?", [name, creator])


def remove(creator: UUID) -> Callable[[Write], Any]:
    return lambda write: write("DELETE FROM creator WHERE id = ?", [creator])


def make_index(office: Office) -> None:
    hint(office.desk, "linh")
    assert hint(office.desk, "linh") is not None


# --- one's own ------------------------------------------------------------------------------------------------------


async def test_what_the_desk_itself_writes_is_found_beside_what_the_index_says(office: Office) -> None:
    desk = office.desk
    office.own(*[office.add_creator(f"linh {number}") for number in range(9)])
    make_index(office)
    first, second, third = office.creators[:3]
    office.own(rename(first, "huyen"), remove(second), office.add_creator("linh 00"), rename(third, "linh 55"))
    office.own(office.add_channel(office.creators[4], "kenh.huyen"))
    told = hint(desk, "linh")
    assert told is not None
    assert len(told.touched) == 5
    assert await found(desk, "huyen") == [first, office.creators[4]]
    new = office.creators[-1]
    kept = office.creators
    assert await found(desk, "linh") == [new, kept[3], kept[4], kept[5], third, kept[6], kept[7], kept[8]]
    assert hint(desk, "linh") is not None


async def test_what_is_written_in_another_thread_is_found_too(office: Office) -> None:
    office.own(office.add_creator("linh"))
    make_index(office)
    await office.desk.ask(lambda store: execute(store, "UPDATE creator SET name_folded = 'mai'"))
    assert hint(office.desk, "mai") is not None
    assert await found(office.desk, "mai") == office.creators
    assert await found(office.desk, "linh") == []


async def test_what_was_taken_back_has_changed_nothing(office: Office) -> None:
    office.own(office.add_creator("linh"))
    make_index(office)

    def fail(store: Store) -> None:
        with store.atomic():
            execute(store, "UPDATE creator SET name_folded = 'mai'")
            raise ValueError("taken back")

    with pytest.raises(ValueError, match="taken back"):
        office.desk.here(fail)
    assert await found(office.desk, "linh") == office.creators
    assert await found(office.desk, "mai") == []


def test_a_count_of_what_was_changed_does_not_count_what_is_remembered_of_it(office: Office) -> None:
    office.own(*[office.add_creator("linh") for _ in range(3)])
    make_index(office)
    counted = office.desk.here(lambda store: execute(store, "UPDATE creator SET name_folded = 'mai'"))
    assert counted == 3
    deleted = office.desk.here(lambda store: execute(store, "DELETE FROM creator"))
    assert deleted == 3


@pytest.mark.parametrize("most", ["_TOO_MANY", "MOST_TOUCHED"])
async def test_where_too_much_was_written_the_list_is_looked_through_and_the_index_made_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch, most: str
) -> None:
    monkeypatch.setattr(own_writes if most == "MOST_TOUCHED" else finder, most, 5)
    office.own(*[office.add_creator("linh") for _ in range(10)])
    make_index(office)
    office.desk.here(lambda store: execute(store, "UPDATE creator SET name_folded = 'mai'"))
    assert hint(office.desk, "mai") is None
    assert set(await found(office.desk, "mai")) == set(office.creators)
    told = hint(office.desk, "mai")
    assert told is not None
    assert told.touched == ()


def test_where_much_was_written_the_index_is_used_until_it_is_made_anew(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finder, "_MANY", 2)
    office.own(*[office.add_creator("linh") for _ in range(4)])
    make_index(office)
    office.desk.here(lambda store: execute(store, "UPDATE creator SET name_folded = 'mai'"))
    before = hint(office.desk, "mai")
    assert before is not None
    assert len(before.touched) == 4
    after = hint(office.desk, "mai")
    assert after is not None
    assert after.touched == ()


# --- that of others -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("when", ["before", "within, before", "within, after", "after"])
async def test_what_others_write_about_the_same_time_puts_the_index_out_of_use(office: Office, when: str) -> None:
    office.own(office.add_creator("linh"), office.add_creator("mai"))
    make_index(office)
    theirs = office.add_creator("linh cua ho")

    def carry_out(store: Store) -> None:
        if when == "within, before":
            office.theirs_writes(theirs)
        execute(store, "UPDATE creator SET name_folded = 'huyen' WHERE name_folded = 'mai'")
        if when == "within, after":
            office.theirs_writes(theirs)

    if when == "before":
        office.theirs_writes(theirs)
    office.desk.here(carry_out)
    if when == "after":
        office.theirs_writes(theirs)
    assert hint(office.desk, "linh") is None
    assert await found(office.desk, "linh") == [office.creators[0], office.creators[2]]


async def test_two_threads_that_write_at_once_are_others_to_each_other(office: Office) -> None:
    office.own(office.add_creator("linh"), office.add_creator("mai"))
    make_index(office)

    def carry_out(store: Store) -> None:
        execute(store, "UPDATE creator SET name_folded = 'huyen' WHERE name_folded = 'mai'")
        asyncio.run(office.desk.ask(lambda other: execute(other, "UPDATE creator SET alias_folded = 'thao'")))

    await asyncio.to_thread(office.desk.here, carry_out)
    assert await found(office.desk, "thao huyen") == [office.creators[1]]
    assert await found(office.desk, "thao") == [office.creators[1], office.creators[0]]


async def test_another_file_in_its_place_is_another_database(office: Office) -> None:
    office.own(office.add_creator("linh"))
    make_index(office)
    path = office.desk.store.address.path
    assert path is not None
    copy = path.with_name("copy.db")
    with closing(sqlite3.connect(copy)) as other:
        office.theirs.backup(other)
        other.execute("UPDATE creator SET name_folded = 'mai'")
        other.commit()
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    copy.replace(path)
    assert await found(office.desk, "mai") == office.creators
    assert await found(office.desk, "linh") == []


# --- whatever is written --------------------------------------------------------------------------------------------

NAMES = ("linh", "linh an", "mai", "an", "huyen linh", "")
SEARCHES = ("linh", "an", "kenh", "mai", "a", "linh an", "kenh linh")


def some_write(draw: Callable[[st.SearchStrategy[Any]], Any], office: Office) -> Callable[[Write], Any]:
    name = draw(st.sampled_from(NAMES))
    what = draw(st.sampled_from(("add", "rename", "remove", "hide", "show", "channel", "handle", "move", "leave")))
    creator = draw(st.sampled_from(office.creators)) if office.creators else None
    channel = draw(st.sampled_from(office.channels)) if office.channels else None
    if creator is None or what == "add":
        return office.add_creator(name)
    if what == "channel":
        return office.add_channel(creator, f"kenh {name} {len(office.channels)}")
    if what in ("handle", "move", "leave"):
        # No two have the same.
        handle = f"{name} {channel}"
        return {
            "handle": lambda write: write("UPDATE creator_channel SET handle = ? WHERE id = ?", [handle, channel]),
            "move": lambda write: write("UPDATE creator_channel SET creator_id = ? WHERE id = ?", [creator, channel]),
            "leave": lambda write: write("DELETE FROM creator_channel WHERE id = ?", [channel]),
        }[what]
    if what == "rename":
        return rename(creator, name)
    if what == "remove":
        office.creators.remove(creator)
        return lambda write: (
            write("DELETE FROM creator_channel WHERE creator_id = ?", [creator]),
            write("DELETE FROM creator WHERE id = ?", [creator]),
        )
    moment = "'2026-03-08 00:00:00.000000'" if what == "hide" else "NULL"
    active = 0 if what == "hide" else 1
    return lambda write: write(
        f"UPDATE creator SET deleted_at = {moment}, is_active = {active} WHERE id = ?", [creator]
    )


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_written_by_whomever_a_search_finds_what_is_there(
    office: Office, monkeypatch: pytest.MonkeyPatch, data: st.DataObject
) -> None:
    monkeypatch.setattr(pages, "FIRST_FOUND", 3)
    monkeypatch.setattr(directories, "_MOMENT", 0)
    monkeypatch.setattr(pages, "PAGE_ROWS", 2)
    monkeypatch.setattr(finder, "_MANY", 6)
    for table in ("creator_channel", "creator"):
        office.desk.here(lambda store, table=table: execute(store, f"DELETE FROM {table}"))  # type: ignore[misc]
    office.creators.clear()
    office.channels.clear()
    office.own(*[office.add_creator(data.draw(st.sampled_from(NAMES))) for _ in range(6)])
    for _ in range(data.draw(st.integers(1, 12))):
        if data.draw(st.integers(0, 4)) == 0:
            office.theirs_writes(some_write(data.draw, office))
        else:
            office.own(*[some_write(data.draw, office) for _ in range(data.draw(st.integers(1, 2)))])
        search, order = data.draw(st.sampled_from(SEARCHES)), data.draw(st.sampled_from([None, Order("gender")]))
        told = asyncio.run(found(office.desk, search, order))
        office.desk.finder, kept = None, office.desk.finder
        wanted = asyncio.run(found(office.desk, search, order))
        office.desk.finder = kept
        assert told == wanted
        if data.draw(st.booleans()):
            hint(office.desk, "linh")


def test_what_is_looked_up_of_another_table_has_an_index_for_it(desk: Desk) -> None:
    """Else each record that is written there would be looked for in the whole list."""
    for listing in LISTINGS.values():
        if not can_be_indexed(listing):
            continue
        for texts in texts_elsewhere(listing):
            sql = f"EXPLAIN QUERY PLAN SELECT rowid FROM {listing.table} WHERE {texts.key.removeprefix('r.')} = ?"
            plan = desk.here(lambda store, sql=sql: select(store, sql, [""]))  # type: ignore[misc]
            assert plan[0][3].startswith("SEARCH"), (listing.name, texts)
