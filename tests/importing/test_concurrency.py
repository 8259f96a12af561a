"""Two imports at once, a reader beside an import, and what is said to whoever has waited too long."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import NewDatabase
from tests.importing.contents import is_empty, read_contents
from tests.importing.inboxes import FILES, import_folder, start_import, write_inbox
from tests.records import connected, make
from tui_booking.importing import writers
from tui_booking.importing.engines import Engine, open_engine
from tui_booking.importing.pipeline import Progress
from tui_booking.models import Booking, Brand, User, database
from tui_booking.models.database import DatabaseBusy, Store, open_database

# A server has the locks of all its databases in one list, those of tests beside this one among them.
MY_LOCKS = (
    "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory'"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)


def another_import(url: str) -> tuple[Store, Engine]:
    """Another program's connection, that of an import."""
    store = open_database(url)
    store.connect()
    engine = open_engine(store, lambda: False)
    engine.user, engine.imported = "mai", "Tháng 3"
    return store, engine


@pytest.mark.parametrize("create_missing", [True, False])
@pytest.mark.parametrize("moment", [("BEGIN", 1), ("BEGIN", 9), ("COMMIT", 10), ("INSERT", 9)])
def test_two_imports_of_one_folder_at_once_end_as_one(
    new_database: NewDatabase, tmp_path: Path, moment: tuple[str, int], create_missing: bool
) -> None:
    inbox, url, once = write_inbox(tmp_path / "inbox"), new_database(), new_database()
    if not create_missing:
        write_inbox(
            inbox, campaigns=FILES["campaigns"].replace("mai", ""), payments=FILES["payments"].replace("mai", "")
        )
    with connected(once) as store:
        assert import_folder(store, inbox, create_missing=create_missing).ok
        expected = {table: len(rows) for table, rows in read_contents(store).items()}
    options = ["--create-missing"] if create_missing else []
    # The second begins while the first is in the middle of a file.
    first, second = (
        start_import(url, inbox, "wait", word, number, *options, "--report", str(tmp_path / f"{name}.json"))
        for name, (word, number) in (("first", moment), ("second", ("BEGIN", 1)))
    )
    for process in (first, second):
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in (second, first):
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in (first, second):
        said, complained = process.communicate(timeout=60)
        assert process.returncode == 0, said + complained
    reports = [json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in ("first", "second")]
    assert [report["ok"] for report in reports] == [True, True]
    assert all(told_once(file) for report in reports for file in report["files"])
    with connected(url) as store:
        assert {table: len(rows) for table, rows in read_contents(store).items()} == expected
    for files in zip(reports[0]["files"], reports[1]["files"], strict=True):
        assert sum(file["created"] for file in files) == files[0]["rows"]
        assert sum(file["unchanged"] for file in files) == files[0]["rows"]


def told_once(file: dict[str, Any]) -> bool:
    return bool(
        file["rows"] == file["created"] + file["updated"] + file["unchanged"] + file["skipped"] + file["errors"]
    )


