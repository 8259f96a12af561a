"""Proves that a database agrees with itself: constraints, references, and every value that is computed from others."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from tui_booking.models import ALL_MODELS, COMPUTED_MODELS, Base, Computed, folded_fields
from tui_booking.models.base import utc_now
from tui_booking.models.database import Store, explain, open_database
from tui_booking.models.driver import peewee
from tui_booking.models.finance import Payment, amount_in_vnd
from tui_booking.models.folding import fold
from tui_booking.models.migrate import require_current
from tui_booking.models.schema import checks_of
from tui_booking.models.videos import VideoLatest
from tui_booking.services.catalog import find_missing_columns, find_missing_indexes
from tui_booking.services.findings import Finding, Findings
from tui_booking.services.latest import bring_latest_up_to_date, find_stale
from tui_booking.services.stored_forms import forms_of
from tui_booking.services.view_days import find_stale_days, forget_gains

BATCH = 5_000
_CODES = ("code", "creator_key", "name", "handle", "code_value", "order_code", "payment_ref", "username")

# Pairs that must be equal: table, column, the record that says so, its column, the reference, whether to take it over.
_BELONGS = (
    ("payment", "campaign_id", "booking", "campaign_id", "booking_id", True),
    ("payment", "creator_id", "booking", "creator_id", "booking_id", True),
    ("booking", "brand_id", "campaign", "brand_id", "campaign_id", False),
    ("booking", "creator_id", "creator_channel", "creator_id", "channel_id", False),
)
_SAID = {
    ("payment", "campaign_id"): "the campaign is the booking's",
    ("payment", "creator_id"): "the creator is the booking's",
    ("booking", "brand_id"): "the brand is the campaign's",
    ("booking", "creator_id"): "the channel belongs to the creator",
}

_FORM = "can be read"

Row = Sequence[Any]
Query = Callable[[str | None], str]
# The row as read, what is wrong with it, and the values that it should have.
Look = Iterator[tuple[Row, Finding, tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Columns that are compared with what they should be, and how they are read.

    `once`: the query finds only what is wrong, and all of it. `silent`: the columns are not values of their own, so
    that mending them leaves `updated_at`.
    """

    table: str
    names: tuple[str, ...]
    once: bool = False
    silent: bool = False


def check_at(url: str, *, fix: bool = False) -> list[Finding]:
    """Check the database at a URL; see check_database.

    Raises a BookingCenterError where it cannot be reached, is not up to date, or cannot be written to for `fix`.
    """
    database = open_database(url, create=False)
    with database.connection_context():
        require_current(database)
        try:
            return check_database(database, fix=fix)
        except (peewee.DatabaseError, sqlite3.Error) as error:
            raise explain(error, database) from error


def check_database(database: Store, *, fix: bool = False) -> list[Finding]:
    """Everything in a database that does not agree, in the order in which it was looked for; empty where all does.

    With `fix`, what is computed from other values is computed anew, a batch in a transaction; the findings say what
    was mended. Other findings are for a person to decide. Records are read in batches, whatever the table's size.
    """
    found = Findings()
    every: tuple[type[Base | Computed], ...] = (*ALL_MODELS, *COMPUTED_MODELS)
    if database.engine == "sqlite":
        _check_file(database, found)
    found.add_all(missing := list(find_missing_columns(database, every)))
    if missing:
        found.add(Finding("the database", "itself", "all of it is checked", "that far", "once those are there"))
        return found.listed()
    if database.engine == "sqlite":
        for model in every:
            _check_forms(database, model, found)
        if found.has(_FORM):
            # What is computed from values that cannot be read cannot be compared with them.
            found.add(Finding("the database", "itself", "all of it is checked", "that far", "once those are mended"))
            return found.listed()
    found.add_all(find_missing_indexes(database, every))
    for model in every:
        _check_constraints(database, model, found)
        _check_references(database, model, found)
    for belonging in _BELONGS:
        _check_belonging(database, belonging, found, fix=fix)
    _check_amounts_in_vnd(database, found, fix=fix)
    _check_budgets(database, found, fix=fix)
    _check_latest(database, found, fix=fix)
    _check_view_days(database, found, fix=fix)
    for model in ALL_MODELS:
        if folded_fields(model):
            _check_folded(database, model, found, fix=fix)
    return found.listed()


def _check_file(database: Store, found: Findings) -> None:
    for (line,) in database.execute_sql("PRAGMA integrity_check").fetchall():
        # Broken CHECKs are found below, with the record that breaks them.
        if line != "ok" and not line.startswith("CHECK constraint failed"):
            found.add(Finding("the file", "itself", "is intact", line, "ok"))


