"""The board's lines: what a card says, which columns are seen, and that any card draws within its size."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.ui.drawings import HOSTILE, is_safe, texts
from tui_booking.services.board import Card
from tui_booking.ui.widgets.board_cards import Lane, draw_board, lanes_that_fit

TODAY = date(2026, 3, 11)


def card(code: str, deadline: date | None = None, currency: str = "VND") -> Card:
    return Card(UUID(int=1), code, "Nguyễn Thị Linh", Decimal(12_500_000), currency, deadline)


def lane(title: str, *cards: Card, cursor: int = 0, top: int = 0) -> Lane:
    return Lane(title, "by deadline", str(len(cards)), len(cards), cursor, top, lambda at: cards[at])


def test_a_card_says_code_creator_fee_and_deadline_and_lateness_has_a_sign() -> None:
    lanes = [
        lane("Negotiating", card("BK-1", date(2026, 3, 8)), card("BK-2", date(2026, 3, 12)), cursor=1),
        lane("Confirmed", card("BK-3", None, "USD")),
    ]
    assert texts(draw_board(lanes, 0, 39, 10, today=TODAY, has_focus=True)) == [
        "▸Negotiating 2     │ Confirmed 1       ",
        " by deadline       │ by deadline       ",
        " BK-1              │ BK-3              ",
        " Nguyễn Thị Linh   │ Nguyễn Thị Linh   ",
        " 12.5M      ! 8 Mar│ 12.5M USD         ",
        "                   │                   ",
        "▸BK-2              │                   ",
        " Nguyễn Thị Linh   │                   ",
        " 12.5M       12 Mar│                   ",
        "                   │                   ",
    ]


def test_fee_and_deadline_find_room_in_the_narrowest_column() -> None:
    drawn = texts(
        draw_board([lane("A", card("BK-1", date(2026, 3, 15), "USD"))], 0, 16, 5, today=TODAY, has_focus=False)
    )
    assert drawn[4] == "12.5M USD 15 Mar"


def test_all_five_columns_are_seen_at_eighty_and_the_current_ones_where_it_is_narrower() -> None:
    assert lanes_that_fit(80, 5, 0) == range(5)
    assert lanes_that_fit(40, 5, 4) == range(3, 5)
    assert lanes_that_fit(10, 5, 2) == range(2, 3)
    drawn = texts(draw_board([lane(name) for name in "ABCDE"], 2, 40, 4, today=TODAY, has_focus=True))
    assert "‹" in drawn[0]
    assert "›" in drawn[0]


def test_cards_that_are_not_read_yet_are_told_apart_from_none() -> None:
    unread = Lane("A", "", "2k+", 3, 0, 0, lambda _at: None)
    drawn = texts(draw_board([unread, lane("B")], 0, 40, 6, today=TODAY, has_focus=False))
    assert drawn[0].startswith("▸A 2k+")
    assert drawn[2].split("│") == [" …" + " " * 17, " " * 19 + " "]


@given(
    code=st.text(max_size=30) | st.just(HOSTILE),
    deadline=st.none() | st.dates(),
    today=st.dates(),
    width=st.integers(0, 130),
    height=st.integers(0, 40),
    current=st.integers(0, 4),
)
def test_any_card_draws_within_its_size_and_safely(
    *, code: str, deadline: date | None, today: date, width: int, height: int, current: int
) -> None:
    one = Card(UUID(int=1), code, code, Decimal(10**15), code[:3], deadline)
    lanes = [lane(code, one, one) for _lane in range(5)]
    drawn = draw_board(lanes, current, width, height, today=today, has_focus=True)
    assert len(drawn) == height
    assert {strip.cell_length for strip in drawn} <= {width}
    assert is_safe(drawn)
