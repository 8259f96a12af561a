"""The section Import: choose a path, see what lies there, try it, import it, and see what this and other runs did."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar, Literal
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.message import Message

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import printable
from tui_booking.importing.past_runs import PastRun
from tui_booking.importing.pipeline import ImportOptions
from tui_booking.importing.report import Report
from tui_booking.importing.report_words import nothing_found, verdict_of
from tui_booking.language import _
from tui_booking.services.desk import Desk, Superseded
from tui_booking.ui.commands import bindings_of
from tui_booking.ui.memory import Memory
from tui_booking.ui.panes.import_lists import ImportLists
from tui_booking.ui.panes.import_saving import choose_folder, save_report, write_sample_files
from tui_booking.ui.widgets.filter_bar import FilterBar
from tui_booking.ui.widgets.import_files import FilesView
from tui_booking.ui.widgets.import_head import VIEWS, ImportHead
from tui_booking.ui.widgets.import_history import Failed, HistoryView, RecordsView, title_of
from tui_booking.ui.widgets.import_progress import ImportProgress
from tui_booking.ui.widgets.import_report import ReportView, merge_rejects
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.said import Said

View = Literal["files", "report", "history", "records"]

# A pane as high as this has room for the options beside the files.
_ROOM_FOR_OPTIONS = 34


class ImportPane(ImportLists):
    """One import at a time; it goes on while another section is shown, and `progress_line` says how far it is."""

    DEFAULT_CSS = """
    ImportPane {
        layout: vertical; width: 1fr; height: 1fr;
        & > #trouble { max-height: 4; color: $text-error; }
        & > #hint { max-height: 9; }
        & > ReportView, & > HistoryView, & > RecordsView { display: none; height: 1fr; }
        & > FilesView { height: 1fr; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_of("import")]

    class RecordChosen(Message):
        """A record is to be shown."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind = kind
            self.id = id

    class DataChanged(Message):
        """An import made or changed records."""

    def __init__(self, desk: Desk, memory: Memory | None = None, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.memory = memory or Memory()
        self.names = {}
        self.view: View = "files"
        # What was tried last, and what was run last with its report; the history's run whose report is shown.
        self._tried: ImportOptions | None = None
        self._last: tuple[Report, ImportOptions] | None = None
        self._past: PastRun | None = None
        self._records_of: View = "report"
        self._looks_later = False
        # Asked how far it is by what is drawn before this pane is.
        self.progress = ImportProgress(desk, id="running")

    def compose(self) -> ComposeResult:
        yield ImportHead(self.desk.settings.imports, self.memory, id="head")
        yield Said(id="trouble")
        yield Said(id="hint")
        yield self.progress
        yield FilterBar()
        yield FilesView(id="files")
        yield ReportView(id="report")
        yield HistoryView(self.desk, id="history")
        yield RecordsView(self.desk, id="records")

    def on_mount(self) -> None:
        if not self.query(FilesView):
            return  # the app is being left, and nothing is mounted any more
        self.watch_lists()
        self._show_view("files")
        self.reload()

    def on_resize(self) -> None:
        self._make_room()

    @property
    def is_importing(self) -> bool:
        """Whether an import or a dry run is under way."""
        return self.progress.is_importing

    @property
    def progress_line(self) -> str:
        """How far it is, in a line; empty where nothing runs."""
        return self.progress.line

    def reload(self) -> None:
        """Look at the path again, or read the history anew where that is shown."""
        if self.view == "history":
            self.query_one(HistoryView).read_runs(self.chosen_columns("import_runs"))
        elif self.is_importing:
            self._looks_later = True  # the files that are shown are those that are imported
        elif (options := self._options(dry_run=True)) is not None:
            self.query_one(FilesView).look(options)

    def back(self) -> None:
        """One step back: out of the path or the options, then from view to view to the files."""
        if self.head.leave() or self.unnarrow():
            return
        if self.view == "records":
            self._show_view(self._records_of)
        elif self.view == "report" and self._past is not None:
            self._show_view("history")
        elif self.view != "files":
            self._show_view("files")

    @property
    def head(self) -> ImportHead:
        return self.query_one(ImportHead)

    def _options(self, *, dry_run: bool) -> ImportOptions | None:
        """What is to be imported; None where the path cannot be understood, which is said."""
        try:
            return replace(self.head.options(dry_run=dry_run), only=self.query_one(FilesView).marked)
        except BookingCenterError as error:
            self._tell(error)
            return None

    def action_path(self) -> None:
        self.head.write_path()

    def action_options(self) -> None:
        if self.view != "files":
            self._show_view("files")
        self.head.ask_options()

    def action_reload(self) -> None:
        self.reload()

    @work(exit_on_error=False, group="dialog")
    async def action_choose(self) -> None:
        """Pick a file or a folder."""
        from tui_booking.ui.screens.file_picker import FilePicker

        chosen = await self.app.push_screen_wait(FilePicker(_("What is to be imported?"), self.head.folder))
        if chosen is not None:
            self.head.pick(chosen)

    @on(ImportHead.Changed)
    def _head_changed(self, event: ImportHead.Changed) -> None:
        event.stop()
        if self.view != "files":
            self._show_view("files")
        self.reload()

    @on(ImportHead.Left)
    def _head_left(self, event: ImportHead.Left) -> None:
        event.stop()
        self._focus_view()
        self._make_room()

    @on(FilesView.Looked)
    def _looked(self, event: FilesView.Looked) -> None:
        event.stop()
        self._tell(event.problem)
        keys = _("F3 chooses a file or folder, p writes a path, t writes sample files to fill in into a folder.")
        lines = [keys] if event.problem is not None else [nothing_found(), keys]
        self.query_one("#hint", Said).say("\n".join(lines) if not event.known else "")

    @work(exit_on_error=False, group="dialog")
    async def action_templates(self) -> None:
        """Write the templates into a folder, and go there."""
        try:
            folder = await write_sample_files(self.app, self.head.folder)
        except BookingCenterError as error:
            self._tell(error)
            return
        if folder is not None:
            words = _("The sample files are there. Replace their rows by your own before you import them.")
            self.notify(words, markup=False)
            self.head.pick(folder)

    def action_dry_run(self) -> None:
        """Do everything but the commit."""
        if self._may_begin() and (options := self._options(dry_run=True)) is not None:
            self._carry_out(options)

    @work(exit_on_error=False, group="dialog")
    async def action_run(self) -> None:
        """Import for real; what was not tried as it is set now is asked about."""
        if not self._may_begin() or (tried := self._options(dry_run=True)) is None:
            return
        if self._tried != tried:
            from tui_booking.ui.screens.confirm import Confirm

            text = _("There was no dry run of this path with these options.")
            question = Confirm(_("Import without a dry run?"), text, yes=_("Import"), no=_("Not now"))
            if not await self.app.push_screen_wait(question) or not self._may_begin():
                return
        self._carry_out(replace(tried, dry_run=False))

    def _may_begin(self) -> bool:
        if self.is_importing:
            self.notify(_("One import at a time: X stops the one that runs."), severity="warning", markup=False)
        return not self.is_importing

    def action_stop(self) -> None:
        """Roll the file under way back, and end."""
        if self.is_importing:
            self.progress.stop()
        else:
            self.notify(_("Nothing runs."), markup=False)

    @work(exit_on_error=False, group="import")
    async def _carry_out(self, options: ImportOptions) -> None:
        self._show_view("files")
        report = await self._run(options)
        if report is None:
            return
        self._last = report, options
        self._tried = options if options.dry_run and not report.cancelled and report.stopped is None else None
        self._past = None
        self._warn_if_lost(report.stopped)
        self.query_one(FilesView).show_results(report.files)
        self._show_report(report)
        if report.run_id is not None and (report.totals["created"] or report.totals["updated"]):
            self.post_message(self.DataChanged())
        if not self.display:
            said = verdict_of(report, self.desk.settings.shown_database)
            self.notify(plain(said), severity="information" if report.ok else "warning", markup=False)

    async def _run(self, options: ImportOptions) -> Report | None:
        """Carry an import out; None where it could not begin, which is said."""
        self._tell(None)
        try:
            return await self.progress.carry_out(options)
        except Superseded:
            pass  # the app ends
        except BookingCenterError as error:
            self._tell(error)
        finally:
            if self._looks_later:
                self._looks_later = False
                self.call_later(self.reload)
        return None

    @on(ImportProgress.Moved)
    def _moved(self, event: ImportProgress.Moved) -> None:
        event.stop()
        self.query_one(FilesView).show_progress(event.files)

    def _show_report(self, report: Report, title: str = "") -> None:
        self.query_one(ReportView).show(report, self.desk.settings.shown_database, title)
        self._show_view("report")

    def action_report(self) -> None:
        """The report of the last run; where none ran since the app was opened, of the newest of the history."""
        if self._last is None:
            self.query_one(HistoryView).read_newest()
            return
        self._past = None
        self._show_report(self._last[0])

    def action_history(self) -> None:
        """The runs before."""
        self._show_view("history")
        self.reload()

    @on(HistoryView.NothingYet)
    def _nothing_yet(self, event: HistoryView.NothingYet) -> None:
        event.stop()
        self.action_history()

    @on(HistoryView.ReportRead)
    def _report_read(self, event: HistoryView.ReportRead) -> None:
        event.stop()
        self._past = event.run
        self._show_report(event.report, title_of(event.run, self.desk.settings.zone_info))

    @on(ReportView.RowAsked)
    def _row_asked(self, event: ReportView.RowAsked) -> None:
        event.stop()
        from tui_booking.ui.screens.row_as_read import RowAsRead

        last = self._last[1].to_json() if self._last is not None else {}
        encoding = (self._past.options if self._past is not None else last).get("encoding")
        aliases = self.desk.settings.imports.aliases
        self.app.push_screen(RowAsRead(event.problem, encoding=encoding, aliases=aliases))

    def action_records(self) -> None:
        """The records that the file or run under the cursor made or changed; from the files, those of the last run."""
        view = self.query_one(ReportView)
        if self.view == "records":
            return
        self._records_of = self.view
        if self.view == "history" and (run := self.query_one(HistoryView).table.cursor_id) is not None:
            self.query_one(RecordsView).read(run)
        elif self.view != "report" or view.report is None:
            self.query_one(RecordsView).read(self._last[0].run_id if self._last is not None else None)
        elif view.report.run_id is None:
            self.notify(_("A dry run makes nothing; i imports for real."), markup=False)
        elif view.file is None:
            self.query_one(RecordsView).read(view.report.run_id)
        elif view.file.kind is None:
            self.notify(_("Nothing of this file went in."), markup=False)
        else:
            self.query_one(RecordsView).read(view.report.run_id, [view.file.kind])

    @on(RecordsView.Found)
    def _records_found(self, event: RecordsView.Found) -> None:
        event.stop()
        self._show_view("records")

    @on(RecordsView.Opened)
    def _record_opened(self, event: RecordsView.Opened) -> None:
        event.stop()
        self.post_message(self.RecordChosen(event.kind, event.id))

    @work(exit_on_error=False, group="dialog")
    async def action_rejects(self) -> None:
        """Write the bad rows into a folder, as they were read; the files are read once more, and nothing goes in."""
        if self._last is None or self._past is not None or self.view != "report":
            self.notify(_("Bad rows are saved from the report of the last run: l shows it."), markup=False)
            return
        report, options = self._last
        if not report.totals["errors"]:
            self.notify(_("There are no bad rows."), markup=False)
            return
        folder = await choose_folder(self.app, _("Where are the bad rows to be written?"), self.head.folder)
        if folder is not None and self._may_begin():
            self._save_rejects(report, options, folder)

    @work(exit_on_error=False, group="import")
    async def _save_rejects(self, report: Report, options: ImportOptions, folder: Path) -> None:
        again = await self._run(replace(options, dry_run=True, rejects=folder))
        if again is not None:
            merge_rejects(report, again.files)
            self.query_one(ReportView).refresh_report()
            words = _("The bad rows of {count} files are in {folder}.")
            count = sum(file.rejects is not None for file in again.files)
            self.notify(plain(words.format(count=count, folder=printable(str(folder)))), markup=False)

    @work(exit_on_error=False, group="dialog")
    async def action_save(self) -> None:
        """Write the report that is shown into a folder, as JSON and as text."""
        report = self.query_one(ReportView).report
        if self.view != "report" or report is None:
            self.notify(_("A report is saved where it is shown: l shows the last one."), markup=False)
            return
        try:
            files = await save_report(self.app, report, self.head.folder, self.desk.settings.shown_database)
        except BookingCenterError as error:
            self._tell(error)
            return
        if files:
            names = ", ".join(printable(str(file)) for file in files)
            self.notify(plain(_("The report is in {files}.").format(files=names)), markup=False)

    def _show_view(self, view: View) -> None:
        self.view = view
        for name in VIEWS:
            self.query_one(f"#{name}").display = name == view
        self.head.show_tabs(view)
        self._make_room()
        focused = self.screen.focused
        if self.display and (focused is None or self in focused.ancestors_with_self):
            self._focus_view()

    def _focus_view(self) -> None:
        if self.display:
            self._tables()[0].focus()

    def _make_room(self) -> None:
        self.head.make_room(for_options=self.size.height >= _ROOM_FOR_OPTIONS and self.view == "files")

    @on(Failed)
    def _failed(self, event: Failed) -> None:
        event.stop()
        self._tell(event.error)
