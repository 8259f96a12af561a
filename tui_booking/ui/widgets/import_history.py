"""What imports did before: the runs, and the records that one of them made or changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from tui_booking.errors import BookingCenterError
from tui_booking.importing.kinds import KIND_BY_NAME
from tui_booking.importing.past_runs import (
    RUNS_A_PAGE,
    PastRun,
    TouchedRecord,
    TouchedRecords,
    find_run,
    find_touched,
    list_runs,
    read_report,
)
from tui_booking.importing.report import Report
from tui_booking.language import _
from tui_booking.services.desk import Desk, Superseded
from tui_booking.ui import formats
from tui_booking.ui.widgets.lines import Cells, LineColumn, Lines
from tui_booking.ui.widgets.said import Said

if TYPE_CHECKING:
    from tui_booking.models.database import Store


def moment_in_words(moment: datetime | None, zone: tzinfo) -> str:
    """A moment in the operator's zone, to the second, written as everywhere in the app."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    return f"{formats.format_value(local.date(), 'date')} {local:%H:%M:%S}"


def title_of(run: PastRun, zone: tzinfo) -> str:
    """Which run it was, in a line."""
    words = _("Run of {moment} by {user}: {path}").format(
        moment=moment_in_words(run.started_at, zone), user=run.user or "?", path=run.path
    )
    if run.finished_at is None:
        words += " · " + _("it has no end: it was killed, or is under way")
    return words


class Failed(Message):
    """What was asked of the database cannot be answered."""

    def __init__(self, error: BookingCenterError) -> None:
        super().__init__()
        self.error = error


class HistoryView(Vertical):
    """The runs, newest first; more are read when the cursor comes to the end."""

    DEFAULT_CSS = """
    HistoryView > Lines { height: 1fr; }
    """

    class ReportRead(Message):
        """A run was chosen, and its report has been read."""

        def __init__(self, run: PastRun, report: Report) -> None:
            super().__init__()
            self.run = run
            self.report = report

    class NothingYet(Message):
        """The newest run is wanted, and there is none."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.zone = desk.settings.zone_info
        self.runs: list[PastRun] = []
        self._has_more = False

    def compose(self) -> ComposeResult:
        columns = (
            LineColumn(_("Began"), most=19),
            LineColumn(_("By"), most=12),
            LineColumn(_("Result"), most=10),
            LineColumn(_("Files"), right=True, most=6),
            LineColumn(_("new"), right=True, most=11),
            LineColumn(_("upd."), right=True, most=11),
            LineColumn(_("err."), right=True, most=9),
            LineColumn(_("Path"), grows=True),
        )
        yield Lines(columns, id="runs")

    @property
    def lines(self) -> Lines:
        return self.query_one("#runs", Lines)

    @work(exclusive=True, exit_on_error=False, group="history")
    async def read_runs(self, after: PastRun | None = None) -> None:
        """Read the newest runs, or a page of those before one."""
        before = (after.started_at, after.id) if after is not None else None
        try:
            runs = await self.desk.ask(lambda store: list_runs(store, before=before), group="import.history")
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(Failed(error))
            return
        self.runs = [*self.runs, *runs] if after is not None else runs
        self._has_more = len(runs) == RUNS_A_PAGE
        self.lines.empty = _("Nothing was imported yet.")
        self.lines.show([self._row(run) for run in self.runs], at=self.lines.cursor)

    def _row(self, run: PastRun) -> Cells:
        result = _("no end") if run.ok is None else _("all in") if run.ok else _("not all in")
        sums = (run.files, run.created, run.updated, run.errors)
        moment = moment_in_words(run.started_at, self.zone)
        return (moment, run.user, result, *(formats.format_value(value, "count") for value in sums), run.path)

    @on(Lines.Highlighted)
    def _highlighted(self, event: Lines.Highlighted) -> None:
        event.stop()
        if self._has_more and event.index == len(self.runs) - 1:
            self._has_more = False
            self.read_runs(self.runs[-1])

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        event.stop()
        self._read_report(self.runs[event.index])

    def _read_report(self, run: PastRun) -> None:
        self._read(lambda store: (run, read_report(store, run)))

    def read_newest(self) -> None:
        """Read the report of the newest run."""

        def find(store: Store) -> tuple[PastRun, Report] | None:
            runs = list_runs(store, limit=1)
            return (runs[0], read_report(store, runs[0])) if runs else None

        self._read(find)

    @work(exclusive=True, exit_on_error=False, group="history")
    async def _read(self, find: Callable[[Store], tuple[PastRun, Report] | None]) -> None:
        try:
            found = await self.desk.ask(find, group="import.history")
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(Failed(error))
            return
        if found is None:
            self.post_message(self.NothingYet())
            return
        self.post_message(self.ReportRead(*found))


class RecordsView(Vertical):
    """The records of a kind that were made or changed while a run was under way; Enter goes to one."""

    DEFAULT_CSS = """
    RecordsView {
        & > #records { height: 1fr; }
    }
    """

    class Opened(Message):
        """A record was opened: its kind is the name of its table."""

        def __init__(self, kind: str, record: TouchedRecord) -> None:
            super().__init__()
            self.kind = kind
            self.record = record

    class Found(Message):
        """The records were read and are shown."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.zone = desk.settings.zone_info
        self.touched: TouchedRecords | None = None

    def compose(self) -> ComposeResult:
        yield Said(id="what")
        yield Lines(id="records")

    @property
    def lines(self) -> Lines:
        return self.query_one("#records", Lines)

    @work(exclusive=True, exit_on_error=False, group="records")
    async def read(self, run_id: UUID, kind_name: str) -> None:
        """Read which records of a kind a run made or changed."""
        kind = KIND_BY_NAME[kind_name]

        def find(store: Store) -> TouchedRecords | None:
            run = find_run(store, run_id)
            return find_touched(store, run, kind) if run is not None else None

        try:
            touched = await self.desk.ask(find, group="import.records")
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(Failed(error))
            return
        if touched is None:
            self.notify(_("This run is no longer in the history."), markup=False)
            return
        self._show(touched)
        self.post_message(self.Found())

    def _show(self, touched: TouchedRecords) -> None:
        self.touched = touched
        words = _("{count} records of {kind} made or last changed between {since} and {until}, by whomever.").format(
            count=formats.format_value(touched.total, "count"),
            kind=touched.kind.name,
            since=moment_in_words(touched.since, self.zone),
            until=moment_in_words(touched.until, self.zone),
        )
        if touched.total > len(touched.records):
            words += " " + _("The first {count} are shown.").format(
                count=formats.format_value(len(touched.records), "count")
            )
        self.query_one("#what", Said).say(words)
        columns = [LineColumn("", most=9), *(LineColumn(name, most=24) for name in touched.columns)]
        rows = [(self._what(record), *record.cells) for record in touched.records]
        muted = frozenset(place for place, record in enumerate(touched.records) if record.is_deleted)
        self.lines.empty = _("None: what was changed again later is not among them.")
        self.lines.show(rows, columns=columns, muted=muted)

    @staticmethod
    def _what(record: TouchedRecord) -> str:
        if record.is_deleted:
            return _("deleted")
        return _("created") if record.was_made else _("updated")

    @on(Lines.Chosen)
    def _chosen(self, event: Lines.Chosen) -> None:
        event.stop()
        assert self.touched is not None
        self.post_message(self.Opened(self.touched.kind.table, self.touched.records[event.index]))
