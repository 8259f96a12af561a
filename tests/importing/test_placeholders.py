"""A missing reference becomes the least record that the constraints allow, and is completed by its own file."""

from __future__ import annotations

import pytest

from tests.importing.inboxes import FILES, file_of
from tests.importing.office import NewOffice, Office, counts, errors

NOTE = "AUTO-CREATED BY IMPORT"
# Where the note of a placeholder goes; the others have no such field.
NOTES = {
    "brand": "description",
    "product": "note",
    "creator": "note_internal",
    "campaign": "description",
    "booking": "internal_note",
    "tracking_asset": "note",
}
MARKED = ("brand", "product", "creator", "creator_channel", "campaign", "booking", "video", "tracking_asset")
# What an otherwise empty database makes of the sample file of each kind.
MADE = {
    "products": {"brand": 2},
    "creator_channels": {"creator": 2},
    "creator_contacts": {"creator": 1},
    "campaigns": {"brand": 2, "app_user": 1},
    "campaign_products": {"brand": 1, "campaign": 2, "product": 2},
    "campaign_creators": {"brand": 1, "campaign": 2, "creator": 2},
    "bookings": {"brand": 1, "campaign": 2, "creator": 2, "creator_channel": 2, "product": 2},
    "booking_deliverables": {"brand": 1, "campaign": 1, "creator": 1, "booking": 1},
    "videos": {"brand": 1, "campaign": 1, "creator": 1, "booking": 1},
    "video_snapshots": {"brand": 1, "campaign": 1, "creator": 1, "video": 1},
    "tracking_assets": {"brand": 1, "campaign": 1, "creator": 1, "booking": 1},
    "conversions": {"brand": 1, "campaign": 1, "tracking_asset": 1},
    "payments": {"brand": 1, "campaign": 1, "creator": 1, "booking": 1, "app_user": 1},
}


@pytest.mark.parametrize("kind", list(MADE))
def test_a_file_alone_makes_what_it_points_at_and_its_own_file_completes_it(office: Office, kind: str) -> None:
    file = office.take(kind, *FILES[kind].splitlines(), create_missing=True)
    assert file.status == "imported", file.messages
    assert file.created == file.rows
    assert file.placeholders == MADE[kind]
    for table in MARKED:
        marked = office.value(f"SELECT COUNT(*) FROM {table} WHERE is_placeholder")
        assert marked == MADE[kind].get(table, 0), table
        if table in NOTES:
            assert office.value(f"SELECT COUNT(*) FROM {table} WHERE {NOTES[table]} = '{NOTE}'") == marked, table
    assert counts(office.take(kind, *FILES[kind].splitlines(), create_missing=True)) == (0, 0, file.rows, 0, 0)

    office.open_shop()
    # What stood for the unknown stays, with the products that were its own.
    of_unknown = " AND brand_id <> (SELECT id FROM brand WHERE code = 'UNKNOWN')"
    unknown = dict.fromkeys(("brand", "campaign"), " AND code <> 'UNKNOWN'") | {
        "creator": " AND creator_key <> 'UNKNOWN'",
        "product": of_unknown if "campaign" in MADE[kind] else "",
    }
    for table in MARKED:
        others = unknown.get(table, "")
        assert office.value(f"SELECT COUNT(*) FROM {table} WHERE is_placeholder{others}") == 0, table
        if table in NOTES:
            assert office.value(f"SELECT COUNT(*) FROM {table} WHERE {NOTES[table]} = '{NOTE}'{others}") == 0, table


@pytest.mark.parametrize("kind", list(MADE))
def test_completed_afterwards_or_known_before_it_is_the_same(new_office: NewOffice, kind: str) -> None:
    with new_office() as office:
        office.open_shop()
        known = office.contents()
    with new_office() as office:
        office.take(kind, *FILES[kind].splitlines(), create_missing=True)
        office.open_shop()
        completed = office.contents()
    for table, rows in known.items():
        # What stood for the unknown stays, and the history of a booking that was missing has one more line.
        left = [row for row in completed[table] if NOTE in row and "UNKNOWN" in row]
        if table != "booking_status_history":
            assert [row for row in completed[table] if row not in left] == rows, table


