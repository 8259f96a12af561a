"""What an export writes, an import of the same database finds unchanged; what it cannot write it says."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.importing.contents import read_contents
from tests.importing.hostile_records import make_hostile_records
from tests.importing.inboxes import import_folder, write_inbox
from tests.records import connected, make
from tui_booking.errors import BookingCenterError
from tui_booking.importing import export_files
from tui_booking.importing.exports import ExportReport, export_kinds, kinds_named
from tui_booking.importing.kinds import KINDS
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Brand,
    Campaign,
    Creator,
    CreatorContact,
    Payment,
    Product,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.models.database import Store

DESTINATIONS = ("out", "out.xlsx")
BOTH = pytest.mark.parametrize("name", DESTINATIONS)


def rows_of(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def messages_of(report: ExportReport) -> list[str]:
    return [message for kind in report.kinds for message in kind.messages()]


def make_booking(**given: Any) -> Any:
    """A booking whose brand is its campaign's, as every import holds."""
    campaign = make(Campaign)
    return make(Booking, campaign=campaign, brand=campaign.brand, **given)


def assert_unchanged(store: Store, path: Path, rows: int, blanks: Sequence[str] = ("keep", "clear")) -> None:
    """Import what was exported, and find every row as it was."""
    for blank in blanks:
        report = import_folder(store, path, blank=blank)
        assert not [message for file in report.files for message in file.messages if message.level == "error"]
        assert report.ok
        assert report.totals["rows"] == report.totals["unchanged"] == rows


@BOTH
def test_every_row_of_every_kind_is_found_unchanged(database_url: str, tmp_path: Path, name: str) -> None:
    with connected(database_url) as store:
        made = import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True)
        before = read_contents(store)
        report = export_kinds(store, tmp_path / name)
        assert report.ok
        assert [kind.kind for kind in report.kinds] == [kind.name for kind in KINDS]
        assert all(kind.rows for kind in report.kinds)
        assert_unchanged(store, tmp_path / name, made.totals["rows"])
        assert read_contents(store) == before


@BOTH
def test_another_database_becomes_the_same_by_it(new_database: Any, tmp_path: Path, name: str) -> None:
    with connected(new_database()) as store:
        import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True)
        before = read_contents(store)
        export_kinds(store, tmp_path / name)
    with connected(new_database()) as store:
        assert import_folder(store, tmp_path / name, create_missing=True).ok
        after = read_contents(store)
    # When a status was set, and by which file, is the history of each.
    del before["booking_status_history"], after["booking_status_history"]
    assert after == before


