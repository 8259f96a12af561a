"""Why a record was not written: what is wrong with it, who was quicker, what still points at it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_booking.errors import BookingCenterError
from tui_booking.language import _
from tui_booking.services.kinds import counted

if TYPE_CHECKING:
    from tui_booking.services.records import Loaded

_SHOWN = 5


class Invalid(BookingCenterError):
    """What a form holds cannot be saved: for each field, what is wrong and what to do."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(_("This cannot be saved yet."), " ".join(problems.values()))
        self.problems = dict(problems)


class Difference(NamedTuple):
    """A field that two changed: what I want, what is stored now, and what both saw before."""

    mine: Any
    theirs: Any
    before: Any


class Conflict(BookingCenterError):
    """Somebody else changed the record since it was loaded.

    `fields` are what both changed, and what depends on each other. `now` is the record as it is stored: with it as what
    was seen, and the values that are chosen, the record can be saved.
    """

    def __init__(self, fields: Mapping[str, Difference], now: Loaded) -> None:
        super().__init__(_("Somebody else changed this record meanwhile."), _("Choose whose values stay."))
        self.fields = dict(fields)
        self.now = now


class ChangedSince(BookingCenterError):
    """What was done cannot be undone, since somebody changed it afterwards.

    `changes` are, for each record by its name, the fields: what was written then (mine), what is stored now (theirs)
    and what undoing would bring back (before).
    """

    def __init__(self, changes: Mapping[str, Mapping[str, Difference]]) -> None:
        super().__init__(
            _("This cannot be undone: it was changed afterwards."),
            _("Changed since: {names}.").format(names=", ".join([*changes][:_SHOWN])),
        )
        self.changes = {name: dict(fields) for name, fields in changes.items()}


class StillPointedAt(BookingCenterError):
    """A record is not deleted, since others point at it.

    `counts` are those that would be deleted together with it, by kind; `mentions` those that only name it and would
    stay as they are; `names` some of the former, by kind.
    """

    def __init__(self, counts: Mapping[str, int], mentions: Mapping[str, int], names: Mapping[str, list[str]]) -> None:
        told = [
            f"{counted(kind, count)} ({', '.join(names[kind])}{', …' if count > len(names[kind]) else ''})"
            if names.get(kind)
            else counted(kind, count)
            for kind, count in counts.items()
        ]
        advice = ""
        if told:
            advice = _("It would take along: {records}.").format(records=", ".join(told))
        if mentions:
            kept = ", ".join(counted(kind, count) for kind, count in mentions.items())
            advice += " " + _("Named by, and kept: {records}.").format(records=kept)
        super().__init__(_("Other records point at this one."), advice.strip())
        self.counts = dict(counts)
        self.mentions = dict(mentions)
        self.names = {kind: list(some) for kind, some in names.items()}


class Gone(BookingCenterError):
    """A record is not there, or was deleted."""
