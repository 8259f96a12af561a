"""What the detail tells of one record: facts with a bar where there is a goal, and series of points for charts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from tui_booking.language import _
from tui_booking.models.database import Store
from tui_booking.services import measures
from tui_booking.services.asking import read_values, reader_of, select, shown_reader_of
from tui_booking.services.declarations import Value, ValueKind
from tui_booking.services.listings import listing_of_kind

POINTS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that is known of a record; None is not known. `label` and `note` are in the language that is spoken.

    `currency` is that of an amount. `share` is how much of a goal was reached (0.5 is half), for a bar, and `goal` the
    goal; a share of None beside a goal is not known.
    """

    label: str
    value: Value
    kind: ValueKind = "text"
    currency: str = "VND"
    note: str = ""
    goal: Value = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a moment or on a day."""

    at: date
    value: Decimal | int


Facts = dict[str, Fact]
# How flags are of nearly every record.
_USUAL = {"active": True, "incomplete": False, "late": False, "overdue": False, "primary": False}
_FIGURES = ("count", "money", "cost", "percent", "factor")
# The facts that come first, by name of a listing's column; the others of the list follow.
_LEFT_OUT = {
    "video": ("thumbnail",),
    "rule": ("condition", "action"),
    "template": ("content", "variables"),
    "creator": ("cpv", "on_time", "bookings", "paid"),
    "booking": ("brief",),
    "import_file": ("messages", "placeholders"),
}


def overview(store: Store, kind: str, id: UUID, name: str = "overview") -> list[Fact]:  # noqa: A002
    """The facts of a record under a name: `overview` of every kind, `track_record` of a creator, `balance` of a booking
    or a payment. Empty where the record is gone. Raises KeyError for a name that there is not.
    """
    return _TOLD[kind, name](store, id) if (kind, name) in _TOLD else _tell_any(store, kind, id, name)


def _tell_any(store: Store, kind: str, id: UUID, name: str) -> list[Fact]:  # noqa: A002
    if name != "overview":
        raise KeyError(f"{kind} {name}")
    return _worth_telling(kind, _read_facts(store, kind, id))


def _worth_telling(kind: str, facts: Facts) -> list[Fact]:
    left_out = _LEFT_OUT.get(kind, ())
    return [fact for column, fact in facts.items() if column not in left_out and not _says_nothing(column, fact)]


def _says_nothing(column: str, fact: Fact) -> bool:
    """Whether a line would only be read to be passed over: what was not written down, and what is as it always is.

    A number that is not known is told: that it is not known is worth knowing.
    """
    if fact.kind == "flag":
        return fact.value is _USUAL.get(column)
    if column == "currency":
        return True  # It stands behind the amounts.
    return fact.kind not in _FIGURES and fact.value in (None, "")


def _read_facts(store: Store, kind: str, id: UUID, columns: Sequence[str] = ()) -> Facts:  # noqa: A002
    """What the record's list says of it, in the order of its columns, or of those that are named."""
    listing = listing_of_kind(kind)
    chosen = [listing.column(name) for name in columns] if columns else list(listing.columns)
    needed = chosen + [
        listing.column(column.currency)
        for column in chosen
        if column.currency is not None and column.currency not in [one.name for one in chosen]
    ]
    selected = ", ".join(column.sql for column in needed)
    found = select(store, f"SELECT {selected} FROM {listing.table} r {listing.joins} WHERE r.id = ?", [id])
    if not found:
        return {}
    values = dict(
        zip(
            [column.name for column in needed],
            read_values([shown_reader_of(column.kind, column.words) for column in needed], found[0]),
            strict=True,
        )
    )
    return {
        column.name: Fact(
            label=_(column.label),
            value=values[column.name],
            kind=column.kind,
            currency=str(values[column.currency] or "VND") if column.currency else "VND",
        )
        for column in chosen
    }


def _with_goal(fact: Fact, goal: Value) -> Fact:
    """A fact with its bar; a goal of nothing is none."""
    if not goal:
        return fact
    assert isinstance(goal, int | Decimal)
    reached = fact.value
    share = float(reached / goal) if isinstance(reached, int | Decimal) else None
    return replace(fact, goal=goal, share=share)


def _by_currency(store: Store, label: str, sql: str, id: UUID) -> list[Fact]:  # noqa: A002
    """A sum for each currency, where one is not VND: they are never added together."""
    read = reader_of("money")
    rows = select(store, sql, [id])
    if all(currency == "VND" for currency, _amount in rows):
        return []
    return [
        Fact(label=label.format(currency=currency), value=read(amount), kind="money", currency=currency)
        for currency, amount in rows
    ]


# --- Campaigns ------------------------------------------------------------------------------------------------------

_CAMPAIGN = (
    "code",
    "name",
    "brand",
    "status",
    "start_date",
    "end_date",
    "channel",
    "objective",
    "owner",
    "description",
)


