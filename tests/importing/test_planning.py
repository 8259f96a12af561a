"""The server knows how much an import has written before it looks things up in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.importing.office import Office, counts
from tui_booking.importing.postgresql_engine import PostgresqlEngine

KNOWN = "SELECT reltuples FROM pg_class WHERE oid = '{}'::regclass"
LARGE = ("CREATE TEMP TABLE import_plan", "INSERT INTO import_problem", "INSERT INTO video", "UPDATE")
VIDEOS, ROWS, BAD = 4_000, 20_000, 200


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_table_that_has_grown_is_counted_with_what_was_made_for_it(office: Office) -> None:
    office.take("products", "brand_code,code,name", *(f"b{number},p,n" for number in range(2_000)), create_missing=True)
    assert office.value(KNOWN.format("product")) == 2_000
    assert office.value(KNOWN.format("brand")) == 2_000


def rows_handled(node: dict[str, Any]) -> Iterator[float]:
    """How many rows each step of a plan gave on or threw away."""
    thrown_away = sum(count for name, count in node.items() if name.startswith("Rows Removed"))
    yield node["Actual Loops"] * (node["Actual Rows"] + thrown_away)
    for part in node.get("Plans", ()):
        yield from rows_handled(part)


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_few_rows_that_point_at_nothing_do_not_make_the_server_go_through_all_pairs(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    handled: dict[str, float] = {}
    run = PostgresqlEngine.run

    def explained(engine: PostgresqlEngine, sql: str) -> Any:
        if not sql.startswith(LARGE):
            return run(engine, sql)
        # It is carried out all the same; of such a statement nobody reads an answer.
        (([plan],),) = run(engine, f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}").fetchall()
        handled[sql] = sum(rows_handled(plan["Plan"]))
        return run(engine, "SELECT 1")

    office.open_shop(("brands", "creators", "creator_channels", "campaigns", "bookings"))
    videos = [f"B1,tiktok,v{number},https://tiktok.com/@linh.review/video/{number}" for number in range(VIDEOS)]
    made = office.take("videos", "booking_code,channel,platform_video_id,url", *videos)
    assert counts(made)[0] == VIDEOS, made.messages
    monkeypatch.setattr(PostgresqlEngine, "run", explained)
    times = [f"2026-01-{1 + number // 20:02} {number % 20:02}:00" for number in range(ROWS // VIDEOS)]
    lines = [f"tiktok,v{number},{time},5" for number in range(VIDEOS) for time in times]
    lines[:: ROWS // BAD] = [line.replace(",v", ",unknown") for line in lines[:: ROWS // BAD]]
    file = office.take("video_snapshots", "channel,platform_video_id,snapshot_time,view_count", *lines, on_error="skip")
    assert len(lines) == ROWS
    assert counts(file)[0] == ROWS - BAD
    assert counts(file)[-1] == BAD
    assert {sql: count for sql, count in handled.items() if count > 10 * ROWS} == {}