def _check_forms(database: Store, model: type[Base | Computed], found: Findings) -> None:
    table = model._meta.table_name
    for column, form in forms_of(model):
        query = (
            f"SELECT {_called(model)}, t.{column} FROM {table} t WHERE t.{column} IS NOT NULL AND NOT ({form.holds})"
            f" LIMIT {BATCH}"
        )
        for record, stored in database.execute_sql(query).fetchall():
            found.add(Finding(table, _text(record), f"{column} {_FORM}", repr(stored), form.example))


def _check_constraints(database: Store, model: type[Base | Computed], found: Findings) -> None:
    table, checks = model._meta.table_name, checks_of(model)
    if not checks:
        return
    broken = " ".join(f"WHEN NOT ({condition}) THEN '{name}'" for name, condition in checks.items())
    held = " AND ".join(f"({condition})" for condition in checks.values())
    query = f"SELECT {_called(model)}, CASE {broken} END FROM {table} t WHERE NOT ({held}) LIMIT {BATCH}"
    for record, name in database.execute_sql(query).fetchall():
        found.add(Finding(table, _text(record), f"constraint {name}", "broken", checks[name]))


def _check_references(database: Store, model: type[Base | Computed], found: Findings) -> None:
    table = model._meta.table_name
    for key in model._meta.refs:
        column, target = key.column_name, key.rel_model._meta.table_name
        query = (
            f"SELECT {_called(model)}, t.{column} FROM {table} t LEFT JOIN {target} p ON p.id = t.{column}"
            f" WHERE t.{column} IS NOT NULL AND p.id IS NULL LIMIT {BATCH}"
        )
        for record, stored in database.execute_sql(query).fetchall():
            found.add(Finding(table, _text(record), f"{column} points at a record", _text(stored), f"a {target}"))


def _check_belonging(
    database: Store, belonging: tuple[str, str, str, str, str, bool], found: Findings, *, fix: bool
) -> None:
    table, column, owner, owned, key, computed = belonging
    model = _model(table)
    # What points at nothing was found, and is not taken over.
    target = model._meta.columns[column].rel_model._meta.table_name
    query = (
        f"SELECT t.id, {_called(model)}, t.{column}, o.{owned} FROM {table} t JOIN {owner} o ON o.id = t.{key}"
        f" JOIN {target} p ON p.id = o.{owned} WHERE t.{column} <> o.{owned} ORDER BY t.id"
    )

    def look(rows: Sequence[Row]) -> Look:
        for row in rows:
            _, record, stored, expected = row
            said = _SAID[table, column]
            yield row, Finding(table, _text(record), said, _text(stored), _text(expected)), (expected,)

    mending = fix and computed
    _compare(database, _Columns(table, (column,), once=True), lambda _: query, look, found, mend=mending)


def _check_amounts_in_vnd(database: Store, found: Findings, *, fix: bool) -> None:
    def query(after: str | None) -> str:
        columns = "t.id, t.amount, t.currency, t.exchange_rate, t.amount_vnd, t.payment_ref, t.invoice_number"
        return _page("payment", columns, after)

    def look(rows: Sequence[Row]) -> Look:
        for row in rows:
            # Nothing is computed from what breaks a constraint; that was found.
            if row[1] < 0 or (row[3] or 0) < 0:
                continue
            amount: Any = Payment.amount.python_value(row[1])
            expected = amount_in_vnd(amount, row[2], Payment.exchange_rate.python_value(row[3]))
            stored = Payment.amount_vnd.python_value(row[4])
            if expected is not None and expected != stored:
                record = _text(row[5] or row[6] or row[0])
                rule = "amount_vnd is amount times exchange rate"
                yield row, Finding("payment", record, rule, f"{stored:f}", f"{expected:f}"), (int(expected * 100),)

    _compare(database, _Columns("payment", ("amount_vnd",)), query, look, found, mend=fix)


def _check_budgets(database: Store, found: Findings, *, fix: bool) -> None:
    query = (
        "SELECT t.id, t.code, t.budget_actual, COALESCE(p.paid, 0) FROM campaign t LEFT JOIN"
        " (SELECT campaign_id, SUM(amount_vnd) AS paid, MIN(amount_vnd) AS least FROM payment WHERE status = 'paid'"
        " AND deleted_at IS NULL GROUP BY campaign_id) p ON p.campaign_id = t.id"
        " WHERE t.budget_actual <> COALESCE(p.paid, 0) AND COALESCE(p.least, 0) >= 0 ORDER BY t.id"
    )

    def look(rows: Sequence[Row]) -> Look:
        for row in rows:
            stored, paid = (Decimal(value).scaleb(-2) for value in row[2:])
            rule = "budget_actual is the sum of its paid payments"
            yield row, Finding("campaign", row[1], rule, f"{stored:f}", f"{paid:f}"), (int(row[3]),)

    _compare(database, _Columns("campaign", ("budget_actual",), once=True), lambda _: query, look, found, mend=fix)


