"""The rows of a form from its declaration: a row for each field by its kind, and how fields read each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from rich.cells import cell_len

from tui_booking.language import _, label_of, spoken
from tui_booking.services import records
from tui_booking.services.desk import Desk
from tui_booking.services.fields import FORMS, Form, FormField
from tui_booking.services.parsing import Unreadable, read, written
from tui_booking.services.references import Candidate, can_be_found, find_references, name_references
from tui_booking.ui.screens.dialog import ask
from tui_booking.ui.widgets.choice_fields import ChoiceRow, yes_or_no
from tui_booking.ui.widgets.fields import FieldRow, ShownRow
from tui_booking.ui.widgets.pick_list import Pick
from tui_booking.ui.widgets.plainly import plain
from tui_booking.ui.widgets.suggest_fields import NEW, NOTHING_YET, SuggestRow
from tui_booking.ui.widgets.text_fields import AreaRow, TextRow

# The widest column of labels; what is longer goes on below.
_WIDEST_LABEL = 22
_SHORT = ("count", "money", "rate", "percent", "date", "moment", "currency")
_LONG = {"long_text": 3, "markdown": 6, "json": 6}
# A text that is the point of its record, as that of a template.
_BIG = 12


class FormRows:
    """Makes, fills and reads the rows of one form."""

    def __init__(self, desk: Desk, form: Form) -> None:
        self._desk, self._form = desk, form
        self._zone = desk.settings.zone_info
        # Currencies of records that references point at, by the field that points and the id.
        self._currencies: dict[tuple[str, UUID], str | None] = {}
        self.by_name: dict[str, FieldRow] = {field.name: self._new_row(field) for field in form.fields}
        widest = max(cell_len(plain(_(field.label))) + 2 * field.required for field in form.fields)
        for row in self.by_name.values():
            row.align(min(widest, _WIDEST_LABEL))

    def __iter__(self) -> Any:
        return iter(self.by_name.values())

    @property
    def written(self) -> dict[str, FieldRow]:
        """The rows that a person writes in."""
        return {name: row for name, row in self.by_name.items() if not isinstance(row, ShownRow)}

    @property
    def values(self) -> dict[str, Any]:
        """What is written, by field; of what cannot be read the field's empty value."""
        return {name: row.value for name, row in self.written.items()}

    @property
    def problems(self) -> dict[str, str]:
        """What cannot be read, by field."""
        return {name: row.problem for name, row in self.by_name.items() if row.problem}

    async def names_in(self, *several: Mapping[str, Any]) -> dict[UUID, Candidate]:
        """What the records are called that these values, by field, point at."""
        wanted: dict[str, set[UUID]] = {}
        for field in self._form.fields:
            if field.kind != "reference":
                continue
            found = {values[field.name] for values in several if values.get(field.name) is not None}
            if found:
                wanted.setdefault(field.reference or "", set()).update(found)
        if not wanted:
            return {}
        # No group: a form over this one may ask the same.
        return await ask(self._desk, lambda store: _name_all(store, wanted))

    def load(self, name: str, value: Any, names: Mapping[UUID, Candidate]) -> None:
        """Let a field start with a value."""
        field, row = self._form.field(name), self.by_name[name]
        if isinstance(row, ShownRow):
            row.show(self.tell(field, value, names))
        elif isinstance(row, SuggestRow):
            row.load(value, self.tell(field, value, names))
        else:
            row.load(value)

    def tell(self, field: FormField, value: Any, names: Mapping[UUID, Candidate]) -> str:
        """A value as a person reads it."""
        if value is None:
            return ""
        if field.kind == "reference":
            found = names.get(value)
            return found.label if found is not None else str(value)
        return written(field, value, zone=self._zone, currency=self._currency(field))

    async def learn_currencies(self) -> None:
        """Read in which currency the records are that amounts take theirs from."""
        for field in self._form.fields:
            pointing, _dot, _name = (field.currency or "").partition(".")
            value = self.by_name[pointing].value if _dot and pointing in self.by_name else None
            if value is None or (pointing, value) in self._currencies:
                continue
            kind = self._form.field(pointing).reference or ""
            loaded = await ask(self._desk, partial(_load, kind=kind, id=value))
            self._currencies[pointing, value] = loaded.values.get(_name)

    def read_amounts(self) -> None:
        """Read the amounts again: they may have another currency."""
        for field in self._form.fields:
            if field.kind == "money":
                self.by_name[field.name].read()

    def _currency(self, field: FormField) -> str | None:
        if field.currency is None:
            return None
        pointing, dot, _name = field.currency.partition(".")
        row = self.by_name.get(pointing)
        value = row.value if row is not None else None
        return self._currencies.get((pointing, value)) if dot and value is not None else value or None

    def _new_row(self, field: FormField) -> FieldRow:
        label, about = _(field.label), _(field.help)
        if field.read_only:
            return ShownRow(field.name, label, about=about)
        if field.kind == "choice":
            words = [(word, label_of(word)) for word in field.words or ()]
            options = words if field.required else [(None, "–"), *words]
            return ChoiceRow(field.name, label, options, required=field.required, about=about)
        if field.kind == "flag":
            return ChoiceRow(field.name, label, yes_or_no(), about=about)
        if field.kind == "reference":
            return SuggestRow(field.name, label, self._offer(field), required=field.required, about=about)
        read_text, write_text = self._reader(field), self._writer(field)
        if field.kind in _LONG:
            lines = _BIG if field.required and field.kind == "markdown" else _LONG[field.kind]
            return AreaRow(
                field.name, label, read=read_text, write=write_text, required=field.required, about=about, lines=lines
            )
        return TextRow(
            field.name, label, read=read_text, write=write_text, required=field.required, about=about,
            short=field.kind in _SHORT,
        )  # fmt: skip

    def _reader(self, field: FormField) -> Callable[[str], tuple[Any, str, str]]:
        def read_text(text: str) -> tuple[Any, str, str]:
            currency = self._currency(field)
            try:
                reading = read(field, text, today=self._desk.today, zone=self._zone, currency=currency)
            except Unreadable as problem:
                return field.empty, "", problem.message
            self._take_along(reading.also)
            return reading.value, reading.note or self._hint(field, text, reading.value), ""

        return read_text

    def _writer(self, field: FormField) -> Callable[[Any], str]:
        return lambda value: written(field, value, zone=self._zone, currency=self._currency(field))

    def _take_along(self, also: Mapping[str, Any]) -> None:
        """What a text says of other fields, as an address says the platform."""
        for name, value in also.items():
            row = self.by_name.get(name)
            if row is None or isinstance(row, ShownRow) or row.value == value:
                continue
            row.restore(value if isinstance(row, ChoiceRow) else written(self._form.field(name), value))

    def _hint(self, field: FormField, text: str, value: Any) -> str:
        """How a text is read, where that is not what stands there."""
        if value is None or field.kind in _LONG:
            return ""
        if field.kind == "date":
            return _day(value)
        if field.kind == "moment":
            return f"{_day(value.astimezone(self._zone))} {written(field, value, zone=self._zone).partition(' ')[2]}"
        shown = written(field, value, zone=self._zone, currency=self._currency(field))
        if field.kind == "money":
            return f"{shown} {self._currency(field) or 'VND'}"
        return f"→ {shown}" if shown != text.strip() else ""

    def _offer(self, field: FormField) -> Callable[[str], Any]:
        async def offer(typed: str) -> Sequence[Pick]:
            kind, narrowing = field.reference or "", field.narrowed_by
            condition, params = "", []
            if narrowing is not None:
                other = self.by_name[narrowing.field].value
                if other is None and narrowing.needed:
                    first = _(self._form.field(narrowing.field).label)
                    return [Pick(NOTHING_YET, _("First choose: {field}").format(field=first))]
                if other is not None:
                    condition, params = narrowing.condition, [other]
            found = await ask(
                self._desk,
                lambda store: find_references(store, kind, typed, condition=condition, params=params),
                f"offer {field.name}",
            )
            picks = [Pick(one.id, one.label, one.hint) for one in found]
            if kind in FORMS:
                made = _("+ New: {name}").format(name=typed.strip()) if typed.strip() else _("+ New")
                picks.append(Pick(NEW, made, _(FORMS[kind].title)))
            return picks

        return offer


def _load(store: Any, *, kind: str, id: UUID) -> records.Loaded:  # noqa: A002
    return records.load(store, kind, id)


def _name_all(store: Any, wanted: Mapping[str, set[UUID]]) -> dict[UUID, Candidate]:
    names: dict[UUID, Candidate] = {}
    for kind, ids in wanted.items():
        if can_be_found(kind):
            names |= name_references(store, kind, ids)
    return names


def _day(day: date | datetime) -> str:
    # Babel is read when the first date is typed, not when the app starts.
    from babel.dates import format_date

    pattern = "EEE dd/MM/yyyy" if spoken() == "en" else "EEE, dd/MM/yyyy"
    return str(format_date(day, pattern, locale=spoken()))
