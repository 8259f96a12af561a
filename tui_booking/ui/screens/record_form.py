"""The form of a record of any kind: drawn from what services declare, checked while one types, saved by Ctrl+S."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import DescendantFocus
from textual.widgets import Input, Static

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, ngettext
from tui_booking.services import records
from tui_booking.services.checking import check_form
from tui_booking.services.desk import Desk, Superseded, is_lost
from tui_booking.services.fields import FORMS, Form
from tui_booking.services.references import name_references
from tui_booking.ui.screens.confirm import Confirm
from tui_booking.ui.screens.conflict import ConflictScreen, Difference
from tui_booking.ui.screens.dialog import Dialog, ask
from tui_booking.ui.widgets.fields import FieldRow
from tui_booking.ui.widgets.form_rows import FormRows
from tui_booking.ui.widgets.suggest_fields import SuggestRow

# The field of a new record that what was typed is written into.
_NAMES = ("name", "title", "username", "handle", "code_value", "code")
# How long after a connection broke a form that could not be filled is tried again.
_RETRY_SECONDS = 2.0


class RecordForm(Dialog[records.Saved | None]):
    """Make a record of a kind, or change the one with this id. What was saved, or None where it was left.

    `preset` are values that a new record starts with. With `only` one field is asked for, which Enter saves.
    `first` is the field to begin with, where that is not the first in which nothing is written.
    """

    DEFAULT_CSS = """
    RecordForm {
        & > #box { max-height: 100%; width: 96; }
        & #fields { height: auto; margin: 1 0; scrollbar-size-vertical: 1; }
        & FieldRow { margin-bottom: 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "save", show=False, id="form.save"),
        Binding("up", "app.focus_previous", show=False),
        Binding("down", "app.focus_next", show=False),
        Binding("enter", "go_on", show=False),
    ]
    AUTO_FOCUS = ""

    def __init__(
        self,
        desk: Desk,
        kind: str,
        id: UUID | None = None,  # noqa: A002
        *,
        preset: Mapping[str, Any] | None = None,
        only: str = "",
        first: str = "",
        form: Form | None = None,
    ) -> None:
        self.form = form or FORMS[kind]
        name = _(self.form.title)
        super().__init__(_("{kind}: new").format(kind=name) if id is None else name)
        self._only, self._first = only, first
        self.desk, self.kind, self.record_id = desk, kind, id
        self._preset = dict(preset or {})
        self._seen: records.Loaded | None = None
        self._is_ready = False
        self._is_saving = False
        self._was_tried = False
        self._counted = 0
        # What was made on the way, for references to point at. It is there whether this form is saved or left.
        self.made: list[records.Saved] = []
        self.rows = FormRows(desk, self.form)

    def body(self) -> ComposeResult:
        with VerticalScroll(id="fields", can_focus=False):
            for row in self.rows:
                row.display = self._only in {"", row.field_name}
                yield row
        yield Static("…", id="state", markup=False)

    def keys(self) -> str:
        if self._only:
            return _("Enter saves · Esc leaves")
        return _("Ctrl+S or F2 saves · Esc leaves · Tab ↑ ↓ fields · * is needed")

    def on_mount(self) -> None:
        self._start()

    def on_resize(self) -> None:
        self.call_after_refresh(self.fit_body)

    def fit_body(self) -> None:
        self.fit(self.query_one("#fields"))

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        row = next((node for node in event.widget.ancestors_with_self if isinstance(node, FieldRow)), None)
        if row is not None:
            self.call_after_refresh(row.scroll_visible, animate=False)

    # Starting.

    @work(exclusive=True, exit_on_error=False, group="load")
    async def _start(self) -> None:
        try:
            if self.record_id is None:
                values = self.form.start(self.desk.today) | self._preset
            else:
                kind, id = self.kind, self.record_id  # noqa: A001
                self._seen = await ask(self.desk, lambda store: records.load(store, kind, id))
                values = self._seen.values
            # One layout for all fields, not one for each.
            with self.app.batch_update():
                await self._load(values)
        except Superseded:
            return
        except BookingCenterError as error:
            self.tell(error)
            if is_lost(error):
                self.set_timer(_RETRY_SECONDS, self._start)
            return
        self._is_ready = True
        self.say("")
        self._tell_state("")
        self._focus_first()

    async def _load(self, values: Mapping[str, Any]) -> None:
        names = await self.rows.names_in(values)
        # References first: an amount is written in the currency of what its record points at.
        fields = sorted(self.form.fields, key=lambda field: field.kind == "money")
        for field in (one for one in fields if one.kind != "money"):
            self.rows.load(field.name, values.get(field.name), names)
        await self.rows.learn_currencies()
        for field in (one for one in fields if one.kind == "money"):
            self.rows.load(field.name, values.get(field.name), names)

    def _focus_first(self) -> None:
        """The first field, or of a new record the first in which nothing is written yet."""
        if self._only or self._first:
            self.rows.by_name[self._only or self._first].take_focus()
            return
        rows = list(self.rows.written.values())
        if self.record_id is None:
            rows = [row for row in rows if row.field_name not in self._preset and not row.value] or rows
        if rows:
            rows[0].take_focus()

    # Checking.

    @on(FieldRow.Edited)
    def _edit(self, event: FieldRow.Edited) -> None:
        event.stop()
        field = self.form.field(event.row.field_name)
        if any((one.currency or "").partition(".")[0] == field.name for one in self.form.fields):
            self._read_amounts()
        self._check()

    @work(exclusive=True, exit_on_error=False, group="currency")
    async def _read_amounts(self) -> None:
        try:
            await self.rows.learn_currencies()
        except Superseded:
            return
        except BookingCenterError as error:
            self.tell(error)
            return
        self.rows.read_amounts()
        self._check()

    def _check(self, found: Mapping[str, str] | None = None) -> None:
        """Say under each field what is wrong with it; of a field that nobody was in yet only once saving was tried."""
        unread = self.rows.problems
        problems = dict(check_form(self.form, self.rows.values)) | dict(found or {}) | unread
        for name, row in self.rows.written.items():
            is_due = row.was_touched or self._was_tried or name in (found or {})
            row.say("" if row.is_underway or not is_due else problems.get(name, ""), row.read_hint)
        if self._counted:
            self._tell_count()

    # Saving.

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_go_on()

    def action_go_on(self) -> None:
        """Enter goes to the next field; with one field only it saves."""
        if self._only:
            self.action_save()
        else:
            self.focus_next()

    def action_save(self) -> None:
        if not self._is_ready or self._is_saving:
            return
        for row in self.rows:
            # An open list keeps its field from saying what is wrong with it.
            row.leave()
        self._was_tried = True
        self._check()
        if self._point_at_first():
            return
        self._is_saving = True
        self._save()

    def _point_at_first(self) -> bool:
        """Focus the first field with something wrong; False where there is none."""
        wrong = [row for row in self.rows if row.message]
        if not wrong:
            self.say("")
            return False
        wrong[0].take_focus()
        self._tell_count()
        return True

    def _tell_count(self) -> None:
        """How many fields are to be corrected, for as long as any is."""
        self._counted = sum(bool(row.message) for row in self.rows)
        many = ngettext("{count} field is to be corrected.", "{count} fields are to be corrected.", self._counted)
        self.say(many.format(count=self._counted) if self._counted else "")

    @work(exit_on_error=False, group="save")
    async def _save(self) -> None:
        # Where another program writes, this waits; the keys do not.
        sign = self.set_timer(0.15, lambda: self._tell_state(_("Saving …")))
        try:
            saved = await self._write()
        except Superseded:
            saved = None
        except BookingCenterError as error:
            self.tell(error)
            saved = None
        finally:
            sign.stop()
            self._is_saving = False
            self._tell_state("")
        if saved is not None:
            self.dismiss(saved)

    async def _write(self) -> records.Saved | None:
        kind, id, values, seen = self.kind, self.record_id, self.rows.values, self._seen  # noqa: A001
        operator = self.desk.settings.operator
        try:
            return await self.desk.write(
                lambda store: records.save(store, kind, id, values, operator=operator, seen=seen)
            )
        except records.Invalid as invalid:
            self._show_invalid(invalid.problems)
        except records.Conflict as conflict:
            await self._ask_whose(conflict)
        return None

    def _show_invalid(self, problems: Mapping[str, str]) -> None:
        self._check(problems)
        known = {name: text for name, text in problems.items() if name in self.rows.written}
        if known:
            self._point_at_first()
        if len(known) < len(problems):
            self.say("\n".join(text for name, text in problems.items() if name not in known))

    async def _ask_whose(self, conflict: records.Conflict) -> None:
        """Ask whose values stay; where that is left open, so is the form."""
        several = [{name: three[place] for name, three in conflict.fields.items()} for place in range(3)]
        names = await self.rows.names_in(*several)
        differences = [
            Difference(
                name,
                _(self.form.field(name).label),
                *(self.rows.tell(self.form.field(name), value, names) for value in three),
            )
            for name, three in conflict.fields.items()
        ]
        self.app.push_screen(ConflictScreen(differences), partial(self._settle, conflict))

    def _settle(self, conflict: records.Conflict, taken: Mapping[str, str] | None) -> None:
        if taken is not None:
            self._is_saving = True
            self._save_settled(conflict, taken)

    @work(exit_on_error=False, group="save")
    async def _save_settled(self, conflict: records.Conflict, taken: Mapping[str, str]) -> None:
        """Take the record as it is now with the values that stay, and save that."""
        mine = {
            name: row.state
            for name, row in self.rows.written.items()
            if taken.get(name, "mine" if row.is_changed else "theirs") == "mine"
        }
        try:
            await self._load(conflict.now.values)
        except Superseded:
            return
        except BookingCenterError as error:
            # Whose values stay is asked again when it is saved again.
            self.tell(error)
            return
        finally:
            for name, state in mine.items():
                self.rows.by_name[name].restore(state)
            self._is_saving = False
        self._seen = conflict.now
        self._check()
        self.action_save()

    def _tell_state(self, text: str) -> None:
        line = self.query_one("#state", Static)
        line.update(Content(text))
        line.display = bool(text)
        self.call_after_refresh(self.fit_body)

    # Leaving.

    @property
    def would_lose(self) -> bool:
        """Whether something was written that is nowhere else."""
        return self._is_ready and any(row.is_changed for row in self.rows)

    def action_leave(self) -> None:
        if self._is_saving:
            return
        if not self.would_lose:
            self.dismiss(None)
            return
        asked = Confirm(_("Leave without saving?"), _("What you wrote is lost."), yes=_("Leave"), no=_("Stay"))
        self.app.push_screen(asked, self._leave_if)

    def _leave_if(self, is_sure: bool | None) -> None:
        if is_sure:
            self.dismiss(None)

    # Making what a reference is to point at.

    @on(SuggestRow.NewAsked)
    def _make(self, event: SuggestRow.NewAsked) -> None:
        event.stop()
        field = self.form.field(event.row.field_name)
        kind = field.reference or ""
        names = [one.name for one in FORMS[kind].fields if not one.read_only]
        preset: dict[str, Any] = {}
        if event.typed:
            named = next((name for name in _NAMES if name in names), None)
            preset = {named: event.typed} if named else {}
        narrowed = field.narrowed_by
        if narrowed is not None and narrowed.field in names:
            preset[narrowed.field] = self.rows.by_name[narrowed.field].value
        form = RecordForm(self.desk, kind, preset=preset)
        # What is made on the way of that form was made on the way of this one.
        form.made = self.made
        self.app.push_screen(form, partial(self._made, event.row, kind))

    def _made(self, row: SuggestRow, kind: str, saved: records.Saved | None) -> None:
        row.take_focus()
        if saved is not None:
            self.made.append(saved)
            self._point_at(row, kind, saved)

    @work(exit_on_error=False, group="name")
    async def _point_at(self, row: SuggestRow, kind: str, saved: records.Saved) -> None:
        """Let a reference point at what was made for it."""
        try:
            names = await ask(self.desk, lambda store: name_references(store, kind, [saved.id]))
        except BookingCenterError as error:
            self.tell(error)
            return
        row.choose(saved.id, names[saved.id].label)
