"""All lists of the app, by name; each module is read when a list of it is first asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from tui_booking.services.declarations import Listing

# The name of each list: the module that declares it, and the kind of its records.
_DECLARED = {
    "campaigns": ("campaigns", "campaign"),
    "campaign_products": ("campaigns", "campaign_product"),
    "campaign_creators": ("campaigns", "campaign_creator"),
    "creators": ("creators", "creator"),
    "creator_channels": ("creator_parts", "creator_channel"),
    "creator_contacts": ("creator_parts", "creator_contact"),
    "rate_cards": ("creator_parts", "creator_rate_card"),
    "creator_notes": ("creator_parts", "creator_note"),
    "creator_tags": ("creator_parts", "creator_tag_map"),
    "tags": ("creator_parts", "creator_tag"),
    "bookings": ("bookings", "booking"),
    "deliverables": ("bookings", "booking_deliverable"),
    "status_history": ("bookings", "booking_status_history"),
    "videos": ("videos", "video"),
    "snapshots": ("videos", "video_metric_snapshot"),
    "tracking_assets": ("tracking", "tracking_asset"),
    "conversions": ("tracking", "tracking_conversion"),
    "payments": ("finance", "payment"),
    "rules": ("rules", "rule"),
    "templates": ("rules", "template"),
    "rule_logs": ("rules", "rule_log"),
    "import_runs": ("imports", "import_run"),
    "import_files": ("imports", "import_file"),
    "brands": ("core", "brand"),
    "products": ("core", "product"),
    "users": ("core", "user"),
}
_OF_KIND = {kind: name for name, (_, kind) in _DECLARED.items()}


class _Listings(Mapping[str, Listing]):
    """The lists by name."""

    def __getitem__(self, name: str) -> Listing:
        module, _ = _DECLARED[name]
        declared: tuple[Listing, ...] = import_module(f"{__name__}.{module}").LISTINGS
        return next(listing for listing in declared if listing.name == name)

    def __iter__(self) -> Iterator[str]:
        return iter(_DECLARED)

    def __len__(self) -> int:
        return len(_DECLARED)


LISTINGS: Mapping[str, Listing] = _Listings()


def listing_of_kind(kind: str) -> Listing:
    """The list of the records of a kind; raises KeyError for one that has none."""
    return LISTINGS[_OF_KIND[kind]]
