"""The list to pick from: its words are whole beside the scrollbar."""

from __future__ import annotations

from textual.app import ComposeResult

from tests.ui.hosts import Host, settle, shown
from tui_booking.ui.widgets.pick_list import Pick, PickList


class ListHost(Host):
    """A list alone."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def compose(self) -> ComposeResult:
        yield PickList([Pick(number, f"Brand {number}", f"B-{number}") for number in range(self.count)])


async def test_the_hint_of_a_line_is_not_under_the_scrollbar() -> None:
    app = ListHost(20)
    async with app.run_test(size=(30, 12)) as pilot:
        await settle(pilot)
        assert app.query_one(PickList).show_vertical_scrollbar
        lines = shown(app).splitlines()
        assert [line[:29].split()[-1] for line in lines] == [f"B-{number}" for number in range(12)]


async def test_without_a_scrollbar_the_hint_stands_at_the_edge() -> None:
    app = ListHost(3)
    async with app.run_test(size=(30, 12)) as pilot:
        await settle(pilot)
        assert [line[26:30] for line in shown(app).splitlines()[:3]] == [" B-0", " B-1", " B-2"]
