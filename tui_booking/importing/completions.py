"""What a row says without a cell for it: the id inside a TikTok address, the key that a name makes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from tui_booking.language import _, filled
from tui_booking.reading.contacts import tiktok_video_id
from tui_booking.reading.keys import make_key

Values: TypeAlias = "Sequence[str | None]"
# (index in the batch, column, message)
Found: TypeAlias = "list[tuple[int, str, str]]"


def _complete_creators(columns: Mapping[str, Values]) -> tuple[dict[str, list[str | None]], Found]:
    names = columns.get("name")
    if names is None:
        return {}, []
    return {"slug": [None if name is None else make_key(name) for name in names]}, []


def _complete_videos(columns: Mapping[str, Values]) -> tuple[dict[str, list[str | None]], Found]:
    urls = columns.get("url")
    if urls is None:
        return {}, []
    given = columns.get("platform_video_id") or [None] * len(urls)
    inside = [None if url is None else tiktok_video_id(url) for url in urls]
    found = [
        (
            index,
            "url",
            filled(
                _("the address is that of the video {id}, not of this platform_video_id; correct one of the two"),
                id=own,
            ),
        )
        for index, (own, other) in enumerate(zip(inside, given, strict=True))
        if own is not None and other is not None and own != other
    ]
    return {"platform_video_id": [other or own for own, other in zip(inside, given, strict=True)]}, found


# Kind to what completes a batch of it: staged columns in, more or better staged columns and problems out.
COMPLETIONS: Mapping[str, Callable[[Mapping[str, Values]], tuple[dict[str, list[str | None]], Found]]] = {
    "creators": _complete_creators,
    "videos": _complete_videos,
}
# Columns that a completion fills where the file has another.
COMPLETED = {("videos", "url"): "platform_video_id", ("creators", "name"): "slug"}
