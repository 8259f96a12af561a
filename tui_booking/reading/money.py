"""Amounts of money and their currencies: `1.500.000đ`, `VND 2tr`, `$1,234.50`."""

from __future__ import annotations

from decimal import Decimal

from tui_booking.language import N_
from tui_booking.models.folding import fold
from tui_booking.reading.cells import Cell, CellError, decimal_of, plain_text_of, refuse_lost_digits
from tui_booking.reading.numerals import (
    MULTIPLIERS,
    Numeral,
    grouped_whole,
    in_units,
    parse_numeral,
    plain,
    times,
    two_readings,
)

DONG = "VND"
# Below 10^15 in whole units, so that the hundredths and sums of thousands of amounts stay within 64 bits.
MONEY_LIMIT = 10**17
_ONE = Decimal(1)

# ISO 4217, the codes of money that people are paid in.
_CODES = """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
    CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK
    MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR
    SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED
    VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
# What people write for a currency, folded; the first one is meant where nothing else says which.
_SIGNS: dict[str, tuple[str, ...]] = {
    "d": (DONG,),
    "₫": (DONG,),
    "dong": (DONG,),
    "vnd": (DONG,),
    "viet nam dong": (DONG,),
    "$": ("USD", "AUD", "BND", "CAD", "HKD", "MXN", "NZD", "SGD", "TWD"),
    "us$": ("USD",),
    "a$": ("AUD",),
    "hk$": ("HKD",),
    "s$": ("SGD",),
    "€": ("EUR",),
    "£": ("GBP",),
    "฿": ("THB",),
    "baht": ("THB",),
    "₩": ("KRW",),
    "₱": ("PHP",),
    "rp": ("IDR",),
    "rm": ("MYR",),
    "¥": ("CNY", "JPY"),
}


def read_currency(cell: Cell) -> str | None:
    """An ISO 4217 code; `đ` and `$` are understood."""
    text = plain_text_of(cell)
    if not text:
        return None
    meant = _currencies_of(fold(text))
    if not meant:
        raise CellError(N_("not a currency; write its code of three letters, such as VND or USD"))
    if meant == ("CNY", "JPY"):
        raise CellError(N_("can be read as CNY or as JPY; write the code of three letters"))
    return meant[0]


def read_money(cell: Cell, currency: str | None = None, minimum: int | None = 0) -> int | None:
    """An amount in hundredths of `currency`, the row's own, which is đồng where it is not given."""
    code = currency or DONG
    if isinstance(cell, float):
        plain_text_of(cell)
        amount = decimal_of(cell)
        negative = amount < 0
    else:
        text = plain_text_of(cell)
        if not text:
            return None
        grouped = grouped_whole(text.removesuffix("đ").rstrip()) if code == DONG else None
        if grouped is not None and grouped * 100 < MONEY_LIMIT:
            return grouped * 100
        refuse_lost_digits(text)
        numeral = parse_numeral(text)
        if numeral is None:
            raise CellError(N_("is not an amount; write digits only, such as 1500000"))
        factor = _factor(numeral, code)
        readings = tuple(times(reading, factor) for reading in numeral.readings)
        if len(readings) == 2 and (code != DONG or factor != 1):
            raise two_readings(
                readings[0],
                readings[1],
                N_("can be read as {first} or as {second}; write it without grouping, such as 1500 or 1.50"),
            )
        amount, negative = readings[0], numeral.negative
    hundredths = in_units(abs(amount), 2)
    if code == DONG and in_units(abs(amount), 0) is None:
        raise CellError(
            N_("has a fraction ({amount}), which an amount in VND cannot have; round it, or give the currency"),
            amount=plain(amount),
        )
    if hundredths is None:
        raise CellError(N_("has more than two decimals; round it"))
    if hundredths >= MONEY_LIMIT:
        raise CellError(N_("is too large: an amount has at most 15 digits"))
    if negative and hundredths and minimum is not None:
        raise CellError(N_("must not be negative; write 0 or more"))
    return -hundredths if negative else hundredths


def _currencies_of(word: str) -> tuple[str, ...]:
    if word in _SIGNS:
        return _SIGNS[word]
    code = word.upper()
    return (code,) if code in CURRENCIES else ()


def _factor(numeral: Numeral, code: str) -> Decimal:
    """What the word behind the amount multiplies it by; raises where a currency is named and is not the row's."""
    multiplier, after = _split_after(numeral.after)
    for word in (numeral.before, after):
        if not word:
            continue
        meant = _currencies_of(word)
        if not meant:
            raise CellError(N_("is not an amount; write digits only, such as 1500000"))
        if code not in meant:
            raise CellError(
                N_("is in {named}, but the currency of the row is {code}; make them the same"),
                named=meant[0],
                code=code,
            )
    return MULTIPLIERS[multiplier] if multiplier else _ONE


def _split_after(after: str) -> tuple[str, str]:
    # A currency code comes first: `100 BND` are Brunei dollars, not billions of đồng.
    if _currencies_of(after):
        return "", after
    for word in sorted(MULTIPLIERS, key=len, reverse=True):
        if after.startswith(word):
            rest = after[len(word) :].strip()
            if not rest or _currencies_of(rest):
                return word, rest
    return "", after
