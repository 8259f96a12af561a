"""A database and an inbox for tests of what an import promises; after each import the database agrees with itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from tests.importing.contents import Contents, read_contents
from tests.importing.inboxes import FILES, adds_up, import_folder, write_file
from tui_booking.importing.report import FileReport, Message, Report
from tui_booking.models.database import Store
from tui_booking.services.checks import check_database

Lines = tuple[str, ...]
# What a row can become, in the order in which tests write the counts.
OUTCOMES = ("created", "updated", "unchanged", "skipped", "errors")


class Office:
    """Imports files that a test writes down as lines."""

    def __init__(self, store: Store, folder: Path) -> None:
        self.store = store
        self.folder = folder

    def take(self, kind: str, *lines: str, **options: Any) -> FileReport:
        """Import one file alone."""
        report = self.take_all({kind: lines}, **options)
        assert len(report.files) == 1
        return report.files[0]

    def take_all(self, files: dict[str, Lines], **options: Any) -> Report:
        """Import a folder of these files and no others."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir()
        for stem, lines in files.items():
            write_file(self.folder, stem, "\n".join((*lines, "")))
        return self.run(**options)

    def run(self, **options: Any) -> Report:
        """Import what lies in the folder; whatever becomes of it, rows add up and the database agrees with itself."""
        report = import_folder(self.store, self.folder, **options)
        assert report.stopped is None, report.stopped
        assert adds_up(report)
        assert check_database(self.store) == []
        return report

    def open_shop(self, kinds: Iterable[str] = tuple(FILES)) -> None:
        """Have the records of some of the sample files, or of all."""
        wanted = {kind: tuple(FILES[kind].splitlines()) for kind in kinds}
        report = self.take_all(wanted, create_missing=True)
        assert report.ok or not wanted, told(report)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds."""
        return [tuple(row) for row in self.store.execute_sql(sql).fetchall()]

    def value(self, sql: str) -> Any:
        """The one value that a query finds."""
        ((value,),) = self.rows(sql)
        return value

    def delete(self, table: str, where: str) -> None:
        """Soft-delete some records as the screens do, budgets included."""
        inactive = "0" if self.store.engine == "sqlite" else "FALSE"
        self.store.execute_sql(f"UPDATE {table} SET deleted_at = created_at, is_active = {inactive} WHERE {where}")
        check_database(self.store, fix=True)

    def contents(self) -> Contents:
        """What is stored, without ids, times and the history of imports."""
        return read_contents(self.store)

    def dump(self) -> dict[str, list[str]]:
        """Every value of every row of every table."""
        return {
            table: sorted(map(repr, self.rows(f'SELECT * FROM "{table}"'))) for table in sorted(self.store.get_tables())
        }


NewOffice = Callable[[], AbstractContextManager[Office]]


def counts(file: FileReport) -> tuple[int, ...]:
    """(created, updated, unchanged, skipped, errors)."""
    return tuple(getattr(file, name) for name in OUTCOMES)


def told(report: Report) -> list[tuple[str, Message]]:
    """Every message, with its file."""
    return [(file.file, message) for file in report.files for message in file.messages]


def errors(file: FileReport) -> list[tuple[int | None, str | None]]:
    """The row and column of each error."""
    return [(message.row, message.column) for message in file.messages if message.level == "error"]


def texts(file: FileReport, level: str) -> list[str]:
    """The messages of a level."""
    return [message.message for message in file.messages if message.level == level]
