"""While an import runs: the app is usable, the import can be stopped, and whatever happens is said and survived."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from tests.importing.inboxes import write_inbox
from tests.ui.hosts import shown
from tests.ui.import_hosts import ImportHost, held_at, press, settle, until
from tui_booking.importing.engines import Engine, open_engine
from tui_booking.models import Brand, ImportRun, Product, database
from tui_booking.models.database import Store, open_database
from tui_booking.ui.panes import import_running
from tui_booking.ui.panes.import_pane import ImportPane
from tui_booking.ui.screens.confirm import Confirm


@pytest.fixture
def app(database_url: str, tmp_path: Path) -> ImportHost:
    """The pane over an inbox of fifteen files."""
    return ImportHost(database_url, write_inbox(tmp_path / "inbox"), tmp_path / "memory.json")


def another_writer(url: str) -> tuple[Store, Engine]:
    store = open_database(url)
    store.connect()
    engine = open_engine(store, lambda: False)
    engine.user, engine.imported = "mai", "Tháng 3"
    return store, engine


async def test_a_pane_that_is_not_drawn_yet_says_that_no_import_runs(app: ImportHost) -> None:
    """The first line of the screen asks now and then, also while the section is being opened."""
    async with app.run_test() as pilot:
        await settle(pilot)
        pane = ImportPane(app.desk)
        assert (pane.progress_line, pane.is_importing) == ("", False)


async def test_the_app_is_usable_while_an_import_runs(app: ImportHost, monkeypatch: pytest.MonkeyPatch) -> None:
    with held_at(monkeypatch, "products.csv") as held:
        async with app.run_test(size=(100, 30)) as pilot:
            await settle(pilot)
            await pilot.press("d")
            await held.wait()
            held.let_go.set()
            await settle(pilot)
            held.reached.clear()
            held.let_go.clear()
            await pilot.press("i")
            await held.wait()
            assert "2/15 products.csv" in app.pane.progress_line
            await until(pilot, lambda: "2/15 products.csv" in app.text_of("running"))
            # Brands, in the table of the files, which is drawn now and then.
            await until(pilot, lambda: "█████ done" in shown(app))
            # Reading goes on beside it, also by way of the history.
            assert await app.desk.ask(lambda store: store.execute_sql("SELECT COUNT(*) FROM brand").fetchone()[0]) == 2
            await pilot.press("h")
            await until(pilot, lambda: (row := app.history.table.cursor_row) is not None and row.values[1] is None)
            await pilot.press("d")
            await until(pilot, lambda: any("One import at a time" in said for said in app.said))
            app.pane.display = False  # another section is shown
            held.let_go.set()
            await settle(pilot)
            assert not app.pane.is_importing
            assert app.pane.progress_line == ""
            assert "files went in" in app.said[-1]
            assert Brand.select().count() == 2


@pytest.mark.parametrize("phase", ["reading", "merging"])
async def test_a_stopped_import_rolls_the_file_under_way_back_and_says_which_are_in(
    app: ImportHost, monkeypatch: pytest.MonkeyPatch, phase: str
) -> None:
    with held_at(monkeypatch, "products.csv", phase) as held:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press("i")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            await pilot.press("y")
            await held.wait()
            await until(pilot, lambda: not isinstance(app.screen, Confirm))
            await pilot.press("X")
            await until(pilot, lambda: "stopping" in app.pane.progress_line)
            held.let_go.set()
            await settle(pilot)
            assert app.report.cancelled
            assert [(file.file, file.status) for file in app.report.files] == [
                ("brands.csv", "imported"),
                ("products.csv", "rolled_back"),
            ]
            assert app.text_of("verdict").startswith("Stopped. 1 of 2 files went in")
            assert "stopped while it was imported" in shown(app)
            assert (Brand.select().count(), Product.select().count()) == (2, 0)
            assert ImportRun.get().ok is False
            await press(pilot, "X")
            assert app.said[-1] == "Nothing runs."


async def test_quitting_stops_an_import_and_leaves_whole_files(
    app: ImportHost, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    with held_at(monkeypatch, "products.csv") as held:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press("i")
            await until(pilot, lambda: isinstance(app.screen, Confirm))
            await pilot.press("y")
            await held.wait()
            # What waits in the test goes on as soon as the pane has said that the import is to stop.
            stop = import_running.RunningImport.stop

            def stop_and_let_go(self: import_running.RunningImport) -> None:
                stop(self)
                held.let_go.set()

            monkeypatch.setattr(import_running.RunningImport, "stop", stop_and_let_go)
    store = open_database(database_url)
    store.connect()
    counts = [store.execute_sql(f"SELECT COUNT(*) FROM {table}").fetchone()[0] for table in ("brand", "product")]
    store.close()
    assert counts == [2, 0]


async def test_whoever_waits_is_told_for_whom_and_who_wrote_for_too_long(
    app: ImportHost, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr(import_running, "_SILENT_SECONDS", 0.0)
    other, engine = another_writer(database_url)
    async with app.run_test(size=(120, 30)) as pilot:
        await settle(pilot)
        engine.begin()
        await pilot.press("d")
        await until(pilot, lambda: "waits for" in app.pane.progress_line and "mai" in app.pane.progress_line)
        engine.rollback()
        await settle(pilot)
        assert app.report.totals["rows"] > 0
        monkeypatch.setattr(database, "BUSY_SECONDS", 0)
        engine.begin()
        await press(pilot, "d")
        assert "is being written to by" in app.text_of("trouble")
        assert "mai" in app.text_of("trouble")
        engine.rollback()
        await press(pilot, "d")
        assert app.text_of("trouble") == ""
    other.close()


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
async def test_a_connection_that_breaks_ends_the_import_and_not_the_app(
    app: ImportHost, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    with held_at(monkeypatch, "products.csv") as held:
        async with app.run_test() as pilot:
            await settle(pilot)
            await pilot.press("d")
            await held.wait()
            with psycopg.connect(database_url) as other:
                other.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            held.let_go.set()
            await settle(pilot)
            assert "The connection to the" in app.text_of("facts")
            assert [str(error) for error in app.lost_for] == [str(app.report.stopped)]
            await press(pilot, "h", "d")
            assert app.report.stopped is None


async def test_a_file_that_vanishes_or_may_not_be_read_is_one_line_and_the_others_go_on(
    app: ImportHost, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with app.run_test() as pilot:
        await settle(pilot)
        (tmp_path / "inbox" / "brands.csv").chmod(0)
        (tmp_path / "inbox" / "products.csv").unlink()
        (tmp_path / "inbox" / "creators.csv").unlink()
        (tmp_path / "inbox" / "creators.csv").mkdir()
        await press(pilot, "d")
        assert [file.file for file in app.report.files].count("products.csv") == 0
        scandir = Path.iterdir

        def refuse(path: Path) -> object:
            if path.name == "inbox":
                raise PermissionError(13, "Permission denied")
            return scandir(path)

        monkeypatch.setattr(Path, "iterdir", refuse)
        await press(pilot, "d")
        assert "Permission denied" in app.text_of("trouble")
        assert "Check its permissions" in app.text_of("trouble")


async def test_a_run_that_could_not_begin_leaves_the_last_report_standing(app: ImportHost, tmp_path: Path) -> None:
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "d")
        report = app.report
        (tmp_path / "inbox").rename(tmp_path / "gone")
        await press(pilot, "d")
        assert "there is nothing at" in app.text_of("trouble")
        await press(pilot, "l")
        assert app.report is report
