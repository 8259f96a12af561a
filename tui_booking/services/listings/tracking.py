"""Tracking codes, and the orders that came by them."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.models.choices import CodeType, TrackingPlatform
from tui_booking.services import measures
from tui_booking.services.declarations import Column, Filter, Listing, Order, Total
from tui_booking.services.listings import parts

_ORDERS = measures.orders("a.id = r.id")
_REVENUE = measures.revenue("a.id = r.id")

ASSETS = Listing(
    name="tracking_assets",
    label=N_("Tracking codes"),
    kind="tracking_asset",
    table="tracking_asset",
    joins="LEFT JOIN campaign c ON c.id = r.campaign_id LEFT JOIN booking b ON b.id = r.booking_id"
    " LEFT JOIN creator k ON k.id = r.creator_id",
    columns=(
        Column(
            name="code_value", label=N_("Code"), sql="r.code_value", kind="code", order="r.code_value_folded",
            indexed=True, width=20,
        ),
        Column(
            name="code_type", label=N_("Type"), sql="r.code_type", kind="choice", order="r.code_type", words=CodeType,
            width=13,
        ),
        Column(
            name="platform", label=N_("Platform"), sql="r.platform", kind="choice", order="r.platform",
            words=TrackingPlatform, width=11,
        ),
        Column(
            name="creator", label=N_("Creator"), sql="k.name",
            order=parts.of("creator", "name_folded", "r.creator_id"), width=20,
        ),
        Column(
            name="booking", label=N_("Booking"), sql="b.code", kind="code",
            order=parts.of("booking", "code_folded", "r.booking_id"), width=16,
        ),
        Column(name="orders", label=N_("Orders"), sql=_ORDERS, kind="count", order=_ORDERS, width=8),
        Column(name="revenue", label=N_("Revenue"), sql=_REVENUE, kind="money", order=_REVENUE, width=14),
        Column(name="url", label=N_("Address"), sql="r.target_url", kind="link", width=30, shown=False),
        Column(name="note", label=N_("Note"), sql="r.note", width=30, shown=False),
        Column(
            name="campaign", label=N_("Campaign"), sql="c.code", kind="code",
            order=parts.of("campaign", "code_folded", "r.campaign_id"), width=14, shown=False,
        ),
        parts.active(),
        parts.incomplete(),
        parts.added(),
    ),
    filters=(
        Filter(name="code_type", label=N_("Type"), kind="choice", sql="r.code_type", words=CodeType),
        Filter(name="platform", label=N_("Platform"), kind="choice", sql="r.platform", words=TrackingPlatform),
        parts.is_active(),
        parts.is_incomplete(),
    ),
    searches=(
        "r.code_value_folded",
        "lower(r.target_url)",
        parts.folded("r.note"),
        parts.among("r.creator_id", "creator", "o.name_folded"),
        parts.among("r.booking_id", "booking", "o.code_folded"),
    ),
    order=Order("code_value"),
    parents={"campaign": "r.campaign_id", "creator": "r.creator_id", "booking": "r.booking_id"},
)  # fmt: skip

_OF_ASSET = "r.tracking_asset_id IN (SELECT a.id FROM tracking_asset a WHERE a.deleted_at IS NULL AND a.{} {{}})"

CONVERSIONS = Listing(
    name="conversions",
    label=N_("Orders"),
    kind="tracking_conversion",
    table="tracking_conversion",
    joins="LEFT JOIN tracking_asset a ON a.id = r.tracking_asset_id LEFT JOIN product p ON p.id = r.product_id"
    " LEFT JOIN creator k ON k.id = a.creator_id",
    columns=(
        Column(
            name="order_date", label=N_("Ordered"), sql="r.order_date", kind="date", order="r.order_date",
            indexed=True, width=10,
        ),
        Column(
            name="order_code", label=N_("Order"), sql="r.order_code", kind="code", order="r.order_code_folded",
            indexed=True, width=20,
        ),
        Column(
            name="tracking_code", label=N_("Tracking code"), sql="a.code_value", kind="code",
            order=parts.of("tracking_asset", "code_value_folded", "r.tracking_asset_id"), width=18,
        ),
        Column(name="creator", label=N_("Creator"), sql="k.name", width=20),
        Column(
            name="revenue", label=N_("Revenue"), sql="r.revenue", kind="money", order="r.revenue",
            currency="currency", width=14,
        ),
        Column(name="currency", label=N_("Currency"), sql="r.currency", kind="code", order="r.currency", width=8),
        Column(name="product", label=N_("Product"), sql="p.name", width=18),
        Column(name="quantity", label=N_("Quantity"), sql="r.quantity", kind="count", order="r.quantity", width=8),
        Column(
            name="order_id_external", label=N_("Order id there"), sql="r.order_id_external", kind="code", width=20,
            shown=False,
        ),
        Column(name="source", label=N_("Source"), sql="r.source_platform", width=14, shown=False),
        parts.added(),
    ),
    filters=(
        Filter(name="order_date", label=N_("Ordered"), kind="period", sql="r.order_date"),
        parts.reference("product", N_("Product"), "product", "r.product_id"),
    ),
    searches=(
        "r.order_code_folded",
        "lower(r.order_id_external)",
        parts.folded("r.source_platform"),
        parts.among("r.tracking_asset_id", "tracking_asset", "o.code_value_folded"),
        parts.among("r.product_id", "product", "o.name_folded"),
    ),
    order=Order("order_date", descending=True),
    parents={
        "tracking_asset": "r.tracking_asset_id",
        "campaign": _OF_ASSET.format("campaign_id"),
        "creator": _OF_ASSET.format("creator_id"),
        "booking": _OF_ASSET.format("booking_id"),
        "product": "r.product_id",
    },
    totals=(Total(name="revenue", label=N_("Revenue"), sql="SUM(r.revenue)", group="r.currency"),),
)  # fmt: skip

LISTINGS = (ASSETS, CONVERSIONS)
