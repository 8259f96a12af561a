"""Numbers that a list is narrowed by come back as they were kept: a count is no amount of money."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from tui_booking.services.declarations import Column, Filter, Listing, Order, Query
from tui_booking.ui.memory import Memory

LISTING = Listing(
    name="creators",
    label="Creators",
    kind="creator",
    table="creator",
    order=Order("name"),
    columns=(Column(name="name", label="Name", sql="r.name"),),
    filters=(Filter(name="followers", label="Followers at least", kind="at_least", sql="r.followers"),),
)


@pytest.mark.parametrize("number", [10_000, 0, Decimal(10000), Decimal("0.50")])
def test_a_number_keeps_its_kind(number: int | Decimal, tmp_path: Path) -> None:
    memory = Memory(tmp_path / "screen.json")
    memory.keep_query(Query(listing=LISTING, filters=(("followers", number),)))
    memory.save()
    ((_name, found),) = Memory(tmp_path / "screen.json").find_query(LISTING).filters
    assert found == number
    assert type(found) is type(number)
