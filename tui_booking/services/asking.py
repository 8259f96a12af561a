"""Questions to the database in SQL that both engines take: what they spell or answer differently is put right here."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tui_booking.models import stored_texts
from tui_booking.models.choices import Choice
from tui_booking.models.database import Store
from tui_booking.services import clock
from tui_booking.services.declarations import Value, ValueKind

# A zone's clock is looked at once a week of these years; a change of its offset lasts longer.
_ZONE_YEARS = (2000, 2050)
_STEP = timedelta(days=7)
_HUNDREDTHS = -2

Reader = Callable[[Any], Any]


def select(store: Store, sql: str, params: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """The rows of a question; `?` stands for each parameter.

    A parameter may be a UUID, an aware datetime, a date, a Choice or a Decimal, which is an amount of money and is
    compared with stored hundredths. `folded(x)` is a text or column as it is searched by. `{today}` in the text is the
    day where the operator works. A `?` or `%` must not stand in the text but as a parameter or as LIKE's sign.
    """
    rows: list[tuple[Any, ...]] = _run(store, sql, params).fetchall()
    return rows


def execute(store: Store, sql: str, params: Sequence[object] = ()) -> int:
    """Carry out a statement that changes rows, and return how many it changed; parameters are those of `select`."""
    return int(_run(store, sql, params).rowcount)


def _run(store: Store, sql: str, params: Sequence[object]) -> Any:
    sql = on_the_day(sql)
    if store.engine == "postgresql":
        sql = _spelled_for_postgresql(sql)
    return store.execute_sql(sql, [parameter(store, value) for value in params])


def on_the_day(sql: str) -> str:
    """The text with days in place of their names: `{today}` where the operator works, and those a week from it.

    `{from_a_week_ago}` is the moment at which the day a week ago began.
    """
    return _DAYS.sub(lambda found: _DAY_NAMES[found[1]](clock.today()), sql) if "{" in sql else sql


def _quoted(day: date) -> str:
    return f"'{day.isoformat()}'"


def _start_a_week_ago(today: date) -> str:
    start = start_of(max(today, date.min + 2 * _STEP) - _STEP, clock.zone())
    return f"'{start.replace(tzinfo=None).isoformat(' ', 'microseconds')}'"


_DAY_NAMES: dict[str, Callable[[date], str]] = {
    "today": _quoted,
    "in_a_week": lambda today: _quoted(min(today, date.max - _STEP) + _STEP),
    "a_week_ago": lambda today: _quoted(max(today, date.min + _STEP) - _STEP),
    "from_a_week_ago": _start_a_week_ago,
}
_DAYS = re.compile("{(" + "|".join(_DAY_NAMES) + ")}")


@lru_cache(maxsize=500)
def _spelled_for_postgresql(sql: str) -> str:
    return _FOLDED.sub(_FOLDED_ON_POSTGRESQL, sql.replace("%", "%%").replace("?", "%s"))


# What `folded` is on SQLite, the store's own function, in PostgreSQL's words: letters without marks, in lower case. The
# server's LOWER may know the letters of ASCII alone, so that the one that is no such letter with a mark is named.
_FOLDED = re.compile(r"\bfolded\(([\w.]+)\)")
_FOLDED_ON_POSTGRESQL = (
    r"lower(translate(regexp_replace(normalize(\1, NFD), '[\\u0300-\\u036f]', '', 'g'), 'Đđ', 'Dd'))"
)


def placeholders(count: int) -> str:
    """`?, ?, ?`: the signs for so many parameters."""
    return ", ".join("?" * count)


def parameter(store: Store, value: object) -> object:
    """A Python value as the engine's driver takes it."""
    # Texts, numbers and flags are most of what is asked with.
    if type(value) in (str, int, float, bool):
        return value
    if isinstance(value, Choice):
        return value.value
    if isinstance(value, Decimal):
        return hundredths(value)
    if isinstance(value, UUID):
        return value.hex if store.engine == "sqlite" else value
    if isinstance(value, datetime):
        return _moment_parameter(store, value)
    if isinstance(value, date):
        return value.isoformat() if store.engine == "sqlite" else value
    return value


def _moment_parameter(store: Store, moment: datetime) -> object:
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone cannot be compared with stored ones")
    moment = moment.astimezone(UTC)
    if store.engine == "sqlite":
        return moment.replace(tzinfo=None).isoformat(" ", "microseconds")
    return moment


def hundredths(amount: Decimal) -> int:
    """An amount of money as it is stored; raises ValueError for one with finer parts."""
    scaled = amount.scaleb(-_HUNDREDTHS)
    if not amount.is_finite() or scaled != scaled.to_integral_value():
        raise ValueError(f"{amount} has finer parts than hundredths")
    return int(scaled)


# --- What differs in SQL --------------------------------------------------------------------------------------------


def contains(expression: str) -> str:
    """A condition: a folded text contains the parameter, which `like_pattern` made."""
    return f"{expression} LIKE ? ESCAPE '!'"


