"""How the app ends: by a signal, with a terminal that goes away, by a mistake in it; never by surprise."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from types import FrameType

from textual.app import App
from textual.worker import WorkerFailed

from tui_booking.language import _

_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Endings(App[None]):
    """An app that says how it ended: `run_to_the_end` returns the exit status or raises what went wrong.

    A signal ends the app as its own key would, so that what is under way is stopped and rolled back; a second one
    ends an app that hangs.
    """

    went_wrong: BaseException | None = None

    def run_to_the_end(self) -> int:
        """Run the app; 0 where the person left it, 128 and the number of a signal that ended it."""
        before = {number: signal.getsignal(number) for number in _SIGNALS}
        try:
            self.run()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
        if self.went_wrong is not None:
            raise self.went_wrong
        return self.return_code or 0

    def on_mount(self) -> None:
        """As soon as it is known whether there is a terminal; until then signals end the program at once."""
        if self.is_headless or os.name == "nt":
            return
        loop = asyncio.get_running_loop()
        asked: set[int] = set()

        def end(number: int, _frame: FrameType | None = None) -> None:
            if asked:
                raise SystemExit(128 + number)
            asked.add(number)
            loop.call_soon_threadsafe(partial(self.exit, return_code=128 + number))

        def end_from_the_watch() -> None:
            with suppress(RuntimeError):  # the app has ended meanwhile
                loop.call_soon_threadsafe(partial(self.exit, return_code=128 + signal.SIGHUP))

        for number in _SIGNALS:
            signal.signal(number, end)
        _go_on_only_after_a_stop()
        watch_terminal(sys.stdin.fileno(), end_from_the_watch)

    def action_help_quit(self) -> None:
        """Ctrl+C, which elsewhere ends a program and here copies: say what does."""
        keys = [key for key, one in self.active_bindings.items() if one.binding.id == "app.quit"]
        self.notify(
            _("Press {key} to quit.").format(key=self.get_key_display_of(keys[0] if keys else "ctrl+q")), markup=False
        )

    def get_key_display_of(self, key: str) -> str:
        """A key as it is printed on the keyboard."""
        return "+".join(part.capitalize() for part in key.split("+"))

    def _handle_exception(self, error: Exception) -> None:
        """Keep what went wrong for `run_to_the_end`. Textual's own would print the values of variables to the screen.

        It is Textual's one place for errors in handlers, workers and style sheets, and has no public name.
        """
        if self.is_headless:
            super()._handle_exception(error)
            return
        if self.went_wrong is None:
            self.went_wrong = error.error if isinstance(error, WorkerFailed) else error
        self.panic()


def _go_on_only_after_a_stop() -> None:
    """Take the terminal again only where it was given back before.

    Textual does so whenever it is told to go on. A system tells that to a program that never stopped too, when its
    terminal goes away: a second reader of keys would then keep an app alive that has nobody in front of it.
    """
    stop, go_on = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(stop) or not callable(go_on):
        return
    has_stopped = False

    def stopped(number: int, frame: FrameType | None) -> None:
        nonlocal has_stopped
        has_stopped = True
        stop(number, frame)

    def went_on(number: int, frame: FrameType | None) -> None:
        nonlocal has_stopped
        if has_stopped:
            has_stopped = False
            go_on(number, frame)

    signal.signal(signal.SIGTSTP, stopped)
    signal.signal(signal.SIGCONT, went_on)


def watch_terminal(number: int, gone: Callable[[], object]) -> None:
    """Call `gone` when the terminal behind a file descriptor goes away.

    Not every terminal sends SIGHUP, and Textual reads the end of one that has gone again and again, for ever.
    """

    def wait() -> None:
        poll = select.poll()
        poll.register(number, 0)  # no events but those that always are told: hang-ups and errors
        happened = poll.poll()
        if any(what & select.POLLHUP for _number, what in happened):
            gone()

    threading.Thread(target=wait, name="terminal-watch", daemon=True).start()
