"""Database → import files: what an export writes, an import of the same database finds unchanged.

It stands beside the import and not among the services because both are made from the same fifteen kinds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tui_booking.errors import BookingCenterError
from tui_booking.importing.columns import Column
from tui_booking.importing.engines import open_engine
from tui_booking.importing.export_cells import guarded, not_read_back, texts_of
from tui_booking.importing.export_files import DoesNotFit, Target, cannot_write, open_target
from tui_booking.importing.export_queries import LeftOut, count_kind, exported_columns, select_kind
from tui_booking.importing.inbox import recognise
from tui_booking.importing.kinds import KINDS, Kind
from tui_booking.importing.snapshots import Snapshot, open_snapshot
from tui_booking.models.database import Store, open_database
from tui_booking.models.migrate import require_current

ExportFormat = Literal["auto", "csv", "xlsx"]
_NAMED = 5

_WHY = {
    LeftOut.PLACEHOLDER: "only stand in for what is missing: complete them",
    LeftOut.DELETED_PARENT: "point at a deleted record, which no import accepts: bring that one back, or delete these",
    LeftOut.ALIKE: "are told apart from others by nothing that a file can say: give them a code of their own",
    LeftOut.KEYLESS: "have nothing by which an import finds them",
}


@dataclass
class ExportedKind:
    """What became of the records of one kind; `problem` says why it was not written at all."""

    kind: str
    name: str = ""
    rows: int = 0
    left_out: Counter[LeftOut] = field(default_factory=Counter)
    not_read_back: Counter[str] = field(default_factory=Counter)
    first_rows: dict[str, list[int]] = field(default_factory=dict)
    problem: str | None = None

    @property
    def ok(self) -> bool:
        """Whether every record that is one in its own right is in the file, and reads back."""
        lost = sum(count for why, count in self.left_out.items() if why is not LeftOut.PLACEHOLDER)
        return self.problem is None and not lost and not self.not_read_back

    def messages(self) -> list[str]:
        """What a person should know about it."""
        told = [] if self.problem is None else [f"not exported: {self.problem}"]
        told += [f"{count:,} left out: they {_WHY[why]}" for why, count in sorted(self.left_out.items())]
        for column, count in self.not_read_back.items():
            rows = ", ".join(map(str, self.first_rows[column])) + (" …" if count > _NAMED else "")
            told.append(f"{column}: an import will not take {count:,} of the values as they are stored; rows {rows}")
        return told


@dataclass
class ExportReport:
    """What an export wrote."""

    files: list[Path] = field(default_factory=list)
    kinds: list[ExportedKind] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return all(kind.ok for kind in self.kinds)


def export_at(
    url: str,
    destination: Path,
    *,
    kinds: Sequence[Kind] = KINDS,
    form: ExportFormat = "auto",
    progress: Callable[[str, int], None] = lambda _kind, _rows: None,
) -> ExportReport:
    """Export the database of that URL; see export_kinds."""
    store = open_database(url, create=False)
    with store.connection_context():
        require_current(store)
        return export_kinds(store, destination, kinds=kinds, form=form, progress=progress)


def export_kinds(
    store: Store,
    destination: Path,
    *,
    kinds: Sequence[Kind] = KINDS,
    form: ExportFormat = "auto",
    progress: Callable[[str, int], None] = lambda _kind, _rows: None,
) -> ExportReport:
    """Write all records of the kinds, as they are at one moment, to a folder of CSV or a workbook.

    Nothing is at the destination before all is. Raises BookingCenterError where it cannot be written at all.
    """
    target = open_target(destination, form)
    _refuse_misleading_name(destination, kinds)
    report = ExportReport()
    try:
        with open_snapshot(open_engine(store, lambda: False)) as snapshot:
            for kind in kinds:
                report.kinds.append(_export_kind(kind, snapshot, target, progress))
        report.files = target.keep()
    except OSError as error:
        raise cannot_write(destination, error) from error
    finally:
        target.abandon()
    return report


def _refuse_misleading_name(destination: Path, kinds: Sequence[Kind]) -> None:
    """A workbook of one sheet is imported as what the file is named."""
    meant = recognise(destination.stem) if destination.suffix.casefold() == ".xlsx" else None
    if len(kinds) == 1 and meant is not None and meant is not kinds[0]:
        raise BookingCenterError(
            f"'{destination.name}' would be imported as {meant.name}, not as {kinds[0].name}.",
            f"Name it {kinds[0].name}.xlsx.",
        )


def _export_kind(kind: Kind, snapshot: Snapshot, target: Target, progress: Callable[[str, int], None]) -> ExportedKind:
    exported = ExportedKind(kind.name)
    try:
        target.fits(snapshot.count(count_kind(kind)))
    except DoesNotFit as reason:
        exported.problem = str(reason)
        return exported
    columns = exported_columns(kind)
    exported.name = target.start(kind, columns)
    try:
        for rows in snapshot.read(select_kind(kind, snapshot.engine)):
            _add_rows(kind, columns, rows, target, exported)
            progress(kind.name, exported.rows)
    except DoesNotFit as reason:
        target.drop()
        return ExportedKind(kind.name, problem=str(reason))
    target.finish()
    return exported


def _add_rows(
    kind: Kind, columns: Sequence[Column], rows: list[tuple[Any, ...]], target: Target, exported: ExportedKind
) -> None:
    kept = []
    keys = _key_places(kind, columns)
    for row in rows:
        why = row[-1]
        if why is None and not any(all(row[place] not in (None, "") for place in key) for key in keys):
            why = LeftOut.KEYLESS
        if why is None:
            kept.append(row)
        else:
            exported.left_out[LeftOut(why)] += 1
    if not kept:
        return
    values = list(zip(*kept, strict=True))[:-1]
    placed = {column.name: place for place, column in enumerate(columns)}
    texts = []
    for column, stored in zip(columns, values, strict=True):
        currencies = values[placed[column.currency]] if column.currency is not None else ()
        texts.append(texts_of(column, stored, currencies))
        cells = guarded(column, texts[-1])
        for index in not_read_back(column, stored, cells, currencies):
            exported.not_read_back[column.name] += 1
            first = exported.first_rows.setdefault(column.name, [])
            if len(first) < _NAMED:
                first.append(exported.rows + index + 2)
    target.add(texts, values)
    exported.rows += len(kept)


def _key_places(kind: Kind, columns: Sequence[Column]) -> list[list[int]]:
    """By which sets of cells, by their places in a row, an import finds a record."""
    placed = {column.name: place for place, column in enumerate(columns)}
    always = [column.name for column in kind.columns if column.key]
    sets = [dict.fromkeys((*always, *key)) for key in kind.keys]
    return [[placed[name] for name in names] for names in sets if all(name in placed for name in names)]


def kinds_named(names: Sequence[str]) -> tuple[Kind, ...]:
    """The kinds of these names, in import order; all where none is named."""
    return tuple(kind for kind in KINDS if not names or kind.name in names)


__all__ = ["ExportReport", "ExportedKind", "export_at", "export_kinds", "kinds_named"]
