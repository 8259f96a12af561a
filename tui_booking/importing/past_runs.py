"""The history of imports, read back: the runs, the report of each, and which records a run made or changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from tui_booking.importing.columns import Column
from tui_booking.importing.engines import open_engine
from tui_booking.importing.export_cells import texts_of
from tui_booking.importing.export_queries import exported_columns, select_records
from tui_booking.importing.inbox import WORKBOOK_ENDINGS, Source, recognise
from tui_booking.importing.kinds import KIND_BY_NAME, Kind
from tui_booking.importing.report import FileReport, Message, Report, Status
from tui_booking.models import ImportFile, ImportRun, User
from tui_booking.models.database import Store
from tui_booking.models.driver import peewee
from tui_booking.models.stored_texts import read_id, read_moment

RUNS_A_PAGE = 200
RECORDS_SHOWN = 1_000
# What tells a person which record it is, beside the columns by which an import finds it.
_TELLING = ("name", "title", "status", "booking_code", "campaign_code", "creator_key")


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run of the history with its sums; `ok` is None for one that has no end: it was killed, or is under way."""

    id: UUID
    started_at: datetime
    finished_at: datetime | None
    user: str
    path: str
    options: Mapping[str, Any]
    ok: bool | None
    files: int
    rows: int
    created: int
    updated: int
    errors: int


@dataclass(frozen=True, slots=True)
class TouchedRecord:
    """A record that was made, or else changed, while a run was under way; `cells` as an import file has them."""

    id: UUID
    moment: datetime
    was_made: bool
    is_deleted: bool
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TouchedRecords:
    """The first records of a kind that were made or changed between two moments, and how many there are."""

    kind: Kind
    columns: tuple[str, ...]
    since: datetime
    until: datetime
    records: tuple[TouchedRecord, ...]
    total: int


def list_runs(_store: Store, *, before: tuple[datetime, UUID] | None = None, limit: int = RUNS_A_PAGE) -> list[PastRun]:
    """The runs, newest first; `before` is the beginning and id of the last one of the page before."""
    asked = (
        ImportRun.select(ImportRun, User.username.alias("username"))
        .join(User, peewee.JOIN.LEFT_OUTER, on=(ImportRun.user == User.id))
        .order_by(ImportRun.started_at.desc(), ImportRun.id.desc())
        .limit(limit)
    )
    if before is not None:
        moment, run_id = before
        asked = asked.where(
            (ImportRun.started_at < moment) | ((ImportRun.started_at == moment) & (ImportRun.id < run_id))
        )
    runs = cast(list[dict[str, Any]], list(asked.dicts()))
    sums = _sums_of([run["id"] for run in runs])
    return [
        PastRun(
            id=run["id"],
            started_at=run["started_at"],
            finished_at=run["finished_at"],
            user=run["username"] or "",
            path=run["path"],
            options=run["options"] or {},
            ok=run["ok"],
            **dict(zip(_SUMS, sums.get(run["id"], (0,) * len(_SUMS)), strict=True)),
        )
        for run in runs
    ]


_SUMS = ("files", "rows", "created", "updated", "errors")


def _sums_of(run_ids: Sequence[UUID]) -> dict[UUID, tuple[int, ...]]:
    if not run_ids:
        return {}
    sums = [peewee.fn.SUM(getattr(ImportFile, name)) for name in _SUMS[1:]]
    asked = (
        ImportFile.select(ImportFile.run, peewee.fn.COUNT(ImportFile.id), *sums)
        .where(ImportFile.run.in_(list(run_ids)))
        .group_by(ImportFile.run)
    )
    rows = cast(list[tuple[Any, ...]], list(asked.tuples()))
    return {row[0]: tuple(int(value or 0) for value in row[1:]) for row in rows}


def read_report(store: Store, run: PastRun) -> Report:
    """The report of a run as the history kept it; its files are where they were then, if they are still there."""
    asked = ImportFile.select().where(ImportFile.run == run.id).order_by(ImportFile.created_at, ImportFile.id)
    report = Report(dry_run=False, database=store.engine, run_id=run.id)
    report.files = [_file_of(stored, Path(run.path)) for stored in asked]
    ended = run.finished_at or run.started_at
    report.seconds = (ended - run.started_at).total_seconds()
    return report


