"""django-import-export as quick as it can be had: in bulk, what is stored held in memory, unchanged rows skipped."""
# mypy: disable-error-code="import-not-found, import-untyped, misc, no-untyped-call"

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import django
import tablib
from django.conf import settings

from benchmarks.rivals.tables import TABLES, Table, count_stored

_BATCH = 1_000


def main(database: str, folder: Path) -> None:
    """Bring the folder in."""
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
        INSTALLED_APPS=["import_export"],
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        USE_TZ=True,
    )
    django.setup()
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode = wal")
    models = _make_models()
    if not connection.introspection.table_names():
        with connection.schema_editor() as editor:
            for model in models.values():
                editor.create_model(model)
    skipped = 0
    for kind, table in TABLES.items():
        data = tablib.Dataset().load((folder / f"{kind}.csv").read_text(encoding="utf-8"), format="csv")
        with transaction.atomic():
            result = _make_resource(kind, table, models)().import_data(data, raise_errors=True)
        skipped += result.totals["skip"]
    connection.close()
    print(f"stored {count_stored(database)} skipped {skipped}")


def _make_models() -> dict[str, Any]:
    """A model for each file: its references are foreign keys, its key is unique."""
    from django.db import models

    made: dict[str, Any] = {}
    for kind, table in TABLES.items():
        fields: dict[str, Any] = {}
        for name in table.columns:
            if name in table.references:
                fields[name] = models.ForeignKey(made[table.references[name][0]], models.PROTECT)
            elif name in table.whole:
                fields[name] = models.BigIntegerField()
            elif name in table.dates:
                fields[name] = models.DateField()
            else:
                fields[name] = models.TextField()
        unique = models.UniqueConstraint(fields=table.key, name=f"{kind}_key")
        meta = type("Meta", (), {"app_label": "import_export", "db_table": kind, "constraints": [unique]})
        made[kind] = type(f"{kind.title()}", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    return made


def _make_resource(kind: str, table: Table, models: dict[str, Any]) -> Any:
    from import_export import resources, widgets
    from import_export.fields import Field

    class Reference(widgets.Widget):
        """The id of what a cell names, of all that are stored; asking for each would be a query a row."""

        def __init__(self, target: str, column: str) -> None:
            super().__init__()
            self._ids = dict(models[target].objects.values_list(column, "pk"))

        def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:  # noqa: ARG002
            return self._ids[value]

    class Stored:
        """All that is stored, by the key: the package's own has room for keys of one column only."""

        def __init__(self, resource: Any, dataset: Any = None) -> None:  # noqa: ARG002
            self._fields = [resource.fields[name] for name in table.key]
            self._stored = {
                tuple(field.get_value(one) for field in self._fields): one for one in models[kind].objects.all()
            }

        def get_instance(self, row: Any) -> Any:
            return self._stored.get(tuple(field.clean(row) for field in self._fields))

    fields: dict[str, Any] = {}
    for name in table.columns:
        if name in table.references:
            target, column = table.references[name]
            fields[name] = Field(attribute=f"{name}_id", column_name=name, widget=Reference(target, column))
        else:
            widget = (
                widgets.IntegerWidget()
                if name in table.whole
                else widgets.DateWidget(format="%Y-%m-%d")
                if name in table.dates
                else widgets.CharWidget()
            )
            fields[name] = Field(attribute=name, column_name=name, widget=widget)
    options = {
        "model": models[kind],
        "fields": table.columns,
        "import_id_fields": table.key,
        "instance_loader_class": Stored,
        "use_bulk": True,
        "batch_size": _BATCH,
        "skip_unchanged": True,
        # Without a diff of the rows nothing is found to be unchanged; without one for people to look at, it is.
        "skip_diff": False,
        "skip_html_diff": True,
    }
    return type(f"{kind}Resource", (resources.ModelResource,), {**fields, "Meta": type("Meta", (), options)})


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
