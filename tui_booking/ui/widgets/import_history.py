"""What imports did before: the runs, and the records that one of them made or changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    RECORDS_SHOWN,
    PastRun,
    TouchedRecord,
    TouchedRecords,
    find_run,
    find_touched,
    kinds_of,
    list_runs,
    read_report,
)
from tui_booking.importing.report import Report
from tui_booking.language import _, ngettext
from tui_booking.services.declarations import Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.given_rows import Touch
from tui_booking.services.listings import LISTINGS
from tui_booking.ui import formats
from tui_booking.ui.widgets.given_table import GivenRow, GivenTable
from tui_booking.ui.widgets.import_tables import TOUCHED
from tui_booking.ui.widgets.record_table import RecordTable
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
    """The runs, newest first, read as they are seen."""

    DEFAULT_CSS = """
    HistoryView > RecordTable { height: 1fr; }
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

    def compose(self) -> ComposeResult:
        yield RecordTable(self.desk, id="runs")

    @property
    def table(self) -> RecordTable:
        return self.query_one("#runs", RecordTable)

    def read_runs(self, columns: Sequence[str] = ()) -> None:
        """Read the runs, at first with these columns where any are named; or read them again."""
        table = self.table
        table.empty = _("Nothing was imported yet.")
        if table.asked is None:
            listing = LISTINGS["import_runs"]
            shown = [one.name for one in listing.columns if one.shown]
            table.show(Query(listing=listing), columns=columns or shown)
        else:
            table.reload()

    @on(RecordTable.RecordOpened)
    def _opened(self, event: RecordTable.RecordOpened) -> None:
        event.stop()
        self._read(lambda store: _report_of(store, find_run(store, event.id)))

    @on(RecordTable.Failed)
    def _could_not(self, event: RecordTable.Failed) -> None:
        event.stop()
        self.post_message(Failed(event.error))

    def read_newest(self) -> None:
        """Read the report of the newest run."""
        self._read(lambda store: _report_of(store, next(iter(list_runs(store, limit=1)), None)))

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


def _report_of(store: Store, run: PastRun | None) -> tuple[PastRun, Report] | None:
    return (run, read_report(store, run)) if run is not None else None


class RecordsView(Vertical):
    """The records that were made or changed while a run was under way; Enter goes to one."""

    DEFAULT_CSS = """
    RecordsView > GivenTable { height: 1fr; }
    """

    class Opened(Message):
        """A record was opened: its kind is the name of its table."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind = kind
            self.id = id

    class Found(Message):
        """The records were read and are shown."""

    def __init__(self, desk: Desk, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.desk = desk
        self.zone = desk.settings.zone_info

    def compose(self) -> ComposeResult:
        yield Said(id="what")
        yield GivenTable(TOUCHED, grows="record", id="records-of-run")

    @property
    def table(self) -> GivenTable:
        return self.query_one("#records-of-run", GivenTable)

    @work(exclusive=True, exit_on_error=False, group="records")
    async def read(self, run_id: UUID | None, kind_names: Sequence[str] | None = None) -> None:
        """Read which records of these kinds, or of all it had files of, a run (None: the newest) made or changed."""

        def find(store: Store) -> list[TouchedRecords] | None:
            newest = next(iter(list_runs(store, limit=1)), None) if run_id is None else None
            run = find_run(store, run_id) if run_id is not None else newest
            if run is None:
                return None
            names = kind_names if kind_names is not None else kinds_of(store, run)
            return [find_touched(store, run, KIND_BY_NAME[name]) for name in names]

        try:
            touched = await self.desk.ask(find, group="import.records")
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(Failed(error))
            return
        if touched is None:
            gone = _("This run is no longer in the history.")
            self.notify(_("Nothing was imported yet.") if run_id is None else gone, markup=False)
            return
        self._show(touched)
        self.post_message(self.Found())

    def _show(self, touched: Sequence[TouchedRecords]) -> None:
        total, shown = sum(each.total for each in touched), sum(len(each.records) for each in touched)
        words = ""
        if touched:
            words = ngettext(
                "{count} record made or last changed between {since} and {until}, by whomever: {kinds}.",
                "{count} records made or last changed between {since} and {until}, by whomever: {kinds}.",
                total,
            ).format(
                count=formats.format_value(total, "count"),
                since=moment_in_words(touched[0].since, self.zone),
                until=moment_in_words(touched[0].until, self.zone),
                kinds=", ".join(
                    f"{each.kind.name} {formats.format_value(each.total, 'count')}" for each in touched if each.total
                )
                or "–",
            )
        if total > shown:
            words += " " + _("The first {count} of each kind are shown.").format(
                count=formats.format_value(RECORDS_SHOWN, "count")
            )
        self.query_one("#what", Said).say(words)
        self.table.empty = _("None: what was changed again later is not among them.")
        self.table.show(
            GivenRow(
                (each.kind.table, record.id),
                (_what(record), each.kind.name, " · ".join(filter(None, record.cells)), record.moment),
                is_muted=record.is_deleted,
            )
            for each in touched
            for record in each.records
        )

    @on(GivenTable.Opened)
    def _chosen(self, event: GivenTable.Opened) -> None:
        event.stop()
        assert isinstance(event.key, tuple)
        self.post_message(self.Opened(*event.key))


def _what(record: TouchedRecord) -> Touch:
    if record.is_deleted:
        return Touch.DELETED
    return Touch.CREATED if record.was_made else Touch.UPDATED
