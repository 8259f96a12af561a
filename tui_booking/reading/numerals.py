"""Numbers as people write them: grouped, with a decimal point or comma, with `K` or `triệu` behind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Context, Decimal

from tui_booking.language import N_
from tui_booking.models.folding import fold
from tui_booking.reading.cells import Cell, CellError, decimal_of, plain_text_of, refuse_lost_digits

# Decimal rounds to 28 digits by default; nothing that gets here has more than _LONGEST.
_LONGEST = 60
_EXACT = Context(prec=4 * _LONGEST)

_AROUND = re.compile(r"([^0-9.,]*)([0-9.,](?:[0-9., ]*[0-9])?)([^0-9]*)")
_ONE_SEPARATOR = re.compile(r"(0|[1-9][0-9]*|)[.,]([0-9]+)")
_GROUPED = re.compile(r"([1-9][0-9]{0,2}(?:([., ])[0-9]{3})(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?")

# `1.234.567`, by far the most frequent of all that is not plain digits, is known without taking it apart.
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:([.,])[0-9]{3})(?:\1[0-9]{3}){0,4}")

_THOUSAND, _MILLION, _BILLION = Decimal(10) ** 3, Decimal(10) ** 6, Decimal(10) ** 9
MULTIPLIERS = {
    "k": _THOUSAND,
    "nghin": _THOUSAND,
    "ngan": _THOUSAND,
    "m": _MILLION,
    "tr": _MILLION,
    "trieu": _MILLION,
    "b": _BILLION,
    "ty": _BILLION,
    "ti": _BILLION,
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number and the words around it, before it is known what it counts.

    `readings` are the numbers that the digits can mean: `1.500` is 1500 where the point groups, listed first, and 1.5
    where it is a decimal point. `before` and `after` are folded: lower case, without marks.
    """

    readings: tuple[Decimal, ...]
    negative: bool
    before: str
    after: str


def parse_numeral(text: str) -> Numeral | None:
    """Take a number and what stands around it apart; None where it is not one number."""
    if len(text) > _LONGEST:
        return None
    match = _AROUND.fullmatch(fold(text))
    if match is None:
        return None
    before, digits, after = match[1].strip(), match[2], match[3].strip()
    readings = _readings(digits)
    if not readings:
        return None
    negative = False
    if before.startswith("(") and after.endswith(")"):
        before, after, negative = before[1:].strip(), after[:-1].strip(), True
    else:
        for sign in "+-\u2212":
            if before.startswith(sign) or before.endswith(sign):
                before, negative = before.replace(sign, "", 1).strip(), sign != "+"
                break
    return Numeral(readings, negative, before, after)


def _readings(digits: str) -> tuple[Decimal, ...]:
    if digits.isdigit():
        return (Decimal(digits),)
    one = _ONE_SEPARATOR.fullmatch(digits)
    if one:
        fraction = Decimal(f"{one[1] or 0}.{one[2]}")
        if len(one[2]) == 3 and len(one[1]) in (1, 2, 3) and one[1] != "0":
            return (Decimal(one[1] + one[2]), fraction)
        return (fraction,)
    grouped = _GROUPED.fullmatch(digits)
    if grouped is None or grouped[2] == grouped[3]:
        return ()
    whole = grouped[1].replace(grouped[2], "")
    return (Decimal(f"{whole}.{grouped[4]}" if grouped[4] else whole),)


def grouped_whole(text: str) -> int | None:
    """The whole number of `1.234.567` where points and commas can only group; None for anything else."""
    match = _THOUSANDS.fullmatch(text)
    return int(text.replace(match[1], "")) if match else None


def times(number: Decimal, factor: Decimal) -> Decimal:
    """The exact product."""
    return _EXACT.multiply(number, factor)


def in_units(number: Decimal, places: int) -> int | None:
    """The number counted in units of its `places`-th decimal; None where a finer fraction is left over."""
    scaled = _EXACT.scaleb(number, places)
    return int(scaled) if scaled == scaled.to_integral_value() else None


def plain(number: Decimal) -> str:
    """The number in digits, without grouping, exponent or needless zeros."""
    return format(_EXACT.normalize(number), "f") if number else "0"


def two_readings(first: Decimal, second: Decimal, pattern: str) -> CellError:
    """The error for a number that means one thing to one person and another thing to the next."""
    return CellError(pattern, first=plain(first), second=plain(second))


