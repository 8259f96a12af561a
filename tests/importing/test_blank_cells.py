"""What an empty cell does to a stored value: it keeps it, or clears it where that is asked for and possible."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.office import Office, counts, errors


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
    assert office.rows(f"SELECT {columns} FROM creator") == [("A", "", "male", "", 5, "watchlist", "")]
    assert office.value("SELECT dob FROM creator") is None
    assert counts(office.take("creators", header, "a,,,,,,,,", blank="clear")) == (0, 0, 1, 0, 0)


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
