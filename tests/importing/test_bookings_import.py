"""Bookings: their history, what belongs together, and what goes with them when they change."""

from __future__ import annotations

import pytest

from tests.importing.office import Office, counts, errors, texts

CAMPAIGN_OF = "SELECT c.code FROM {0} x JOIN campaign c ON c.id = x.campaign_id"
HISTORY = (
    "SELECT b.code, h.from_status, h.to_status, u.username, h.note FROM booking_status_history h"
    " JOIN booking b ON b.id = h.booking_id JOIN app_user u ON u.id = h.changed_by_id ORDER BY h.changed_at, b.code"
)


def test_every_change_of_a_status_is_written_down_and_nothing_else_is(office: Office) -> None:
    office.open_shop()
    assert office.rows(HISTORY) == [
        ("B1", None, "in_progress", "lan", "import of bookings.csv"),
        ("B2", None, "negotiating", "lan", "import of bookings.csv"),
    ]
    office.take("bookings", "code,status", "B1,in_progress", "B2,confirmed")
    office.take("bookings", "code,internal_note", "B1,x", "B2,y")
    assert [row[:3] for row in office.rows(HISTORY)[2:]] == [("B2", "negotiating", "confirmed")]


def test_a_status_that_is_refused_leaves_no_history(office: Office) -> None:
    office.open_shop()
    before = office.rows(HISTORY)
    office.take("bookings", "code,status,start_date,end_date", "B1,completed,2027-03-01,2027-01-01", on_error="skip")
    office.take("bookings", "code,status", "B1,completed", dry_run=True)
    assert office.rows(HISTORY) == before


def test_the_brand_is_the_campaigns_and_any_other_is_an_error(office: Office) -> None:
    office.open_shop()
    header = "code,campaign_code,brand_code,creator_key"
    file = office.take("bookings", header, "N,TET,SUN,linh")
    assert errors(file) == [(2, "brand_code")]
    assert "'LUNA'" in file.messages[0].message
    assert counts(office.take("bookings", header, "N,TET,LUNA,linh", "M,TET,,linh")) == (2, 0, 0, 0, 0)


def test_a_channel_of_another_creator_is_an_error(office: Office) -> None:
    office.open_shop()
    header = "code,campaign_code,creator_key,platform,handle"
    file = office.take("bookings", header, "N,TET,linh,tiktok,duc")
    assert errors(file) == [(2, "handle")]
    assert "'duc'" in file.messages[0].message


