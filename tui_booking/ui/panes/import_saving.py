"""Files that the section Import writes: reports, and the samples to fill in."""

from __future__ import annotations

import asyncio
import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import printable
from tui_booking.importing.report import Report
from tui_booking.importing.report_text import report_as_text
from tui_booking.language import _
from tui_booking.ui.widgets.plainly import plain

if TYPE_CHECKING:
    from textual.app import App


async def choose_folder(app: App[Any], title: str, start: Path) -> Path | None:
    """Ask for a folder, which need not be there."""
    from tui_booking.ui.screens.file_picker import FilePicker

    return await app.push_screen_wait(FilePicker(title, start, "folder"))


async def save_report(app: App[Any], report: Report, start: Path, database: str) -> list[Path]:
    """Write a report as JSON and as text into a folder that is asked for; raises BookingCenterError."""
    folder = await choose_folder(app, _("Where is the report to be written?"), start)
    if folder is None:
        return []
    text = report_as_text(report, plain, database=database, most=None) + "\n"
    told = json.dumps(report.to_json(), ensure_ascii=False, indent=2) + "\n"
    stem = f"import-report-{datetime.now().astimezone():%Y%m%d-%H%M%S}"
    return await asyncio.to_thread(_write_all, folder, {f"{stem}.json": told, f"{stem}.txt": text})


def _write_all(folder: Path, texts: dict[str, str]) -> list[Path]:
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            path = folder / name
            # Halves of characters, which a damaged file can hold, are in no encoding.
            path.write_bytes(text.encode("utf-8", "backslashreplace"))
            written.append(path)
    except OSError as error:
        raise BookingCenterError(
            _("The report cannot be written to {folder}: {why}.").format(
                folder=printable(str(folder)), why=error.strerror or error
            ),
            _("Choose another folder."),
        ) from error
    return written


async def write_sample_files(app: App[Any], start: Path) -> Path | None:
    """Write the templates into a folder that is asked for, and return it; None where nothing was to be written.

    Raises BookingCenterError where they cannot be written.
    """
    from tui_booking.importing.kinds import KINDS
    from tui_booking.importing.templates import WORKBOOK_NAME, write_templates
    from tui_booking.ui.screens.confirm import Confirm

    folder = await choose_folder(app, _("Where are the sample files to be written?"), start)
    if folder is None:
        return None
    names = [*(f"{kind.name}.csv" for kind in KINDS), WORKBOOK_NAME]
    there = await asyncio.to_thread(lambda: [name for name in names if (folder / name).exists()])
    if there:
        text = _("{names}\n\nThey would be replaced by samples, with what is in them.").format(names=", ".join(there))
        title = _("Replace {count} files?").format(count=len(there))
        if not await app.push_screen_wait(Confirm(title, text, yes=_("Replace"), no=_("Keep"))):
            return None
    await asyncio.to_thread(write_templates, folder)
    return folder
