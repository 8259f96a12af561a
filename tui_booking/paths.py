"""Where settings, data and logs live on this machine, and where what travels with the program lies."""

from __future__ import annotations

import os
from pathlib import Path

NAME = "tui-booking"
HOME_VARIABLE = "TUI_BOOKING_HOME"

_PACKAGE = Path(__file__).resolve().parent


def config_folder() -> Path:
    """Where the settings file is looked for; not made."""
    if (home := _own_home()) is not None:
        return home
    from platformdirs import user_config_path

    return user_config_path(NAME, appauthor=False)


def data_folder() -> Path:
    """Where the database is unless a URL says otherwise; not made."""
    if (home := _own_home()) is not None:
        return home / "data"
    from platformdirs import user_data_path

    return user_data_path(NAME, appauthor=False)


def logs_folder() -> Path:
    """Where logs and crash files go; not made."""
    if (home := _own_home()) is not None:
        return home / "logs"
    from platformdirs import user_log_path

    return user_log_path(NAME, appauthor=False)


def settings_file() -> Path:
    """The settings file, which need not be there."""
    return config_folder() / "settings.toml"


def default_database() -> Path:
    """The SQLite file that is used when none is named; neither it nor its folder need be there."""
    return data_folder() / "booking.db"


def demo_database() -> Path:
    """The SQLite file of the demo, which is made anew each time."""
    return data_folder() / "demo.db"


def remembered_file() -> Path:
    """What the app remembers from one session to the next; need not be there."""
    return data_folder() / "screen.json"


def demo_remembered_file() -> Path:
    """What the app remembers of the demo, which goes with its database."""
    return demo_database().with_name(f"{demo_database().name}-screen.json")


def log_file() -> Path:
    """The log; need not be there."""
    return logs_folder() / "tui-booking.log"


def migrations_folder() -> Path:
    """The migrations: inside the package where it was installed, beside it in a checkout."""
    return _travelling("_migrations", "migrations")


def templates_folder() -> Path:
    """The import templates: inside the package where it was installed, beside it in a checkout."""
    return _travelling("_import_templates", "import_templates")


def sample_inbox_folder() -> Path:
    """The samples to import: inside the package where it was installed, beside it in a checkout; need not be there."""
    return _travelling("_data_import", "data_import")


def _travelling(packaged: str, in_checkout: str) -> Path:
    folder = _PACKAGE / packaged
    return folder if folder.is_dir() else _PACKAGE.parent / in_checkout


def _own_home() -> Path | None:
    """One folder for everything, for a portable copy on a stick or a trial that leaves nothing behind."""
    home = os.environ.get(HOME_VARIABLE, "").strip()
    return Path(home).expanduser().absolute() if home else None
