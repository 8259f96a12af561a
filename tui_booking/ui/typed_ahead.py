"""Keys that are typed faster than the screen changes: each goes where the one before has led to, never to what was."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from weakref import WeakSet

from textual import events
from textual.app import App, ScreenStackError
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen
from textual.worker import NoActiveWorker, Worker, get_current_worker

# What takes longer does not hold the keys. What opens holds them longer: the letters of a name would be the commands of
# what is behind it.
_LONGEST_SECONDS = 1.0
_LONGEST_OPENING_SECONDS = 4.0
_LOOK_SECONDS = 0.004
# What a key brings about is painted in one go where it is done within this; what takes longer is painted as it comes.
_PAINTED_TOGETHER_SECONDS = 0.25
# The groups of work that ends in a dialog or a change, and of what fills one before it can be written in.
_OPENING, _FILLING = ("dialog", "board-move"), "load"


class KeyFollowed(Message, bubble=True):
    """Goes the way of a key, behind it: when it arrives, the key has been dealt with."""

    def __init__(self, arrived: asyncio.Event) -> None:
        super().__init__()
        self.arrived = arrived


class TypedAhead(App[None]):
    """Deals with one key after the other.

    Textual hands a key to whatever has the focus when it comes. Where several come at once, as over a slow line, or
    before a form is drawn, the letters of a name would be the commands of the table behind: delete, pay, reload.
    """

    def __init__(self) -> None:
        super().__init__()
        self._typed: deque[events.Key | events.Paste] = deque()
        self._has_shown: WeakSet[Worker[object]] = WeakSet()
        self._is_taking = False

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        self._typed.append(event)
        if not self._is_taking:
            self._is_taking = True
            self.run_worker(self._take_keys(), group="typed-ahead")

    def push_screen(self, screen: Screen[object] | str, *given: object, **named: object) -> object:  # type: ignore[override]
        """As Textual's; a worker that has shown its dialog holds the keys no longer."""
        with suppress(NoActiveWorker):
            self._has_shown.add(get_current_worker())
        return super().push_screen(screen, *given, **named)  # type: ignore[call-overload]

    async def _take_keys(self) -> None:
        try:
            while self._typed:
                key = self._typed.popleft()
                until, before = time.monotonic() + _LONGEST_SECONDS, self.screen
                with self._painted_together():
                    await super().on_event(key)
                    arrived = self._follow()
                    await _wait(arrived, time.monotonic() + _PAINTED_TOGETHER_SECONDS)
                await self._until_dealt_with(arrived, until, before)
        finally:
            self._is_taking = False

    @contextmanager
    def _painted_together(self) -> Iterator[None]:
        """Paint once what changes within the block: the row of the cursor, and the line that says which it is."""
        before = self.screen, self.size
        try:
            with self.batch_update():
                yield
        finally:
            # When the app is left, the last screen goes meanwhile.
            with suppress(ScreenStackError):
                screen = self.screen
                if (screen, self.size) != before:
                    # What is laid out at once paints at once, which was not let through.
                    screen.refresh()
                screen.check_idle()

    async def _until_dealt_with(self, arrived: asyncio.Event, until: float, before: Screen[object]) -> None:
        """Wait until the last key, which came on the screen `before`, has had its effect, as far as others need it."""
        await _wait(arrived, until)
        # What has been posted by what carried the key out is dealt with too when another one comes.
        await _wait(self._follow(), until)
        opened_until = until + _LONGEST_OPENING_SECONDS - _LONGEST_SECONDS
        while True:
            screen, focused = self.screen, self.focused
            # A new screen has its focus once it is mounted.
            bound = opened_until if screen is not before or self._is_opening(screen) else until
            if time.monotonic() >= bound:
                return
            # What was called for later, and the mounting of a screen, is done when these come back.
            for node in (screen, self) if focused is None else (self,):
                await _turn(node, bound)
            if (screen, focused) == (self.screen, self.focused) and not self._is_opening(screen):
                return
            await asyncio.sleep(_LOOK_SECONDS)

    def _follow(self) -> asyncio.Event:
        arrived = asyncio.Event()
        (self.focused or self.screen).post_message(KeyFollowed(arrived))
        return arrived

    def _is_opening(self, screen: Screen[object]) -> bool:
        for worker in self.workers:
            if worker.is_finished or worker.is_cancelled:
                continue
            if worker.group in _OPENING and worker not in self._has_shown:
                return True
            if worker.group == _FILLING and worker.node is screen:
                return True
        return False

    def on_key_followed(self, event: KeyFollowed) -> None:
        event.arrived.set()


async def _turn(node: MessagePump, until: float) -> None:
    """Until a part of the screen has dealt with all that has come to it by now."""
    done = asyncio.Event()
    if node.call_later(done.set):
        await _wait(done, until)


async def _wait(happened: asyncio.Event, until: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(happened.wait(), max(until - time.monotonic(), 0))
