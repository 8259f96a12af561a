"""What an import tells: every error with its place, equal ones folded, exact counts, and a report of bounded size."""

from __future__ import annotations

import json

import pytest

from tests.importing.inboxes import FILES, file_of, write_file
from tests.importing.office import Office, counts, errors, texts, told
from tui_booking.importing.report import MESSAGES_A_FILE
from tui_booking.importing.report_words import line_of

MIXED = ("code,name", "A,Một", "B,Hai khác", "C,Ba", "D,Bốn", "A,Một", ",Năm", "E")


def _mixed(office: Office, on_error: str = "skip") -> tuple[int, ...]:
    office.take("brands", "code,name", "B,Hai", "C,Ba", "D,cũ")
    office.delete("brand", "code = 'D'")
    return counts(office.take("brands", *MIXED, on_error=on_error))


def test_counts_are_exact_and_exclusive(office: Office) -> None:
    assert _mixed(office) == (1, 1, 1, 2, 2)
    assert [row[0] for row in office.rows("SELECT name FROM brand ORDER BY code")] == ["Một", "Hai khác", "Ba", "cũ"]


def test_one_bad_row_rolls_its_file_back_and_the_good_ones_are_skipped(office: Office) -> None:
    assert _mixed(office, "rollback") == (0, 0, 0, 5, 2)
    assert [row[0] for row in office.rows("SELECT name FROM brand ORDER BY code")] == ["Hai", "Ba", "cũ"]


def test_files_before_and_after_a_bad_one_go_in(office: Office) -> None:
    office.folder.mkdir()
    for stem, text in FILES.items():
        write_file(office.folder, stem, text + "LUNA,cần tên,\n" if stem == "products" else text)
    report = office.run(create_missing=True)
    assert file_of(report, "products").status == "rolled_back"
    assert {file.status for file in report.files} == {"imported", "rolled_back"}
    assert not report.ok


@pytest.mark.parametrize("dry_run", [False, True])
def test_the_status_says_what_became_of_each_file(office: Office, dry_run: bool) -> None:
    office.folder.mkdir()
    write_file(office.folder, "brands", "code,name\nA,a\n")
    write_file(office.folder, "products", "brand_code,code,name\nA,P,p\nA,Q,\n")
    write_file(office.folder, "creators", "tên gì đó,khác\n1,2\n")
    write_file(office.folder, "notes", "x\n1\n")
    report = office.run(dry_run=dry_run, on_error="skip")
    assert [(file.file, file.status) for file in report.files] == [
        ("brands.csv", "imported"),
        ("products.csv", "partly_imported"),
        ("creators.csv", "unreadable"),
        ("notes.csv", "not_recognised"),
    ]
    assert not report.ok
    report = office.run(dry_run=dry_run)
    assert [file.status for file in report.files[:2]] == ["imported", "rolled_back"]


def test_files_that_are_not_recognised_do_no_harm(office: Office) -> None:
    office.folder.mkdir()
    write_file(office.folder, "brands", "code,name\nA,a\n")
    write_file(office.folder, "notes", "x\n1\n")
    assert office.run().ok


def test_files_go_in_in_the_order_of_what_they_point_at_whatever_they_are_called(office: Office) -> None:
    office.folder.mkdir()
    for number, stem in enumerate(reversed(FILES)):
        write_file(office.folder, f"{stem}-{number}", FILES[stem])
    report = office.run(create_missing=True)
    assert report.ok
    assert [file.kind for file in report.files] == list(FILES)


def test_an_error_names_file_row_column_value_and_what_to_do(office: Office) -> None:
    office.open_shop(["brands", "creators", "campaigns"])
    report = office.take_all(
        {
            "bookings": (
                "code,campaign_code,creator_key,status,start_date",
                "B1,TET,linh,confirmed,2027-01-01",
                "",
                "B2,TET,linh,runing,31/02/2027",
            )
        }
    )
    assert [(name, message.row, message.column, message.value) for name, message in told(report)] == [
        ("bookings.csv", 4, "start_date", "31/02/2027"),
        ("bookings.csv", 4, "status", "runing"),
    ]
    assert "in_progress" in told(report)[1][1].message


def test_all_errors_of_a_row_are_told_at_once_with_what_it_points_at(office: Office) -> None:
    header = "code,campaign_code,brand_code,creator_key,product_code,status,total_fee_agreed"
    file = office.take("bookings", header, "B1,TET,LUNA,linh,SERUM,?,x")
    assert {column for _, column in errors(file)} == {
        "campaign_code",
        "brand_code",
        "creator_key",
        "status",
        "total_fee_agreed",
    }


def test_equal_messages_are_one_with_a_count_and_the_first_rows(office: Office) -> None:
    rows = [f"{number},a,{'NOPE' if number % 2 else 'LUNA'}" for number in range(20)]
    office.open_shop(["brands"])
    file = office.take("products", "code,name,brand_code", *rows)
    (message,) = file.messages
    assert (message.row, message.column, message.value, message.count) == (3, "brand_code", "NOPE", 10)
    assert message.rows == (3, 5, 7, 9, 11)


