"""Every list can be asked in every way on both engines, and what is said to be served by an index is."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from tests.records import connected, make_one_of_each
from tests.seed.databases import seed
from tests.services.listed import EVERY_LISTING, filter_tests, question, with_test
from tui_booking.models import ALL_MODELS
from tui_booking.models.base import Base
from tui_booking.models.database import Store
from tui_booking.services import clock
from tui_booking.services.asking import contains, like_pattern, read_values, reader_of, select
from tui_booking.services.declarations import Listing
from tui_booking.services.listings import LISTINGS, listing_of_kind

KINDS = {model._meta.table_name.replace("app_user", "user"): model for model in ALL_MODELS}
every_listing = pytest.mark.parametrize("listing", EVERY_LISTING, ids=lambda listing: listing.name)


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def demo(database_url: str) -> Iterator[Store]:
    seed(database_url)
    with connected(database_url) as opened:
        make_one_of_each()
        yield opened


def test_every_kind_of_record_has_a_list() -> None:
    assert {listing.kind for listing in EVERY_LISTING} == set(KINDS)
    for listing in EVERY_LISTING:
        assert listing_of_kind(listing.kind) is listing
        assert listing.table == KINDS[listing.kind]._meta.table_name
    with pytest.raises(KeyError):
        listing_of_kind("nothing")


@every_listing
def test_a_list_is_declared_soundly(listing: Listing) -> None:
    names = [column.name for column in listing.columns]
    assert len(set(names)) == len(names)
    assert len({found.name for found in listing.filters}) == len(listing.filters)
    assert listing.column(listing.order.column).order is not None
    for column in listing.columns:
        assert (column.kind == "choice") == (column.words is not None)
        assert column.currency is None or column.currency in names
        assert not column.indexed or column.order is not None
        assert column.label
    for found in listing.filters:
        assert (found.kind == "choice") == (found.words is not None)
        assert (found.kind == "reference") == (found.reference is not None)
        assert found.reference is None or found.reference in KINDS
    assert set(listing.parents) <= set(KINDS)
    assert any(column.shown for column in listing.columns)


@every_listing
def test_a_list_is_asked_in_every_way(demo: Store, listing: Listing) -> None:
    selected = "".join(f", {column.sql}" for column in listing.columns)
    rows = select(demo, question(listing, selected=selected))
    ((total,),) = select(demo, f"SELECT COUNT(*) FROM {listing.table}")
    assert len({row[0] for row in rows}) == len(rows) == total > 0, "a join loses or doubles records"
    readers = [reader_of(column.kind, column.words) for column in listing.columns]
    for row in rows:
        for column, value in zip(listing.columns, read_values(readers, row[1:]), strict=True):
            assert value is None or column.words is None or isinstance(value, column.words)
    for column in listing.columns:
        if column.order is not None:
            order = f"{column.order} DESC NULLS LAST, r.id DESC"
            assert len(select(demo, f"SELECT r.id, {column.order} FROM {listing.table} r ORDER BY {order}")) == total
    for found in listing.filters:
        for condition, params in filter_tests(found):
            assert select(demo, f"SELECT COUNT(*) FROM {listing.table} r WHERE {condition}", params)
    for text in listing.searches:
        condition = with_test(text, contains(""))
        assert select(demo, f"SELECT COUNT(*) FROM {listing.table} r WHERE {condition}", [like_pattern("a")])
    for kind, key in listing.parents.items():
        ((parent,),) = select(demo, f"SELECT MAX(id{'::text' * (demo.engine != 'sqlite')}) FROM {_table_of(kind)}")
        hung = select(demo, f"SELECT COUNT(*) FROM {listing.table} r WHERE {with_test(key, ' = ?')}", [parent])
        assert hung[0][0] >= 0
    for sum_ in listing.totals:
        group = f"{sum_.group}, " if sum_.group else ""
        ending = f" GROUP BY {sum_.group}" if sum_.group else ""
        assert select(demo, f"SELECT {group}{sum_.sql} FROM {listing.table} r{ending}")


def _table_of(kind: str) -> str:
    model: type[Base] = KINDS[kind]
    return str(model._meta.table_name)


@every_listing
def test_an_index_serves_what_is_said_to_be_indexed(database: Store, listing: Listing) -> None:
    if database.engine == "postgresql":
        # On an empty table any plan is as good; what matters is whether the index can give the order.
        database.execute_sql("SET enable_sort = off")
        database.execute_sql("SET enable_seqscan = off")
        database.execute_sql("SET enable_bitmapscan = off")
        # Part of an order by an index and the rest sorted is not what is meant.
        database.execute_sql("SET enable_incremental_sort = off")
    explain = "EXPLAIN QUERY PLAN" if database.engine == "sqlite" else "EXPLAIN"
    for column in listing.columns:
        if not column.indexed:
            continue
        for direction in ("", " DESC"):
            order = f"{column.order}{direction}" + (f", r.id{direction}" if column.order != "r.id" else "")
            asked = f"SELECT r.id FROM {listing.table} r WHERE r.deleted_at IS NULL ORDER BY {order} LIMIT 100"
            plan = "\n".join(str(row) for row in select(database, f"{explain} {asked}"))
            assert "INDEX" in plan.upper(), (column.name, plan)
            assert "TEMP B-TREE" not in plan, (column.name, plan)
            assert "Sort" not in plan, (column.name, plan)


def test_lists_are_read_when_they_are_asked_for() -> None:
    program = (
        "import sys; from tui_booking.services.listings import LISTINGS; LISTINGS['rules'];"
        "print(*sorted(name for name in sys.modules if name.startswith('tui_booking.services.listings.')))"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    assert done.stdout.split() == ["tui_booking.services.listings.parts", "tui_booking.services.listings.rules"]
    assert len(LISTINGS) == len(EVERY_LISTING)
    with pytest.raises(KeyError):
        LISTINGS["nothing"]


def test_today_is_the_operators_day(database: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 8))
    asked: list[tuple[Any, ...]] = select(
        database, "SELECT COUNT(*) FROM booking_deliverable r WHERE r.deadline_post < {today}"
    )
    assert asked == [(0,)]
