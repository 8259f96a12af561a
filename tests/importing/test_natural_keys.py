"""A row creates, updates or leaves alone the record that its natural key finds, by each key that a kind has."""

from __future__ import annotations

import pytest

from tests.importing.inboxes import FILES
from tests.importing.office import Office, counts, errors, texts, told

# For every kind: a file with only a key and a column that changes, and where the change is to be seen.
CHANGES = {
    "brands": ("code,description", "LUNA,mới", "SELECT description FROM brand WHERE code = 'LUNA'", "mới"),
    "products": (
        "brand_code,code,category",
        "LUNA,SERUM,da",
        "SELECT category FROM product WHERE code = 'SERUM'",
        "da",
    ),
    "creators": ("creator_key,location", "linh,Huế", "SELECT location FROM creator WHERE creator_key = 'linh'", "Huế"),
    "creator_channels": (
        "platform,handle,avg_view_10",
        "tiktok,@Linh.Review,77",
        "SELECT avg_view_10 FROM creator_channel WHERE handle = 'linh.review'",
        77,
    ),
    "creator_contacts": (
        "creator_key,contact_type,name,email",
        "linh,manager,Chị Hoa,hoa@example.vn",
        "SELECT email FROM creator_contact",
        "hoa@example.vn",
    ),
    "campaigns": ("code,kpi_view", "TET,1000", "SELECT kpi_view FROM campaign WHERE code = 'TET'", 1000),
    "campaign_products": (
        "campaign_code,product_code,note",
        "TET,SERUM,chính",
        "SELECT note FROM campaign_product WHERE priority = 1",
        "chính",
    ),
    "campaign_creators": (
        "campaign_code,creator_key,role",
        "HE,duc,trial",
        "SELECT role FROM campaign_creator WHERE note = 'mới'",
        "trial",
    ),
    "bookings": ("code,status", "B1,completed", "SELECT status FROM booking WHERE code = 'B1'", "completed"),
    "booking_deliverables": (
        "booking_code,deliverable_type,title,quantity",
        "B1,video_feed,Video chính,3",
        "SELECT quantity FROM booking_deliverable",
        3,
    ),
    "videos": (
        "channel,platform_video_id,status",
        "tiktok,7300000000000000001,hidden",
        "SELECT status FROM video",
        "hidden",
    ),
    "video_snapshots": (
        "channel,platform_video_id,snapshot_time,save_count",
        "tiktok,7300000000000000001,2027-01-11 09:00,5",
        "SELECT save_count FROM video_metric_snapshot WHERE view_count = 12000",
        5,
    ),
    "tracking_assets": (
        "platform,code_type,code_value,note",
        "shopee,voucher,LINH10,mới",
        "SELECT note FROM tracking_asset",
        "mới",
    ),
    "conversions": (
        "platform,code_type,code_value,order_code,revenue",
        "shopee,voucher,LINH10,240101ABC,-1",
        "SELECT revenue FROM tracking_conversion WHERE order_code = '240101ABC'",
        -100,
    ),
    "payments": ("payment_ref,note", "PAY-2,sau", "SELECT note FROM payment WHERE payment_ref = 'PAY-2'", "sau"),
}


def test_the_same_folder_twice_changes_nothing_the_second_time(office: Office) -> None:
    office.open_shop()
    before = office.dump()
    report = office.run(create_missing=True)
    assert report.ok
    assert report.totals["unchanged"] == report.totals["rows"] == sum(text.count("\n") - 1 for text in FILES.values())
    assert report.totals["placeholders"] == 0
    after = office.dump()
    for history in ("import_run", "import_file"):
        assert len(after.pop(history)) == 2 * len(before.pop(history))
    assert after == before


def test_files_of_only_a_key_and_what_changes_update_one_record_each(office: Office) -> None:
    office.open_shop()
    for kind, (header, row, query, expected) in CHANGES.items():
        assert office.value(query) != expected, kind
        file = office.take(kind, header, row)
        assert counts(file) == (0, 1, 0, 0, 0), (kind, file.messages)
        assert office.value(query) == expected, kind
        file = office.take(kind, header, row)
        assert counts(file) == (0, 0, 1, 0, 0), (kind, file.messages)


