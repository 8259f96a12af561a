"""sqlite-utils: upserts by the natural keys; it checks nothing and knows of no references."""
# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import csv
import sys
from pathlib import Path

import sqlite_utils

from benchmarks.rivals.tables import TABLES, count_stored


def main(database: str, folder: Path) -> None:
    """Bring the folder in."""
    opened = sqlite_utils.Database(database)
    opened.enable_wal()
    for kind, table in TABLES.items():
        with (folder / f"{kind}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            opened[kind].upsert_all(rows, pk=table.key if len(table.key) > 1 else table.key[0], batch_size=1_000)
    opened.close()
    print(f"stored {count_stored(database)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
