"""What the app remembers is about comfort: whatever stands in its file, the app opens, and forgets what cannot be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.hosts import shown
from tests.ui.office import demo_url, opened, press
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.memory import Memory

NO_FILES = [b"\xff\xfegarbage", b"[1, 2]", b"null", b"{", b"[" * 100_000, b""]
NO_QUERIES: list[Any] = [
    [1],
    "x",
    5,
    {"filters": [1]},
    {"filters": {"nothing": 1}},
    {"order": 5},
    {"order": ["code"]},
    {"order": ["code", 1, 2]},
    {"order": [["x"], 1]},
    {"order": {"a": 1, "b": 2}},
]
NO_VALUES: list[Any] = [None, [["x"]], {"a": 1}, "NaN", "1e999999", "Infinity", -1e300, "x\x1b[31m\0"]


@pytest.mark.parametrize("content", NO_FILES, ids=range(len(NO_FILES)))
def test_a_file_that_is_none_of_its_own_is_forgotten(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "screen.json"
    file.write_bytes(content)
    memory = Memory(file)
    assert memory.get("section") is None
    memory.set("section", "videos")
    memory.save()
    assert Memory(file).get("section") == "videos"


@pytest.mark.parametrize("told", NO_QUERIES, ids=str)
def test_a_query_that_is_none_leaves_the_whole_list(tmp_path: Path, told: object) -> None:
    memory = Memory(tmp_path / "screen.json")
    memory.set("query:campaigns", told)
    query = memory.find_query(LISTINGS["campaigns"])
    assert (query.filters, query.order) == ((), None)


@pytest.mark.parametrize("told", NO_VALUES, ids=ascii)
def test_a_filter_by_what_it_cannot_be_narrowed_by_is_forgotten(tmp_path: Path, told: object) -> None:
    """What is left is a query that a database answers."""
    memory = Memory(tmp_path / "screen.json")
    for listing in LISTINGS.values():
        memory.set(f"query:{listing.name}", {"filters": {one.name: told for one in listing.filters}})
        for name, value in memory.find_query(listing).filters:
            assert listing.filter(name).kind not in ("reference", "period", "at_least"), (name, value)


async def test_the_app_opens_whatever_it_remembers(tmp_path: Path) -> None:
    kept = {
        "section": ["campaigns"],
        "theme": ["x"],
        "rail": "x",
        "columns:campaigns": 5,
        "columns:brands": [1, ["x"], "nothing"],
        "query:campaigns": {"filters": {"brand": 7, "status": 5}},
        "export.folder": 5,
        "import.path": ["x"],
    }
    (tmp_path / "screen.json").write_text(json.dumps(kept))
    async with opened(demo_url(tmp_path), tmp_path) as pilot:
        assert "1 of 2" in await press(pilot, "2")
        await press(pilot, "x", "escape", "v", "8")
        assert "Dry run" in shown(pilot.app)
