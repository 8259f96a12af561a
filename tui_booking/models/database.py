"""The way to a database: one connection a thread, the same settings on each, and words for what goes wrong."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, filled
from tui_booking.models.address import DatabaseAddress, read_address
from tui_booking.models.base import database_proxy
from tui_booking.models.driver import bring_driver, peewee
from tui_booking.models.folding import fold

BUSY_SECONDS = 15
CACHE_KIBIBYTES = 16_384
_RETRY_SECONDS = 0.02
# What psycopg says of a connection that was there; such errors carry no SQLSTATE.
_BROKEN = (
    "server closed the connection",
    "connection is closed",
    "connection is lost",
    "consuming input failed",
    "sending query and params failed",
    "sending query failed",
    "no connection to the server",
    "the last operation didn't produce",
    "SSL connection has been closed",
)

# SQLite takes a transaction back by itself where the disk is full, among others; then that fails which would do so.
_TAKEN_BACK = ("cannot rollback - no transaction is active", "no such savepoint")


_LACKING = ("no such table", "no such column")


class DatabaseNotThere(BookingCenterError):
    """There is no database where one was expected."""


class DatabaseRefused(BookingCenterError):
    """The database cannot be opened, or does not let us in."""


class DatabaseReadOnly(BookingCenterError):
    """The database can be read and not written."""


class DatabaseBusy(BookingCenterError):
    """Somebody else is writing, and has been for longer than we wait."""


class DatabaseFull(BookingCenterError):
    """There is no room for what is to be written."""


class DatabaseFailed(BookingCenterError):
    """The database did not carry out what it was asked."""


class DatabaseLost(BookingCenterError):
    """The connection broke."""


class SqliteStore(peewee.SqliteDatabase):
    """A SQLite file in WAL mode."""

    engine = "sqlite"
    field_types: dict[str, str] = {  # noqa: RUF012  # peewee reads it from the class
        **peewee.SqliteDatabase.field_types,
        "BIGINT": "INTEGER",
        "BOOL": "INTEGER",
        "CODE": "TEXT",
        "DATE": "TEXT",
        "DOUBLE": "REAL",
        "JSON": "TEXT",
        # The fixed width of UtcDateTimeField; SQLite itself counts milliseconds.
        "NOW": "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))",
        "UTC_TIME": "TEXT",
        "UUID": "TEXT",
    }

    if TYPE_CHECKING:

        def execute_sql(self, sql: str, params: Sequence[object] | None = None) -> Any: ...
        def connection(self) -> Any: ...
        def cursor(self, named_cursor: str | None = None) -> Any: ...

    def __init__(self, address: DatabaseAddress, *, foreign_keys: bool = True) -> None:
        assert address.path is not None
        self.address = address
        name = str(address.path)
        options: dict[str, Any] = {}
        if address.read_only:
            name, options["uri"] = f"{address.path.absolute().as_uri()}?mode=ro", True
        pragmas = {"synchronous": 1, "foreign_keys": int(foreign_keys), "cache_size": -CACHE_KIBIBYTES}
        super().__init__(name, pragmas=pragmas, timeout=BUSY_SECONDS, lock_type="IMMEDIATE", **options)

    def _connect(self) -> sqlite3.Connection:
        path = self.address.path
        assert path is not None
        if not path.parent.is_dir():
            raise DatabaseNotThere(
                filled(_("There is no folder {folder}."), folder=path.parent),
                _("Make it, or name a file in another folder."),
            )
        try:
            connection: sqlite3.Connection = super()._connect()  # type: ignore[misc]
        except (sqlite3.Error, peewee.DatabaseError) as error:
            raise explain(error, self) from error
        return connection

    def _set_pragmas(self, connection: sqlite3.Connection) -> None:
        _switch_to_wal(connection)
        super()._set_pragmas(connection)  # type: ignore[misc]
        add_functions(connection)


def add_functions(connection: sqlite3.Connection) -> None:
    """Let statements of a connection fold texts that have no folded column beside them: `folded(x)`."""
    connection.create_function(
        "folded", 1, lambda text: fold(text) if isinstance(text, str) else text, deterministic=True
    )


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Change a new file to WAL mode; two programs that do so at once do not wait for each other by themselves."""
    give_up = time.monotonic() + BUSY_SECONDS
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            if connection.execute("PRAGMA journal_mode = wal").fetchone()[0] != "wal":
                return  # a file system or a file that does not allow it: slower, and as safe
        except sqlite3.OperationalError as error:
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > give_up:
                raise
            time.sleep(_RETRY_SECONDS)


class PostgresqlStore(peewee.PostgresqlDatabase):
    """A PostgreSQL database, by psycopg 3."""

    engine = "postgresql"
    field_types: dict[str, str] = {  # noqa: RUF012  # peewee reads it from the class
        **peewee.PostgresqlDatabase.field_types,
        # In the order of the characters' numbers, as on SQLite; such an index also serves LIKE 'prefix%'.
        "CODE": 'TEXT COLLATE "C"',
        "NOW": "now()",
        "UTC_TIME": "TIMESTAMPTZ",
    }

    if TYPE_CHECKING:

        def execute_sql(self, sql: str, params: Sequence[object] | None = None) -> Any: ...
        def connection(self) -> Any: ...
        def cursor(self, named_cursor: str | None = None) -> Any: ...

    def __init__(self, address: DatabaseAddress) -> None:
        self.address = address
        parameters: dict[str, Any] = {"application_name": "tui_booking", "connect_timeout": 10} | address.parameters
        parameters["options"] = f"{parameters.get('options', '')} -c TimeZone=UTC".strip()
        name = parameters.pop("dbname")
        bring_driver()
        super().__init__(name, prefer_psycopg3=True, **parameters)

    def _connect(self) -> Any:
        try:
            return super()._connect()  # type: ignore[misc]
        except Exception as error:
            import psycopg

            if isinstance(error, psycopg.Error | peewee.PeeweeException):
                raise explain(error, self) from error
            raise


