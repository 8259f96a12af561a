"""A bare app around the section Import, and imports that wait in the middle until a test lets them go on."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.app import App, ComposeResult
from textual.message import Message
from textual.pilot import Pilot

from tui_booking.config import Settings
from tui_booking.errors import BookingCenterError
from tui_booking.importing.pipeline import Progress, run_import
from tui_booking.importing.report import Report
from tui_booking.services.desk import Desk
from tui_booking.ui.formats import format_value
from tui_booking.ui.memory import Memory
from tui_booking.ui.panes import import_running
from tui_booking.ui.panes.import_pane import ImportPane
from tui_booking.ui.screens.file_picker import FilePicker
from tui_booking.ui.widgets.given_table import GivenTable
from tui_booking.ui.widgets.import_files import FilesView
from tui_booking.ui.widgets.import_history import HistoryView, RecordsView
from tui_booking.ui.widgets.import_report import ReportView
from tui_booking.ui.widgets.path_input import PathInput

_PATIENCE_SECONDS = 30


class ImportHost(App[None]):
    """The pane alone, over a database of its own; `told` are the messages it posted to whoever is around it."""

    def __init__(self, url: str, path: Path | str, memory: Path) -> None:
        super().__init__()
        self.desk = Desk(Settings(database_url=url, operator="lan", language="en"))
        self.memory = Memory(memory)
        self.memory.set("import.path", str(path))
        self.told: list[Message] = []
        self.said: list[str] = []
        self.lost_for: list[BookingCenterError] = []

    def compose(self) -> ComposeResult:
        yield ImportPane(self.desk, self.memory)

    def on_unmount(self) -> None:
        self.desk.close()

    def notify(self, message: str, **options: Any) -> None:
        self.said.append(message)
        super().notify(message, **options)

    def lost(self, error: BookingCenterError) -> None:
        self.lost_for.append(error)

    def on_import_pane_data_changed(self, event: ImportPane.DataChanged) -> None:
        self.told.append(event)

    def on_import_pane_record_chosen(self, event: ImportPane.RecordChosen) -> None:
        self.told.append(event)

    @property
    def pane(self) -> ImportPane:
        return self.screen_stack[0].query_one(ImportPane)

    @property
    def shown_view(self) -> str:
        return self.pane.view

    @property
    def files(self) -> FilesView:
        return self.pane.query_one(FilesView)

    @property
    def view(self) -> ReportView:
        return self.pane.query_one(ReportView)

    @property
    def report(self) -> Report:
        report = self.view.report
        assert report is not None
        return report

    @property
    def history(self) -> HistoryView:
        return self.pane.query_one(HistoryView)

    @property
    def records(self) -> RecordsView:
        return self.pane.query_one(RecordsView)

    def text_of(self, name: str) -> str:
        """What a line of the pane says, if it is shown."""
        static = self.pane.query_one(f"#{name}")
        return str(static.render()) if static.display else ""

    @property
    def place(self) -> str:
        """The line of the path."""
        return self.text_of("place")


def cells_of(table: GivenTable) -> list[tuple[str, ...]]:
    """What is written in the rows of a table, in all columns."""
    columns = table.listing.columns
    return [
        tuple(format_value(value, column.kind) for value, column in zip(row.values, columns, strict=True))
        for row in table.seen_rows
    ]


async def settle(pilot: Pilot[None]) -> None:
    """Until the keys are dealt with and what they set going is done; a dialog that is open may stay so."""
    await pilot.pause()
    while waited := [worker for worker in pilot.app.workers if not worker.is_finished and worker.group != "dialog"]:
        await pilot.app.workers.wait_for_complete(waited)
        await pilot.pause()
    await pilot.pause()


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after the other, and wait for what each of them does."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Until something holds that another thread brings about."""
    give_up = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < give_up, "it never came about"
        await pilot.pause()


async def pick_folder(pilot: Pilot[None], folder: Path) -> None:
    """Write a path into the picker that is open, and take it."""
    await until(pilot, lambda: isinstance(pilot.app.screen, FilePicker))
    await settle(pilot)
    field = pilot.app.screen.query_one(PathInput)
    field.focus()
    field.value = str(folder)
    await press(pilot, "enter")
    if isinstance(pilot.app.screen, FilePicker):  # the folder was there and is open now
        await press(pilot, "f2")


class Held:
    """An import that stops when it comes to a file, and goes on when it is let."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.let_go = threading.Event()

    async def wait(self) -> None:
        assert await asyncio.to_thread(self.reached.wait, _PATIENCE_SECONDS)


@contextmanager
def held_at(monkeypatch: pytest.MonkeyPatch, file: str, phase: str = "reading") -> Iterator[Held]:
    """Let imports of the pane wait in the middle of that file."""
    held = Held()

    def run_and_wait(store: Any, options: Any, *, progress: Callable[[Progress], None], **others: Any) -> Report:
        def tell(now: Progress) -> None:
            progress(now)
            if (now.file, now.phase) == (file, phase):
                held.reached.set()
                held.let_go.wait(_PATIENCE_SECONDS)

        return run_import(store, options, progress=tell, **others)

    monkeypatch.setattr(import_running, "run_import", run_and_wait)
    try:
        yield held
    finally:
        held.let_go.set()
