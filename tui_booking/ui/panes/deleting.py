"""The question that comes before records are deleted: which, what goes along with them, and what only names them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from tui_booking.language import _, filled, ngettext
from tui_booking.ui.widgets.plainly import cut, plain

if TYPE_CHECKING:
    from textual.app import App

    from tui_booking.models.database import Store
    from tui_booking.services.desk import Desk

_NAME_WIDTH = 48


async def is_to_be_deleted(app: App[None], desk: Desk, kind: str, ids: Sequence[UUID]) -> bool:
    """Ask a person, unless it is one record alone, which a key brings back; raises what asking the database raises."""
    from tui_booking.services.kinds import counted
    from tui_booking.services.names import name_of
    from tui_booking.services.records import what_hangs_on, what_names
    from tui_booking.ui.screens.confirm import Confirm

    def look(store: Store) -> tuple[str, dict[str, int], dict[str, int]]:
        name = name_of(store, kind, ids[0]) if len(ids) == 1 else ""
        return name, what_hangs_on(store, kind, ids), what_names(store, kind, ids)

    name, hanging, naming = await desk.ask(look)
    if len(ids) == 1 and not hanging and not naming:
        return True
    title = filled(ngettext("Delete {count:,} record?", "Delete {count:,} records?", len(ids)), count=len(ids))
    if name:
        title = _("Delete {name}?").format(name=cut(plain(name), _NAME_WIDTH))
    words = _("It can be undone.")
    if hanging:
        along = ", ".join(counted(kind, count) for kind, count in hanging.items())
        words = _("It takes along: {records}. It can be undone.").format(records=along)
    if naming:
        kept = ", ".join(counted(kind, count) for kind, count in naming.items())
        words = f"{words}\n{_('Named by, and kept: {records}.').format(records=kept)}"
    question = Confirm(title, words, yes=_("Delete all") if hanging else _("Delete"), no=_("Keep"))
    return await app.push_screen_wait(question) is True
