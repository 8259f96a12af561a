"""Bookings by status, as a board shows them: how many there are of each, and the cards of one in pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import cast
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, label_of
from tui_booking.models.choices import BookingStatus
from tui_booking.models.database import Store
from tui_booking.services.asking import select
from tui_booking.services.declarations import Listing, Order, Query, Row
from tui_booking.services.questions import Question
from tui_booking.services.records import load, save
from tui_booking.services.undo import Undo

STATUSES: tuple[BookingStatus, ...] = tuple(BookingStatus)
# Where more share a status, the newest come first: sorting them by deadline takes longer than a look at them may.
BY_DEADLINE_UP_TO = 2_000
_COLUMNS = ("code", "creator", "fee", "currency", "next_deadline", "added")
_FINISHED = (BookingStatus.COMPLETED, BookingStatus.CANCELED)


class MovedMeanwhile(BookingCenterError):
    """A card is not where the board shows it: somebody else has moved it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What of a booking stands on its card; the deadline is the next one that is open."""

    id: UUID
    code: str
    creator: str
    fee: Decimal | None
    currency: str
    deadline: date | None


def statuses_of(query: Query) -> tuple[BookingStatus, ...]:
    """The statuses that a query of bookings lets through."""
    wanted = dict(query.filters).get("status")
    return tuple(status for status in STATUSES if not wanted or status.value in cast(tuple[str, ...], wanted))


def read_sizes(store: Store, query: Query, zone: ZoneInfo) -> dict[BookingStatus, int]:
    """How many bookings a query has of each status that it lets through, counted up to one more than are sorted.

    A status of a hundred thousand costs no more than one of two thousand; who needs all counts the column's rows.
    """
    counts, params = [], list[object]()
    for number, status in enumerate(statuses_of(query)):
        question = Question(store, cards_of(query, status, by_deadline=False), zone)
        some = f"SELECT 1{question.source}{question.where()} LIMIT {BY_DEADLINE_UP_TO + 1}"
        counts.append(f"SELECT {number}, COUNT(*) FROM ({some}) counted")
        params += question.params
    found = dict(select(store, " UNION ALL ".join(counts), params))
    return {status: int(found[number]) for number, status in enumerate(statuses_of(query))}


def sorts_by_deadline(status: BookingStatus, count: int) -> bool:
    """Whether the cards of a status stand in the order of their deadlines; else the newest stand first."""
    return status not in _FINISHED and count <= BY_DEADLINE_UP_TO


def cards_of(query: Query, status: BookingStatus, *, by_deadline: bool) -> Query:
    """The cards of one status, narrowed by all that the query is narrowed by."""
    filters = tuple((name, value) for name, value in query.filters if name != "status")
    return replace(
        query,
        listing=_card_listing(query.listing),
        filters=(*filters, ("status", (status.value,))),
        order=Order("next_deadline") if by_deadline else Order("added", descending=True),
    )


def _card_listing(bookings: Listing) -> Listing:
    return replace(bookings, name="cards", columns=tuple(bookings.column(name) for name in _COLUMNS), totals=())


def card_of(row: Row) -> Card:
    """The card of a row of `cards_of`."""
    code, creator, fee, currency, deadline, _added = row.values
    return Card(
        row.id,
        cast(str, code),
        cast("str | None", creator) or "",
        cast("Decimal | None", fee),
        cast(str, currency),
        cast("date | None", deadline),
    )


def move_card(store: Store, card: Card, source: BookingStatus, target: BookingStatus, *, operator: str) -> Undo:
    """Give a booking the status of another column, with a line in its history; what takes it back.

    Raises MovedMeanwhile where it no longer has the status that the board shows, and what saving a booking raises.
    """
    seen = load(store, "booking", card.id)
    status = seen.values["status"]
    if status != source:
        raise MovedMeanwhile(
            _("{code} was moved meanwhile: {status}.").format(code=card.code, status=label_of(status)),
            _("Reload the board."),
        )
    undo = save(store, "booking", card.id, {"status": target}, operator=operator, seen=seen).undo
    return replace(undo, what=f"{card.code}: {label_of(source)} → {label_of(target)}")
