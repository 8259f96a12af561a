"""What the dashboard tells, as values: figures, courses and lists of what is to be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple
from uuid import UUID

from tui_booking.models.choices import BookingStatus

# Overdue deadlines; deadlines of the next seven days; payments due, late ones first; videos posted without a snapshot
# for seven days; placeholders to complete; what rules have matched.
TaskName = Literal["overdue", "upcoming", "payments", "unmeasured", "placeholders", "alerts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The tiles, of the campaigns that run in the period and what hangs on them; amounts in VND, None is not known."""

    running_campaigns: int
    open_bookings: int
    committed: Decimal | None
    paid: Decimal | None
    due: Decimal | None
    views: int | None
    orders: int | None
    revenue: Decimal | None
    roas: float | None


class DailyViews(NamedTuple):
    """What videos gained on each of some days, None without snapshots, and the days that are not worked out yet."""

    gains: dict[date, int | None]
    missing: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignSpend:
    """Spend against budget of a campaign, in VND; a budget of nothing is None."""

    id: UUID
    code: str
    name: str
    planned: Decimal | None
    committed: Decimal | None
    paid: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One thing to act on: the record that opens, its code or title, whom or what it is about, until or since when."""

    kind: str
    id: UUID
    title: str
    about: str = ""
    day: date | None = None
    amount: Decimal | None = None
    currency: str = "VND"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskList:
    """The most urgent things of one sort, and how many there are in all; `recent` of them became so within 7 days."""

    name: TaskName
    tasks: tuple[Task, ...]
    count: int
    recent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """All of it. `is_empty` says that the database has neither a campaign, a booking nor a creator.

    `views` has every day of the period, of its last 90 where it is longer: what videos gained until the
    snapshots of that day, None where there are none. `bookings` and `spend` are of the campaigns that run in the
    period, `spend` of those with the largest budgets. `due_by_day` is what is to be paid in VND on each day that has
    something, late ones included. `tasks` know no period.
    """

    is_empty: bool
    figures: Figures
    views: DailyViews
    spend: tuple[CampaignSpend, ...]
    bookings: tuple[tuple[BookingStatus, int], ...]
    due_by_day: tuple[tuple[date, Decimal], ...]
    tasks: tuple[TaskList, ...]
