"""The files found at a path: what each is taken for, how many rows it has, and how far its import is."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import Source, find_sources
from tui_booking.importing.pipeline import ImportOptions, Progress
from tui_booking.importing.preview import Look, RowCount, count_rows, look_into, size_of
from tui_booking.importing.report import FileReport
from tui_booking.importing.report_words import SHORT_COUNTS, STATUSES, status_of
from tui_booking.language import _, grouped, ngettext
from tui_booking.ui.panes.import_running import FileKey, bar_of
from tui_booking.ui.widgets.given_table import GivenRow, GivenTable
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.import_tables import found_files
from tui_booking.ui.widgets.plainly import plain

# From this width on there is room for sizes and long results beside the names.
_WIDE = 100


class About(int):
    """A number that is not known exactly, and says so where it is written."""

    def __format__(self, how: str) -> str:
        return f"≈ {int(self):{how}}"


@dataclass(slots=True)
class FoundFile:
    """A file or sheet that lies at the path, and what is known of it so far."""

    source: Source
    size: int | None = None
    look: Look | None = None
    count: RowCount | None = None
    progress: Progress | None = None
    result: FileReport | None = None

    @property
    def key(self) -> FileKey:
        return self.source.name, self.source.sheet

    @property
    def name(self) -> str:
        return f"{self.source.name} [{self.source.sheet}]" if self.source.sheet else self.source.name

    @property
    def problem(self) -> BookingCenterError | None:
        return self.source.problem or (self.look.problem if self.look else None)

    @property
    def row(self) -> GivenRow:
        kind = self.source.kind.name if self.source.kind else ""
        values = (self.name, kind, self._rows(), size_in_words(self.size), self._state())
        return GivenRow(self.key, values, is_muted=self.source.kind is None)

    def _rows(self) -> int | None:
        if self.count is None:
            return None
        return self.count.rows if self.count.is_exact else About(self.count.rows)

    def _state(self) -> str:
        if self.progress is not None:
            return bar_of(self.progress)
        if self.result is not None and self.source.kind is not None:
            return result_in_words(self.result)
        if self.source.kind is None:
            return _(STATUSES["not_recognised"])
        if self.problem is not None:
            return _(STATUSES["unreadable"])
        if self.look is None:
            return ""
        if self.look.lacking:
            return _("lacks {columns}").format(columns=", ".join(self.look.lacking))
        if self.look.unknown:
            count = len(self.look.unknown)
            return ngettext("{count} unknown column", "{count} unknown columns", count).format(count=count)
        return _("all columns known")

    def facts(self) -> list[str]:
        """All that is known of the file, line by line."""
        kind = self.source.kind
        if kind is None:
            return [_("It is not recognised and left alone: its name is not that of a kind, such as creators.csv.")]
        if self.problem is not None:
            return [by_switches(str(self.problem))]
        if self.look is None:
            return [_("It is being looked into …")]
        look = self.look
        known = [column if cell == column else f"{cell} → {column}" for cell, column in look.columns]
        told = [_("Columns: {columns}").format(columns=", ".join(known))]
        if look.lacking:
            told.insert(
                0, _("Missing: {columns}. Without it no record is found.").format(columns=", ".join(look.lacking))
            )
        if look.unknown:
            told.append(_("Not known and left alone: {columns}").format(columns=", ".join(look.unknown)))
        if look.needed:
            told.append(_("New records would also need: {columns}").format(columns=", ".join(look.needed)))
        if self.count is not None and not self.count.is_exact:
            told.append(_("The file is large: its lines were counted, of which some may belong to one row."))
        return [*told, *look.notes]


def result_in_words(file: FileReport) -> str:
    """What became of a file, or would: its status and the counts that are not nothing."""
    counts = [
        f"{grouped(value)} {_(SHORT_COUNTS[name])}" for name, value in file.counts.items() if value and name != "rows"
    ]
    return f"{status_of(file)}: {', '.join(counts)}" if counts else status_of(file)


def size_in_words(size: int | None) -> str:
    """Bytes as a person says them."""
    if size is None:
        return "?"
    for unit in ("B", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = size / 1000  # type: ignore[assignment]
    return f"{grouped(size, 1)} GB"


class FilesView(Vertical):
    """The files in a table, and under it what there is to know of the one under the cursor."""

    DEFAULT_CSS = """
    FilesView {
        & > #found { height: 1fr; }
        & > #look { height: auto; max-height: 6; border-top: solid $panel; }
        & > #look:focus { border-top: solid $primary; }
        & #facts { height: auto; width: 100%; }
    }
    """

    class Looked(Message):
        """The path was looked at: what lies there is shown, or why nothing is."""

        def __init__(self, problem: BookingCenterError | None, files: int, known: int) -> None:
            super().__init__()
            self.problem = problem
            self.files = files
            self.known = known

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.files: list[FoundFile] = []
        self._given_up = threading.Event()

    def compose(self) -> ComposeResult:
        yield GivenTable(found_files(is_wide=self.is_wide), grows="file", id="found")
        with VerticalScroll(id="look"):
            yield Static("", id="facts", markup=False)

    @property
    def is_wide(self) -> bool:
        return self.size.width >= _WIDE

    def on_resize(self) -> None:
        self.table.show_by(found_files(is_wide=self.is_wide))

    @property
    def table(self) -> GivenTable:
        return self.query_one("#found", GivenTable)

    @property
    def marked(self) -> frozenset[FileKey]:
        """The files that a person marked, to be imported without the others."""
        marked = set(self.table.marked_keys)
        return frozenset(file.key for file in self.files if file.key in marked)

    def on_unmount(self) -> None:
        self._given_up.set()

    @work(exclusive=True, exit_on_error=False, group="look")
    async def look(self, options: ImportOptions) -> None:
        """List what lies at the path, then look into each file, the small ones first, and count its rows."""
        self._given_up.set()
        given_up = self._given_up = threading.Event()
        try:
            sources = await asyncio.to_thread(find_sources, options.path, options.format)
        except BookingCenterError as problem:
            self._list([])
            self.post_message(self.Looked(problem, 0, 0))
            return
        sizes = await asyncio.to_thread(lambda: [size_of(source) for source in sources])
        self._list([FoundFile(source, size) for source, size in zip(sources, sizes, strict=True)])
        known = [index for index, file in enumerate(self.files) if file.source.kind is not None]
        self.post_message(self.Looked(None, len(self.files), len(known)))
        known.sort(key=lambda index: self.files[index].size or 0)
        files = self.files
        for index in known:
            file = files[index]
            if file.source.problem is None:
                file.look = await asyncio.to_thread(
                    look_into, file.source, encoding=options.encoding, aliases=options.aliases
                )
                self._draw(files, index)
        for index in known:
            file = files[index]
            if file.problem is None:
                file.count = await asyncio.to_thread(
                    count_rows,
                    file.source,
                    encoding=options.encoding,
                    aliases=options.aliases,
                    cancelled=given_up.is_set,
                )
                self._draw(files, index)

    def _list(self, files: list[FoundFile]) -> None:
        self.files = files
        self.table.empty = _("Nothing lies here.")
        self.table.show([file.row for file in files])

    def _draw(self, files: Sequence[FoundFile], index: int) -> None:
        if files is not self.files:
            return  # others are shown by now
        file = files[index]
        self.table.change(file.row)
        if file.key == self.table.key:
            self._tell(file)

    def show_progress(self, files: Mapping[FileKey, Progress] | None) -> None:
        """Show how far each file is; None where nothing runs any more."""
        for index, file in enumerate(self.files):
            progress = files.get(file.key) if files is not None else None
            if progress is not file.progress:
                file.progress = progress
                self._draw(self.files, index)

    def show_results(self, files: Sequence[FileReport]) -> None:
        """Show what became of each file."""
        results = {(file.file, file.sheet): file for file in files}
        for index, file in enumerate(self.files):
            file.result = results.get(file.key)
            self._draw(self.files, index)

    @on(GivenTable.Highlighted)
    def _highlighted(self, event: GivenTable.Highlighted) -> None:
        event.stop()
        self._tell(next((file for file in self.files if file.key == event.key), None))

    def _tell(self, file: FoundFile | None) -> None:
        facts = file.facts() if file is not None else []
        self.query_one("#facts", Static).update(Content("\n".join(map(plain, facts))))
        self.query_one("#look").display = bool(facts)
