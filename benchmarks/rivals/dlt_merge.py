"""dlt: merges by the natural keys into SQLite; it checks types and knows of no references."""
# mypy: disable-error-code="import-not-found, import-untyped"

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.rivals.tables import TABLES, count_stored

# Read when it is imported: it is to ask nobody, and to keep what it remembers beside the database.
os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
_BATCH = 5_000
_SET = "imported"


def main(database: str, folder: Path) -> None:
    """Bring the folder in."""
    import dlt

    pipeline = dlt.pipeline(
        pipeline_name="folder",
        pipelines_dir=f"{database}-pipelines",
        destination=dlt.destinations.sqlalchemy(f"sqlite:///{database}"),
        dataset_name=_SET,
    )
    pipeline.run(
        [
            dlt.resource(_batches(folder / f"{kind}.csv"), name=kind, primary_key=table.key, write_disposition="merge")
            for kind, table in TABLES.items()
        ]
    )
    # It keeps what it loads in a file of its own beside the one that was named.
    stored = Path(database).with_name(f"{Path(database).stem}__{_SET}.db")
    print(f"stored {count_stored(str(stored))}")


def _batches(file: Path) -> Iterator[list[dict[str, Any]]]:
    with file.open(encoding="utf-8", newline="") as opened:
        batch: list[dict[str, Any]] = []
        for row in csv.DictReader(opened):
            batch.append(row)
            if len(batch) == _BATCH:
                yield batch
                batch = []
        yield batch


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
