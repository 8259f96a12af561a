"""The way to the database: newer questions before older ones, errors in words, connections that are let go."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from tui_booking.config import Settings
from tui_booking.models.database import DatabaseFull, DatabaseLost, Store, open_database
from tui_booking.services import records
from tui_booking.services.desk import Desk, Superseded

SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5e8) SELECT COUNT(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    found = Desk(Settings(database_url=database_url, operator="lan", language="en"))
    yield found
    found.close()


def ask_slowly(store: Store) -> int:
    return int(store.execute_sql(SLOW[store.engine]).fetchone()[0] or 0)


def ask_quickly(store: Store) -> int:
    return int(store.execute_sql("SELECT 7").fetchone()[0])


def break_connections(desk: Desk) -> None:
    """End all sessions of the desk's database, as a server does that is started anew."""
    with closing(open_database(desk.settings.database_url)) as other:
        other.connect()
        other.execute_sql(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


async def test_a_newer_question_of_a_group_withdraws_the_older_at_once(desk: Desk) -> None:
    began = time.monotonic()
    older = asyncio.create_task(desk.ask(ask_slowly, group="search"))
    while not desk.under_way:
        await asyncio.sleep(0)
    assert await desk.ask(ask_quickly, group="search") == 7
    with pytest.raises(Superseded):
        await older
    assert time.monotonic() - began < 30
    assert desk.under_way == 0


async def test_a_question_that_nobody_waits_for_any_more_is_stopped(desk: Desk) -> None:
    asked = asyncio.create_task(desk.ask(ask_slowly))
    while not desk.under_way:
        await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    # All threads are free again, or this would wait for a minute.
    answers = await asyncio.wait_for(asyncio.gather(*(desk.ask(ask_quickly) for _ in range(8))), 30)
    assert answers == [7] * 8


async def test_withdrawing_many_never_stops_what_comes_after(desk: Desk) -> None:
    for _round in range(15):
        older = asyncio.create_task(desk.ask(ask_slowly, group="search"))
        await asyncio.sleep(0)
        assert await desk.ask(ask_quickly, group="search") == 7
        with pytest.raises(Superseded):
            await older
        assert await desk.ask(ask_quickly) == 7


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_question_that_is_withdrawn_before_its_statement_begins_is_stopped_too(desk: Desk) -> None:
    """There is nothing to interrupt then, and what nobody waits for would go on for minutes."""
    began, withdrawn = threading.Event(), threading.Event()

    def ask_late(store: Store) -> int:
        began.set()
        withdrawn.wait()
        return ask_slowly(store)

    older = asyncio.create_task(desk.ask(ask_late, group="search"))
    while not began.is_set():
        await asyncio.sleep(0)
    newer = asyncio.create_task(desk.ask(ask_quickly, group="search"))
    assert await newer == 7
    withdrawn.set()
    with pytest.raises(Superseded):
        await older


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_connection_that_broke_meanwhile_is_made_anew_without_a_word(desk: Desk) -> None:
    assert await desk.ask(ask_quickly) == 7
    made = await desk.write(
        partial(records.save, kind="brand", record=None, values={"code": "A", "name": "A"}, operator="l")
    )
    break_connections(desk)
    for _thread in range(8):
        assert await desk.ask(ask_quickly) == 7
    break_connections(desk)
    change = partial(records.save, kind="brand", record=made.id, values={"name": "B"}, operator="l")
    await desk.write(change)
    assert await desk.ask(lambda store: store.execute_sql("SELECT name FROM brand").fetchall()) == [("B",)]


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_server_that_is_gone_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert await desk.ask(ask_quickly) == 7

    def refuse() -> None:
        raise DatabaseLost("The connection broke.")

    break_connections(desk)
    monkeypatch.setattr(desk.store, "_connect", refuse)
    with pytest.raises(DatabaseLost):
        await desk.ask(ask_quickly)
    with pytest.raises(DatabaseLost):
        await desk.write(ask_quickly)
    monkeypatch.undo()
    assert await desk.write(ask_quickly) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of a file that is open")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_file_that_was_removed_is_told_of_and_not_written_on_and_not_made_anew(desk: Desk) -> None:
    """What would be written into a file without a name is gone with the program."""
    path = desk.store.address.path
    assert path is not None
    assert desk.here(ask_quickly) == await desk.ask(ask_quickly) == 7
    kept = path.rename(path.with_name("kept.db"))
    for _time in range(8):
        with pytest.raises(DatabaseLost, match="not there any more"):
            await desk.ask(ask_quickly)
        with pytest.raises(DatabaseLost, match="not there any more"):
            desk.here(ask_quickly)
    assert not path.exists()
    kept.rename(path)
    assert desk.here(ask_quickly) == await desk.ask(ask_quickly) == 7


@pytest.mark.skipif(os.name == "nt", reason="Windows does not let go of a file that is open")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_file_that_was_replaced_is_opened_anew(desk: Desk) -> None:
    path = desk.store.address.path
    assert path is not None
    desk.here(lambda store: store.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)"))
    other = Path(shutil.copy(path, path.with_name("other.db")))
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE mark (number INTEGER)")
    other.replace(path)
    assert desk.here(lambda store: store.table_exists("mark"))
    assert await desk.ask(lambda store: store.table_exists("mark"))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_full_disk_is_told_of_and_with_room_again_the_same_change_is_written(desk: Desk) -> None:
    """SQLite takes the whole transaction back by itself then, so that nothing is left to be rolled back."""

    def job(store: Store) -> None:
        with store.atomic(), store.atomic():
            values = {"code": "LUM", "name": "Lumi", "description": "x" * 100_000}
            records.save(store, "brand", None, values, operator="tester")

    def limit(store: Store, pages: int) -> None:
        store.execute_sql(f"PRAGMA max_page_count = {pages}")

    # The limit is that of a connection.
    desk.here(lambda store: limit(store, 1))
    with pytest.raises(DatabaseFull, match="no room left"):
        desk.here(job)
    desk.here(lambda store: limit(store, 1_000_000))
    desk.here(job)
    assert await desk.ask(lambda store: store.execute_sql("SELECT COUNT(*) FROM brand").fetchone()[0]) == 1


# --- changes --------------------------------------------------------------------------------------------------------


def _mark(store: Store, number: int) -> int:
    store.execute_sql(f"INSERT INTO mark (number) VALUES ({number})")
    return number


def _marks(store: Store) -> list[int]:
    return [row[0] for row in store.execute_sql("SELECT number FROM mark").fetchall()]


@pytest.fixture
def marked(desk: Desk) -> Desk:
    """A desk on a database with a table that numbers are written into."""
    desk.here(lambda store: store.execute_sql("CREATE TABLE mark (number INTEGER)"))
    return desk


async def test_changes_are_written_in_the_order_in_which_they_were_asked_for(marked: Desk) -> None:
    begun = threading.Event()

    def write_late(store: Store) -> int:
        begun.wait()
        return _mark(store, 0)

    first = asyncio.create_task(marked.write(write_late))
    others = [asyncio.create_task(marked.write(partial(_mark, number=number))) for number in range(1, 5)]
    await asyncio.sleep(0)
    assert marked.writing == 5
    # Questions do not wait for changes.
    assert await marked.ask(_marks) == []
    begun.set()
    assert await asyncio.gather(first, *others) == [0, 1, 2, 3, 4]
    assert await marked.ask(_marks) == [0, 1, 2, 3, 4]
    assert marked.writing == marked.under_way == 0


async def test_a_change_is_written_also_where_nobody_waits_for_it_any_more(
    marked: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def write_late(store: Store) -> int:
        begun.set()
        may_end.wait()
        return _mark(store, 1)

    asked = asyncio.create_task(marked.write(write_late))
    while not begun.is_set():
        await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    may_end.set()
    broken = asyncio.create_task(marked.write(lambda store: store.execute_sql("INSERT INTO nowhere VALUES (1)")))
    await asyncio.sleep(0)
    broken.cancel()
    await marked.write(lambda store: _mark(store, 2))
    assert await marked.ask(_marks) == [1, 2]
    assert "A change was not written" in caplog.text


async def test_what_was_to_be_changed_is_written_before_the_desk_is_closed(marked: Desk) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def write_late(store: Store) -> int:
        begun.set()
        may_end.wait()
        return _mark(store, 1)

    asked = [asyncio.create_task(marked.write(write_late))]
    asked.append(asyncio.create_task(marked.write(lambda store: _mark(store, 2))))
    while not begun.is_set():
        await asyncio.sleep(0)
    threading.Timer(0.05, may_end.set).start()
    marked.close()
    assert await asyncio.gather(*asked) == [1, 2]
    with pytest.raises(Superseded):
        await marked.write(lambda store: _mark(store, 3))
