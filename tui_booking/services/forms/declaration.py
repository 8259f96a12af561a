"""What a form is: the fields of one kind of record, what each takes, and what it starts with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Literal

from tui_booking.models.choices import Choice

# What a field holds in Python: text, code, long_text, markdown: str (None where nothing is known and the field may be
# null); count: int; money, rate (of exchange): Decimal; percent: float, a ratio (0.085 is 8.5 %); date; moment: aware,
# in UTC; choice: a word of `words`; flag: bool; reference: the other record's UUID; currency: its code; json: what JSON
# holds.
FieldKind = Literal[
    "text", "code", "long_text", "markdown", "json", "count", "money", "rate", "percent", "date", "moment", "choice",
    "flag", "reference", "currency",
]  # fmt: skip

CODE_LENGTH = 100
NAME_LENGTH = 255
TEXT_LENGTH = 1_000_000
LINK_BYTES = 2000


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a reference may point at depends on another field of the form.

    `field` is that field, `condition` SQL over the referred table `t` with `?` for the other field's value; nothing is
    narrowed where that is empty, unless `needed`: then there is nothing to choose from yet.
    """

    field: str
    condition: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form; `name` is the field of the record.

    `label` and `help` are translated where they are shown. `reads` says how a text is brought into its normal form.
    `nullable`: empty is None, not ''. `currency` is the form's field that has the currency of an amount (None: VND), or
    `reference.field` where the record that a reference points at has it. Numbers are at least `minimum` (None: any).
    A `read_only` field is computed or taken from another record; what a form gives for it is not looked at.
    `starts_today`: a new record has today's date there, or the present moment.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    words: type[Choice] | None = None
    reference: str | None = None
    narrowed_by: Narrowing | None = None
    currency: str | None = None
    default: Any = None
    starts_today: bool = False
    help: str = ""
    minimum: int | None = 0
    maximum: int | None = None
    longest: int | None = None
    nullable: bool = False
    reads: Literal["", "handle", "phone", "email", "link"] = ""
    read_only: bool = False

    @property
    def limit(self) -> int:
        """How many characters a text may have."""
        if self.longest is not None:
            return self.longest
        return {"code": CODE_LENGTH, "text": NAME_LENGTH}.get(self.kind, TEXT_LENGTH)

    @property
    def empty(self) -> Any:
        """The value of a field in which nothing is written."""
        is_text = self.kind in ("text", "code", "long_text", "markdown")
        return "" if is_text and not self.nullable else None


def choice(name: str, label: str, default: Choice) -> FormField:
    """A field that always holds one word of a few."""
    return FormField(name, label, "choice", required=True, words=type(default), default=default)


def count(name: str, label: str, *, about: str = "") -> FormField:
    """A field that always holds a whole number."""
    return FormField(name, label, "count", required=True, default=0, help=about)


def money(name: str, label: str, *, currency: str | None = None, about: str = "") -> FormField:
    """A field that always holds an amount."""
    return FormField(name, label, "money", required=True, currency=currency, default=Decimal(0), help=about)


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a kind of record; `title` is what one such record is called, translated where it is shown."""

    kind: str
    title: str
    fields: tuple[FormField, ...]

    def field(self, name: str) -> FormField:
        """The field of that name; raises KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def start(self, today: date) -> dict[str, Any]:
        """The values of a new record, before anything is written; `today` in the operator's zone."""
        return {field.name: _start(field, today) for field in self.fields}


def _start(field: FormField, today: date) -> Any:
    if field.starts_today:
        # To the minute, as it is written.
        return datetime.now(UTC).replace(second=0, microsecond=0) if field.kind == "moment" else today
    if field.default is not None:
        return dict(field.default) if isinstance(field.default, dict) else field.default
    return field.empty
