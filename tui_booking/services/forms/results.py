"""The forms of videos, tracking, payments, templates and rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tui_booking.language import N_
from tui_booking.models.choices import (
    CodeType,
    PaymentMethod,
    PaymentStatus,
    RuleScope,
    TemplateChannel,
    TemplateType,
    TrackingPlatform,
    VideoChannel,
    VideoStatus,
)
from tui_booking.services.forms.declaration import LINK_BYTES, Form, FormField, Narrowing, choice, count
from tui_booking.services.forms.people import CURRENCY, DATA, IN_USE
from tui_booking.services.forms.work import BOOKING, CAMPAIGN, CREATOR

# Where a booking is named, campaign and creator are the booking's.
UNLESS_BOOKED = N_("The booking's, where there is one.")

RESULTS = (
    Form(
        "video",
        N_("Video"),
        (
            FormField("url", N_("Address"), "code", longest=LINK_BYTES, reads="link", help=N_("Its id is read of it.")),
            choice("channel", N_("Channel"), VideoChannel.TIKTOK),
            FormField("platform_video_id", N_("Id on the platform"), "code", nullable=True),
            FormField("title", N_("Title"), "long_text"),
            FormField("booking", N_("Booking"), "reference", reference="booking"),
            FormField(
                "booking_deliverable", N_("Deliverable"), "reference", reference="booking_deliverable",
                narrowed_by=Narrowing("booking", "t.booking_id = ?", needed=True),
            ),
            replace(CAMPAIGN, required=False, help=UNLESS_BOOKED),
            replace(CREATOR, required=False, help=UNLESS_BOOKED),
            choice("status", N_("Status"), VideoStatus.POSTED),
            FormField("post_date", N_("Posted on"), "date", help=N_("Empty while it is pending.")),
            FormField("thumbnail_url", N_("Cover picture"), longest=LINK_BYTES, reads="link"),
        ),
    ),
    Form(
        "video_metric_snapshot",
        N_("Snapshot"),
        (
            FormField("video", N_("Video"), "reference", required=True, reference="video"),
            FormField("snapshot_time", N_("Measured at"), "moment", required=True, starts_today=True),
            count("view_count", N_("Views")),
            count("like_count", N_("Likes")),
            count("comment_count", N_("Comments")),
            count("share_count", N_("Shares")),
            count("save_count", N_("Saves")),
            FormField("engagement_rate", N_("Engagement rate"), "percent", help=N_("As the source gave it: 8.5%")),
            DATA,
        ),
    ),
    Form(
        "tracking_asset",
        N_("Tracking code"),
        (
            choice("code_type", N_("Type"), CodeType.VOUCHER),
            FormField("code_value", N_("Code or link"), "code", required=True),
            choice("platform", N_("Platform"), TrackingPlatform.TIKTOK_SHOP),
            FormField("booking", N_("Booking"), "reference", reference="booking"),
            replace(CAMPAIGN, required=False, help=UNLESS_BOOKED),
            replace(CREATOR, required=False, help=N_("Who was given it.")),
            FormField("target_url", N_("Leads to"), longest=LINK_BYTES, nullable=True, reads="link"),
            FormField("note", N_("Note"), "long_text"),
            IN_USE,
        ),
    ),
    Form(
        "tracking_conversion",
        N_("Order"),
        (
            FormField("tracking_asset", N_("Tracking code"), "reference", required=True, reference="tracking_asset"),
            FormField("order_code", N_("Order code"), "code", required=True),
            FormField("order_date", N_("Order date"), "date", required=True, starts_today=True),
            FormField(
                "revenue", N_("Revenue"), "money", required=True, currency="currency", default=Decimal(0), minimum=None,
                help=N_("Negative where it was given back."),
            ),
            CURRENCY,
            FormField("order_id_external", N_("Id in the shop"), "code", nullable=True),
            FormField("source_platform", N_("Bought on")),
            FormField("product", N_("Product"), "reference", reference="product"),
            FormField("quantity", N_("Quantity"), "count"),
            DATA,
        ),
    ),
    Form(
        "payment",
        N_("Payment"),
        (
            BOOKING,
            FormField("amount", N_("Amount"), "money", required=True, currency="currency"),
            CURRENCY,
            FormField("exchange_rate", N_("Exchange rate"), "rate", help=N_("VND for one unit; not for VND.")),
            FormField("amount_vnd", N_("In VND"), "money", read_only=True, help=N_("Computed from amount and rate.")),
            FormField(
                "payment_date", N_("Date"), "date", required=True, starts_today=True,
                help=N_("On which it is due or was made."),
            ),
            choice("status", N_("Status"), PaymentStatus.PLANNED),
            choice("payment_method", N_("Method"), PaymentMethod.BANK_TRANSFER),
            FormField("invoice_number", N_("Invoice"), "code", nullable=True),
            FormField(
                "payment_ref", N_("Reference"), "code", nullable=True,
                help=N_("Finds it, whatever else changes."),
            ),
            FormField("note", N_("Note"), "long_text"),
            replace(CREATOR, required=False, read_only=True, help=N_("The booking's.")),
            replace(CAMPAIGN, required=False, read_only=True, help=N_("The booking's.")),
            FormField("created_by", N_("Entered by"), "reference", reference="user", read_only=True),
        ),
    ),
    Form(
        "template",
        N_("Template"),
        (
            FormField("name", N_("Name"), "code", required=True),
            choice("template_type", N_("Type"), TemplateType.CHAT_MESSAGE),
            choice("channel", N_("Channel"), TemplateChannel.GENERAL),
            FormField("content", N_("Text"), "markdown", required=True, help=N_("Markdown with {{variables}}.")),
            FormField(
                "variables", N_("Variables"), "json", default={},
                help=N_('{"name": {"description": "…", "default": "…"}}'),
            ),
            IN_USE,
        ),
    ),
    Form(
        "rule",
        N_("Rule"),
        (
            FormField("name", N_("Name"), "code", required=True),
            FormField("description", N_("Description"), "long_text", help=N_("What it watches for.")),
            choice("scope", N_("Scope"), RuleScope.BOOKING),
            FormField(
                "condition_json", N_("Condition"), "json", required=True, default={},
                help=N_('{"all": [{"field": "status", "op": "=", "value": "confirmed"}]}'),
            ),
            FormField(
                "action_json", N_("Action"), "json", required=True, default={},
                help=N_('{"type": "alert", "level": "warning", "message": "…"}'),
            ),
            IN_USE,
        ),
    ),
)  # fmt: skip
