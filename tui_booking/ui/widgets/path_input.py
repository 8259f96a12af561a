"""A field for a path: Tab completes it as a shell does, and what it would be is shown while typing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import CSV_ENDINGS, OTHER_TABLES, WORKBOOK_ENDINGS
from tui_booking.language import _
from tui_booking.ui.widgets.plainly import Plainly

_IMPORTABLE = (*CSV_ENDINGS, *WORKBOOK_ENDINGS, *OTHER_TABLES)
# A folder of a network drive with more names than this is not listed while somebody types.
_NAMES_LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Completion:
    """What a path is completed to, and the names that it could go on with."""

    text: str
    names: tuple[str, ...]


def is_importable(name: str) -> bool:
    """Whether a file's ending is one of those that are read, or would be after saving it anew."""
    return name.casefold().endswith(_IMPORTABLE)


def path_of(text: str) -> Path:
    """The whole path that a person wrote, `~` taken for the home; raises BookingCenterError where that is nobody's."""
    try:
        return Path(text.strip() or ".").expanduser().absolute()
    except RuntimeError:
        raise BookingCenterError(
            _("The home of '{user}' is not known.").format(user=text.strip().split("/")[0]), _("Write the whole path.")
        ) from None


def complete_path(text: str) -> Completion:
    """Complete the last part of a path to folders and files that can be imported, as far as they agree."""
    head, tail = os.path.split(text)
    if text == "~":
        return Completion("~" + os.sep, ())
    names: list[str] = []
    with suppress(OSError, BookingCenterError, ValueError), os.scandir(path_of(head or ".")) as found:
        for entry, _number in zip(found, range(_NAMES_LOOKED_AT), strict=False):
            name = entry.name
            # Names that are no text cannot be typed either; the picker has them.
            if name.isprintable() and _begins(name, tail) and (entry.is_dir() or is_importable(name)):
                names.append(name + os.sep if entry.is_dir() else name)
    exact = [name for name in names if name.startswith(tail)]
    names = sorted(exact or names, key=str.casefold)
    if not names:
        return Completion(text, ())
    shared = _shared_letters(names)
    if shared < len(tail):
        return Completion(text, tuple(names))
    return Completion(text[: len(text) - len(tail)] + names[0][:shared], tuple(names))


def _shared_letters(names: Sequence[str]) -> int:
    """How many letters names have in common at their beginning, whatever their case."""
    for place, letters in enumerate(zip(*names, strict=False)):
        if len({letter.casefold() for letter in letters}) > 1:
            return place
    return min(map(len, names))


def _begins(name: str, tail: str) -> bool:
    if name.startswith(".") and not tail.startswith("."):
        return False
    return name.casefold().startswith(tail.casefold())


class _PathSuggester(Suggester):
    """Suggests how a path goes on where it can go on in one way only; the disk is asked in a thread."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        completion = await asyncio.to_thread(complete_path, value)
        return completion.text if completion.text.startswith(value) and completion.text != value else None


class PathInput(Plainly, Input):
    """Enter posts Input.Submitted. What Tab finds more than one of is posted as NamesFound."""

    DEFAULT_CSS = """
    PathInput { height: 1; border: none; padding: 0; }
    PathInput:focus { border: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", show=False, id="path.complete")]

    class NamesFound(Message):
        """Tab found several names that the path could go on with; none where there is no such name."""

        def __init__(self, path_input: PathInput, names: tuple[str, ...]) -> None:
            super().__init__()
            self.path_input = path_input
            self.names = names

        @property
        def control(self) -> PathInput:
            return self.path_input

    def __init__(self, value: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, suggester=_PathSuggester(), id=id, select_on_focus=False)

    @work(exclusive=True, exit_on_error=False, group="complete")
    async def action_complete(self) -> None:
        """Go on with the path as far as there is one way to."""
        asked = self.value
        completion = await asyncio.to_thread(complete_path, asked)
        if self.value != asked:
            return  # typed on meanwhile
        if completion.text != asked:
            self.value = completion.text
            self.cursor_position = len(self.value)
        self.post_message(self.NamesFound(self, completion.names if len(completion.names) != 1 else ()))
