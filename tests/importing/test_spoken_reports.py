"""What an import says, in the language that is spoken: the same of the same rows, and no sentence left in English."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.data import visible_texts
from tests.importing.bad_files import ROWS, UNREADABLE
from tests.importing.inboxes import import_folder, write_file
from tests.importing.office import NewOffice
from tests.importing.workbook_files import HEADER, row, sheet_xml, write_workbook
from tui_booking.errors import BookingCenterError
from tui_booking.importing import writers
from tui_booking.importing.inbox import find_sources
from tui_booking.importing.kinds import KINDS
from tui_booking.importing.report import FileReport, Report
from tui_booking.importing.report_words import RECORDS, facts_of
from tui_booking.importing.words import NOUNS, noun_of
from tui_booking.language import Language, _, speak, spoken
from tui_booking.models import ImportFile
from tui_booking.models.database import explain, open_database

# Files beside those of bad_files.py: what rules, references, doubles, warnings and notes say.
MORE = {
    "bookings-rules": (
        "code,campaign_code,creator_key,platform,handle,product_code,total_fee_agreed,currency,start_date,status\n"
        "B2,,,tiktok,,,1000,,,\nB7,HE,nobody,,,,,,,\nB8,OLD,duc,,,SERUM,nhiều,USD,,\nB9,HE,duc,,,NOPE,5,VND,hôm nay,\n"
    ),
    "booking_deliverables-rules": "booking_code,title,deliverable_type,fee\nB1,,video_feed,1\nB1,A,x,1\nB1,B,,\n",
    "brands-deleted": "code,name\nGONE,Gone\n",
    "brands-header": "Danh sách thương hiệu\n\ncode,name,colour\nX,Y,red\nX,Y,red\n",
    "brands-odd": "code,name\nK\u200b1,x\n12.0,y\nTổng cộng,2\n",
    "brands-empty": "code,name\n",
    "campaigns-users": "code,owner_username\nTET,nobody\n",
    "conversions-rules": (
        "platform,code_type,code_value,order_code,order_date,revenue,brand_code,product_code\n"
        "shopee,voucher,NOPE,1,2027-01-15,1,,\nshopee,voucher,LINH10,2,2027-01-15,1,SUN,\n"
        "shopee,voucher,LINH10,3,2027-01-15,1,GONE,P\nshopee,voucher,LINH10,4,,1,,\n"
    ),
    "creator_channels-rules": "creator_key,platform,handle\nlinh,tiktok,duc\nduc,tiktok,https://vt.tiktok.com/x\n",
    "creator_contacts-rules": (
        "creator_key,contact_type,name,phone,email,is_primary\n"
        "linh,manager,A,abc,xyz,1\nlinh,agency,B,,,1\nduc,boss,C,,,maybe\n"
    ),
    "creators-rules": "creator_key,name,platform,handle\n,,tiktok,\nlinh,,tiktok,duc\nlinh,,tiktok,linh.moi\n",
    "payments-rules": (
        "booking_code,campaign_code,creator_key,amount,currency,exchange_rate,amount_vnd,payment_date,status\n"
        "B1,HE,duc,100,USD,,,2027-01-01,paid\nB1,,,100,VND,25000,900,2027-01-02,paid\n,TET,,5,,,,,\n"
        "B1,,,2500000,VND,,,2027-02-25,paid\nB1,,,900000000000000,USD,99999999,,2027-02-25,paid\n"
    ),
    "videos-rules": (
        "booking_code,channel,platform_video_id,url,deliverable_title,status\n"
        "B1,tiktok,1,https://www.tiktok.com/@x/video/7300000000000000009,,\n,tiktok,99,,,\n,tiktok,98,,T,\n"
        "B1,tiktok,97,,Nope,removed\n,tiktok,,,T,\n"
    ),
}

LANGUAGES: tuple[Language, ...] = ("en", "vi", "en")


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = spoken()
    yield
    speak(before)


def write_bad_files(folder: Path) -> Path:
    """A folder of nothing but files about which there is something to say."""
    folder.mkdir()
    for number, (stem, content, _row, _words) in enumerate(UNREADABLE.values()):
        if len(content) < 10_000:
            write_file(folder, f"{stem}-unreadable-{number}", content)
    for number, bad in enumerate(ROWS.values()):
        write_file(folder, f"{bad[0]}-row-{number}", bad[1])
    for stem, text in MORE.items():
        write_file(folder, stem, text)
    write_bad_workbooks(folder)
    return folder


def write_bad_workbooks(folder: Path) -> None:
    (folder / "brands-text.xlsx").write_text("code,name\n", encoding="utf-8")
    (folder / "brands-page.xlsx").write_text("<html><table>", encoding="utf-8")
    (folder / "brands-old.xls").write_bytes(b"")
    (folder / "brands-cut.xlsx").write_bytes(b"PK\x03\x04 and so on")
    write_workbook(folder / "brands-other.xlsx", "", without="xl/workbook.xml")
    write_workbook(folder / "brands-lacking.xlsx", "", without="xl/worksheets/sheet1.xml")
    write_workbook(folder / "brands-xml.xlsx", "<worksheet><sheetData>")
    write_workbook(folder / "brands-far.xlsx", sheet_xml(HEADER + row(2, '<c r="ZZZ2"><v>1</v></c>')))
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("brands", 0)
    for line in (("code", "name", "description"), ("M1", "=1/0", "x"), ("M2", None, None), ("M3", "a", None)):
        sheet.append(line)
    for cells in ("B2:C2", "B3:C3", "B4:C4", "A5:C5"):
        sheet.merge_cells(cells)
    sheet.sheet_state = "hidden"
    workbook.create_sheet("products")
    del workbook["Sheet"]
    workbook.save(folder / "merged.xlsx")


def report_in(language: Language, new_office: NewOffice, folder: Path) -> tuple[Report, list[str]]:
    """The report of the bad files by a database that has the records of the good ones, and the history's messages."""
    speak("en")
    with new_office() as office:
        office.open_shop()
        office.take("brands", "code,name", "GONE,Gone")
        office.delete("brand", "code = 'GONE'")
        speak(language)
        report = import_folder(office.store, folder, on_error="skip", rejects=folder.with_name(f"rejects-{language}"))
        files = ImportFile.select().where(ImportFile.run == report.run_id)
        kept = [str(message["message"]) for file in files for message in file.messages]
    return report, kept


