"""Mistakes of the program in what it does beside the keys: written down and told, and the app goes on."""

from __future__ import annotations

import logging

from textual.app import App
from textual.worker import Worker, WorkerState

from tui_booking.language import _
from tui_booking.logs import write_crash
from tui_booking.ui.widgets.plainly import plain

_log = logging.getLogger(__name__)


class Mistakes(App[None]):
    """What a worker did not expect ends that work alone: a form that is open keeps what was typed into it.

    Textual would say nothing of a worker that does not end the app, or end it.
    """

    def __init__(self) -> None:
        super().__init__()
        # Whatever widget a worker belongs to, the app is told of it.
        Worker.StateChanged.bubble = True
        self.mistakes: list[BaseException] = []

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        error = event.worker.error
        if event.state is not WorkerState.ERROR or error is None:
            return
        self.mistakes.append(error)
        _log.error("%s failed", event.worker.name, exc_info=error)
        file = write_crash(error)
        told = _("Something went wrong that should not have ({what}).").format(what=type(error).__name__)
        where = _("What is known of it is in {file}.").format(file=file) if file is not None else ""
        self.notify(plain(f"{told} {where}"), severity="error", timeout=20, markup=False)
