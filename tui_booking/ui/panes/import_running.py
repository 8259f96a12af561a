"""An import under way: what its thread tells of itself, and how it is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from datetime import tzinfo

from tui_booking.importing.pipeline import ImportOptions, Progress, run_import
from tui_booking.importing.report import Report
from tui_booking.language import _, grouped
from tui_booking.services.desk import Job

# A run that has told nothing for so long is perhaps waiting for somebody.
_SILENT_SECONDS = 1.0

FileKey = tuple[str, str | None]


class RunningImport:
    """Told by the thread of the import, asked by the screen as often as that draws; neither waits for the other."""

    def __init__(self, options: ImportOptions, *, operator: str, zone: tzinfo) -> None:
        self.options = options
        self.operator = operator
        self.zone = zone
        self.began = time.monotonic()
        self.waits_for: str | None = None
        self._stop = threading.Event()
        self._latest: Progress | None = None
        self._told_at = self.began
        self._file_began = self.began
        self._files: dict[FileKey, Progress] = {}

    @property
    def job(self) -> Job[Report]:
        """The import, to be carried out by the desk."""
        return lambda store: run_import(
            store,
            self.options,
            operator=self.operator,
            zone=self.zone,
            progress=self._note,
            cancelled=self._stop.is_set,
        )

    def stop(self) -> None:
        """Roll the file under way back, and end; those before it are in."""
        self._stop.set()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    @property
    def files(self) -> Mapping[FileKey, Progress]:
        """How far each file is of which something has been told."""
        return self._files.copy()

    @property
    def waits(self) -> bool:
        """Whether nothing has been told for a while since it was begun: somebody else is writing."""
        return self._latest is None and time.monotonic() - self.began > _SILENT_SECONDS

    @property
    def line(self) -> str:
        """How far it is, in a line."""
        what = _("Dry run") if self.options.dry_run else _("Import")
        latest = self._latest
        if self.is_stopping:
            return _("{what}: stopping, the file under way is rolled back").format(what=what)
        if latest is None:
            waits = _("waits for {who}").format(who=self.waits_for) if self.waits_for else _("begins")
            return f"{what}: {waits}"
        name = f"{latest.file} [{latest.sheet}]" if latest.sheet else latest.file
        line = f"{what}: {latest.number}/{latest.files} {name} {phase_of(latest)}"
        if latest.phase == "reading":
            speed = latest.rows / max(self._told_at - self._file_began, 0.001)
            line += " · " + _("{speed} rows/s").format(speed=grouped(speed))
        return line

    def _note(self, progress: Progress) -> None:
        # Called in the import's thread. Each of these is one step for the interpreter, so nothing is locked.
        now = time.monotonic()
        if self._latest is None or self._latest.number != progress.number:
            self._file_began = now
        self._told_at = now
        self._files[progress.file, progress.sheet] = progress
        self._latest = progress


def phase_of(progress: Progress) -> str:
    """What is being done with a file, and how far it is read."""
    if progress.phase == "done":
        return _("{rows} rows done").format(rows=grouped(progress.rows))
    if progress.phase == "merging":
        return _("{rows} rows read, merging").format(rows=grouped(progress.rows))
    return f"{progress.fraction:.0%} " + _("{rows} rows").format(rows=grouped(progress.rows))


_BAR = 5


def bar_of(progress: Progress) -> str:
    """A bar that fills as the file is read, with what is being done beside it."""
    if progress.phase == "reading":
        done = int(progress.fraction * _BAR)
        return f"{'█' * done}{'░' * (_BAR - done)} {progress.fraction:.0%} {grouped(progress.rows)}"
    words = _("done") if progress.phase == "done" else _("merging")
    return f"{'█' * _BAR} {words}"
