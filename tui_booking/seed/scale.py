"""Writes as many import files' rows as are wanted for load, the same ones for the same number, in flat memory.

The rows come in units of about the demo's size, each made from nothing but its own number: more units add to what fewer
ones wrote. What a unit consists of is in scale_tables.py; here it is put into files.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from tui_booking.seed.csv_files import new_file, write_table
from tui_booking.seed.scale_tables import TABLES
from tui_booking.seed.scale_units import SNAPSHOT_HEADER, Sizes, Units

__all__ = ["LARGEST_RANDOM_SEED", "LARGEST_SCALE", "Sizes", "Written", "write_scale_files"]

# What the digits of a video's id leave room for.
LARGEST_SCALE = 9_999_999
LARGEST_RANDOM_SEED = 999_999
SUFFIX = "-load"
_UNITS_AT_ONCE = 20

# Told now and then: the kind under way, and how many of its rows are written.
Written = Callable[[str, int], None]


def write_scale_files(folder: Path, *, sizes: Sizes, units: int, random_seed: int, day: date, told: Written) -> None:
    """Write the files of so many units, named as the demo's with `-load` behind, into a folder that is there.

    The last day of which anything is known is `day`. Raises FileExistsError where such a file is there, OSError where
    there is no room.
    """
    made = Units(sizes, random_seed, day)
    for kind, table in TABLES.items():
        if next(table.make(made, 1), None) is None:
            continue
        count = 0
        with new_file(folder, kind, SUFFIX) as file:
            write_table(file, table.header, ())
            for unit in range(1, units + 1):
                rows = list(table.make(made, unit))
                write_table(file, None, rows)
                count += len(rows)
                if unit % _UNITS_AT_ONCE == 0:
                    told(kind, count)
    if sizes.snapshots:
        with new_file(folder, "video_snapshots", SUFFIX) as file:
            file.write(SNAPSHOT_HEADER)
            for unit in range(1, units + 1):
                file.write(made.snapshot_lines(unit))
                if unit % _UNITS_AT_ONCE == 0:
                    told("video_snapshots", unit * sizes.videos * sizes.snapshots)