def test_without_create_missing_every_missing_reference_is_an_error_of_its_row(office: Office) -> None:
    for kind, made in MADE.items():
        file = office.take(kind, *FILES[kind].splitlines())
        assert file.errors > 0, kind
        assert file.status == "rolled_back"
        assert file.placeholders == {}
        assert made
    assert set(office.contents()["app_user"]) == {office.contents()["app_user"][0]}


def test_a_placeholder_takes_what_it_points_at_from_its_row(office: Office) -> None:
    office.open_shop(["brands", "creators", "campaigns"])
    file = office.take(
        "payments",
        "booking_code,campaign_code,creator_key,amount,payment_date",
        "NEW,HE,duc,100,2027-01-01",
        create_missing=True,
    )
    assert file.placeholders == {"booking": 1}
    query = (
        "SELECT c.code, r.creator_key, d.code FROM booking b JOIN campaign c ON c.id = b.campaign_id"
        " JOIN creator r ON r.id = b.creator_id JOIN brand d ON d.id = b.brand_id"
    )
    assert office.rows(query) == [("HE", "duc", "SUN")]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_it_takes_it_from_whichever_row_knows_it(office: Office, order: tuple[int, int]) -> None:
    office.open_shop(["brands", "creators", "campaigns"])
    rows = ("NEW,,duc,100,2027-01-01", "NEW,HE,,200,2027-01-02")
    file = office.take(
        "payments",
        "booking_code,campaign_code,creator_key,amount,payment_date",
        *(rows[place] for place in order),
        create_missing=True,
    )
    assert file.placeholders == {"booking": 1}
    query = (
        "SELECT c.code, r.creator_key FROM payment p JOIN campaign c ON c.id = p.campaign_id"
        " JOIN creator r ON r.id = p.creator_id"
    )
    assert office.rows(query) == [("HE", "duc")] * 2


def test_a_product_named_beside_its_brand_gets_that_brand(office: Office) -> None:
    office.open_shop(["brands", "campaigns"])
    lines = ("campaign_code,brand_code,product_code", "TET,SUN,P1", "TET,,P2")
    file = office.take("campaign_products", *lines, create_missing=True)
    assert file.placeholders == {"product": 2}
    query = "SELECT p.code, b.code FROM product p JOIN brand b ON b.id = p.brand_id ORDER BY p.code"
    assert office.rows(query) == [("P1", "SUN"), ("P2", "LUNA")]


def test_one_missing_record_that_many_rows_name_is_one_placeholder(office: Office) -> None:
    rows = [f"NEW,P{number},p" for number in range(50)]
    file = office.take("products", "brand_code,code,name", *rows, create_missing=True)
    assert file.placeholders == {"brand": 1}
    assert office.rows("SELECT code, name FROM brand") == [("NEW", "NEW")]


def test_users_that_are_named_are_made(office: Office) -> None:
    office.open_shop(["brands"])
    header = "code,name,brand_code,start_date,end_date,owner_username"
    row = "C,c,LUNA,2027-01-01,2027-01-02,Hoà.Trần"
    file = office.take("campaigns", header, row)
    assert errors(file) == [(2, "owner_username")]
    file = office.take("campaigns", header, row, create_missing=True)
    assert file.placeholders == {"app_user": 1}
    assert office.rows("SELECT username, full_name FROM app_user WHERE username <> 'lan'") == [("Hoà.Trần", "Hoà.Trần")]


def test_what_only_bad_rows_would_need_is_not_made(office: Office) -> None:
    header = "code,campaign_code,creator_key,platform,handle,product_code,start_date,end_date"
    good, bad = "G,C1,k1,tiktok,h1,P1,,", "X,C2,k2,tiktok,h2,P2,2027-02-01,2027-01-01"
    file = office.take("bookings", header, good, bad, create_missing=True, on_error="skip")
    assert counts(file) == (1, 0, 0, 0, 1)
    assert file.placeholders == {"brand": 1, "campaign": 1, "creator": 1, "creator_channel": 1, "product": 1}
    assert office.rows("SELECT code FROM campaign") == [("C1",)]
    assert office.rows("SELECT creator_key FROM creator") == [("k1",)]


