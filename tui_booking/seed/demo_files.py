"""Writes the demo as import files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from tui_booking.seed import demo_people, demo_results, demo_work
from tui_booking.seed.csv_files import write_rows


def write_demo_files(folder: Path, today: date, operator: str) -> None:
    """Write a file of each kind but none for what has no import file; owned and paid by `operator`."""
    write_rows(folder, "brands", demo_people.BRANDS)
    write_rows(folder, "products", demo_people.PRODUCTS)
    write_rows(folder, "creators", demo_people.creator_rows())
    write_rows(folder, "creator_channels", demo_people.channel_rows())
    write_rows(folder, "creator_contacts", demo_people.contact_rows())
    write_rows(folder, "campaigns", demo_work.campaign_rows(today, operator))
    write_rows(folder, "campaign_products", demo_work.campaign_product_rows())
    write_rows(folder, "campaign_creators", demo_work.campaign_creator_rows())
    write_rows(folder, "bookings", demo_work.booking_rows(today))
    write_rows(folder, "booking_deliverables", demo_work.deliverable_rows(today))
    write_rows(folder, "videos", demo_results.video_rows(today))
    write_rows(folder, "video_snapshots", demo_results.snapshot_rows(today))
    write_rows(folder, "tracking_assets", demo_results.asset_rows())
    write_rows(folder, "conversions", demo_results.conversion_rows(today))
    write_rows(folder, "payments", demo_results.payment_rows(today, operator))
