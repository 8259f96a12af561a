"""Campaigns that stand in for missing ones without a brand, and get the one that a row names beside them."""

from __future__ import annotations

from tui_booking.importing.effects import ADOPTED, Moment, follow_brands
from tui_booking.importing.kind import Reference
from tui_booking.importing.kinds_work import BRAND_IS_UNKNOWN
from tui_booking.importing.plan import PLAN, STAGE, Planner
from tui_booking.importing.problems import Problems
from tui_booking.importing.references import UNKNOWN, Placeholders, is_deleted
from tui_booking.language import _

# What is wrong with these may be so only because the campaign has no brand yet.
_DEPEND_ON_BRAND = ("brand_code", "product_code")


def adopt_brands(planner: Planner, placeholders: Placeholders | None, moment: Moment) -> bool:
    """Give such campaigns, and what hangs on them, the brand of the first good row that names one; whether any got it.

    The plan is to be made before, and again where one did. `placeholders` makes brands that are not there; None
    where it may not.
    """
    engine, kind = planner.engine, planner.kind
    if not kind.brand_is_of:
        return False
    engine.run(f"DROP TABLE IF EXISTS {ADOPTED}")
    engine.run(
        f"CREATE TEMP TABLE {ADOPTED} AS SELECT 0 AS n, c.id AS target_id, c.brand_id AS old_brand_id, c.brand_id"
        " FROM campaign c WHERE 1 = 0"
    )
    if "brand_code" not in planner.present:
        return False
    unknown = BRAND_IS_UNKNOWN.format(campaign="c", brand="u")
    if engine.value(f"SELECT 1 FROM campaign c JOIN brand u ON u.id = c.brand_id WHERE {unknown} LIMIT 1") is None:
        return False
    if placeholders is not None:
        placeholders.make_for(next(one for one in kind.references if one.column == "brand_code"))
    engine.run(
        f"INSERT INTO {ADOPTED} (n, target_id, old_brand_id, brand_id) SELECT n, target_id, old_brand_id, brand_id"
        " FROM (SELECT s.n AS n, c.id AS target_id, c.brand_id AS old_brand_id, brand.id AS brand_id,"
        f" ROW_NUMBER() OVER (PARTITION BY c.id ORDER BY s.n) AS place"
        f" FROM {planner.joins()} JOIN {PLAN} p ON p.n = s.n JOIN campaign c ON c.id = {kind.brand_is_of}"
        f" JOIN brand u ON u.id = c.brand_id WHERE {unknown} AND brand.code <> '{UNKNOWN}'"
        f" AND {_is_good(planner, may_create=placeholders is not None)}) w WHERE place = 1"
    )
    if engine.value(f"SELECT 1 FROM {ADOPTED} LIMIT 1") is None:
        return False
    engine.run(
        f"UPDATE campaign SET brand_id = p.brand_id, updated_at = {moment.stamp} FROM {ADOPTED} p"
        " WHERE campaign.id = p.target_id"
    )
    follow_brands(engine, moment, ADOPTED, "p.old_brand_id <> p.brand_id")
    return True


def report_adoptions(planner: Planner, problems: Problems) -> None:
    """Say which rows gave a campaign its brand."""
    problems.add_where(
        "1 = 1",
        "brand_code",
        planner.engine.literal(_("the campaign, which an import made as a placeholder, gets this brand")),
        level="info",
        source=f"{ADOPTED} a JOIN {STAGE} s ON s.n = a.n",
    )


def _is_good(planner: Planner, *, may_create: bool) -> str:
    """SQL for whether nothing is wrong with a row but what may be so for want of the brand."""
    needed = [f's."{column.name}" IS NOT NULL' for column in planner.kind.columns if column.required and not column.key]
    good = ["s.bad IS NULL", "p.outcome <> 'skipped'"]
    good += [f"(p.target_id IS NOT NULL OR ({' AND '.join(needed)}))"] if needed else []
    good += [
        f"NOT COALESCE(({rule.broken}), {planner.engine.false})"
        for rule in planner.kind.rules
        if rule.level == "error" and rule.column not in _DEPEND_ON_BRAND
    ]
    good += [
        f"(NOT p.missing_{one.alias}{_may_be_made(one) if may_create else ''})"
        for one in planner.kind.references
        if one.column in planner.present and one.column not in _DEPEND_ON_BRAND
    ]
    return " AND ".join(good)


def _may_be_made(reference: Reference) -> str:
    return f" OR NOT {is_deleted(reference)}" if reference.placeholder is not None else ""