def places(report: Report) -> list[tuple[object, ...]]:
    """Of which files, rows, columns and values something is said, whatever it is."""
    return sorted(
        (file.file, file.sheet or "", file.status, told.row or 0, told.level, told.column or "", told.value or "",
         told.count, told.rows)
        for file in report.files for told in file.messages
    )  # fmt: skip


def texts(report: Report) -> set[str]:
    return {told.message for file in report.files for told in file.messages}


def test_a_report_says_the_same_in_vietnamese_and_nothing_of_it_in_english(
    new_office: NewOffice, tmp_path: Path
) -> None:
    folder = write_bad_files(tmp_path / "inbox")
    english, _history = report_in("en", new_office, folder)
    vietnamese, history = report_in("vi", new_office, folder)
    assert places(vietnamese) == places(english)
    assert len(texts(english)) > 70
    assert sorted(texts(vietnamese) & texts(english)) == []
    assert set(history) == texts(vietnamese)


def test_the_words_for_a_cell_follow_the_language_also_where_the_cell_was_read_before(
    new_office: NewOffice, tmp_path: Path
) -> None:
    said = []
    path = write_file(tmp_path, "creators", "creator_key,name,priority_score\nlinh,Linh,nhiều\n")
    with new_office() as office:
        for language in LANGUAGES:
            speak(language)
            said += [told.message for told in import_folder(office.store, path).files[0].messages]
    assert said == [
        "is not a whole number; write digits only, such as 12000",
        "không phải số nguyên; chỉ viết chữ số, ví dụ 12000",
        "is not a whole number; write digits only, such as 12000",
    ]


