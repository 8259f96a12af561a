"""Brings a database up to date: what was applied, what is pending, forth and back, safe for two programs at once."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui_booking.errors import BookingCenterError
from tui_booking.models.address import DatabaseAddress
from tui_booking.models.database import PostgresqlStore, SqliteStore, Store, explain, open_database
from tui_booking.models.driver import peewee
from tui_booking.paths import migrations_folder

if TYPE_CHECKING:
    from peewee_migrate import Router

HISTORY = "migratehistory"
NOTHING = "nothing"
_FILE = re.compile(r"\d{3}_[^.]+\.py")
# Any number will do, as long as nothing else in the database uses it: "booking" on a telephone's keys.
_LOCK = 2665464

logger = logging.getLogger(__name__)


class MigrationsMissing(BookingCenterError):
    """The folder of migrations is not where the program was installed."""


class DatabaseTooNew(BookingCenterError):
    """A newer version of the program has changed the database already."""


class MigrationFailed(BookingCenterError):
    """A migration could not be carried out; the database is as it was."""


class UnknownMigration(BookingCenterError):
    """There is no migration of that name."""


@dataclass(frozen=True, slots=True)
class MigrationStatus:
    """Names of migrations: applied in the order in which they were, pending, and applied by a newer program."""

    applied: tuple[str, ...]
    pending: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_current(self) -> bool:
        return not self.pending and not self.unknown


def available_migrations(folder: Path | None = None) -> list[str]:
    """The names of the migrations of this program, in order; raises MigrationsMissing."""
    folder = folder or migrations_folder()
    names = sorted(file.stem for file in folder.iterdir() if _FILE.fullmatch(file.name)) if folder.is_dir() else []
    if not names:
        raise MigrationsMissing(f"There are no migrations in {folder}.", "Install the program anew.")
    return names


def status(database: Store | DatabaseAddress | str, *, folder: Path | None = None) -> MigrationStatus:
    """Which migrations a database has; reads only. Raises DatabaseNotThere where there is none."""
    names = available_migrations(folder)
    if isinstance(database, SqliteStore | PostgresqlStore):
        return _read_status(database, names)
    opened = open_database(database, create=False)
    with opened.connection_context():
        return _read_status(opened, names)


def require_current(database: Store, *, folder: Path | None = None) -> None:
    """Raise DatabaseTooNew, or MigrationFailed where something is pending; for programs that must not migrate."""
    found = status(database, folder=folder)
    _refuse_newer(found, database)
    if found.pending:
        raise MigrationFailed(f"{database.address.shown} is not up to date.", "Run the command: migrate")


def bring_up_to_date(database: Store | DatabaseAddress | str, *, folder: Path | None = None) -> list[str]:
    """Apply what is pending, all or none of it, and return its names; makes a SQLite file that is not there.

    Cheap where nothing is pending. Raises DatabaseTooNew, MigrationsMissing, MigrationFailed.
    """
    names = available_migrations(folder)
    own = _own_database(database)
    with own.connection_context():
        found = _read_status(own, names)
        _refuse_newer(found, own)
        if not found.pending:
            return []

        def apply_pending(router: Router) -> list[str]:
            # Asked again under the lock: another program may have done it meanwhile.
            _refuse_newer(_read_status(own, names), own)
            return router.run()

        return _under_lock(own, folder, apply_pending)


def migrate_to(database: Store | DatabaseAddress | str, name: str, *, folder: Path | None = None) -> list[str]:
    """Go forth or back until `name` is the last migration applied (`nothing`: none is); return what was done or undone.

    A name may be given by its number. Raises UnknownMigration besides what bring_up_to_date raises.
    """
    names = available_migrations(folder)
    target = _named(name, names)
    own = _own_database(database)
    with own.connection_context():

        def move(router: Router) -> list[str]:
            found = _read_status(own, names)
            _refuse_newer(found, own)
            if target is not None and target not in found.applied:
                return router.run(target)
            undone: list[str] = []
            for applied in reversed(found.applied):
                if applied == target:
                    break
                router.rollback()  # type: ignore[no-untyped-call]
                undone.append(applied)
            return undone

        return _under_lock(own, folder, move)


def _named(name: str, names: list[str]) -> str | None:
    if name == NOTHING:
        return None
    number = int(name) if name.isascii() and name.isdigit() and len(name) <= 3 else None
    matching = [known for known in names if name == known or number == int(known[:3])]
    if not matching:
        raise UnknownMigration(f"There is no migration {name!r}.", f"There are: {NOTHING}, {', '.join(names)}")
    return matching[0]


def _own_database(database: Store | DatabaseAddress | str) -> Store:
    """A connection apart, as DDL spoils the prepared statements of others, and without foreign keys on SQLite:
    with them a table that is rebuilt takes its children along."""
    address = database.address if isinstance(database, SqliteStore | PostgresqlStore) else database
    return open_database(address, foreign_keys=False)


def _read_status(database: Store, names: list[str]) -> MigrationStatus:
    if database.engine == "sqlite":
        there = database.execute_sql("SELECT 1 FROM sqlite_master WHERE name = ?", (HISTORY,)).fetchone()
    else:
        there = database.execute_sql("SELECT to_regclass(%s)", (HISTORY,)).fetchone()[0]
    rows = database.execute_sql(f"SELECT name FROM {HISTORY} ORDER BY id").fetchall() if there else []
    applied = tuple(row[0] for row in rows)
    return MigrationStatus(
        applied=applied,
        pending=tuple(name for name in names if name not in applied),
        unknown=tuple(name for name in applied if name not in names),
    )


def _refuse_newer(found: MigrationStatus, database: Store) -> None:
    if found.unknown:
        raise DatabaseTooNew(
            f"{database.address.shown} was changed by a newer version of this program ({', '.join(found.unknown)}).",
            "Install that version, or use another database.",
        )


def _under_lock(database: Store, folder: Path | None, work: Callable[[Router], list[str]]) -> list[str]:
    # Imported only where something is to be done: it brings click and more, which every start would pay for.
    from peewee_migrate import Router

    try:
        with _one_at_a_time(database):
            router = Router(database, migrate_dir=(folder or migrations_folder()).absolute(), logger=logger)
            return work(router)
    except peewee.DatabaseError as error:
        words = explain(error, database)
        raise MigrationFailed(f"The database was not migrated: {words.title}", words.advice) from error


@contextmanager
def _one_at_a_time(database: Store) -> Iterator[None]:
    # One transaction about all of it, so that a program killed half-way leaves the database as it was.
    with database.atomic():
        if database.engine == "postgresql":
            database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
        yield
