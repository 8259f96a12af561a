"""By what a list is narrowed, as a form drawn from the filters that the list declares."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.events import DescendantFocus
from textual.widgets import Input

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, label_of, ngettext
from tui_booking.services.declarations import Filter, FilterValue, Listing, Period
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.fields import FormField
from tui_booking.services.parsing import Unreadable, read, written
from tui_booking.services.references import Candidate, find_references, name_references
from tui_booking.ui.screens.dialog import Dialog, ask
from tui_booking.ui.widgets.choice_fields import ChoiceRow
from tui_booking.ui.widgets.fields import FieldRow
from tui_booking.ui.widgets.filter_rows import PeriodRow, SeveralRow
from tui_booking.ui.widgets.pick_list import Pick
from tui_booking.ui.widgets.suggest_fields import SuggestRow
from tui_booking.ui.widgets.text_fields import TextRow

if TYPE_CHECKING:
    from tui_booking.models.database import Store

Filters = tuple[tuple[str, FilterValue], ...]


class FilterForm(Dialog[Filters | None]):
    """Asks for filters, the current ones filled in; those that hold from now on, or None where it is left."""

    DEFAULT_CSS = """
    FilterForm { & #fields { height: auto; margin: 1 0; scrollbar-size-vertical: 1; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2,enter", "take", show=False, id="filter.take"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("ctrl+r,f4", "clear", show=False, id="filter.clear"),
    ]
    AUTO_FOCUS = ""

    def __init__(self, desk: Desk, listing: Listing, filters: Iterable[tuple[str, FilterValue]] = ()) -> None:
        super().__init__(_("Filter: {list}").format(list=_(listing.label)))
        self._desk, self._listing = desk, listing
        self._current = dict(filters)
        self._was_tried = False
        self._rows = {one.name: self._new_row(one) for one in listing.filters}

    def body(self) -> ComposeResult:
        with VerticalScroll(id="fields", can_focus=False):
            yield from self._rows.values()

    def keys(self) -> str:
        return _("Ctrl+S filters · F4 clears all · Esc leaves · Tab ↑ ↓ fields")

    def on_mount(self) -> None:
        widest = max((len(row.label) for row in self._rows.values()), default=0)
        for name, row in self._rows.items():
            row.align(min(widest, 24))
            if isinstance(row, SuggestRow) and not isinstance(row, PeriodRow):
                continue
            row.load(self._current.get(name, () if isinstance(row, SeveralRow) else None))
        if self._rows:
            next(iter(self._rows.values())).take_focus()
        self._name_references()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fit_body)

    def fit_body(self) -> None:
        self.fit(self.query_one("#fields"))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        row = next((node for node in event.widget.ancestors_with_self if isinstance(node, FieldRow)), None)
        if row is not None:
            self.call_after_refresh(row.scroll_visible, animate=False)

    @work(exclusive=True, exit_on_error=False, group="names")
    async def _name_references(self) -> None:
        """What the current references are called."""
        for one in self._listing.filters:
            value, row = self._current.get(one.name), self._rows[one.name]
            if not isinstance(value, UUID) or not isinstance(row, SuggestRow):
                continue
            try:
                names = await ask(self._desk, partial(_name_one, kind=one.reference or "", id=value))
            except Superseded:
                return
            except BookingCenterError as error:
                self.tell(error)
                return
            row.load(value, names[value].label if value in names else str(value))

    @on(FieldRow.Edited)
    def _edit(self, event: FieldRow.Edited) -> None:
        event.stop()
        is_due = isinstance(event.row, TextRow) or (self._was_tried and not event.row.is_underway)
        event.row.say(event.row.problem if is_due else "", event.row.read_hint)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def action_clear(self) -> None:
        for row in self._rows.values():
            row.load(() if isinstance(row, SeveralRow) else None)
            row.say("")
        self.say("")

    def action_take(self) -> None:
        self._was_tried = True
        for row in self._rows.values():
            row.leave()
        wrong = [row for row in self._rows.values() if row.problem]
        for row in wrong:
            row.say(row.problem)
        if wrong:
            wrong[0].take_focus()
            many = ngettext("{count} field is to be corrected.", "{count} fields are to be corrected.", len(wrong))
            self.say(many.format(count=len(wrong)))
            return
        found = [(name, row.value) for name, row in self._rows.items()]
        self.dismiss(tuple((name, value) for name, value in found if not _is_open(value)))

    def _new_row(self, one: Filter) -> FieldRow:
        label = _(one.label)
        if one.kind == "choice":
            return SeveralRow(one.name, label, [(word.value, label_of(word)) for word in one.words or ()])
        if one.kind == "flag":
            return ChoiceRow(one.name, label, [(None, _("any")), (True, _("Yes"))])
        if one.kind == "period":
            return PeriodRow(one.name, label, self._desk.today)
        if one.kind == "reference":
            return SuggestRow(one.name, label, self._offer(one))
        is_number = one.kind in ("at_least", "at_most")
        field = FormField(one.name, one.label, "count" if is_number else "long_text")
        return TextRow(
            one.name, label, read=_reader(field), write=lambda value: written(field, value),
            short=is_number,
        )  # fmt: skip

    def _offer(self, one: Filter) -> Any:
        async def offer(typed: str) -> list[Pick]:
            kind = one.reference or ""
            found = await ask(self._desk, lambda store: find_references(store, kind, typed), f"offer {one.name}")
            return [Pick(each.id, each.label, each.hint) for each in found]

        return offer


def _name_one(store: Store, *, kind: str, id: UUID) -> dict[UUID, Candidate]:  # noqa: A002
    return name_references(store, kind, [id])


def _reader(field: FormField) -> Any:
    def read_text(text: str) -> tuple[Any, str, str]:
        try:
            value = read(field, text, today=date.min).value
        except Unreadable as problem:
            return None, "", problem.message
        shown = written(field, value)
        return value, shown if shown != text.strip() else "", ""

    return read_text


def _is_open(value: object) -> bool:
    """Whether a filter lets everything through."""
    return value in (None, "", ()) or value == Period()
