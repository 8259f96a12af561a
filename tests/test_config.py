"""Settings: who wins, and what is said of a value that cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_booking.config import Settings, load_settings
from tui_booking.errors import BadOption, BadSetting, BookingCenterError


@pytest.fixture
def settings_file(own_home: Path) -> Path:
    return own_home / "settings.toml"


def test_without_a_file_everything_has_a_usual_value(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "vi_VN.UTF-8")
    settings = load_settings()
    assert settings.zone == "Asia/Ho_Chi_Minh"
    assert settings.operator
    assert settings.language == "vi"
    assert settings.database_url.endswith("/data/booking.db")
    assert settings.imports.month_first_dates is False
    assert settings.imports.aliases == {}
    assert settings.theme is None
    assert settings.keys == {}


def test_the_command_line_wins_over_the_environment_over_the_file(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text('database_url = "file.db"\noperator = "linh"', encoding="utf-8")
    assert load_settings().database_url == "file.db"
    monkeypatch.setenv("TUI_BOOKING_DATABASE_URL", "environment.db")
    assert load_settings().database_url == "environment.db"
    assert load_settings(database_url="option.db").database_url == "option.db"
    assert load_settings(database_url=None).operator == "linh"


def test_aliases_of_columns_are_read_from_their_section(settings_file: Path) -> None:
    settings_file.write_text('[imports.aliases]\ncreator_key = ["Mã của tôi"]', encoding="utf-8")
    assert load_settings().imports.aliases == {"creator_key": ["Mã của tôi"]}


def test_keys_are_read_from_their_section_and_as_json_from_the_environment(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text('[keys]\n"table.new" = "n,insert"', encoding="utf-8")
    assert load_settings().keys == {"table.new": "n,insert"}
    monkeypatch.setenv("TUI_BOOKING_KEYS", '{"app.quit": "f12"}')
    assert load_settings().keys == {"app.quit": "f12", "table.new": "n,insert"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('zon = "UTC"', ["'zon'", "Did you mean 'zone'?"]),
        ("[imports]\nmonth_first = true", ["'imports.month_first'", "month_first_dates"]),
        ('zone = "Asia/Saigoon"', ["'zone'", "no such time zone"]),
        ('zone = "../../etc/passwd"', ["'zone'", "no such time zone"]),
        ('language = "fr"', ["'language'"]),
        ('theme = "pink"', ["'theme'", "'dark', 'light' or 'high-contrast'"]),
        ('[keys]\n"table.new" = "n,"', ["'keys'", "'table.new'", "named like"]),
        ('[keys]\n"table.new" = ["n"]', ["'keys.table.new'"]),
        ("\n\noperator = = 3", ["line 3"]),
        ("imports = 3", ["'imports'"]),
    ],
)
def test_a_wrong_file_gets_one_line_that_names_file_and_key(settings_file: Path, text: str, named: list[str]) -> None:
    settings_file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting) as caught:
        load_settings()
    line = str(caught.value)
    assert "\n" not in line
    assert all(words in line for words in [str(settings_file), *named])


def test_a_file_that_is_not_utf_8_gets_a_clear_line(settings_file: Path) -> None:
    settings_file.write_bytes('operator = "Lê"'.encode("cp1258"))
    with pytest.raises(BadSetting, match="cannot be read"):
        load_settings()


def test_a_file_from_notepad_with_a_byte_order_mark_is_read(settings_file: Path) -> None:
    settings_file.write_text('operator = "linh"', encoding="utf-8-sig")
    assert load_settings().operator == "linh"


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_BOOKING_ZONE", "Mars")
    with pytest.raises(BadSetting, match="variable TUI_BOOKING_ZONE"):
        load_settings()


def test_a_wrong_option_is_named() -> None:
    with pytest.raises(BadOption, match="--database-url"):
        load_settings(database_url="")


def test_a_password_is_never_shown(settings_file: Path) -> None:
    settings_file.write_text('database_url = ["postgresql://linh:s3cret@db/booking"]', encoding="utf-8")
    with pytest.raises(BookingCenterError) as caught:
        load_settings()
    settings = load_settings(database_url="postgresql://linh:s3cret@db/booking?sslmode=require")
    assert settings.shown_database == "postgresql://linh:***@db/booking?sslmode=require"
    assert not any("s3cret" in shown for shown in (str(caught.value), repr(settings), str(settings)))


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())


@pytest.mark.parametrize("name", [name.upper() for name in ("operator", "language")])
def test_every_setting_can_come_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"TUI_BOOKING_{name}", "vi")
    assert getattr(load_settings(), name.lower()) == "vi"
