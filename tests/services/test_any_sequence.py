"""Whatever is made, changed, deleted, restored and undone, in whatever order: the database agrees with itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records import connected
from tests.services.world import DAY, LEAST, ME, World
from tui_booking.errors import BookingCenterError
from tui_booking.models.database import Store
from tui_booking.services import payments
from tui_booking.services.bookings import change_status
from tui_booking.services.checks import check_database
from tui_booking.services.fields import FORMS, FormField
from tui_booking.services.kinds import LOGS, models
from tui_booking.services.records import delete, load, restore, save
from tui_booking.services.rows import find_rows
from tui_booking.services.undo import Undo

KINDS = [kind for kind in LEAST if kind not in ("user", "template", "rule")]
PASSING = {"updated_at", "created_at"}

Draw = Callable[[st.SearchStrategy[Any]], Any]
Contents = dict[tuple[str, UUID], dict[str, Any]]


def contents(store: Store) -> Contents:
    """All that is not deleted, but for when it was written and the logs."""
    return {
        (kind, row["id"]): {name: value for name, value in row.items() if name not in PASSING}
        for kind in models()
        if kind not in LOGS and kind != "user"
        for row in find_rows(store, kind, "t.deleted_at IS NULL", ())
    }


def some_value(draw: Draw, field: FormField, ids: dict[str, list[UUID]]) -> Any:
    """A value that a person may put there."""
    simple: dict[str, st.SearchStrategy[Any]] = {
        "flag": st.booleans(),
        "count": st.integers(1, 10),
        "money": st.integers(1, 9).map(Decimal),
        "rate": st.sampled_from([None, Decimal(25_000)]),
        "percent": st.sampled_from([0.0, 0.5]),
        "date": st.integers(0, 5).map(lambda days: DAY + timedelta(days=days)),
        "moment": st.integers(0, 9).map(lambda hours: datetime(2026, 3, 8, hours, tzinfo=UTC)),
        "currency": st.sampled_from(["VND", "VND", "USD"]),
        "json": st.sampled_from([{}, {"a": [1, True, None]}]),
    }
    if field.words is not None:
        return draw(st.sampled_from(list(field.words)))
    if field.reference is not None:
        known: list[UUID | None] = [*ids.get(field.reference, [])]
        return draw(st.sampled_from(known if field.required and known else [None, *known]))
    if field.reads == "link":
        return f"https://www.tiktok.com/@a/video/730123456789012345{draw(st.integers(0, 9))}"
    if field.reads:
        return draw(st.sampled_from(["one", "two", "three"]))
    return draw(simple.get(field.kind, st.sampled_from(["Một", "Hai", "Ba", "Bốn"])))


class Day:
    """A day of work: every step may be refused in words, and none may leave anything that does not agree."""

    def __init__(self, store: Store, draw: Draw) -> None:
        self.store = store
        self.draw = draw
        world = World(store)
        self.ids: dict[str, list[UUID]] = {}
        for kind in KINDS:
            self.ids[kind] = [world(kind)]
        self.ids["user"] = [world("user")]
        self.undos: list[tuple[Undo, Contents]] = []

    def step(self) -> None:
        before = contents(self.store)
        action = self.draw(
            st.sampled_from([self.make, self.edit, self.edit, self.remove, self.restore, self.status, self.pay])
        )
        try:
            undo = action(self.draw(st.sampled_from(KINDS)))
        except BookingCenterError:
            assert contents(self.store) == before
            return
        if undo is not None:
            self.undos.append((undo, before))
            if self.draw(st.booleans()):
                self.undo_last()

    def make(self, kind: str) -> Undo:
        form = FORMS[kind]
        values = form.start(DAY) | {field.name: some_value(self.draw, field, self.ids) for field in form.fields}
        saved = save(self.store, kind, None, values, operator=ME)
        self.ids[kind].append(saved.id)
        return saved.undo

    def edit(self, kind: str) -> Undo:
        record = self.draw(st.sampled_from(self.ids[kind]))
        fields = self.draw(st.lists(st.sampled_from(FORMS[kind].fields), min_size=1, max_size=3))
        values = {field.name: some_value(self.draw, field, self.ids) for field in fields}
        seen = load(self.store, kind, record)
        return save(self.store, kind, record, values, operator=ME, seen=seen).undo

    def remove(self, kind: str) -> Undo:
        records = self.draw(st.lists(st.sampled_from(self.ids[kind]), min_size=1, max_size=2, unique=True))
        return delete(self.store, kind, records, together=self.draw(st.booleans()), operator=ME)

    def restore(self, kind: str) -> Undo:
        return restore(self.store, kind, [self.draw(st.sampled_from(self.ids[kind]))], operator=ME)

    def status(self, kind: str) -> Undo | None:
        if "status" not in {field.name for field in FORMS[kind].fields}:
            return None
        status = some_value(self.draw, FORMS[kind].field("status"), {})
        return change_status(self.store, kind, [self.draw(st.sampled_from(self.ids[kind]))], status, operator=ME)

    def pay(self, _kind: str) -> Undo:
        return payments.pay(self.store, self.ids["payment"], date(2026, 3, 20), operator=ME)

    def undo_last(self) -> None:
        """Nothing happened since: it brings back exactly what was, and undoing that what came of it."""
        undo, before = self.undos.pop()
        after = contents(self.store)
        redo = undo.apply(self.store, ME)
        assert contents(self.store) == before
        redo.apply(self.store, ME)
        assert contents(self.store) == after

    def undo_any(self) -> None:
        """Other things happened since: it is undone or refused, and never halfway."""
        undo, _before = self.draw(st.sampled_from(self.undos))
        state = contents(self.store)
        try:
            undo.apply(self.store, ME)
        except BookingCenterError:
            assert contents(self.store) == state


@contextmanager
def fresh(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    if engine == "sqlite":
        path = tmp_path / "day.db"
        for old in tmp_path.glob("day.db*"):
            old.unlink()
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path.as_posix()}"
    else:
        url = request.getfixturevalue("new_database")()
    with connected(url) as store:
        yield store


@pytest.mark.parametrize(("engine", "examples"), [("sqlite", 40), ("postgresql", 5)], indirect=["engine"])
def test_any_day_of_work_leaves_a_database_that_agrees(
    engine: str, examples: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    @settings(max_examples=examples)
    @given(st.data())
    def any_day(data: st.DataObject) -> None:
        with fresh(engine, request, tmp_path) as store:
            day = Day(store, data.draw)
            for _ in range(data.draw(st.integers(1, 12))):
                day.step()
                if day.undos and data.draw(st.integers(0, 3)) == 0:
                    day.undo_any()
            assert check_database(store) == []
            _assert_booked(store)

    any_day()


def _assert_booked(store: Store) -> None:
    """What hangs on a booking is of its campaign and creator, which the check of payments does not say of videos."""
    bookings = {row["id"]: row for row in find_rows(store, "booking", "1 = 1", ())}
    for kind in ("payment", "video", "tracking_asset"):
        for row in find_rows(store, kind, "t.booking_id IS NOT NULL", ()):
            assert row["campaign"] == bookings[row["booking"]]["campaign"], kind
            assert kind == "tracking_asset" or row["creator"] == bookings[row["booking"]]["creator"], kind
