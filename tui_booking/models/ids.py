"""Identifiers of records: UUID version 7, which sort by the time they were made."""

from __future__ import annotations

import secrets
import threading
import time
from uuid import UUID

_RANDOM_BITS = 74
_STEP = 1 << 32


class _Sequence:
    """The last number that this process gave out."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.millisecond = 0
        self.random = 0

    def step(self) -> UUID:
        self.random += 1 + secrets.randbelow(_STEP)
        if self.random >> _RANDOM_BITS:
            self._start(self.millisecond + 1)
        return UUID(int=_uuid7_number(self.millisecond, self.random))

    def catch_up(self) -> None:
        now = time.time_ns() // 1_000_000
        if now > self.millisecond:
            self._start(now)

    def _start(self, millisecond: int) -> None:
        self.millisecond = millisecond
        # The top bit stays free, so that a burst within one millisecond has room to count upwards.
        self.random = secrets.randbits(_RANDOM_BITS - 1)


_sequence = _Sequence()


def _uuid7_number(millisecond: int, random: int) -> int:
    high = random >> 62
    low = random & ((1 << 62) - 1)
    return (millisecond << 80) | (7 << 76) | (high << 64) | (2 << 62) | low


def new_ids(count: int) -> list[UUID]:
    """`count` new identifiers in ascending order, later than every one this process made before."""
    with _sequence.lock:
        _sequence.catch_up()
        return [_sequence.step() for _ in range(count)]


def new_id() -> UUID:
    """One new identifier, later than every one this process made before."""
    return new_ids(1)[0]