def test_updating_leaves_every_other_record_as_it_was(office: Office) -> None:
    office.open_shop()
    for kind, (header, row, _, _) in CHANGES.items():
        before = office.dump()
        office.take(kind, header, row)
        after = office.dump()
        changed = {
            table: len(set(after[table]) - set(before[table])) for table in after if after[table] != before[table]
        }
        told_of = {"import_run", "import_file"} | ({"booking_status_history"} if kind == "bookings" else set())
        changed = {table: number for table, number in changed.items() if table not in told_of}
        assert list(changed.values()) == [1], kind


@pytest.mark.parametrize("kind", ["brands", "creators", "campaigns", "bookings", "payments", "conversions"])
def test_a_row_that_creates_needs_the_required_columns_and_each_lack_is_named(office: Office, kind: str) -> None:
    office.open_shop()
    header, row, needed = {
        "brands": ("code,description", "NEW,x", ["name"]),
        "creators": ("creator_key,location", "new,x", ["name"]),
        "campaigns": ("code,kpi_view", "NEW,1", ["brand_code", "end_date", "name", "start_date"]),
        "bookings": ("code,status", "NEW,confirmed", ["campaign_code", "creator_key"]),
        "payments": ("payment_ref,note", "NEW,x", ["amount", "booking_code", "payment_date"]),
        "conversions": ("platform,code_type,code_value,order_code", "shopee,voucher,LINH10,NEW", ["order_date"]),
    }[kind]
    file = office.take(kind, header, row, create_missing=True)
    assert counts(file) == (0, 0, 0, 0, 1)
    assert [column for _, column in errors(file) if column != "payment_ref"] == needed
    assert file.status == "rolled_back"


def test_a_file_whose_header_lacks_the_key_is_unreadable_and_says_what_it_needs(office: Office) -> None:
    for kind in FILES:
        file = office.take(kind, "description,requirements", "x,y")
        assert (file.status, file.rows) == ("unreadable", 0), kind
        assert "lacks" in file.messages[0].message


def test_a_row_with_an_empty_key_cell_is_an_error_of_that_row(office: Office) -> None:
    file = office.take("brands", "code,name", "A,Một", ",Hai", on_error="skip")
    assert counts(file) == (1, 0, 0, 0, 1)
    assert errors(file) == [(3, "code")]


def test_the_same_product_code_of_two_brands_is_two_products(office: Office) -> None:
    office.take("brands", "code,name", "A,a", "B,b")
    file = office.take("products", "brand_code,code,name", "A,P,pa", "B,P,pb")
    assert counts(file) == (2, 0, 0, 0, 0)
    file = office.take("products", "brand_code,code,name", "A,P,pa", "B,P,khác")
    assert counts(file) == (0, 1, 1, 0, 0)


