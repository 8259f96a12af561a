"""The dashboard's lists of what is to be done: the most urgent of each sort, and how many there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models.choices import DeliverableStatus
from tui_booking.models.database import Store
from tui_booking.services.asking import read_id, reader_of, select, start_of
from tui_booking.services.dashboard_facts import Task, TaskList, TaskName
from tui_booking.services.dashboard_figures import narrowed_to
from tui_booking.services.find import names_of

SHOWN = 20
_WEEK = timedelta(days=7)
# For how long a rule that has matched is something to look at.
_ALERTS = timedelta(days=30)
_CLOSED = (DeliverableStatus.POSTED, DeliverableStatus.REJECTED, DeliverableStatus.CANCELED)
_WAITING = ", ".join(f"'{status.value}'" for status in DeliverableStatus if status not in _CLOSED)
# Where all of what a list has the first of is found: a list of a section, and the filter that narrows it to that.
WHOLE_LISTS: dict[TaskName, tuple[str, str]] = {
    "overdue": ("bookings", "late"),
    "upcoming": ("bookings", "due_soon"),
    "payments": ("payments", "to_pay"),
    "unmeasured": ("videos", "unmeasured"),
}
# Tables of which an import makes placeholders: SQL for what they are called, and for their campaign's or own brand.
_PLACEHOLDERS = (
    ("campaign", "t.code", "t.brand_id"),
    ("booking", "t.code", "t.brand_id"),
    ("creator", "t.creator_key", None),
    ("creator_channel", "t.handle", None),
    ("brand", "t.code", "t.id"),
    ("product", "t.code", "t.brand_id"),
    ("video", "COALESCE(t.platform_video_id, t.url)", "(SELECT m.brand_id FROM campaign m WHERE m.id = t.campaign_id)"),
    ("tracking_asset", "t.code_value", "(SELECT m.brand_id FROM campaign m WHERE m.id = t.campaign_id)"),
)
_day, _money, _moment = reader_of("date"), reader_of("money"), reader_of("moment")


def read_tasks(store: Store, brand: UUID | None, today: date, zone: ZoneInfo) -> tuple[TaskList, ...]:
    """All lists, each with its first 20."""
    return (
        _read_deadlines(store, "overdue", brand, date.min, today - timedelta(days=1), today=today),
        _read_deadlines(store, "upcoming", brand, today, today + _WEEK, today=today),
        _read_payments(store, brand, today),
        _read_unmeasured(store, brand, today, zone),
        _read_placeholders(store, brand),
        _read_alerts(store, today, zone),
    )


def _listed(name: TaskName, rows: Sequence[tuple[Any, ...]], tasks: Sequence[Task]) -> TaskList:
    """A list of rows whose last value is how many there are in all."""
    return TaskList(name=name, tasks=tuple(tasks), count=int(rows[0][-1]) if rows else 0)


def _read_deadlines(
    store: Store, name: TaskName, brand: UUID | None, first: date, last: date, *, today: date
) -> TaskList:
    narrowed, params = (" AND b.brand_id = ?", [brand]) if brand is not None else ("", [])
    rows = select(
        store,
        "SELECT b.id, d.title, d.deliverable_code, b.code, k.name, d.deadline_post,"
        " SUM(CASE WHEN d.deadline_post >= ? THEN 1 ELSE 0 END) OVER (), COUNT(*) OVER ()"
        " FROM booking_deliverable d JOIN booking b ON b.id = d.booking_id JOIN creator k ON k.id = b.creator_id"
        f" WHERE d.status IN ({_WAITING}) AND d.deadline_post >= ? AND d.deadline_post <= ? AND d.deleted_at IS NULL"
        f" AND b.status <> 'canceled' AND b.deleted_at IS NULL{narrowed} ORDER BY d.deadline_post, d.id LIMIT {SHOWN}",
        [today - _WEEK, first, last, *params],
    )
    tasks = [
        Task(kind="booking", id=read_id(id_), title=title or code or booking, about=f"{creator} · {booking}",
             day=_day(deadline))
        for id_, title, code, booking, creator, deadline, _recent, _count in rows
    ]  # fmt: skip
    listed = _listed(name, rows, tasks)
    return replace(listed, recent=int(rows[0][-2])) if rows and name == "overdue" else listed


def _read_payments(store: Store, brand: UUID | None, today: date) -> TaskList:
    narrowed, params = narrowed_to(brand, "p.campaign_id")
    rows = select(
        store,
        "SELECT p.id, b.code, k.name, p.payment_date, p.amount, p.currency, COUNT(*) OVER () FROM payment p"
        " JOIN booking b ON b.id = p.booking_id JOIN creator k ON k.id = p.creator_id"
        " WHERE p.status IN ('planned', 'pending') AND p.payment_date <= ? AND p.deleted_at IS NULL"
        f"{narrowed} ORDER BY p.payment_date, p.id LIMIT {SHOWN}",
        [today + _WEEK, *params],
    )
    tasks = [
        Task(kind="payment", id=read_id(id_), title=code, about=creator, day=_day(at), amount=_money(amount),
             currency=currency)
        for id_, code, creator, at, amount, currency, _count in rows
    ]  # fmt: skip
    return _listed("payments", rows, tasks)


def _read_unmeasured(store: Store, brand: UUID | None, today: date, zone: ZoneInfo) -> TaskList:
    """Posted videos of campaigns that are still going on, whose newest snapshot or post is more than 7 days old.

    CROSS JOIN makes SQLite begin with those campaigns, and not with all videos.
    """
    narrowed, params = (" AND c.brand_id = ?", [brand]) if brand is not None else ("", [])
    rows = select(
        store,
        "SELECT q.id, q.title, q.named, k.name, c.code, q.snapshot_time, q.post_date, q.many FROM (SELECT v.id,"
        " v.title, COALESCE(v.platform_video_id, v.url) AS named, v.creator_id, v.campaign_id, l.snapshot_time,"
        " v.post_date, COUNT(*) OVER () AS many FROM campaign c CROSS JOIN video v"
        " LEFT JOIN video_latest l ON l.video_id = v.id"
        " WHERE v.campaign_id = c.id AND c.status NOT IN ('finished', 'canceled') AND c.deleted_at IS NULL"
        " AND (v.status = 'posted') = true AND v.deleted_at IS NULL AND (l.snapshot_time < ? OR (l.video_id IS NULL AND"
        f" v.post_date < ?)){narrowed} ORDER BY v.post_date DESC, v.id DESC LIMIT {SHOWN}) q"
        " JOIN creator k ON k.id = q.creator_id JOIN campaign c ON c.id = q.campaign_id"
        " ORDER BY q.post_date DESC, q.id DESC",
        [start_of(today - _WEEK, zone), today - _WEEK, *params],
    )
    tasks = []
    for id_, title, named, creator, campaign, measured, posted, _count in rows:
        moment = _moment(measured)
        since = moment.astimezone(zone).date() if moment is not None else _day(posted)
        tasks.append(
            Task(kind="video", id=read_id(id_), title=title or named, about=f"{creator} · {campaign}", day=since)
        )
    return _listed("unmeasured", rows, tasks)


def _read_placeholders(store: Store, brand: UUID | None) -> TaskList:
    branches: list[str] = []
    params: list[object] = []
    for table, called, its_brand in _PLACEHOLDERS:
        narrowed = ""
        if brand is not None and its_brand is not None:
            narrowed = f" AND {its_brand} = ?"
            params.append(brand)
        branches.append(
            f"SELECT '{table}' AS kind, t.id AS id, CAST({called} AS text) AS title FROM {table} t"
            f" WHERE t.is_placeholder AND t.deleted_at IS NULL{narrowed}"
        )
    rows = select(
        store,
        f"SELECT q.kind, q.id, q.title, COUNT(*) OVER () FROM ({' UNION ALL '.join(branches)}) q LIMIT {SHOWN}",
        params,
    )
    return _listed(
        "placeholders", rows, [Task(kind=kind, id=read_id(id_), title=title) for kind, id_, title, _count in rows]
    )


def _read_alerts(store: Store, today: date, zone: ZoneInfo) -> TaskList:
    """What the last run of a rule said of a record, where that was a match."""
    rows = select(
        store,
        "SELECT q.target_type, q.target_id, q.name, q.created_at, COUNT(*) OVER () FROM (SELECT g.id, g.target_type,"
        " g.target_id, u.name, g.created_at, g.result, ROW_NUMBER() OVER (PARTITION BY g.rule_id, g.target_type,"
        " g.target_id ORDER BY g.id DESC) AS back FROM rule u JOIN rule_log g ON g.rule_id = u.id AND g.created_at >= ?"
        " AND g.deleted_at IS NULL WHERE u.is_active AND u.deleted_at IS NULL) q"
        f" WHERE q.back = 1 AND q.result <> 'not_matched' ORDER BY q.id DESC LIMIT {SHOWN}",
        [start_of(today - _ALERTS, zone)],
    )
    tasks = []
    for kind, target, rule, at, _count in rows:
        # Whatever a rule wrote there; only an id opens something.
        if (record := _id_in(target)) is not None:
            day = _moment(at).astimezone(zone).date()
            tasks.append(Task(kind=str(kind), id=record, title=rule, day=day))
    names = names_of(store, {task.id: task.kind for task in tasks})
    return _listed("alerts", rows, [replace(task, about=names.get(task.id, "")) for task in tasks])


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
