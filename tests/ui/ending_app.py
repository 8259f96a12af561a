"""An app that ends in every way there is, run in a terminal by test_endings.py as the program runs its own."""

from __future__ import annotations

import sys
from contextlib import suppress
from threading import Event

from tui_booking.cli.terminal import taken_terminal


def work_deaf() -> None:
    """Lose what the first signal raises, as Python does while it collects what is used no more; and work on."""
    with suppress(SystemExit, KeyboardInterrupt):
        Event().wait()
    Event().wait()


def main() -> int:
    """What the command that opens the app does, with this app."""
    with taken_terminal("First frame"):
        if "deaf" in sys.argv:
            work_deaf()

        from textual.app import ComposeResult
        from textual.widgets import Label

        from tui_booking.ui.endings import Endings

        class EndingApp(Endings):
            BINDINGS = [("f2", "fail", ""), ("f3", "fail_later", ""), ("f4", "hang", "")]  # noqa: RUF012

            def compose(self) -> ComposeResult:
                yield Label("It runs.")

            def action_fail(self) -> None:
                password = "s3cret"  # noqa: F841  # what a traceback with variables would show
                raise RuntimeError("in a handler")

            def action_fail_later(self) -> None:
                self.run_worker(self.fail())

            async def fail(self) -> None:
                raise RuntimeError("in a worker")

            def action_hang(self) -> None:
                self.query_one(Label).update("It hangs.")
                self.call_after_refresh(self.hang)

            def hang(self) -> None:
                while True:
                    pass

        return EndingApp().run_to_the_end()


if __name__ == "__main__":
    sys.exit(main())
