"""Bookings, what they are to deliver, and how their status changed."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import BookingStatus, BookingType, DeliverableStatus, DeliverableType
from tui_booking.services import measures
from tui_booking.services.declarations import Column, Filter, Listing, Order, Total
from tui_booking.services.listings import parts

_PAID = measures.paid("p.booking_id = r.id")
_FEE = measures.fee_in_vnd("r")
_SHARE = measures.ratio(_PAID, _FEE)
_DEADLINE = measures.next_deadline("r")
_DELIVERED = measures.delivered("r")
_VIEWS = measures.views("v.booking_id = r.id")
_CPV = f"CASE WHEN r.status <> 'canceled' THEN {measures.price(_FEE, _VIEWS)} END"
_LATE = measures.is_late("r")

BOOKINGS = Listing(
    name="bookings",
    label=N_("Bookings"),
    kind="booking",
    table="booking",
    joins="LEFT JOIN campaign c ON c.id = r.campaign_id LEFT JOIN creator k ON k.id = r.creator_id"
    " LEFT JOIN brand m ON m.id = r.brand_id LEFT JOIN product g ON g.id = r.product_focus_id"
    " LEFT JOIN creator_channel h ON h.id = r.channel_id",
    columns=(
        Column(
            name="code", label=N_("Code"), sql="r.code", kind="code", order="r.code_folded", indexed=True, width=12
        ),
        Column(
            name="creator", label=N_("Creator"), sql="k.name",
            order=parts.of("creator", "name_folded", "r.creator_id"), width=17,
        ),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status", indexed=True,
            words=BookingStatus, width=13,
        ),
        Column(
            name="next_deadline", label=N_("Deadline"), sql=_DEADLINE, kind="date", order=_DEADLINE, width=10
        ),
        Column(
            name="late", label=N_("Late"), sql=f"({_LATE})", kind="flag", order=f"CASE WHEN {_LATE} THEN 1 ELSE 0 END",
            width=5,
        ),
        Column(name="delivered", label=N_("Done"), sql=_DELIVERED, kind="count", order=_DELIVERED, width=4),
        Column(
            name="planned", label=N_("Of"), sql="r.deliverables_count_planned", kind="count",
            order="r.deliverables_count_planned", width=3,
        ),
        Column(
            name="fee", label=N_("Fee"), sql="r.total_fee_agreed", kind="money", order="r.total_fee_agreed",
            indexed=True, currency="currency", width=14,
        ),
        Column(
            name="paid_share", label=N_("Paid %"), sql=_SHARE, kind="percent", order=_SHARE, width=8
        ),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14,
        ),
        Column(
            name="booking_type", label=N_("Type"), sql="r.booking_type", kind="choice", order="r.booking_type",
            words=BookingType, width=14,
        ),
        parts.currency(),
        Column(name="paid", label=N_("Paid"), sql=_PAID, kind="money", order=_PAID, width=14, shown=False),
        Column(name="views", label=N_("Views"), sql=_VIEWS, kind="count", order=_VIEWS, width=12, shown=False),
        Column(name="cpv", label=N_("CPV"), sql=_CPV, kind="cost", order=_CPV, width=9, shown=False),
        Column(
            name="start_date", label=N_("Start"), sql="r.start_date", kind="date", order="r.start_date", indexed=True,
            width=10, shown=False,
        ),
        Column(
            name="end_date", label=N_("End"), sql="r.end_date", kind="date", order="r.end_date", indexed=True,
            width=10, shown=False,
        ),
        Column(
            name="brand", label=N_("Brand"), sql="m.name", order=parts.of("brand", "name_folded", "r.brand_id"),
            width=16, shown=False,
        ),
        Column(name="product", label=N_("Product"), sql="g.name", width=18, shown=False),
        Column(name="channel", label=N_("Channel"), sql="h.handle", kind="code", width=18, shown=False),
        Column(name="brief", label=N_("Brief"), sql="r.brief_summary", width=30, shown=False),
        Column(name="contract", label=N_("Contract"), sql="r.contract_file", kind="link", width=24, shown=False),
        Column(name="note", label=N_("Note"), sql="r.internal_note", width=30, shown=False),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=BookingStatus),
        parts.reference("campaign", N_("Campaign"), "campaign", "r.campaign_id"),
        parts.reference("brand", N_("Brand"), "brand", "r.brand_id"),
        parts.reference("creator", N_("Creator"), "creator", "r.creator_id"),
        Filter(name="booking_type", label=N_("Type"), kind="choice", sql="r.booking_type", words=BookingType),
        Filter(name="late", label=N_("Late"), kind="flag", sql=_LATE),
        Filter(name="due_soon", label=N_("Due within 7 days"), kind="flag", sql=measures.is_due_soon("r")),
        Filter(name="next_deadline", label=N_("Deadline"), kind="period", sql=_DEADLINE),
        Filter(name="start_date", label=N_("Starts"), kind="period", sql="r.start_date"),
        parts.is_incomplete(),
    ),
    searches=(
        "r.code_folded",
        parts.among("r.creator_id", "creator", "o.name_folded"),
        parts.among("r.creator_id", "creator", "o.alias_folded"),
        parts.among("r.channel_id", "creator_channel", "o.handle"),
        parts.among("r.campaign_id", "campaign", "o.code_folded"),
        parts.among("r.campaign_id", "campaign", "o.name_folded"),
        parts.among("r.brand_id", "brand", "o.name_folded"),
        parts.among("r.product_focus_id", "product", "o.name_folded"),
        parts.folded("r.brief_summary"),
        parts.folded("r.contract_file"),
        parts.folded("r.internal_note"),
    ),
    order=Order("added", descending=True),
    parents={
        "campaign": "r.campaign_id",
        "creator": "r.creator_id",
        "brand": "r.brand_id",
        "creator_channel": "r.channel_id",
        "product": "r.product_focus_id",
    },
    totals=(Total(name="fee", label=N_("Fee"), sql="SUM(r.total_fee_agreed)", group="r.currency"),),
)  # fmt: skip

_IS_OPEN = measures.OPEN_DELIVERABLE.format(d="r")
_IS_TARDY = (
    f"r.deadline_post < {{today}} AND {_IS_OPEN} AND EXISTS (SELECT 1 FROM booking b"
    " WHERE b.id = r.booking_id AND b.status <> 'canceled' AND b.deleted_at IS NULL)"
)
_POSTED_ON = "(SELECT MIN(v.post_date) FROM video v WHERE v.booking_deliverable_id = r.id AND v.deleted_at IS NULL)"

DELIVERABLES = Listing(
    name="deliverables",
    label=N_("Deliverables"),
    kind="booking_deliverable",
    table="booking_deliverable",
    joins="LEFT JOIN booking b ON b.id = r.booking_id LEFT JOIN creator k ON k.id = b.creator_id",
    columns=(
        Column(
            name="title", label=N_("Title"), sql="r.title", order="substr(r.title_folded, 1, 100)", indexed=True,
            width=22,
        ),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status",
            words=DeliverableStatus, width=14,
        ),
        Column(
            name="deadline_post", label=N_("Post by"), sql="r.deadline_post", kind="date", order="r.deadline_post",
            indexed=True, width=10,
        ),
        Column(
            name="late", label=N_("Late"), kind="flag", width=5,
            sql=f"(r.deadline_post < {{today}} AND {_IS_OPEN} AND b.status <> 'canceled')",
            order=f"CASE WHEN {_IS_TARDY} THEN 1 ELSE 0 END",
        ),
        Column(
            name="deliverable_type", label=N_("Type"), sql="r.deliverable_type", kind="choice",
            order="r.deliverable_type", words=DeliverableType, width=13,
        ),
        Column(
            name="posted_on", label=N_("Posted"), kind="date", sql=_POSTED_ON, order=_POSTED_ON, width=10,
        ),
        Column(
            name="deadline_shoot", label=N_("Shoot by"), sql="r.deadline_shoot", kind="date",
            order="r.deadline_shoot", indexed=True, width=10,
        ),
        Column(name="quantity", label=N_("Quantity"), sql="r.quantity", kind="count", order="r.quantity", width=8),
        Column(
            name="fee", label=N_("Fee"), sql="r.fee", kind="money", order="r.fee", currency="currency", width=14
        ),
        Column(
            name="code", label=N_("Code"), sql="r.deliverable_code", kind="code", order="r.deliverable_code", width=16
        ),
        Column(name="currency", label=N_("Currency"), sql="b.currency", kind="code", width=8, shown=False),
        Column(name="script", label=N_("Script"), sql="r.script_link", kind="link", width=24, shown=False),
        Column(name="requirements", label=N_("Requirements"), sql="r.requirements", width=30, shown=False),
        Column(
            name="booking", label=N_("Booking"), sql="b.code", kind="code",
            order=parts.of("booking", "code_folded", "r.booking_id"), width=16, shown=False,
        ),
        Column(name="creator", label=N_("Creator"), sql="k.name", width=20, shown=False),
        parts.added(),
    ),
    filters=(
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=DeliverableStatus),
        Filter(
            name="deliverable_type", label=N_("Type"), kind="choice", sql="r.deliverable_type", words=DeliverableType
        ),
        Filter(name="deadline_post", label=N_("Post by"), kind="period", sql="r.deadline_post"),
        Filter(
            name="late", label=N_("Late"), kind="flag",
            sql=_IS_TARDY,
        ),
    ),
    searches=(
        "r.title_folded",
        parts.folded("r.deliverable_code"),
        parts.folded("r.requirements"),
        "lower(r.script_link)",
        parts.among("r.booking_id", "booking", "o.code_folded"),
    ),
    order=Order("deadline_post"),
    parents={
        "booking": "r.booking_id",
        "campaign": "r.booking_id IN (SELECT b.id FROM booking b WHERE b.deleted_at IS NULL AND b.campaign_id {})",
        "creator": "r.booking_id IN (SELECT b.id FROM booking b WHERE b.deleted_at IS NULL AND b.creator_id {})",
    },
)  # fmt: skip

STATUS_HISTORY = Listing(
    name="status_history",
    label=N_("Status history"),
    kind="booking_status_history",
    table="booking_status_history",
    joins="LEFT JOIN app_user u ON u.id = r.changed_by_id LEFT JOIN booking b ON b.id = r.booking_id",
    columns=(
        Column(
            name="changed_at", label=N_("When"), sql="r.changed_at", kind="moment", order="r.changed_at", width=16
        ),
        Column(
            name="from_status", label=N_("From"), sql="r.from_status", kind="choice", order="r.from_status",
            words=BookingStatus, width=13,
        ),
        Column(
            name="to_status", label=N_("To"), sql="r.to_status", kind="choice", order="r.to_status",
            words=BookingStatus, width=13,
        ),
        Column(
            name="changed_by", label=N_("By"), sql="COALESCE(NULLIF(u.full_name, ''), u.username)",
            order=parts.of("app_user", "username", "r.changed_by_id"), width=14,
        ),
        Column(name="note", label=N_("Note"), sql="r.note", width=40),
        Column(
            name="booking", label=N_("Booking"), sql="b.code", kind="code",
            order=parts.of("booking", "code_folded", "r.booking_id"), width=16, shown=False,
        ),
    ),
    filters=(
        Filter(name="to_status", label=N_("To"), kind="choice", sql="r.to_status", words=BookingStatus),
        Filter(name="changed_at", label=N_("When"), kind="period", sql="r.changed_at"),
    ),
    searches=(parts.folded("r.note"), parts.among("r.booking_id", "booking", "o.code_folded")),
    order=Order("changed_at", descending=True),
    parents={"booking": "r.booking_id", "user": "r.changed_by_id"},
)  # fmt: skip

LISTINGS = (BOOKINGS, DELIVERABLES, STATUS_HISTORY)
