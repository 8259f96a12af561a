"""What an import did, or would do: counts and messages for each file, as plain values and as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from tui_booking.errors import BookingCenterError

if TYPE_CHECKING:
    from uuid import UUID

    from tui_booking.importing.inbox import Source

MESSAGES_A_FILE = 1_000
ROWS_NAMED = 5
VALUES_NAMED = 5

Level = Literal["error", "warning", "info"]
Status = Literal["imported", "partly_imported", "rolled_back", "not_recognised", "unreadable"]


@dataclass(frozen=True, slots=True)
class Message:
    """Something to know about a cell, a row or a file.

    What is said the same of a column is one message with a count, its first rows, and the first of the different values
    there; `row` and `value` are the first.
    """

    level: Level
    message: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    count: int = 1
    rows: tuple[int, ...] = ()
    values: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "level": self.level,
            "row": self.row,
            "column": self.column,
            "value": self.value,
            "message": self.message,
        }
        if self.count > 1:
            told |= {"count": self.count, "rows": list(self.rows)}
        if len(self.values) > 1:
            told["values"] = list(self.values)
        return told


@dataclass(slots=True)
class FileReport:
    """What became of a file or of a sheet; rows = created + updated + unchanged + skipped + errors.

    In a file that was rolled back nothing was created or updated: its good rows are skipped. `source` is where its rows
    can be read again, None where that is not known any more; `is_dry` says that it was only tried.
    """

    file: str
    sheet: str | None = None
    kind: str | None = None
    status: Status = "imported"
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    errors: int = 0
    placeholders: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    sha256: str | None = None
    messages: list[Message] = field(default_factory=list)
    messages_left_out: int = 0
    rejects: str | None = None
    source: Source | None = field(default=None, repr=False)
    is_dry: bool = False

    @property
    def is_in(self) -> bool:
        return self.status == "imported"

    @property
    def counts(self) -> dict[str, int]:
        names = ("rows", "created", "updated", "unchanged", "skipped", "errors")
        return {name: getattr(self, name) for name in names}

    def set_counts(self, outcomes: Mapping[str, int], *, rolled_back: bool) -> None:
        """Take the number of rows of each outcome from the plan."""
        self.rows = sum(outcomes.get(name, 0) for name in ("create", "update", "unchanged", "skipped", "error"))
        self.errors = outcomes.get("error", 0)
        if rolled_back:
            self.skipped = self.rows - self.errors
            return
        self.created, self.updated = outcomes.get("create", 0), outcomes.get("update", 0)
        self.unchanged, self.skipped = outcomes.get("unchanged", 0), outcomes.get("skipped", 0)

    def to_json(self) -> dict[str, Any]:
        told: dict[str, Any] = {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "status": self.status,
            **self.counts,
            "placeholders": self.placeholders,
            "seconds": round(self.seconds, 3),
            "messages": [message.to_json() for message in self.messages],
        }
        if self.messages_left_out:
            told["messages_left_out"] = self.messages_left_out
        if self.rejects:
            told["rejects"] = self.rejects
        return told


@dataclass(slots=True)
class Report:
    """What a whole import did; `run_id` is that of its run in the history, None where there is none."""

    dry_run: bool
    database: str
    files: list[FileReport] = field(default_factory=list)
    seconds: float = 0.0
    cancelled: bool = False
    stopped: BookingCenterError | None = None
    run_id: UUID | None = None

    @property
    def ok(self) -> bool:
        """Whether every file that was recognised is in; files that are left alone do no harm."""
        known = [file for file in self.files if file.status != "not_recognised"]
        return bool(known) and not self.cancelled and not self.stopped and all(file.is_in for file in known)

    @property
    def totals(self) -> dict[str, int]:
        names = ("rows", "created", "updated", "unchanged", "skipped", "errors")
        totals = {name: sum(getattr(file, name) for file in self.files) for name in names}
        return totals | {"placeholders": sum(sum(file.placeholders.values()) for file in self.files)}

    def to_json(self) -> dict[str, Any]:
        """The report as it is written by --report."""
        return {
            "ok": self.ok,
            "dry_run": self.dry_run,
            "database": self.database,
            "seconds": round(self.seconds, 3),
            **({"cancelled": True} if self.cancelled else {}),
            **({"stopped": str(self.stopped)} if self.stopped else {}),
            "totals": self.totals,
            "files": [file.to_json() for file in self.files],
        }