def _file_of(stored: ImportFile, path: Path) -> FileReport:
    counts = {name: getattr(stored, name) for name in ("rows", "created", "updated", "unchanged", "skipped", "errors")}
    return FileReport(
        file=stored.file,
        sheet=stored.sheet,
        kind=stored.kind,
        status=cast(Status, stored.status.value),
        placeholders=stored.placeholders or {},
        seconds=stored.seconds or 0.0,
        sha256=stored.sha256,
        messages=[_message_of(told) for told in stored.messages],
        source=_source_of(stored, path),
        **counts,
    )


def _message_of(told: Mapping[str, Any]) -> Message:
    return Message(
        told.get("level", "info"),
        str(told.get("message", "")),
        told.get("row"),
        told.get("column"),
        told.get("value"),
        told.get("count", 1),
        tuple(told.get("rows", ())),
        tuple(told.get("values", ())),
    )


def _source_of(stored: ImportFile, path: Path) -> Source | None:
    """Where the file was; where it is no longer, that is said when it is read."""
    kind = KIND_BY_NAME.get(stored.kind or "") or recognise(stored.file)
    if kind is None:
        return None
    file = path if path.name == stored.file and not path.is_dir() else path / stored.file
    return Source(file, stored.sheet, kind, is_workbook=file.suffix.casefold() in WORKBOOK_ENDINGS)


def find_run(store: Store, run_id: UUID) -> PastRun | None:
    """A run of the history by its id."""
    run = ImportRun.get_or_none(ImportRun.id == run_id)
    if run is None:
        return None
    # One of the page that begins with it.
    after = UUID(int=run_id.int + 1)
    return next((found for found in list_runs(store, before=(run.started_at, after), limit=1)), None)


def kinds_of(_store: Store, run: PastRun) -> list[str]:
    """The kinds of which a run had files, in the order in which they go in."""
    asked = ImportFile.select(ImportFile.kind).where(ImportFile.run == run.id).distinct()
    found = {stored.kind for stored in asked}
    return [name for name in KIND_BY_NAME if name in found]


def find_touched(store: Store, run: PastRun, kind: Kind, *, limit: int = RECORDS_SHOWN) -> TouchedRecords:
    """Which records of a kind were made or changed between the beginning and the end of a run, by whomever.

    A record that was changed again later is no longer among them.
    """
    engine = open_engine(store, lambda: False)
    since, until = run.started_at, run.finished_at or datetime.now(UTC)
    first, last = (
        engine.literal(moment.replace(tzinfo=None).isoformat(" ", "microseconds")) for moment in (since, until)
    )
    within = f"t.updated_at BETWEEN {first} AND {last}"
    columns = _telling_columns(kind)
    rows = engine.run(
        f"{select_records(kind, columns, 't.id', 't.created_at', 't.updated_at', 't.deleted_at')}"
        f" WHERE {within} ORDER BY t.id LIMIT {limit}"
    ).fetchall()
    total = int(engine.value(f"SELECT COUNT(*) FROM {kind.table} t WHERE {within}"))
    cells = _texts_of(columns, [row[4:] for row in rows])
    return TouchedRecords(
        kind=kind,
        columns=tuple(column.name for column in columns),
        since=since,
        until=until,
        records=tuple(
            TouchedRecord(
                row[0] if isinstance(row[0], UUID) else read_id(row[0]),
                _moment(row[2]),
                since <= _moment(row[1]),
                row[3] is not None,
                told,
            )
            for row, told in zip(rows, cells, strict=True)
        ),
        total=total,
    )


def _telling_columns(kind: Kind) -> tuple[Column, ...]:
    telling = {name for key in kind.keys for name in key} | set(_TELLING)
    telling |= {str(column.currency) for column in kind.columns if column.name in telling}
    return tuple(column for column in exported_columns(kind) if column.name in telling)


def _texts_of(columns: Sequence[Column], rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    values = dict(zip([column.name for column in columns], zip(*rows, strict=True), strict=bool(rows)))
    texts = [texts_of(column, values.get(column.name, ()), values.get(column.currency or "", ())) for column in columns]
    return list(zip(*texts, strict=True))


def _moment(stored: datetime | str) -> datetime:
    return read_moment(stored) if isinstance(stored, str) else stored.astimezone(UTC)
