"""pandas: appends; it has no upsert, checks nothing and knows of no references."""
# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pandas as pd

from benchmarks.rivals.tables import TABLES, count_stored


def main(database: str, folder: Path) -> None:
    """Bring the folder in."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        for kind in TABLES:
            frame = pd.read_csv(folder / f"{kind}.csv")
            frame.to_sql(kind, connection, if_exists="append", index=False)
    print(f"stored {count_stored(database)}")


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
