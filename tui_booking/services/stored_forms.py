"""Values on SQLite that are not in the form in which their column stores them: an impossible day, an id that is none.

The program writes none, but SQLite keeps days, moments, ids and JSON as text and takes any from whoever writes by hand.
PostgreSQL has types for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui_booking.models import Base, Computed
from tui_booking.models.driver import peewee
from tui_booking.models.fields import DateField, JsonField, UtcDateTimeField, UuidField

_DIGIT = "[0-9]"
_DAY = "-".join(_DIGIT * length for length in (4, 2, 2))
_MOMENT = f"{_DAY} {':'.join([_DIGIT * 2] * 3)}.{_DIGIT * 6}"


class Form(NamedTuple):
    """How values of a column are written: SQL over `{0}` that is true where one is, and an example of it."""

    holds: str
    example: str


# A fraction of a second is left out, as SQLite rounds it up to the next second. Counting no days on takes a day beyond
# its month's end into the next month: it gives another for one that is none.
_FORMS: dict[type[peewee.Field], Form] = {
    DateField: Form(f"{{0}} GLOB '{_DAY}' AND date({{0}}, '+0 days') IS {{0}}", "a day such as 2026-11-30"),
    UtcDateTimeField: Form(
        f"{{0}} GLOB '{_MOMENT}' AND datetime(substr({{0}}, 1, 19), '+0 days') IS substr({{0}}, 1, 19)",
        "a moment such as 2026-11-30 09:15:00.000000",
    ),
    UuidField: Form("length({0}) = 32 AND {0} NOT GLOB '*[^0-9a-f]*'", "32 hexadecimal digits"),
    JsonField: Form("json_valid({0})", "a JSON document"),
}


def forms_of(model: type[Base | Computed]) -> Iterator[tuple[str, Form]]:
    """The columns of a model whose values have a form, and the form; references have that of what they point at."""
    for field in model._meta.sorted_fields:
        written: peewee.Field = field
        while isinstance(written, peewee.ForeignKeyField):
            written = written.rel_field
        form = next((form for kind, form in _FORMS.items() if isinstance(written, kind)), None)
        if form is not None:
            column = field.column_name
            yield column, Form(form.holds.format(f't."{column}"'), form.example)