def test_hostile_names_in_a_sentence_are_shown_and_never_obeyed(new_office: NewOffice, tmp_path: Path) -> None:
    speak("vi")
    path = write_file(tmp_path, "bookings", "code,campaign_code,creator_key,{name}'\nB1,{detail}'; --,%s,1\n")
    with new_office() as office:
        report = import_folder(office.store, path)
    told = {message.column: message for message in report.files[0].messages}
    assert told[None].message == "không nhận ra cột '{name}'' nên bỏ qua"
    assert told["campaign_code"].value == "{detail}'; --"
    assert told["campaign_code"].message.startswith("không tìm thấy chiến dịch; hãy nhập tệp campaigns trước")


def test_where_there_is_nothing_it_is_said_in_the_language_too(tmp_path: Path) -> None:
    speak("vi")
    with pytest.raises(BookingCenterError, match="không có gì tại"):
        find_sources(tmp_path / "not there")


def test_every_choice_of_a_column_has_a_name_that_is_translated() -> None:
    nouns = {noun_of(column.choices) for kind in KINDS for column in kind.columns if column.choices is not None}
    assert nouns == set(NOUNS)
    speak("vi")
    assert [noun for noun in NOUNS if _(noun) == noun] == []


@pytest.mark.parametrize(
    ("raised", "title"),
    [
        ("database is locked", "Một chương trình khác đang ghi vào {file}, đã 15 giây rồi."),
        ("attempt to write a readonly database", "Không ghi được vào {file}."),
        ("database or disk is full", "Không còn chỗ cho {file}."),
        ("disk I/O error", "Không đọc hoặc ghi được {file}: disk I/O error."),
        ("file is not a database", "{file} không phải cơ sở dữ liệu, hoặc đã hỏng."),
        ("unable to open database file", "Không mở được {file}: unable to open database file."),
        ("CHECK constraint failed", "{file} từ chối một thay đổi."),
    ],
)
def test_what_a_database_does_not_do_is_said_in_the_language(raised: str, title: str, tmp_path: Path) -> None:
    file = tmp_path / "office.db"
    speak("vi")
    told = explain(sqlite3.OperationalError(raised), open_database(str(file)))
    assert told.title == title.format(file=file)


def test_who_is_writing_is_said_in_the_language_of_who_waits(tmp_path: Path) -> None:
    """The writer leaves names alone, and the one who reads them puts them in words."""
    path = tmp_path / "office.db"
    writers.leave_name(path, writers.this_writer("mai", "{file}.csv"))
    speak("vi")
    writer = writers.find_writer(path)
    assert str(writer).startswith("mai (đang nhập {file}.csv, tiến trình ")
    busy = writers.busy("office.db", str(writer), BookingCenterError("", "Hãy đợi."))
    assert busy.title.endswith("đang ghi vào office.db.")


def test_placeholders_are_counted_in_the_language() -> None:
    file = FileReport("campaigns.csv", placeholders={"brand": 1200, "app_user": 1})
    assert list(facts_of(file)) == ["placeholders made: 1,200 brand, 1 app user"]
    speak("vi")
    assert list(facts_of(file)) == ["bản ghi tạm đã tạo: 1.200 thương hiệu, 1 người dùng"]


def test_every_table_that_placeholders_are_made_of_has_a_name() -> None:
    made = {one.table for kind in KINDS for one in kind.references if one.placeholder is not None}
    assert made == set(RECORDS)


def test_every_sentence_of_the_importer_and_of_databases_is_marked_for_translation() -> None:
    assert [str(found) for found in visible_texts.unmarked_in_errors()] == []
