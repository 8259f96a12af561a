"""A database is named in several ways, and what is wrong with it is said in words, without its password."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import peewee
import psycopg
import pytest

from tests.records import connected, make
from tui_booking.errors import BookingCenterError
from tui_booking.models import Brand, database, migrate
from tui_booking.models.address import WrongDatabaseUrl, read_address
from tui_booking.models.database import open_database


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("sqlite:///booking.db", Path("booking.db")),
        ("sqlite:////var/lib/booking.db", Path("/var/lib/booking.db")),
        ("SQLite:///C:/Users/Hà/booking.db", Path("C:/Users/Hà/booking.db")),
        ("data/Tháng 3.db", Path("data/Tháng 3.db")),
        ("C:\\data\\booking.db", Path("C:\\data\\booking.db")),
        ("~/booking.db", Path.home() / "booking.db"),
    ],
)
def test_a_file_is_named_by_a_url_or_a_path(url: str, path: Path) -> None:
    address = read_address(url)
    assert (address.engine, address.path, address.read_only) == ("sqlite", path, False)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "psycopg3", "PostgreSQL"])
def test_a_server_is_named_by_any_of_its_schemes(scheme: str) -> None:
    address = read_address(f"{scheme}://linh:s%40cret@db.example.org:6432/booking?sslmode=require")
    assert address.engine == "postgresql"
    assert address.parameters == {
        "user": "linh",
        "password": "s@cret",
        "host": "db.example.org",
        "port": "6432",
        "dbname": "booking",
        "sslmode": "require",
    }
    assert address.shown == "PostgreSQL database booking at db.example.org:6432"
    assert "s@cret" not in repr(address)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "  ",
        ":memory:",
        "sqlite://:memory:",
        "sqlite:///:memory:",
        "sqlite:///",
        "mysql://linh:s3cret@localhost/booking",
        "postgresql+psycopg3://linh:s3cret@localhost/booking",
        "postgresql://linh:s3cret@localhost/",
        "postgresql://linh:s3cret@local host:port/booking",
        "postgresql://linh:s3cret@[::1/booking",
        "host=localhost dbname=booking password=s3cret",
        "DBNAME = booking",
        "book\0ing.db",
        "sqlite:///booking.db?mode=rw",
        "sqlite:///booking.db?mode=ro&cache=shared",
        "sqlite:///booking.db?immutable",
    ],
)
def test_a_url_that_cannot_be_read_is_refused_without_repeating_the_password(url: str) -> None:
    with pytest.raises(WrongDatabaseUrl) as refused:
        read_address(url)
    assert "s3cret" not in str(refused.value)
    assert refused.value.advice


@pytest.mark.parametrize("create", [True, False])
def test_a_name_that_no_file_can_have_is_said(tmp_path: Path, create: bool) -> None:
    with pytest.raises(BookingCenterError, match="File name too long"):
        open_database(str(tmp_path / ("x" * 300)), create=create)
    with pytest.raises(BookingCenterError, match="File name too long"):
        open_database(str(tmp_path / ("x" * 300) / "y.db"), create=create)


def test_a_parameter_of_a_file_that_is_not_known_is_named_with_those_that_are() -> None:
    with pytest.raises(WrongDatabaseUrl, match="no parameter immutable=1") as refused:
        read_address("sqlite:///booking.db?immutable=1")
    assert "mode=ro" in refused.value.advice


def test_the_words_of_a_connection_string_are_answered_with_the_url_to_write() -> None:
    with pytest.raises(WrongDatabaseUrl) as refused:
        read_address("host=localhost dbname=booking")
    assert "postgresql://" in refused.value.advice
    assert read_address("./host=x.db").path == Path("host=x.db")


def test_a_missing_folder_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(database.DatabaseNotThere, match="no folder"):
        database.connect(str(tmp_path / "none" / "booking.db"))
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_database_is_said_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("only some notes, longer than the header of a database would be: " * 20)
    with pytest.raises(database.DatabaseRefused, match="not a database"):
        database.connect(str(path))
    assert path.read_text().startswith("only some notes")


def test_a_server_that_does_not_answer_is_said_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(database.DatabaseRefused) as refused:
        database.connect(f"postgresql://linh:s3cret@/booking?host={tmp_path}")
    assert "cannot be reached" in str(refused.value)
    assert "s3cret" not in str(refused.value)


def test_a_database_that_a_server_does_not_have_is_said(database_url: str) -> None:
    address = read_address(database_url)
    if address.path is not None:
        with pytest.raises(database.DatabaseNotThere):
            database.connect(f"{address.path}-not-there", create=False)
        return
    other = type(address)("postgresql", parameters={**address.parameters, "dbname": "not_there"})
    with pytest.raises(database.DatabaseNotThere, match="not_there"):
        database.connect(other)


def test_the_connection_is_set_up_as_the_rest_relies_on(database_url: str) -> None:
    with connected(database_url) as opened:
        if opened.engine == "sqlite":
            settings = {
                name: opened.execute_sql(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            }
            assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 15_000}
        else:
            assert opened.execute_sql("SHOW TimeZone").fetchone()[0] == "UTC"
            assert opened.execute_sql("SHOW application_name").fetchone()[0] == "tui_booking"


def test_a_database_that_is_only_read_takes_no_change(tmp_path: Path) -> None:
    path = tmp_path / "kept.db"
    migrate.bring_up_to_date(str(path))
    with connected(f"sqlite:///{path.as_posix()}?mode=ro") as opened:
        with pytest.raises(peewee.OperationalError) as refused:
            make(Brand)
        assert isinstance(database.explain(refused.value, opened), database.DatabaseReadOnly)
        assert Brand.select().count() == 0


def test_somebody_else_writing_is_said_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = str(tmp_path / "shared.db")
    migrate.bring_up_to_date(path)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0)
    other = database.open_database(path)
    with connected(path) as opened, other.connection_context(), other.atomic():
        with pytest.raises(peewee.OperationalError) as refused:
            make(Brand)
        assert isinstance(database.explain(refused.value, opened), database.DatabaseBusy)


def test_other_threads_use_connections_of_their_own(database_url: str) -> None:
    with connected(database_url) as opened:
        make(Brand, code="B")
        seen: list[tuple[bool, str]] = []

        def read() -> None:
            with opened.connection_context():
                seen.append((opened.connection() is mine, Brand.get().code))

        mine = opened.connection()
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()
        assert seen == [(False, "B")]


def test_a_transaction_that_reads_first_waits_for_a_writer_instead_of_failing(tmp_path: Path) -> None:
    path = str(tmp_path / "shared.db")
    migrate.bring_up_to_date(path)
    other = database.open_database(path)
    reached = threading.Event()

    def write() -> None:
        with other.connection_context(), other.atomic():
            reached.set()
            other.execute_sql("UPDATE brand SET description = 'other'")

    with connected(path) as opened:
        make(Brand, code="B")
        thread = threading.Thread(target=write)
        with opened.atomic():
            code = Brand.get().code
            thread.start()
            Brand.update(name="mine").where(Brand.code == code).execute()
        thread.join()
        assert reached.is_set()
        assert (Brand.get().name, Brand.get().description) == ("mine", "other")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (psycopg.errors.AdminShutdown("terminating connection"), database.DatabaseLost),
        (psycopg.OperationalError("server closed the connection unexpectedly"), database.DatabaseLost),
        (psycopg.errors.ReadOnlySqlTransaction("cannot execute INSERT"), database.DatabaseReadOnly),
        (psycopg.OperationalError('FATAL: password "s3cret" was wrong'), database.DatabaseRefused),
    ],
)
def test_what_the_server_says_is_put_in_words(error: Exception, kind: type[BookingCenterError]) -> None:
    opened = database.open_database("postgresql://linh:s3cret@localhost/booking")
    words = database.explain(error, opened)
    assert type(words) is kind
    assert "s3cret" not in str(words)


def test_naming_the_choices_does_not_load_the_tables() -> None:
    program = "import sys, tui_booking.models.choices; print('peewee' in sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert ended.stdout.strip() == "False"
