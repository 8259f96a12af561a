"""A dialog to choose what to import, or the folder that something is written to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import OTHER_TABLES, printable, recognise
from tui_booking.language import _
from tui_booking.ui.screens.dialog import Dialog
from tui_booking.ui.widgets.import_files import size_in_words
from tui_booking.ui.widgets.lines import LineColumn, Lines
from tui_booking.ui.widgets.path_input import PathInput, is_importable, path_of
from tui_booking.ui.widgets.plainly import plain

Wanted = Literal["import", "folder"]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something in a folder; `is_offered` says whether it can be chosen."""

    path: Path
    name: str
    is_folder: bool
    is_offered: bool
    about: str = ""


def list_folder(folder: Path, wanted: Wanted, *, hidden: bool) -> list[Entry]:
    """What the picker shows of a folder: folders, then files, what is hidden only where asked for.

    Raises BookingCenterError where the folder cannot be read.
    """
    folders, files = [], []
    try:
        with os.scandir(folder) as found:
            for entry in found:
                if entry.name.startswith((".", "~$")) and not hidden:
                    continue
                if _is_folder(entry):
                    folders.append(Entry(Path(entry.path), entry.name, is_folder=True, is_offered=True))
                else:
                    files.append(_file_of(entry, wanted))
    except OSError as error:
        raise BookingCenterError(
            _("'{folder}' cannot be read: {why}").format(folder=printable(str(folder)), why=error.strerror or error),
            _("Check its permissions, or choose another folder."),
        ) from error
    return [*sorted(folders, key=_by_name), *sorted(files, key=_by_name)]


def _by_name(entry: Entry) -> str:
    return entry.name.casefold()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _file_of(entry: os.DirEntry[str], wanted: Wanted) -> Entry:
    path = Path(entry.path)
    try:
        size: int | None = entry.stat().st_size
    except OSError:
        size = None
    offered = wanted == "import" and is_importable(entry.name) and path.suffix.casefold() not in OTHER_TABLES
    kind = recognise(path.stem) if offered else None
    about = f"{kind.name} · {size_in_words(size)}" if kind else size_in_words(size)
    return Entry(path, entry.name, is_folder=False, is_offered=offered, about=about)


class FilePicker(Dialog[Path | None]):
    """Choose a folder, or with `wanted="import"` a file too. Typing a letter goes to the next name that begins so."""

    DEFAULT_CSS = """
    FilePicker {
        & > #box { height: 90%; }
        & #path { margin: 0 0 1 0; }
        & #entries { height: 1fr; }
        & #names { height: auto; max-height: 3; color: $text-muted; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace,left", "up", show=False, id="picker.up"),
        Binding("full_stop", "hidden", show=False, id="picker.hidden"),
        Binding("f2", "use_folder", show=False, id="picker.use_folder"),
        Binding("tab", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "#entries"

    def __init__(self, title: str, start: Path, wanted: Wanted = "import") -> None:
        super().__init__(title, wide=True)
        self.wanted = wanted
        self.folder = start
        self.entries: list[Entry] = []
        self._hidden = False

    def body(self) -> ComposeResult:
        yield PathInput(id="path")
        yield Static("", id="names", markup=False)
        yield Lines((LineColumn(_("Name"), grows=True), LineColumn("", most=34)), id="entries")

    def keys(self) -> str:
        return _("Enter opens or chooses · F2 uses this folder · ← up · . hidden files · Tab path · Esc leaves")

    @property
    def lines(self) -> Lines:
        return self.query_one("#entries", Lines)

    def on_mount(self) -> None:
        self._open(self.folder)

    @work(exclusive=True, exit_on_error=False, group="folder")
    async def _open(self, folder: Path, came_from: Path | None = None) -> None:
        """List a folder; where it is none, the nearest one above it that is."""
        try:
            folder = await asyncio.to_thread(_nearest_folder, folder)
            entries = await asyncio.to_thread(list_folder, folder, self.wanted, hidden=self._hidden)
        except BookingCenterError as error:
            self.tell(error)
            return
        self.say("")
        self.folder = folder
        parent = Entry(folder.parent, "..", is_folder=True, is_offered=True)
        here = Entry(folder, _("Use this folder"), is_folder=True, is_offered=True, about=_offered_in_words(entries))
        self.entries = [here, *([parent] if folder.parent != folder else []), *entries]
        self.query_one("#path", PathInput).value = plain(printable(str(folder)))
        rows = [(self._shown(number, entry), entry.about) for number, entry in enumerate(self.entries)]
        muted = frozenset(number for number, entry in enumerate(self.entries) if not entry.is_offered)
        at = next((number for number, entry in enumerate(self.entries) if entry.path == came_from and number > 1), 0)
        self.lines.show(rows, at=at, muted=muted)

    @staticmethod
    def _shown(number: int, entry: Entry) -> str:
        if number == 0:
            return f"[ {entry.name} ]"
        name = printable(entry.name)
        return f"{name}{os.sep}" if entry.is_folder else name

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        event.stop()
        entry = self.entries[event.index]
        if event.index == 0:
            self.dismiss(self.folder)
        elif entry.is_folder:
            came_from = self.folder if entry.path == self.folder.parent else None
            self._open(entry.path, came_from)
        elif entry.is_offered:
            self.dismiss(entry.path)
        elif self.wanted == "folder":
            self.say(_("Choose a folder."))
        else:
            self.say(_("This is no CSV file or workbook that can be read."))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            path = path_of(event.value)
        except BookingCenterError as error:
            self.tell(error)
            return
        # The name of the folder that is open need not be one that can be typed.
        if event.value == plain(printable(str(self.folder))):
            path = self.folder
        if path.is_dir():
            if path == self.folder:
                self.dismiss(path)
            else:
                self._open(path)
                self.lines.focus()
        elif self.wanted == "folder" and not path.exists():
            self.dismiss(path)  # it is made when something is written to it
        elif self.wanted == "import" and path.is_file():
            self.dismiss(path)
        else:
            self.say(_("There is nothing at '{path}'.").format(path=plain(printable(str(path)))))

    @on(PathInput.NamesFound)
    def _names_found(self, event: PathInput.NamesFound) -> None:
        event.stop()
        self.query_one("#names", Static).update(Content(plain("  ".join(event.names))))

    def action_up(self) -> None:
        if self.folder.parent != self.folder:
            self._open(self.folder.parent, self.folder)

    def action_hidden(self) -> None:
        self._hidden = not self._hidden
        self._open(self.folder)

    def action_use_folder(self) -> None:
        self.dismiss(self.folder)

    def on_key(self, event: events.Key) -> None:
        letter = event.character
        if not self.lines.has_focus or letter is None or not letter.isalnum():
            return
        event.stop()
        places = range(len(self.entries))
        after = [*places[self.lines.cursor + 1 :], *places[: self.lines.cursor]]
        for place in after:
            if place > 0 and self.entries[place].name.casefold().startswith(letter.casefold()):
                self.lines.cursor = place
                return


def _offered_in_words(entries: Iterable[Entry]) -> str:
    count = sum(entry.is_offered and not entry.is_folder for entry in entries)
    return _("{count} files to import").format(count=count) if count else ""


def _nearest_folder(path: Path) -> Path:
    path = Path(os.path.abspath(path))  # noqa: PTH100  # resolve() would lead away through links
    while not path.is_dir() and path != path.parent:
        path = path.parent
    return path
