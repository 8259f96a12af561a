"""The small dialogs: what they ask is answered by keys alone, on a small screen, whatever stands in the texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.screen import Screen

from tests.ui.hosts import HOSTILE, Host, is_safe, settle, shown
from tui_booking.services.declarations import Column, Listing, Order
from tui_booking.ui.screens.choose import ChooseColumns, ChooseOption
from tui_booking.ui.screens.confirm import Confirm
from tui_booking.ui.screens.conflict import ConflictScreen, Difference
from tui_booking.ui.screens.text_view import TextView

LISTING = Listing(
    name="campaigns",
    label="Campaigns",
    kind="campaign",
    table="campaign",
    order=Order("code"),
    columns=(
        Column(name="code", label="Code", sql="r.code"),
        Column(name="name", label=HOSTILE, sql="r.name"),
        Column(name="status", label="Status", sql="r.status"),
        Column(name="note", label="Note", sql="r.note", shown=False),
    ),
)
DIFFERENCES = [
    Difference("name", "Name", "mine it is", "theirs it is", "what was"),
    Difference("note", HOSTILE, HOSTILE, "", HOSTILE),
]


async def try_all(new_screen: Callable[[], Screen[Any]], cases: Sequence[tuple[list[str], Any]]) -> None:
    """Show the screen anew on 80×24 for each case, and hold that its keys close it with that answer."""
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        for number, (keys, answered) in enumerate(cases, 1):
            await app.ask(pilot, new_screen())
            assert is_safe(app)
            await pilot.press(*keys)
            await settle(pilot)
            assert len(app.answers) == number, keys
            assert app.answers[-1] == answered, keys


async def test_a_question_is_answered_by_one_or_two_keys() -> None:
    cases: list[tuple[list[str], Any]] = [
        (["y"], True),
        (["n"], False),
        (["escape"], False),
        (["enter"], False),
        (["tab", "enter"], True),
        (["right", "enter"], True),
        (["right", "left", "enter"], False),
    ]
    await try_all(lambda: Confirm(HOSTILE, HOSTILE, yes=HOSTILE, no="[/]"), cases)


async def test_a_question_is_answered_by_the_mouse() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, Confirm("Delete?", "It can be undone."))
        await pilot.click("#yes")
        await settle(pilot)
        assert app.answers == [True]


async def test_a_question_of_many_lines_keeps_its_answers_in_view() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, Confirm("Delete?", "\n".join(f"line {number}" for number in range(100))))
        assert "Yes (y)" in shown(app)
        assert "line 0" in shown(app)


async def test_an_option_is_chosen_from_where_it_stands() -> None:
    options = [("draft", "Draft"), ("running", "Running"), ("paused", HOSTILE), ("other", "[/x]")]
    cases: list[tuple[list[str], Any]] = [
        (["enter"], "running"),
        (["down", "enter"], "paused"),
        (["home", "enter"], "draft"),
        (["end", "enter"], "other"),
        (["escape"], None),
    ]
    await try_all(lambda: ChooseOption(HOSTILE, options, chosen="running"), cases)


async def test_one_of_many_options_is_found_by_typing_without_marks() -> None:
    options = [(number, f"Campaign {number}") for number in range(40)] + [(99, "Đặng Thị Hường")]
    await try_all(lambda: ChooseOption("Campaign", options), [([*"dang huong", "enter"], 99)])


async def test_an_option_that_is_not_there_is_not_taken() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, ChooseOption("Campaign", [(number, f"Campaign {number}") for number in range(40)]))
        await pilot.press(*"zzz", "enter")
        await settle(pilot)
        assert app.answers == []
        assert "Nothing is found." in shown(app)
        await pilot.press("backspace", "backspace", "backspace", "down", "down", "enter")
        await settle(pilot)
        assert app.answers == [2]


async def test_an_option_is_taken_by_a_click() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, ChooseOption("Status", [("a", "First"), ("b", "Second")]))
        await pilot.click("#picks", offset=(3, 1))
        await settle(pilot)
        assert app.answers == ["b"]


async def test_columns_are_shown_hidden_and_moved() -> None:
    cases: list[tuple[list[str], Any]] = [
        (["enter"], ["status", "code"]),
        (["space", "enter"], ["code"]),
        (["greater_than_sign", "enter"], ["code", "status"]),
        (["down", "down", "space", "less_than_sign", "less_than_sign", "enter"], ["name", "status", "code"]),
        (["a", "enter"], ["status", "code", "name", "note"]),
        (["u", "enter"], ["code", "name", "status"]),
        (["ctrl+s"], ["status", "code"]),
        (["escape"], None),
    ]
    await try_all(lambda: ChooseColumns(LISTING, ["status", "code", "gone"]), cases)


async def test_a_list_keeps_one_column() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, ChooseColumns(LISTING, ["code"]))
        await pilot.press("space", "enter")
        await settle(pilot)
        assert app.answers == []
        assert "One column at least is shown." in shown(app)
        await pilot.press("space", "enter")
        await settle(pilot)
        assert app.answers == [["code"]]


async def test_whose_value_stays_is_decided_for_each_field() -> None:
    cases: list[tuple[list[str], Any]] = [
        (["enter"], {"name": "theirs", "note": "theirs"}),
        (["m", "enter"], {"name": "mine", "note": "theirs"}),
        (["down", "space", "ctrl+s"], {"name": "theirs", "note": "mine"}),
        (["M", "up", "t", "f2"], {"name": "theirs", "note": "mine"}),
        (["M", "T", "enter"], {"name": "theirs", "note": "theirs"}),
        (["escape"], None),
    ]
    await try_all(lambda: ConflictScreen(DIFFERENCES), cases)


async def test_a_difference_shows_both_values_and_what_was_before() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, ConflictScreen(DIFFERENCES))
        screen = shown(app)
        assert all(words in screen for words in ("mine it is", "theirs it is", "what was", "(empty)"))
        await pilot.click("DifferenceList", offset=(8, 1))
        await pilot.press("v")
        await settle(pilot)
        assert "── mine" in shown(app)
        await pilot.press("escape", "enter")
        await settle(pilot)
        assert app.answers == [{"name": "mine", "note": "theirs"}]


MARKDOWN = f"""# Brief [/]
Say **why it helps** and *no more*, see [the page](https://example.com/a).

- first item that is long enough to go on in another line of a screen that has eighty columns only
1. numbered
> quoted
---
```
code  **stays**
```
{HOSTILE}"""


async def test_markdown_is_read_without_its_signs_and_obeys_nobody() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, TextView(HOSTILE, MARKDOWN, markdown=True))
        screen = shown(app)
        assert is_safe(app)
        for words in (
            "Brief [/]", "Say why it helps and no more, see the page (https://example.com/a).", "• first item",
            "1. numbered", "│ quoted", "code  **stays**", "[/KOC] [bold]Linh[/] ␛[31m",
        ):  # fmt: skip
            assert words in screen
        await pilot.press("q")
        await settle(pilot)
        assert app.answers == [None]


async def test_a_long_text_is_whole_and_scrolled() -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        text = "\n".join(f"line {number} {'word ' * 20}" for number in range(500))
        await app.ask(pilot, TextView("Text", text))
        assert "line 0 word" in shown(app)
        await pilot.press("end")
        await settle(pilot)
        assert "line 499 word" in shown(app)
        await pilot.press("pageup", "home")
        await settle(pilot)
        assert "line 0 word" in shown(app)
        await pilot.press("y")
        assert app.clipboard == text
