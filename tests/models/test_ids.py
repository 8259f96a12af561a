"""Identifiers sort by the time at which they were made, and never repeat."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from uuid import RFC_4122

from hypothesis import given
from hypothesis import strategies as st

from tui_booking.models.ids import new_id, new_ids


@given(st.lists(st.integers(0, 50), max_size=5))
def test_ids_ascend_in_the_order_in_which_they_are_made(counts: list[int]) -> None:
    made = [identifier for count in counts for identifier in new_ids(count)]
    assert made == sorted(made)
    assert len(set(made)) == sum(counts)
    assert [identifier.hex for identifier in made] == sorted(identifier.hex for identifier in made)


def test_an_id_is_a_uuid_of_version_seven_that_tells_the_time() -> None:
    before = time.time_ns() // 1_000_000
    made = new_id()
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= (made.int >> 80) <= before + 60_000


def test_threads_do_not_make_the_same_id() -> None:
    with ThreadPoolExecutor(8) as pool:
        made = [identifier for batch in pool.map(new_ids, [500] * 16) for identifier in batch]
    assert len(set(made)) == len(made)
