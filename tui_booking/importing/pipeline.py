"""The one way in: finds the files, and brings each into the database whole, in part where asked, or not at all."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal

from tui_booking.errors import BookingCenterError
from tui_booking.importing import history
from tui_booking.importing.adoptions import adopt_brands, report_adoptions
from tui_booking.importing.aliases import require_known_columns
from tui_booking.importing.checking import CheckContext
from tui_booking.importing.effects import EFFECTS, Moment, record_placeholders
from tui_booking.importing.engines import Engine, ImportCancelled, open_engine
from tui_booking.importing.inbox import Format, Source, find_sources, printable
from tui_booking.importing.merge import (
    count_outcomes,
    report_broken_rules,
    report_deleted,
    settle_doubles,
    write_rows,
)
from tui_booking.importing.plan import STAGE, Options, Planner
from tui_booking.importing.problems import Problems
from tui_booking.importing.references import Placeholders, report_missing
from tui_booking.importing.rejects import PROBLEMS_COLUMN, RejectsNotWritten, rejects_files, write_rejects
from tui_booking.importing.report import FileReport, Message, Report
from tui_booking.importing.sheets import Sheet, UnreadableSheet, open_sheet, require_key
from tui_booking.importing.staging import Stage
from tui_booking.importing.text_encodings import require_encoding
from tui_booking.language import _, filled
from tui_booking.models.database import Store

_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What the person asked for; the words are those of the command line."""

    path: Path
    format: Format = "auto"
    create_missing: bool = False
    dry_run: bool = False
    on_error: Literal["rollback", "skip"] = "rollback"
    blank: Literal["keep", "clear"] = "keep"
    restore_deleted: bool = False
    rejects: Path | None = None
    encoding: str | None = None
    month_first: bool = False
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)
    # The files, and sheets of workbooks, that are taken of those at the path; none named: all.
    only: frozenset[tuple[str, str | None]] = frozenset()

    def takes(self, source: Source) -> bool:
        """Whether a file or sheet that lies at the path is to be imported."""
        return not self.only or (source.name, source.sheet) in self.only

    def to_json(self) -> dict[str, Any]:
        """The options as the history keeps them."""
        names = ("format", "create_missing", "on_error", "blank", "restore_deleted", "encoding", "month_first")
        told = {name: getattr(self, name) for name in names}
        if self.only:
            told["only"] = sorted([file, sheet or ""] for file, sheet in self.only)
        return told


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: file `number` of `files`; `fraction` of it has been read."""

    number: int
    files: int
    file: str
    sheet: str | None
    phase: Literal["reading", "merging", "done"]
    rows: int
    fraction: float


def _ignore(_progress: Progress) -> None:
    pass


def _never() -> bool:
    return False


def run_import(
    store: Store,
    options: ImportOptions,
    *,
    operator: str,
    zone: tzinfo,
    progress: Callable[[Progress], None] = _ignore,
    cancelled: Callable[[], bool] = _never,
) -> Report:
    """Import what lies at a path, file by file, each in a transaction of its own; a dry run is one that is undone.

    Raises BookingCenterError where nothing could be begun. Where the database fails on the way, or the person cancels,
    the report says so and holds the files that were done: the one under way has left nothing.
    """
    require_known_columns(options.aliases)
    require_encoding(options.encoding)
    sources = [source for source in find_sources(options.path, options.format) if options.takes(source)]
    run = _Run(open_engine(store, cancelled), options, operator, zone, progress, len(sources))
    with _without_cycle_collector():
        run.carry_out(sources)
    return run.report


@contextmanager
def _without_cycle_collector() -> Iterator[None]:
    """Rows make no cycles, and looking for some among them takes a third of the time of reading."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


