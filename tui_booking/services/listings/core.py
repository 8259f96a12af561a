"""Brands, products and users: what others point at."""

from __future__ import annotations

from tui_booking.language import N_
from tui_booking.services.declarations import Column, Listing, Order
from tui_booking.services.listings import parts


def _count(table: str, key: str) -> str:
    return f"(SELECT COUNT(*) FROM {table} x WHERE x.{key} = r.id AND x.deleted_at IS NULL)"


BRANDS = Listing(
    name="brands",
    label=N_("Brands"),
    kind="brand",
    table="brand",
    columns=(
        Column(
            name="code", label=N_("Code"), sql="r.code", kind="code", order="r.code_folded", indexed=True, width=14
        ),
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=26),
        Column(
            name="products", label=N_("Products"), sql=_count("product", "brand_id"), kind="count",
            order=_count("product", "brand_id"), width=8,
        ),
        Column(
            name="campaigns", label=N_("Campaigns"), sql=_count("campaign", "brand_id"), kind="count",
            order=_count("campaign", "brand_id"), width=9,
        ),
        Column(name="description", label=N_("Description"), sql="r.description", width=40),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(parts.is_active(), parts.is_incomplete()),
    searches=("r.code_folded", "r.name_folded", parts.folded("r.description")),
    order=Order("name"),
)  # fmt: skip

PRODUCTS = Listing(
    name="products",
    label=N_("Products"),
    kind="product",
    table="product",
    joins="LEFT JOIN brand b ON b.id = r.brand_id",
    columns=(
        Column(
            name="code", label=N_("Code"), sql="r.code", kind="code", order="r.code_folded", indexed=True, width=14
        ),
        Column(name="name", label=N_("Name"), sql="r.name", order="r.name_folded", indexed=True, width=28),
        Column(
            name="brand", label=N_("Brand"), sql="b.name", order=parts.of("brand", "name_folded", "r.brand_id"),
            width=18,
        ),
        Column(name="category", label=N_("Category"), sql="r.category", order="r.category", width=18),
        Column(name="sapo", label=N_("Sapo id"), sql="r.sapo_product_id", kind="code", width=14, shown=False),
        Column(name="shopee", label=N_("Shopee id"), sql="r.shopee_product_id", kind="code", width=14, shown=False),
        Column(name="note", label=N_("Note"), sql="r.note", width=30),
        parts.incomplete(),
        parts.active(),
        parts.added(),
        parts.changed(),
    ),
    filters=(parts.reference("brand", N_("Brand"), "brand", "r.brand_id"), parts.is_active(), parts.is_incomplete()),
    searches=(
        "r.code_folded",
        "r.name_folded",
        parts.folded("r.category"),
        "lower(r.sapo_product_id)",
        "lower(r.shopee_product_id)",
        parts.folded("r.note"),
        parts.among("r.brand_id", "brand", "o.name_folded"),
    ),
    order=Order("name"),
    parents={"brand": "r.brand_id"},
)  # fmt: skip

USERS = Listing(
    name="users",
    label=N_("Users"),
    kind="user",
    table="app_user",
    columns=(
        Column(name="username", label=N_("User name"), sql="r.username", kind="code", order="r.username", width=18),
        Column(name="full_name", label=N_("Name"), sql="r.full_name", order="r.full_name", width=26),
        parts.active(),
        parts.added(),
    ),
    filters=(parts.is_active(),),
    searches=(parts.folded("r.username"), parts.folded("r.full_name")),
    order=Order("username"),
)

LISTINGS = (BRANDS, PRODUCTS, USERS)
