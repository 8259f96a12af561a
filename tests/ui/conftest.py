"""Demo data for screens: seeded once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from tests.seed.databases import seed
from tui_booking.language import speak
from tui_booking.ui import formats


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """An app speaks its language for the whole program: the next test is not to hear it."""
    yield
    speak("en")
    formats.speak("en", UTC)


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the demo data, to be copied."""
    path = tmp_path_factory.mktemp("demo") / "booking.db"
    assert seed(f"sqlite:///{path.as_posix()}").ok
    return path


@pytest.fixture
def demo_url(demo_file: Path, tmp_path: Path) -> str:
    """The demo data on SQLite; they lie around the day DAY of tests.seed.databases."""
    return f"sqlite:///{Path(shutil.copy(demo_file, tmp_path / 'demo.db')).as_posix()}"
