"""textual-fastdatatable: a table of Textual that holds all rows in memory, in Arrow's form."""
# mypy: disable-error-code="import-not-found, import-untyped"

import sqlite3
import sys

import pyarrow as pa
from textual.app import App, ComposeResult
from textual_fastdatatable import ArrowBackend, DataTable

_COLUMNS = "name, alias, niche, location, priority_score, status, creator_key"


class Table(App[None]):
    """The creators of a database."""

    def compose(self) -> ComposeResult:
        with sqlite3.connect(sys.argv[1]) as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM creator ORDER BY name_folded, id").fetchall()
        columns = dict(zip(_COLUMNS.split(", "), zip(*rows, strict=True), strict=True))
        yield DataTable(backend=ArrowBackend(pa.table({name: list(column) for name, column in columns.items()})))

    def on_mount(self) -> None:
        self.query_one(DataTable).focus()


if __name__ == "__main__":
    Table().run()
