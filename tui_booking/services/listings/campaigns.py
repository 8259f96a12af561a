"""Campaigns, and the products and creators in them."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import CampaignChannel, CampaignStatus, CreatorRole, CreatorStatus, Objective
from tui_booking.services import measures
from tui_booking.services.declarations import Column, Filter, Listing, Order, Total
from tui_booking.services.listings import parts

_COMMITTED = measures.committed("b.campaign_id = r.id")
_VIEWS = measures.views("v.campaign_id = r.id")
_ENGAGEMENTS = measures.engagements("v.campaign_id = r.id")
_ORDERS = measures.orders("a.campaign_id = r.id")
_REVENUE = measures.revenue("a.campaign_id = r.id")
_BOOKINGS = "(SELECT COUNT(*) FROM booking b WHERE b.campaign_id = r.id AND b.deleted_at IS NULL)"

CAMPAIGNS = Listing(
    name="campaigns",
    label=N_("Campaigns"),
    kind="campaign",
    table="campaign",
    joins="LEFT JOIN brand b ON b.id = r.brand_id LEFT JOIN app_user u ON u.id = r.owner_id",
    columns=(
        Column(
            name="code", label=N_("Code"), sql="r.code", kind="code", order="r.code_folded", indexed=True, width=14
        ),
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=24),
        Column(
            name="status", label=N_("Status"), sql="r.status", kind="choice", order="r.status", words=CampaignStatus,
            width=11,
        ),
        Column(
            name="end_date", label=N_("End"), sql="r.end_date", kind="date", order="r.end_date", indexed=True,
            width=10,
        ),
        Column(
            name="kpi_views", label=N_("Views KPI"), sql=measures.ratio(_VIEWS, "r.kpi_view"), kind="percent",
            order=measures.ratio(_VIEWS, "r.kpi_view"), width=9,
        ),
        Column(
            name="budget_planned", label=N_("Budget"), sql="r.budget_planned", kind="money", order="r.budget_planned",
            width=14,
        ),
        Column(name="committed", label=N_("Committed"), sql=_COMMITTED, kind="money", order=_COMMITTED, width=14),
        Column(name="paid", label=N_("Paid"), sql="r.budget_actual", kind="money", order="r.budget_actual", width=14),
        Column(
            name="roas", label=N_("ROAS"), sql=measures.ratio(_REVENUE, _COMMITTED), kind="factor",
            order=measures.ratio(_REVENUE, _COMMITTED), width=7,
        ),
        Column(name="views", label=N_("Views"), sql=_VIEWS, kind="count", order=_VIEWS, width=12),
        Column(
            name="start_date", label=N_("Start"), sql="r.start_date", kind="date", order="r.start_date", indexed=True,
            width=10,
        ),
        Column(
            name="brand", label=N_("Brand"), sql="b.name", order=parts.of("brand", "name_folded", "r.brand_id"),
            width=16,
        ),
        Column(
            name="due", label=N_("Due"), sql=f"{_COMMITTED} - r.budget_actual", kind="money",
            order=f"{_COMMITTED} - r.budget_actual", width=14, shown=False,
        ),
        Column(name="orders", label=N_("Orders"), sql=_ORDERS, kind="count", order=_ORDERS, width=8, shown=False),
        Column(
            name="kpi_orders", label=N_("Orders KPI"), sql=measures.ratio(_ORDERS, "r.kpi_order"), kind="percent",
            order=measures.ratio(_ORDERS, "r.kpi_order"), width=10, shown=False,
        ),
        Column(
            name="revenue", label=N_("Revenue"), sql=_REVENUE, kind="money", order=_REVENUE, width=14, shown=False
        ),
        Column(
            name="kpi_revenue", label=N_("Revenue KPI"), sql=measures.ratio(_REVENUE, "r.kpi_revenue"),
            kind="percent", order=measures.ratio(_REVENUE, "r.kpi_revenue"), width=11, shown=False,
        ),
        Column(
            name="cpv", label=N_("CPV"), sql=measures.price(_COMMITTED, _VIEWS), kind="cost",
            order=measures.price(_COMMITTED, _VIEWS), width=9, shown=False,
        ),
        Column(
            name="cpe", label=N_("CPE"), sql=measures.price(_COMMITTED, _ENGAGEMENTS), kind="cost",
            order=measures.price(_COMMITTED, _ENGAGEMENTS), width=9, shown=False,
        ),
        Column(
            name="cpo", label=N_("CPO"), sql=measures.price(_COMMITTED, _ORDERS), kind="cost",
            order=measures.price(_COMMITTED, _ORDERS), width=12, shown=False,
        ),
        Column(
            name="cpm", label=N_("CPM"), sql=measures.price_of_thousand(_COMMITTED, _VIEWS), kind="cost",
            order=measures.price_of_thousand(_COMMITTED, _VIEWS), width=10, shown=False,
        ),
        Column(
            name="engagements", label=N_("Engagements"), sql=_ENGAGEMENTS, kind="count", order=_ENGAGEMENTS, width=12,
            shown=False,
        ),
        Column(
            name="view_goal", label=N_("Views planned"), sql="r.kpi_view", kind="count", order="r.kpi_view", width=13,
            shown=False,
        ),
        Column(
            name="order_goal", label=N_("Orders planned"), sql="r.kpi_order", kind="count", order="r.kpi_order",
            width=14, shown=False,
        ),
        Column(
            name="revenue_goal", label=N_("Revenue planned"), sql="r.kpi_revenue", kind="money",
            order="r.kpi_revenue", width=15, shown=False,
        ),
        Column(
            name="bookings", label=N_("Bookings"), sql=_BOOKINGS, kind="count", order=_BOOKINGS, width=8, shown=False
        ),
        Column(
            name="channel", label=N_("Channel"), sql="r.channel", kind="choice", order="r.channel",
            words=CampaignChannel, width=10, shown=False,
        ),
        Column(
            name="objective", label=N_("Objective"), sql="r.objective", kind="choice", order="r.objective",
            words=Objective, width=12, shown=False,
        ),
        Column(
            name="owner", label=N_("Owner"), sql="COALESCE(NULLIF(u.full_name, ''), u.username)",
            order=parts.of("app_user", "username", "r.owner_id"), width=14, shown=False,
        ),
        Column(name="description", label=N_("Description"), sql="r.description", width=30, shown=False),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(
        Filter(name="status", label=N_("Status"), kind="choice", sql="r.status", words=CampaignStatus),
        parts.reference("brand", N_("Brand"), "brand", "r.brand_id"),
        Filter(name="channel", label=N_("Channel"), kind="choice", sql="r.channel", words=CampaignChannel),
        Filter(name="objective", label=N_("Objective"), kind="choice", sql="r.objective", words=Objective),
        parts.reference("owner", N_("Owner"), "user", "r.owner_id"),
        Filter(name="start_date", label=N_("Starts"), kind="period", sql="r.start_date"),
        Filter(name="end_date", label=N_("Ends"), kind="period", sql="r.end_date"),
        parts.is_incomplete(),
        parts.is_active(),
    ),
    searches=(
        "r.code_folded",
        "r.name_folded",
        parts.folded("r.description"),
        parts.among("r.brand_id", "brand", "o.name_folded"),
        parts.among("r.brand_id", "brand", "o.code_folded"),
        parts.among("r.owner_id", "app_user", "folded(o.full_name)"),
        parts.among("r.owner_id", "app_user", "folded(o.username)"),
    ),
    order=Order("start_date", descending=True),
    parents={"brand": "r.brand_id", "user": "r.owner_id"},
    totals=(
        Total(name="budget_planned", label=N_("Budget"), sql="SUM(r.budget_planned)"),
        Total(name="paid", label=N_("Paid"), sql="SUM(r.budget_actual)"),
    ),
)  # fmt: skip

CAMPAIGN_PRODUCTS = Listing(
    name="campaign_products",
    label=N_("Products"),
    kind="campaign_product",
    table="campaign_product",
    joins="LEFT JOIN product p ON p.id = r.product_id LEFT JOIN campaign c ON c.id = r.campaign_id",
    columns=(
        Column(
            name="code", label=N_("Code"), sql="p.code", kind="code",
            order=parts.of("product", "code_folded", "r.product_id"), width=14,
        ),
        Column(
            name="name", label=N_("Product"), sql="p.name", order=parts.of("product", "name_folded", "r.product_id"),
            width=28,
        ),
        Column(name="category", label=N_("Category"), sql="p.category", width=16),
        Column(name="priority", label=N_("Priority"), sql="r.priority", kind="count", order="r.priority", width=8),
        Column(name="note", label=N_("Note"), sql="r.note", width=30),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14, shown=False,
        ),
        parts.added(),
    ),
    searches=(
        parts.among("r.product_id", "product", "o.name_folded"),
        parts.among("r.product_id", "product", "o.code_folded"),
        parts.folded("r.note"),
    ),
    order=Order("priority"),
    parents={"campaign": "r.campaign_id", "product": "r.product_id"},
)  # fmt: skip

_BOOKINGS_THERE = (
    "(SELECT COUNT(*) FROM booking b WHERE b.creator_id = r.creator_id AND b.campaign_id = r.campaign_id"
    " AND b.deleted_at IS NULL)"
)

CAMPAIGN_CREATORS = Listing(
    name="campaign_creators",
    label=N_("Creators"),
    kind="campaign_creator",
    table="campaign_creator",
    joins="LEFT JOIN creator k ON k.id = r.creator_id LEFT JOIN campaign c ON c.id = r.campaign_id",
    columns=(
        Column(
            name="creator", label=N_("Creator"), sql="k.name",
            order=parts.of("creator", "name_folded", "r.creator_id"), width=24,
        ),
        Column(
            name="creator_key", label=N_("Key"), sql="k.creator_key", kind="code",
            order=parts.of("creator", "creator_key_folded", "r.creator_id"), width=16, shown=False,
        ),
        Column(
            name="role", label=N_("Role"), sql="r.role", kind="choice", order="r.role", words=CreatorRole, width=11
        ),
        Column(
            name="status", label=N_("Status"), sql="k.status", kind="choice", words=CreatorStatus,
            order=parts.of("creator", "status", "r.creator_id"), width=12,
        ),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14,
        ),
        Column(
            name="bookings", label=N_("Bookings"), kind="count", sql=_BOOKINGS_THERE, order=_BOOKINGS_THERE, width=8,
        ),
        Column(name="note", label=N_("Note"), sql="r.note", width=30),
        parts.added(),
    ),
    filters=(Filter(name="role", label=N_("Role"), kind="choice", sql="r.role", words=CreatorRole),),
    searches=(
        parts.among("r.creator_id", "creator", "o.name_folded"),
        parts.among("r.creator_id", "creator", "o.alias_folded"),
        parts.among("r.campaign_id", "campaign", "o.code_folded"),
        parts.folded("r.note"),
    ),
    order=Order("creator"),
    parents={"campaign": "r.campaign_id", "creator": "r.creator_id"},
)  # fmt: skip

LISTINGS = (CAMPAIGNS, CAMPAIGN_PRODUCTS, CAMPAIGN_CREATORS)
