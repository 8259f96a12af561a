"""The text of a CSV file in blocks of whole lines, decoded strictly, and hashed and counted on the way."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from tui_booking.importing.sheets import UnreadableSheet
from tui_booking.importing.text_encodings import (
    detect_mark,
    detect_unmarked_utf16,
    is_text_encoding,
    looks_like_utf8,
)
from tui_booking.language import _, filled

if TYPE_CHECKING:
    from tui_booking.importing.file_state import FileState

# What is looked at to find out encoding and delimiter.
HEAD_BYTES = 1 << 16
# A line that never ends would otherwise be held in memory whole.
MAXIMUM_LINE = 16_000_000
_CHUNK = 1 << 18


class CsvText:
    """The text of a file in blocks of whole lines; it hashes and counts the bytes on their way."""

    def __init__(self, file: BinaryIO, state: FileState, encoding: str | None) -> None:
        self.hash = hashlib.sha256()
        self.bytes_read = 0
        self.state = state
        self._file = file
        self.head = file.read(HEAD_BYTES)
        self.encoding, self._mark = _choose_encoding(self.head, encoding, state.name)

    def blocks(self, chunk_size: int = _CHUNK) -> Iterator[str]:
        """Blocks that end at the end of a line; only the last may not. Raises NotText at bytes that are no text."""
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder(self.encoding)()
        carried = ""
        while True:
            chunk = self._file.read(chunk_size)
            pending = len(decoder.getstate()[0]) if self.bytes_read > self._mark else 0
            start = self.bytes_read - pending if self.bytes_read else self._mark
            self.hash.update(chunk)
            data = chunk if self.bytes_read else chunk[self._mark :]
            self.bytes_read += len(chunk)
            try:
                text = carried + decoder.decode(data, final=not chunk)
            except UnicodeDecodeError as error:
                # The good lines before the bad bytes are handed on, so that the reader knows the row it stopped at.
                good = carried + error.object[: error.start].decode(self.encoding, errors="ignore")
                yield good[: good.rfind("\n") + 1]
                raise NotText(start + error.start, error) from error
            if not chunk:
                yield text
                return
            # Between \r and \n no cut: the \n alone would count as a row. A \r at the very end may be half of one.
            cut = max(text.rfind("\n"), text.rfind("\r", 0, -1)) + 1
            carried = text[cut:]
            if len(carried) > MAXIMUM_LINE:
                raise LineTooLong
            if cut:
                yield text[:cut]


class NotText(Exception):
    """Bytes that are no text in the encoding: where in the file, which byte, and what follows it."""

    def __init__(self, offset: int, error: UnicodeDecodeError) -> None:
        super().__init__(offset)
        self.offset = offset
        self.byte = error.object[error.start]
        self.cut_off = error.end >= len(error.object) and "end of data" in error.reason
        self.sample = error.object[error.start :][:HEAD_BYTES]


class LineTooLong(Exception):
    """A line goes on beyond MAXIMUM_LINE characters."""


def _choose_encoding(head: bytes, asked: str | None, name: str) -> tuple[str, int]:
    """The encoding and the length of the byte order mark, which wins over what was asked: it is in this very file."""
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UnreadableSheet(
            filled(_("'{name}' is a workbook, not CSV"), name=name),
            _("Give it its own ending back (.xlsx), or save it as CSV."),
        )
    mark = detect_mark(head)
    if mark is not None:
        return mark
    if asked is not None and not is_text_encoding(asked):
        raise UnreadableSheet(
            filled(_("'{encoding}' is not an encoding"), encoding=asked),
            _("Use one such as utf-8, utf-16-le, cp1258 or cp1252."),
        )
    encoding = codecs.lookup(asked).name if asked is not None else "utf-8"
    unmarked = detect_unmarked_utf16(head)
    if unmarked is not None and not encoding.startswith("utf-16"):
        raise UnreadableSheet(
            filled(
                _("'{name}' is not {encoding}: from offset {offset} it looks like {other}"),
                name=name,
                encoding=encoding.upper(),
                offset=max(head.find(0) - (unmarked == "utf-16-le"), 0),
                other=unmarked,
            ),
            filled(_("Try --encoding {encoding}, or save it from the spreadsheet as 'CSV UTF-8'."), encoding=unmarked),
        )
    if not encoding.startswith("utf-") and looks_like_utf8(head):
        raise UnreadableSheet(
            filled(_("'{name}' is UTF-8, not {encoding}"), name=name, encoding=encoding),
            _("Import it without --encoding; as it is, its letters would be garbled."),
        )
    # Without a mark `utf-16` means the byte order of this machine, which says nothing about the file.
    return {"utf-16": unmarked or "utf-16-le", "utf-8-sig": "utf-8"}.get(encoding, encoding), 0
