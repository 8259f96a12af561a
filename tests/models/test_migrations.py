"""Migrations bring a database from nothing to what the models say, keep its data, and go back; two at once are safe."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.models.catalog import read_catalog
from tests.records import connected, make, make_one_of_each
from tui_booking.models import ALL_MODELS, COMPUTED_MODELS, migrate
from tui_booking.models.database import DatabaseNotThere, connect, open_database
from tui_booking.paths import migrations_folder

ALL = migrate.available_migrations()


def test_an_empty_database_is_brought_up_to_date(empty_database_url: str) -> None:
    assert migrate.bring_up_to_date(empty_database_url) == ALL
    found = migrate.status(empty_database_url)
    assert (found.applied, found.pending, found.unknown) == (tuple(ALL), (), ())
    assert found.is_current


def test_what_is_up_to_date_is_left_alone(database_url: str) -> None:
    assert migrate.bring_up_to_date(database_url) == []
    with connected(database_url) as database:
        migrate.require_current(database)


def test_an_empty_database_has_everything_pending(empty_database_url: str) -> None:
    with connected(empty_database_url) as database:
        assert migrate.status(database).pending == tuple(ALL)
        with pytest.raises(migrate.MigrationFailed, match="migrate"):
            migrate.require_current(database)


def test_a_database_goes_back_to_empty_and_forth_again(database_url: str) -> None:
    assert migrate.migrate_to(database_url, migrate.NOTHING) == ALL[::-1]
    with connected(database_url) as database:
        assert read_catalog(database) == {}
    assert migrate.migrate_to(database_url, ALL[-1]) == ALL


def test_a_migration_may_be_named_by_its_number(database_url: str) -> None:
    assert migrate.migrate_to(database_url, "3") == ALL[:2:-1]
    assert migrate.migrate_to(database_url, "02") == [ALL[2]]
    assert migrate.migrate_to(database_url, "001") == [ALL[1]]
    assert migrate.migrate_to(database_url, "001") == []
    assert migrate.status(database_url).applied == (ALL[0],)


def test_a_migration_that_is_not_there_is_named_with_those_that_are(database_url: str) -> None:
    with pytest.raises(migrate.UnknownMigration, match=ALL[0]):
        migrate.migrate_to(database_url, "999")


def test_the_migrations_and_the_models_make_the_same_database(database_url: str) -> None:
    with connected(database_url) as database:
        migrated = read_catalog(database)
    migrate.migrate_to(database_url, migrate.NOTHING)
    with connected(database_url) as database:
        database.create_tables([*ALL_MODELS, *COMPUTED_MODELS])
        made = read_catalog(database)
    assert migrated.keys() == made.keys() == {model._meta.table_name for model in (*ALL_MODELS, *COMPUTED_MODELS)}
    for table in made:
        assert migrated[table] == made[table], table


def test_data_of_the_first_migration_outlives_the_later_ones(empty_database_url: str) -> None:
    migrate.migrate_to(empty_database_url, ALL[0])
    with connected(empty_database_url) as database:
        there = set(database.get_tables())
        domain = [model for model in ALL_MODELS if model._meta.table_name in there]
        records = [make(model) for model in domain]
        before = [type(record).get_by_id(record.id).__data__ for record in records]
    assert migrate.bring_up_to_date(empty_database_url) == ALL[1:]
    with connected(empty_database_url):
        assert [type(record).get_by_id(record.id).__data__ for record in records] == before


def test_the_models_of_every_table_work_on_a_migrated_database(database_url: str) -> None:
    with connected(database_url):
        assert len(make_one_of_each()) == len(ALL_MODELS)


def test_two_processes_that_migrate_at_once_both_succeed_and_one_does_it(empty_database_url: str) -> None:
    program = "import sys; from tui_booking.models import migrate; print(*migrate.bring_up_to_date(sys.argv[1]))"
    command = [sys.executable, "-c", program, empty_database_url]
    running = [
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], ended
    assert sorted(output.strip() for output, _ in ended) == ["", "", " ".join(ALL)]
    assert migrate.status(empty_database_url).is_current


def test_a_database_that_a_newer_program_changed_is_refused(database_url: str) -> None:
    with connected(database_url) as database:
        database.execute_sql("INSERT INTO migratehistory (name, migrated_at) VALUES ('999_tomorrow', '2030-01-01')")
        assert migrate.status(database).unknown == ("999_tomorrow",)
        with pytest.raises(migrate.DatabaseTooNew, match="999_tomorrow"):
            migrate.require_current(database)
    with pytest.raises(migrate.DatabaseTooNew, match="newer version"):
        migrate.bring_up_to_date(database_url)
    with pytest.raises(migrate.DatabaseTooNew):
        migrate.migrate_to(database_url, migrate.NOTHING)


def test_a_missing_folder_of_migrations_is_said_and_not_made(database_url: str, tmp_path: Path) -> None:
    with pytest.raises(migrate.MigrationsMissing, match="nowhere"):
        migrate.bring_up_to_date(database_url, folder=tmp_path / "nowhere")
    assert not (tmp_path / "nowhere").exists()


def test_a_migration_that_fails_leaves_the_database_as_it_was(empty_database_url: str, tmp_path: Path) -> None:
    (tmp_path / "001_good.py").write_text("def migrate(m, d, *, fake=False): m.sql('CREATE TABLE good (a INTEGER)')")
    (tmp_path / "002_bad.py").write_text("def migrate(m, d, *, fake=False): m.sql('CREATE TABLE good (a INTEGER)')")
    with pytest.raises(migrate.MigrationFailed, match="good"):
        migrate.bring_up_to_date(empty_database_url, folder=tmp_path)
    with connected(empty_database_url) as database:
        assert "good" not in database.get_tables()
        assert migrate.status(database, folder=tmp_path).applied == ()


def test_a_status_is_read_from_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    read_only = f"sqlite:///{path.as_posix()}?mode=ro"
    assert migrate.status(read_only).is_current
    assert migrate.bring_up_to_date(read_only) == []
    connect(read_only).close()


def test_the_status_of_a_file_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    with pytest.raises(DatabaseNotThere):
        migrate.status(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_start_with_nothing_pending_does_not_load_the_migrator(database_url: str) -> None:
    program = (
        "import sys; from tui_booking.models import migrate; migrate.bring_up_to_date(sys.argv[1]);"
        "print(*[name for name in ('peewee_migrate', 'click') if name in sys.modules])"
    )
    command = [sys.executable, "-c", program, database_url]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)
    assert ended.stdout.strip() == ""


def test_migrations_are_plain_ascii_and_import_nothing_of_the_program() -> None:
    for name in ALL:
        text = (migrations_folder() / f"{name}.py").read_bytes().decode("ascii")
        assert "tui_booking" not in text


def test_opening_does_not_connect(tmp_path: Path) -> None:
    open_database(str(tmp_path / "later.db"))
    assert list(tmp_path.iterdir()) == []
