"""`python -m benchmarks.dashboard_reads DATABASE TIMES`: seconds that each reading of the dashboard takes, as JSON."""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from tui_booking.models.database import connect
from tui_booking.services import clock
from tui_booking.services.dashboard import read_dashboard
from tui_booking.services.declarations import Period


def main(database: Path, times: int) -> None:
    """The thirty days with which it opens, of all brands."""
    today = clock.today()
    period = Period(today - timedelta(days=29), today)
    taken = []
    with closing(connect(f"sqlite:///{database.as_posix()}")) as store:
        for _ in range(times):
            began = time.perf_counter()
            read_dashboard(store, period=period, brand=None, today=today)
            taken.append(time.perf_counter() - began)
    print(json.dumps(taken))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