def read_whole(cell: Cell, minimum: int | None = 0, maximum: int | None = None) -> int | None:
    """A whole number: `12000`, `12.000`, `12,5K`, `3 triệu`."""
    if isinstance(cell, float):
        plain_text_of(cell)
        number = decimal_of(cell)
    else:
        text = plain_text_of(cell)
        if not text:
            return None
        grouped = grouped_whole(text)
        if grouped is None:
            refuse_lost_digits(text)
            number = _whole_from_text(text)
        else:
            number = Decimal(grouped)
    whole = in_units(number, 0)
    if whole is None:
        raise CellError(N_("is not a whole number; write it without a fraction"))
    if abs(whole) >= 10**18:
        raise CellError(N_("is too large: a number has at most 18 digits"))
    _refuse_out_of_range(whole, minimum, maximum)
    return whole


def _whole_from_text(text: str) -> Decimal:
    numeral = parse_numeral(text)
    if numeral is None or numeral.before or (numeral.after and numeral.after not in MULTIPLIERS):
        raise CellError(N_("is not a whole number; write digits only, such as 12000"))
    number = numeral.readings[0]
    if numeral.after:
        factor = MULTIPLIERS[numeral.after]
        if len(numeral.readings) == 2:
            raise two_readings(
                times(numeral.readings[1], factor),
                times(number, factor),
                N_("can be read as {first} or as {second}; write all of its digits, without letters"),
            )
        number = times(number, factor)
    return _EXACT.minus(number) if numeral.negative else number


def _refuse_out_of_range(number: int, minimum: int | None, maximum: int | None) -> None:
    too_low = minimum is not None and number < minimum
    too_high = maximum is not None and number > maximum
    if not (too_low or too_high):
        return
    if minimum is not None and maximum is not None:
        raise CellError(N_("must be {minimum} to {maximum}"), minimum=minimum, maximum=maximum)
    if too_high:
        raise CellError(N_("must be {maximum} or less"), maximum=maximum)
    if minimum == 0:
        raise CellError(N_("must not be negative; write 0 or more"))
    raise CellError(N_("must be {minimum} or more"), minimum=minimum)


def read_rate(cell: Cell) -> str | None:
    """A share of a whole as decimal text: `0.085`, `0,085`, `8.5%`."""
    if isinstance(cell, float):
        if 0.0001 <= cell <= 1:  # written without an exponent
            return format(cell, ".15g")
        plain_text_of(cell)
        readings: tuple[Decimal, ...] = (decimal_of(cell),)
        negative, percent = cell < 0, False
    else:
        text = plain_text_of(cell)
        if not text:
            return None
        numeral = parse_numeral(text)
        if numeral is None or numeral.before or numeral.after not in ("", "%"):
            raise CellError(N_("is not a rate; write it such as 8.5% or 0.085"))
        readings, negative, percent = numeral.readings[::-1], numeral.negative, numeral.after == "%"
    number = readings[0]
    if negative and number:
        raise CellError(N_("must not be negative; write it such as 8.5% or 0.085"))
    if percent:
        if len(readings) == 2:
            raise CellError(
                N_("can be read as {first}% or as {second}%; write it with another number of decimals"),
                first=plain(number),
                second=plain(readings[1]),
            )
        number = _EXACT.scaleb(number, -2)
    elif len(readings) == 2 or number > 1:
        high = times(readings[-1], Decimal(100))
        raise CellError(
            N_("can be read as {first}% or as {second}%; write it with a % sign"),
            first=plain(number),
            second=plain(high),
        )
    return plain(number)


def read_exchange(cell: Cell) -> int | None:
    """An exchange rate in millionths: how many đồng one unit of the currency is worth."""
    if isinstance(cell, float):
        plain_text_of(cell)
        readings: tuple[Decimal, ...] = (decimal_of(cell),)
        negative = cell < 0
    else:
        text = plain_text_of(cell)
        if not text:
            return None
        refuse_lost_digits(text)
        numeral = parse_numeral(text)
        if numeral is None or numeral.before or numeral.after:
            raise CellError(N_("is not an exchange rate; write digits only, such as 25400"))
        readings, negative = numeral.readings, numeral.negative
    if len(readings) == 2:
        raise two_readings(
            readings[0],
            readings[1],
            N_("can be read as {first} or as {second}; write it without grouping, such as 25400 or 25.4"),
        )
    millionths = in_units(readings[0], 6)
    if millionths is None:
        raise CellError(N_("has more than 6 decimals; round it"))
    if negative or millionths == 0:
        raise CellError(N_("must be more than 0"))
    if millionths >= 10**18:
        raise CellError(N_("is too large for an exchange rate"))
    return millionths