def like_pattern(text: str) -> str:
    """The parameter of `contains` for a text, in which `%` and `_` are nothing but letters."""
    return f"%{like_escaped(text)}%"


def like_escaped(text: str) -> str:
    """The text with the signs that LIKE would obey escaped."""
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_")


def day_of(store: Store, moment: str, zone: ZoneInfo) -> str:
    """The calendar day that a stored moment has in a zone, as a stored day; to group by rather than to look up by."""
    if store.engine == "postgresql":
        return f"CAST({moment} AT TIME ZONE '{zone.key}' AS date)"
    first, *changes = _offsets(zone)
    if not changes:
        return f"date({moment}, '{first[1]:+} minutes')"
    cases = "".join(
        f" WHEN {moment} >= '{since.replace(tzinfo=None).isoformat(' ', 'microseconds')}' THEN '{minutes:+} minutes'"
        for since, minutes in reversed(changes)
    )
    return f"date({moment}, CASE{cases} ELSE '{first[1]:+} minutes' END)"


def start_of(day: date, zone: ZoneInfo) -> datetime:
    """The moment at which a day begins in a zone, in UTC: what a stored moment is compared with to find a period."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


@lru_cache(maxsize=8)
def _offsets(zone: ZoneInfo) -> list[tuple[datetime, int]]:
    """From which moment on how many minutes a zone is ahead of UTC."""
    moment, end = (datetime(year, 1, 1, tzinfo=UTC) for year in _ZONE_YEARS)
    found = [(moment, _minutes(moment, zone))]
    while moment < end:
        following = moment + _STEP
        minutes = _minutes(following, zone)
        if minutes != found[-1][1]:
            found.append((_change_between(moment, following, zone), minutes))
        moment = following
    return found


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    old = _minutes(before, zone)
    while after - before > timedelta(minutes=1):
        middle = before + timedelta(minutes=(after - before) // timedelta(minutes=2))
        before, after = (middle, after) if _minutes(middle, zone) == old else (before, middle)
    return after


def _minutes(moment: datetime, zone: ZoneInfo) -> int:
    offset = zone.utcoffset(moment.astimezone(zone))
    assert offset is not None
    return int(offset / timedelta(minutes=1))


# --- What differs in answers ----------------------------------------------------------------------------------------


def reader_of(kind: ValueKind, words: type[Choice] | None = None) -> Reader:
    """What turns an answer into the value of a kind: the same on both engines, and None where there is none.

    Answers of `money` and `cost` are in hundredths, those of `cost` with fractions; sums and ratios too.
    """
    if kind == "choice" and words is not None:
        known: dict[Any, Any] = {word.value: word for word in words}
        return lambda answer: known.get(answer, answer)
    return _READERS[kind]


def shown_reader_of(kind: ValueKind, words: type[Choice] | None = None) -> Reader:
    """The same for what is only shown: a value that cannot be read is its text behind a `!`, and no list is lost."""
    read = reader_of(kind, words)
    if kind not in ("date", "moment"):
        return read

    def show(answer: Any) -> Value:
        try:
            value: Value = read(answer)
        except stored_texts.UnreadableValue:
            return f"! {answer}"
        return value

    return show


def read_values(readers: Iterable[Reader], answers: Iterable[Any]) -> tuple[Value, ...]:
    """The values of a row of answers."""
    return tuple([read(answer) for read, answer in zip(readers, answers, strict=True)])


def read_id(answer: UUID | str) -> UUID:
    """A record's id."""
    return stored_texts.read_id(answer) if isinstance(answer, str) else answer


def _same(answer: Any) -> Any:
    return answer


def _read_count(answer: Any) -> int | None:
    return None if answer is None else int(answer)


def _read_amount(answer: Any) -> Decimal | None:
    if answer is None:
        return None
    # What a double is taken for is what it is written as.
    exact = Decimal(repr(answer)) if isinstance(answer, float) else Decimal(answer)
    return exact.scaleb(_HUNDREDTHS)


def _read_ratio(answer: Any) -> float | None:
    return None if answer is None else float(answer)


def _read_day(answer: Any) -> date | None:
    if isinstance(answer, str):
        return stored_texts.read_day(answer)
    return answer.date() if isinstance(answer, datetime) else answer


def _read_moment(answer: Any) -> datetime | None:
    if answer is None:
        return None
    if isinstance(answer, str):
        return stored_texts.read_moment(answer)
    moment: datetime = answer.astimezone(UTC)
    return moment


def _read_flag(answer: Any) -> bool | None:
    return None if answer is None else bool(answer)


def _read_json(answer: Any) -> str | None:
    return answer if answer is None or isinstance(answer, str) else json.dumps(answer, ensure_ascii=False)


_READERS: dict[ValueKind, Reader] = {
    "text": _same,
    "code": _same,
    "count": _read_count,
    "money": _read_amount,
    "cost": _read_amount,
    "percent": _read_ratio,
    "factor": _read_ratio,
    "date": _read_day,
    "moment": _read_moment,
    "choice": _same,
    "flag": _read_flag,
    "link": _same,
    "markdown": _same,
    "json": _read_json,
}
