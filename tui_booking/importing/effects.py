"""What else changes with the rows of a file, in the same transaction and by set: history, budgets, what hangs on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from tui_booking.importing.engines import Engine
from tui_booking.importing.plan import PLAN
from tui_booking.models.stored_texts import read_day

# The campaigns that get a brand by rows of a file (adoptions.py).
ADOPTED = "import_adopted"
WRITTEN = "p.outcome IN ('create', 'update')"


@dataclass(frozen=True, slots=True)
class Moment:
    """When and by whom a file is imported; `stamp` is SQL, `user_id` too."""

    stamp: str
    milliseconds: int
    user_id: str
    note: str


def hand_over_primary(engine: Engine, moment: Moment) -> None:
    """A creator's new primary contact takes over from the one that was, before it is written."""
    engine.run(
        f"UPDATE creator_contact SET is_primary = {engine.false}, updated_at = {moment.stamp}"
        f" FROM {PLAN} p WHERE {WRITTEN} AND p.is_primary AND creator_contact.creator_id = p.creator_id"
        " AND creator_contact.is_primary AND (p.target_id IS NULL OR creator_contact.id <> p.target_id)"
    )


def add_channels(engine: Engine, moment: Moment) -> None:
    """A creator who is found by a channel has it from then on."""
    engine.run(
        "INSERT INTO creator_channel (id, created_at, updated_at, creator_id, platform, handle)"
        f" SELECT {engine.new_id('p.n', moment.milliseconds)}, {moment.stamp}, {moment.stamp}, c.id, p.row_platform,"
        f" p.row_handle FROM {PLAN} p JOIN creator c ON c.creator_key = p.creator_key"
        f" WHERE p.row_handle IS NOT NULL AND p.channel_id IS NULL AND p.outcome IN ('create', 'update', 'unchanged')"
    )


def record_status(engine: Engine, moment: Moment) -> None:
    """Every change of a booking's status is written down, its first one as well."""
    changed = engine.differs("p.old_status", "p.status")
    _write_history(engine, moment, f"p.old_status, b.id, p.status FROM {PLAN} p JOIN booking b ON b.code = p.code"
                   f" WHERE {WRITTEN} AND {changed}", "p.n")  # fmt: skip


def record_placeholders(engine: Engine, moment: Moment) -> None:
    """A booking that was made as a placeholder has a first status as well."""
    rows = f"NULL, b.id, b.status FROM booking b WHERE b.created_at = {moment.stamp} AND b.is_placeholder"
    _write_history(engine, moment, rows, "0")


def _write_history(engine: Engine, moment: Moment, rows: str, number: str) -> None:
    engine.run(
        "INSERT INTO booking_status_history (id, created_at, updated_at, changed_at, changed_by_id, note, from_status,"
        f" booking_id, to_status) SELECT {engine.new_id(number, moment.milliseconds)}, {moment.stamp}, {moment.stamp},"
        f" {moment.stamp}, {moment.user_id}, {engine.literal(moment.note)}, {rows}"
    )


def follow_booking(engine: Engine, moment: Moment) -> None:
    """What hangs on a booking goes with it to another campaign or creator."""
    moved = (
        "p.outcome = 'update' AND (p.old_campaign_id <> p.campaign_id OR p.old_creator_id <> p.creator_id)"
    )  # fmt: skip
    if engine.value(f"SELECT 1 FROM {PLAN} p WHERE {moved} LIMIT 1") is None:
        return
    for table in ("payment", "video"):
        engine.run(
            f"UPDATE {table} SET campaign_id = p.campaign_id, creator_id = p.creator_id, updated_at = {moment.stamp}"
            f" FROM {PLAN} p WHERE {moved} AND {table}.booking_id = p.target_id"
            f" AND ({table}.campaign_id <> p.campaign_id OR {table}.creator_id <> p.creator_id)"
        )
    engine.run(
        "UPDATE tracking_asset SET campaign_id = p.campaign_id, creator_id = CASE WHEN"
        f" tracking_asset.creator_id = p.old_creator_id THEN p.creator_id ELSE tracking_asset.creator_id END,"
        f" updated_at = {moment.stamp} FROM {PLAN} p WHERE {moved} AND tracking_asset.booking_id = p.target_id"
        " AND (tracking_asset.campaign_id <> p.campaign_id OR tracking_asset.creator_id = p.old_creator_id)"
    )
    _forget_views(engine)
    bring_budgets_up_to_date(engine, moment)


# What points at a product, by which field, and SQL for the campaign in which it does.
_HAVE_PRODUCTS = (
    ("booking", "product_focus_id", "{}.campaign_id"),
    ("campaign_product", "product_id", "{}.campaign_id"),
    (
        "tracking_conversion",
        "product_id",
        "(SELECT a.campaign_id FROM tracking_asset a WHERE a.id = {}.tracking_asset_id)",
    ),
)


def follow_campaign_brand(engine: Engine, moment: Moment) -> None:
    """The bookings of a campaign whose brand changed change theirs, and so do products that were stand-ins."""
    follow_brands(engine, moment, PLAN, "p.outcome = 'update' AND p.old_brand_id <> p.brand_id")


