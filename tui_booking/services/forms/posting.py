"""The form with which a post is written down: which deliverable it is, where it stands, and how it does so far."""

from __future__ import annotations

from dataclasses import replace

from tui_booking.language import N_
from tui_booking.services.forms.declaration import LINK_BYTES, Form, FormField, Narrowing
from tui_booking.services.forms.work import BOOKING

POSTING = Form(
    "post",
    N_("Post"),
    (
        replace(BOOKING, required=True),
        FormField(
            "deliverable",
            N_("Deliverable"),
            "reference",
            required=True,
            reference="booking_deliverable",
            narrowed_by=Narrowing(
                "booking", "t.booking_id = ? AND t.status NOT IN ('posted', 'rejected', 'canceled')", needed=True
            ),
        ),
        FormField("url", N_("Address"), "code", longest=LINK_BYTES, reads="link", required=True),
        FormField("post_date", N_("Posted on"), "date", required=True, starts_today=True),
        FormField("view_count", N_("Views"), "count", help=N_("With figures, a first snapshot is made of now.")),
        FormField("like_count", N_("Likes"), "count"),
        FormField("comment_count", N_("Comments"), "count"),
        FormField("share_count", N_("Shares"), "count"),
        FormField("save_count", N_("Saves"), "count"),
    ),
)

FIGURES = ("view_count", "like_count", "comment_count", "share_count", "save_count")
