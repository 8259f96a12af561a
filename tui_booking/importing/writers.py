"""Who is writing: left beside a SQLite file and in a PostgreSQL session, so that whoever waits too long is told."""

from __future__ import annotations

import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, filled
from tui_booking.models.database import DatabaseBusy, Store

# Any number will do, as long as nothing else in the database uses it: "import" on a telephone's keys.
IMPORT_LOCK = 467678
_NAME_BYTES = 63
_READ_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who holds the lock of a database; `imported` is the name of what is, `since` a moment in ISO 8601."""

    user: str
    imported: str
    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        text = (
            _("{user} (import of {file}, process {pid} on {host}) since {since}")
            if self.imported
            else _("{user} (import, process {pid} on {host}) since {since}")
        )
        since = _local(self.since)
        return filled(text, user=self.user, file=self.imported, pid=self.pid, host=self.host, since=since)


def who_writes(store: Store) -> str | None:
    """Who holds the lock of a connected database, in words; None where nobody does or that is not known."""
    if store.engine == "postgresql":
        return find_session(store.connection())
    assert store.address.path is not None
    writer = find_writer(store.address.path)
    return None if writer is None else str(writer)


def this_writer(user: str, imported: str) -> Writer:
    """This process, as of now."""
    return Writer(user, imported, os.getpid(), socket.gethostname(), datetime.now(UTC).isoformat(timespec="seconds"))


def busy(shown: str, who: str, error: BookingCenterError) -> DatabaseBusy:
    """The error that names who is writing."""
    return DatabaseBusy(filled(_("{database} is being written to by {who}."), database=shown, who=who), error.advice)


# --- SQLite ---------------------------------------------------------------------------------------------------------


def writer_file(database: Path) -> Path:
    """Where the writer of a SQLite database leaves its name."""
    return database.with_name(database.name + "-writer")


def leave_name(database: Path, writer: Writer) -> None:
    """Say who writes; called with the lock held. A folder that takes no file does not matter."""
    try:
        writer_file(database).write_text(json.dumps(asdict(writer), ensure_ascii=False), encoding="utf-8")
    except OSError:
        return


def take_name_away(database: Path) -> None:
    """Take one's own name away, before the lock is given up: afterwards the file may be somebody else's."""
    try:
        found = _read(database)
        if found is not None and (found.pid, found.host) == (os.getpid(), socket.gethostname()):
            writer_file(database).unlink(missing_ok=True)
    except OSError:
        return


def find_writer(database: Path) -> Writer | None:
    """Who left the name, unless that process has ended."""
    found = _read(database)
    if found is None or (found.host == socket.gethostname() and not is_running(found.pid)):
        return None
    return found


def _read(database: Path) -> Writer | None:
    try:
        with writer_file(database).open("rb") as file:
            told = json.loads(file.read(_READ_BYTES))
        return Writer(str(told["user"]), str(told["imported"]), int(told["pid"]), str(told["host"]), str(told["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def is_running(pid: int) -> bool:
    """Whether there is a process of that number on this machine."""
    if pid <= 0:
        return False
    if os.name == "nt":
        # There os.kill would end the process, whatever the signal.
        import ctypes

        kernel = ctypes.windll.kernel32  # type: ignore[attr-defined, unused-ignore]
        handle = kernel.OpenProcess(0x1000, 0, pid)
        if handle:
            kernel.CloseHandle(handle)
        return bool(handle)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


# --- PostgreSQL -----------------------------------------------------------------------------------------------------

# The holder of the import's lock, else whoever has had a change under way for longest.
_HOLDER = """
    SELECT a.application_name, a.usename, host(a.client_addr), a.pid, a.xact_start
    FROM pg_stat_activity a LEFT JOIN pg_locks l ON l.pid = a.pid AND l.locktype = 'advisory' AND l.granted
        AND l.database = a.datid AND l.classid = 0 AND l.objid = {lock} AND l.objsubid = 1
    WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND (l.pid IS NOT NULL OR a.backend_xid IS NOT NULL)
    ORDER BY l.pid IS NULL, a.xact_start LIMIT 1
"""


def session_name(user: str) -> str:
    """What an import's session is called on the server: at most 63 bytes, of which it takes plain letters only."""
    plain = "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in user)
    return f"tui_booking import by {plain}"[:_NAME_BYTES]


def find_session(connection: Any) -> str | None:
    """Who holds the lock, in words; asked outside of a transaction. None where the server does not tell."""
    row = connection.execute(_HOLDER.format(lock=IMPORT_LOCK)).fetchone()
    if row is None:
        return None
    name, role, client, pid, since = row
    text = (
        _("{program} (user {role} from {client}, session {pid}) since {since}")
        if since is not None
        else _("{program} (user {role} from {client}, session {pid})")
    )
    return filled(
        text,
        program=name or _("a program without a name"),
        role=role,
        client=client or _("the server itself"),
        pid=pid,
        since=None if since is None else _local(since.isoformat()),
    )


def _local(moment: str) -> str:
    try:
        local = datetime.fromisoformat(moment).astimezone()
        return filled(_("{time} on {day}"), time=f"{local:%H:%M:%S}", day=f"{local:%Y-%m-%d}")
    except (ValueError, OverflowError):
        return moment
