"""Many times of one zone into UTC at once: every hour is worked out once, the rest of a time is copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import tzinfo

from tui_booking.importing.cells import Cell, CellError
from tui_booking.importing.dates import read_time

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}(:[0-5][0-9]:[0-5][0-9])(Z|[+-][0-9]{2}:[0-9]{2})?")
_HOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}")
_MINUTE_AND_SECOND = re.compile(r"(:[0-5][0-9]:[0-5][0-9])(.*)")
_REMEMBERED_HOURS = 20_000
_REMEMBERED_SUFFIXES = 16


class _Hours(dict[str, "str | None"]):
    """The hour in UTC of an hour such as `2026-01-31T07`; None where there is no such hour as a whole.

    It asks read_time about the first and the last second: where both fall into one hour, all between them do.
    """

    def __init__(self, zone: tzinfo, suffix: str) -> None:
        super().__init__()
        self._zone = zone
        self._suffix = suffix

    def __missing__(self, hour: str) -> str | None:
        found = self._read(hour) if _HOUR.fullmatch(hour) else None
        if len(self) >= _REMEMBERED_HOURS:
            self.clear()
        self[hour] = found
        return found

    def _read(self, hour: str) -> str | None:
        try:
            first = read_time(f"{hour}:00:00{self._suffix}", self._zone)
            last = read_time(f"{hour}:59:59{self._suffix}", self._zone)
        except CellError:
            return None
        whole = first and last and first[13:] == ":00:00.000000" and last == first[:13] + ":59:59.000000"
        return first[:13] if first and whole else None


class _Ends(dict[str, "str | None"]):
    """What stands behind the hour, `:30:59Z`, as it is stored; None where it is anything else."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self._suffix = suffix

    def __missing__(self, end: str) -> str | None:
        match = _MINUTE_AND_SECOND.fullmatch(end)
        if match is None or match[2] != self._suffix:
            return None
        stored = f"{match[1]}.000000"
        self[end] = stored  # at most 3,600 of them
        return stored


class Clocks:
    """The times of an operator's zone, and of the offsets to UTC that files give instead."""

    def __init__(self, zone: tzinfo) -> None:
        self._zone = zone
        self._known: dict[str, tuple[_Hours, _Ends]] = {}

    def values_of_clean_cells(self, texts: Sequence[str]) -> list[str | None] | None:
        """UTC times of cells that are empty or ISO times to the second, all with the same offset or all without."""
        some_empty = "" in texts
        filled = [text for text in texts if text] if some_empty else texts
        if not filled:
            return [None] * len(texts)
        hours, ends = self._of(filled[0][19:])
        try:
            if some_empty:
                return [hours[text[:13]] + ends[text[13:]] if text else None for text in texts]  # type: ignore[operator]
            return [hours[text[:13]] + ends[text[13:]] for text in texts]  # type: ignore[operator]
        except TypeError:
            return None

    def clean_cell_check(self, cells: Sequence[Cell]) -> Callable[[str], object] | None:
        """What tells the cells that values_of_clean_cells takes from the others; None where it would take none."""
        for cell in cells:
            match = _TIME.fullmatch(cell) if isinstance(cell, str) else None
            if match:
                hours, ends = self._of(match[2] or "")
                return lambda text: not text or (hours[text[:13]] and ends[text[13:]])
        return None

    def _of(self, suffix: str) -> tuple[_Hours, _Ends]:
        known = self._known.get(suffix)
        if known is None:
            if len(self._known) >= _REMEMBERED_SUFFIXES:
                self._known.clear()
            known = self._known[suffix] = _Hours(self._zone, suffix), _Ends(suffix)
        return known
