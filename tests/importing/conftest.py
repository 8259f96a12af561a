"""What the tests of imports share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.importing.office import Office
from tests.records import connected


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An empty database on each engine in turn, and an inbox."""
    with connected(database_url) as store:
        yield Office(store, tmp_path / "inbox")