def test_a_file_that_is_rolled_back_leaves_no_placeholders_and_reports_none(office: Office) -> None:
    header = "code,campaign_code,creator_key,start_date,end_date"
    file = office.take(
        "bookings", header, "G,C1,k1,,", "X,C2,k2,2027-02-01,2027-01-01", create_missing=True, on_error="rollback"
    )
    assert (file.status, file.placeholders) == ("rolled_back", {})
    assert office.value("SELECT COUNT(*) FROM campaign") == 0


def test_placeholders_can_be_found_by_their_folded_text(office: Office) -> None:
    office.take("products", "brand_code,code,name", "ĐẸP-Ü,P,p", create_missing=True)
    assert office.rows("SELECT code_folded, name_folded FROM brand") == [("dep-u", "dep-u")]


def test_completing_keeps_a_note_that_somebody_wrote_and_takes_one_that_the_file_has(office: Office) -> None:
    office.take("products", "brand_code,code,name", "A,P,p", "B,P,p", "C,P,p", create_missing=True)
    office.store.execute_sql("UPDATE brand SET description = 'gọi lại' WHERE code = 'B'")
    office.take("brands", "code,name,description", "A,a,", "B,b,", "C,c,mới")
    assert office.rows("SELECT code, description FROM brand ORDER BY code") == [
        ("A", ""),
        ("B", "gọi lại"),
        ("C", "mới"),
    ]


def test_a_row_that_equals_its_placeholder_still_completes_it_once(office: Office) -> None:
    office.take("products", "brand_code,code,name", "A,P,p", create_missing=True)
    assert counts(office.take("brands", "code,name", "A,A")) == (0, 1, 0, 0, 0)
    assert counts(office.take("brands", "code,name", "A,A")) == (0, 0, 1, 0, 0)


def test_a_campaign_is_not_completed_without_its_dates(office: Office) -> None:
    office.take("campaign_creators", "campaign_code,creator_key", "C,k", create_missing=True)
    file = office.take("campaigns", "code,status", "C,running", on_error="skip")
    assert errors(file) == [(2, "end_date"), (2, "start_date")]
    file = office.take("campaigns", "code,start_date,end_date", "C,2027-01-01,2027-02-01")
    assert counts(file) == (0, 1, 0, 0, 0)


