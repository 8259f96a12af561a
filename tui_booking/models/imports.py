"""The history of imports: each run, and each file of it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    CountField,
    FlagField,
    JsonField,
    RateField,
    Reference,
    TextField,
    UtcDateTimeField,
    sorted_by,
    utc_now,
)
from tui_booking.models.choices import FileStatus
from tui_booking.models.core import User


class ImportRun(Base):
    """One import of a folder or file. `ok` is unknown until it has finished."""

    checks: ClassVar[dict[str, str]] = {"times_order": "finished_at >= started_at"}
    lookups = (sorted_by("started_at"),)

    started_at = UtcDateTimeField(default=utc_now)
    finished_at = UtcDateTimeField(null=True)
    user = Reference(User, backref="import_runs", null=True)
    user_id: UUID | None
    path = TextField()
    options = JsonField()
    dry_run = FlagField(default=False)
    ok = FlagField(null=True)


class ImportFile(Base):
    """One file, or sheet of a workbook, of a run: its rows = created + updated + unchanged + skipped + errors."""

    lookups = (sorted_by("run_id"),)

    run = Reference(ImportRun, backref="files")
    run_id: UUID
    file = TextField()
    sheet = TextField(null=True)
    kind = CodeField(null=True)
    status = ChoiceField(FileStatus)
    sha256 = CodeField(null=True)
    rows = CountField(default=0)
    created = CountField(default=0)
    updated = CountField(default=0)
    unchanged = CountField(default=0)
    skipped = CountField(default=0)
    errors = CountField(default=0)
    placeholders = JsonField()
    seconds = RateField(default=0.0)
    messages = JsonField(default=list)
