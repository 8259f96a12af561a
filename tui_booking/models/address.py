"""Where a database is: reads the URL forms that people write, and says it again without the password."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, filled

POSTGRESQL_SCHEMES = ("postgresql", "postgres", "psycopg3")
# How the connection strings of PostgreSQL's own programs begin.
_WORDS = re.compile(r"(?:host|hostaddr|port|dbname|user|password|passfile|service|sslmode|options)\s*=", re.IGNORECASE)
FORMS = "Write a path, sqlite:///path/to/file.db or postgresql://user@host/name."


class WrongDatabaseUrl(BookingCenterError):
    """The text does not say where a database is."""


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """A SQLite file, or a PostgreSQL database with its connection parameters (psycopg's names)."""

    engine: str
    path: Path | None = None
    read_only: bool = False
    parameters: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def shown(self) -> str:
        """The address as it may be shown and logged: never with a password."""
        if self.path is not None:
            return str(self.path)
        host = self.parameters.get("host", "localhost")
        port = self.parameters.get("port")
        place = f"{host}:{port}" if port else host
        name = self.parameters.get("dbname", "")
        return filled(_("PostgreSQL database {name} at {place}"), name=name, place=place)

    def is_there(self) -> bool:
        """Whether there is a file; raises WrongDatabaseUrl where there can be none."""
        try:
            return self.path is not None and self.path.exists()
        except OSError as problem:
            raise WrongDatabaseUrl(
                f"There can be no database {self.path}: {problem.strerror or problem}.", FORMS
            ) from problem


def read_address(url: str) -> DatabaseAddress:
    """Read a URL, or the plain path of a SQLite file; raises WrongDatabaseUrl."""
    text = url.strip()
    scheme, separator, rest = text.partition("://")
    if not text:
        raise WrongDatabaseUrl("No database is named.", FORMS)
    if "\0" in text:
        raise WrongDatabaseUrl("The database's name holds a NUL character.", FORMS)
    if not separator:
        if _WORDS.match(text):
            raise WrongDatabaseUrl(
                "That is a connection string of PostgreSQL, which is not read.",
                "Write postgresql://user@host/name, or ./ before the path of a file that is called so.",
            )
        return _sqlite(text, read_only=False)
    if scheme.lower() == "sqlite":
        if not rest.startswith("/"):
            raise WrongDatabaseUrl("A SQLite URL has three slashes before the path.", FORMS)
        path, _mark, query = rest[1:].partition("?")
        return _sqlite(path, read_only=_is_read_only(query))
    if scheme.lower() in POSTGRESQL_SCHEMES:
        return _postgresql(f"postgresql://{rest}")
    # Only the scheme is repeated: what follows it may hold a password.
    raise WrongDatabaseUrl(f"Databases of the kind {scheme!r} are not supported.", FORMS)


def _is_read_only(query: str) -> bool:
    for name, value in parse_qsl(query, keep_blank_values=True):
        if (name, value) != ("mode", "ro"):
            raise WrongDatabaseUrl(f"A SQLite URL has no parameter {name}={value}.", "Known is mode=ro: read only.")
    return bool(query)


def _sqlite(path: str, *, read_only: bool) -> DatabaseAddress:
    if not path or path == ":memory:":
        raise WrongDatabaseUrl("A SQLite database needs a file: one in memory is empty in every other thread.", FORMS)
    return DatabaseAddress("sqlite", path=Path(path).expanduser(), read_only=read_only)


def _postgresql(url: str) -> DatabaseAddress:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    try:
        urlsplit(url)
        parameters: dict[str, Any] = dict(conninfo_to_dict(url))
    except (ProgrammingError, ValueError):
        # The driver repeats the URL in its message, password and all.
        raise WrongDatabaseUrl("The PostgreSQL URL cannot be read.", FORMS) from None
    if not parameters.get("dbname"):
        raise WrongDatabaseUrl("The PostgreSQL URL names no database.", FORMS)
    return DatabaseAddress("postgresql", parameters=parameters)
