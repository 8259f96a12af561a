"""Settings: who wins, and what is said of a value that cannot be."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tui_booking import config
from tui_booking.config import ImportSettings, Settings, load_settings
from tui_booking.errors import BadOption, BadSetting, BookingCenterError
from tui_booking.setting_values import fits, hints_of


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
        ('operator = "a\\u0000b"', ["'operator'", "holds something that is no text"]),
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
    with pytest.raises(BadOption, match=r"^--database: it must not be empty"):
        load_settings(database_url="")


@pytest.mark.parametrize(
    ("variable", "told", "reason"),
    [
        ("TUI_BOOKING_KEYS", "{n", "no JSON"),
        ("TUI_BOOKING_IMPORTS__ALIASES", "CTV", "no JSON"),
        ("TUI_BOOKING_IMPORTS__MONTH_FIRST_DATES", "perhaps", "boolean"),
        ("TUI_BOOKING_IMPORTS__MONTH_FIRST", "true", "Did you mean 'month_first_dates'?"),
        ("TUI_BOOKING_OPERATOR", "", "empty"),
        ("TUI_BOOKING_OPERATOR", "x" * 101, "100 characters"),
        ("TUI_BOOKING_OPERATOR", "Hà\udcff", "holds something that is no text"),
    ],
)
def test_a_variable_that_cannot_be_is_named_with_the_reason(
    variable: str, told: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, told)
    with pytest.raises(BadSetting) as caught:
        load_settings()
    assert all(words in str(caught.value) for words in (f"variable {variable}", reason))


def test_what_a_variable_spells_is_read_and_sections_are_merged(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_file.write_text('[imports.aliases]\nname = ["Tên"]', encoding="utf-8")
    monkeypatch.setenv("TUI_BOOKING_IMPORTS__ALIASES", '{"creator_key": ["CTV"]}')
    monkeypatch.setenv("TUI_BOOKING_IMPORTS__ALIASES__PAYMENTS.AMOUNT", '["Thực chi"]')
    monkeypatch.setenv("TUI_BOOKING_IMPORTS__MONTH_FIRST_DATES", "yes")
    assert load_settings().imports == ImportSettings(
        month_first_dates=True,
        aliases={"name": ["Tên"], "creator_key": ["CTV"], "payments.amount": ["Thực chi"]},
    )


_ANY = (
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "vi", "dark", "UTC", "Mars", "n,", "n", "x" * 101])
)
_TOLD = st.dictionaries(
    st.sampled_from(["month_first_dates", "aliases", "table.new"]), _ANY | st.lists(_ANY, max_size=2)
)


@given(
    st.dictionaries(
        st.sampled_from([*hints_of(Settings), "zon"]), _ANY | _TOLD | st.dictionaries(st.just("aliases"), _TOLD)
    )
)
def test_what_is_taken_as_it_stands_is_what_pydantic_would_make_of_it(told: dict[str, Any]) -> None:
    if fits(told, Settings):
        assert TypeAdapter(Settings).validate_python(told) == config._take(told)


def test_pydantic_is_called_in_only_for_what_is_not_plainly_right(settings_file: Path) -> None:
    settings_file.write_text('zone = "UTC"\n[imports.aliases]\nname = ["Tên"]', encoding="utf-8")
    code = "import sys\nfrom tui_booking.config import load_settings\nload_settings()\nprint('pydantic' in sys.modules)"

    def is_called(**variables: str) -> str:
        environment = os.environ | variables
        return subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, text=True, env=environment
        ).stdout.strip()

    assert is_called() == "False"
    assert is_called(TUI_BOOKING_IMPORTS__MONTH_FIRST_DATES="yes") == "True"


def test_a_password_is_never_shown(settings_file: Path) -> None:
    settings_file.write_text('database_url = ["postgresql://linh:s3cret@db/booking"]', encoding="utf-8")
    with pytest.raises(BookingCenterError) as caught:
        load_settings()
    settings = load_settings(database_url="postgresql://linh:s3cret@db/booking?sslmode=require")
    assert settings.shown_database == "postgresql://linh:***@db/booking?sslmode=require"
    assert not any("s3cret" in shown for shown in (str(caught.value), repr(settings), str(settings)))


def test_every_setting_is_described() -> None:
    assert all(field.metadata["description"] for one in (Settings, ImportSettings) for field in fields(one))


@pytest.mark.parametrize("name", [name.upper() for name in ("operator", "language")])
def test_every_setting_can_come_from_the_environment(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"TUI_BOOKING_{name}", "vi")
    assert getattr(load_settings(), name.lower()) == "vi"
