"""What the tests of imports share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from tests.conftest import NewDatabase
from tests.importing.office import NewOffice, Office
from tests.records import connected


@pytest.fixture
def new_office(new_database: NewDatabase, tmp_path: Path) -> NewOffice:
    """Opens offices with empty databases, on each engine in turn; one at a time, as models know one database."""

    @contextmanager
    def open_office() -> Iterator[Office]:
        with connected(new_database()) as store:
            yield Office(store, tmp_path / f"inbox-{uuid4().hex}")

    return open_office


@pytest.fixture
def office(new_office: NewOffice) -> Iterator[Office]:
    """An empty database on each engine in turn, and an inbox."""
    with new_office() as opened:
        yield opened
