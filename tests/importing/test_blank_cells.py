"""What an empty cell does to a stored value: it keeps it, or clears it where that is asked for and possible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.office import Office, counts, errors
from tui_booking.importing.kinds import KINDS, Kind
from tui_booking.importing.plan import MODEL_OF_TABLE


def test_a_blank_cell_keeps_the_stored_value(office: Office) -> None:
    office.take("creators", "creator_key,name,gender,dob,niche,priority_score", "a,A,male,1999-01-02,da,7")
    before = office.contents()
    file = office.take("creators", "creator_key,name,gender,dob,niche,priority_score", "a,,,,,")
    assert counts(file) == (0, 0, 1, 0, 0)
    assert office.contents() == before


def test_a_blank_cell_clears_the_stored_value_where_asked(office: Office) -> None:
    header = "creator_key,name,alias,gender,dob,niche,priority_score,status,note_internal"
    office.take("creators", header, "a,A,Aa,male,1999-01-02,da,7,watchlist,ghi chú")
    file = office.take("creators", header, "a,,,,,,,,", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0)
    columns = "name, alias, gender, niche, priority_score, status, note_internal"
    assert office.rows(f"SELECT {columns} FROM creator") == [("A", "", None, "", 5, "watchlist", "")]
    assert office.value("SELECT dob FROM creator") is None
    assert counts(office.take("creators", header, "a,,,,,,,,", blank="clear")) == (0, 0, 1, 0, 0)


# For each kind a row of the sample files, found by its key, and values for what may be empty in it.
MAY_BE_EMPTY: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "products": ({"brand_code": "LUNA", "code": "SERUM"}, {"sapo_id": "001", "shopee_id": "002"}),
    "creators": ({"creator_key": "linh"}, {"gender": "female", "dob": "1999-01-02"}),
    "creator_channels": ({"platform": "tiktok", "handle": "duc"}, {"external_id": "77"}),
    "creator_contacts": ({"creator_key": "linh", "contact_type": "manager", "name": "Chị Hoa"}, {"wechat": "hoa"}),
    "campaigns": ({"code": "TET"}, {"owner_username": "mai"}),
    "bookings": (
        {"code": "B1"},
        {
            "start_date": "2027-01-05",
            "end_date": "2027-01-20",
            "handle": "linh.review",
            "product_code": "SERUM",
        },
    ),
    "booking_deliverables": (
        {"booking_code": "B1", "deliverable_code": "D1", "deliverable_type": "live", "title": "Live"},
        {"deadline_shoot": "2027-01-06", "deadline_post": "2027-01-09", "fee": "5"},
    ),
    "videos": (
        {"channel": "tiktok", "platform_video_id": "7300000000000000001"},
        {"booking_code": "B1", "deliverable_title": "Video chính", "post_date": "2027-01-10"},
    ),
    "video_snapshots": (
        {"channel": "tiktok", "platform_video_id": "7300000000000000001", "snapshot_time": "2027-01-11 09:00"},
        {"engagement_rate": "0.05"},
    ),
    "tracking_assets": (
        {"code_type": "voucher", "code_value": "LINH10", "platform": "shopee"},
        {"booking_code": "B1", "creator_key": "linh", "target_url": "https://example.com/a"},
    ),
    "conversions": (
        {"platform": "shopee", "code_type": "voucher", "code_value": "LINH10", "order_code": "240101ABC"},
        {"order_id_external": "9", "product_code": "SERUM", "quantity": "2"},
    ),
    "payments": ({"payment_ref": "PAY-1"}, {"invoice_number": "HD-1", "created_by_username": "mai"}),
}


def fields_that_may_be_empty(kind: Kind) -> dict[str, str]:
    """The columns of a kind that fill a field which may hold nothing, and the field; without those of its key."""
    nullable = {field.column_name for field in MODEL_OF_TABLE[kind.table]._meta.sorted_fields if field.null}
    filled = {column.name: column.field for column in kind.columns if column.field}
    filled |= {reference.column: reference.field for reference in kind.references if reference.field}
    key = {name for key in kind.keys for name in key} | {column.name for column in kind.columns if column.required}
    # An amount in dong has no exchange rate, and one in another currency needs it.
    return {name: field for name, field in filled.items() if field in nullable - {"exchange_rate"} and name not in key}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_field_that_may_hold_nothing_is_emptied(office: Office, kind: Kind) -> None:
    fields = fields_that_may_be_empty(kind)
    found_by, values = MAY_BE_EMPTY.get(kind.name, ({}, {}))
    assert set(fields) == set(values)
    if not fields:
        return
    office.open_shop()
    header = ",".join((*found_by, *values))
    file = office.take(kind.name, header, ",".join((*found_by.values(), *values.values())))
    assert file.errors == 0, file.messages
    filled, empty = (
        f"SELECT COUNT(*) FROM {kind.table} WHERE {' AND '.join(f'{field} IS {state}' for field in fields.values())}"
        for state in ("NOT NULL", "NULL")
    )
    before = office.value(filled), office.value(empty)
    file = office.take(kind.name, header, ",".join((*found_by.values(), *[""] * len(values))), blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0), file.messages
    assert (office.value(filled), office.value(empty)) == (before[0] - 1, before[1] + 1)
    file = office.take(kind.name, header, ",".join((*found_by.values(), *[""] * len(values))), blank="clear")
    assert counts(file) == (0, 0, 1, 0, 0)


def test_a_column_that_the_file_does_not_have_is_never_cleared(office: Office) -> None:
    office.take("brands", "code,name,description", "A,Một,mô tả")
    file = office.take("brands", "code,name", "A,Một", blank="clear")
    assert counts(file) == (0, 0, 1, 0, 0)
    assert office.value("SELECT description FROM brand") == "mô tả"


@pytest.mark.parametrize("by", ["name", "handle"])
def test_clearing_never_takes_the_key_of_a_record_that_another_key_found(office: Office, by: str) -> None:
    office.take("creators", "creator_key,name,handle", "KOC-001,Đỗ Mỹ Linh,linh")
    handle = "linh" if by == "handle" else ""
    file = office.take("creators", "creator_key,name,handle,niche", f",Đỗ Mỹ Linh,{handle},da", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.rows("SELECT creator_key, niche FROM creator") == [("KOC-001", "da")]


def test_clearing_leaves_the_codes_by_which_payments_and_deliverables_are_found(office: Office) -> None:
    office.open_shop()
    office.take("booking_deliverables", "booking_code,deliverable_code,deliverable_type,title", "B1,D1,live,Live")
    header = "booking_code,deliverable_code,deliverable_type,title,quantity"
    office.take("booking_deliverables", header, "B1,,live,Live,4", blank="clear")
    assert office.rows("SELECT deliverable_code, quantity FROM booking_deliverable WHERE title = 'Live'") == [("D1", 4)]
    header = "payment_ref,booking_code,amount,payment_date,status,invoice_number"
    office.take("payments", header, ",B1,2500000,2027-01-25,paid,HD-1", blank="clear")
    query = "SELECT payment_ref, invoice_number FROM payment WHERE status = 'paid'"
    assert office.rows(query) == [("PAY-1", "HD-1")]


def test_clearing_what_a_computed_value_comes_from_computes_it_anew(office: Office) -> None:
    office.open_shop()
    header = "payment_ref,booking_code,amount,currency,exchange_rate,payment_date,status"
    office.take("payments", header, "P,B1,100,USD,25000,2027-01-01,paid")
    paid: Any = "SELECT budget_actual FROM campaign WHERE code = 'TET'"
    assert office.value(paid) == 500_000_000
    file = office.take("payments", "payment_ref,exchange_rate,amount", "P,,200", blank="clear")
    assert errors(file)[0] == (2, "currency")
    file = office.take("payments", "payment_ref,exchange_rate,amount,currency", "P,,200,USD", blank="clear")
    assert errors(file) == [(2, "exchange_rate")]
    file = office.take("payments", "payment_ref,exchange_rate,amount,currency", "P,,200,VND", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.value(paid) == 250_020_000


def test_clearing_the_booking_of_a_video_clears_its_deliverable_and_keeps_its_campaign(office: Office) -> None:
    office.open_shop()
    header = "booking_code,deliverable_title,channel,platform_video_id"
    office.take("videos", header, "B1,Video chính,tiktok,7300000000000000001")
    file = office.take("videos", "booking_code,channel,platform_video_id", ",tiktok,7300000000000000001", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.rows("SELECT booking_id, booking_deliverable_id FROM video") == [(None, None)]
    assert office.value("SELECT c.code FROM video v JOIN campaign c ON c.id = v.campaign_id") == "TET"


def test_clearing_the_booking_of_a_video_frees_it_for_another_campaign(office: Office) -> None:
    office.open_shop()
    header = "booking_code,campaign_code,creator_key,channel,platform_video_id"
    file = office.take("videos", header, ",HE,duc,tiktok,7300000000000000001", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0), file.messages
    assert office.value("SELECT c.code FROM video v JOIN campaign c ON c.id = v.campaign_id") == "HE"


def test_clearing_the_channel_of_a_booking_frees_it_for_another_creator(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,creator_key,handle", "B1,duc,", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0), file.messages
    query = (
        "SELECT r.creator_key, b.channel_id FROM booking b JOIN creator r ON r.id = b.creator_id WHERE b.code = 'B1'"
    )
    assert office.rows(query) == [("duc", None)]


def test_clearing_folds_anew(office: Office) -> None:
    office.open_shop()
    file = office.take("videos", "channel,platform_video_id,title", "tiktok,7300000000000000001,", blank="clear")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.rows("SELECT title, title_folded FROM video") == [("", "")]