class TestWhatHangsOn:
    def test_videos_payments_and_codes_follow_a_booking_that_leaves_the_unknown(self, office: Office) -> None:
        office.take_all(
            {
                "videos": ("booking_code,channel,platform_video_id", "B1,tiktok,7300000000000000001"),
                "payments": ("booking_code,amount,payment_date,status", "B1,100,2027-01-01,paid"),
                "tracking_assets": (
                    "campaign_code,booking_code,code_type,code_value,platform",
                    "UNKNOWN,B1,voucher,X,web",
                ),
            },
            create_missing=True,
        )
        assert office.value("SELECT budget_actual FROM campaign WHERE code = 'UNKNOWN'") == 10_000
        office.open_shop(["brands", "products", "creators", "creator_channels", "campaigns", "bookings"])
        for table in ("video", "payment", "tracking_asset"):
            query = f"SELECT c.code FROM {table} x JOIN campaign c ON c.id = x.campaign_id"
            assert office.rows(query) == [("TET",)], table
        for table in ("video", "payment"):
            query = f"SELECT c.creator_key FROM {table} x JOIN creator c ON c.id = x.creator_id"
            assert office.rows(query) == [("linh",)], table
        spent = "SELECT code, budget_actual FROM campaign ORDER BY code"
        assert office.rows(spent) == [("HE", 0), ("TET", 10_000), ("UNKNOWN", 0)]

    def test_bookings_follow_a_campaign_that_gets_its_brand(self, office: Office) -> None:
        office.take("bookings", "code,campaign_code,creator_key,product_code", "B1,TET,linh,SERUM", create_missing=True)
        office.open_shop(["brands", "campaigns"])
        query = "SELECT d.code FROM booking b JOIN brand d ON d.id = b.brand_id"
        assert office.rows(query) == [("LUNA",)]
        assert office.rows("SELECT p.code, b.code FROM product p JOIN brand b ON b.id = p.brand_id") == [
            ("SERUM", "LUNA")
        ]

    def test_their_products_become_those_of_the_brand_where_it_has_them(self, office: Office) -> None:
        office.take("bookings", "code,campaign_code,creator_key,product_code", "B1,TET,linh,SERUM", create_missing=True)
        office.take("campaign_products", "campaign_code,product_code", "TET,SERUM")
        office.open_shop(["brands", "products", "campaigns"])
        for table, field in (("booking", "product_focus_id"), ("campaign_product", "product_id")):
            query = f"SELECT p.name FROM {table} x JOIN product p ON p.id = x.{field}"
            assert office.rows(query) == [("Serum C",)], table

    def test_a_missing_product_of_two_campaigns_goes_to_neither_brand(self, office: Office) -> None:
        lines = ("campaign_code,product_code", "TET,P", "HE,P")
        office.take("campaign_products", *lines, create_missing=True)
        office.open_shop(["brands", "campaigns"])
        assert office.rows("SELECT b.code FROM product p JOIN brand b ON b.id = p.brand_id") == [("UNKNOWN",)]

    def test_products_that_a_campaign_has_twice_then_stay_apart(self, office: Office) -> None:
        office.open_shop(["brands", "products"])
        lines = ("campaign_code,brand_code,product_code", "TET,LUNA,SERUM", "TET,UNKNOWN,SERUM")
        office.take("campaign_creators", "campaign_code,creator_key", "TET,linh", create_missing=True)
        office.take("campaign_products", *lines, create_missing=True)
        report = office.take_all({"campaigns": tuple(FILES["campaigns"].splitlines())}, create_missing=True)
        assert file_of(report, "campaigns").status == "imported"
        assert office.value("SELECT COUNT(*) FROM campaign_product") == 2

    def test_orders_of_a_missing_product_follow_the_campaign_as_well(self, office: Office) -> None:
        header = "platform,code_type,code_value,order_code,order_date,product_code"
        asset = ("campaign_code,code_type,code_value,platform", "TET,voucher,LINH10,shopee")
        office.take("tracking_assets", *asset, create_missing=True)
        office.take("conversions", header, "shopee,voucher,LINH10,O1,2027-01-01,SERUM", create_missing=True)
        office.open_shop(["brands", "products", "campaigns"])
        query = (
            "SELECT p.name, b.code FROM tracking_conversion x JOIN product p ON p.id = x.product_id"
            " JOIN brand b ON b.id = p.brand_id"
        )
        assert office.rows(query) == [("Serum C", "LUNA")]


@pytest.mark.parametrize("create_missing", [False, True])
def test_no_deliverable_is_made_for_a_title_and_that_is_said(office: Office, create_missing: bool) -> None:
    office.open_shop()
    lines = ("booking_code,deliverable_title,channel,platform_video_id", "B1,Khác,tiktok,7300000000000000009")
    file = office.take("videos", *lines, create_missing=create_missing)
    (message,) = file.messages
    assert (message.row, message.column, message.value) == (2, "deliverable_title", "Khác")
    assert ("--create-missing makes none" in message.message) == create_missing
    assert "import booking_deliverables first or correct the cell" in message.message


def test_a_missing_booking_that_is_made_has_a_first_status_in_its_history(office: Office) -> None:
    office.take("payments", "booking_code,amount,payment_date", "B1,100,2027-01-01", create_missing=True)
    assert office.rows("SELECT from_status, to_status FROM booking_status_history") == [(None, "negotiating")]
