"""Where things live: the user's folders apart, or one home for everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui_booking import paths


def test_one_variable_moves_everything_into_one_folder(own_home: Path) -> None:
    places = [paths.config_folder(), paths.data_folder(), paths.logs_folder(), paths.settings_file()]
    assert all(place.is_relative_to(own_home) for place in [*places, paths.default_database()])


def test_without_it_the_folders_are_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE)
    for place in (paths.config_folder(), paths.data_folder(), paths.logs_folder()):
        assert place.is_absolute()
        assert "tui-booking" in place.parts


def test_asking_where_something_is_makes_nothing(own_home: Path) -> None:
    paths.config_folder(), paths.data_folder(), paths.logs_folder(), paths.default_database()
    assert list(own_home.iterdir()) == []


def test_a_checkout_uses_its_own_migrations() -> None:
    assert (paths.migrations_folder() / "001_initial.py").is_file()
