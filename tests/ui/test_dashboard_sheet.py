"""The dashboard's sheet: what stands where at each width, what is late, and that anything at all draws safely."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.drawings import HOSTILE, is_safe, texts
from tui_booking.models.choices import BookingStatus
from tui_booking.services.dashboard_facts import CampaignSpend, DailyViews, Dashboard, Figures, Task, TaskList, TaskName
from tui_booking.ui.widgets.dashboard_sheet import draw_sheet, tiles
from tui_booking.ui.widgets.drawing import NO_INK

TODAY = date(2026, 3, 11)
M = Decimal(1_000_000)
FIGURES = Figures(
    running_campaigns=2,
    open_bookings=9,
    committed=120 * M,
    paid=45 * M,
    due=75 * M,
    views=1_400_000,
    orders=None,
    revenue=250 * M,
    roas=2.083,
)


def tasks(name: TaskName, count: int, *, known: int | None = None, start: date = TODAY, step: int = 1) -> TaskList:
    found = tuple(
        Task(
            kind="payment" if name == "payments" else "booking",
            id=UUID(int=number + 1),
            title=f"{name}-{number}",
            about=f"Creator {number}",
            day=start + timedelta(days=number * step),
            amount=12 * M if name == "payments" else None,
        )
        for number in range(count if known is None else known)
    )
    return TaskList(name=name, tasks=found, count=count)


def facts(*lists: TaskList, **others: object) -> Dashboard:
    values: dict[str, object] = {
        "is_empty": False,
        "figures": FIGURES,
        "views": DailyViews({TODAY - timedelta(days=29 - day): day * 1_000 for day in range(30)}),
        "spend": (
            CampaignSpend(id=UUID(int=9), code="TET", name="Tết", planned=50 * M, committed=60 * M, paid=20 * M),
        ),
        "bookings": ((BookingStatus.CONFIRMED, 4), (BookingStatus.COMPLETED, 12)),
        "due_by_day": ((TODAY - timedelta(days=40), 5 * M), (TODAY + timedelta(days=2), 12 * M)),
        "tasks": lists,
    } | others
    return Dashboard(**values)  # type: ignore[arg-type]


def test_tiles_say_what_is_known_and_a_dash_for_what_is_not() -> None:
    assert [" ".join(line.split()) for line in texts(tiles(FIGURES, 80))] == [
        "Running Open bookings Committed Paid Unpaid",
        "2 9 120M 45M 75M",
        "Views Orders Revenue ROAS",
        "1.4M – 250M 2.08×",
    ]
    assert len(tiles(FIGURES, 150)) == 2


def test_what_is_late_and_what_to_pay_stand_first_on_a_small_screen() -> None:
    late = tasks("overdue", 2, start=TODAY - timedelta(days=4))
    due = tasks("payments", 2, start=date(2026, 3, 13))
    upcoming = tasks("upcoming", 1, start=TODAY)
    sheet = draw_sheet(facts(upcoming, due, late), 78, TODAY, few=4)
    lines = [line.rstrip() for line in texts(sheet.lines)][5:16]
    assert lines == [
        "Overdue deadlines  2",
        "  ! 4 days late   Creator 0                           overdue-0",
        "  ! 3 days late   Creator 1                           overdue-1",
        "",
        "Payments due  2",
        "    Fri 13 Mar    Creator 0                   payments-0                   12M",
        "    Sat 14 Mar    Creator 1                   payments-1                   12M",
        "",
        "Deadlines of the next 7 days  1",
        "    today         Creator 0                           upcoming-0",
        "",
    ]


def test_a_long_list_says_how_much_of_it_is_shown_and_is_opened_whole() -> None:
    long = replace(tasks("overdue", 90, known=50, start=TODAY - timedelta(days=99)), recent=3)
    few = draw_sheet(facts(long), 78, TODAY, few=4)
    assert any(line.rstrip() == "Overdue deadlines  4 of 90 · 3 in the last 7 days" for line in texts(few.lines))
    assert len(few.spots) == 4
    whole = draw_sheet(facts(long), 78, TODAY, few=4, opened="overdue")
    assert any(line.startswith("Overdue deadlines  50 of 90") for line in texts(whole.lines))
    assert len(whole.spots) == 50


def test_charts_stand_beside_the_lists_where_there_is_room_and_below_them_where_not() -> None:
    late = tasks("overdue", 2)
    for width in (93, 140):
        wide = draw_sheet(facts(late), width, TODAY, few=4)
        beside = next(line for line in texts(wide.lines) if "Overdue" in line)
        assert "Payments due by week" in beside
        assert any(line.endswith("▲ 120%  60M / 50M") for line in texts(wide.lines))
    narrow = draw_sheet(facts(late), 78, TODAY, few=4)
    lines = texts(narrow.lines)
    below = [next(n for n, line in enumerate(lines) if word in line) for word in ("Overdue", "Payments due by week")]
    assert below == sorted(below)


def test_every_chart_has_its_caption_and_what_is_out_of_sight_is_told() -> None:
    lines = "\n".join(texts(draw_sheet(facts(), 78, TODAY, few=4).lines))
    for caption in (
        "Payments due by week, VND  before: 5M",
        "Views by day",
        "Spend against budget",
        "Bookings by status",
    ):
        assert caption in lines
    assert "▲ 120%  60M / 50M" in lines
    many = tuple(
        CampaignSpend(id=UUID(int=n), code=f"C{n}", name="", planned=M, committed=M, paid=M) for n in range(20)
    )
    assert "the 20 largest budgets" in "\n".join(texts(draw_sheet(facts(spend=many), 78, TODAY, few=4).lines))


def test_the_chosen_task_is_marked_without_colour() -> None:
    sheet = draw_sheet(facts(tasks("overdue", 2)), 140, TODAY, few=4)
    spot = sheet.spots[1]
    assert sheet.line(spot.line, TODAY, NO_INK, spot).text.startswith("▸ ")
    assert sheet.line(spot.line, TODAY, NO_INK, None).text.startswith("  ")
    assert sheet.line(spot.line, TODAY, NO_INK, spot).cell_length == 140


@given(
    width=st.integers(0, 170),
    title=st.text(max_size=40) | st.just(HOSTILE),
    day=st.none() | st.dates(),
    today=st.dates(),
    amount=st.none() | st.decimals(-(10**18), 10**18, places=0),
    views=st.lists(st.none() | st.integers(0, 10**14), max_size=9),
)
def test_any_facts_draw_within_their_width_and_safely(
    *, width: int, title: str, day: date | None, today: date, amount: Decimal | None, views: list[int | None]
) -> None:
    names: list[TaskName] = ["overdue", "payments", "upcoming", "unmeasured", "alerts", "placeholders"]
    lists = [
        TaskList(
            name=name,
            tasks=(Task(kind="booking", id=UUID(int=1), title=title, about=title, day=day, amount=amount),),
            count=1,
        )
        for name in names
    ]
    spend = (CampaignSpend(id=UUID(int=1), code=title, name=title, planned=amount, committed=amount, paid=None),)
    start = date(2026, 1, 1)
    by_day = DailyViews({start + timedelta(days=n): value for n, value in enumerate(views)})
    due = ((day, amount),) if day is not None and amount is not None else ()
    sheet = draw_sheet(facts(*lists, spend=spend, views=by_day, due_by_day=due), width, today, few=4, opened="alerts")
    assert {strip.cell_length for strip in sheet.lines} == {width}
    assert is_safe(sheet.lines)
    for spot in sheet.spots:
        assert sheet.line(spot.line, today, NO_INK, spot).cell_length == width
