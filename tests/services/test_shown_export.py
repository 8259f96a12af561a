"""What is shown is in the file: every row and column of it, with values that spreadsheets keep, or no file at all."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from tests.records import connected, make
from tests.services.listings import CREATORS, PAYMENTS
from tui_booking.errors import BookingCenterError
from tui_booking.models import Creator, Payment
from tui_booking.models.choices import CreatorStatus
from tui_booking.models.database import Store
from tui_booking.services import shown_export
from tui_booking.services.declarations import Order, Query
from tui_booking.services.shown_export import DoesNotFit, Exported, FileThere, write_shown

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
COLUMNS = ["name", "score", "dob", "status", "placeholder", "changed"]


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture(autouse=True)
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown_export, "_AT_ONCE", 3)


def write(store: Store, query: Query, path: Path, columns: list[str] = COLUMNS, **options: Any) -> Exported:
    return write_shown(store, query, columns, path, zone=ZONE, **options)


def csv_rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def sheet_rows(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    return [tuple(cell.value for cell in row) for row in book.worksheets[0].iter_rows()]


MOMENT = datetime(2026, 3, 8, 20, 30, 15, 250_000, tzinfo=UTC)


def make_one(**given: Any) -> Any:
    values = {"name": "Linh", "dob": date(1999, 12, 31), "priority_score": 7, "status": CreatorStatus.WATCHLIST}
    return make(Creator, created_at=MOMENT, updated_at=MOMENT, **{**values, **given})


def test_a_csv_file_holds_exact_values_under_the_labels(store: Store, tmp_path: Path) -> None:
    make_one()
    path = tmp_path / "creators.csv"
    assert write(store, Query(listing=CREATORS), path) == Exported(path, 1)
    assert csv_rows(path) == [
        ["Name", "Score", "Born", "Status", "To complete", "Changed"],
        ["Linh", "7", "1999-12-31", "Watchlist", "no", "2026-03-09 03:30:15"],
    ]


def test_a_workbook_holds_numbers_days_and_moments_as_such(store: Store, tmp_path: Path) -> None:
    make_one()
    path = tmp_path / "creators.xlsx"
    write(store, Query(listing=CREATORS), path)
    assert sheet_rows(path)[1] == (
        "Linh", 7, datetime(1999, 12, 31), "Watchlist", "no", datetime(2026, 3, 9, 3, 30, 15),  # noqa: DTZ001
    )  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("order", [Order("name"), Order("dob", descending=True)])
def test_every_row_is_there_in_the_order_that_is_shown(store: Store, tmp_path: Path, ending: str, order: Order) -> None:
    for number in range(11):
        make_one(name=f"{number:02}", dob=date(1990 + number, 1, 1))
    path = tmp_path / f"creators.{ending}"
    told: list[int] = []
    assert write(store, Query(listing=CREATORS, order=order), path, told=told.append).rows == 11
    rows = csv_rows(path) if ending == "csv" else sheet_rows(path)
    names = [f"{number:02}" for number in range(11)]
    assert [row[0] for row in rows[1:]] == (names[::-1] if order.descending else names)
    assert told == [3, 6, 9, 11]


def test_only_what_is_asked_for_is_there(store: Store, tmp_path: Path) -> None:
    make_one(name="Linh")
    make_one(name="Huy")
    path = tmp_path / "creators.csv"
    write(store, Query(listing=CREATORS, search="huy"), path, ["name"])
    assert csv_rows(path) == [["Name"], ["Huy"]]


@pytest.mark.parametrize("order", [Order("name", descending=True), Order("dob")])
def test_marked_records_are_there_though_a_filter_hides_them(store: Store, tmp_path: Path, order: Order) -> None:
    made = [
        make_one(name=f"{number:02}", dob=None if number == 1 else date(2010 - number, 1, 1)) for number in range(9)
    ]
    path = tmp_path / "creators.csv"
    marked = {one.id for one in made[:7]}
    assert write(store, Query(listing=CREATORS, search="08", order=order), path, ["name"], marked=marked).rows == 7
    downwards = ["06", "05", "04", "03", "02", "01", "00"]
    by_day = ["06", "05", "04", "03", "02", "00", "01"]
    assert [row[0] for row in csv_rows(path)[1:]] == (downwards if order.column == "name" else by_day)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-x", "@SUM(A1)", "\t=1"])
def test_nothing_that_is_stored_becomes_a_formula(store: Store, tmp_path: Path, text: str) -> None:
    make_one(name=text)
    for ending in ("csv", "xlsx"):
        path = tmp_path / f"creators.{ending}"
        write(store, Query(listing=CREATORS), path, ["name"])
    assert csv_rows(tmp_path / "creators.csv")[1] == [f"'{text}"]
    cell = openpyxl.load_workbook(tmp_path / "creators.xlsx").worksheets[0]["A2"]
    assert (cell.data_type, cell.value) == ("s", f"'{text}")


def test_what_no_spreadsheet_counts_exactly_is_text(store: Store, tmp_path: Path) -> None:
    make(Payment, amount=Decimal("12345678901234567.89"))
    make(Payment, amount=Decimal("1250.50"))
    path = tmp_path / "payments.xlsx"
    write(store, Query(listing=PAYMENTS, order=Order("amount")), path, ["amount"])
    assert [row[0] for row in sheet_rows(path)[1:]] == [1250.5, "12345678901234567.89"]
    write(store, Query(listing=PAYMENTS, order=Order("amount")), tmp_path / "p.csv", ["amount"])
    assert [row[0] for row in csv_rows(tmp_path / "p.csv")[1:]] == ["1250.50", "12345678901234567.89"]


@pytest.mark.parametrize(
    ("columns", "written"),
    [
        (["amount", "day"], ["Amount", "Currency", "Day"]),
        (["currency", "day", "amount"], ["Currency", "Day", "Amount"]),
    ],
)
def test_an_amount_is_never_without_its_currency(
    store: Store, tmp_path: Path, columns: list[str], written: list[str]
) -> None:
    make(Payment, amount=Decimal(20), currency="USD", payment_date=date(2026, 3, 8))
    path = tmp_path / "payments.csv"
    write(store, Query(listing=PAYMENTS), path, columns)
    head, row = csv_rows(path)
    assert head == written
    assert dict(zip(head, row, strict=True)) == {"Amount": "20.00", "Currency": "USD", "Day": "2026-03-08"}


def test_control_characters_and_long_texts_are_kept_or_refused(store: Store, tmp_path: Path) -> None:
    make_one(name="a\x1b[31m_x000D_b\r\nc")
    path = tmp_path / "creators.xlsx"
    write(store, Query(listing=CREATORS), path, ["name"])
    assert len(sheet_rows(path)) == 2
    make_one(name="x" * 40_000)
    before = path.read_bytes()
    with pytest.raises(DoesNotFit, match="32,767"):
        write(store, Query(listing=CREATORS), path, ["name"], overwrite=True)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.suffix == ".part"] == []


def test_a_file_that_is_there_is_left_alone_unless_it_is_to_be_overwritten(store: Store, tmp_path: Path) -> None:
    make_one()
    path = tmp_path / "creators.csv"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(FileThere):
        write(store, Query(listing=CREATORS), path)
    assert path.read_text(encoding="utf-8") == "mine"
    write(store, Query(listing=CREATORS), path, overwrite=True)
    assert len(csv_rows(path)) == 2


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_where_it_cannot_be_written_a_person_is_told(store: Store, tmp_path: Path, ending: str) -> None:
    make_one()
    with pytest.raises(BookingCenterError, match="cannot be written"):
        write(store, Query(listing=CREATORS), tmp_path / "nowhere" / f"creators.{ending}")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_breaks_half_way_leaves_nothing_behind(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ending: str
) -> None:
    for number in range(7):
        make_one(name=f"{number:02}")

    def stop(count: int) -> None:
        if count == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(store, Query(listing=CREATORS), tmp_path / f"creators.{ending}", told=stop)
    assert list(tmp_path.glob("creators*")) == []
