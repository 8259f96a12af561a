"""The tables of the database, one module an area, and how it is reached and brought up to date.

Names are looked up when they are first asked for: the choices are wanted where peewee is not.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_booking.models.base import PLACEHOLDER_NOTE, Base, Computed, folded_fields
    from tui_booking.models.bookings import Booking, BookingDeliverable, BookingStatusHistory
    from tui_booking.models.campaigns import Campaign, CampaignCreator, CampaignProduct
    from tui_booking.models.core import Brand, Product, User
    from tui_booking.models.creators import (
        Creator,
        CreatorChannel,
        CreatorContact,
        CreatorNote,
        CreatorRateCard,
        CreatorTag,
        CreatorTagMap,
    )
    from tui_booking.models.finance import Payment
    from tui_booking.models.imports import ImportFile, ImportRun
    from tui_booking.models.rules import Rule, RuleLog, Template
    from tui_booking.models.tracking import TrackingAsset, TrackingConversion
    from tui_booking.models.videos import Video, VideoLatest, VideoMetricSnapshot, ViewDay

    ALL_MODELS: tuple[type[Base], ...]
    COMPUTED_MODELS: tuple[type[Computed], ...]

# Every table after those it points at, with the module it lives in.
_TABLES = {
    "User": "core",
    "Brand": "core",
    "Product": "core",
    "Creator": "creators",
    "CreatorChannel": "creators",
    "CreatorContact": "creators",
    "CreatorTag": "creators",
    "CreatorTagMap": "creators",
    "CreatorNote": "creators",
    "CreatorRateCard": "creators",
    "Campaign": "campaigns",
    "CampaignProduct": "campaigns",
    "CampaignCreator": "campaigns",
    "Booking": "bookings",
    "BookingDeliverable": "bookings",
    "BookingStatusHistory": "bookings",
    "Video": "videos",
    "VideoMetricSnapshot": "videos",
    "TrackingAsset": "tracking",
    "TrackingConversion": "tracking",
    "Payment": "finance",
    "Template": "rules",
    "Rule": "rules",
    "RuleLog": "rules",
    "ImportRun": "imports",
    "ImportFile": "imports",
}
# Tables that are worked out from those.
_COMPUTED = {"VideoLatest": "videos", "ViewDay": "videos"}
_OTHERS = {"PLACEHOLDER_NOTE": "base", "Base": "base", "Computed": "base", "folded_fields": "base", **_COMPUTED}


def __getattr__(name: str) -> Any:
    if name == "ALL_MODELS":
        found: Any = tuple(_find(table) for table in _TABLES)
    elif name == "COMPUTED_MODELS":
        found = tuple(_find(table) for table in _COMPUTED)
    elif name in _TABLES or name in _OTHERS:
        found = _find(name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found


def _find(name: str) -> Any:
    return getattr(import_module(f"{__name__}.{_TABLES.get(name) or _OTHERS[name]}"), name)


__all__ = [
    "ALL_MODELS",
    "COMPUTED_MODELS",
    "PLACEHOLDER_NOTE",
    "Base",
    "Booking",
    "BookingDeliverable",
    "BookingStatusHistory",
    "Brand",
    "Campaign",
    "CampaignCreator",
    "CampaignProduct",
    "Computed",
    "Creator",
    "CreatorChannel",
    "CreatorContact",
    "CreatorNote",
    "CreatorRateCard",
    "CreatorTag",
    "CreatorTagMap",
    "ImportFile",
    "ImportRun",
    "Payment",
    "Product",
    "Rule",
    "RuleLog",
    "Template",
    "TrackingAsset",
    "TrackingConversion",
    "User",
    "Video",
    "VideoLatest",
    "VideoMetricSnapshot",
    "ViewDay",
    "folded_fields",
]
