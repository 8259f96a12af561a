"""The measures of the domain, one definition each, as SQL that both engines take, for lists, overviews and dashboard.

Amounts are in hundredths, and in VND unless said otherwise. What is not known is NULL, and so is what is divided by
zero. Deleted records count nowhere. A `where` narrows the records that are summed, by an alias that the docstring
names. `{today}` in a text is put in by `asking`: the day where the operator works.
"""

from __future__ import annotations

# What is still to be done for a deliverable, and what was given up.
OPEN_DELIVERABLE = "{d}.status NOT IN ('posted', 'rejected', 'canceled') AND {d}.deleted_at IS NULL"


def price(cost: str, count: str) -> str:
    """What one of so many cost; unknown where nothing was agreed: barter and commissions have no price."""
    return ratio(f"NULLIF({cost}, 0)", count)


def price_of_thousand(cost: str, count: str) -> str:
    """What a thousand of so many cost; unknown where `price` is."""
    return thousandth(f"NULLIF({cost}, 0)", count)


def ratio(dividend: str, divisor: str) -> str:
    """A quotient with fractions."""
    return f"({dividend}) * 1.0 / NULLIF({divisor}, 0)"


def thousandth(dividend: str, divisor: str) -> str:
    """A quotient for a thousand of what it is divided by."""
    return f"({dividend}) * 1000.0 / NULLIF({divisor}, 0)"


# --- Cost -----------------------------------------------------------------------------------------------------------


def fee_in_vnd(booking: str = "b") -> str:
    """The agreed fee of a booking in VND, to a whole dong.

    In another currency it is known where the booking has payments in it, planned ones too: their `amount_vnd` is what
    they come to, and says at which rate the rest is taken.
    """
    b = booking
    return (
        f"CASE WHEN {b}.currency = 'VND' OR {b}.total_fee_agreed = 0 THEN {b}.total_fee_agreed ELSE"
        f" (SELECT CASE WHEN SUM(fp.amount) = {b}.total_fee_agreed THEN SUM(fp.amount_vnd) ELSE"
        f" 100 * CAST(ROUND({b}.total_fee_agreed * 1.0 * SUM(fp.amount_vnd) / NULLIF(SUM(fp.amount), 0) / 100)"
        f" AS bigint) END FROM payment fp WHERE fp.booking_id = {b}.id AND fp.currency = {b}.currency"
        " AND fp.status <> 'canceled' AND fp.deleted_at IS NULL) END"
    )


def committed(where: str) -> str:
    """The agreed fees of bookings `b` that are not canceled; unknown where one of them is not known in VND."""
    return (
        "(SELECT CASE WHEN COUNT(*) = COUNT(x.fee) THEN COALESCE(SUM(x.fee), 0) END FROM"
        f" (SELECT {fee_in_vnd()} AS fee FROM booking b WHERE {where} AND b.status <> 'canceled'"
        " AND b.deleted_at IS NULL) x)"
    )


# The status of a payment is not in WHERE: SQLite would take the index that starts with it, and read all of that status.
PAID = "CASE WHEN p.status = 'paid' AND p.deleted_at IS NULL THEN p.amount_vnd END"


def paid(where: str) -> str:
    """What was paid, over payments `p`."""
    return f"(SELECT COALESCE(SUM({PAID}), 0) FROM payment p WHERE {where})"


# --- Reach ----------------------------------------------------------------------------------------------------------

ENGAGEMENTS = "l.like_count + l.comment_count + l.share_count"


def views(where: str) -> str:
    """Views of the newest snapshots of videos `v`; unknown where there is no snapshot."""
    return _of_latest("SUM(l.view_count)", where)


def engagements(where: str) -> str:
    """Likes, comments and shares of the newest snapshots of videos `v`; saves are not among them."""
    return _of_latest(f"SUM({ENGAGEMENTS})", where)


def _of_latest(what: str, where: str) -> str:
    return (
        f"(SELECT {what} FROM video v JOIN video_latest l ON l.video_id = v.id WHERE {where} AND v.deleted_at IS NULL)"
    )


def engagement_rate(latest: str = "l") -> str:
    """The engagement rate by views of one newest snapshot."""
    return ratio(ENGAGEMENTS.replace("l.", f"{latest}."), f"{latest}.view_count")