def test_another_creator_is_refused_while_the_channel_is_the_old_ones(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,creator_key", "B1,duc")
    assert errors(file) == [(2, "handle")]
    file = office.take("bookings", "code,creator_key,platform,handle", "B1,duc,tiktok,duc")
    assert counts(file) == (0, 1, 0, 0, 0)


def test_a_platform_without_a_handle_is_a_warning(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,platform", "B1,youtube")
    assert counts(file) == (0, 0, 1, 0, 0)
    assert len(texts(file, "warning")) == 1


def test_a_product_of_another_brand_is_not_found(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,product_code", "B1,SPF")
    assert errors(file) == [(2, "product_code")]


def test_a_product_of_the_brand_that_is_left_is_refused(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,campaign_code", "B1,HE")
    assert errors(file) == [(2, "product_code")]
    assert "'LUNA'" in file.messages[0].message
    assert counts(office.take("bookings", "code,campaign_code,product_code", "B1,HE,SPF")) == (0, 1, 0, 0, 0)


@pytest.mark.parametrize("dates", ["2027-01-25,", ",2027-01-01", "2027-03-02,2027-03-01"])
def test_an_end_before_the_start_is_an_error_also_where_one_is_stored(office: Office, dates: str) -> None:
    office.open_shop()
    file = office.take("bookings", "code,start_date,end_date", f"B1,{dates}")
    assert errors(file) == [(2, "end_date")]


def test_what_hangs_on_a_booking_goes_with_it_to_another_campaign(office: Office) -> None:
    office.open_shop()
    office.take("campaigns", "code,name,brand_code,start_date,end_date", "TRUNG THU,t,LUNA,2027-08-01,2027-09-01")
    assert counts(office.take("bookings", "code,campaign_code", "B1,TRUNG THU")) == (0, 1, 0, 0, 0)
    for table in ("payment", "video", "tracking_asset"):
        assert set(office.rows(CAMPAIGN_OF.format(table))) == {("TRUNG THU",)}, table
    spent = "SELECT code, budget_actual FROM campaign WHERE budget_actual > 0"
    assert office.rows(spent) == [("TRUNG THU", 250_000_000)]


def test_what_hangs_on_a_booking_goes_with_it_to_another_creator(office: Office) -> None:
    office.open_shop()
    office.take("bookings", "code,creator_key,handle", "B1,duc,duc")
    for table in ("payment", "video", "tracking_asset"):
        query = f"SELECT DISTINCT c.creator_key FROM {table} x JOIN creator c ON c.id = x.creator_id"
        assert office.rows(query) == [("duc",)], table


def test_a_code_of_somebody_else_stays_theirs_when_the_booking_changes_hands(office: Office) -> None:
    office.open_shop()
    office.take("creators", "creator_key,name", "mai,Mai")
    office.store.execute_sql(
        "UPDATE tracking_asset SET creator_id = (SELECT id FROM creator WHERE creator_key = 'mai')"
    )
    office.take("bookings", "code,creator_key,handle", "B1,duc,duc")
    assert office.value("SELECT c.creator_key FROM tracking_asset x JOIN creator c ON c.id = x.creator_id") == "mai"


def test_rows_that_follow_a_booking_do_not_move_when_it_does_not(office: Office) -> None:
    office.open_shop()
    before = {table: office.rows(f"SELECT id, updated_at FROM {table} ORDER BY id") for table in ("payment", "video")}
    office.take("bookings", "code,internal_note", "B1,x")
    for table, rows in before.items():
        assert office.rows(f"SELECT id, updated_at FROM {table} ORDER BY id") == rows


def test_a_campaign_of_another_brand_takes_its_bookings_along(office: Office) -> None:
    office.open_shop()
    assert counts(office.take("campaigns", "code,brand_code", "TET,SUN")) == (0, 1, 0, 0, 0)
    query = "SELECT d.code FROM booking b JOIN brand d ON d.id = b.brand_id WHERE b.code = 'B1'"
    assert office.value(query) == "SUN"


def test_a_fee_in_another_currency_must_say_so_again(office: Office) -> None:
    office.open_shop()
    file = office.take("bookings", "code,total_fee_agreed", "B2,200")
    assert errors(file) == [(2, "currency")]
    file = office.take("bookings", "code,total_fee_agreed,currency", "B2,200.25,USD")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.value("SELECT total_fee_agreed FROM booking WHERE code = 'B2'") == 20_025


class TestVideosOfBookings:
    def test_campaign_and_creator_of_a_video_are_the_bookings(self, office: Office) -> None:
        office.open_shop()
        header = "booking_code,campaign_code,creator_key,channel,platform_video_id"
        file = office.take("videos", header, "B2,TET,,tiktok,73", "B2,,linh,tiktok,74", "B2,HE,duc,tiktok,75")
        assert errors(file) == [(2, "campaign_code"), (3, "creator_key")]

    def test_a_video_that_moves_to_another_booking_takes_its_campaign_and_leaves_its_deliverable(
        self, office: Office
    ) -> None:
        office.open_shop()
        key = ("booking_code,deliverable_title,channel,platform_video_id", "7300000000000000001")
        office.take("videos", key[0], f"B1,Video chính,tiktok,{key[1]}")
        file = office.take("videos", "booking_code,channel,platform_video_id", f"B2,tiktok,{key[1]}")
        assert counts(file) == (0, 1, 0, 0, 0)
        assert office.rows(CAMPAIGN_OF.format("video")) == [("HE",)]
        assert office.value("SELECT booking_deliverable_id FROM video") is None

    def test_a_deliverable_is_looked_for_in_the_videos_own_booking(self, office: Office) -> None:
        office.open_shop()
        header = "booking_code,deliverable_title,channel,platform_video_id"
        assert errors(office.take("videos", header, "B2,Video chính,tiktok,73")) == [(2, "deliverable_title")]
        file = office.take(
            "videos", "deliverable_title,channel,platform_video_id", "Video chính,tiktok,7300000000000000001"
        )
        assert counts(file) == (0, 1, 0, 0, 0)


class TestCodesOfBookings:
    def test_a_code_belongs_to_the_campaign_of_its_booking(self, office: Office) -> None:
        office.open_shop()
        header = "campaign_code,booking_code,code_type,code_value,platform"
        file = office.take("tracking_assets", header, "HE,B1,voucher,N,web")
        assert errors(file) == [(2, "campaign_code")]

    def test_a_code_that_goes_to_another_booking_goes_to_its_campaign(self, office: Office) -> None:
        office.open_shop()
        header = "booking_code,creator_key,code_type,code_value,platform"
        file = office.take("tracking_assets", header, "B2,duc,voucher,LINH10,shopee")
        assert counts(file) == (0, 1, 0, 0, 0)
        assert office.rows(CAMPAIGN_OF.format("tracking_asset")) == [("HE",)]
