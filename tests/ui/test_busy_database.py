"""Keys pressed while another program holds the database: no change is lost, and none is taken for another."""

from __future__ import annotations

import ast
import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.ui.hosts import shown
from tests.ui.office import demo_url, opened, press, settle, write
from tui_booking.models import Payment
from tui_booking.models.choices import PaymentStatus
from tui_booking.services import shown_export
from tui_booking.ui.screens import main
from tui_booking.ui.screens.main import MainScreen

UI = Path(main.__file__).parents[1]


@contextmanager
def held(url: str) -> Iterator[sqlite3.Connection]:
    """Another program in the middle of a change."""
    other = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield other
    finally:
        other.close()


def count(status: PaymentStatus) -> int:
    return Payment.select().where(Payment.status == status).count()


async def to_planned_payments(pilot: Pilot[None]) -> int:
    """To the list of finance, from the first planned payment on; how many are paid."""
    await press(pilot, "6")
    screen = pilot.app.screen
    assert isinstance(screen, MainScreen)
    await screen.show_list("payments", [("status", (PaymentStatus.PLANNED.value,))])
    await settle(pilot)
    return count(PaymentStatus.PAID)


async def test_two_changes_at_once_on_a_busy_database_are_both_written(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path) as pilot:
        paid = await to_planned_payments(pilot)
        with held(url):
            await pilot.press("p", "y", "down", "p", "y")
            assert pilot.app.desk.writing == 2  # type: ignore[attr-defined]
        await settle(pilot)
        assert count(PaymentStatus.PAID) == paid + 2
        await press(pilot, "u", "u")
        assert count(PaymentStatus.PAID) == paid


async def test_what_is_still_being_written_is_not_mistaken_for_what_came_before_it(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path, notifications=True) as pilot:
        paid = await to_planned_payments(pilot)
        await press(pilot, "p", "y")
        with held(url):
            await pilot.press("p", "y", "u")
            assert "still being written" in shown(pilot.app)
            await pilot.press("ctrl+q")
            await pilot.pause()
            assert "Quitting waits until it is there" in shown(pilot.app)
            await pilot.press("escape")
        await settle(pilot)
        assert count(PaymentStatus.PAID) == paid + 2
        await press(pilot, "u")
        assert count(PaymentStatus.PAID) == paid + 1


async def test_a_status_that_is_being_written_is_waited_for(tmp_path: Path) -> None:
    url = demo_url(tmp_path)
    async with opened(url, tmp_path) as pilot:
        await to_planned_payments(pilot)
        await press(pilot, "s", "end")
        before = count(PaymentStatus.CANCELED)
        with held(url):
            await pilot.press("enter", "escape")
            assert "Saving" in shown(pilot.app)
        await settle(pilot)
        assert "Status of" not in shown(pilot.app)
        assert count(PaymentStatus.CANCELED) == 1 + before
        await press(pilot, "u")
        assert count(PaymentStatus.CANCELED) == before


async def test_quitting_asks_where_something_that_was_written_would_be_lost(tmp_path: Path) -> None:
    async with opened(demo_url(tmp_path), tmp_path, section="creators") as pilot:
        await press(pilot, "n", "x")
        assert "Quit without saving?" in await press(pilot, "ctrl+q")
        assert "Quit without saving?" not in await press(pilot, "ctrl+q", "n")
        assert pilot.app.is_running
        await press(pilot, "escape", "y", "ctrl+q")
        assert pilot.app.return_code == 0


async def test_an_export_goes_on_while_one_looks_for_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, write_shown = threading.Event(), shown_export.write_shown

    def write_late(*given: Any, **named: Any) -> Any:
        may_go_on.wait()
        return write_shown(*given, **named)

    monkeypatch.setattr(shown_export, "write_shown", write_late)
    path = tmp_path / "creators.csv"
    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        await press(pilot, "x", "ctrl+u")
        await write(pilot, str(path))
        await pilot.press("enter")
        await pilot.press("f")
        may_go_on.set()
        await press(pilot, "escape")
        assert "rows written" in shown(pilot.app)
        assert path.exists()


async def test_an_export_says_how_far_it_is_and_is_stopped_by_the_key_that_started_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    under_way, may_go_on = asyncio.Event(), threading.Event()
    loop, write_shown = asyncio.get_running_loop(), shown_export.write_shown

    def write_slowly(*given: Any, told: Callable[[int], None], **named: Any) -> Any:
        def told_and_wait(written: int) -> None:
            told(written)
            loop.call_soon_threadsafe(under_way.set)
            may_go_on.wait()
            told(written)

        return write_shown(*given, told=told_and_wait, **named)

    monkeypatch.setattr(shown_export, "write_shown", write_slowly)
    path = tmp_path / "creators.csv"
    async with opened(demo_url(tmp_path), tmp_path, section="creators", notifications=True) as pilot:
        await press(pilot, "x", "ctrl+u")
        await write(pilot, str(path))
        await pilot.press("enter")
        await under_way.wait()
        screen = pilot.app.screen
        assert isinstance(screen, MainScreen)
        assert screen.export_progress() == "Exporting 6 of 6"
        await pilot.press("ctrl+q")
        await pilot.pause()
        assert "An export is running" in shown(pilot.app)
        await pilot.press("n", "x")
        await pilot.pause()
        assert "Where it is stopped, no file is left." in shown(pilot.app)
        await pilot.press("y")
        may_go_on.set()
        await settle(pilot)
        assert "The export was stopped" in shown(pilot.app)
        assert screen.export_progress() == ""
        assert list(tmp_path.glob("creators*")) == []


def test_no_worker_that_writes_can_be_ended_by_a_newer_one() -> None:
    """Textual ends the older one of a group that is exclusive, whatever it is at."""
    ending = []
    for file in sorted(UI.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AsyncFunctionDef):
                marks = " ".join(ast.unparse(mark) for mark in node.decorator_list)
                text = ast.unparse(node)
                if "exclusive=True" in marks and any(call in text for call in (".write(", ".change(", ".dialog(")):
                    ending.append(f"{file.name}: {node.name}")
    assert ending == []
