"""What a file was when it was opened, so that one that changes while it is read is noticed and not half imported."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from tui_booking.importing.sheets import UnreadableSheet
from tui_booking.language import _, filled


@dataclass(frozen=True, slots=True)
class FileState:
    """Identity, size and time of change of an open file."""

    path: Path
    size: int
    changed_at: int
    identity: tuple[int, int]

    @property
    def name(self) -> str:
        return self.path.name

    def verify_unchanged(self, bytes_read: int, sha256: str) -> None:
        """Raise UnreadableSheet unless the file at the path still holds the bytes that were read."""
        try:
            now = self.path.stat()
            if bytes_read == self.size and _signature(now) == (self.size, self.changed_at, self.identity):
                return
            # Touched, or replaced by an equal copy: the same bytes are the same file.
            if bytes_read == now.st_size and hash_file(self.path) == sha256:
                return
        except OSError as error:
            raise self.unreadable(error) from error
        raise UnreadableSheet(
            filled(_("'{name}' changed while it was read"), name=self.name),
            _("Import it again once nothing writes to it."),
        )

    def unreadable(self, error: OSError) -> UnreadableSheet:
        return describe_os_error(self.path, error)


@contextmanager
def open_for_reading(path: Path) -> Iterator[tuple[BinaryIO, FileState]]:
    """Open a regular file; raises UnreadableSheet where it is gone, forbidden, or no file."""
    try:
        # Asked before opening: to open a pipe would wait for its writer.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableSheet(
                filled(_("'{name}' is not a file"), name=path.name), _("Name a CSV file or a workbook.")
            )
        file = path.open("rb")
    except OSError as error:
        raise describe_os_error(path, error) from error
    with file:
        size, changed_at, identity = _signature(os.fstat(file.fileno()))
        yield file, FileState(path, size, changed_at, identity)


def hash_file(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def describe_os_error(path: Path, error: OSError) -> UnreadableSheet:
    """What the system said about a file, as a line and what to do."""
    if isinstance(error, FileNotFoundError):
        return UnreadableSheet(
            filled(_("'{name}' is gone"), name=path.name),
            _("It was moved or deleted since it was listed; put it back."),
        )
    if isinstance(error, PermissionError):
        return UnreadableSheet(
            filled(_("'{name}' may not be read"), name=path.name),
            _("Close the program that has it open, or change its permissions."),
        )
    return UnreadableSheet(
        filled(_("'{name}' cannot be read: {why}"), name=path.name, why=error.strerror or error),
        _("Check the disk or the network drive it is on."),
    )


def _signature(state: os.stat_result) -> tuple[int, int, tuple[int, int]]:
    return state.st_size, state.st_mtime_ns, (state.st_dev, state.st_ino)
