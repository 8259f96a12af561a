"""The settings: command line before environment (TUI_BOOKING_…) before settings.toml before what is usual."""

from __future__ import annotations

import getpass
import locale
import os
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from tui_booking.errors import BadOption, BadSetting
from tui_booking.language import Language
from tui_booking.logs import hide_passwords
from tui_booking.paths import default_database, settings_file
from tui_booking.setting_values import Checked, fits, hints_of, merge, read_environment, read_settings_file

PREFIX = "TUI_BOOKING_"
Theme = Literal["dark", "light", "high-contrast"]
_LONGEST_NAME = 100
_OPTIONS = {"database_url": "--database"}
# How pydantic names a key that is not declared.
_UNKNOWN = ("extra_forbidden", "unexpected_keyword_argument")


def _login_name() -> str:
    try:
        return getpass.getuser() or "operator"
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "operator"


def _language_of_the_machine() -> Language:
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), None)
    said = said or locale.getlocale()[0] or ""
    return "vi" if said.lower().startswith("vi") else "en"


def _database_of_the_user() -> str:
    return f"sqlite:///{default_database().as_posix()}"


def _is_written(text: str) -> None:
    if not text:
        raise ValueError("it must not be empty")


def _is_short(text: str) -> None:
    if len(text) > _LONGEST_NAME:
        raise ValueError(f"it must not have more than {_LONGEST_NAME} characters")


def _is_text(text: str) -> None:
    if "\0" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("it holds something that is no text")


def _is_zone(name: str) -> None:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):
        raise ValueError("there is no such time zone; a zone is named like Asia/Ho_Chi_Minh or UTC") from None


def _are_named(keys: dict[str, str]) -> None:
    for command, named in keys.items():
        if not all(key.strip() for key in named.split(",")):
            raise ValueError(f"{command!r} names no key, or an empty one; keys are named like n, f2 or ctrl+n")


@dataclass(frozen=True, kw_only=True)
class ImportSettings:
    """How files are read: the section [imports]."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    month_first_dates: bool = field(
        default=False, metadata={"description": "Read 02/01/2026 as the first of February, as in the USA."}
    )
    aliases: dict[str, list[str]] = field(
        default_factory=dict,
        metadata={
            "description": "Other names that columns have in your files: "
            'creator_key = ["KOC code"] in [imports.aliases].'
        },
    )


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the operator can set; each field is a key of settings.toml and a variable TUI_BOOKING_<KEY>."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    database_url: Annotated[str, Checked(_is_written)] = field(
        default_factory=_database_of_the_user,
        repr=False,
        metadata={
            "description": "Where the database is: a path, sqlite:///path/to/file.db or postgresql://user@host/name."
        },
    )
    operator: Annotated[str, Checked(_is_written), Checked(_is_short), Checked(_is_text)] = field(
        default_factory=_login_name,
        metadata={"description": "The user name under which changes are recorded; usually the login name."},
    )
    zone: Annotated[str, Checked(_is_zone)] = field(
        default="Asia/Ho_Chi_Minh",
        metadata={"description": "The time zone in which times are shown, and read where a file says none."},
    )
    language: Language = field(
        default_factory=_language_of_the_machine, metadata={"description": "en or vi; usually what LANG says."}
    )
    theme: Theme | None = field(
        default=None,
        metadata={
            "description": "The colours with which the app opens: dark, light or high-contrast; "
            "usually those it had last."
        },
    )
    keys: Annotated[dict[str, str], Checked(_are_named)] = field(
        default_factory=dict,
        metadata={
            "description": 'Other keys for what the app does: "table.new" = "n,insert" in [keys]; '
            "`?` in the app names all."
        },
    )
    imports: ImportSettings = field(default=ImportSettings(), metadata={"description": "How files are read."})

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def shown_database(self) -> str:
        """The database's URL as it may be shown: without a password."""
        return hide_passwords(self.database_url)

    def make_folder(self) -> None:
        """Make the folder of the database where it is the user's own; that of another must be there."""
        if self.database_url != _database_of_the_user():
            return
        folder = default_database().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise BadSetting(f"The folder {folder} cannot be made: {problem.strerror}.", "Name a --database.") from None


def load_settings(**options: Any) -> Settings:
    """The settings as they hold for this run; options that are None were not given. Raises BadSetting or BadOption."""
    given = {name: value for name, value in options.items() if value is not None}
    told = merge(merge(read_settings_file(settings_file()), read_environment(Settings, PREFIX)), given)
    # Pydantic takes a tenth of a second to load, so it is called in where a value is not plainly right: it reads
    # what can be meant, and says what is wrong.
    return _take(told) if fits(told, Settings) else _judge(told, given)


def _take(told: dict[str, Any]) -> Settings:
    sections = {"imports": ImportSettings(**told["imports"])} if "imports" in told else {}
    return Settings(**told | sections)


def _judge(told: dict[str, Any], given: dict[str, Any]) -> Settings:
    from pydantic import TypeAdapter, ValidationError

    try:
        return TypeAdapter(Settings).validate_python(told)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
    raise _explain([str(part) for part in first["loc"]], str(first["type"]), str(first["msg"]), given)


def _explain(place: list[str], kind: str, message: str, given: dict[str, Any]) -> BadOption | BadSetting:
    """Say where a value that cannot be came from; never the value, which may be a URL with a password."""
    key = ".".join(place)
    variable = PREFIX + "__".join(place).upper()
    is_from_environment = any(name.upper() in (PREFIX + place[0].upper(), variable) for name in os.environ)
    where = f"The environment variable {variable}" if is_from_environment else str(settings_file())
    if kind in _UNKNOWN:
        import difflib

        known = sorted(hints_of(ImportSettings if place[0] == "imports" else Settings))
        near = difflib.get_close_matches(place[-1], known, n=1)
        advice = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(known)}."
        return BadSetting(f"{where}: there is no setting {key!r}.", advice)
    reason = message.removeprefix("Value error, ")
    if place[0] in given:
        return BadOption(f"{_OPTIONS[place[0]]}: {reason}.")
    if is_from_environment:
        return BadSetting(f"{where}: {reason}.")
    return BadSetting(f"{where}: the setting {key!r}: {reason}.")
