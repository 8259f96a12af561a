"""`python -m benchmarks.dashboard_reads DATABASE TIMES`: what reading the dashboard takes, in seconds, as JSON.

First it is read as the first time, then the views of its days are counted, and then it is read so many times.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tui_booking.models.database import connect
from tui_booking.services import clock
from tui_booking.services.dashboard import Dashboard, read_dashboard, work_out_views
from tui_booking.services.declarations import Period
from tui_booking.services.view_days import forget_gains


def main(database: Path, times: int) -> None:
    """The thirty days with which it opens, of all brands."""
    today = clock.today()
    period = Period(today - timedelta(days=29), today)
    with closing(connect(f"sqlite:///{database.as_posix()}")) as store:
        forget_gains(store)

        def read() -> Dashboard:
            return read_dashboard(store, period=period, brand=None, today=today)

        def count() -> Dashboard:
            found = read()
            while found.views.missing:
                found = work_out_views(store, found, brand=None)
            return found

        print(json.dumps([_seconds(one) for one in (read, count, *[read] * times)]))


def _seconds(job: Callable[[], Dashboard]) -> float:
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
