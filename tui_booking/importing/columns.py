"""What a column of an import file is: its name, how its cells are read, and which field of the record it fills."""

from __future__ import annotations

import builtins
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui_booking.models.choices import Choice


class Type(StrEnum):
    """How the cells of a column are read; values.py has one reader for each."""

    CODE = "code"
    NAME = "name"
    TEXT = "text"
    ID = "id"
    URL = "url"
    HANDLE = "handle"
    PHONE = "phone"
    EMAIL = "email"
    WHOLE = "whole"
    MONEY = "money"
    EXCHANGE = "exchange"
    RATE = "rate"
    DATE = "date"
    TIME = "time"
    FLAG = "flag"
    CURRENCY = "currency"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an import file.

    `key` columns must be in the header and filled in every row; `required` ones are needed by rows that create a
    record. `field` is the field of the record that the column fills, or None where it only serves to find a record.
    `path` says where an export reads it from, as SQL over the record `t` and the records it refers to; it defaults to
    the field itself. `currency` names the column that says in which currency an amount is.
    """

    name: str
    type: Type
    key: bool = False
    required: bool = False
    field: str | None = None
    path: str | None = None
    choices: builtins.type[Choice] | None = None
    minimum: int | None = 0
    maximum: int | None = None
    currency: str | None = None
    about: str = ""
