"""The records that hang on another one, in its detail: made, edited in place, given a status and deleted there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from textual import on, work
from textual.binding import BindingType
from textual.message import Message

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.declarations import Column, Query
from tui_booking.services.desk import Desk, Superseded
from tui_booking.services.fields import FORMS, FormField
from tui_booking.ui.commands import binding_of
from tui_booking.ui.formats import format_value
from tui_booking.ui.panes.deleting import is_to_be_deleted
from tui_booking.ui.widgets.record_table import RecordTable

# Records with a list of their own, where Enter goes.
HAS_LIST = ("brand", "campaign", "creator", "booking", "video", "payment", "product", "template", "rule")
# What ties two records is not where one wants to go, but the other record: the reference to it.
_TIES = {"campaign_product": "product", "campaign_creator": "creator", "creator_tag_map": "tag"}


class ChildRecords(RecordTable):
    """A table of what hangs on a record. Enter goes to a record that has a list of its own, and edits the cell else."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding_of("detail.new"),
        binding_of("detail.edit"),
        binding_of("detail.delete"),
        binding_of("detail.status"),
    ]

    class Jumped(Message):
        """A record is wanted in its own list."""

        def __init__(self, kind: str, id: UUID) -> None:  # noqa: A002
            super().__init__()
            self.kind, self.id = kind, id

    class Edited(Message):
        """Something was changed here; `undo` takes it back."""

        def __init__(self, undo: Any) -> None:
            super().__init__()
            self.undo = undo

    is_inline = False

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        # What asks before it deletes waits here for what asked before it.
        self._in_turn = asyncio.Lock()

    def show_children(self, query: Query, *, is_inline: bool) -> None:
        """Show what hangs on the query's parent, which is not told again in each row."""
        self.is_inline = is_inline
        self.empty = _("Nothing here yet: n makes one.") if is_inline else _("Nothing here yet.")
        parent = query.parent[0] if query.parent else ""
        # As they were chosen and sorted for another record.
        before = self.asked
        is_alike = before is not None and before.parent is not None and before.parent[0] == parent
        if before is not None and is_alike and before.listing.name == query.listing.name:
            self.show(replace(query, order=before.order))
        else:
            self.show(query, columns=[one.name for one in query.listing.columns if one.shown and one.name != parent])

    @property
    def kind(self) -> str:
        return self.asked.listing.kind if self.asked is not None else ""

    @property
    def chosen(self) -> list[UUID]:
        """The marked records, else the one under the cursor."""
        return sorted(self.marked) or ([self.cursor_id] if self.cursor_id is not None else [])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        # Where nothing is edited here, the keys mean the record whose detail this is.
        if action in {"new", "edit", "delete", "status"}:
            return self.is_inline and self.kind in FORMS and (action != "status" or _status(self.kind) is not None)
        return super().check_action(action, parameters)

    @on(RecordTable.RecordOpened)
    def _opened(self, event: RecordTable.RecordOpened) -> None:
        event.stop()
        kind, column = self.kind, self.cursor_column
        if kind in HAS_LIST:
            self.post_message(self.Jumped(kind, event.id))
        elif kind in _TIES:
            self._follow(kind, event.id)
        elif self.is_inline and kind in FORMS:
            self._edit(event.id, field_of(kind, column) if column is not None else None)
        else:
            self._view(kind, event.id)

    def action_new(self) -> None:
        query = self.asked
        assert query is not None
        preset: dict[str, Any] = {}
        if query.parent is not None:
            field = next((one for one in FORMS[self.kind].fields if one.reference == query.parent[0]), None)
            preset = {field.name: query.parent[1]} if field is not None else {}
        self._edit(None, None, preset)

    def action_edit(self) -> None:
        if self.cursor_id is not None:
            self._edit(self.cursor_id, None)

    @work(exit_on_error=False, group="dialog")
    async def _edit(self, id: UUID | None, field: FormField | None, preset: dict[str, Any] | None = None) -> None:  # noqa: A002
        from tui_booking.ui.screens.record_form import RecordForm

        only = field.name if field is not None else ""
        form = RecordForm(self._desk, self.kind, id, preset=preset, only=only)
        saved = await self.app.push_screen_wait(form)
        # What was made on the way can be taken back too, also where the form was left.
        for made in form.made:
            self.post_message(self.Edited(made.undo))
        if saved is not None:
            self._changed(saved.undo, keep=saved.id)

    @work(exit_on_error=False, group="dialog")
    async def action_status(self) -> None:
        from tui_booking.ui.screens.status_dialog import StatusDialog

        if ids := self.chosen:
            self._changed(await self.app.push_screen_wait(StatusDialog(self._desk, self.kind, ids)))

    @work(exit_on_error=False, group="dialog")
    async def action_delete(self) -> None:
        from tui_booking.services import records

        ids, kind, operator = self.chosen, self.kind, self._desk.settings.operator
        if not ids:
            return
        try:
            async with self._in_turn:
                if not await is_to_be_deleted(self.app, self._desk, kind, ids):
                    return
            undo = await self._desk.write(
                lambda store: records.delete(store, kind, ids, together=True, operator=operator)
            )
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(self.Failed(self, error))
            return
        self.clear_marks()
        self._changed(undo)

    def _changed(self, undo: Any, *, keep: UUID | None = None) -> None:
        if undo is None and keep is None:
            return
        self.reload(keep=keep)
        self.post_message(self.Edited(undo))

    @work(exclusive=True, exit_on_error=False, group="follow")
    async def _follow(self, kind: str, id: UUID) -> None:  # noqa: A002
        """Go to the record at the other end of a tie."""
        from tui_booking.services.records import load

        field = FORMS[kind].field(_TIES[kind])
        parent = self.asked.parent if self.asked is not None else None
        if parent is not None and parent[0] == field.reference:
            # Seen from that end, the other one is the one that is not shown.
            field = next(one for one in FORMS[kind].fields if one.kind == "reference" and one.name != field.name)
        try:
            loaded = await self._desk.ask(lambda store: load(store, kind, id))
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(self.Failed(self, error))
            return
        self.post_message(self.Jumped(field.reference or "", loaded.values[field.name]))

    @work(exclusive=True, exit_on_error=False, group="follow")
    async def _view(self, kind: str, id: UUID) -> None:  # noqa: A002
        """Show all of a record that is only read."""
        from tui_booking.services.overviews import overview

        try:
            facts = await self._desk.ask(lambda store: overview(store, kind, id))
        except Superseded:
            return
        except BookingCenterError as error:
            self.post_message(self.Failed(self, error))
            return
        told = [f"{one.label}: {format_value(one.value, one.kind, currency=one.currency)}" for one in facts]
        from tui_booking.ui.screens.text_view import TextView

        self.app.push_screen(TextView(_(self.asked.listing.label) if self.asked is not None else "", "\n".join(told)))


def field_of(kind: str, column: Column) -> FormField | None:
    """The field of the form that a column shows as it is stored; None for one that is worked out."""
    for field in FORMS[kind].fields:
        if column.sql in {f"r.{field.name}", f"r.{field.name}_id"} and not field.read_only:
            return field
    return None


def _status(kind: str) -> FormField | None:
    return next((one for one in FORMS[kind].fields if one.name == "status"), None)
