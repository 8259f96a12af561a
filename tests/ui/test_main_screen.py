"""The screen: sections and their places, search, order, filters, marks, the detail, the palette, help, jumps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.widgets import OptionList

from tests.ui.hosts import HOSTILE, is_safe, shown
from tests.ui.office import SMALL, TODAY, USUAL, WIDE, demo_url, opened, press, settle, write
from tui_booking.config import Settings
from tui_booking.models import Booking, Campaign, Creator, CreatorTag, CreatorTagMap, Payment
from tui_booking.ui.app import BookingApp
from tui_booking.ui.commands import COMMANDS
from tui_booking.ui.memory import Memory
from tui_booking.ui.panes.table_pane import TablePane
from tui_booking.ui.screens.main import MainScreen
from tui_booking.ui.sections import TABLES


def pane_of(app: App[Any]) -> TablePane:
    return app.screen_stack[0].query_one(TablePane)


@pytest.mark.parametrize("size", [SMALL, USUAL, WIDE])
@pytest.mark.parametrize("section", [section.name for section in TABLES])
async def test_every_section_with_a_table_opens_with_its_records_and_a_detail(
    tmp_path: Path, section: str, size: tuple[int, int]
) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section=section, size=size) as pilot:
        table = pane_of(pilot.app).table
        assert table.total
        assert table.asked is not None
        assert f"{table.cursor_number} of {table.total}" in shown(pilot.app)
        after = await press(pilot, "enter")
        assert pane_of(pilot.app).detail.head.title_text[:10] in after
        assert pane_of(pilot.app).detail.display
        for line in after.splitlines():
            assert len(line) <= size[0]


async def test_numbers_go_to_sections_and_each_remembers_where_one_was(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        await press(pilot, "down", "down", "down")
        record = pane_of(pilot.app).table.cursor_id
        assert "Creators" in await press(pilot, "3")
        await press(pilot, "slash")
        await write(pilot, "do ngoc")
        await press(pilot, "enter", "4")
        assert pane_of(pilot.app).table.cursor_id == record
        assert "Đỗ Ngọc Diệp" in await press(pilot, "3")
        assert pane_of(pilot.app).table.total == 1


async def test_a_list_of_the_dashboard_is_found_whole_in_its_section(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="dashboard") as pilot:
        after = await press(pilot, "l")
        assert "Late" in after
        asked = pane_of(pilot.app).asked
        assert asked is not None
        assert (asked.listing.name, asked.filters) == ("bookings", (("late", True),))
        after = await press(pilot, "1", "right", "l")
        assert "To pay within 7 days" in after
        asked = pane_of(pilot.app).asked
        assert asked is not None
        assert (asked.listing.name, asked.filters) == ("payments", (("to_pay", True),))


async def test_a_search_finds_while_one_types_without_marks_and_case(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        everyone = pane_of(pilot.app).table.total
        await press(pilot, "slash")
        assert "Lê Thảo Vy" in await write(pilot, "THAO")
        assert pane_of(pilot.app).table.total == 1
        after = await write(pilot, "xx")
        assert "Nothing matches" in after
        await press(pilot, "escape")
        assert pane_of(pilot.app).table.total == everyone


async def test_letters_in_the_search_are_letters(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        await press(pilot, "slash")
        await write(pilot, "3nqx")
        assert len(pilot.app.screen_stack) == 1
        asked = pane_of(pilot.app).asked
        assert asked is not None
        assert asked.search == "3nqx"


async def test_ordering_by_a_column_and_again_reverses(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        table = pane_of(pilot.app).table
        await press(pilot, "o")
        down = table.cursor_row
        await press(pilot, "home", "o")
        up = table.cursor_row
        assert down is not None
        assert up is not None
        assert down.id != up.id


@pytest.mark.parametrize("size", [SMALL, WIDE])
async def test_a_step_back_from_a_record_leads_to_the_dashboard_it_was_opened_from(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="dashboard", size=size) as pilot:
        main = pilot.app.screen_stack[0]
        assert isinstance(main, MainScreen)
        for keys in (("enter",), ("l",), ("right", "l", "enter", "escape")):
            await press(pilot, *keys)
            assert main.section in {"bookings", "finance"}
            await press(pilot, "escape")
            assert main.section == "dashboard", keys
        # Who has gone elsewhere since does not want to be there again.
        await press(pilot, "enter", "3", "escape", "escape")
        assert main.section == "creators"
        # At a record that is opened on a small screen the keys are those of its detail.
        await press(pilot, "1", "enter")
        assert main.place == ("detail" if size == SMALL else "table")


async def test_an_order_is_looked_at_from_its_top(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        await press(pilot, "end", "o")
        assert pane_of(pilot.app).table.cursor_number == 1


async def test_finance_opens_at_what_is_to_be_paid_next(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path, section="creators") as pilot:
        booking = Payment.select().where(Payment.status == "pending").get()
        rows = [
            {"booking": booking.booking, "campaign": booking.campaign, "creator": booking.creator, "status": "planned",
             "amount": 1_000_000, "amount_vnd": 1_000_000, "payment_date": TODAY + timedelta(days=days)}
            for days in range(3, 90)
        ]  # fmt: skip
        made = [Payment.create(**row) for row in rows]
        due = min((one for one in Payment.select().where(Payment.status.in_(("planned", "pending")))
                   if one.payment_date >= TODAY), key=lambda one: (one.payment_date, one.id))  # fmt: skip
        await press(pilot, "6")
        assert pane_of(pilot.app).table.cursor_id == due.id != made[-1].id
        await press(pilot, "home", "5", "6")
        assert pane_of(pilot.app).table.cursor_id == made[-1].id  # once one was there, it is where one left it


async def test_payments_are_marked_as_paid_once_their_sum_was_seen(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="finance") as pilot:
        pane = pane_of(pilot.app)
        query = pane.asked
        assert query is not None
        pane.narrow(replace(query, filters=(("status", ("planned",)),)))
        await settle(pilot)
        planned = list(Payment.select().where(Payment.status == "planned", Payment.deleted_at.is_null()))
        assert len(planned) > 1
        asked = await press(pilot, *["space"] * len(planned), "p")
        assert f"Mark {len(planned)} payments as paid?" in asked
        assert f"{sum(int(one.amount) for one in planned):,} ₫, paid today, 25/11/2026" in asked
        await press(pilot, "n")
        assert Payment.select().where(Payment.status == "planned", Payment.deleted_at.is_null()).count() == len(planned)
        await press(pilot, "p", "y")
        assert Payment.select().where(Payment.status == "planned", Payment.deleted_at.is_null()).count() == 0


async def test_keys_of_a_table_mean_the_one_in_the_detail_where_it_has_the_focus(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=WIDE) as pilot:
        pane = pane_of(pilot.app)
        await press(pilot, "enter", "]", "tab")
        children = pane.at
        assert children is not pane.table
        order = pane.asked
        before = children.shown_columns
        await press(pilot, "o")
        assert children.asked is not None
        assert children.asked.order is not None
        assert pane.asked == order
        assert "Columns of Deliverables" in await press(pilot, "c")
        await press(pilot, "escape")
        assert "row" in await press(pilot, "x")
        assert f"{children.total} row" in shown(pilot.app)
        await press(pilot, "escape", "escape", "down")
        assert pane.detail.children_shown is children
        assert children.asked.order is not None
        assert children.shown_columns == before


async def test_a_table_of_the_detail_is_searched_and_filtered_by_itself(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns", size=WIDE) as pilot:
        pane = pane_of(pilot.app)
        await press(pilot, "enter")
        while pane.detail.tab is None or pane.detail.tab.name != "bookings":
            await press(pilot, "]")
        await press(pilot, "tab")
        children, asked = pane.at, pane.asked
        assert children is not pane.table
        before = children.total
        assert before is not None
        assert before > 1
        first = children.cursor_row
        assert first is not None
        await press(pilot, "slash")
        await write(pilot, str(first.values[0]))
        assert children.total == 1
        assert pane.asked == asked
        await press(pilot, "enter", "r")
        assert children.total == 1
        await press(pilot, "escape")
        assert children.total == before
        assert pane.detail.display
        assert "Filter: Bookings" in await press(pilot, "f")
        await press(pilot, "escape", "h")
        assert "with deleted" in shown(pilot.app)
        assert pane.asked == asked
        await press(pilot, "F", "escape")
        assert "with deleted" not in shown(pilot.app)
        assert "Campaigns" in shown(pilot.app)


async def test_marked_rows_are_copied_together(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        names = [pane_of(pilot.app).table.row_at(at) for at in (0, 2)]
        await press(pilot, "space", "down", "space", "end", "Y")
        copied = [line.split("\t")[0] for line in pilot.app.clipboard.splitlines()]
        assert copied == [row.values[0] for row in names if row is not None]
        await press(pilot, "M", "home", "Y")
        assert pilot.app.clipboard.split("\t")[0] == copied[0]
        assert "\n" not in pilot.app.clipboard


async def test_a_record_that_is_gone_to_is_shown_under_its_first_tab(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=WIDE) as pilot:
        pane = pane_of(pilot.app)
        await press(pilot, "enter", "]", "down")
        assert "[Deliverables]" in shown(pilot.app)  # one goes through a list under the same tab
        other = Booking.select().where(Booking.id != pane.table.cursor_id).get()
        await press(pilot, "ctrl+p")
        await write(pilot, other.code)
        await press(pilot, "enter")
        assert pane.table.cursor_id == other.id
        assert "[Overview]" in shown(pilot.app)
        # Also where it is the one that is shown.
        assert "[Deliverables]" in await press(pilot, "]")
        await press(pilot, "ctrl+p")
        await write(pilot, other.code)
        assert "[Overview]" in await press(pilot, "enter")


async def test_a_user_is_found_and_met_in_the_campaigns_they_answer_for(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=WIDE) as pilot:
        owned = Campaign.select().where(Campaign.owner.is_null(False)).get()
        assert owned.owner is not None
        await press(pilot, "ctrl+p")
        assert owned.owner.username in await write(pilot, owned.owner.username)
        offered = pilot.app.screen.query_one(OptionList)
        offered.highlighted = next(at for at, one in enumerate(offered.options) if "User " in str(one.prompt))
        await press(pilot, "enter")
        assert "Owner:" in shown(pilot.app)


async def test_what_waits_to_be_paid_of_a_booking_is_paid_and_not_a_second_time(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        waiting = Payment.select().where(Payment.status == "pending", Payment.deleted_at.is_null()).get()
        payments = Payment.select().count()
        bookings = next(section for section in TABLES if section.name == "bookings")
        await pane_of(pilot.app).open_record(bookings, "bookings", waiting.booking_id)
        await settle(pilot)
        asked = await press(pilot, "p")
        assert f"{int(waiting.amount):,} ₫, paid today" in asked
        await press(pilot, "y")
        assert Payment.get_by_id(waiting.id).status == "paid"
        assert Payment.select().count() == payments


async def test_a_deleted_record_has_a_sign_and_not_a_colour_alone(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="finance") as pilot:
        await press(pilot, "d")
        lines = (await press(pilot, "h", "end")).splitlines()
        assert sum("×" in line[:40] for line in lines) == 1


async def test_what_a_list_is_narrowed_by_is_remembered_and_dropped_by_one_key(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path, section="bookings") as pilot:
        pane = pane_of(pilot.app)
        assert pane.asked is not None
        pane.show_list(pane.section, "bookings", [("status", ("completed",))])  # type: ignore[arg-type]
        narrowed = await press(pilot, "r")
        assert "Status: Completed" in narrowed
        count = pane.table.total
    async with opened(url, tmp_path, section="bookings") as pilot:
        assert pane_of(pilot.app).table.total == count
        assert "Status: Completed" in shown(pilot.app)
        assert "Status: Completed" not in await press(pilot, "F")
        assert (pane_of(pilot.app).table.total or 0) > (count or 0)


def state_of(pane: TablePane) -> tuple[bool, int, str]:
    """Whether the detail is open, how many rows are marked, and what is searched for."""
    assert pane.asked is not None
    return bool(pane.detail.display), len(pane.table.marked), pane.asked.search


async def test_escape_goes_one_step_back_always(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        pane = pane_of(pilot.app)
        await press(pilot, "slash")
        await write(pilot, "a")
        await press(pilot, "enter", "space", "enter")
        assert state_of(pane) == (True, 1, "a")
        await press(pilot, "escape")
        assert state_of(pane) == (False, 1, "a")
        await press(pilot, "escape")
        assert state_of(pane) == (False, 0, "a")
        await press(pilot, "escape")
        assert state_of(pane) == (False, 0, "")
        await press(pilot, "escape", "escape")
        assert pane.table.has_focus


async def test_the_palette_finds_actions_and_records(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns") as pilot:
        await press(pilot, "colon")
        assert "Lê Thảo Vy" in await write(pilot, "thao vy")
        await press(pilot, "enter")
        row = pane_of(pilot.app).table.cursor_row
        assert row is not None
        assert "Lê Thảo Vy" in row.values, row
        await press(pilot, "ctrl+p")
        await write(pilot, "financ")
        assert "Payment" in await press(pilot, "enter")
        assert pane_of(pilot.app).section is not None
        assert pane_of(pilot.app).section.name == "finance"  # type: ignore[union-attr]


async def test_the_help_names_every_key_of_the_place(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=(120, 70)) as pilot:
        helped = await press(pilot, "question_mark")
        # Here too, as the first line of a small screen has no room for it.
        assert "│ lan ·" in helped
        for command in COMMANDS:
            if command.place in ("table", "everywhere") and command.means_something_in("bookings"):
                assert command.label in helped
        assert "Cash calendar" not in helped
        await press(pilot, "escape", "f1")
        assert len(pilot.app.screen_stack) == 2


async def test_a_letter_jumps_to_a_pane(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings", size=WIDE) as pilot:
        await press(pilot, "enter", "j")
        assert len(pilot.app.screen_stack) == 2
        await press(pilot, "s")
        assert pane_of(pilot.app).detail.has_focus_within
        await press(pilot, "j", "a")
        assert pane_of(pilot.app).table.has_focus


async def test_the_rail_hides_on_narrow_screens_and_by_its_key(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        assert "7 Rules & templates" in shown(pilot.app)
        assert "7 Rules & templates" not in await press(pilot, "f6")
        assert "7 Rules & templates" in await press(pilot, "f6")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        assert "7 Rules & templates" not in shown(pilot.app)


async def test_a_resize_loses_nothing(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="bookings") as pilot:
        await press(pilot, "down", "space", "enter")
        table = pane_of(pilot.app).table
        before = table.cursor_id, table.marked
        for size in (SMALL, (250, 70), USUAL):
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert (table.cursor_id, table.marked) == before
        assert pane_of(pilot.app).detail.display


async def test_themes_change_by_a_key_and_are_remembered(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path, section="bookings") as pilot:
        before = pilot.app.theme
        await press(pilot, "f9")
        after = pilot.app.theme
        assert after != before
    async with opened(url, tmp_path, section="bookings") as pilot:
        assert pilot.app.theme == after


async def test_hostile_texts_are_shown_and_never_obeyed(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators", size=WIDE) as pilot:
        creator = Creator.create(creator_key="hostile", name=HOSTILE, niche=HOSTILE, location=HOSTILE)
        await press(pilot, "r", "slash")
        await write(pilot, "linh")
        found = await press(pilot, "enter", "enter")
        assert pane_of(pilot.app).table.cursor_id == creator.id
        assert "[/KOC] [bold]Linh[/]" in found
        assert is_safe(pilot.app)
        await press(pilot, "y", "Y", "colon")
        await write(pilot, "linh")
        assert is_safe(pilot.app)


@pytest.mark.parametrize("key", ["slash", "ctrl+p"])
async def test_what_is_pasted_into_a_search_is_not_obeyed(tmp_path: Path, key: str) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        await press(pilot, key)
        pilot.app.post_message(events.Paste(HOSTILE))
        await settle(pilot)
        assert "KOC" in shown(pilot.app)
        assert is_safe(pilot.app)


async def test_an_empty_database_says_what_to_do_first(tmp_path: Path, database_url: str) -> None:
    for section in TABLES:
        async with opened(database_url, tmp_path, section=section.name) as pilot:
            assert section.empty[:20] in shown(pilot.app)
            assert "tui-booking seed fills" in shown(pilot.app)


async def test_the_next_list_of_a_section_comes_by_a_key(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="campaigns") as pilot:
        assert "Brands" in await press(pilot, "v")
        assert "Products" in await press(pilot, "v")
        assert "Campaigns" in await press(pilot, "v")


async def test_a_persons_own_keys_are_used_and_shown(tmp_path: Path) -> None:
    settings = Settings(database_url=demo_url(tmp_path), operator="lan", language="en", keys={"table.new": "ctrl+n"})
    memory = Memory(tmp_path / "screen.json")
    memory.set("section", "creators")
    app = BookingApp(settings, today=TODAY, memory=memory)
    async with app.run_test(size=USUAL) as pilot:
        await settle(pilot)
        assert "^N New" in shown(app)
        await press(pilot, "n")
        assert len(app.screen_stack) == 1
        assert "Creator: new" in await press(pilot, "ctrl+n")


async def test_what_is_late_is_late_on_the_day_of_the_app(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    late: list[int | None] = []
    for day in (TODAY, date(2027, 6, 1)):
        memory = Memory(tmp_path / f"{day}.json")
        memory.set("section", "bookings")
        app = BookingApp(Settings(database_url=url, operator="lan", language="en"), today=day, memory=memory)
        async with app.run_test(size=USUAL) as pilot:
            await settle(pilot)
            pane = pane_of(app)
            assert pane.section is not None
            pane.show_list(pane.section, "bookings", [("late", True)])
            await settle(pilot)
            late.append(pane.table.total)
    assert late[0] != late[1]


async def test_a_tag_is_given_to_marked_creators_and_taken_off_again(tmp_path: Path) -> None:
    def tagged() -> int:
        return CreatorTagMap.select().where(CreatorTagMap.tag == tag, CreatorTagMap.deleted_at.is_null()).count()

    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        tag = CreatorTag.create(name="da dầu")
        await press(pilot, "space", "space", "t")
        await write(pilot, "da dau")
        await press(pilot, "enter")
        assert tagged() == 2
        await press(pilot, "home", "T")
        assert "Which tag is taken off?" in shown(pilot.app)
        await write(pilot, "da dau")
        await press(pilot, "enter")
        assert tagged() == 1
        await press(pilot, "u")
        assert tagged() == 2
        await press(pilot, "end", "T")
        await write(pilot, "da dau")
        assert "None of them has this tag." in await press(pilot, "enter")
