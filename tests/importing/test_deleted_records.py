"""Records that were soft-deleted: passed over and said, or brought back where asked; never pointed at."""

from __future__ import annotations

import pytest

from tests.importing.inboxes import FILES
from tests.importing.office import Office, counts, errors, texts
from tui_booking.importing.kinds import KIND_BY_NAME


def test_a_row_whose_record_was_deleted_is_skipped_and_said(office: Office) -> None:
    office.take("brands", "code,name", "A,Một", "B,Hai")
    office.delete("brand", "code = 'A'")
    before = office.contents()
    file = office.take("brands", "code,name", "A,Khác", "B,Hai")
    assert counts(file) == (0, 0, 1, 1, 0)
    assert file.status == "imported"
    (message,) = texts(file, "info")
    assert "deleted" in message
    assert "--restore-deleted" in message
    assert office.contents() == before


@pytest.mark.parametrize("kind", list(FILES))
def test_a_deleted_record_of_every_kind_comes_back_where_asked(office: Office, kind: str) -> None:
    office.open_shop(list(FILES)[: list(FILES).index(kind) + 1])
    office.delete(KIND_BY_NAME[kind].table, "1 = 1")
    header, *rows = FILES[kind].splitlines()
    file = office.take(kind, header, *rows)
    assert counts(file) == (0, 0, 0, len(rows), 0)
    file = office.take(kind, header, *rows, restore_deleted=True)
    assert counts(file) == (0, len(rows), 0, 0, 0)
    table = KIND_BY_NAME[kind].table
    assert office.value(f"SELECT COUNT(*) FROM {table} WHERE deleted_at IS NULL AND is_active") == len(rows)
    file = office.take(kind, header, *rows, restore_deleted=True)
    assert counts(file) == (0, 0, len(rows), 0, 0)


@pytest.mark.parametrize(("cell", "active"), [("", True), ("1", True), ("0", False)])
def test_a_code_that_comes_back_is_in_use_unless_its_row_says_otherwise(
    office: Office, cell: str, active: bool
) -> None:
    office.open_shop()
    office.delete("tracking_asset", "1 = 1")
    header = "platform,code_type,code_value,is_active"
    file = office.take("tracking_assets", header, f"shopee,voucher,LINH10,{cell}", restore_deleted=True)
    assert counts(file) == (0, 1, 0, 0, 0)
    assert bool(office.value("SELECT is_active FROM tracking_asset")) is active


def test_bringing_records_back_leaves_those_alone_that_are_only_out_of_use(office: Office) -> None:
    office.open_shop()
    header = "platform,code_type,code_value,is_active"
    office.take("tracking_assets", header, "shopee,voucher,LINH10,0")
    file = office.take(
        "tracking_assets", "platform,code_type,code_value,note", "shopee,voucher,LINH10,x", restore_deleted=True
    )
    assert counts(file) == (0, 1, 0, 0, 0)
    assert not office.value("SELECT is_active FROM tracking_asset")


def test_a_reference_to_a_deleted_record_is_an_error_even_where_placeholders_are_made(office: Office) -> None:
    office.open_shop(["brands"])
    office.delete("brand", "code = 'LUNA'")
    for create_missing in (False, True):
        file = office.take("products", "brand_code,code,name", "LUNA,P,p", create_missing=create_missing)
        assert errors(file) == [(2, "brand_code")]
        assert "was deleted" in file.messages[0].message


def test_a_file_that_brings_a_record_back_serves_the_files_after_it(office: Office) -> None:
    office.open_shop(["brands"])
    office.delete("brand", "code = 'LUNA'")
    report = office.take_all(
        {"brands": ("code,name", "LUNA,Luna"), "products": ("brand_code,code,name", "LUNA,P,p")}, restore_deleted=True
    )
    assert report.ok


def test_a_payment_that_comes_back_counts_in_its_campaign_again(office: Office) -> None:
    office.open_shop()
    office.delete("payment", "payment_ref = 'PAY-1'")
    office.take("payments", "payment_ref", "PAY-1", restore_deleted=True)
    assert office.value("SELECT budget_actual FROM campaign WHERE code = 'TET'") == 250_000_000


def test_a_creator_is_found_by_name_among_those_that_are_not_deleted(office: Office) -> None:
    office.take("creators", "creator_key,name", "old,Lan", "new,Lan")
    office.delete("creator", "creator_key = 'old'")
    file = office.take("creators", "name,niche", "Lan,da")
    assert counts(file) == (0, 1, 0, 0, 0)
    assert office.value("SELECT niche FROM creator WHERE creator_key = 'new'") == "da"
