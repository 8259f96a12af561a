"""Both engines refuse the same wrong values, each by a constraint with a name of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import peewee
import pytest

from tests.records import MOMENT, connected, make
from tui_booking import models
from tui_booking.models import ALL_MODELS, Base
from tui_booking.models.database import Store
from tui_booking.models.schema import checks_of, lookups_of

# The CHECK constraints that are not made from a field alone: name to a record that breaks only this one.
DECLARED: dict[str, dict[str, Any]] = {
    "creator_rate_card_dates_order": {"valid_from": date(2026, 3, 2), "valid_to": date(2026, 3, 1)},
    "campaign_dates_order": {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 1)},
    "campaign_dates_known": {"start_date": None},
    "booking_dates_order": {"start_date": date(2026, 3, 2), "end_date": date(2026, 3, 1)},
    "video_identified": {"url": "", "platform_video_id": None},
    "import_run_times_order": {"started_at": MOMENT, "finished_at": MOMENT - timedelta(seconds=1)},
}
ALL_CHECKS = [(model, name) for model in ALL_MODELS for name in checks_of(model)]


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


def _breaking(model: type[Base], name: str) -> list[dict[str, Any]]:
    """Records that break this constraint and no other."""
    table = model._meta.table_name
    if name in DECLARED:
        return [DECLARED[name]]
    if name == f"{table}_deleted_inactive":
        return [{"deleted_at": MOMENT, "is_active": True}]
    column, _, rule = name.removeprefix(f"{table}_").rpartition("_")
    field: Any = model._meta.columns[column]
    if rule == "choice":
        return [{field.name: "no such word"}, {field.name: ""}]
    if rule == "code":
        return [{field.name: word} for word in ("", "vnd", "VNDX", "đồng")]
    assert rule == "range"
    low = field.minimum - 1
    values = [low] if getattr(field, "maximum", None) is None else [low, field.maximum + 1]
    money = isinstance(field, models.base.MoneyField | models.base.ExchangeRateField)
    return [{field.name: Decimal(value) if money else value} for value in values]


@pytest.mark.parametrize(("model", "name"), ALL_CHECKS, ids=[name for _, name in ALL_CHECKS])
def test_a_wrong_value_is_refused_by_the_constraint_that_names_it(
    database: Store, model: type[Base], name: str
) -> None:
    for values in _breaking(model, name):
        with pytest.raises(peewee.IntegrityError, match=name), database.atomic():
            make(model, **values)
    make(model)


@pytest.mark.parametrize("model", ALL_MODELS, ids=lambda model: model.__name__)
def test_the_least_record_of_each_table_is_taken(database: Store, model: type[Base]) -> None:
    assert make(model).save() == 0


@pytest.mark.parametrize(
    "model", [model for model in ALL_MODELS if model.placeholder], ids=lambda model: model.__name__
)
def test_a_placeholder_is_taken_and_has_room_for_its_note(database: Store, model: type[Base]) -> None:
    note = model.placeholder_note_field
    record = make(model, is_placeholder=True, **({note: models.PLACEHOLDER_NOTE} if note else {}))
    stored: Any = model.get_by_id(record.id)
    assert stored.is_placeholder


def test_a_placeholder_campaign_needs_no_dates(database: Store) -> None:
    assert make(models.Campaign, is_placeholder=True, start_date=None, end_date=None).start_date is None


UNIQUE = [(model, found) for model in ALL_MODELS for found in lookups_of(model) if found.unique]


@pytest.mark.parametrize(
    ("model", "found"), UNIQUE, ids=[found.name(model._meta.table_name) for model, found in UNIQUE]
)
def test_the_same_key_twice_is_refused(database: Store, model: type[Base], found: Any) -> None:
    values: dict[str, Any] = {"is_primary": True} if found.where == "is_primary" else {}
    if found.where and found.where.endswith("IS NOT NULL"):
        values[found.columns[-1]] = "7000000000000000001"
    if found.where == "platform_video_id IS NULL":
        values["url"] = "https://example.org/one"
    first = make(model, **values)
    key = {
        model._meta.columns[column].name: first.__data__[model._meta.columns[column].name] for column in found.columns
    }
    with pytest.raises(peewee.IntegrityError, match=r"(?i)unique"), database.atomic():
        make(model, **{**values, **key})


def test_a_key_that_is_not_known_may_be_missing_twice(database: Store) -> None:
    channel, booking, payment = make(models.CreatorChannel), make(models.Booking), make(models.Payment)
    make(models.CreatorChannel, platform=channel.platform, external_id=None)
    for _ in range(2):
        make(models.BookingDeliverable, booking=booking, deliverable_code=None)
        make(models.CreatorContact, creator=channel.creator, is_primary=False)
    make(models.Payment, booking=payment.booking, payment_ref=None)
    # Two posts may share an address where both have an id of their own.
    make(models.Video, url="https://example.org/one", platform_video_id="1")
    make(models.Video, url="https://example.org/one", platform_video_id="2")


def test_a_record_that_others_point_at_cannot_be_removed(database: Store) -> None:
    brand = make(models.Product).brand
    with pytest.raises(peewee.IntegrityError), database.atomic():
        brand.delete_instance()


def test_a_reference_to_nothing_is_refused(database: Store) -> None:
    with pytest.raises(peewee.IntegrityError), database.atomic():
        make(models.Product, brand=models.Brand().id)


@pytest.mark.parametrize(
    ("column", "value"), [("view_count", "many"), ("view_count", 1.5), ("engagement_rate", "much")]
)
def test_a_value_of_another_type_is_refused_by_the_database_itself(database: Store, column: str, value: object) -> None:
    snapshot = make(models.VideoMetricSnapshot)
    mark = database.param
    with pytest.raises(peewee.DatabaseError), database.atomic():
        database.execute_sql(
            f"UPDATE video_metric_snapshot SET {column} = {mark} WHERE id = {mark}", (str(value), snapshot.id.hex)
        )