class _Run:
    """One run over some sources."""

    def __init__(  # noqa: PLR0917
        self,
        engine: Engine,
        options: ImportOptions,
        operator: str,
        zone: tzinfo,
        progress: Callable[[Progress], None],
        files: int,
    ) -> None:
        self.engine = engine
        self.options = options
        self.operator = operator
        self.context = CheckContext(zone, options.month_first)
        self.progress = progress
        self.files = files
        self.report = Report(options.dry_run, engine.store.engine)
        self.run: Any = None
        self.user_id = "NULL"
        self.last_moment = datetime.min.replace(tzinfo=UTC)
        self.rejects: dict[tuple[Path, str | None], Path] = {}
        engine.user, engine.imported = operator, printable(options.path.name)

    def carry_out(self, sources: Sequence[Source]) -> None:
        began = time.monotonic()
        dry = self.options.dry_run
        if self.options.rejects is not None:
            self.rejects = rejects_files(self.options.rejects, sources)
        engine = self.engine
        try:
            with engine.interruptible():
                self._start()
                try:
                    # What a driver raises while rows are fetched is put in words here.
                    with engine.explained():
                        for number, source in enumerate(sources, start=1):
                            self.report.files.append(self._import_source(number, source))
                except BookingCenterError as error:
                    self.report.stopped = error if dry else engine.name_writer(error)
                finally:
                    if dry:
                        self._undo()
            if self.run is not None and self.report.stopped is None:
                with engine.explained():
                    history.finish_run(self.run, self.report)
        except ImportCancelled:
            self.report.cancelled = True
            self._finish_cancelled()
        finally:
            self.report.seconds = time.monotonic() - began
            if engine.is_lost:
                # A lost connection stays so until it is closed; whoever uses the store next gets a new one.
                engine.store.close()

    def _start(self) -> None:
        """Take the lock, and note that the run has begun; a dry run keeps the lock, as it undoes all at its end."""
        try:
            self.engine.begin()
        except BookingCenterError as error:
            raise self.engine.name_writer(error) from error
        try:
            with self.engine.explained():
                user = history.find_operator(self.operator)
                self.user_id = self.engine.literal(user.id.hex)
                if not self.options.dry_run:
                    self.run = history.start_run(user, printable(str(self.options.path)), self.options.to_json())
                    self.engine.commit()
                    self.report.run_id = self.run.id
        except BaseException:
            self._undo()
            raise

    def _finish_cancelled(self) -> None:
        # What is noted of a run that the person stopped must not stand in the way of saying what is in.
        if self.run is not None:
            with suppress(BookingCenterError, ImportCancelled), self.engine.explained():
                history.finish_run(self.run, self.report)

    def _undo(self) -> None:
        """Roll back; where the connection itself is gone, so is the transaction."""
        with suppress(BookingCenterError, ImportCancelled):
            self.engine.rollback()

    def _import_source(self, number: int, source: Source) -> FileReport:
        kind = source.kind.name if source.kind else None
        report = FileReport(source.name, source.sheet, kind, source=source, is_dry=self.options.dry_run)
        began = time.monotonic()
        try:
            if source.problem is not None:
                raise source.problem
            if source.kind is None:
                report.status = "not_recognised"
            else:
                self._import_rows(number, source, report)
        except UnreadableSheet as error:
            self._unreadable(report, error, error.row)
        except BookingCenterError as error:
            if error is not source.problem:
                self._stop_in(report, str(error), began)
                raise
            self._unreadable(report, error, getattr(error, "row", None))
        except ImportCancelled:
            self._stop_in(report, _("stopped while it was imported"), began)
            raise
        report.seconds = time.monotonic() - began
        if self.run is not None and report.status not in ("imported", "partly_imported"):
            with self.engine.explained():
                history.record_file(self.run, report)
        return report

    def _stop_in(self, report: FileReport, why: str, began: float) -> None:
        """Name the file in which a run ended: nothing of it is in."""
        seconds = time.monotonic() - began
        told = FileReport(
            report.file,
            report.sheet,
            report.kind,
            "rolled_back",
            seconds=seconds,
            messages=[Message("error", why)],
            source=report.source,
            is_dry=report.is_dry,
        )
        self.report.files.append(told)

    @staticmethod
    def _unreadable(report: FileReport, error: BookingCenterError, row: int | None) -> None:
        report.status = "unreadable"
        report.messages = [Message("error", str(error), row)]

    def _import_rows(self, number: int, source: Source, report: FileReport) -> None:
        assert source.kind is not None
        options = Options(self.options.blank == "clear", self.options.restore_deleted)
        began = time.monotonic()
        with open_sheet(source, encoding=self.options.encoding, aliases=self.options.aliases) as sheet:
            stage = Stage(self.engine, source.kind, sheet, options, self.context)
            require_key(source.kind, stage.planner.present, sheet)
            self._begin("file", write=False)
            try:
                self._stage(stage, sheet, number, source)
                self._commit("file")
            except BaseException:
                self._roll_back("file")
                raise
            report.sha256 = sheet.sha256()
            notes = [Message("info", note) for note in sheet.notes]
            notes += [
                Message("info", filled(_("column '{name}' is not known and is left alone"), name=name))
                for name in sheet.unknown
                if name != PROBLEMS_COLUMN  # an import wrote it itself
            ]
            if not stage.rows:
                notes.append(Message("info", _("there are no rows below the header")))
        for attempt in range(1, _ATTEMPTS + 1):
            self._begin("file", write=True)
            try:
                with self.engine.explained():
                    self._merge(stage, source, report, notes)
                    if report.status != "rolled_back":
                        report.seconds = time.monotonic() - began
                        if self.run is not None:
                            history.record_file(self.run, report)
                        self._commit("file")
            except BookingCenterError as error:
                self._roll_back("file")
                if self.engine.is_conflict(error) and attempt < _ATTEMPTS and not self.options.dry_run:
                    continue  # somebody else wrote the same records: plan again with what is there now
                if not self.engine.is_refusal(error):
                    raise
                report.set_counts({"error": stage.rows}, rolled_back=True)
                report.status = "rolled_back"
                report.messages = [*notes, Message("error", str(error))]
                break
            except BaseException:
                self._roll_back("file")
                raise
            if report.status == "rolled_back":
                self._roll_back("file")
            break
        self.progress(Progress(number, self.files, source.name, source.sheet, "done", stage.rows, 1.0))

    def _stage(self, stage: Stage, sheet: Sheet, number: int, source: Source) -> None:
        stage.start()
        for batch in sheet.batches():
            if self.engine.cancelled():
                raise ImportCancelled
            stage.add(batch)
            told = Progress(number, self.files, source.name, source.sheet, "reading", stage.rows, sheet.fraction_read())
            self.progress(told)
        stage.finish()
        self.progress(Progress(number, self.files, source.name, source.sheet, "merging", stage.rows, 1.0))
        self.engine.count_table(STAGE, stage.planner.joined_columns())

    def _merge(self, stage: Stage, source: Source, report: FileReport, notes: list[Message]) -> None:
        """Plan, judge and write the staged rows; leaves it to the caller to commit or roll back as the status says."""
        planner, problems, engine = stage.planner, stage.problems, self.engine
        moment = self._next_moment(source)
        placeholders = Placeholders(planner, moment.stamp, moment.milliseconds)
        self._plan(planner, problems, placeholders, moment)
        tally = planner.tally(stage.rows)
        report_missing(planner, problems, tally, may_create=self.options.create_missing)
        report_broken_rules(planner, problems)
        if not problems.is_empty():
            problems.mark_errors()
        settle_doubles(planner, problems)
        if tally["skipped"]:
            report_deleted(planner, problems)
        # Where there was nothing to say, nothing has changed since the plan was counted.
        outcomes = tally if problems.is_empty() else count_outcomes(planner, stage.rows)
        report.messages, report.messages_left_out = problems.messages()
        report.messages = notes + report.messages
        written = not outcomes.get("error") or self._write_rejects(source, problems, report)
        if outcomes.get("error") and (self.options.on_error == "rollback" or not written):
            report.status = "rolled_back"
            report.set_counts(outcomes, rolled_back=True)
            return
        for when in ("before", "after"):
            if when == "after":
                write_rows(planner, outcomes, moment.stamp, moment.milliseconds)
            for name in planner.kind.effects:
                if EFFECTS[name][0] == when:
                    EFFECTS[name][1](engine, moment)
        if placeholders.tables and outcomes.get("error"):
            placeholders.drop_unused()
        if "booking" in placeholders.tables:
            record_placeholders(engine, moment)
        report.placeholders = placeholders.counts()
        report.set_counts(outcomes, rolled_back=False)
        report.status = "partly_imported" if outcomes.get("error") else "imported"

    def _plan(self, planner: Planner, problems: Problems, placeholders: Placeholders, moment: Moment) -> None:
        """Plan the rows with what has to be there before them."""
        planner.make_plan()
        create = self.options.create_missing
        if adopt_brands(planner, placeholders if create else None, moment):
            report_adoptions(planner, problems)
            planner.make_plan()
        if create and placeholders.make():
            planner.make_plan()

    def _write_rejects(self, source: Source, problems: Problems, report: FileReport) -> bool:
        """Write the bad rows where that is asked for; whether that went well, which the report says otherwise."""
        if self.options.rejects is None:
            return True
        path = self.rejects[source.path, source.sheet]
        try:
            write_rejects(path, source, problems, self.options.encoding, self.options.aliases)
            report.rejects = printable(str(path))
        except RejectsNotWritten as error:
            report.messages.append(Message("error", str(error)))
            return False
        return True

    def _next_moment(self, source: Source) -> Moment:
        """The present, and later than that of every file before: a file's rows are told apart by it."""
        now = max(datetime.now(UTC), self.last_moment + timedelta(microseconds=1))
        self.last_moment = now
        stamp = self.engine.literal(now.replace(tzinfo=None).isoformat(" ", "microseconds"))
        text = _("import of {file}, {sheet}") if source.sheet else _("import of {file}")
        note = filled(text, file=source.name, sheet=source.sheet)
        return Moment(stamp, int(now.timestamp() * 1000), self.user_id, note)

    def _begin(self, name: str, *, write: bool) -> None:
        # In a dry run there is one transaction around everything, and each file is a part of it that can be undone.
        if self.options.dry_run:
            self.engine.run(f"SAVEPOINT {name}")
        elif write:
            self.engine.begin()
        else:
            self.engine.run("BEGIN")

    def _commit(self, name: str) -> None:
        if self.options.dry_run:
            self.engine.run(f"RELEASE SAVEPOINT {name}")
        else:
            self.engine.commit()

    def _roll_back(self, name: str) -> None:
        if not self.options.dry_run:
            self._undo()
            return
        with suppress(BookingCenterError, ImportCancelled):
            self.engine.run(f"ROLLBACK TO SAVEPOINT {name}")
            self.engine.run(f"RELEASE SAVEPOINT {name}")
