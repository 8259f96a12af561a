"""How people are reached: handles, phone numbers, addresses on the web and e-mail."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from tui_booking.language import N_
from tui_booking.reading.cells import (
    Cell,
    CellError,
    bounded,
    free_text_of,
    plain_text_of,
    refuse_lost_digits,
    without_hidden,
)

SHORT_TEXT = 100
LONG_NAME = 255
URL_BYTES = 2000

_ADDRESS = re.compile(r"(?:(https?)://)?([^/?#@:\s]+)(?::[0-9]+)?(?:/([^?#]*))?(?:[?#].*)?", re.IGNORECASE | re.DOTALL)
_PLATFORM_HOSTS = (
    ("tiktok.com", "tiktok"),
    ("youtube.com", "youtube"),
    ("instagram.com", "instagram"),
    ("shopee.vn", "shopee_live"),
    ("shopee.com", "shopee_live"),
)
_SHORT_LINKS = frozenset(("vm.tiktok.com", "vt.tiktok.com", "youtu.be", "shp.ee", "s.shopee.vn", "bit.ly"))
# First parts of a path behind which there is no profile, by platform.
_NOT_PROFILES = {
    "tiktok": frozenset(("v", "t", "video", "tag", "music", "discover", "explore")),
    "youtube": frozenset(("channel", "watch", "shorts", "live", "playlist", "embed", "results")),
    "instagram": frozenset(("p", "reel", "reels", "tv", "explore", "stories")),
    "shopee_live": frozenset(("shop", "product", "search", "live", "universal-link")),
}
_BARE_ADDRESS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+/.*", re.IGNORECASE | re.DOTALL)
_SPACE = re.compile(r"[\s\x00-\x1f\x7f]")

_PLAIN_HANDLE = re.compile(r"@?[0-9A-Za-z_.]{1,99}")
_PLAIN_MOBILE = re.compile(r"0[35789][0-9]{8}")
_PHONE_FILLING = re.compile(r"[\s.\-()/\u2010-\u2015\u2212]+")
_PHONE = re.compile(r"(?:tel:|phone:|sđt:?|đt:?)?\s*([+0-9 ()./\-\u00a0\u2010-\u2015\u2212]+)", re.IGNORECASE)
_VIETNAMESE = re.compile(r"(?:[35789][0-9]{8}|2[0-9]{9})")
_INTERNATIONAL = re.compile(r"[1-9][0-9]{6,14}")
NOT_A_PHONE = N_("is not a phone number that is known; it stays as it is")
NOT_AN_EMAIL = N_("is not an e-mail address; it stays as it is")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")

_TIKTOK_VIDEO = re.compile(
    r"(?:https?://)?(?:www\.|m\.)?tiktok\.com/(?:@[^/?#]*/(?:video|photo)/([0-9]{5,25})(?![0-9])|v/([0-9]{5,25})(?:\.html)?(?:[/?#]|$))",
    re.IGNORECASE,
)


def read_handle(cell: Cell) -> tuple[str | None, str | None]:
    """The platform, where an address says so, and the handle: from `@abc`, `abc` or the address of a profile."""
    text = without_hidden(plain_text_of(cell))
    if not text:
        return None, None
    if _PLAIN_HANDLE.fullmatch(text):
        return None, text.removeprefix("@").lower()
    platform = None
    if "/" in text:
        platform, text = _profile(text)
    handle = unicodedata.normalize("NFC", text.removeprefix("@").lower())
    if (
        plain_text_of(handle) != handle
        or not handle
        or "@" in handle
        or "/" in handle
        or "\ufffd" in handle
        or _SPACE.search(handle)
    ):
        raise CellError(N_("is not a handle; write it such as @name, or give the address of the profile"))
    return platform, bounded(handle, SHORT_TEXT)


def _profile(text: str) -> tuple[str | None, str]:
    match = _ADDRESS.fullmatch(text)
    if match is None:
        raise CellError(N_("is not a handle; write it such as @name, or give the address of the profile"))
    host, parts = match[2].lower(), [part for part in (match[3] or "").split("/") if part]
    if host in _SHORT_LINKS:
        raise CellError(N_("is a short link, which does not name the profile; open it and copy the handle"))
    platform = next((name for end, name in _PLATFORM_HOSTS if host == end or host.endswith("." + end)), None)
    if platform == "youtube" and len(parts) > 1 and parts[0].lower() in ("c", "user"):
        parts = parts[1:]
    if not parts or parts[0].lower() in _NOT_PROFILES.get(platform or "", ()) or (platform is None and len(parts) > 1):
        raise CellError(N_("is not the address of a profile; write the handle such as @name"))
    if platform == "tiktok" and not parts[0].startswith("@"):
        raise CellError(N_("is not the address of a profile; write the handle such as @name"))
    return platform, unquote(parts[0], errors="replace")


def read_phone(cell: Cell) -> tuple[str | None, str | None]:
    """A phone number in its one normal form, such as `+84901234567`, and a warning where it is none."""
    text = plain_text_of(cell)
    if not text:
        return None, None
    if _PLAIN_MOBILE.fullmatch(text):
        return "+84" + text[1:], None
    refuse_lost_digits(text)
    match = _PHONE.fullmatch(text)
    number = _normal_phone(_PHONE_FILLING.sub("", match[1])) if match else None
    if number:
        return number, None
    return bounded(text, SHORT_TEXT), NOT_A_PHONE


def _normal_phone(digits: str) -> str | None:
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    for prefix in ("+84", "84", "0", ""):
        if digits.startswith(prefix):
            national = digits.removeprefix(prefix)
            # `+84 (0)90...`: the zero is only dialled within the country.
            if prefix in ("+84", "84"):
                national = national.removeprefix("0")
            # What lost its zero is only known from a mobile number's nine digits.
            if _VIETNAMESE.fullmatch(national) and (prefix or len(national) == 9):
                return "+84" + national
    if digits.startswith("+") and not digits.startswith("+84") and _INTERNATIONAL.fullmatch(digits[1:]):
        return digits
    return None


def read_url(cell: Cell) -> str | None:
    """An address on the web as it stands, but for what has no width in it."""
    text = without_hidden(free_text_of(cell))
    if not text or not plain_text_of(cell):
        return None
    start = text[:8].lower()
    if not (start.startswith(("http://", "https://", "www.")) or _BARE_ADDRESS.fullmatch(text)):
        raise CellError(N_("is not a web address; it starts with https:// or www."))
    if _SPACE.search(text):
        raise CellError(N_("is not one web address: there is white space in it; write it without"))
    size = len(text.encode())
    if size > URL_BYTES:
        raise CellError(
            N_("is too long: {size:,} bytes, at most {limit:,} fit; shorten it"), size=size, limit=URL_BYTES
        )
    return text


def read_email(cell: Cell) -> tuple[str | None, str | None]:
    """An e-mail address as it stands, and a warning where it is none."""
    text = free_text_of(cell)
    if not text or not plain_text_of(cell):
        return None, None
    return bounded(text, LONG_NAME), None if _EMAIL.fullmatch(text) else NOT_AN_EMAIL


def tiktok_video_id(url: str) -> str | None:
    """The video's id from its TikTok address; None for short links and everything else."""
    match = _TIKTOK_VIDEO.match(url)
    return (match[1] or match[2]) if match else None
