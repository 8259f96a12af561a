"""A unit of load data: how large it is, how its records are named, and the daily numbers of its videos."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_BOOKED = ("completed", "completed", "in_progress", "completed", "confirmed", "completed", "in_progress", "completed",
           "negotiating", "completed", "in_progress", "canceled")  # fmt: skip
_POSTING = ("completed", "in_progress")
_LATEST_POST = 15

SNAPSHOT_HEADER = (
    "channel,platform_video_id,snapshot_time,view_count,like_count,comment_count,share_count,save_count,"
    "engagement_rate\n"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many records of a kind a unit has; `snapshots` are those of one video, one a day.

    All else hangs on brands, creators, campaigns and bookings: with none of one of them, ValueError is raised.
    """

    brands: int = 2
    products: int = 6
    creators: int = 6
    campaigns: int = 2
    bookings: int = 12
    videos: int = 25
    snapshots: int = 40
    tracking_assets: int = 8
    conversions: int = 100
    payments: int = 17

    def __post_init__(self) -> None:
        if min(self.brands, self.creators, self.campaigns, self.bookings) < 1:
            raise ValueError("a unit has at least one brand, creator, campaign and booking")


def status_of(booking: int) -> str:
    """The status of the booking of this number in a unit."""
    return _BOOKED[booking % len(_BOOKED)]


def places_of(sizes: Sizes, booking: int) -> tuple[int, int]:
    """The campaign and the creator of a booking; as long as there are pairs, no two bookings have the same."""
    return booking // sizes.creators % sizes.campaigns, booking % sizes.creators


class Units:
    """Makes the rows of any unit; each depends on nothing but the sizes, the random seed, the day and its number."""

    def __init__(self, sizes: Sizes, random_seed: int, day: date) -> None:
        self.sizes = sizes
        self.random_seed = random_seed
        self.prefix = f"LOAD{random_seed}-"
        self.day = day
        # The last day comes last; a snapshot is of midnight in Vietnam, when the day begins there.
        days = sizes.snapshots + _LATEST_POST + 1
        self.times = [f"{day - timedelta(days=back + 1)}T17:00:00Z" for back in range(days - 1, -1, -1)]
        self.posting = [number for number in range(sizes.bookings) if status_of(number) in _POSTING]

    def on(self, offset: int) -> str:
        return (self.day + timedelta(days=offset)).isoformat()

    def code(self, what: str, unit: int, number: int) -> str:
        return f"{self.prefix}{what}-{unit:06}-{number:02}"

    def key(self, unit: int, number: int) -> str:
        return f"load{self.random_seed}-{unit:06}-{number:02}"

    def handle(self, unit: int, number: int) -> str:
        return f"load{self.random_seed}.{unit:06}.{number:02}"

    def video_id(self, unit: int, number: int) -> str:
        """Nineteen digits, as those of TikTok."""
        return f"7{self.random_seed:06}{unit:07}{number:05}"

    def draw(self, kind: str, unit: int) -> Callable[[int, int], int]:
        """A source of whole numbers from the first to the second that is this unit's own."""
        # random() gives the same numbers in every version of Python; randint() is not promised to.
        random = Random(f"{self.random_seed}/{kind}/{unit}").random  # noqa: S311  # nothing secret
        return lambda low, high: low + int(random() * (high - low + 1))

    def product_of(self, unit: int, campaign: int, choice: int) -> str | None:
        """One of the products of the campaign's brand."""
        brands = self.sizes.brands
        own = range(campaign % brands, self.sizes.products, brands)
        return self.code("P", unit, own[choice % len(own)]) if own else None

    def post_offset(self, unit: int, video: int) -> int:
        """The day on which a video was posted, such that its last snapshot is not later than the last day."""
        return -self.sizes.snapshots - (unit * 7 + video * 3) % _LATEST_POST

    def snapshot_lines(self, unit: int) -> str:
        """The lines of video_snapshots of all videos of a unit."""
        draw = self.draw("video_snapshots", unit)
        days = self.sizes.snapshots
        lines: list[str] = []
        for number in range(self.sizes.videos):
            final, half = draw(500, 4_000) ** 2 // 50, draw(1, 6)
            likes, comments, shares, saves = draw(20, 90), draw(1, 9), draw(1, 12), draw(3, 25)
            start = f"tiktok,{self.video_id(unit, number)},"
            first = len(self.times) + self.post_offset(unit, number)
            for age, time in enumerate(self.times[first : first + days], start=1):
                views = final * age // (age + half)
                liked, said, passed = views * likes // 1000, views * comments // 1000, views * shares // 1000
                rate = (liked + said + passed) / views
                lines.append(f"{start}{time},{views},{liked},{said},{passed},{views * saves // 1000},{rate:.4f}\n")
        return "".join(lines)
