"""The sums under a table are those of what it is narrowed to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.ui.office import TODAY, opened, press, seed_demo, settle
from tui_booking.models import Payment
from tui_booking.services.declarations import FilterValue, Period
from tui_booking.ui.panes.table_pane import TablePane
from tui_booking.ui.widgets.status_line import StatusLine

DUE = ["planned", "pending"]


def summed(pane: TablePane, name: str) -> object:
    line = pane.query_one(StatusLine)
    return next((value for total, _group, value in line.totals if total.name == name), None)


async def test_the_sums_are_those_of_the_rows_that_are_shown(database_url: str, tmp_path: Path) -> None:
    seed_demo(database_url)
    async with opened(database_url, tmp_path, section="finance") as pilot:
        pane = pilot.app.screen_stack[0].query_one(TablePane)
        narrowings: list[tuple[tuple[str, FilterValue], ...]] = [
            (("payment_date", Period(None, TODAY)),),
            (),
            (("status", ("paid",)),),
            (("payment_date", Period(TODAY, None)), ("status", ("planned",))),
            (("payment_date", Period(None, TODAY)),),
        ]
        seen = set()
        for filters in narrowings:
            assert pane.asked is not None
            pane.narrow(replace(pane.asked, filters=filters))
            await settle(pilot)
            due = Payment.select().where(Payment.status.in_(DUE), Payment.deleted_at.is_null())
            wanted = dict(filters)
            if isinstance(period := wanted.get("payment_date"), Period):
                due = due.where(Payment.payment_date >= period.start) if period.start else due
                due = due.where(Payment.payment_date <= period.end) if period.end else due
            if statuses := wanted.get("status"):
                due = due.where(Payment.status.in_(statuses))
            expected = sum((payment.amount_vnd for payment in due), Decimal(0))
            seen.add(expected)
            assert (summed(pane, "due") or Decimal(0)) == expected, filters
        assert len(seen) > 2


@pytest.mark.parametrize("words", ["vy", "zzz"])
async def test_the_sums_follow_what_is_searched_for(database_url: str, tmp_path: Path, words: str) -> None:
    seed_demo(database_url)
    async with opened(database_url, tmp_path, section="finance") as pilot:
        pane = pilot.app.screen_stack[0].query_one(TablePane)
        everything = summed(pane, "due")
        assert everything
        await press(pilot, "slash", *words, "enter")
        assert summed(pane, "due") != everything
        await press(pilot, "F")
        assert summed(pane, "due") == everything
