"""The settings: command line before environment (TUI_BOOKING_…) before settings.toml before what is usual."""

from __future__ import annotations

import difflib
import getpass
import locale
import os
import tomllib
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from tui_booking.errors import BadOption, BadSetting
from tui_booking.language import Language
from tui_booking.logs import hide_passwords
from tui_booking.paths import default_database, settings_file

PREFIX = "TUI_BOOKING_"
Theme = Literal["dark", "light", "high-contrast"]


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


class ImportSettings(BaseModel):
    """How files are read: the section [imports]."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month_first_dates: bool = Field(
        default=False, description="Read 02/01/2026 as the first of February, as in the USA."
    )
    aliases: dict[str, list[str]] = Field(
        default_factory=dict,
        description='Other names that columns have in your files: creator_key = ["KOC code"] in [imports.aliases].',
    )


class Settings(BaseSettings):
    """What the operator can set; each field is a key of settings.toml and a variable TUI_BOOKING_<KEY>."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True)

    database_url: str = Field(
        default_factory=_database_of_the_user,
        repr=False,
        min_length=1,
        description="Where the database is: a path, sqlite:///path/to/file.db or postgresql://user@host/name.",
    )
    operator: str = Field(
        default_factory=_login_name,
        min_length=1,
        max_length=100,
        description="The user name under which changes are recorded; usually the login name.",
    )
    zone: str = Field(
        default="Asia/Ho_Chi_Minh",
        description="The time zone in which times are shown, and read where a file says none.",
    )
    language: Language = Field(
        default_factory=_language_of_the_machine, description="en or vi; usually what LANG says."
    )
    theme: Theme | None = Field(
        default=None,
        description="The colours with which the app opens: dark, light or high-contrast; usually those it had last.",
    )
    keys: dict[str, str] = Field(
        default_factory=dict,
        description='Other keys for what the app does: "table.new" = "n,insert" in [keys]; `?` in the app names all.',
    )
    imports: ImportSettings = Field(default=ImportSettings(), description="How files are read.")

    @property
    def zone_info(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def shown_database(self) -> str:
        """The database's URL as it may be shown: without a password."""
        return hide_passwords(self.database_url)

    def make_folder(self) -> None:
        """Make the folder of the database where it is the user's own; a path that was named must be there."""
        if "database_url" in self.model_fields_set:
            return
        folder = default_database().parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise BadSetting(f"The folder {folder} cannot be made: {problem.strerror}.", "Name a --database.") from None

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, LookupError):
            raise ValueError("there is no such time zone; a zone is named like Asia/Ho_Chi_Minh or UTC") from None
        return name

    @field_validator("keys")
    @classmethod
    def _keys_are_named(cls, keys: dict[str, str]) -> dict[str, str]:
        for command, named in keys.items():
            if not all(key.strip() for key in named.split(",")):
                raise ValueError(f"{command!r} names no key, or an empty one; keys are named like n, f2 or ctrl+n")
        return keys

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, init_kwargs=_read_settings_file())


def load_settings(**options: Any) -> Settings:
    """The settings as they hold for this run; options that are None were not given. Raises BadSetting or BadOption."""
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as problem:
        first = problem.errors(include_url=False, include_input=False, include_context=False)[0]
    except ValueError as problem:  # SettingsError: a variable that should hold JSON does not
        raise BadSetting(f"The environment cannot be read: {problem}", "Correct the variable or unset it.") from None
    raise _explain([str(part) for part in first["loc"]], str(first["type"]), str(first["msg"]), given)


def _read_settings_file() -> dict[str, Any]:
    file = settings_file()
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as problem:
        raise BadSetting(
            f"The settings {file} cannot be read: {problem.strerror}.", "Check the rights to it."
        ) from None
    except ValueError as problem:  # not TOML, or not UTF-8
        raise BadSetting(f"The settings {file} cannot be read: {problem}.", "Correct that line.") from None


def _explain(place: list[str], kind: str, message: str, given: dict[str, Any]) -> BadOption | BadSetting:
    """Say where a value that cannot be came from; never the value, which may be a URL with a password."""
    key = ".".join(place)
    if kind == "extra_forbidden":
        known = sorted((ImportSettings if place[0] == "imports" else Settings).model_fields)
        near = difflib.get_close_matches(place[-1], known, n=1)
        advice = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(known)}."
        return BadSetting(f"{settings_file()}: there is no setting {key!r}.", advice)
    reason = message.removeprefix("Value error, ")
    if place[0] in given:
        return BadOption(f"--{place[0].replace('_', '-')}: {reason}.")
    variable = PREFIX + "__".join(place).upper()
    if any(name.upper() == PREFIX + place[0].upper() or name.upper() == variable for name in os.environ):
        return BadSetting(f"The environment variable {variable}: {reason}.")
    return BadSetting(f"{settings_file()}: the setting {key!r}: {reason}.")
