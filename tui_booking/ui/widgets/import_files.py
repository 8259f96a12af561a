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
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.lines import Cells, LineColumn, Lines
from tui_booking.ui.widgets.plainly import plain

# From this width on there is room for sizes and long results beside the names.
_WIDE = 100


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

    def cells(self) -> Cells:
        kind = self.source.kind.name if self.source.kind else ""
        return self.name, kind, self._rows(), size_in_words(self.size), self._state()

    def _rows(self) -> str:
        if self.count is not None:
            return grouped(self.count.rows) if self.count.is_exact else f"≈ {grouped(self.count.rows)}"
        return "…" if self.source.kind and self.problem is None else ""

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
        yield Lines(self._columns(), id="found")
        with VerticalScroll(id="look"):
            yield Static("", id="facts", markup=False)

    def _columns(self) -> list[LineColumn]:
        """The columns; on a narrow screen the size and the end of the result give way to the name."""
        is_wide = self.size.width >= _WIDE
        return [
            LineColumn(_("File"), grows=True),
            LineColumn(_("Kind"), most=20),
            LineColumn(_("Rows"), right=True, most=14),
            LineColumn(_("Size"), right=True, most=8 if is_wide else 0),
            LineColumn(_("Result"), most=40 if is_wide else 24),
        ]

    def on_resize(self) -> None:
        self.lines.set_columns(self._columns())

    @property
    def lines(self) -> Lines:
        return self.query_one("#found", Lines)

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
        kept = self.files[self.lines.cursor].key if self.files and self.lines.cursor < len(self.files) else None
        self.files = files
        at = next((index for index, file in enumerate(files) if file.key == kept), 0)
        self.lines.empty = _("Nothing lies here.")
        muted = frozenset(index for index, file in enumerate(files) if file.source.kind is None)
        self.lines.show([file.cells() for file in files], at=at, muted=muted)

    def _draw(self, files: Sequence[FoundFile], index: int) -> None:
        if files is not self.files:
            return  # others are shown by now
        file = files[index]
        self.lines.change(index, file.cells(), is_muted=file.source.kind is None)
        if index == self.lines.cursor:
            self._tell(index)

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

    @on(Lines.Highlighted)
    def _highlighted(self, event: Lines.Highlighted) -> None:
        event.stop()
        self._tell(event.index)

    def _tell(self, index: int | None) -> None:
        facts = self.files[index].facts() if index is not None and index < len(self.files) else []
        self.query_one("#facts", Static).update(Content("\n".join(map(plain, facts))))
        self.query_one("#look").display = bool(facts)
