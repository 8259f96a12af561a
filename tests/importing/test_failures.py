"""What fails beside the rows: a database, its disk and its server, a person who stops it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.conftest import NewDatabase
from tests.importing.contents import is_empty, read_contents
from tests.importing.inboxes import (
    at,
    files_in,
    import_folder,
    start_import,
    write_file,
    write_inbox,
)
from tests.records import connected
from tests.servers import PostgresqlServer, with_database
from tui_booking.importing.pipeline import Progress
from tui_booking.models import Brand, Creator, ImportRun, migrate
from tui_booking.models.database import (
    DatabaseBusy,
    DatabaseFailed,
    DatabaseFull,
    DatabaseLost,
    DatabaseNotThere,
    DatabaseReadOnly,
    DatabaseRefused,
    Store,
    connect,
    explain,
    open_database,
)
from tui_booking.models.migrate import DatabaseTooNew

MANY = "creator_key,name,note_internal\n" + "".join(
    f"creator-{number:04},Người thứ {number},{'a long note ' * 20}\n" for number in range(3_000)
)


# --- the database ---------------------------------------------------------------------------------------------------


def read_only(url: str) -> str:
    if url.startswith("sqlite"):
        return f"{url}?mode=ro"
    return f"{url}{'&' if '?' in url else '?'}options=-c%20default_transaction_read_only%3Don"


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_database_that_cannot_be_written_is_said_before_anything_is_read(
    database_url: str, tmp_path: Path, dry_run: bool
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    told: list[Progress] = []
    with connected(read_only(database_url)) as store:
        with pytest.raises(DatabaseReadOnly, match="cannot be written to"):
            import_folder(store, inbox, dry_run=dry_run, progress=told.append)
        assert told == []
        assert Brand.select().count() == 0


def test_the_command_says_that_a_database_is_read_only(database_url: str, tmp_path: Path) -> None:
    process = start_import(read_only(database_url), write_inbox(tmp_path / "inbox"), "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "cannot be written to" in complained
    assert "Traceback" not in complained


def test_a_database_of_a_newer_version_is_left_alone(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        before = read_contents(store)
        store.execute_sql("INSERT INTO migratehistory (name, migrated_at) VALUES ('999_from_the_future', '2030-01-01')")
    with pytest.raises(DatabaseTooNew):
        migrate.bring_up_to_date(database_url)
    process = start_import(database_url, write_inbox(tmp_path / "inbox"), "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "newer version" in complained
    assert "999_from_the_future" in complained
    with connected(database_url) as store:
        assert read_contents(store) == before


@pytest.mark.parametrize("text", ["this is no database, whatever its name says", "\0" * 4096])
def test_a_file_that_is_no_database_is_not_written_over(tmp_path: Path, text: str) -> None:
    path = tmp_path / "booking.db"
    path.write_text(text * 100)
    process = start_import(str(path), write_inbox(tmp_path / "inbox"), "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "is not a database" in complained
    assert path.read_text() == text * 100


def test_a_server_that_is_not_there_is_said_without_the_password(tmp_path: Path) -> None:
    url = "postgresql://linh:s3cret@127.0.0.1:9/booking"
    process = start_import(url, write_inbox(tmp_path / "inbox"), "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "cannot be reached" in complained
    assert "s3cret" not in complained
    assert "Traceback" not in complained


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_database_that_the_server_does_not_have_is_said(database_url: str, tmp_path: Path) -> None:
    process = start_import(
        with_database(database_url, "not_there"), write_inbox(tmp_path / "inbox"), "before", "NEVER", 1
    )
    assert "not_there" in process.communicate(timeout=60)[1]
    assert process.returncode == 2
    with pytest.raises(DatabaseNotThere):
        connect(with_database(database_url, "not_there"))


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.DiskFull("could not extend file"), DatabaseFull),
        (psycopg.errors.LockNotAvailable("canceling statement due to lock timeout"), DatabaseBusy),
        (psycopg.errors.CannotConnectNow("the database system is starting up"), DatabaseLost),
        (psycopg.errors.CrashShutdown("terminating connection"), DatabaseLost),
        (psycopg.errors.QueryCanceled("canceling statement due to statement timeout"), DatabaseFailed),
        (psycopg.errors.UniqueViolation("duplicate key value"), DatabaseFailed),
        (psycopg.errors.InvalidPassword("password authentication failed with s3cret"), DatabaseRefused),
        (psycopg.OperationalError("connection failed: Connection refused"), DatabaseRefused),
        (psycopg.OperationalError("consuming input failed: could not receive data"), DatabaseLost),
        (psycopg.OperationalError("the connection is closed"), DatabaseLost),
    ],
)
def test_what_a_server_says_is_put_in_the_right_words(error: Exception, kind: type[Exception]) -> None:
    words = explain(error, open_database("postgresql://linh:s3cret@localhost/booking"))
    assert type(words) is kind
    assert words.advice
    assert "s3cret" not in str(words)


# --- a full disk ----------------------------------------------------------------------------------------------------


@contextmanager
def room_for(store: Store, pages: int) -> Iterator[None]:
    """A disk on which a SQLite file can grow by so many pages."""
    used = store.execute_sql("PRAGMA page_count").fetchone()[0]
    store.execute_sql(f"PRAGMA max_page_count = {used + pages}")
    yield
    store.execute_sql("PRAGMA max_page_count = 1000000000")


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_full_disk_ends_the_run_with_the_earlier_files_in(database_url: str, tmp_path: Path, dry_run: bool) -> None:
    inbox = write_inbox(tmp_path / "inbox", creators=MANY)
    with connected(database_url) as store:
        with room_for(store, 60):
            report = import_folder(store, inbox, dry_run=dry_run, create_missing=True)
        assert isinstance(report.stopped, DatabaseFull)
        assert "Make room" in str(report.stopped)
        assert files_in(report) == ["brands.csv", "products.csv"]
        assert not report.ok
        assert (Brand.select().count(), Creator.select().count()) == ((0, 0) if dry_run else (2, 0))
        assert import_folder(store, write_inbox(inbox), create_missing=True).ok  # the same connection, with room again


@pytest.mark.skipif(os.name != "posix", reason="only there can a process be given a limit of its own")
def test_a_disk_that_takes_no_more_is_said_by_the_command(tmp_path: Path) -> None:
    inbox, path = write_inbox(tmp_path / "inbox", creators=MANY), tmp_path / "booking.db"
    migrate.bring_up_to_date(str(path))
    options = ("--create-missing", "--report", str(tmp_path / "report.json"))
    process = start_import(str(path), inbox, "limit", "", path.stat().st_size + 300_000, *options)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Traceback" not in complained
    assert "brands.csv" in said
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert [file["file"] for file in report["files"]] == ["brands.csv", "products.csv", "creators.csv"]
    assert report["files"][-1]["status"] == "rolled_back"
    assert "stopped" in report
    with connected(str(path)) as store:
        assert (Brand.select().count(), Creator.select().count()) == (2, 0)
        assert import_folder(store, write_inbox(inbox), create_missing=True).ok


# --- a server that goes away ----------------------------------------------------------------------------------------


def end_other_sessions(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(
            "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
@pytest.mark.parametrize("phase", ["reading", "merging", "done"])
@pytest.mark.parametrize("dry_run", [True, False])
def test_a_connection_that_is_ended_ends_the_run_with_the_earlier_files_in(
    database_url: str, tmp_path: Path, phase: str, dry_run: bool
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    with connected(database_url) as store:
        cut = at("products", phase, lambda: end_other_sessions(database_url))
        report = import_folder(store, inbox, dry_run=dry_run, progress=cut)
        assert isinstance(report.stopped, DatabaseLost)
        assert files_in(report) == (["brands.csv", "products.csv"] if phase == "done" else ["brands.csv"])
        assert Brand.select().count() == (0 if dry_run else 2)  # the store has connected anew
        again = import_folder(store, inbox, create_missing=True)
        assert again.ok
        assert again.totals["unchanged"] == (0 if dry_run else 4 if phase == "done" else 2)
        runs = [run.finished_at is not None for run in ImportRun.select().order_by(ImportRun.started_at)]
        assert runs == ([True] if dry_run else [False, True])


def test_a_server_that_stops_in_the_middle_is_said_and_so_is_that_it_is_not_there(tmp_path: Path) -> None:
    server = PostgresqlServer()
    try:
        migrate.bring_up_to_date(server.url)
        store = connect(server.url)
        report = import_folder(store, write_inbox(tmp_path / "inbox"), progress=at("products", "merging", server.stop))
        assert isinstance(report.stopped, DatabaseLost)
        assert files_in(report) == ["brands.csv"]
        with pytest.raises(DatabaseRefused):
            import_folder(store, tmp_path / "inbox")
    finally:
        if server._keeper.poll() is None:
            server.stop()


# --- a person who stops it ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("phase", ["reading", "merging", "done"])
def test_a_cancelled_import_keeps_the_earlier_files_and_rolls_back_the_one_under_way(
    database_url: str, tmp_path: Path, phase: str, dry_run: bool
) -> None:
    inbox, stop = write_inbox(tmp_path / "inbox"), threading.Event()
    with connected(database_url) as store:
        report = import_folder(
            store, inbox, dry_run=dry_run, progress=at("creators", phase, stop.set), cancelled=stop.is_set
        )
        assert report.cancelled
        assert not report.ok
        assert report.stopped is None
        assert files_in(report) == ["brands.csv", "products.csv"] + (["creators.csv"] if phase == "done" else [])
        assert Brand.select().count() == (0 if dry_run else 2)
        assert Creator.select().count() == (2 if phase == "done" and not dry_run else 0)
        assert [run.ok for run in ImportRun.select()] == ([] if dry_run else [False])
        assert import_folder(store, inbox, create_missing=True).ok


def test_an_import_that_is_cancelled_before_it_begins_says_so(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(store, write_inbox(tmp_path / "inbox"), cancelled=lambda: True)
        assert (report.cancelled, report.files, report.ok) == (True, [], False)
        assert is_empty(read_contents(store))


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_statement_of_sqlite_that_takes_long_is_ended_by_a_cancel(
    database_url: str, tmp_path: Path, dry_run: bool
) -> None:
    started = threading.Event()
    with connected(database_url) as store:
        store.connection().create_function("started", 0, started.set)
        store.execute_sql(
            "CREATE VIEW endless AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT x FROM c"
        )
        store.execute_sql(
            "CREATE TRIGGER slow BEFORE INSERT ON creator BEGIN SELECT started(); SELECT COUNT(*) FROM endless; END"
        )
        report = import_folder(store, write_inbox(tmp_path / "inbox"), dry_run=dry_run, cancelled=started.is_set)
        assert report.cancelled
        assert files_in(report) == ["brands.csv", "products.csv"]
        assert Brand.select().count() == (0 if dry_run else 2)
        store.execute_sql("DROP TRIGGER slow")
        assert import_folder(store, tmp_path / "inbox", create_missing=True).ok


@pytest.mark.parametrize("dry_run", [True, False])
@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_a_statement_of_postgresql_that_takes_long_is_ended_by_a_cancel(
    database_url: str, tmp_path: Path, dry_run: bool
) -> None:
    started = threading.Event()
    with connected(database_url) as store, psycopg.connect(database_url, autocommit=True) as looking:

        def is_started() -> bool:
            if not started.is_set() and threading.current_thread() is not threading.main_thread():
                asleep = looking.execute(
                    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
                )
                if asleep.fetchone():
                    started.set()
            return started.is_set()

        store.execute_sql(
            "CREATE FUNCTION wait() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(3600); RETURN new; END'"
        )
        store.execute_sql("CREATE TRIGGER slow BEFORE INSERT ON creator FOR EACH ROW EXECUTE FUNCTION wait()")
        report = import_folder(store, write_inbox(tmp_path / "inbox"), dry_run=dry_run, cancelled=is_started)
        assert report.cancelled
        assert files_in(report) == ["brands.csv", "products.csv"]
        assert Brand.select().count() == (0 if dry_run else 2)
        store.execute_sql("DROP FUNCTION wait CASCADE")
        assert import_folder(store, tmp_path / "inbox", create_missing=True).ok


@pytest.mark.parametrize("word", ["LOAD", "INSERT", "COMMIT"])
def test_ctrl_c_says_which_files_are_in_and_exits_130(new_database: NewDatabase, tmp_path: Path, word: str) -> None:
    url, inbox = new_database(), write_inbox(tmp_path / "inbox")
    options = ("--create-missing", "--report", str(tmp_path / "report.json"))
    process = start_import(url, inbox, "interrupted", word, 8, *options)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 130, said + complained
    assert "Traceback" not in complained
    assert "brands.csv" in said
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["cancelled"] is True
    assert 0 < len(report["files"]) < 15
    with connected(url) as store:
        again = import_folder(store, inbox, create_missing=True)
        assert again.ok
        assert again.totals["unchanged"] == sum(file["rows"] for file in report["files"])


def test_names_that_are_no_text_do_not_end_a_run(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    try:
        write_file(inbox, "brands-\udcff", "code,name\nMORE,More\n")
    except (OSError, UnicodeError):
        pytest.skip("this file system knows no such names")
    with connected(database_url) as store:
        report = import_folder(store, inbox, create_missing=True)
        assert report.ok
        assert "brands-\\udcff.csv" in files_in(report)
        json.dumps(report.to_json()).encode()
