"""An import that is killed at any moment leaves files in whole or not at all, and is made good by the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.conftest import NewDatabase
from tests.importing.contents import Contents, read_contents
from tests.importing.import_process import watch
from tests.importing.inboxes import adds_up, import_folder, start_import, write_inbox
from tests.records import connected
from tui_booking.models import ImportFile, ImportRun

# At which statement: when reading, planning, writing, and at what ends a file.
WORDS = ("BEGIN", "LOAD", "CREATE", "INSERT", "UPDATE", "COMMIT")


@settings(max_examples=6)
@given(
    when=st.sampled_from(["before", "during"]),
    word=st.sampled_from(WORDS),
    part=st.floats(min_value=0, max_value=1),
)
@example(when="before", word="BEGIN", part=0.0)
@example(when="during", word="INSERT", part=0.7)
@example(when="during", word="COMMIT", part=0.8)
def test_an_import_killed_at_any_moment_is_made_good_by_the_next(
    new_database: NewDatabase, tmp_path: Path, when: str, word: str, part: float
) -> None:
    """`part` is how far it got among all statements that begin with the word."""
    inbox, killed_url, whole_url = write_inbox(tmp_path / "inbox"), new_database(), new_database()
    with connected(whole_url) as store, counted_statements() as statements:
        assert import_folder(store, inbox, create_missing=True).ok
        whole = read_contents(store)
    number = max(1, round(part * statements[word]))
    process = start_import(killed_url, inbox, when, word, number, "--create-missing")
    said, complained = process.communicate(timeout=60)
    # A kill that comes from elsewhere during the last statement may come after all was done.
    assert when == "during" or process.returncode not in (0, 1, 2), said + complained
    with connected(killed_url) as store:
        for table, rows in read_contents(store).items():
            if table not in ("app_user", "campaign"):  # users come with several files; payments change a campaign
                assert rows == [] or len(rows) == len(whole[table]), table
        report = import_folder(store, inbox, create_missing=True)
        assert report.ok, report.to_json()
        assert adds_up(report)
        assert _without_operator(read_contents(store)) == _without_operator(whole)
        assert import_folder(store, inbox, create_missing=True).totals["unchanged"] == report.totals["rows"]


def test_the_history_tells_a_run_that_was_killed_from_one_that_ended(database_url: str, tmp_path: Path) -> None:
    process = start_import(database_url, write_inbox(tmp_path / "inbox"), "before", "COMMIT", 8, "--create-missing")
    process.communicate(timeout=60)
    with connected(database_url) as store:
        import_folder(store, tmp_path / "inbox", create_missing=True)
        killed, ended = ImportRun.select().order_by(ImportRun.started_at)
        assert [run.finished_at is not None for run in (killed, ended)] == [False, True]
        assert [run.ok for run in (killed, ended)] == [None, True]
        assert 0 < ImportFile.select().where(ImportFile.run == killed).count() < 15


def test_a_dry_run_that_is_killed_leaves_nothing(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        before = read_contents(store)
    process = start_import(
        database_url, write_inbox(tmp_path / "inbox"), "before", "INSERT", 9, "--create-missing", "--dry-run"
    )
    process.communicate(timeout=60)
    assert process.returncode not in (0, 1, 2)
    with connected(database_url) as store:
        assert read_contents(store) == before


@contextmanager
def counted_statements() -> Iterator[Counter[str]]:
    """How often each first word of a statement comes in an import, as import_process.py counts them."""
    seen: Counter[str] = Counter()
    with pytest.MonkeyPatch.context() as patch:
        watch(seen.update, patch.setattr)
        yield seen


def _without_operator(contents: Contents) -> Contents:
    """The command's operator is another than the test's, and is named in the history of bookings."""
    return {table: rows for table, rows in contents.items() if table not in ("app_user", "booking_status_history")}
