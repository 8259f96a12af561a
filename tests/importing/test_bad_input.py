"""What bad input gets: a line that says where, what and what to do; its file rolled back, the others in."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.importing.bad_files import ROWS, UNREADABLE
from tests.importing.contents import read_contents
from tests.importing.inboxes import FILES, adds_up, file_of, import_folder, start_import, write_file, write_inbox
from tests.importing.workbook_files import HEADER, row, sheet_xml, text_cell, write_workbook
from tests.records import connected
from tui_booking.errors import BadOption, BookingCenterError
from tui_booking.importing.report import FileReport, Message
from tui_booking.models import Brand, ImportFile


def write_some(folder: Path, *stems: str) -> Path:
    """A folder with some of the good files."""
    folder.mkdir()
    for stem in stems:
        write_file(folder, stem, FILES[stem])
    return folder


def told(file: FileReport) -> list[Message]:
    return [message for message in file.messages if message.level == "error"]


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_named_and_the_others_go_in(database_url: str, tmp_path: Path, name: str) -> None:
    stem, content, row_number, words = UNREADABLE[name]
    inbox = write_some(tmp_path / "inbox", "brands", "products", "creators")
    write_file(inbox, f"{stem}-bad", content)
    with connected(database_url) as store:
        report = import_folder(store, inbox, create_missing=True)
        bad = file_of(report, f"{stem}-bad")
        (message,) = told(bad)
        assert (bad.status, bad.rows, message.row) == ("unreadable", 0, row_number)
        assert all(word in message.message for word in words), message.message
        assert "\n" not in message.message
        assert sum(file.is_in for file in report.files) == 3
        assert not report.ok
        assert report.stopped is None
        assert adds_up(report)
        kept = ImportFile.get(ImportFile.file == f"{stem}-bad.csv")
        assert (kept.status, kept.messages[0]["message"]) == ("unreadable", message.message)


@pytest.mark.parametrize("on_error", ["rollback", "skip"])
@pytest.mark.parametrize("name", ROWS)
def test_a_bad_row_is_named_with_its_cell_and_rolls_its_file_back_or_is_left_out(
    database_url: str, tmp_path: Path, name: str, on_error: str
) -> None:
    stem, content, row_number, column, value, words = ROWS[name]
    good, inbox = write_inbox(tmp_path / "good"), write_some(tmp_path / "inbox", "products", "payments")
    write_file(inbox, f"{stem}-more", content + good_row(stem, content))
    with connected(database_url) as store:
        assert import_folder(store, good, create_missing=True).ok
        before = read_contents(store)
        report = import_folder(store, inbox, on_error=on_error, rejects=tmp_path / "rejects")
        bad = file_of(report, f"{stem}-more")
        found = [message for message in told(bad) if (message.row, message.column) == (row_number, column)]
        assert len(found) == 1, bad.messages
        assert found[0].value == value
        assert all(word in found[0].message for word in words), found[0].message
        assert (bad.errors, bad.status) == (
            2 if name == "a key twice" else 1,
            "rolled_back" if on_error == "rollback" else "partly_imported",
        )
        assert sum(file.is_in for file in report.files) == 2
        assert adds_up(report)
        changed = {table for table, rows in read_contents(store).items() if rows != before[table]}
        assert bool(changed) == (on_error == "skip")
        assert rejected(tmp_path / "rejects") == [row_number, 3] if name == "a key twice" else [row_number]


def good_row(stem: str, content: str) -> str:
    """A row that changes the database, under the same header."""
    values = {
        "brands": {"code": "GOOD", "name": "Good"},
        "campaigns": {"code": "HE", "end_date": "2027-09-30", "start_date": "2027-06-02"},
        "creators": {"creator_key": "duc", "priority_score": "6"},
        "creator_channels": {"platform": "tiktok", "handle": "linh.review", "follower_count": "13000"},
        "video_snapshots": {
            "channel": "tiktok",
            "platform_video_id": "7300000000000000001",
            "snapshot_time": "2027-01-13 09:00",
        },
        "bookings": {
            "code": "B2" if "B9" not in content else "B8",
            "total_fee_agreed": "160.00",
            "currency": "USD",
            "status": "confirmed",
            "campaign_code": "HE",
            "creator_key": "duc",
            "platform": "tiktok",
            "handle": "duc",
            "brand_code": "SUN",
        },
    }[stem]
    header = content.split("\n", maxsplit=1)[0].split(",")
    return ",".join(values.get(name, "") for name in header) + "\n"


def rejected(folder: Path) -> list[int]:
    """The rows of the original that the one file of bad rows holds, by the number of those in it."""
    (file,) = folder.iterdir()
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = list(csv.reader(text))
    assert rows[0][-1] == "import_errors"
    assert all(line[-1] for line in rows[1:])
    return list(range(2, len(rows) + 1))


def test_where_there_is_nothing_it_is_said(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store, pytest.raises(BookingCenterError, match="there is nothing at") as refused:
        import_folder(store, tmp_path / "not there")
    assert refused.value.advice


def test_the_command_says_that_there_is_no_such_path_and_makes_no_database(tmp_path: Path) -> None:
    process = start_import(str(tmp_path / "new.db"), tmp_path / "not there", "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    assert "there is nothing at" in complained
    assert "Traceback" not in complained
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["zzz", "base64", "utf-8\0"])
def test_what_is_no_encoding_is_refused_once_and_before_anything_is_read(
    database_url: str, tmp_path: Path, encoding: str
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    with connected(database_url) as store, pytest.raises(BadOption, match="is not an encoding") as refused:
        import_folder(store, inbox, encoding=encoding)
    assert refused.value.advice


def test_the_command_refuses_it_in_a_line_and_makes_no_database(tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    process = start_import(str(tmp_path / "new.db"), inbox, "before", "NEVER", 1, "--encoding", "zzz")
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, said) == (2, "")
    (line,) = complained.splitlines()
    assert "'zzz' is not an encoding. Use one such as utf-8" in line
    assert [path.name for path in tmp_path.iterdir()] == ["inbox"]


def test_the_command_says_each_bad_cell_and_exits_1(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox", bookings="code,campaign_code,creator_key,status\nB1,TET,linh,runing\n")
    process = start_import(database_url, inbox, "before", "NEVER", 1)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 1
    assert complained == ""
    for word in ("bookings.csv", "2", "status", "runing", "did you mean 'in_progress'"):
        assert word in said


def test_an_empty_folder_is_no_success(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    with connected(database_url) as store:
        report = import_folder(store, tmp_path / "inbox")
    assert (report.files, report.ok) == ([], False)


def test_a_header_without_rows_is_a_file_with_nothing_to_do(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(
            store, write_inbox(tmp_path / "inbox", brands="code,name\n", products="brand_code,code\n")
        )
        assert (file_of(report, "brands").status, file_of(report, "brands").rows) == ("imported", 0)


def test_empty_rows_are_passed_over_wherever_they_stand(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(store, write_file(tmp_path, "brands", "code,name\n,\nX,Y\n\n , \nZ,W\n,\n"))
        assert report.ok, report.files[0].messages
        assert report.totals["rows"] == report.totals["created"] == 2


def test_an_unknown_column_is_named_and_left_alone(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        path = write_file(tmp_path, "brands", "code,name,colour\nX,Y,red\n")
        report = import_folder(store, path)
        assert report.ok
        (message,) = report.files[0].messages
        assert (message.level, "'colour'" in message.message) == ("info", True)


def test_equal_rows_count_once(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(store, write_file(tmp_path, "brands", "code,name\nX,A\nX,A\n"))
        assert report.ok
        assert (report.totals["created"], report.totals["skipped"]) == (1, 1)
        assert [(message.row, "row 2" in message.message) for message in report.files[0].messages] == [(3, True)]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be-with-mark", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(database_url: str, tmp_path: Path, encoding: str) -> None:
    text = "code\tname\nX\tMỹ phẩm 🎁\n"
    content = b"\xfe\xff" + text.encode("utf-16-be") if "with" in encoding else text.encode(encoding)
    with connected(database_url) as store:
        assert import_folder(store, write_file(tmp_path, "brands", content)).ok
        assert Brand.get().name == "Mỹ phẩm 🎁"


def test_a_named_encoding_is_used(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        path = write_file(tmp_path, "brands", "code,name\nX,Café\n".encode("cp1252"))
        assert import_folder(store, path, encoding="cp1252").ok
        assert Brand.get().name == "Café"


def test_a_workbook_with_what_no_database_takes_is_an_error_of_its_cells(database_url: str, tmp_path: Path) -> None:
    rows = row(2, text_cell("A2", "X"), text_cell("B2", "half _xD83C_")) + row(3, text_cell("A3", "Y_x0000_"))
    write_workbook(tmp_path / "brands.xlsx", sheet_xml(HEADER + rows))
    with connected(database_url) as store:
        report = import_folder(store, tmp_path / "brands.xlsx", on_error="skip", rejects=tmp_path / "rejects")
        assert report.stopped is None
        assert adds_up(report)
        # Half of a sign is no character, so it is left as it was written; a NUL is one, which no database takes.
        assert Brand.get(code="X").name == "half _xD83C_"
        assert [(message.row, message.value) for message in told(report.files[0])] == [(3, "Y␀")]
        assert ImportFile.get().errors == 1


def test_a_broken_workbook_is_named_and_the_others_go_in(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    (inbox / "brands-2027.xlsx").write_bytes(b"PK\x03\x04 cut off")
    (inbox / "payments-old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (inbox / "notes.pdf").write_bytes(b"%PDF")
    with connected(database_url) as store:
        report = import_folder(store, inbox, create_missing=True)
        status = {file.file: file.status for file in report.files if not file.is_in}
        assert status == {
            "brands-2027.xlsx": "unreadable",
            "payments-old.xls": "unreadable",
            "notes.pdf": "not_recognised",
        }
        assert all(len(file.messages) == 1 for file in report.files if file.status == "unreadable")


def test_hostile_text_is_stored_as_it_is_and_said_in_one_line(database_url: str, tmp_path: Path) -> None:
    hostile = [
        "'; DROP TABLE brand; --",
        "=1+1",
        "\\N",
        "\\",
        "a\tb",
        "[/red]",
        "{same:a:b}",
        "%s",
        "\u202eX",
        "🎁" * 50,
    ]
    text = "code,name\n" + "".join(f'H{number},"{name}"\n' for number, name in enumerate(hostile))
    with connected(database_url) as store:
        report = import_folder(store, write_file(tmp_path, "brands", text))
        assert report.ok, report.files[0].messages
        assert [brand.name for brand in Brand.select().order_by(Brand.code)] == hostile
        again = import_folder(store, write_file(tmp_path, "brands", text))
        assert again.totals["unchanged"] == len(hostile)


def test_every_bad_cell_is_said_and_what_is_said_the_same_is_folded(database_url: str, tmp_path: Path) -> None:
    lines = "".join(f"C{number},Tên,2027-01-0{number % 9 + 1},31/02/2027,LUNA\n" for number in range(2_500))
    lines += "".join(f"D{number},Tên,x{number},2027-01-01,LUNA\n" for number in range(1_200))
    write_inbox(tmp_path / "inbox", campaigns="code,name,start_date,end_date,brand_code\n" + lines)
    with connected(database_url) as store:
        report = import_folder(store, tmp_path / "inbox", rejects=tmp_path / "rejects")
        campaigns = file_of(report, "campaigns")
        assert (campaigns.rows, campaigns.errors) == (3_700, 3_700)
        assert campaigns.messages_left_out == 0
        assert [(message.count, message.rows, message.values) for message in campaigns.messages] == [
            (2_500, (2, 3, 4, 5, 6), ("31/02/2027",)),
            (1_200, (2_502, 2_503, 2_504, 2_505, 2_506), ("x0", "x1", "x2", "x3", "x4")),
        ]
        rejects = (tmp_path / "rejects" / "campaigns.rejects.csv").read_text("utf-8-sig").splitlines()
        assert len(rejects) == 3_701


def test_what_was_rejected_goes_in_when_it_is_mended(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox", brands=FILES["brands"] + "NEW,,\n")
    with connected(database_url) as store:
        import_folder(store, inbox, on_error="skip", create_missing=True, rejects=tmp_path / "rejects")
        (file,) = [path for path in (tmp_path / "rejects").iterdir() if path.name.startswith("brands")]
        file.write_text(file.read_text("utf-8-sig").replace("NEW,,", "NEW,New,"), encoding="utf-8")
        report = import_folder(store, file)
        assert report.ok
        assert report.totals["created"] == 1
        assert Brand.select().count() == 3
