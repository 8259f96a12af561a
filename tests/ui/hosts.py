"""A bare app that a screen or a widget is tried in, and what stands on its screen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from textual import events
from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

from tui_booking.config import Settings
from tui_booking.services.desk import Desk

# What a hostile hand would store: markup that ends apps, commands to the terminal, turned writing.
HOSTILE = "[/KOC] [bold]Linh[/] \x1b[31m\x1b]0;x\x07 \u202egnirts\u202c \x9b2J"


class Host(App[None]):
    """Keeps what each screen that was shown gave back."""

    def __init__(self) -> None:
        super().__init__()
        self.answers: list[Any] = []
        self.told: list[Any] = []

    async def ask(self, pilot: Pilot[None], screen: Screen[Any]) -> None:
        """Show a screen; what it gives back is the last of `answers`."""
        self.push_screen(screen, self.answers.append)
        await settle(pilot)


async def settle(pilot: Pilot[None]) -> None:
    """Until the keys are dealt with, and what they set going is done."""
    await pilot.pause()
    # One that shows a dialog waits for the person.
    if busy := [one for one in pilot.app.workers if one.group != "dialog"]:
        await pilot.app.workers.wait_for_complete(busy)
    await pilot.pause()


_KEYS = {" ": "space", "/": "slash", "-": "minus", "@": "at", ".": "full_stop", ":": "colon", "_": "underscore"}


async def type_text(pilot: Pilot[Any], text: str) -> None:
    """Type a text quicker than the screen follows, as people and pastes do."""
    for letter in text[:-1]:
        pilot.app.post_message(events.Key(_KEYS.get(letter, letter), letter))
    await pilot.press(_KEYS.get(text[-1], text[-1]))


def shown(app: App[Any]) -> str:
    """What stands on the screen, a line each."""
    lines = ["".join(segment.text for segment in line) for line in app.screen._compositor.render_strips()]
    return "\n".join(line.rstrip() for line in lines)


def is_safe(app: App[Any]) -> bool:
    """Whether nothing on the screen could be taken as a command by a terminal."""
    unsafe = {"\x1b", "\x07", "\x9b", "\u202e"}
    return not unsafe & set(shown(app))


@contextmanager
def desk_on(url: str, *, today: date = date(2026, 11, 25)) -> Iterator[Desk]:
    """A desk on a database, on a day."""
    desk = Desk(Settings(database_url=url, operator="tester", language="en"), today=today)
    try:
        yield desk
    finally:
        desk.close()
