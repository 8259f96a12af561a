"""The forms have every field that a person may change, and take what the database takes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tui_booking.models import ALL_MODELS, Base
from tui_booking.models.base import (
    ChoiceField,
    CodeField,
    CountField,
    CurrencyField,
    DateField,
    ExchangeRateField,
    FlagField,
    FoldedField,
    JsonField,
    MoneyField,
    RateField,
    Reference,
    TextField,
    UtcDateTimeField,
)
from tui_booking.services.checking import check
from tui_booking.services.fields import FORMS, FormField

# What nobody edits: it is kept by the program, or says what happened.
KEPT = {"id", "created_at", "updated_at", "deleted_at", "is_placeholder"}
NOT_EDITED = {"booking_status_history", "rule_log", "import_run", "import_file"}
# Records that say that something is so: where it is not any more, they are deleted.
NEVER_OUT_OF_USE = {
    "creator_tag_map", "creator_note", "campaign_product", "campaign_creator", "booking", "booking_deliverable",
    "video", "video_metric_snapshot", "tracking_conversion", "payment",
}  # fmt: skip
MODELS = {("user" if model.__name__ == "User" else model._meta.table_name): model for model in ALL_MODELS}
EDITED = sorted(set(MODELS) - NOT_EDITED)
FIELDS = [pytest.param(kind, field, id=f"{kind}.{field.name}") for kind in EDITED for field in FORMS[kind].fields]
KINDS: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (MoneyField, ("money",)),
    (ExchangeRateField, ("rate",)),
    (CountField, ("count",)),
    (RateField, ("percent",)),
    (FlagField, ("flag",)),
    (ChoiceField, ("choice",)),
    (Reference, ("reference",)),
    (DateField, ("date",)),
    (UtcDateTimeField, ("moment",)),
    (JsonField, ("json",)),
    (CurrencyField, ("currency",)),
    (CodeField, ("code",)),
    (TextField, ("text", "long_text", "markdown")),
)


def _kind_of(model: type[Base]) -> str:
    return next(kind for kind, found in MODELS.items() if found is model)


def test_every_kind_that_is_edited_has_a_form() -> None:
    assert sorted(FORMS) == EDITED
    assert all(kind == form.kind for kind, form in FORMS.items())


@pytest.mark.parametrize("kind", EDITED)
def test_no_editable_field_is_missing_from_a_form(kind: str) -> None:
    fields = MODELS[kind]._meta.sorted_fields
    wanted = {field.name for field in fields if field.name not in KEPT and not isinstance(field, FoldedField)}
    if kind in NEVER_OUT_OF_USE:
        wanted.remove("is_active")
    names = [field.name for field in FORMS[kind].fields]
    assert sorted(names) == sorted(wanted)


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_form_field_takes_what_the_column_takes(kind: str, field: FormField) -> None:
    column: Any = getattr(MODELS[kind], field.name)
    assert field.kind in next(kinds for found, kinds in KINDS if isinstance(column, found))
    assert field.words is getattr(column, "words", None)
    if field.kind == "reference":
        assert field.reference == _kind_of(column.rel_model)
    if field.kind in ("text", "code", "long_text", "markdown"):
        assert field.nullable is column.null
    if field.kind in ("count", "money"):
        assert (field.minimum, field.maximum) == (column.minimum, getattr(column, "maximum", None))
    taken = field.narrowed_by.field if field.narrowed_by else None
    currency, _, of_reference = (field.currency or "").partition(".")
    for other in filter(None, (taken, currency)):
        assert FORMS[kind].field(other).name == other
    if of_reference:
        assert FORMS[FORMS[kind].field(currency).reference or ""].field(of_reference).kind == "currency"


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_form_field_starts_as_the_column_does(kind: str, field: FormField) -> None:
    column: Any = getattr(MODELS[kind], field.name)
    usual = column.default() if callable(column.default) else column.default
    if usual is not None and usual != "":
        assert field.default == usual
    elif not (column.null or field.read_only or field.starts_today or field.kind in ("reference", "choice")):
        started = FORMS[kind].start(date(2026, 3, 8))[field.name]
        assert started in {None, ""}
        assert field.required or usual == "" or kind in {"creator", "video"}


def test_a_new_record_starts_with_values_of_its_own() -> None:
    form = FORMS["tracking_conversion"]
    started = form.start(date(2026, 3, 8))
    started["data_raw"]["a"] = 1
    assert form.start(date(2026, 3, 8))["data_raw"] == {}
    assert started["order_date"] == date(2026, 3, 8)
    with pytest.raises(KeyError):
        form.field("nothing")


def test_a_snapshot_is_of_now_and_never_of_what_is_to_come() -> None:
    start = FORMS["video_metric_snapshot"].start(date(2026, 3, 8))["snapshot_time"]
    assert abs(datetime.now(UTC) - start) < timedelta(minutes=2)
    assert "snapshot_time" not in check("video_metric_snapshot", {"snapshot_time": start})
    ahead = start + timedelta(days=1)
    assert "still to come" in check("video_metric_snapshot", {"snapshot_time": ahead})["snapshot_time"]