def _tell_campaign(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    facts = _read_facts(store, "campaign", id)
    if not facts:
        return []
    told = [facts[name] for name in _CAMPAIGN]
    for name, goal in (("views", "view_goal"), ("orders", "order_goal"), ("revenue", "revenue_goal")):
        told.append(_with_goal(facts[name], facts[goal].value))
    told.append(_with_goal(facts["paid"], facts["budget_planned"].value))
    told += [facts[name] for name in ("budget_planned", "committed", "due")]
    told += _by_currency(
        store,
        _("Committed in {currency}"),
        "SELECT b.currency, SUM(b.total_fee_agreed) FROM booking b WHERE b.campaign_id = ? AND b.status <> 'canceled'"
        " AND b.deleted_at IS NULL GROUP BY b.currency ORDER BY b.currency",
        id,
    )
    told += _by_currency(
        store,
        _("Revenue in {currency}"),
        "SELECT o.currency, SUM(o.revenue) FROM tracking_asset a JOIN tracking_conversion o"
        " ON o.tracking_asset_id = a.id AND o.deleted_at IS NULL WHERE a.campaign_id = ? AND a.deleted_at IS NULL"
        " GROUP BY o.currency ORDER BY o.currency",
        id,
    )
    return told + [facts[name] for name in ("roas", "cpv", "cpm", "cpe", "cpo", "engagements", "bookings")]


# --- Creators -------------------------------------------------------------------------------------------------------


def _tell_creator(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    told = _tell_any(store, "creator", id, "overview")
    reached = select(
        store,
        "SELECT t.name, t.phone, t.zalo, t.email FROM creator_contact t WHERE t.creator_id = ? AND t.deleted_at IS NULL"
        " ORDER BY t.is_primary DESC, t.id LIMIT 1",
        [id],
    )
    for contact in reached:
        labels = (_("Contact"), _("Phone"), _("Zalo"), _("E-mail"))
        told += [
            Fact(label=label, value=value, kind="code") for label, value in zip(labels, contact, strict=True) if value
        ]
    tags = select(
        store,
        "SELECT t.name FROM creator_tag_map m JOIN creator_tag t ON t.id = m.tag_id WHERE m.creator_id = ?"
        " AND m.deleted_at IS NULL AND t.deleted_at IS NULL ORDER BY t.name_folded",
        [id],
    )
    if tags:
        told.append(Fact(label=_("Tags"), value=", ".join(name for (name,) in tags)))
    return told


def _tell_track_record(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    facts = _read_facts(store, "creator", id, ("on_time", "cpv", "bookings", "paid"))
    if not facts:
        return []
    of_creator = "b.creator_id = r.id"
    asked = {
        "committed": measures.committed(of_creator),
        "views": measures.views("v.creator_id = r.id"),
        "engagements": measures.engagements("v.creator_id = r.id"),
        "videos": "(SELECT COUNT(*) FROM video v WHERE v.creator_id = r.id AND v.deleted_at IS NULL)",
        "due": measures.due_so_far(of_creator),
        "on_time": measures.on_time(of_creator),
        "completed": _bookings_that_are("completed"),
        "canceled": _bookings_that_are("canceled"),
    }
    (answers,) = select(store, f"SELECT {', '.join(asked.values())} FROM creator r WHERE r.id = ?", [id])
    found = dict(zip(asked, answers, strict=True))
    count, money = reader_of("count"), reader_of("money")
    views, engagements = count(found["views"]), count(found["engagements"])
    note = _("{on_time} of {due} deliverables").format(on_time=count(found["on_time"]) or 0, due=count(found["due"]))
    return [
        facts["bookings"],
        Fact(label=_("Completed"), value=count(found["completed"]), kind="count"),
        Fact(label=_("Canceled"), value=count(found["canceled"]), kind="count"),
        replace(facts["on_time"], note=note),
        Fact(label=_("Videos"), value=count(found["videos"]), kind="count"),
        Fact(label=_("Views"), value=views, kind="count"),
        Fact(label=_("ER"), value=engagements / views if views and engagements is not None else None, kind="percent"),
        Fact(label=_("Committed"), value=money(found["committed"]), kind="money"),
        facts["paid"],
        facts["cpv"],
    ]


def _bookings_that_are(status: str) -> str:
    return (
        f"(SELECT COUNT(*) FROM booking b WHERE b.creator_id = r.id AND b.deleted_at IS NULL AND b.status = '{status}')"
    )


# --- Bookings and payments ------------------------------------------------------------------------------------------


def _tell_booking(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    facts = _read_facts(store, "booking", id)
    if not facts:
        return []
    # Two columns of the list, which say one thing.
    done = replace(facts["delivered"], label=_("Deliverables done"))
    facts["delivered"] = _with_goal(done, facts.pop("planned").value)
    return _worth_telling("booking", facts) + _tell_balance(store, id)


def _tell_balance(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    """What was agreed, what of it was paid or is planned, and what is left. A canceled booking commits to nothing."""
    rows = select(
        store,
        "SELECT r.total_fee_agreed, r.currency, r.status, r.deleted_at IS NOT NULL,"
        f" {measures.fee_in_vnd('r')}, {measures.paid('p.booking_id = r.id')}, (SELECT COALESCE(SUM(CASE WHEN p.status"
        " IN ('planned', 'pending') AND p.deleted_at IS NULL THEN p.amount_vnd END), 0) FROM payment p"
        " WHERE p.booking_id = r.id) FROM booking r WHERE r.id = ?",
        [id],
    )
    if not rows:
        return []
    read = reader_of("money")
    fee, currency, status, deleted, *sums = rows[0]
    in_vnd, paid, planned = (read(amount) for amount in sums)
    if status == "canceled" or deleted:
        in_vnd = Decimal(0)
    due = None if in_vnd is None else in_vnd - paid
    told = [Fact(label=_("Agreed fee"), value=read(fee), kind="money", currency=currency)]
    if currency != "VND":
        told.append(
            Fact(
                label=_("In VND"),
                value=in_vnd,
                kind="money",
                note=_("at the rate of its payments")
                if in_vnd is not None
                else _("known when a payment says the rate"),
            )
        )
    told.append(_with_goal(Fact(label=_("Paid in VND"), value=paid, kind="money"), in_vnd))
    told.append(Fact(label=_("Planned and pending"), value=planned, kind="money"))
    told.append(Fact(label=_("Due"), value=due, kind="money"))
    told.append(
        Fact(label=_("Not planned yet"), value=None if due is None else max(due - planned, Decimal(0)), kind="money")
    )
    return told


def _tell_balance_of_payment(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    rows = select(
        store, "SELECT b.id, b.code FROM payment r JOIN booking b ON b.id = r.booking_id WHERE r.id = ?", [id]
    )
    return [
        fact
        for booking, code in rows
        for fact in (Fact(label=_("Booking"), value=code, kind="code"), *_tell_balance(store, booking))
    ]


# --- Others ---------------------------------------------------------------------------------------------------------


def _tell_rule(store: Store, id: UUID) -> list[Fact]:  # noqa: A002
    told = _tell_any(store, "rule", id, "overview")
    counts = dict(
        select(
            store,
            "SELECT g.result, COUNT(*) FROM rule_log g WHERE g.rule_id = ? AND g.deleted_at IS NULL GROUP BY g.result",
            [id],
        )
    )
    labels = {"matched": _("Matched"), "executed": _("Executed"), "not_matched": _("Not matched")}
    return told and [
        *told,
        *(Fact(label=label, value=int(counts.get(result, 0)), kind="count") for result, label in labels.items()),
    ]


_TOLD: dict[tuple[str, str], Callable[[Store, UUID], list[Fact]]] = {
    ("campaign", "overview"): _tell_campaign,
    ("creator", "overview"): _tell_creator,
    ("creator", "track_record"): _tell_track_record,
    ("booking", "overview"): _tell_booking,
    ("booking", "balance"): _tell_balance,
    ("payment", "balance"): _tell_balance_of_payment,
    ("rule", "overview"): _tell_rule,
}


# --- Series ---------------------------------------------------------------------------------------------------------


def series(store: Store, kind: str, id: UUID, name: str) -> list[Point]:  # noqa: A002
    """Points for a chart, in the order of time, some hundreds at most.

    `views` of a video: its snapshots. `spend` of a campaign: what was paid until each day. Raises KeyError for others.
    """
    return _SERIES[kind, name](store, id)


def _views_of_video(store: Store, id: UUID) -> list[Point]:  # noqa: A002
    moment, count = reader_of("moment"), reader_of("count")
    rows = select(
        store,
        "SELECT q.snapshot_time, q.view_count FROM (SELECT s.snapshot_time, s.view_count, ROW_NUMBER() OVER"
        " (ORDER BY s.snapshot_time DESC) - 1 AS n, COUNT(*) OVER () AS many FROM video_metric_snapshot s"
        " WHERE s.video_id = ? AND s.deleted_at IS NULL) q"
        # The newest one, and evenly from it back to the first.
        f" WHERE q.n % ((q.many + {POINTS - 1}) / {POINTS}) = 0 OR q.n = q.many - 1 ORDER BY q.snapshot_time",
        [id],
    )
    return [Point(moment(at), count(views)) for at, views in rows]


def _spend_of_campaign(store: Store, id: UUID) -> list[Point]:  # noqa: A002
    day, money = reader_of("date"), reader_of("money")
    rows: list[tuple[Any, ...]] = select(
        store,
        f"SELECT p.payment_date, SUM({measures.PAID}) FROM payment p WHERE p.campaign_id = ?"
        " GROUP BY p.payment_date HAVING SUM("
        f"{measures.PAID}) IS NOT NULL ORDER BY p.payment_date",
        [id],
    )
    points, paid = [], Decimal(0)
    for at, amount in rows:
        paid += money(amount)
        points.append(Point(day(at), paid))
    step = -(-len(points) // POINTS) or 1
    return points[::-1][::step][::-1]


_SERIES: dict[tuple[str, str], Callable[[Store, UUID], list[Point]]] = {
    ("video", "views"): _views_of_video,
    ("campaign", "spend"): _spend_of_campaign,
}
