"""The work of an import grows in a straight line with its rows, whatever the kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import NewDatabase
from tests.records import connected
from tests.seed.databases import DAY, ZONE
from tui_booking.importing import engines
from tui_booking.importing.kinds import KINDS
from tui_booking.importing.pipeline import ImportOptions, run_import
from tui_booking.seed.scale import Sizes, write_scale_files

SIZES = Sizes(videos=12, snapshots=2, conversions=12, payments=12)
FEW, MANY = 40, 160


def steps_of_imports(url: str, folder: Path) -> dict[str, int]:
    """How many thousand instructions SQLite carries out for each file of a folder, when its rows are new and again."""
    steps = {}
    with connected(url) as store:
        for time in ("new", "again"):
            for kind in KINDS:
                asked = [0]

                def count(asked: list[int] = asked) -> bool:
                    asked[0] += 1
                    return False

                options = ImportOptions(path=folder / f"{kind.name}-load.csv")
                assert run_import(store, options, operator="lan", zone=ZONE, cancelled=count).ok
                steps[f"{kind.name}, {time}"] = asked[0]
    return steps


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_four_times_the_rows_are_about_four_times_the_work(
    new_database: NewDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Instructions and not seconds: they are the same on every machine.
    monkeypatch.setattr(engines, "_STEPS_BETWEEN_CHECKS", 1_000)
    steps = []
    for units in (FEW, MANY):
        folder = tmp_path / str(units)
        folder.mkdir()
        write_scale_files(folder, sizes=SIZES, units=units, random_seed=1, day=DAY, told=lambda _kind, _rows: None)
        steps.append(steps_of_imports(new_database(), folder))
    few, many = steps
    ratios = {name: round(many[name] / few[name], 1) for name in few if few[name] > 20}
    assert ratios
    assert max(ratios.values()) < MANY / FEW * 1.05, ratios