def video_cost(video: str = "v", booking: str = "b", deliverable: str = "d") -> str:
    """What one video costs, over the video, its booking and its deliverable, which may be missing.

    The fee of its deliverable where that has one, else the booking's; shared with the other videos of the same.
    Unknown without a booking, for a canceled one, and where the fee is not known in VND.
    """
    v, b, d = video, booking, deliverable
    of_deliverable = f"(SELECT COUNT(*) FROM video o WHERE o.booking_deliverable_id = {d}.id AND o.deleted_at IS NULL)"
    of_booking = f"(SELECT COUNT(*) FROM video o WHERE o.booking_id = {b}.id AND o.deleted_at IS NULL)"
    return (
        f"CASE WHEN {b}.id IS NULL OR {b}.status = 'canceled' OR {b}.deleted_at IS NOT NULL OR {v}.deleted_at IS NOT"
        f" NULL THEN NULL WHEN {d}.fee IS NOT NULL AND {b}.currency = 'VND' THEN {ratio(f'{d}.fee', of_deliverable)}"
        f" ELSE {ratio(fee_in_vnd(b), of_booking)} END"
    )


# --- Orders ---------------------------------------------------------------------------------------------------------


def orders(where: str) -> str:
    """Orders that came by tracking codes `a` and were not given back; unknown where there are no codes."""
    return (
        "(SELECT CASE WHEN COUNT(*) > 0 THEN COUNT(o.id) END FROM tracking_asset a LEFT JOIN tracking_conversion o"
        f" ON o.tracking_asset_id = a.id AND o.deleted_at IS NULL AND o.revenue >= 0 WHERE {where}"
        " AND a.deleted_at IS NULL)"
    )


def revenue(where: str) -> str:
    """Revenue that came by tracking codes `a`, less what was given back; unknown without codes, and where some of it
    is in another currency."""
    return (
        "(SELECT CASE WHEN COUNT(o.id) = SUM(CASE WHEN o.currency = 'VND' THEN 1 ELSE 0 END)"
        " THEN COALESCE(SUM(o.revenue), 0) END FROM tracking_asset a LEFT JOIN tracking_conversion o"
        f" ON o.tracking_asset_id = a.id AND o.deleted_at IS NULL WHERE {where} AND a.deleted_at IS NULL)"
    )


# --- Deadlines ------------------------------------------------------------------------------------------------------


def delivered(booking: str) -> str:
    """How many deliverables of a booking were posted."""
    return (
        "(SELECT COALESCE(SUM(CASE WHEN d.status = 'posted' THEN d.quantity END), 0) FROM booking_deliverable d"
        f" WHERE d.booking_id = {booking}.id AND d.deleted_at IS NULL)"
    )


def next_deadline(booking: str) -> str:
    """The first day, past ones too, by which something still open is to be posted; unknown for a canceled booking."""
    return (
        f"(SELECT MIN(d.deadline_post) FROM booking_deliverable d WHERE d.booking_id = {booking}.id"
        f" AND {OPEN_DELIVERABLE.format(d='d')} AND {booking}.status <> 'canceled')"
    )


def is_late(booking: str) -> str:
    """Whether something of a booking should have been posted before today and was not."""
    return (
        f"{booking}.status <> 'canceled' AND EXISTS (SELECT 1 FROM booking_deliverable d"
        f" WHERE d.booking_id = {booking}.id AND d.deadline_post < {{today}} AND {OPEN_DELIVERABLE.format(d='d')})"
    )


def is_due_soon(booking: str) -> str:
    """Whether something of a booking is still to be posted today or within the next seven days."""
    return (
        f"{booking}.status <> 'canceled' AND EXISTS (SELECT 1 FROM booking_deliverable d"
        f" WHERE d.booking_id = {booking}.id AND d.deadline_post >= {{today}} AND d.deadline_post <= {{in_a_week}}"
        f" AND {OPEN_DELIVERABLE.format(d='d')})"
    )


def _due(where: str, counted: str) -> str:
    return (
        f"(SELECT {counted} FROM booking b JOIN booking_deliverable d ON d.booking_id = b.id WHERE {where}"
        " AND b.status <> 'canceled' AND b.deleted_at IS NULL AND d.deadline_post < {today}"
        " AND d.status NOT IN ('rejected', 'canceled') AND d.deleted_at IS NULL)"
    )


def due_so_far(where: str) -> str:
    """How many deliverables of bookings `b` have a deadline that has passed."""
    return _due(where, "COUNT(*)")


def on_time(where: str) -> str:
    """How many of those that are due so far have a video that was posted by the deadline."""
    posted = (
        "EXISTS (SELECT 1 FROM video v WHERE v.booking_deliverable_id = d.id AND v.post_date <= d.deadline_post"
        " AND v.deleted_at IS NULL)"
    )
    return _due(where, f"SUM(CASE WHEN {posted} THEN 1 ELSE 0 END)")


def on_time_rate(where: str) -> str:
    """Those on time ÷ those due so far."""
    return ratio(on_time(where), due_so_far(where))
