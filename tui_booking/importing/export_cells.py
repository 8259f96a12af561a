"""Stored values as the cells of an import file: exact, with one reading only, and nothing that a spreadsheet runs."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tui_booking.importing.checking import CheckContext, check_column
from tui_booking.importing.columns import Column, Type
from tui_booking.models.stored_texts import UnreadableValue, read_day
from tui_booking.reading.cells import decimal_of, guard_formula
from tui_booking.reading.money import DONG

NUMBERS = (Type.WHOLE, Type.MONEY, Type.EXCHANGE, Type.RATE)
# What is written by this program or is one of a few words is no formula.
_WORDS = (Type.DATE, Type.TIME, Type.FLAG, Type.CHOICE, Type.CURRENCY)
_CODES = (Type.CODE, Type.ID)
_LIKE_A_NUMBER = re.compile(r"[0-9]+\.0+")
# A spreadsheet keeps 15 digits of a number, and believes that the year 1900 was a leap year.
_EXACT_UNITS = 10**15
_FIRST_EXACT_YEAR = 1901

Values = Sequence[Any]


def texts_of(column: Column, values: Values, currencies: Sequence[str] = ()) -> list[str]:
    """Stored values, as either engine gives them, as the texts of CSV cells; `currencies` are those of the rows."""
    if column.type is Type.MONEY:
        codes: Sequence[str] = currencies or [DONG] * len(values)
        return ["" if value is None else _amount(value, code) for value, code in zip(values, codes, strict=True)]
    write = _WRITERS.get(column.type, _text)
    return ["" if value is None else write(value) for value in values]


def guarded(column: Column, texts: list[str]) -> list[str]:
    """The texts with those guarded that a spreadsheet would take for formulas; a negative number is none.

    So is a code such as `1.0`, which without an apostrophe would be a number.
    """
    if column.type in NUMBERS or column.type in _WORDS:
        return texts
    if column.type in _CODES and any(text[-1:] == "0" and "." in text for text in texts):
        texts = ["'" + text if _LIKE_A_NUMBER.fullmatch(text) else text for text in texts]
    return [guard_formula(text) for text in texts]


def not_read_back(column: Column, values: Values, cells: Sequence[str], currencies: Sequence[str] = ()) -> list[int]:
    """The indexes of the cells that an import would refuse, or read as another value than the stored one.

    Whatever an import or a form stored reads back; this finds what another program put into the database.
    """
    checked = check_column(column, cells, CheckContext(UTC, currencies=currencies))
    wrong = {problem.index for problem in checked.problems if problem.level == "error"}
    stored = _staged(column, values)
    read: list[object] = list(checked.values)
    if column.type is Type.RATE:
        read = [None if text is None else float(text) for text in checked.values]
    # Nearly always they are the same, and comparing them whole is a hundred times as quick.
    if not wrong and read == stored:
        return []
    return [index for index, value in enumerate(read) if index in wrong or value != stored[index]]


def workbook_value(column: Column, text: str, value: Any) -> str | int | float | date:
    """The value of a workbook's cell: a real date or number where the sheet keeps it exactly, else the text."""
    if column.type is Type.DATE:
        try:
            day = value if isinstance(value, date) else read_day(value)
        except UnreadableValue:  # the report names the row
            return text
        return day if day.year >= _FIRST_EXACT_YEAR else text
    if column.type is Type.FLAG:
        return int(bool(value))
    if column.type is Type.RATE:
        return value if value <= 1 and float(decimal_of(value)) == value else text
    if column.type in NUMBERS and abs(value) < _EXACT_UNITS:
        number = Decimal(text)
        return int(number) if number == int(number) else float(number)
    return text


def _amount(hundredths: int, currency: str) -> str:
    whole, rest = divmod(abs(hundredths), 100)
    sign = "-" if hundredths < 0 else ""
    return f"{sign}{whole}" if currency == DONG and not rest else f"{sign}{whole}.{rest:02}"


def _exchange(millionths: int) -> str:
    whole, rest = divmod(millionths, 1_000_000)
    fraction = f"{rest:06}".rstrip("0")
    # Three digits behind a point can be a group of thousands, four cannot.
    return f"{whole}.{fraction + '0' if len(fraction) == 3 else fraction}" if fraction else str(whole)


def _rate(rate: float) -> str:
    text = repr(float(rate))
    if rate <= 1 and "e" not in text:
        return text.removesuffix(".0")
    if rate <= 1:
        return _digits(Decimal(text))
    # More than everything has one reading only with its sign.
    percent = _digits(Decimal(text).scaleb(2))
    return f"{percent}0%" if len(percent.partition(".")[2]) == 3 else f"{percent}%"


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(day: date | str) -> str:
    return day if isinstance(day, str) else day.isoformat()


def _moment(moment: datetime | str) -> str:
    """ISO 8601 in UTC, so that the zone of whoever imports it does not matter."""
    text = moment if isinstance(moment, str) else _utc(moment)
    whole, _, fraction = text.partition(".")
    fraction = fraction.rstrip("0")
    return f"{whole.replace(' ', 'T')}{'.' + fraction if fraction else ''}Z"


def _text(text: str) -> str:
    return text


_WRITERS: dict[Type, Callable[[Any], str]] = {
    Type.WHOLE: str,
    Type.EXCHANGE: _exchange,
    Type.RATE: _rate,
    Type.DATE: _day,
    Type.TIME: _moment,
    Type.FLAG: lambda flag: "1" if flag else "0",
}


def _staged(column: Column, values: Values) -> list[object]:
    """Stored values as the import stages them."""
    if column.type is Type.RATE:
        return [None if value is None else float(value) for value in values]
    if column.type in NUMBERS:
        return [None if value is None else str(value) for value in values]
    if column.type is Type.FLAG:
        return ["1" if value else "0" for value in values]
    if column.type is Type.TIME:
        return [value if isinstance(value, str) else _utc(value) for value in values]
    if column.type is Type.DATE:
        return [value.isoformat() if isinstance(value, date) else value for value in values]
    return [value or None for value in values]


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
