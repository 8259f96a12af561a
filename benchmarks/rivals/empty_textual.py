"""Textual with nothing in it: what any app made with it takes to start, to draw and to be there."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class Empty(App[None]):
    """A line of text."""

    def compose(self) -> ComposeResult:
        yield Static("ready-to-go")


if __name__ == "__main__":
    Empty().run()
