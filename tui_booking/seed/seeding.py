"""Seeds a database: writes import files, brings them in as any import does, and adds what has no import file."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, tzinfo
from pathlib import Path
from typing import TypeVar

from tui_booking.errors import BookingCenterError
from tui_booking.importing.history import find_operator
from tui_booking.importing.pipeline import ImportOptions, Progress, run_import
from tui_booking.importing.report import Report
from tui_booking.models import Brand, Creator, User
from tui_booking.models.database import Store, connect, explain
from tui_booking.models.driver import peewee
from tui_booking.models.migrate import bring_up_to_date
from tui_booking.seed.demo_files import write_demo_files
from tui_booking.seed.demo_records import Outcome, Seeded, find_seeded, remember, write_records
from tui_booking.seed.scale import Sizes, Written, write_scale_files

_ATTEMPTS = 3

T = TypeVar("T")


class WrongSeed(BookingCenterError):
    """What was asked of the seed cannot be."""


@dataclass(frozen=True, slots=True)
class Volume:
    """How many times the demo, and which one of the many that are as large."""

    scale: int = 1
    random_seed: int = 1

    def write(self, folder: Path, seeded: Seeded, told: Written) -> None:
        """Write the import files: the demo, and beside it as much again as often as it takes."""
        write_demo_files(folder, seeded.day, seeded.operator)
        if self.scale > 1:
            write_scale_files(
                folder,
                sizes=Sizes(),
                units=self.scale - 1,
                random_seed=self.random_seed,
                day=seeded.day,
                told=told,
            )


@dataclass(frozen=True, slots=True)
class Seeding:
    """What a seeding did: the report of its files, and what became of the records that have none."""

    day: date
    report: Report
    records: Counter[Outcome] = field(default_factory=Counter)

    @property
    def ok(self) -> bool:
        return self.report.ok

    @property
    def created(self) -> int:
        return self.report.totals["created"] + self.records["created"]

    @property
    def updated(self) -> int:
        return self.report.totals["updated"] + self.records["updated"]


def nothing_told(_file: str, _rows: int) -> None:
    """Say nothing about what is written."""


def never() -> bool:
    """Nobody stops it."""
    return False


def seed_at(
    url: str,
    *,
    operator: str,
    zone: tzinfo,
    today: date,
    day: date | None = None,
    volume: Volume = Volume(),
    written: Written = nothing_told,
    progress: Callable[[Progress], None] = lambda _progress: None,
    cancelled: Callable[[], bool] = never,
) -> Seeding:
    """Seed the database of that URL, which is made and migrated where need be.

    The first seeding fixes the day around which everything lies: `day`, else `today`. Later ones keep it, whenever they
    are. Raises WrongSeed for another day than the one that is fixed, BookingCenterError where nothing could be begun.
    """
    bring_up_to_date(url)
    store = connect(url)
    try:
        seeded, outcome = _settle(store, Seeded(day or today, operator))
        if day is not None and day != seeded.day:
            raise WrongSeed(
                f"The demo data of this database lies around {seeded.day}.",
                "Leave --date out, or seed another database: days that are stored do not move.",
            )
        with tempfile.TemporaryDirectory(prefix="tui-booking-", ignore_cleanup_errors=True) as temporary:
            folder = Path(temporary) / "seed"
            _write_into(folder, volume, seeded, written, cancelled)
            options = ImportOptions(path=folder)
            report = run_import(store, options, operator=operator, zone=zone, progress=progress, cancelled=cancelled)
        if not report.ok:
            return Seeding(seeded.day, report)
        records = _in_a_transaction(store, lambda: write_records(seeded))
        records[outcome] += 1
        return Seeding(seeded.day, report, records)
    finally:
        store.close()


def refuse_other_data(url: str) -> None:
    """Raise WrongSeed where the database has data and was never seeded; one that is not there is made and migrated."""
    bring_up_to_date(url)
    store = connect(url)
    try:
        if find_seeded(Seeded(date.min, "")) is None and any(
            model.select().exists() for model in (Brand, Creator, User)
        ):
            raise WrongSeed(
                f"{store.address.shown} holds data that is not the demo's.", "Name a new database for the demo."
            )
    finally:
        store.close()


def write_files(
    folder: Path,
    *,
    operator: str,
    day: date,
    volume: Volume,
    written: Written = nothing_told,
    cancelled: Callable[[], bool] = never,
) -> None:
    """Only write the import files into a folder, which is made; raises WrongSeed where something lies there."""
    try:
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise WrongSeed(f"{folder} cannot be a folder: {error.strerror}.", "Name another for --write.") from error
    if is_taken:
        raise WrongSeed(f"{folder} is there, and is not an empty folder.", "Name a new one for --write.")
    _write_into(folder, volume, Seeded(day, operator), written, cancelled)


def _write_into(folder: Path, volume: Volume, seeded: Seeded, written: Written, cancelled: Callable[[], bool]) -> None:
    def told(file: str, rows: int) -> None:
        if cancelled():
            raise KeyboardInterrupt
        written(file, rows)

    try:
        folder.mkdir(parents=True, exist_ok=True)
        volume.write(folder, seeded, told)
    except OSError as error:
        raise WrongSeed(
            f"The files cannot be written to {folder}: {error.strerror}.", "Name another folder."
        ) from error


def _settle(store: Store, wanted: Seeded) -> tuple[Seeded, Outcome]:
    """The day and operator of the first seeding; this one's where it is the first."""

    def settle() -> tuple[Seeded, Outcome]:
        seeded = find_seeded(wanted) or wanted
        find_operator(seeded.operator)
        # Before anything else is written, so that a seeding that is killed goes on where it was.
        return seeded, remember(seeded)

    return _in_a_transaction(store, settle)


def _in_a_transaction(store: Store, work: Callable[[], T]) -> T:
    """Carry out work whole or not at all; once more where another seeding wrote the same records meanwhile."""
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with store.atomic():
                return work()
        except peewee.IntegrityError as error:
            if attempt == _ATTEMPTS:
                raise explain(error, store) from error
        except peewee.DatabaseError as error:
            raise explain(error, store) from error
    raise AssertionError("unreachable")