Store = SqliteStore | PostgresqlStore


def open_database(url: str | DatabaseAddress, *, create: bool = True, foreign_keys: bool = True) -> Store:
    """A database that nothing is connected to yet and no model is bound to.

    Raises WrongDatabaseUrl, and DatabaseNotThere for a SQLite file that is not there unless `create`.
    """
    address = url if isinstance(url, DatabaseAddress) else read_address(url)
    if address.path is None:
        return PostgresqlStore(address)
    if not address.is_there() and (address.read_only or not create):
        raise DatabaseNotThere(
            filled(_("There is no database at {path}."), path=address.path),
            _("Check the path, or make one with the command: migrate"),
        )
    return SqliteStore(address, foreign_keys=foreign_keys)


def connect(url: str | DatabaseAddress, *, create: bool = True) -> Store:
    """Connect this thread to a database and bind the models to it; other threads use `connection_context()`.

    Raises a BookingCenterError that says what is wrong with the URL, or why the database cannot be reached.
    """
    database = open_database(url, create=create)
    database.connect()
    database_proxy.initialize(database)
    return database


def driver_error(error: BaseException) -> BaseException:
    """What the driver raised at first, where peewee has put it in an error of its own."""
    cause: BaseException = error.__cause__ or getattr(error, "orig", None) or error
    if cause.__context__ is not None and str(cause).startswith(_TAKEN_BACK):
        return driver_error(cause.__context__)
    return cause


def explain(error: BaseException, database: Store) -> BookingCenterError:
    """Put a driver's error in words for a person: what happened to this database and what to do; never a password."""
    cause = driver_error(error)
    if database.engine == "postgresql":
        return _explain_postgresql(cause, database)
    text, shown = str(cause), database.address.shown
    if "readonly" in text:
        return DatabaseReadOnly(
            filled(_("{file} cannot be written to."), file=shown), _("Check the rights to the file and its folder.")
        )
    if "database is locked" in text or "database table is locked" in text:
        return DatabaseBusy(
            filled(
                _("Another program is writing to {file}, and has been for {seconds} seconds."),
                file=shown,
                seconds=BUSY_SECONDS,
            ),
            _("Wait until its import or change is done, and try again."),
        )
    if "is full" in text:
        return DatabaseFull(
            filled(_("There is no room left for {file}."), file=shown),
            _("Make room on its disk and on that of temporary files, and try again."),
        )
    if "disk I/O error" in text:
        return DatabaseFailed(
            filled(_("{file} cannot be read or written: {why}."), file=shown, why=text),
            _("Check its disk, or the network drive it is on, and try again."),
        )
    if "not a database" in text or "malformed" in text:
        return DatabaseRefused(
            filled(_("{file} is not a database, or is damaged."), file=shown),
            _("Restore a backup, or name another file."),
        )
    if "unable to open" in text:
        return DatabaseRefused(
            filled(_("{file} cannot be opened: {why}."), file=shown, why=text),
            _("Check the path and the rights to it."),
        )
    if "Could not decode to UTF-8" in text:
        return DatabaseFailed(
            filled(_("A text in {file} cannot be read: {why}."), file=shown, why=text),
            _("Another program wrote it, and not in UTF-8: restore a backup, or write it anew with that."),
        )
    if text.startswith(_LACKING):
        return DatabaseFailed(
            filled(_("{file} cannot be read: {why}."), file=shown, why=text),
            _("Another program has changed its tables: restore a backup."),
        )
    return DatabaseFailed(filled(_("{file} refused a change."), file=shown), _said(text, database))


def _explain_postgresql(cause: BaseException, database: Store) -> BookingCenterError:
    text, shown = str(cause), database.address.shown
    state = getattr(cause, "sqlstate", None) or ""
    if state == "25006":
        return DatabaseReadOnly(
            filled(_("The {database} cannot be written to."), database=shown),
            _("Check the rights of its user, or its settings."),
        )
    if state == "55P03":
        return DatabaseBusy(
            filled(
                _("Another program is writing to the {database}, and has been for {seconds} seconds."),
                database=shown,
                seconds=BUSY_SECONDS,
            ),
            _("Wait until its import or change is done, and try again."),
        )
    if state[:2] == "53" and state != "53300":
        return DatabaseFull(
            filled(
                _("The server of the {database} has no room left: {why}."), database=shown, why=" ".join(text.split())
            ),
            _("Make room there, and try again."),
        )
    if state == "3D000" or (not state and "database" in text and "does not exist" in text):
        return DatabaseNotThere(
            filled(_("There is no {database}."), database=shown), _("Check its name, or make it with: createdb")
        )
    if state[:3] == "57P" or state[:2] == "08" or any(words in text for words in _BROKEN):
        return DatabaseLost(
            filled(_("The connection to the {database} broke."), database=shown),
            _("Check that the server runs and the network, and try again."),
        )
    if not state or state[:2] in ("28", "53"):
        return DatabaseRefused(filled(_("The {database} cannot be reached."), database=shown), _said(text, database))
    if state in ("42P01", "42703"):
        return DatabaseFailed(
            filled(_("The {database} cannot be read: {why}."), database=shown, why=text.partition("\n")[0]),
            _("Another program has changed its tables: restore a backup."),
        )
    return DatabaseFailed(filled(_("The {database} refused a change."), database=shown), _said(text, database))


def _said(text: str, database: Store) -> str:
    password = database.address.parameters.get("password")
    line = " ".join(text.split())
    return filled(_("The database says: {line}"), line=line.replace(str(password), "***") if password else line)