@settings(max_examples=5)
@given(data=st.data())
def test_hostile_values_come_back_as_they_are(database_url: str, tmp_path_factory: Any, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("hostile")
    with connected(database_url) as store:
        with store.atomic():
            for _ in range(3):
                make_hostile_records(data)
        for name, blank in zip(DESTINATIONS, data.draw(st.permutations(["keep", "clear"])), strict=True):
            report = export_kinds(store, folder / name)
            assert report.ok, messages_of(report)
            assert_unchanged(store, folder / name, sum(kind.rows for kind in report.kinds), [blank])


@BOTH
def test_a_code_that_could_be_a_number_comes_back_as_it_is(database_url: str, tmp_path: Path, name: str) -> None:
    with connected(database_url) as store:
        codes = ["1.0", "12.00", "0012.0", "1.000", "3"]
        for code in codes:
            make(Product, code=code, sapo_product_id=f"7{code}")
        assert export_kinds(store, tmp_path / name, kinds=kinds_named(["products"])).ok
        assert_unchanged(store, tmp_path / name, len(codes))


def test_what_a_spreadsheet_would_run_is_written_as_text(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        make(Brand, code="=A1", name="@SUM(1)", description="-1\n+2")
        export_kinds(store, tmp_path / "out", kinds=kinds_named(["brands"]))
        export_kinds(store, tmp_path / "out.xlsx", kinds=kinds_named(["brands"]))
    assert rows_of(tmp_path / "out" / "brands.csv")[1] == ["'=A1", "'@SUM(1)", "'-1\n+2"]
    cells = load_workbook(tmp_path / "out.xlsx")["brands"][2]
    assert [(cell.data_type, cell.number_format) for cell in cells] == [("s", "@")] * 3


def test_a_workbook_has_real_dates_and_numbers_and_keeps_ids_as_text(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        make(Campaign, code="0012", start_date=date(2026, 3, 1), budget_planned=Decimal(2_000_000), kpi_view=5)
        make(Payment, amount=Decimal("1234.50"), currency="USD", exchange_rate=Decimal("25400.125"), amount_vnd=1)
        make(CreatorContact, phone="+84901234567")
        export_kinds(store, tmp_path / "out.xlsx")
    book: Any = load_workbook(tmp_path / "out.xlsx")

    def cells(sheet: str) -> dict[str, Any]:
        head, *rows = book[sheet].iter_rows(values_only=True)
        return next(dict(zip(head, row, strict=True)) for row in rows)

    campaign = next(row for row in book["campaigns"].iter_rows(values_only=True) if row[0] == "0012")
    assert campaign[6].date() == date(2026, 3, 1)
    assert campaign[8] == 2_000_000
    payment = cells("payments")
    assert (payment["amount"], payment["exchange_rate"]) == (1234.5, 25400.125)
    assert cells("creator_contacts")["phone"] == "+84901234567"


def test_an_amount_can_be_read_in_one_way_only(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        for number, (amount, currency) in enumerate([("1500", "VND"), ("1500", "USD"), ("1.5", "USD")]):
            make(Booking, code=f"B{number}", total_fee_agreed=Decimal(amount), currency=currency)
        make(Payment, amount=Decimal(1), currency="USD", exchange_rate=Decimal("25.4"), amount_vnd=Decimal(25))
        make(Payment, amount=Decimal(1), currency="USD", exchange_rate=Decimal("25.123"), amount_vnd=Decimal(25))
        export_kinds(store, tmp_path / "out")
    head, *rows = rows_of(tmp_path / "out" / "bookings.csv")
    fees = {row[0]: row[head.index("total_fee_agreed")] for row in rows}
    assert [fees[code] for code in ("B0", "B1", "B2")] == ["1500", "1500.00", "1.50"]
    head, *rows = rows_of(tmp_path / "out" / "payments.csv")
    assert sorted(row[head.index("exchange_rate")] for row in rows) == ["25.1230", "25.4"]


def test_deleted_records_and_placeholders_stay_out_and_placeholders_are_counted(
    database_url: str, tmp_path: Path
) -> None:
    with connected(database_url) as store:
        make(Brand, code="HERE")
        make(Brand, code="STANDIN", is_placeholder=True)
        gone = make(Brand, code="GONE")
        gone.is_active, gone.deleted_at = False, gone.created_at
        gone.save()
        report = export_kinds(store, tmp_path / "out")
        assert report.ok
        assert [row[0] for row in rows_of(tmp_path / "out" / "brands.csv")] == ["code", "HERE"]
        (said,) = messages_of(report)
        assert said.startswith("1 left out")
        assert "complete" in said


def test_records_that_no_import_could_find_again_are_left_out_and_said(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        booking = make_booking()
        for _ in range(2):
            make(Payment, booking=booking, campaign=booking.campaign, creator=booking.creator)
            make(BookingDeliverable, booking=booking, title="Video")
        make(VideoMetricSnapshot, video=make(Video, url="https://example.com/1"))
        gone = make(Creator)
        make(CreatorContact, creator=gone)
        gone.is_active, gone.deleted_at = False, gone.created_at
        gone.save()
        report = export_kinds(store, tmp_path / "out")
        assert not report.ok
        assert {kind.kind: sum(kind.left_out.values()) for kind in report.kinds if kind.left_out} == {
            "payments": 2,
            "booking_deliverables": 2,
            "video_snapshots": 1,
            "creator_contacts": 1,
        }
        assert_unchanged(store, tmp_path / "out", sum(kind.rows for kind in report.kinds))


def test_a_stored_value_that_no_import_would_take_is_said(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        make(Brand, code="A", name=" padded ")
        report = export_kinds(store, tmp_path / "out")
    assert not report.ok
    assert "name" in messages_of(report)[0]
    assert "rows 2" in messages_of(report)[0]


def test_a_video_keeps_its_deliverable_where_two_have_its_title(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        booking = make_booking()
        _, second = (make(BookingDeliverable, booking=booking, title="Video", deliverable_code=code) for code in "ab")
        parents = {"booking": booking, "campaign": booking.campaign, "creator": booking.creator}
        video = make(Video, booking_deliverable=second, **parents)
        report = export_kinds(store, tmp_path / "out")
        assert_unchanged(store, tmp_path / "out", sum(kind.rows for kind in report.kinds))
        assert Video.get_by_id(video.id).booking_deliverable_id == second.id


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_kind_that_does_not_fit_a_sheet_is_said_and_not_cut(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(database_url) as store:
        for code in "abc":
            make(Product, code=code, brand=make(Brand, code=code, description="x" * 40_000 if code == "a" else ""))
        make(Creator)
        monkeypatch.setattr(export_files, "SHEET_ROWS", 3)
        report = export_kinds(store, tmp_path / "out.xlsx")
    problems = {kind.kind: kind.problem for kind in report.kinds if kind.problem}
    assert not report.ok
    assert set(problems) == {"brands", "products"}
    assert "brands" not in load_workbook(tmp_path / "out.xlsx").sheetnames


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
def test_a_text_that_is_too_long_for_a_cell_is_said_and_not_cut(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        make(Brand, code="a", description="đ" * 40_000)
        make(Creator)
        report = export_kinds(store, tmp_path / "out.xlsx")
        assert "description in row 2" in str(report.kinds[0].problem)
        assert "brands" not in load_workbook(tmp_path / "out.xlsx").sheetnames
        assert export_kinds(store, tmp_path / "out").ok
        assert_unchanged(store, tmp_path / "out", 2)


def test_the_longest_text_comes_back_also_where_it_is_guarded(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        make(Brand, description="=" + "x" * 999_999)
        assert export_kinds(store, tmp_path / "out").ok
        assert_unchanged(store, tmp_path / "out", 1)


def test_only_the_files_of_the_export_are_replaced_and_no_part_stays(database_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "brands.csv").write_text("old", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    with connected(database_url) as store:
        make(Brand, code="A")
        export_kinds(store, folder, kinds=kinds_named(["brands", "products"]))
    assert sorted(file.name for file in folder.iterdir()) == ["brands.csv", "notes.txt", "products.csv"]
    assert (folder / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert rows_of(folder / "brands.csv")[1][0] == "A"


def test_an_export_that_fails_leaves_what_was_there(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "out"
    with connected(database_url) as store:
        make(Brand, code="A")
        export_kinds(store, folder)
        before = {file.name: file.read_bytes() for file in folder.iterdir()}
        make(Brand, code="B")

        def fail(self: export_files.CsvFolder) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(export_files.CsvFolder, "finish", fail)
        with pytest.raises(BookingCenterError, match="No space left"):
            export_kinds(store, folder)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before


def test_what_is_written_meanwhile_is_not_half_in_it(database_url: str, tmp_path: Path) -> None:
    from threading import Thread

    def write(code: str) -> None:
        def work() -> None:
            with store.connection_context():
                make(Product, code=code, brand=make(Brand, code=code))

        thread = Thread(target=work)
        thread.start()
        thread.join()

    with connected(database_url) as store:
        make(Brand, code="A")
        export_kinds(store, tmp_path / "out", progress=lambda kind, _: write("LATE") if kind == "brands" else None)
        assert Product.select().count() == 1
    assert len(rows_of(tmp_path / "out" / "brands.csv")) == 2
    assert len(rows_of(tmp_path / "out" / "products.csv")) == 1


def test_a_workbook_of_one_kind_is_not_named_as_another(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store, pytest.raises(BookingCenterError, match="imported as payments"):
        export_kinds(store, tmp_path / "payments.xlsx", kinds=kinds_named(["brands"]))
