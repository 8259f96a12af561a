"""peewee, which gets the driver of PostgreSQL only when a database there is opened. All modules take it from here.

By itself peewee loads psycopg wherever it is installed: a tenth of a second and ten megabytes, and no use to SQLite.
"""

from __future__ import annotations

import sys
from typing import Any, cast

_IS_THERE = "psycopg" in sys.modules
if not _IS_THERE:
    # So Python marks what cannot be imported.
    sys.modules["psycopg"] = None  # type: ignore[assignment]
try:
    import peewee
finally:
    if not _IS_THERE:
        del sys.modules["psycopg"]

__all__ = ["bring_driver", "peewee"]


def bring_driver() -> None:
    """Give peewee psycopg, so that all is as if it had loaded it itself."""
    module = cast(Any, peewee)
    if module.psycopg is not None:
        return
    import psycopg
    from psycopg.pq import TransactionStatus
    from psycopg.types.json import Json, Jsonb

    adapter = module.Psycopg3Adapter
    adapter.txn_idle = TransactionStatus.IDLE
    adapter.txn_inerror = TransactionStatus.INERROR
    adapter.txn_unknown = TransactionStatus.UNKNOWN
    module.TransactionStatus, module.Json_pg3, module.Jsonb_pg3 = TransactionStatus, Json, Jsonb
    module.psycopg = psycopg
