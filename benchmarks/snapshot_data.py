"""Video snapshots as import files, the same ones each time; run as a module, so that no memory of it stays behind."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

HEADER = (
    "channel,platform_video_id,snapshot_time,view_count,like_count,comment_count,share_count,save_count,engagement_rate"
)
_CREATORS = 1_000
_FIRST_DAY = date(2026, 1, 1)
_STEP = 7_919  # a prime, so that the videos of each day come in another order
_BATCH = 20_000
_BAD_EACH = _CHANGED_EACH = 100


def video_id(number: int) -> int:
    """19 digits, in no order that the number would show."""
    return 7_300_000_000_000_000_000 + number * 104_729_000_003 % 100_000_000_000_000_000


def write_parents(folder: Path, videos: int) -> None:
    """Write what snapshots hang on: videos, and what these need."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "brands.csv", "code,name", iter(["B,Mây Lụa"]))
    _write(folder / "creators.csv", "creator_key,name", (f"k{n},Nguyễn Hà {n}" for n in range(_CREATORS)))
    campaign = "C,Tết,B,2026-01-01,2026-12-31"
    _write(folder / "campaigns.csv", "code,name,brand_code,start_date,end_date", iter([campaign]))
    _write(
        folder / "videos.csv",
        "channel,platform_video_id,campaign_code,creator_key,title,url",
        (
            f"tiktok,{video_id(n)},C,k{n % _CREATORS},Video {n},https://www.tiktok.com/@k{n}/video/{video_id(n)}"
            for n in range(videos)
        ),
    )


def write_snapshots(folder: Path, videos: int, snapshots: int, edit: str) -> None:
    """Write so many snapshots, a day of all videos after the other; `edit` is as_is, changed or bad."""
    folder.mkdir(parents=True, exist_ok=True)
    edits: dict[str, Callable[[int, str], str]] = {"as_is": _as_is, "changed": _changed, "bad": _bad}
    lines = map(edits[edit], range(snapshots), _snapshot_lines(videos, snapshots))
    _write(folder / "video_snapshots.csv", HEADER, lines)


def bad_rows(snapshots: int) -> int:
    """How many rows of so many snapshots are bad in the file `bad`, and changed in `changed`."""
    return (snapshots + _BAD_EACH - 1) // _BAD_EACH


def _snapshot_lines(videos: int, snapshots: int) -> Iterator[str]:
    for number in range(snapshots):
        day, place = divmod(number, videos)
        video = (place * _STEP + day * 31) % videos
        second = (video * 7_321 + day * 977) % 86_400
        views = (video * 48_271 + 11) % 900_000 + (day + 1) * 1_013
        moment = _FIRST_DAY + timedelta(days=day)
        clock = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        yield (
            f"tiktok,{video_id(video)},{moment}T{clock}Z,{views},{views // 17},{views // 211},{views // 307},"
            f"{views // 401},{views % 997 / 10_000}"
        )


def _as_is(_number: int, line: str) -> str:
    return line


def _changed(number: int, line: str) -> str:
    """One row in a hundred has one view more."""
    if number % _CHANGED_EACH:
        return line
    cells = line.split(",")
    cells[3] = str(int(cells[3]) + 1)
    return ",".join(cells)


def _bad(number: int, line: str) -> str:
    """One row in a hundred is wrong: a video that is not there, no number, no time."""
    if number % _BAD_EACH:
        return line
    cells = line.split(",")
    place, cell = ((1, "1" + cells[1][1:]), (3, "nhiều"), (2, "2026-13-45T00:00:00Z"))[number // _BAD_EACH % 3]
    cells[place] = cell
    return ",".join(cells)


def _write(file: Path, header: str, lines: Iterator[str]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        opened.write(header + "\n")
        batch: list[str] = []
        for line in lines:
            batch.append(line)
            if len(batch) == _BATCH:
                opened.write("\n".join(batch) + "\n")
                batch.clear()
        if batch:
            opened.write("\n".join(batch) + "\n")


if __name__ == "__main__":
    what, target, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    if what == "parents":
        write_parents(target, count)
    else:
        write_snapshots(target, count, int(sys.argv[4]), what)
