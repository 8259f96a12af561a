"""Pages of a list add up to the list: whatever its order and filters, on both engines, while others write."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import connected, make
from tests.services.listings import CREATORS, PAYMENTS, VIDEOS
from tui_booking.config import Settings
from tui_booking.models import Campaign, Creator, CreatorChannel, CreatorTag, CreatorTagMap, Payment, Video
from tui_booking.models.choices import CreatorStatus
from tui_booking.models.database import DatabaseFailed, Store
from tui_booking.models.folding import fold
from tui_booking.services import directories, pages
from tui_booking.services.declarations import Order, Period, Query, Row
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.pages import RowSource

PAGE, APART = 4, 8
NAMES = ("Nguyễn Văn A", "Trần Đức", "nguyen van b", "Lê  Hà", "50% giảm", "a_b!", "Ông Tư")


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "PAGE_ROWS", PAGE)
    monkeypatch.setattr(directories, "_APART", APART)


def _connect(store: Store) -> None:
    """What a desk does first anyway, so that the models of the test are connected in this thread."""
    assert not store.is_closed()


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    opened = Desk(Settings(database_url=database_url, operator="linh", language="en"))
    opened.here(_connect)
    yield opened
    opened.close()


def make_creators(count: int) -> list[Creator]:
    """Creators with few names, scores and days among them, and with nothing at times."""
    chance = random.Random(count)
    made = []
    for number in range(count):
        creator = make(
            Creator,
            creator_key=f"key-{chance.random()}",
            name=chance.choice(NAMES),
            dob=chance.choice([None, None, date(1999, 1, 1), date(2000, 5, number % 28 + 1)]),
            priority_score=chance.randint(1, 4),
            status=chance.choice(list(CreatorStatus)),
            is_placeholder=chance.random() < 0.2,
            location=chance.choice(["Huế", "Hà Nội", ""]),
        )
        if chance.random() < 0.5:
            make(CreatorChannel, creator=creator, handle=f"kenh{number}", follower_count=chance.randint(0, 3))
        if chance.random() < 0.2:
            creator.is_active, creator.deleted_at = False, datetime(2026, 3, 8, tzinfo=UTC)
            creator.save()
        made.append(creator)
    return made


def channels_of(creator: Creator) -> list[CreatorChannel]:
    return list(CreatorChannel.select().where(CreatorChannel.creator == creator))


async def read_all(source: RowSource) -> list[Row | None]:
    """Every row, as a screen comes by them: the first page, then each page by its positions."""
    await source.open()
    first = [source.row(position) for position in range(source.reach) if source.has_read(position)]
    await source.settle()
    assert source.total is not None
    for start in range(0, source.total, PAGE):
        await source.read(start, start + PAGE - 1)
    rows = []
    for position in range(source.total):
        if not source.has_read(position):
            await source.read(position, position)
        rows.append(source.row(position))
    assert rows[: len(first)] == first
    return rows


def ids_of(rows: list[Row | None]) -> list[UUID]:
    assert None not in rows
    return [row.id for row in rows if row is not None]


# --- whatever is asked ----------------------------------------------------------------------------------------------

SORTS: dict[str, Callable[[Creator], Any]] = {
    "name": lambda creator: fold(creator.name),
    "key": lambda creator: fold(creator.creator_key),
    "score": lambda creator: creator.priority_score,
    "dob": lambda creator: creator.dob,
    "status": lambda creator: str(creator.status),
    "followers": lambda creator: max((channel.follower_count for channel in channels_of(creator)), default=None),
}
FILTERS: dict[str, tuple[Any, Callable[[Creator], bool]]] = {
    "status": (("active", "watchlist"), lambda creator: creator.status != CreatorStatus.BLACKLIST),
    "score": (3, lambda creator: creator.priority_score >= 3),
    "placeholder": (True, lambda creator: creator.is_placeholder),
    "born": (
        Period(date(2000, 5, 3), date(2000, 5, 20)),
        lambda creator: creator.dob is not None and date(2000, 5, 3) <= creator.dob <= date(2000, 5, 20),
    ),
    "place": ("HUẾ", lambda creator: creator.location == "Huế"),
}
SEARCHES = ("", "nguyen", "VĂN nguyễn", "%", "_b!", "kenh1", "nobody", "a a")


def found_by(creator: Creator, search: str) -> bool:
    texts = [creator.name, creator.alias, creator.creator_key, *[channel.handle for channel in channels_of(creator)]]
    return all(any(word in fold(text) for text in texts) for word in fold(search).split())


@st.composite
def queries(draw: st.DrawFn) -> Query:
    chosen = draw(st.sets(st.sampled_from(sorted(FILTERS)), max_size=2))
    return Query(
        listing=CREATORS,
        search=draw(st.sampled_from(SEARCHES)) if draw(st.booleans()) else "",
        filters=tuple((name, FILTERS[name][0]) for name in sorted(chosen)),
        order=draw(st.none() | st.builds(Order, st.sampled_from(sorted(SORTS)), st.booleans())),
        deleted=draw(st.booleans()),
    )


def expected(creators: list[Creator], query: Query) -> list[UUID]:
    kept = [
        creator
        for creator in creators
        if (query.deleted or creator.deleted_at is None)
        and all(FILTERS[name][1](creator) for name, _ in query.filters)
        and found_by(creator, query.search)
    ]
    key, down = SORTS[query.sorted_by.column], query.sorted_by.descending
    there = [creator for creator in kept if key(creator) is not None]
    there.sort(key=lambda creator: (key(creator), creator.id.hex), reverse=down)
    without = [creator for creator in kept if key(creator) is None]
    without.sort(key=lambda creator: creator.id.hex, reverse=down)
    return [creator.id for creator in there + without]


async def check(desk: Desk, query: Query, wanted: list[UUID]) -> None:
    source = RowSource(desk, query)
    rows = await read_all(source)
    assert ids_of(rows) == wanted
    assert source.total == len(wanted)
    assert not source.is_stale
    for position in range(0, len(wanted), 3):
        # Not among the pages that are kept.
        again = RowSource(desk, query)
        await again.open()
        await again.settle()
        assert await again.find(wanted[position]) == position
    if desk.is_local and wanted:
        here = RowSource(desk, query)
        here.open_here()
        await here.settle()
        here.read_here(len(wanted) - 1, len(wanted) - 1)
        assert [row and row.id for row in [here.row(len(wanted) - 1)]] == [wanted[-1]]


def test_pages_add_up_to_the_list_whatever_is_asked(database_url: str) -> None:
    with connected(database_url):
        creators = make_creators(40)
    desk = Desk(Settings(database_url=database_url, operator="linh", language="en"))
    try:
        desk.here(_connect)

        @settings(max_examples=60)
        @given(query=queries())
        def ask(query: Query) -> None:
            asyncio.run(check(desk, query, expected(creators, query)))

        ask()
    finally:
        desk.close()


async def test_days_of_an_order_stand_before_those_without_a_day_in_both_directions(desk: Desk) -> None:
    days = [date(2026, 3, number % 9 + 1) if number % 3 else None for number in range(45)]
    videos = [make(Video, post_date=day) for day in days]
    for down in (False, True):
        there = sorted((video.post_date, video.id.hex) for video in videos if video.post_date)
        without = sorted(video.id.hex for video in videos if not video.post_date)
        wanted = [UUID(number) for _, number in there], [UUID(number) for number in without]
        query = Query(listing=VIDEOS, order=Order("posted", down))
        assert RowSource(desk, query).opens_quickly == desk.is_local
        await check(desk, query, wanted[0][::-1] + wanted[1][::-1] if down else wanted[0] + wanted[1])


@pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, APART, APART + 1, 2 * APART])
@pytest.mark.parametrize("dated", [True, False])
async def test_lists_of_any_length_end_where_they_end(desk: Desk, count: int, dated: bool) -> None:
    videos = [make(Video, post_date=date(2026, 3, 8) if dated else None) for _ in range(count)]
    wanted = sorted((video.id for video in videos), key=lambda number: number.hex)
    await check(desk, Query(listing=VIDEOS, order=Order("posted")), wanted)
    await check(desk, Query(listing=VIDEOS, order=Order("title")), wanted)


# --- what rows hold -------------------------------------------------------------------------------------------------


async def test_rows_hold_values_of_python_and_what_joins_bring(desk: Desk) -> None:
    creator = make(Creator, name="Linh", dob=date(1999, 12, 31), is_placeholder=True)
    source = RowSource(desk, Query(listing=CREATORS))
    await source.open()
    row = source.row(0)
    assert row is not None
    assert row[:2] == (creator.id, False)
    values = dict(zip([column.name for column in CREATORS.columns], row.values, strict=True))
    assert values["name"] == "Linh"
    assert values["dob"] == date(1999, 12, 31)
    assert values["status"] is CreatorStatus.ACTIVE
    assert values["placeholder"] is True
    assert values["followers"] is None
    assert values["changed"] == creator.updated_at
    campaign = make(Campaign)
    make(Video, creator=creator, campaign=campaign, title="Unboxing")
    videos = RowSource(desk, Query(listing=VIDEOS))
    await videos.open()
    found = videos.row(0)
    assert found is not None
    assert found.values[1:4] == ("Unboxing", "Linh", campaign.code)


async def test_a_list_can_hang_on_a_record(desk: Desk) -> None:
    creator = make(Creator)
    mine = [make(Video, creator=creator) for _ in range(6)]
    make(Video)
    query = Query(listing=VIDEOS, parent=("creator", creator.id), order=Order("title"))
    await check(desk, query, sorted((video.id for video in mine), key=lambda number: number.hex))


async def test_a_reference_within_another_table_narrows_a_list(desk: Desk) -> None:
    tag = make(CreatorTag)
    wanted = make(CreatorTagMap, tag=tag).creator
    make(CreatorTagMap)
    await check(desk, Query(listing=CREATORS, filters=(("tag", tag.id),)), [wanted.id])


async def test_a_period_of_moments_has_the_days_of_the_operators_zone(desk: Desk) -> None:
    # In Vietnam it is 00:30 of the 9th, and the last moment of that day.
    inside = [datetime(2026, 3, 8, 17, 30, tzinfo=UTC), datetime(2026, 3, 9, 16, 59, 59, 999_999, tzinfo=UTC)]
    outside = [datetime(2026, 3, 8, 16, 59, tzinfo=UTC), datetime(2026, 3, 9, 17, 0, tzinfo=UTC)]
    made = {moment: make(Creator, created_at=moment, updated_at=moment).id for moment in (*outside, *inside)}
    day = date(2026, 3, 9)
    query = Query(listing=CREATORS, filters=(("changed", Period(day, day)),), order=Order("changed"))
    await check(desk, query, [made[moment] for moment in inside])
    since = replace(query, filters=(("changed", Period(day)),))
    await check(desk, since, [made[moment] for moment in (*inside, outside[1])])


async def test_amounts_are_compared_as_money_and_summed_exactly(desk: Desk) -> None:
    for amount, currency in (("0.10", "USD"), ("0.20", "USD"), ("1000", "VND"), ("9.99", "USD")):
        payment = make(Payment, amount=Decimal(amount), currency=currency)
        if amount == "9.99":
            payment.is_active, payment.deleted_at = False, datetime(2026, 3, 8, tzinfo=UTC)
            payment.save()
    source = RowSource(desk, Query(listing=PAYMENTS, filters=(("amount", Decimal("0.20")),)))
    assert [row.values[1] for row in await read_all(source) if row] == [Decimal("0.20"), Decimal("1000.00")]
    amounts, payments = await RowSource(desk, Query(listing=PAYMENTS)).read_totals()
    assert amounts.values == (("USD", Decimal("0.30")), ("VND", Decimal("1000.00")))
    assert payments.values == ((None, 3),)


# --- while others write ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("order", [Order("name"), Order("dob")])
async def test_rows_that_others_removed_are_gaps_until_the_list_is_looked_through_again(
    desk: Desk, order: Order
) -> None:
    made = [make(Creator, name=f"{number:03}") for number in range(30)]
    source = RowSource(desk, Query(listing=CREATORS, order=order))
    await source.open()
    await source.settle()
    CreatorChannel.delete().execute()
    Creator.delete().where(Creator.id << [creator.id for creator in made[10:20]]).execute()
    for start in range(0, 30, PAGE):
        await source.read(start, start + PAGE - 1)
    assert source.is_stale
    assert source.total == 30
    assert len([source.row(position) for position in range(30)]) == 30
    await source.settle()
    assert ids_of(await read_rows(source)) == [creator.id for creator in made[:10] + made[20:]]


@pytest.mark.parametrize("order", [Order("name"), Order("dob")])
async def test_rows_that_others_added_are_there_when_the_list_is_looked_through_again(desk: Desk, order: Order) -> None:
    made = {f"{number:03}": make(Creator, name=f"{number:03}").id for number in range(0, 60, 2)}
    source = RowSource(desk, Query(listing=CREATORS, order=order))
    await source.open()
    await source.settle()
    made |= {f"{number:03}": make(Creator, name=f"{number:03}").id for number in range(21, 41, 2)}
    for start in range(0, 30, PAGE):
        await source.read(start, start + PAGE - 1)
    source.forget()
    await source.settle()
    wanted = [made[name] for name in sorted(made)] if order.column == "name" else sorted(made.values(), key=str)
    assert ids_of(await read_rows(source)) == wanted


async def read_rows(source: RowSource) -> list[Row | None]:
    assert source.total is not None
    rows = []
    for start in range(0, source.total, PAGE):
        await source.read(start, start + PAGE - 1)
        rows += [source.row(position) for position in range(start, min(start + PAGE, source.total))]
    return rows


async def test_a_record_that_was_removed_or_is_not_asked_for_has_no_position(desk: Desk) -> None:
    made = [make(Creator, name=f"{number:03}") for number in range(20)]
    made[15].is_active, made[15].deleted_at = False, datetime(2026, 3, 8, tzinfo=UTC)
    made[15].save()
    for order in (Order("name"), Order("dob")):
        source = RowSource(desk, Query(listing=CREATORS, order=order))
        await source.open()
        await source.settle()
        assert await source.find(made[15].id) is None
        assert await source.find(made[16].id) == 15


async def test_no_more_than_a_few_pages_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_KEPT_PAGES", 2)
    for number in range(20):
        make(Creator, name=f"{number:03}")
    source = RowSource(desk, Query(listing=CREATORS))
    await source.open()
    await source.settle()
    await read_rows(source)
    assert [position for position in range(0, 20, PAGE) if source.has_read(position)] == [12, 16]


async def test_a_question_that_was_asked_anew_is_withdrawn(desk: Desk) -> None:
    for _ in range(10):
        make(Creator)
    source = RowSource(desk, Query(listing=CREATORS, search="creator"))
    answers = await asyncio.gather(source.open(), source.open(), return_exceptions=True)
    assert [type(answer) for answer in answers] in ([Superseded, type(None)], [type(None), type(None)])


async def test_a_list_whose_sql_is_wrong_fails_with_words(desk: Desk) -> None:
    broken = replace(CREATORS, columns=(replace(CREATORS.columns[0], sql="r.nothing"),))
    with pytest.raises(DatabaseFailed):
        await RowSource(desk, Query(listing=broken)).open()
