"""django-import-export in bulk, with cached loaders, unchanged rows skipped: as documented, or quickened by hand.

By hand means code of one's own in place of the package's: references and keys of several columns from memory, and no
differences written out for people to look at.
"""
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


def main(database: str, folder: Path, *, by_hand: bool) -> None:
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
            result = _make_resource(kind, table, models, by_hand=by_hand)().import_data(data, raise_errors=True)
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


def _make_resource(kind: str, table: Table, models: dict[str, Any], *, by_hand: bool) -> Any:
    from import_export import instance_loaders, resources
    from import_export.fields import Field

    fields: dict[str, Any] = {}
    for name in table.columns:
        attribute = f"{name}_id" if by_hand and name in table.references else name
        widget = _make_widget(name, table, models, by_hand=by_hand)
        fields[name] = Field(attribute=attribute, column_name=name, widget=widget)
    options = {
        "model": models[kind],
        "fields": table.columns,
        "import_id_fields": table.key,
        "use_bulk": True,
        "batch_size": _BATCH,
        "skip_unchanged": True,
        # Without a diff of the rows nothing is found to be unchanged; without one for people to look at, it is.
        "skip_diff": False,
        "skip_html_diff": by_hand,
    }
    if by_hand:
        options["instance_loader_class"] = _remember_stored(table, models[kind])
    elif len(table.key) == 1:  # its own cached loader has room for keys of one column only
        options["instance_loader_class"] = instance_loaders.CachedInstanceLoader
    return type(f"{kind}Resource", (resources.ModelResource,), {**fields, "Meta": type("Meta", (), options)})


def _make_widget(name: str, table: Table, models: dict[str, Any], *, by_hand: bool) -> Any:
    from import_export import widgets

    class Reference(widgets.Widget):
        """The id of what a cell names, of all that are stored; the package's own asks for each row."""

        def __init__(self, model: Any, column: str) -> None:
            super().__init__()
            self._ids = dict(model.objects.values_list(column, "pk"))

        def clean(self, value: Any, row: Any = None, **_options: Any) -> Any:  # noqa: ARG002
            return self._ids[value]

    if name in table.references:
        target, column = table.references[name]
        return (Reference if by_hand else widgets.ForeignKeyWidget)(models[target], column)
    if name in table.whole:
        return widgets.IntegerWidget()
    return widgets.DateWidget(format="%Y-%m-%d") if name in table.dates else widgets.CharWidget()


def _remember_stored(table: Table, model: Any) -> Any:
    class Stored:
        """All that is stored, by a key of any number of columns."""

        def __init__(self, resource: Any, dataset: Any = None) -> None:  # noqa: ARG002
            self._fields = [resource.fields[name] for name in table.key]
            self._stored = {tuple(field.get_value(one) for field in self._fields): one for one in model.objects.all()}

        def get_instance(self, row: Any) -> Any:
            return self._stored.get(tuple(field.clean(row) for field in self._fields))

    return Stored


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), by_hand="by_hand" in sys.argv[3:])
