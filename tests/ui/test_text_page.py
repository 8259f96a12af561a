"""A page of text is laid out for the room that it has, also where a scrollbar takes some of it."""

from __future__ import annotations

import pytest
from textual.app import ComposeResult

from tests.ui.hosts import Host, settle, shown
from tui_booking.ui.widgets.plain_markdown import Piece
from tui_booking.ui.widgets.text_page import TextPage


class App(Host):
    def compose(self) -> ComposeResult:
        yield TextPage()


@pytest.mark.parametrize("lines", [1, 9, 10, 11, 50])
async def test_the_end_of_each_line_is_seen_however_many_there_are(lines: int) -> None:
    app = App()
    async with app.run_test(size=(40, 10)) as pilot:
        page = app.query_one(TextPage)
        page.show(lambda width: [[Piece("x" * (width - 1) + "|", "")]] * lines)
        await settle(pilot)
        assert shown(app).count("|") == min(lines, 10)
        await pilot.resize_terminal(30, 10)
        await settle(pilot)
        assert shown(app).count("|") == min(lines, 10)
        page.show(lambda width: [[Piece("x" * (width - 1) + "|", "")]])
        await settle(pilot)
        assert shown(app).count("|") == 1