def _check_latest(database: Store, found: Findings, *, fix: bool) -> None:
    for found_stale in find_stale(database):
        # Counts that break a constraint were found, and are not taken over.
        stale = [one for one in found_stale if all(count is None or count >= 0 for count in one.expected[1:])]
        if fix:
            with database.atomic():
                bring_latest_up_to_date(database, [UUID(_text(one.video_id)) for one in stale])
        for one in stale:
            was, should = (_latest(values) for values in (one.stored, one.expected))
            rule = "what is kept of a video is its newest snapshot"
            found.add(Finding("video_latest", _text(one.video_id), rule, was, should, fixed=fix))


def _check_view_days(database: Store, found: Findings, *, fix: bool) -> None:
    with database.atomic() if fix else nullcontext():
        stale = find_stale_days(database)
        if stale and fix:
            # They are worked out anew when they are next asked for.
            forget_gains(database)
    for one in stale:
        rule = "what videos gained on a day is what their snapshots say"
        found.add(Finding("view_day", str(one.day), rule, str(one.stored), str(one.expected), fixed=fix))


def _latest(values: Sequence[Any]) -> str:
    moment = VideoLatest.snapshot_time.python_value(values[0])
    return "nothing" if moment is None else f"{moment:%Y-%m-%d %H:%M} with {', '.join(map(str, values[1:]))}"


def _check_folded(database: Store, model: type[Base], found: Findings, *, fix: bool) -> None:
    table, fields = model._meta.table_name, folded_fields(model)
    columns = tuple(field.column_name for field in fields)
    read = ", ".join(["t.id", *(f"t.{field.source}" for field in fields), *(f"t.{column}" for column in columns)])

    def look(rows: Sequence[Row]) -> Look:
        for row in rows:
            stored = tuple(row[len(fields) + 1 :])
            expected = tuple(fold(source or "") for source in row[1 : len(fields) + 1])
            if stored != expected:
                differ = [n for n in range(len(fields)) if stored[n] != expected[n]]
                rule = "text to search by is that of " + ", ".join(fields[n].source for n in differ)
                was, should = (", ".join(repr(texts[n]) for n in differ) for texts in (stored, expected))
                yield row, Finding(table, _text(row[0]), rule, was, should), expected

    compared = _Columns(table, columns, silent=True)
    _compare(database, compared, lambda after: _page(table, read, after), look, found, mend=fix)


def _compare(
    database: Store,
    columns: _Columns,
    query: Query,
    look: Callable[[Sequence[Row]], Look],
    found: Findings,
    *,
    mend: bool,
) -> None:
    """Read a table page by page, add what `look` finds, and with `mend` write what it says should be."""
    lock = " FOR UPDATE OF t" if mend and database.engine == "postgresql" else ""
    after: str | None = None
    while True:
        # Only for mending: on SQLite a transaction takes the right to write, which reading must not wait for.
        with database.atomic() if mend else nullcontext():
            parameters = () if after is None else (after,)
            rows = database.execute_sql(_marked(query(after) + lock, database), parameters).fetchall()
            wrong = list(look(rows))
            if mend and wrong:
                _write(database, columns, [(*values, row[0]) for row, _, values in wrong])
        for _, finding, _ in wrong:
            found.add(replace(finding, fixed=mend))
        if columns.once or len(rows) < BATCH:
            return
        after = _text(rows[-1][0])


def _write(database: Store, columns: _Columns, rows: list[tuple[Any, ...]]) -> None:
    sets = ", ".join(f"{column} = ?" for column in columns.names)
    if not columns.silent:
        now = Payment.updated_at.db_value(utc_now())
        sets, rows = f"updated_at = ?, {sets}", [(now, *row) for row in rows]
    database.cursor().executemany(_marked(f"UPDATE {columns.table} SET {sets} WHERE id = ?", database), rows)


def _page(table: str, columns: str, after: str | None) -> str:
    beyond = "" if after is None else " WHERE t.id > ?"
    return f"SELECT {columns} FROM {table} t{beyond} ORDER BY t.id LIMIT {BATCH}"


def _marked(statement: str, database: Store) -> str:
    return statement.replace("?", database.param)


def _called(model: type[Base | Computed]) -> str:
    """The SQL for what a person calls a record: its code where the table has one, else its id."""
    key = next(key for key in ("id", "video_id", "day") if key in model._meta.columns)
    return next((f"t.{code}" for code in _CODES if code in model._meta.columns), f"t.{key}")


def _model(table: str) -> type[Base]:
    return next(model for model in ALL_MODELS if model._meta.table_name == table)


def _text(value: object) -> str:
    return getattr(value, "hex", None) or str(value)
