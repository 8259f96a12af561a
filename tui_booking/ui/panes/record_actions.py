"""What the keys of a table do to its records: make, edit, delete, restore, change, pay, shortlist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

from textual import work

from tui_booking.errors import BookingCenterError
from tui_booking.language import _, ngettext
from tui_booking.ui import formats
from tui_booking.ui.panes.deleting import is_to_be_deleted
from tui_booking.ui.panes.list_keys import ListKeys

# What has a status that is changed with a note.
WITH_STATUS = ("campaign", "creator", "booking", "booking_deliverable", "video", "payment")
# Lists that are written by the program alone.
READ_ONLY = ("booking_status_history", "rule_log", "import_run", "import_file")


class RecordActions(ListKeys):
    """The actions of TablePane, apart from what it shows."""

    # Looking.

    async def action_open(self) -> None:
        await self._open_detail(focus=True)

    def action_reload(self) -> None:
        self.reload()

    def action_deleted(self) -> None:
        table = self.at
        if table.asked is not None:
            self.narrow_at(table, replace(table.asked, deleted=not table.asked.deleted))

    def action_view(self) -> None:
        """The next list of the section."""
        if self.section is None or self.asked is None:
            return
        if len(self.section.listings) < 2:
            self.say(_("This section has one list alone."))
            return
        names = self.section.listings
        self.show_section(self.section, names[(names.index(self.asked.listing.name) + 1) % len(names)])

    def action_board(self) -> None:
        from tui_booking.ui.panes.table_pane import TablePane

        if self.asked is not None and self.asked.listing.name == "bookings":
            self.post_message(TablePane.BoardAsked(self.asked))

    @work(exit_on_error=False, group="dialog")
    async def action_calendar(self) -> None:
        """What of the list is to be paid when; a day or a week that is chosen narrows the list."""
        from tui_booking.ui.screens.cash import CashScreen

        query = self.asked
        if query is None or query.listing.name != "payments":
            return
        period = await self.dialog(CashScreen(self.desk, query))
        if period is not None:
            others = tuple(one for one in query.filters if one[0] != "payment_date")
            self.narrow(replace(query, filters=(*others, ("payment_date", period))))

    # Changing.

    @work(exit_on_error=False, group="dialog")
    async def action_new(self) -> None:
        await self._edit(None)

    @work(exit_on_error=False, group="dialog")
    async def action_edit(self) -> None:
        if self.table.cursor_id is not None:
            if len(self.table.marked) > 1:
                self.say(_("One record is edited at a time: the one under the cursor."))
            await self._edit(self.table.cursor_id)

    async def _edit(self, id: UUID | None) -> None:  # noqa: A002
        from tui_booking.ui.screens.record_form import RecordForm

        if self.kind in READ_ONLY:
            self.say(_("This list is written by the program."))
            return
        saved = await self.fill_in(RecordForm(self.desk, self.kind, id, preset=self._preset() if id is None else {}))
        if saved is not None and self.asked is not None:
            self.table.show(self.asked, keep=saved.id)

    def _preset(self) -> dict[str, Any]:
        """A new record belongs to what the list is narrowed by."""
        query = self.asked
        if query is None:
            return {}
        return {name: value for name, value in query.filters if isinstance(value, UUID)} | (
            {query.parent[0]: query.parent[1]} if query.parent else {}
        )

    @work(exit_on_error=False, group="dialog")
    async def action_delete(self) -> None:
        from tui_booking.services import records

        ids, kind, operator = self.chosen, self.kind, self.desk.settings.operator
        if not ids or kind in READ_ONLY:
            return
        async with self.in_turn:
            try:
                if not await is_to_be_deleted(self.app, self.desk, kind, ids):
                    return
            except BookingCenterError as error:
                self.app.tell(error)  # type: ignore[attr-defined]
                return
        undo = await self.change(lambda store: records.delete(store, kind, ids, together=True, operator=operator))
        if undo is not None:
            self.table.clear_marks()
        self.keep_undo(undo)

    @work(exit_on_error=False, group="dialog")
    async def action_restore(self) -> None:
        from tui_booking.services import records

        ids, kind, operator = self.chosen, self.kind, self.desk.settings.operator
        if ids and kind not in READ_ONLY:
            self.keep_undo(await self.change(lambda store: records.restore(store, kind, ids, operator=operator)))

    @work(exit_on_error=False, group="dialog")
    async def action_status(self) -> None:
        from tui_booking.ui.screens.status_dialog import StatusDialog

        if self.chosen and self.kind in WITH_STATUS:
            undo = await self.dialog(StatusDialog(self.desk, self.kind, self.chosen))
            self.keep_undo(undo)

    @work(exit_on_error=False, group="dialog")
    async def action_pay(self) -> None:
        """Record a payment of a booking, with what is due as its amount; or pay the payments that are marked."""
        from tui_booking.services import payments
        from tui_booking.ui.screens.record_form import RecordForm

        ids, operator = self.chosen, self.desk.settings.operator
        if not ids:
            return
        today = self.desk.today
        if self.kind == "booking" and (booking := self.table.cursor_id) is not None:
            found = await self.ask(
                lambda store: (payments.propose(store, booking, today), payments.find_waiting(store, booking))
            )
            if found is None:
                return
            preset, waiting = found
            if preset["amount"] is not None or waiting is None:
                await self.fill_in(RecordForm(self.desk, "payment", None, preset=preset, first="amount"))
                return
            # All of the fee is planned for: what waits is paid, and not a second time.
            ids = [waiting]
        elif self.kind != "payment":
            return
        async with self.in_turn:
            if not await self._is_to_be_paid(ids):
                return
        self.keep_undo(await self.change(lambda store: payments.pay(store, ids, today, operator=operator)))

    async def _is_to_be_paid(self, ids: list[UUID]) -> bool:
        """Ask first: money is told of with its sum and its day before it counts as paid."""
        from tui_booking.services.kinds import counted
        from tui_booking.services.payments import read_waiting
        from tui_booking.ui.screens.confirm import Confirm

        waiting = await self.ask(lambda store: read_waiting(store, ids))
        if waiting is None or not waiting.many:
            return waiting is not None  # paying says why there is nothing to pay
        amounts = waiting.amounts.items()
        sums = " + ".join(formats.format_value(amount, "money", currency=code) for code, amount in amounts)
        day = formats.format_value(self.desk.today, "date")
        title = _("Mark {what} as paid?").format(what=waiting.name or counted("payment", waiting.many))
        words = _("{sum}, paid today, {day}. It can be undone.").format(sum=sums, day=day)
        return await self.dialog(Confirm(title, words, yes=_("Paid"), no=_("Not yet"))) is True

    @work(exit_on_error=False, group="dialog")
    async def action_post(self) -> None:
        """Record that a deliverable of the booking was posted."""
        from tui_booking.ui.screens.post_form import PostForm

        if self.kind == "booking" and self.table.cursor_id is not None:
            at = self.detail.children_shown
            is_deliverable = at is not None and at.has_focus and at.kind == "booking_deliverable"
            deliverable = at.cursor_id if at is not None and is_deliverable else None
            await self.fill_in(PostForm(self.desk, self.table.cursor_id, deliverable))

    @work(exit_on_error=False, group="dialog")
    async def action_shortlist(self) -> None:
        """Put the chosen creators into a campaign."""
        from tui_booking.services import shortlists
        from tui_booking.ui.screens.choose import ChooseRecord

        ids, operator = self.chosen, self.desk.settings.operator
        if self.kind != "creator" or not ids:
            return
        campaign = await self.dialog(ChooseRecord(self.desk, "campaign", _("Into which campaign?")))
        if campaign is None:
            return
        await self._group(lambda store: shortlists.add_to_campaign(store, campaign, ids, operator=operator))

    @work(exit_on_error=False, group="dialog")
    async def action_tag(self) -> None:
        """Give the chosen creators a tag."""
        from tui_booking.services import shortlists
        from tui_booking.ui.screens.choose import ChooseRecord

        ids, operator = self.chosen, self.desk.settings.operator
        if self.kind != "creator" or not ids:
            return
        tag = await self.dialog(ChooseRecord(self.desk, "creator_tag", _("Which tag?")))
        if tag is not None:
            await self._group(lambda store: shortlists.add_tag(store, tag, ids, operator=operator))

    @work(exit_on_error=False, group="dialog")
    async def action_untag(self) -> None:
        """Take a tag from the chosen creators."""
        from tui_booking.services import shortlists
        from tui_booking.ui.screens.choose import ChooseRecord

        ids, operator = self.chosen, self.desk.settings.operator
        if self.kind != "creator" or not ids:
            return
        tag = await self.dialog(ChooseRecord(self.desk, "creator_tag", _("Which tag is taken off?")))
        if tag is None:
            return
        outcome = await self.change(lambda store: shortlists.remove_tag(store, tag, ids, operator=operator))
        if outcome is not None and outcome.undo is None:
            self.say(_("None of them has this tag."))
        elif outcome is not None:
            self.table.clear_marks()
            self.keep_undo(outcome.undo)

    async def _group(self, job: Callable[[Any], Any]) -> None:
        outcome = await self.change(job)
        if outcome is None:
            return
        if outcome.already:
            self.say(
                ngettext("{count} was in already.", "{count} were in already.", outcome.already).format(
                    count=outcome.already
                )
            )
        if outcome.undo is not None:
            self.table.clear_marks()
            self.keep_undo(outcome.undo)

    @work(exit_on_error=False, group="dialog")
    async def action_preview(self) -> None:
        """The template under the cursor as it reads for a booking."""
        from tui_booking.services import rendering
        from tui_booking.services.find import names_of
        from tui_booking.ui.screens.choose import ChooseRecord
        from tui_booking.ui.screens.preview import Preview

        template = self.table.cursor_id
        if self.kind != "template" or template is None:
            self.say(_("Choose a template first: v shows them."))
            return
        booking = await self.dialog(ChooseRecord(self.desk, "booking", _("For which booking?")))
        if booking is None:
            return
        operator, today = self.desk.settings.operator, self.desk.today
        rendered = await self.ask(
            lambda store: rendering.render_for_booking(store, template, booking, operator=operator, today=today)
        )
        names = await self.ask(lambda store: names_of(store, {template: "template", booking: "booking"}))
        if rendered is not None and names is not None:
            title = " · ".join(names[each] for each in (template, booking) if each in names)
            await self.dialog(Preview(title or _("Preview"), rendered))