class TestCreators:
    def test_without_a_key_the_channel_finds_the_creator(self, office: Office) -> None:
        office.open_shop(["creators", "creator_channels"])
        file = office.take("creators", "platform,handle,name,niche", "tiktok,@LINH.review,Nguyễn Thị Linh,da")
        assert counts(file) == (0, 1, 0, 0, 0)
        assert office.value("SELECT niche FROM creator WHERE creator_key = 'linh'") == "da"

    def test_without_key_and_channel_the_name_finds_the_creator(self, office: Office) -> None:
        office.open_shop(["creators"])
        file = office.take("creators", "name,niche", "Nguyễn Thị Linh,da")
        assert counts(file) == (0, 1, 0, 0, 0)
        assert office.value("SELECT niche FROM creator WHERE creator_key = 'linh'") == "da"

    def test_a_name_that_two_creators_have_is_ambiguous(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,Lan Anh", "b,Lan Anh")
        file = office.take("creators", "name,niche", "Lan Anh,da")
        assert errors(file) == [(2, "name")]

    def test_a_new_creator_without_a_key_gets_one_from_the_name_once(self, office: Office) -> None:
        for expected in ((1, 0, 0, 0, 0), (0, 0, 1, 0, 0)):
            assert counts(office.take("creators", "name,niche", "Đỗ Mỹ Linh,da")) == expected
        assert office.rows("SELECT creator_key, name FROM creator") == [("do-my-linh", "Đỗ Mỹ Linh")]

    def test_a_channel_given_with_a_creator_becomes_the_creators(self, office: Office) -> None:
        lines = ("creator_key,name,platform,handle", "a,A,youtube,@Kenh")
        assert counts(office.take("creators", *lines)) == (1, 0, 0, 0, 0)
        assert office.rows("SELECT platform, handle FROM creator_channel") == [("youtube", "kenh")]
        before = office.contents()
        assert counts(office.take("creators", *lines)) == (0, 0, 1, 0, 0)
        assert office.contents() == before

    def test_a_channel_of_another_creator_is_an_error_that_names_the_owner(self, office: Office) -> None:
        office.open_shop(["creators", "creator_channels"])
        file = office.take("creators", "creator_key,name,handle", "duc,Đức,linh.review")
        assert errors(file) == [(2, "handle")]
        assert "'linh'" in file.messages[0].message


class TestChannels:
    HEADER = "creator_key,platform,handle,external_id,follower_count"

    def test_a_known_external_id_finds_the_channel_and_its_new_handle_is_taken(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        office.take("creator_channels", self.HEADER, "a,tiktok,old,100200300,5")
        file = office.take("creator_channels", self.HEADER, "a,tiktok,new,100200300,6")
        assert counts(file) == (0, 1, 0, 0, 0)
        assert office.rows("SELECT handle, follower_count FROM creator_channel") == [("new", 6)]

    def test_an_unknown_external_id_goes_to_the_channel_of_that_handle(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        office.take("creator_channels", "creator_key,platform,handle", "a,tiktok,h")
        file = office.take("creator_channels", self.HEADER, "a,tiktok,h,100200300,6")
        assert counts(file) == (0, 1, 0, 0, 0)

    def test_an_external_id_and_a_handle_of_two_channels_are_an_error(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        office.take("creator_channels", self.HEADER, "a,tiktok,one,1000,5", "a,tiktok,two,2000,5")
        file = office.take("creator_channels", self.HEADER, "a,tiktok,two,1000,7")
        assert errors(file) == [(2, "external_id")]
        assert "'one'" in file.messages[0].message

    def test_a_channel_of_another_creator_is_an_error(self, office: Office) -> None:
        office.open_shop(["creators", "creator_channels"])
        file = office.take("creator_channels", "creator_key,platform,handle", "duc,tiktok,linh.review")
        assert errors(file) == [(2, "creator_key")]
        assert "'linh'" in file.messages[0].message

    def test_the_same_handle_on_two_platforms_is_two_channels(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        file = office.take("creator_channels", "creator_key,platform,handle", "a,tiktok,h", "a,youtube,h")
        assert counts(file) == (2, 0, 0, 0, 0)


class TestContacts:
    HEADER = "creator_key,contact_type,name,is_primary"

    def test_a_new_primary_contact_takes_over_from_the_old_one(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A", "b,B")
        office.take("creator_contacts", self.HEADER, "a,owner,Một,1", "b,owner,Khác,1")
        file = office.take("creator_contacts", self.HEADER, "a,manager,Hai,1")
        assert counts(file) == (1, 0, 0, 0, 0)
        primary = "SELECT name FROM creator_contact WHERE is_primary ORDER BY name"
        assert office.rows(primary) == [("Hai",), ("Khác",)]

    def test_the_primary_contact_can_change_hands_within_a_file(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        office.take("creator_contacts", self.HEADER, "a,owner,Một,1", "a,manager,Hai,0")
        file = office.take("creator_contacts", self.HEADER, "a,owner,Một,0", "a,manager,Hai,1")
        assert counts(file) == (0, 2, 0, 0, 0)
        assert office.rows("SELECT name FROM creator_contact WHERE is_primary") == [("Hai",)]

    def test_two_primary_contacts_of_a_creator_in_one_file_are_errors(self, office: Office) -> None:
        office.take("creators", "creator_key,name", "a,A")
        file = office.take("creator_contacts", self.HEADER, "a,owner,Một,1", "a,manager,Hai,1", "a,agency,Ba,0")
        assert errors(file) == [(2, "is_primary"), (3, "is_primary")]


class TestDeliverables:
    HEADER = "booking_code,deliverable_code,deliverable_type,title,deadline_post,quantity"

    def test_the_code_finds_a_deliverable_whatever_else_changes(self, office: Office) -> None:
        office.open_shop()
        office.take("booking_deliverables", self.HEADER, "B1,D1,live,Live,2027-01-09,1")
        file = office.take("booking_deliverables", self.HEADER, "B1,D1,series,Khác,2027-01-10,2")
        assert counts(file) == (0, 1, 0, 0, 0)

    def test_without_a_code_the_deadline_belongs_to_the_key(self, office: Office) -> None:
        office.open_shop()
        lines = (self.HEADER, "B1,,live,Live,2027-01-09,1", "B1,,live,Live,2027-01-10,1", "B1,,live,Live,,1")
        assert counts(office.take("booking_deliverables", *lines)) == (3, 0, 0, 0, 0)
        assert counts(office.take("booking_deliverables", *lines)) == (0, 0, 3, 0, 0)

    def test_a_row_that_says_too_little_is_an_error(self, office: Office) -> None:
        office.open_shop()
        file = office.take("booking_deliverables", self.HEADER, "B1,,live,,,1")
        assert (2, "title") in errors(file)


class TestVideos:
    def test_the_id_inside_a_tiktok_address_finds_the_video(self, office: Office) -> None:
        office.open_shop()
        url = "https://www.tiktok.com/@linh.review/video/7300000000000000001"
        file = office.take("videos", "channel,url,title", f"tiktok,{url}?lang=vi,Khác")
        assert counts(file) == (0, 1, 0, 0, 0)

    def test_an_id_that_is_not_the_one_in_the_address_is_an_error(self, office: Office) -> None:
        office.open_shop()
        url = "https://www.tiktok.com/@linh.review/video/7300000000000000001"
        file = office.take("videos", "channel,platform_video_id,url", f"tiktok,7300000000000000002,{url}")
        assert (2, "url") in errors(file)

    def test_a_video_without_an_id_is_found_by_its_address(self, office: Office) -> None:
        office.open_shop()
        header = "campaign_code,creator_key,channel,url,title"
        assert counts(office.take("videos", header, "TET,linh,other,https://fb.vn/v/1,Một")) == (1, 0, 0, 0, 0)
        assert counts(office.take("videos", header, "TET,linh,other,https://fb.vn/v/1,Hai")) == (0, 1, 0, 0, 0)
        assert counts(office.take("videos", "url,title", "https://fb.vn/v/1,Ba")) == (0, 1, 0, 0, 0)

    def test_one_of_id_and_address_must_be_there(self, office: Office) -> None:
        office.open_shop()
        file = office.take("videos", "booking_code,channel,platform_video_id,url", "B1,tiktok,,")
        assert (2, "platform_video_id") in errors(file)

    def test_a_new_video_without_a_booking_needs_campaign_and_creator(self, office: Office) -> None:
        office.open_shop()
        file = office.take("videos", "channel,platform_video_id,campaign_code,creator_key", "tiktok,73,TET,")
        assert errors(file) == [(2, "booking_code")]


class TestTracking:
    def test_the_same_code_on_two_platforms_is_two_codes(self, office: Office) -> None:
        office.open_shop(["brands", "campaigns"])
        header = "campaign_code,code_type,code_value,platform"
        file = office.take("tracking_assets", header, "TET,voucher,X,shopee", "TET,voucher,X,web", "TET,link,X,web")
        assert counts(file) == (3, 0, 0, 0, 0)

    def test_the_same_order_by_two_codes_is_two_orders(self, office: Office) -> None:
        office.open_shop(["brands", "campaigns"])
        office.take(
            "tracking_assets", "campaign_code,code_type,code_value,platform", "TET,voucher,X,web", "TET,voucher,Y,web"
        )
        header = "platform,code_type,code_value,order_code,order_date"
        file = office.take("conversions", header, "web,voucher,X,O1,2027-01-01", "web,voucher,Y,O1,2027-01-01")
        assert counts(file) == (2, 0, 0, 0, 0)


def test_leading_zeros_long_ids_long_text_and_emoji_come_through(office: Office) -> None:
    description = "Dòng 1\nDòng 2 🎁 e\u0301 " + "x" * 40_000
    office.take_all(
        {
            "brands": ("code,name,description", f'007,Zero,"{description}"'),
            "products": ("brand_code,code,name,sapo_id", "007,0001,P,0012345678901234567"),
        }
    )
    assert office.rows("SELECT code, description FROM brand") == [("007", description.replace("e\u0301", "é"))]
    assert office.rows("SELECT code, sapo_product_id FROM product") == [("0001", "0012345678901234567")]


def test_codes_that_differ_in_case_are_different_records(office: Office) -> None:
    file = office.take("brands", "code,name", "luna,a", "LUNA,b")
    assert counts(file) == (2, 0, 0, 0, 0)
    assert told(office.take_all({"brands": ("code,name", "luna,a")})) == []


def test_unknown_columns_are_named_and_left_alone(office: Office) -> None:
    file = office.take("brands", "code,name,favourite colour", "A,a,red")
    assert counts(file) == (1, 0, 0, 0, 0)
    assert any("favourite colour" in text for text in texts(file, "info"))
