"""What the kinds of records are called."""

from __future__ import annotations

from tui_booking.language import N_, _

_LABELS = {
    "user": N_("User"),
    "brand": N_("Brand"),
    "product": N_("Product"),
    "creator": N_("Creator"),
    "creator_channel": N_("Channel"),
    "creator_contact": N_("Contact"),
    "creator_tag": N_("Tag"),
    "creator_tag_map": N_("Tag of a creator"),
    "creator_note": N_("Note"),
    "creator_rate_card": N_("Rate card"),
    "campaign": N_("Campaign"),
    "campaign_product": N_("Product of a campaign"),
    "campaign_creator": N_("Creator of a campaign"),
    "booking": N_("Booking"),
    "booking_deliverable": N_("Deliverable"),
    "booking_status_history": N_("Status change"),
    "video": N_("Video"),
    "video_metric_snapshot": N_("Snapshot"),
    "tracking_asset": N_("Tracking code"),
    "tracking_conversion": N_("Order"),
    "payment": N_("Payment"),
    "template": N_("Template"),
    "rule": N_("Rule"),
    "rule_log": N_("Entry of a rule's log"),
    "import_run": N_("Import"),
    "import_file": N_("Imported file"),
}


def kind_label(kind: str) -> str:
    """What a person calls a kind of record."""
    return _(_LABELS[kind])
