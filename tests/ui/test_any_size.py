"""Terminals of any size, down to one column and one line: nothing breaks, and in a usual one all is there again."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.geometry import Size

from tests.ui.hosts import shown
from tests.ui.office import SMALL, demo_url, opened, press, settle
from tui_booking.ui.screens.palette import Offered

SIZES = ((1, 1), (250, 70))
# What is opened in each section, by its keys.
OPENED = {
    "dashboard": ("", "b", "question_mark", "ctrl+p", "j"),
    "campaigns": ("enter", "f", "c", "x", "d"),
    "creators": ("", "e", "a", "slash"),
    "bookings": ("b", "P", "s", "enter tab right_square_bracket", "enter right_square_bracket enter n"),
    "videos": ("", "enter right_square_bracket", "e"),
    "finance": ("", "k", "n"),
    "rules": ("", "n", "v w", "enter right_square_bracket"),
    "import": ("", "f3", "p", "O", "h", "d down enter", "d w"),
}


@pytest.mark.parametrize("section", OPENED)
async def test_no_terminal_is_too_small(section: str, tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section=section, size=SMALL) as pilot:
        for keys in OPENED[section]:
            before = await press(pilot, *keys.split())
            depth = len(pilot.app.screen_stack)
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await settle(pilot)
                assert len(shown(pilot.app).split("\n")) == size[1]
            await pilot.resize_terminal(*SMALL)
            await settle(pilot)
            assert shown(pilot.app) == before, keys
            assert len(pilot.app.screen_stack) == depth
            await press(pilot, "escape", "escape", "escape", "escape")
            while len(pilot.app.screen_stack) > 1:
                await press(pilot, "escape", "y")
    assert pilot.app.mistakes == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("size", [(1, 1)])
async def test_what_is_opened_in_a_tiny_terminal_is_there_when_it_grows(size: tuple[int, int], tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, size=size) as pilot:
        for key in ("1", "ctrl+p", "2", "n", "3", "f", "4", "b", "5", "enter", "6", "k", "8", "f3", "question_mark"):
            await press(pilot, key)
            await pilot.resize_terminal(*SMALL)
            await settle(pilot)
            assert shown(pilot.app).strip()
            if len(pilot.app.screen_stack) > 1:
                await press(pilot, "escape")
            await pilot.resize_terminal(*size)
            await settle(pilot)
    assert pilot.app.mistakes == []  # type: ignore[attr-defined]


async def test_the_palette_is_laid_out_before_it_has_a_width(tmp_path: Path) -> None:
    """As when a terminal shrinks while it opens: its list is measured with no room at all."""
    async with opened(demo_url(tmp_path), tmp_path, size=SMALL) as pilot:
        await press(pilot, "ctrl+p", *"pay")
        offered = pilot.app.screen.query_one(Offered)
        nothing = Size(0, 0)
        assert all(offered.get_content_height(nothing, nothing, width) for width in range(4))
