"""The history of imports: who imported what and when, and what became of each file. A dry run leaves none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tui_booking.importing.report import FileReport, Report
from tui_booking.language import _, filled
from tui_booking.models import ImportFile, ImportRun, User


def find_operator(username: str) -> User:
    """The user of that name, made on first use."""
    user: User | None = User.get_or_none(User.username == username)
    return user if user is not None else User.create(username=username, full_name=username)


def start_run(user: User, path: str, options: dict[str, Any]) -> ImportRun:
    """Write down that a run has begun; a run that never finishes was killed."""
    run: ImportRun = ImportRun.create(started_at=datetime.now(UTC), user=user, path=path, options=options)
    return run


def record_file(run: ImportRun, report: FileReport) -> None:
    """Write down what became of a file; for one that went in, in its own transaction."""
    told = report.to_json()
    messages = told.pop("messages")
    left_out = told.pop("messages_left_out", 0)
    told.pop("rejects", None)
    if left_out:
        more = filled(_("{count} more messages"), count=left_out)
        messages.append({"level": "info", "message": more, "row": None, "column": None, "value": None})
    ImportFile.create(run=run, sha256=report.sha256, messages=messages, **told)


def finish_run(run: ImportRun, report: Report) -> None:
    """Write down how a run ended."""
    run.finished_at = max(datetime.now(UTC), run.started_at)
    run.ok = report.ok
    run.save()
