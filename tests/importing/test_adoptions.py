"""A campaign that was made as a placeholder without a brand gets that of the first good row that names one."""

from __future__ import annotations

import pytest

from tests.importing.inboxes import file_of
from tests.importing.office import Lines, NewOffice, Office, counts, errors, texts

BRANDS = ("code,name", "B1,Một", "B2,Hai")
BOOKINGS = "code,campaign_code,brand_code,creator_key,product_code,start_date,end_date"
SAID = "the campaign, which an import made as a placeholder, gets this brand"
BRAND_OF = (
    "SELECT c.code, b.code FROM campaign c JOIN brand b ON b.id = c.brand_id WHERE c.code <> 'UNKNOWN' ORDER BY 1"
)


def have_campaign(office: Office, *more: str) -> None:
    """Have brands, the creator k, and the campaign C, which stands in for a missing one and has the products P."""
    office.take("brands", *BRANDS)
    office.take("creators", "creator_key,name", "k,K")
    lines = ("campaign_code,product_code", "C,P", *more)
    assert office.take("campaign_products", *lines, create_missing=True).status == "imported"
    assert ("C", "UNKNOWN") in office.rows(BRAND_OF)


@pytest.mark.parametrize("create_missing", [False, True])
def test_a_booking_gives_it_its_brand_and_what_hangs_on_it_follows(office: Office, create_missing: bool) -> None:
    have_campaign(office)
    office.take("bookings", BOOKINGS, "B0,C,,k,P,,")
    file = office.take("bookings", BOOKINGS, "B1,C,B1,k,P,,", create_missing=create_missing)
    assert counts(file) == (1, 0, 0, 0, 0), file.messages
    assert texts(file, "info") == [SAID]
    assert office.rows(BRAND_OF) == [("C", "B1")]
    for table, field in (("booking", "product_focus_id"), ("campaign_product", "product_id")):
        query = (
            f"SELECT DISTINCT p.code, b.code FROM {table} x JOIN product p ON p.id = x.{field}"
            " JOIN brand b ON b.id = p.brand_id"
        )
        assert office.rows(query) == [("P", "B1")], table
    assert office.rows("SELECT DISTINCT b.code FROM booking x JOIN brand b ON b.id = x.brand_id") == [("B1",)]
    before = office.dump()
    again = office.take("bookings", BOOKINGS, "B1,C,B1,k,P,,", create_missing=create_missing, dry_run=True)
    assert (counts(again), again.messages) == ((0, 0, 1, 0, 0), [])
    assert office.dump() == before
    # It is complete only when its own row comes.
    assert office.value("SELECT COUNT(*) FROM campaign WHERE code = 'C' AND is_placeholder") == 1


def test_so_does_a_product_of_the_campaign_and_a_brand_that_is_missing_itself(office: Office) -> None:
    have_campaign(office)
    header = "campaign_code,brand_code,product_code"
    file = office.take("campaign_products", header, "C,NEW,Q", create_missing=True)
    assert counts(file) == (1, 0, 0, 0, 0), file.messages
    assert file.placeholders == {"brand": 1, "product": 1}
    assert office.rows(BRAND_OF) == [("C", "NEW")]


def test_a_new_product_is_one_of_that_brand(office: Office) -> None:
    have_campaign(office)
    file = office.take("bookings", BOOKINGS, "B1,C,B1,k,Q,,", create_missing=True)
    assert file.placeholders == {"product": 1}
    query = "SELECT p.code, b.code FROM product p JOIN brand b ON b.id = p.brand_id ORDER BY 1"
    assert office.rows(query) == [("P", "B1"), ("Q", "B1")]


def test_the_product_of_that_brand_takes_the_place_of_a_stand_in(office: Office) -> None:
    have_campaign(office)
    office.take("products", "brand_code,code,name", "B1,P,Serum")
    assert office.take("bookings", BOOKINGS, "B1,C,B1,k,P,,").errors == 0
    for table, field in (("booking", "product_focus_id"), ("campaign_product", "product_id")):
        query = f"SELECT p.name FROM {table} x JOIN product p ON p.id = x.{field}"
        assert office.rows(query) == [("Serum",)], table


def test_so_does_one_that_is_made_for_it_where_another_campaign_has_the_stand_in_too(office: Office) -> None:
    have_campaign(office, "D,P")
    file = office.take("bookings", BOOKINGS, "B1,C,B1,k,P,,", create_missing=True)
    assert file.placeholders == {"product": 1}
    query = (
        "SELECT c.code, b.code FROM campaign_product x JOIN campaign c ON c.id = x.campaign_id"
        " JOIN product p ON p.id = x.product_id JOIN brand b ON b.id = p.brand_id ORDER BY 1"
    )
    assert office.rows(query) == [("C", "B1"), ("D", "UNKNOWN")]