@pytest.mark.parametrize("dry_run", [True, False])
def test_whoever_waits_too_long_is_told_who_writes(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dry_run: bool
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    other, engine = another_import(database_url)
    with connected(database_url) as store:
        engine.begin()
        with pytest.raises(DatabaseBusy, match=r"being written to by .*mai.* since ") as refused:
            import_folder(store, inbox, dry_run=dry_run)
        assert refused.value.advice
        engine.rollback()
        assert is_empty(read_contents(store))
        assert import_folder(store, inbox, create_missing=True).ok  # the same connection goes on
    other.close()


def test_a_writer_that_comes_between_two_files_stops_the_run_after_the_first(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    other, engine = another_import(database_url)

    def write_beside(now: Progress) -> None:
        if (now.file, now.phase) == ("products.csv", "merging"):
            engine.begin()

    with connected(database_url) as store:
        report = import_folder(store, inbox, progress=write_beside)
        assert isinstance(report.stopped, DatabaseBusy)
        assert "mai" in str(report.stopped)
        assert [(file.file, file.status) for file in report.files] == [
            ("brands.csv", "imported"),
            ("products.csv", "rolled_back"),
        ]
        assert not report.ok
        engine.rollback()
        assert import_folder(store, inbox, create_missing=True).ok
    other.close()


def test_a_dry_run_lets_nobody_else_import_meanwhile(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    other, engine = another_import(database_url)
    refused = []

    def import_beside(now: Progress) -> None:
        try:
            engine.begin()
        except DatabaseBusy as error:
            refused.append(str(engine.name_writer(error)))

    with connected(database_url) as store:
        assert import_folder(store, inbox, dry_run=True, create_missing=True, progress=import_beside).ok
    assert refused
    assert all("lan" in words for words in refused)
    other.close()


def test_the_database_stays_readable_during_an_import(database_url: str, tmp_path: Path) -> None:
    reader = open_database(database_url)
    reader.connect()
    seen = []

    def read(now: Progress) -> None:
        if now.phase == "merging":
            seen.append((now.file, reader.execute_sql("SELECT COUNT(*) FROM brand").fetchone()[0]))

    with connected(database_url) as store:
        import_folder(store, write_inbox(tmp_path / "inbox"), progress=read)
    assert seen[:2] == [("brands.csv", 0), ("products.csv", 2)]
    reader.close()


def test_what_a_person_changes_during_an_import_is_not_lost(database_url: str, tmp_path: Path) -> None:
    def rename(now: Progress) -> None:
        if (now.file, now.phase) == ("products.csv", "reading"):
            other.execute_sql("UPDATE brand SET name = 'by hand', name_folded = 'by hand' WHERE code = 'LUNA'")

    other = open_database(database_url)
    other.connect()
    with connected(database_url) as store:
        assert import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True, progress=rename).ok
        assert Brand.get(code="LUNA").name == "by hand"
    other.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_records_that_somebody_else_makes_at_the_same_time_are_found_by_a_second_look(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = open_database(database_url)
    other.connect()
    met: list[str] = []
    run = Engine.run

    def run_beside(self: Engine, sql: str) -> Any:
        if sql.startswith("INSERT INTO brand") and not met:
            met.append(sql)
            with Brand.bind_ctx(other):
                make(Brand, code="LUNA", name="by hand")
        return run(self, sql)

    monkeypatch.setattr(Engine, "run", run_beside)
    with connected(database_url) as store:
        report = import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True)
        assert report.ok
        assert (report.files[0].created, report.files[0].updated) == (1, 1)
        assert Booking.select().count() == 2
    other.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_somebody_who_keeps_a_changed_record_to_himself_is_named(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    other = open_database(database_url)
    other.connect()
    with connected(database_url) as store:
        import_folder(store, inbox, create_missing=True)
        monkeypatch.setattr(database, "BUSY_SECONDS", 0)
        with other.atomic():
            other.execute_sql("UPDATE brand SET name = 'by hand'")
            report = import_folder(write_changed(inbox, store), inbox, create_missing=True)
            assert isinstance(report.stopped, DatabaseBusy)
            assert "tui_booking (user " in str(report.stopped)
        assert import_folder(store, inbox, create_missing=True).ok
    other.close()


def write_changed(inbox: Path, store: Store) -> Store:
    write_inbox(inbox, brands="code,name\nLUNA,Luna mới\nSUN,Nắng\n")
    return store


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_the_name_of_a_writer_that_has_ended_or_cannot_be_read_is_not_believed(
    database_url: str, tmp_path: Path
) -> None:
    store, engine = another_import(database_url)
    assert store.address.path is not None
    path, file = store.address.path, writers.writer_file(store.address.path)
    ended = subprocess.Popen(["true"] if os.name == "posix" else ["cmd", "/c", "exit"])
    ended.wait()
    named = writers.this_writer("mai", "payments.csv")
    writers.leave_name(path, named)
    assert writers.find_writer(path) == named
    for told in (
        json.dumps({"user": "mai", "imported": "x", "pid": ended.pid, "host": named.host, "since": named.since}),
        "{",
        "[]",
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        json.dumps({"pid": 1}),
        json.dumps({"user": "mai", "imported": "x", "pid": 10**30, "host": named.host, "since": ""}),
    ):
        file.write_text(told, encoding="utf-8")
        assert writers.find_writer(path) is None
    engine.begin()
    assert writers.find_writer(path) is not None
    engine.rollback()
    assert not file.exists()
    store.close()


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_name_that_cannot_be_left_does_not_keep_an_import_from_writing(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        assert store.address.path is not None
        writers.writer_file(store.address.path).mkdir()
        assert import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True).ok


def test_an_import_leaves_no_name_behind(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        import_folder(store, write_inbox(tmp_path / "inbox", brands="code,name\n,no code\n"))
        if store.address.path is not None:
            assert not writers.writer_file(store.address.path).exists()
        else:
            assert store.execute_sql("SHOW application_name").fetchone()[0] == "tui_booking"
            assert store.execute_sql(MY_LOCKS).fetchone()[0] == 0
        assert User.select().count() == 1
