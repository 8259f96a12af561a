"""Filters that ask yes or no narrow every list, also those that depend on the day."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from tests.records import connected
from tui_booking.services.declarations import Query
from tui_booking.services.directories import read_roll
from tui_booking.services.listings import LISTINGS
from tui_booking.services.questions import Question, read_count

FLAGS = [(name, one.name) for name, listing in LISTINGS.items() for one in listing.filters if one.kind == "flag"]


@pytest.mark.parametrize(("listing", "flag"), FLAGS)
def test_a_flag_narrows_a_list_as_it_is_counted(database_url: str, listing: str, flag: str) -> None:
    with connected(database_url) as store:
        for value in (True, False):
            query = Query(listing=LISTINGS[listing], filters=((flag, value),))
            question = Question(store, query, ZoneInfo("Asia/Ho_Chi_Minh"))
            assert read_roll(store, question).reach == read_count(store, question) == 0
