"""Identifiers of records: UUID version 7, which sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_STEP = 1 << 32

_lock = threading.Lock()
_last_millisecond = 0
_last_random = 0


def _uuid7_number(millisecond: int, random: int) -> int:
    high = random >> 62
    low = random & ((1 << 62) - 1)
    return (millisecond << 80) | (7 << 76) | (high << 64) | (2 << 62) | low


def new_ids(count: int) -> list[UUID]:
    """`count` new identifiers in ascending order, later than every one this process made before."""
    global _last_millisecond, _last_random
    made: list[UUID] = []
    with _lock:
        now = time.time_ns() // 1_000_000
        if now > _last_millisecond:
            _last_millisecond = now
            # The top bit stays free, so that a burst within one millisecond has room to count upwards.
            _last_random = secrets.randbits(_RANDOM_BITS - 1)
        for _ in range(count):
            _last_random += 1 + secrets.randbelow(_STEP)
            if _last_random >> _RANDOM_BITS:
                _last_millisecond += 1
                _last_random = secrets.randbits(_RANDOM_BITS - 1)
            made.append(UUID(int=_uuid7_number(_last_millisecond, _last_random)))
    return made


def new_id() -> UUID:
    """One new identifier, later than every one this process made before."""
    return new_ids(1)[0]
