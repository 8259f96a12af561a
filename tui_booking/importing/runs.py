"""An import by a database's URL: brings the schema up to date first, and closes what it opened."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import tzinfo
from pathlib import Path

from tui_booking.importing.aliases import require_known_columns
from tui_booking.importing.inbox import find_sources
from tui_booking.importing.pipeline import ImportOptions, Progress, run_import
from tui_booking.importing.report import Report
from tui_booking.importing.text_encodings import require_encoding
from tui_booking.models.address import read_address
from tui_booking.models.database import connect
from tui_booking.models.migrate import bring_up_to_date


def import_at(
    url: str,
    options: ImportOptions,
    *,
    operator: str,
    zone: tzinfo,
    progress: Callable[[Progress], None],
    cancelled: Callable[[], bool],
) -> Report:
    """Import into the database of that URL, which is made and migrated where need be.

    A dry run makes no database: where there is none yet, it looks at one that is thrown away. Raises BookingCenterError
    where nothing could be begun.
    """
    # What is wrong with the options is said before a database is made.
    require_encoding(options.encoding)
    require_known_columns(options.aliases)
    find_sources(options.path, options.format)
    with _database(url, dry_run=options.dry_run) as target:
        bring_up_to_date(target)
        store = connect(target)
        try:
            return run_import(store, options, operator=operator, zone=zone, progress=progress, cancelled=cancelled)
        finally:
            store.close()


@contextmanager
def _database(url: str, *, dry_run: bool) -> Iterator[str]:
    address = read_address(url)
    if not dry_run or address.path is None or address.is_there():
        yield url
        return
    with tempfile.TemporaryDirectory(prefix="tui-booking-", ignore_cleanup_errors=True) as folder:
        yield str(Path(folder) / "dry-run.db")
