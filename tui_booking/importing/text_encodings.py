"""Which encoding a text file is in: what its byte order mark says, or what its bytes look like."""

from __future__ import annotations

import codecs
import re

from tui_booking.errors import BadOption
from tui_booking.importing.inbox import printable
from tui_booking.language import _, filled

# The marks of UTF-32 begin with those of UTF-16, so they are tried first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTE = re.compile(rb"[\x80-\xff]")
# cp1258 writes the tone after its vowel, as a letter of its own.
_VOWEL_AND_TONE = re.compile("[aeiouyâêôăơưAEIOUYÂÊÔĂƠƯ][\u0300\u0301\u0303\u0309\u0323]")


def detect_mark(head: bytes) -> tuple[str, int] | None:
    """The encoding that a byte order mark names, and the mark's length in bytes; None where there is no mark."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return None


def detect_unmarked_utf16(head: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of its digits, delimiters and plain letters is zero."""
    sample = head[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(sample) < 4 or max(even, odd) * 4 < len(sample) or min(even, odd) * 10 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def is_text_encoding(name: str) -> bool:
    """Whether Python can decode text by this name (`base64` and its like are codecs, but not of text)."""
    try:
        "a".encode(name)
        codecs.getincrementaldecoder(name)
    except (LookupError, ValueError, UnicodeError):
        return False
    return True


def require_encoding(name: str | None) -> None:
    """Raise BadOption where --encoding names none: that is said once, and not again for each file."""
    if name is not None and not is_text_encoding(name):
        raise BadOption(
            filled(_("'{encoding}' is not an encoding"), encoding=printable(name)),
            _("Use one such as utf-8, utf-16-le, cp1258 or cp1252."),
        )


def looks_like_utf8(sample: bytes) -> bool:
    """Whether bytes above 127 are there and make UTF-8; a sequence cut off at the end of the sample is forgiven."""
    if sample.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return _UTF8_SEQUENCE.search(sample) is not None


def is_damaged_utf8(sample: bytes) -> bool:
    """Whether bytes that are not valid UTF-8 are UTF-8 for the most part: damaged, or put together from two files."""
    whole = sum(map(len, _UTF8_SEQUENCE.findall(sample)))
    return whole > 0 and whole >= 2 * (len(_HIGH_BYTE.findall(sample)) - whole)


def guess_encoding(sample: bytes) -> str | None:
    """The encoding that bytes look like which are not UTF-8; None where nothing speaks for one."""
    unmarked = detect_unmarked_utf16(sample)
    if unmarked is not None:
        return unmarked
    vietnamese = sample.decode("cp1258", errors="replace")
    if _VOWEL_AND_TONE.search(vietnamese):
        return "cp1258"
    for end in (len(sample), len(sample) - 1):
        try:
            sample[:end].decode("gb2312")
        except UnicodeDecodeError:
            continue
        return "gb18030"
    try:
        sample.decode("cp1252")
    except UnicodeDecodeError:
        return None
    return "cp1252"
