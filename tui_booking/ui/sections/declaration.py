"""What a section is: its lists, the tabs of its detail and what it says where it is empty, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from tui_booking.models.database import Store

TabKind = Literal["facts", "records", "chart", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A tab of the detail.

    facts: what `services.overviews` tells of the record under this name; records: the list `listing` of what hangs on
    the record, edited in place where `inline`; chart: the series that `services.overviews` has under this name; text:
    Markdown or JSON of the record's field of this name.
    """

    name: str
    label: str
    shows: TabKind = "facts"
    listing: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section with a table. `listings` has more than one where a section has views of several kinds of record.

    `begins_at` finds the record of the first list at which the section is opened at first, where it is not the first;
    it is given the day of today.
    """

    key: str
    name: str
    label: str
    listings: tuple[str, ...]
    tabs: dict[str, tuple[Tab, ...]]
    empty: str = ""
    begins_at: Callable[[Store, date], UUID | None] | None = None
