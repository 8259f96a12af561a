"""Many times of one zone into UTC at once: every hour is worked out once, the rest of a time is copied."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import tzinfo

from tui_booking.reading.cells import Cell, CellError
from tui_booking.reading.dates import read_time

# The day may stand before or after the year: both are ten characters, and read_time says what they mean.
_HOUR = re.compile(r"(?:[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]|[0-9]{2}/[0-9]{2}/[0-9]{4} )[0-9]{2}")
_END = re.compile(r"(:[0-5][0-9])(:[0-5][0-9])?(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})?")
_REMEMBERED = 20_000
_REMEMBERED_ZONES = 16


class _Hours(dict[str, "str | None"]):
    """The hour in UTC of an hour such as `2026-01-31T07`; None where there is no such hour as a whole.

    It asks read_time about the first and the last second: where both fall into one hour, all between them do.
    """

    def __init__(self, zone: tzinfo, month_first: bool, suffix: str) -> None:
        super().__init__()
        self._zone = zone
        self._month_first = month_first
        self._suffix = suffix

    def __missing__(self, hour: str) -> str | None:
        found = self._read(hour) if _HOUR.fullmatch(hour) else None
        if len(self) >= _REMEMBERED:
            self.clear()
        self[hour] = found
        return found

    def _read(self, hour: str) -> str | None:
        try:
            first = read_time(f"{hour}:00:00{self._suffix}", self._zone, self._month_first)
            last = read_time(f"{hour}:59:59{self._suffix}", self._zone, self._month_first)
        except CellError:
            return None
        if first is None or last is None or first[13:] != ":00:00.000000" or last != first[:13] + ":59:59.000000":
            return None
        return first[:13]


class _Ends(dict[str, "str | None"]):
    """What stands behind the hour, such as `:30:59Z`, as it is stored; None where it is anything else."""

    def __init__(self, suffix: str) -> None:
        super().__init__()
        self._suffix = suffix

    def __missing__(self, end: str) -> str | None:
        match = _END.fullmatch(end)
        if match is None or (match[4] or "") != self._suffix or (match[3] and not match[2]):
            return None
        stored = f"{match[1]}{match[2] or ':00'}.{(match[3] or '')[1:]:0<6}"
        if len(self) >= _REMEMBERED:
            self.clear()
        self[end] = stored
        return stored


class Clocks:
    """The times of an operator's zone, and of the offsets to UTC that files give instead."""

    def __init__(self, zone: tzinfo, month_first: bool = False) -> None:
        self._zone = zone
        self._month_first = month_first
        self._known: dict[str, tuple[_Hours, _Ends]] = {}

    def values_of_clean_cells(self, texts: Sequence[str]) -> list[str | None] | None:
        """UTC times of cells that are empty or a day and a time of day, all with the same offset or all without."""
        some_empty = "" in texts
        first = next(filter(None, texts), "") if some_empty else texts[0] if texts else ""
        if not first:
            return [None] * len(texts)
        match = _END.fullmatch(first[13:])
        if match is None:
            return None
        hours, ends = self._of(match[4] or "")
        try:
            if some_empty:
                return [hours[text[:13]] + ends[text[13:]] if text else None for text in texts]  # type: ignore[operator]
            return [hours[text[:13]] + ends[text[13:]] for text in texts]  # type: ignore[operator]
        except TypeError:
            return None

    def clean_cell_check(self, cells: Sequence[Cell]) -> Callable[[str], object] | None:
        """What tells the cells that values_of_clean_cells takes from the others; None where it would take none."""
        for cell in cells:
            match = _END.fullmatch(cell[13:]) if isinstance(cell, str) and _HOUR.match(cell) else None
            if match:
                hours, ends = self._of(match[4] or "")
                return lambda text: not text or (hours[text[:13]] and ends[text[13:]])
        return None

    def _of(self, suffix: str) -> tuple[_Hours, _Ends]:
        known = self._known.get(suffix)
        if known is None:
            if len(self._known) >= _REMEMBERED_ZONES:
                self._known.clear()
            known = self._known[suffix] = _Hours(self._zone, self._month_first, suffix), _Ends(suffix)
        return known
