"""The dashboard, for a period and a brand: read in a few quick questions, however many snapshots there are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models.database import Store
from tui_booking.services import clock
from tui_booking.services.dashboard_courses import read_views_by_day
from tui_booking.services.dashboard_facts import CampaignSpend, DailyViews, Dashboard, Figures, Task, TaskList, TaskName
from tui_booking.services.dashboard_figures import read_bookings, read_due_by_day, read_figures, read_spend
from tui_booking.services.dashboard_tasks import read_tasks
from tui_booking.services.declarations import Period
from tui_booking.services.view_days import learn_gains

__all__ = [
    "CampaignSpend",
    "DailyViews",
    "Dashboard",
    "Figures",
    "Task",
    "TaskList",
    "TaskName",
    "read_dashboard",
    "work_out_views",
]


def read_dashboard(
    store: Store, *, period: Period, brand: UUID | None, today: date, zone: ZoneInfo | None = None
) -> Dashboard:
    """All of the dashboard but views of days that were never asked for: `work_out_views` has them counted.

    Days are those of the zone, the operator's where it is not said.
    A brand narrows everything but creators that are to be completed and what rules have matched.
    """
    is_empty, figures = read_figures(store, period, brand)
    return Dashboard(
        is_empty=is_empty,
        figures=figures,
        views=read_views_by_day(store, period, brand, today, zone or clock.zone()),
        spend=read_spend(store, period, brand),
        bookings=read_bookings(store, period, brand),
        due_by_day=read_due_by_day(store, brand),
        tasks=read_tasks(store, brand, today, zone or clock.zone()),
    )


def work_out_views(
    store: Store, dashboard: Dashboard, *, brand: UUID | None, zone: ZoneInfo | None = None
) -> Dashboard:
    """The same with views of some more days, the newest that are missing; over many snapshots it takes seconds."""
    return replace(dashboard, views=learn_gains(store, dashboard.views, zone or clock.zone(), brand))