def follow_brands(engine: Engine, moment: Moment, campaigns: str, moved: str) -> None:
    """The same for campaigns of any table: `p`, with target_id, old_brand_id and brand_id; `moved` says which of it."""
    if engine.value(f"SELECT 1 FROM {campaigns} p WHERE {moved} LIMIT 1") is None:
        return
    engine.run(
        f"UPDATE booking SET brand_id = p.brand_id, updated_at = {moment.stamp} FROM {campaigns} p"
        f" WHERE {moved} AND booking.campaign_id = p.target_id AND booking.brand_id <> p.brand_id"
    )
    _forget_views(engine)
    # First the product of the new brand takes the stand-in's place.
    _replace_stand_ins(engine, moment, campaigns, moved)
    # Then a stand-in without one moves itself, unless a campaign of another brand has it too.
    elsewhere = " ".join(
        f"AND NOT EXISTS (SELECT 1 FROM {table} y JOIN campaign c ON c.id = {campaign.format('y')}"
        f" WHERE y.{field} = product.id AND c.brand_id <> p.brand_id)"
        for table, field, campaign in _HAVE_PRODUCTS
    )
    for table, field, campaign in _HAVE_PRODUCTS:
        engine.run(
            f"UPDATE product SET brand_id = p.brand_id, updated_at = {moment.stamp} FROM {campaigns} p, {table} h"
            f" WHERE {moved} AND {campaign.format('h')} = p.target_id AND product.id = h.{field}"
            " AND product.is_placeholder AND product.brand_id = p.old_brand_id AND NOT EXISTS"
            f" (SELECT 1 FROM product n WHERE n.brand_id = p.brand_id AND n.code = product.code) {elsewhere}"
        )


def settle_adoptions(engine: Engine, moment: Moment) -> None:
    """What was made of a product for the rows of an adopted campaign takes the place of its stand-in as well."""
    _replace_stand_ins(engine, moment, ADOPTED, "p.old_brand_id <> p.brand_id")


def _replace_stand_ins(engine: Engine, moment: Moment, campaigns: str, moved: str) -> None:
    """Have products of the new brand instead of those that stood in, where the campaign has them not already."""
    for table, field, campaign in _HAVE_PRODUCTS:
        having = f"EXISTS (SELECT 1 FROM {table} y WHERE y.campaign_id = p.target_id AND y.product_id = n.id)"
        free = f" AND NOT {having}" if table == "campaign_product" else ""
        engine.run(
            f"UPDATE {table} SET {field} = n.id, updated_at = {moment.stamp} FROM {campaigns} p, product o, product n"
            f" WHERE {moved} AND {campaign.format(table)} = p.target_id AND o.id = {table}.{field} AND o.is_placeholder"
            f" AND o.brand_id = p.old_brand_id AND n.brand_id = p.brand_id AND n.code = o.code{free}"
        )


def bring_budgets_up_to_date(engine: Engine, moment: Moment) -> None:
    """What was spent on the campaigns that the file's rows were in and are in: the paid payments, not deleted."""
    # The status is not in WHERE: SQLite would take the index that starts with it, and read every paid payment for each
    # campaign.
    spent = (
        "COALESCE((SELECT SUM(CASE WHEN y.status = 'paid' AND y.deleted_at IS NULL THEN y.amount_vnd END)"
        " FROM payment y WHERE y.campaign_id = campaign.id), 0)"
    )
    engine.run(
        f"UPDATE campaign SET budget_actual = {spent}, updated_at = {moment.stamp} WHERE budget_actual <> {spent}"
        f" AND id IN (SELECT p.campaign_id FROM {PLAN} p WHERE {WRITTEN}"
        f" UNION SELECT p.old_campaign_id FROM {PLAN} p WHERE {WRITTEN})"
    )


_COUNTS = ("view_count", "like_count", "comment_count", "share_count", "save_count")


def bring_latest_up_to_date(engine: Engine, moment: Moment) -> None:  # noqa: ARG001
    """The newest of the written snapshots of each video, where it is not older than the newest that is known."""
    names = ("snapshot_time", *_COUNTS)
    newest = engine.newest(PLAN, "video_id", "snapshot_time", _COUNTS, WRITTEN)
    engine.run(
        f"INSERT INTO video_latest (video_id, {', '.join(names)}) {newest} ON CONFLICT (video_id) DO UPDATE"
        f" SET {', '.join(f'{name} = excluded.{name}' for name in names)}"
        " WHERE excluded.snapshot_time >= video_latest.snapshot_time"
    )
    _forget_views(engine, f"SELECT MIN(p.snapshot_time) FROM {PLAN} p WHERE {WRITTEN}")


def forget_views(engine: Engine, moment: Moment) -> None:  # noqa: ARG001
    """What is known of views by day, where videos have changed: their campaign, their day, that they were deleted."""
    if engine.value(f"SELECT 1 FROM {PLAN} p WHERE p.outcome = 'update' LIMIT 1") is not None:
        _forget_views(engine)


def _forget_views(engine: Engine, earliest: str | None = None) -> None:
    """Forget the days from that of the earliest written snapshot on, or all; those before it do not depend on it."""
    if engine.value("SELECT 1 FROM view_day LIMIT 1") is None:
        return
    if earliest is None:
        engine.run("DELETE FROM view_day")
        return
    moment = engine.value(earliest)
    if moment is not None:
        # Whatever the zone, its day is not before the one before in UTC.
        day = read_day(str(moment)[:10]) - timedelta(days=1)
        engine.run(f"DELETE FROM view_day WHERE day >= '{day.isoformat()}'")


Effect = Callable[[Engine, Moment], None]

# By the name that kinds use: whether it comes before or after the rows are written, and what it does.
EFFECTS: dict[str, tuple[Literal["before", "after"], Effect]] = {
    "hand_over_primary": ("before", hand_over_primary),
    "add_channels": ("after", add_channels),
    "record_status": ("after", record_status),
    "follow_booking": ("after", follow_booking),
    "follow_campaign_brand": ("after", follow_campaign_brand),
    "settle_adoptions": ("after", settle_adoptions),
    "bring_budgets_up_to_date": ("after", bring_budgets_up_to_date),
    "bring_latest_up_to_date": ("after", bring_latest_up_to_date),
    "forget_views": ("after", forget_views),
}