def test_the_order_of_files_makes_no_difference(new_office: NewOffice) -> None:
    products: dict[str, Lines] = {"campaign_products": ("campaign_code,product_code", "C,P")}
    bookings: dict[str, Lines] = {"bookings": (BOOKINGS, "B1,C,B1,k,P,,")}
    found = []
    for first, second in ((products, bookings), (bookings, products)):
        with new_office() as office:
            office.take("brands", *BRANDS)
            office.take_all(first, create_missing=True)
            office.take_all(second, create_missing=True)
            tables = office.contents()
            found.append([tables[table] for table in ("booking", "campaign_product")])
            assert office.rows(BRAND_OF) == [("C", "B1")]
    assert found[0] == found[1]


def test_rows_that_name_different_brands_are_judged_by_the_first(office: Office) -> None:
    have_campaign(office)
    file = office.take("bookings", BOOKINGS, "B1,C,B2,k,,,", "B2,C,B1,k,,,", on_error="skip")
    assert (counts(file), errors(file)) == ((1, 0, 0, 0, 1), [(3, "brand_code")])
    assert "the campaign belongs to the brand 'B2'" in texts(file, "error")[0]
    assert office.rows(BRAND_OF) == [("C", "B2")]


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("X,C,B1,nobody,,,", "creator_key"),
        ("X,C,B1,,,,", "creator_key"),
        ("X,C,B1,k,,2027-02-01,2027-01-01", "end_date"),
        ("X,C,B1,k,,x,", "start_date"),
        ("X,C,NOPE,k,,,", "brand_code"),
    ],
)
def test_a_bad_row_gives_nothing_and_has_no_other_error(office: Office, row: str, column: str) -> None:
    have_campaign(office)
    file = office.take("bookings", BOOKINGS, row, "B2,C,,k,,,", on_error="skip")
    assert (counts(file), errors(file)) == ((1, 0, 0, 0, 1), [(2, column)]), file.messages
    assert office.rows(BRAND_OF) == [("C", "UNKNOWN")]


def test_a_file_that_is_rolled_back_leaves_it_as_it_was(office: Office) -> None:
    have_campaign(office)
    before = office.contents()
    assert office.take("bookings", BOOKINGS, "B1,C,B1,k,,,", "X,C,B1,nobody,,,").status == "rolled_back"
    assert office.contents() == before


@pytest.mark.parametrize(("campaign", "brand"), [("UNKNOWN", "B1"), ("D", "B1")])
def test_neither_what_stands_for_the_unknown_nor_a_campaign_with_a_brand_is_given_another(
    office: Office, campaign: str, brand: str
) -> None:
    have_campaign(office)
    office.take("payments", "booking_code,amount,payment_date", "B0,1,2027-01-01", create_missing=True)
    office.take("campaigns", "code,name,brand_code,start_date,end_date", "D,d,B2,2027-01-01,2027-01-02")
    file = office.take("bookings", BOOKINGS, f"X,{campaign},{brand},k,,,")
    assert errors(file) == [(2, "brand_code")]
    assert office.rows(BRAND_OF) == [("C", "UNKNOWN"), ("D", "B2")]


def test_a_dry_run_says_what_the_run_does(office: Office) -> None:
    have_campaign(office, "D,P")
    files: dict[str, Lines] = {
        "bookings": (BOOKINGS, "B1,C,B1,k,P,,", "B2,C,,k,Q,,", "B3,D,B2,k,P,,"),
        "campaign_products": ("campaign_code,brand_code,product_code", "D,B2,R"),
    }
    before = office.dump()
    dry = office.take_all(files, create_missing=True, dry_run=True)
    assert office.dump() == before
    real = office.take_all(files, create_missing=True)
    for kind in files:
        one, other = file_of(dry, kind), file_of(real, kind)
        assert (counts(one), one.placeholders, one.messages) == (counts(other), other.placeholders, other.messages)
        assert one.status == "imported"
    assert office.rows(BRAND_OF) == [("C", "B1"), ("D", "B2")]
    again = office.take_all(files, create_missing=True)
    assert [counts(file) for file in again.files] == [(0, 0, 1, 0, 0), (0, 0, 3, 0, 0)]