def test_so_are_those_about_different_values_with_the_first_of_them(office: Office) -> None:
    header = "code,name,brand_code,start_date,end_date"
    rows = [f"C{number},c,LUNA,2027-01-01,bad{number if number > 6 else 0}" for number in range(3_000)]
    office.open_shop(["brands"])
    file = office.take("campaigns", header, *rows)
    (message,) = file.messages
    assert (message.row, message.column, message.value, message.count) == (2, "end_date", "bad0", 3_000)
    assert message.rows == (2, 3, 4, 5, 6)
    assert message.values == ("bad0", "bad7", "bad8", "bad9", "bad10")
    assert message.to_json()["values"] == list(message.values)
    assert file.messages_left_out == 0
    assert line_of([message]).startswith(
        "error: rows 2, 3, 4, 5, 6 … (3,000 rows), end_date, 'bad0', 'bad7', 'bad8' …: is not a date"
    )


def test_a_message_without_a_value_is_not_about_another(office: Office) -> None:
    file = office.take("brands", "code,name", ",a", "B,", "C,")
    assert [(message.row, message.value, message.values, message.count) for message in file.messages] == [
        (2, None, (), 1),
        (3, None, (), 2),
    ]


def test_no_more_than_a_thousand_messages_are_told_and_the_rest_counted(office: Office) -> None:
    file = office.take("brands", "code,name", *(f"B{number % 750},{number}" for number in range(1_500)))
    assert counts(file) == (0, 0, 0, 0, 1_500)
    assert len(file.messages) == MESSAGES_A_FILE == 1_000
    assert file.messages_left_out == 500
    assert [message.row for message in file.messages] == list(range(2, 1_002))
    assert [message.rows for message in file.messages] == [(row,) for row in range(2, 1_002)]


def test_a_file_without_rows_says_that(office: Office) -> None:
    report = office.take_all({"brands": ("code,name",), "products": ("brand_code,code,name", "", ",,")})
    for file in report.files:
        assert (file.status, file.rows) == ("imported", 0)
        assert texts(file, "info") == ["there are no rows below the header"]
    assert report.ok
    assert texts(office.take("brands", "code,name", "A,a"), "info") == []


@pytest.mark.parametrize("word", ["Tổng", "TỔNG CỘNG:", "Total", "cộng", "Grand total"])
def test_a_last_row_that_looks_like_one_of_totals_is_told_and_counts(office: Office, word: str) -> None:
    file = office.take("brands", "code,name", "A,Một", f"{word},2", "")
    assert counts(file) == (2, 0, 0, 0, 0)
    (message,) = file.messages
    assert (message.level, message.row, message.column, message.value) == ("warning", 3, "code", word)
    assert message.message == "looks like a row of totals, which is no record; delete the row if it is one"


@pytest.mark.parametrize("lines", [("Total,Total Care", "A,Một"), ("A,Tổng",), ("Tổng hợp,x",)])
def test_what_is_no_last_row_of_totals_is_none(office: Office, lines: tuple[str, ...]) -> None:
    assert office.take("brands", "code,name", *lines).messages == []


def test_a_value_that_is_very_long_is_told_shortened(office: Office) -> None:
    file = office.take("brands", "code,name", f"{'x' * 5_000},a", "B," + "y" * 5_000)
    assert file.errors == 2
    assert all(message.value is not None and len(message.value) <= 200 for message in file.messages)


def test_the_report_has_the_shape_that_is_documented(office: Office) -> None:
    office.open_shop(["brands"])
    report = office.take_all(
        {"products": ("brand_code,code,name", "LUNA,P,p", "NEW,Q,q", "LUNA,R,")}, on_error="skip", create_missing=True
    )
    found = json.loads(json.dumps(report.to_json()))
    assert {"ok", "dry_run", "database", "seconds", "totals", "files"} <= set(found)
    assert (found["ok"], found["dry_run"], found["database"]) == (False, False, office.store.engine)
    assert found["totals"] == {
        "rows": 3,
        "created": 2,
        "updated": 0,
        "unchanged": 0,
        "skipped": 0,
        "errors": 1,
        "placeholders": 1,
    }
    (file,) = found["files"]
    assert isinstance(file.pop("seconds"), float)
    (message,) = file.pop("messages")
    assert (
        file.items()
        >= {
            "file": "products.csv",
            "sheet": None,
            "kind": "products",
            "status": "partly_imported",
            "rows": 3,
            "created": 2,
            "updated": 0,
            "unchanged": 0,
            "skipped": 0,
            "errors": 1,
        }.items()
    )
    assert file["placeholders"] == {"brand": 1}
    assert message.items() >= {"level": "error", "row": 4, "column": "name", "value": None}.items()
    assert isinstance(message["message"], str)


def test_what_was_imported_is_kept_in_the_history(office: Office) -> None:
    office.take_all({"brands": ("code,name", "A,a"), "products": ("brand_code,code,name", "B,P,p")})
    query = "SELECT file, kind, status, rows, created, errors FROM import_file ORDER BY kind"
    assert office.rows(query) == [
        ("brands.csv", "brands", "imported", 1, 1, 0),
        ("products.csv", "products", "rolled_back", 1, 0, 1),
    ]
    assert office.value("SELECT COUNT(*) FROM import_run WHERE finished_at IS NOT NULL") == 1
