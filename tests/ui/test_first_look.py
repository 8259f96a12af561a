"""What somebody finds who has read nothing but the screen: the questions of a day, each with a few keys."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.strip import Strip

from tests.ui.hosts import shown
from tests.ui.office import SMALL, USUAL, WIDE, demo_url, opened, press, write
from tests.ui.test_main_screen import pane_of
from tui_booking.language import Language
from tui_booking.services.declarations import Query
from tui_booking.services.listings import LISTINGS
from tui_booking.ui.formats import is_number
from tui_booking.ui.widgets.row_drawing import arrange, width_of
from tui_booking.ui.widgets.status_line import whole_sums

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
        await write(pilot, "50000")
        after = await press(pilot, "enter")
        assert "CPM at most: ≤ 50,000" in after
        assert "Trần Quốc Bảo" in after
        assert "Lê Thảo Vy" not in after
        assert pane_of(pilot.app).table.total == 1
    # It is remembered like any filter.
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=SMALL) as pilot:
        assert "≤ 50,000" in shown(pilot.app)
        assert pane_of(pilot.app).table.total == 1


async def test_what_last_nights_import_changed_is_two_keys_away(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=SMALL) as pilot:
        after = await press(pilot, "8", "l")
        assert "15 of 15 files went in" in after
        assert "brands.csv" in after
        # The moment is the machine's, whatever day the app keeps.
        assert re.search(r"\d\d/\d\d/\d{4} \d\d:\d\d", after)
        assert "Mây Lụa" in await press(pilot, "v")


async def test_an_import_before_the_first_has_no_report(tmp_path: Path, database_url: str) -> None:
    async with opened(database_url, tmp_path, section="import", size=SMALL) as pilot:
        assert "Nothing was imported yet." in await press(pilot, "l")


@pytest.mark.parametrize("language", ["en", "vi"])
async def test_the_sections_are_named_where_there_is_no_rail(tmp_path: Path, language: Language) -> None:
    names = {"en": ("Finance", "Import", "Creators"), "vi": ("Tài chính", "Nhập tệp", "KOC")}[language]
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=SMALL, language=language) as pilot:
        first = shown(pilot.app).splitlines()[0]
        assert [f"{key}{name}" in first for key, name in zip("683", names, strict=True)] == [True] * 3
        await pilot.click("#top-line", offset=(first.index(names[0]) + 1, 0))
        await press(pilot)
        assert "DEMO-BK-08" in shown(pilot.app)
        assert pane_of(pilot.app).table.asked == Query(listing=LISTINGS["payments"])
        await pilot.resize_terminal(*USUAL)
        assert "Booking Center" in (await press(pilot)).splitlines()[0]
        assert "Booking Center" not in (await press(pilot, "f6")).splitlines()[0]


async def test_the_lists_of_a_section_are_named_and_reached(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="rules", size=SMALL) as pilot:
        line = shown(pilot.app).splitlines()[1]
        assert "Rules   Templates (v)" in line
        assert "Templates   Rules (v)" in await press(pilot, "v")
        await pilot.click("#filter-bar Chips", offset=(15, 0))
        assert "Rules   Templates (v)" in await press(pilot)
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns", size=SMALL) as pilot:
        assert "Campaigns   Brands (v)  Products" in shown(pilot.app)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("size", [SMALL, USUAL])
async def test_the_sums_of_payments_are_whole_and_say_what_is_to_be_paid(
    tmp_path: Path, size: tuple[int, int], language: Language
) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="finance", size=size, language=language) as pilot:
        line = shown(pilot.app).splitlines()[-2].rstrip()
        assert ("97,000,000 ₫" if language == "en" else "97.000.000 ₫") in line
        assert "canceled" not in line
        if size == USUAL:
            assert line.endswith(("USD", "₫"))


def test_sums_that_do_not_fit_are_left_out_whole() -> None:
    sums = ["To pay 97 ₫", "Paid 5 ₫"]
    assert whole_sums(sums, 30) == "To pay 97 ₫  Paid 5 ₫"
    assert whole_sums(sums, 20) == "To pay 97 ₫  …"
    assert whole_sums(sums, 8) == "…"
    assert whole_sums(sums, 0) == ""
    assert whole_sums([], 5) == ""


async def test_the_detail_tells_what_is_known_and_nothing_to_pass_over(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=WIDE) as pilot:
        sheet = await press(pilot, "enter")
        assert "Đỗ Ngọc Diệp" in sheet
        for noise in ("To complete", "Active  "):
            assert noise not in sheet.replace("● Active", "")


async def test_each_empty_list_says_what_to_do_and_not_of_what_another_is_empty(
    tmp_path: Path, database_url: str
) -> None:
    async with opened(database_url, tmp_path, section="campaigns", size=SMALL) as pilot:
        assert "No campaigns yet. Press n for a new one, or 8 to import files." in shown(pilot.app)
        brands = await press(pilot, "v")
        assert "No campaigns yet" not in brands
        assert "Nothing here yet: n makes one." in brands


async def test_a_report_with_bad_rows_says_how_they_are_mended(tmp_path: Path, database_url: str) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "brands.csv").write_text("code,name\nSUN,Nắng\n,Không mã\n", encoding="utf-8")
    async with opened(database_url, tmp_path, section="import", size=SMALL) as pilot:
        await press(pilot, "p")
        await press(pilot, *["backspace"] * 40)
        await write(pilot, str(inbox))
        await press(pilot, "enter")
        assert "b saves the bad rows, to be mended" in await press(pilot, "d")
        assert "b saves the bad rows" not in await press(pilot, "i", "enter", "h", "enter")


async def test_bars_in_the_detail_follow_the_theme(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=WIDE) as pilot:
        await press(pilot, "enter")
        body = pane_of(pilot.app).detail.body

        def drawn() -> list[Strip]:
            return [line for line in body.lines if isinstance(line, Strip)]

        before = drawn()
        assert before
        await press(pilot, "f9")
        assert [line.text for line in drawn()] == [line.text for line in before]
        assert drawn() != before


async def test_saving_while_a_list_is_open_says_that_one_is_to_be_chosen(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        await press(pilot, "n")
        await write(pilot, "BK-NEW")
        await press(pilot, "tab")
        # Several campaigns are called so.
        assert "DEMO-BEP-GON-GANG" in await write(pilot, "demo")
        after = await press(pilot, "ctrl+s")
        assert "Booking: new" in after
        assert "Choose one of the list." in after
