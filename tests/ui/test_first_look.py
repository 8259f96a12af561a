"""What somebody finds who has read nothing but the screen: the questions of a day, each with a few keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.hosts import shown
from tests.ui.office import SMALL, USUAL, WIDE, demo_url, opened, press, write
from tests.ui.test_main_screen import pane_of
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.formats import is_number
from tui_booking.ui.widgets.row_drawing import arrange, width_of

DECIDED_BY = {
    "campaigns": (["Code", "Name", "Status", "End", "Views KPI"], ["Budget"]),
    "creators": (["Name", "Status", "Followers", "ER", "CPM"], ["Score"]),
    "bookings": (["Code", "Creator", "Status", "Deadline", "Late", "Done", "Of"], ["Fee"]),
    "videos": (["Posted", "Title", "Creator", "Views", "ER"], ["CPV", "Status"]),
    "finance": (["Date", "Creator", "Amount", "Status", "Booking"], ["In VND"]),
}


@pytest.mark.parametrize("section", DECIDED_BY)
async def test_the_columns_that_one_decides_by_are_on_the_first_screen(tmp_path: Path, section: str) -> None:
    small, usual = DECIDED_BY[section]
    async with opened(demo_url(tmp_path), tmp_path, section=section, size=SMALL) as pilot:
        table = pane_of(pilot.app).table
        assert table.asked is not None
        listing = table.asked.listing
        for size, labels in ((SMALL, small), (USUAL, small + usual)):
            await pilot.resize_terminal(*size)
            await press(pilot)
            at = arrange(listing, table.shown_columns, {}, width=table.size.width - 1, skipped=0)
            whole = [one.column.label for one in at.placed if one.width >= width_of(one.column, {})]
            assert [label for label in labels if label not in whole] == [], size


@pytest.mark.parametrize("width", range(20, 160, 7))
@pytest.mark.parametrize("name", ["bookings", "payments", "creators", "videos"])
def test_a_number_and_a_day_are_shown_whole_or_not_at_all(name: str, width: int) -> None:
    listing = LISTINGS[name]
    names = [column.name for column in listing.columns if column.shown]
    at = arrange(listing, names, {}, width=width, skipped=0)
    for one in at.placed[2:]:
        if is_number(one.column.kind) or one.column.kind in ("date", "moment"):
            assert one.width == one.column.width
    assert at.placed[-1].start + at.placed[-1].width <= width
    assert at.more_behind == (len(at.placed) < len(names) or at.placed[-1].width < at.placed[-1].column.width)


async def test_words_of_a_status_are_whole_where_there_is_room(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=WIDE, language="vi") as pilot:
        assert "Đang thương lượng" in shown(pilot.app)
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=SMALL) as pilot:
        assert "Negotiating" in shown(pilot.app)


async def test_whom_to_book_again_for_the_price_of_a_thousand_views(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=SMALL) as pilot:
        form = await press(pilot, "f")
        assert "CPM at most" in form
        label = [line for line in form.splitlines() if "CPM at most" in line]
        assert label
        while "CPM" not in str(getattr(pilot.app.focused and pilot.app.focused.parent, "label", "")):
            await press(pilot, "tab")
        await write(pilot, "100000")
        after = await press(pilot, "enter")
        assert "CPM at most: ≤ 100,000" in after
        assert "Trần Quốc Bảo" in after
        assert "Lê Thảo Vy" not in after
        assert pane_of(pilot.app).table.total == 2
    # It is remembered like any filter.
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=SMALL) as pilot:
        assert "≤ 100,000" in shown(pilot.app)
        assert pane_of(pilot.app).table.total == 2
