"""What was posted, and how it did from day to day."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from tui_booking.models.base import (
    Base,
    ChoiceField,
    CodeField,
    Computed,
    CountField,
    DateField,
    FlagField,
    FoldedField,
    JsonField,
    RateField,
    Reference,
    TextField,
    UtcDateTimeField,
    lookup,
    sorted_by,
    unique,
)
from tui_booking.models.bookings import Booking, BookingDeliverable
from tui_booking.models.campaigns import Campaign
from tui_booking.models.choices import VideoChannel, VideoStatus
from tui_booking.models.creators import Creator
from tui_booking.models.driver import peewee


class Video(Base):
    """A post; known by its id on the platform, or by its address where it has none."""

    checks: ClassVar[dict[str, str]] = {"identified": "platform_video_id IS NOT NULL OR url <> ''"}
    lookups = (
        unique("channel", "platform_video_id", where="platform_video_id IS NOT NULL"),
        unique("url", where="platform_video_id IS NULL"),
        lookup("campaign_id", "post_date"),
        lookup("creator_id", "post_date"),
        lookup("status", "post_date"),
        sorted_by("post_date"),
    )
    placeholder = True

    booking_deliverable = Reference(BookingDeliverable, backref="videos", null=True)
    booking_deliverable_id: UUID | None
    booking = Reference(Booking, backref="videos", null=True)
    booking_id: UUID | None
    campaign = Reference(Campaign, backref="videos")
    campaign_id: UUID
    creator = Reference(Creator, backref="videos")
    creator_id: UUID
    channel = ChoiceField(VideoChannel)
    platform_video_id = CodeField(null=True)
    url = CodeField(default="")
    title = TextField()
    post_date = DateField(null=True)
    thumbnail_url = TextField()
    status = ChoiceField(VideoStatus, default=VideoStatus.POSTED)
    is_placeholder = FlagField(default=False)
    title_folded = FoldedField("title", indexed=100)


class VideoMetricSnapshot(Base):
    """What a video had reached at a moment. The table that grows: one index besides its key."""

    lookups = (unique("video_id", "snapshot_time"),)

    video = Reference(Video, backref="snapshots")
    video_id: UUID
    snapshot_time = UtcDateTimeField()
    view_count = CountField(default=0)
    like_count = CountField(default=0)
    comment_count = CountField(default=0)
    share_count = CountField(default=0)
    save_count = CountField(default=0)
    engagement_rate = RateField(null=True)
    data_raw = JsonField()


class VideoLatest(Computed):
    """The newest snapshot of each video that has one, deleted ones apart, so that lists need not look for it.

    Computed: the import and every edit of a snapshot bring it up to date, and the check proves it. So few rows are
    read through quickly, so that no index but its key has to be kept when snapshots are imported.
    """

    video = Reference(Video, primary_key=True, backref="latest")
    video_id: UUID
    snapshot_time = UtcDateTimeField()
    view_count = CountField(default=0)
    like_count = CountField(default=0)
    comment_count = CountField(default=0)
    share_count = CountField(default=0)
    save_count = CountField(default=0)


class ViewDay(Computed):
    """What all videos, or those of a brand, gained in views on a day, so that it is worked out once.

    Computed when the dashboard is first asked for a day, and forgotten when something that it comes from changes. The
    row of all videos says that the day is known; `gained` is empty where no snapshot was taken.
    """

    day = DateField()
    scope = CodeField()
    zone = CodeField()
    gained = CountField(null=True, minimum=None)

    class Meta:
        primary_key = peewee.CompositeKey("day", "scope")
