"""Workbooks: cells as a person sees them, and the files that are none."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.importing.office import Office
from tests.importing.workbook_files import HEADER, row, sheet_xml, text_cell, write_workbook
from tui_booking.importing.checking import CheckContext, check_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.inbox import Source, find_sources
from tui_booking.importing.kinds import KIND_BY_NAME
from tui_booking.importing.sheets import Cell, Sheet, UnreadableSheet, open_sheet
from tui_booking.importing.workbook_scan import scan_sheet, scan_unusual_sheet
from tui_booking.models.choices import BookingStatus
from tui_booking.reading.cells import NO_RESULT

Rows = list[tuple[int, list[Cell]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "brands.xlsx"


def read(path: Path, size: int = 10_000) -> tuple[Sheet, Rows]:
    with open_sheet(Source(path, sheet=None, kind=KIND_BY_NAME["brands"], is_workbook=True)) as sheet:
        rows = [pair for batch in sheet.batches(size) for pair in zip(batch.numbers, batch.rows, strict=True)]
    return sheet, rows


def save(
    path: Path, *rows: Sequence[object], formats: dict[str, str] | None = None, epoch: dt.datetime | None = None
) -> Path:
    book = openpyxl.Workbook()
    if epoch is not None:
        book.epoch = epoch
    sheet = book.worksheets[0]
    for cells in rows:
        sheet.append(list(cells))
    for place, number_format in (formats or {}).items():
        sheet[place].number_format = number_format
    book.save(path)
    return path


def failure(path: Path) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read(path)
    assert caught.value.advice
    assert "\n" not in caught.value.title
    return caught.value


def cells_of(path: Path) -> list[Cell]:
    return [cell for _, cells in read(path)[1] for cell in cells]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0901234567", "0901234567"),
        ("007", "007"),
        (" Nguyễn Đức 🎬 ", " Nguyễn Đức 🎬 "),
        (42, "42"),
        (-3.0, "-3"),
        (1.5, 1.5),
        (0.1, 0.1),
        (123456789012345, "123456789012345"),
        (True, "TRUE"),
        (False, "FALSE"),
        (dt.date(2025, 1, 2), "2025-01-02"),
        (dt.datetime(2025, 1, 2, 10, 11, 12), "2025-01-02T10:11:12"),  # noqa: DTZ001, cells have no zone
        (dt.datetime(2025, 1, 2), "2025-01-02"),  # noqa: DTZ001
        (dt.time(10, 30), "10:30:00"),
        (dt.timedelta(hours=30, seconds=5), "30:00:05"),
        ("#N/A", "#N/A"),
        ("#DIV/0!", "#DIV/0!"),
        ("=1+1", "#NO-RESULT!"),
    ],
)
def test_a_cell_is_read_as_what_it_holds(path: Path, value: object, shown: Cell) -> None:
    save(path, ["code", "name"], ["A", value])
    assert cells_of(path) == ["A", shown]


@pytest.mark.parametrize("number", [10**15, 7300000000000000123, -(10**15), 1e300])
def test_a_number_that_has_lost_digits_stays_a_number(path: Path, number: float) -> None:
    (cell,) = cells_of(save(path, ["code", "name"], ["A", number]))[1:]
    assert isinstance(cell, float)
    assert abs(cell) >= 1e15


def test_a_percent_cell_is_its_fraction(path: Path) -> None:
    assert cells_of(save(path, ["code", "name"], ["A", 0.0453], formats={"B2": "0.00%"})) == ["A", 0.0453]


def test_a_vietnamese_currency_format_is_no_date(path: Path) -> None:
    formats = {"B2": '#,##0\\ "đ"', "C2": "[$-42A]dd/mm/yyyy"}
    assert cells_of(save(path, ["code", "name", "description"], ["A", 45000, 45000], formats=formats)) == [
        "A",
        "45000",
        "2023-03-15",
    ]


@settings(max_examples=30, deadline=None)
@given(
    moment=st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(2100, 1, 1)),  # noqa: DTZ001
    mac=st.booleans(),
)
def test_every_second_comes_back_under_both_date_systems(
    tmp_path_factory: pytest.TempPathFactory, moment: dt.datetime, mac: bool
) -> None:
    path = tmp_path_factory.getbasetemp() / "brands-dates.xlsx"
    moment = moment.replace(microsecond=0)
    cell = cells_of(save(path, ["code", "name"], ["A", moment], epoch=CALENDAR_MAC_1904 if mac else None))[1]
    assert dt.datetime.fromisoformat(str(cell)) == moment


@pytest.mark.parametrize("error", ["#N/A", "#DIV/0!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "#VALUE!"])
def test_an_error_is_shown_and_not_taken_for_an_empty_cell(path: Path, error: str) -> None:
    cell = f'<c r="B2" t="e"><f>1/0</f><v>{error}</v></c>'
    write_workbook(path, sheet_xml(HEADER + row(2, text_cell("A2", "A"), cell)))
    assert cells_of(path) == ["A", error, ""]


def test_a_formula_without_a_stored_result_is_shown_wherever_it_is(path: Path) -> None:
    rows = (
        HEADER
        + row(2, '<c r="A2" t="str"><f>x</f><v></v></c>', '<c r="B2"><f>1+1</f><v>2</v></c>')
        + row(4, '<c r="C4"><f>1+1</f><v/></c>')
        + row(6, '<c r="B6"><f>1+1</f></c>')
    )
    write_workbook(path, sheet_xml(rows))
    assert read(path)[1] == [(2, ["", "2", ""]), (4, ["", "", "#NO-RESULT!"]), (6, ["", "#NO-RESULT!"])]


@pytest.mark.parametrize("type_", list(Type))
def test_a_formula_without_a_stored_result_is_an_error_in_a_column_of_any_type(type_: Type) -> None:
    column = Column("x", type_, choices=BookingStatus if type_ is Type.CHOICE else None)
    checked = check_column(column, ["", NO_RESULT], CheckContext(dt.UTC))
    assert checked.values == [None, None]
    ((index, level, message),) = [(found.index, found.level, found.message) for found in checked.problems]
    assert (index, level) == (1, "error")
    assert "formula" in message
    assert "save" in message


def test_cells_beyond_the_header_are_named_by_their_column(office: Office) -> None:
    office.folder.mkdir()
    save(office.folder / "brands.xlsx", ["code", "name"], ["A", "a"], ["B", "b", None, "sum", 7], ["C", "c", None, 12])
    (file,) = office.run(on_error="skip").files
    assert (file.created, file.errors) == (1, 2)
    (message,) = file.messages
    assert (message.rows, message.values) == ((3, 4), ("sum", "12"))
    assert message.message == (
        "something stands in column D, and the header ends with column B; name the column in the header, or empty the"
        " cells behind it"
    )


def test_shared_and_rich_strings_come_through(path: Path) -> None:
    strings = (
        "<si><r><t>Ng</t></r><r><rPr><b/></rPr><t>uyễn</t></r><rPh sb='0' eb='1'><t>no</t></rPh></si>"
        '<si><t xml:space="preserve"> a&amp;b &lt;c&gt;_x000D_\nd </t></si>'
    )
    cells = '<c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>'
    write_workbook(path, sheet_xml(HEADER + row(2, cells)), strings=strings)
    assert cells_of(path)[:2] == ["Nguyễn", " a&b <c>\r\nd "]


def test_rows_and_columns_keep_their_place_where_the_table_begins_lower_and_further_right(path: Path) -> None:
    rows = row(3, text_cell("C3", "code"), text_cell("D3", "name")) + row(5, text_cell("C5", "A"))
    sheet, found = read(write_workbook(path, sheet_xml(rows)))
    assert (sheet.header_row, sheet.header) == (3, ["", "", "code", "name"])
    assert found == [(5, ["", "", "A", ""])]


def test_other_forms_of_the_same_xml_are_read_alike(path: Path) -> None:
    usual = sheet_xml(HEADER + row(2, text_cell("A2", "A"), '<c r="B2" t="e"><v>#N/A</v></c>'))
    _, expected = read(write_workbook(path, usual))
    without_places = re.sub(r'(<(?:c|row)) r="[A-Z]*\d+"', r"\1", usual)
    prefixed = re.sub(r"<(/?)(?=[a-z])", r"<\1x:", usual).replace("xmlns=", "xmlns:x=")
    single_quotes = usual.replace('"', "'")
    for form in (without_places, prefixed, single_quotes, usual.replace(' r="B2" t="e"', ' t="e" r="B2"')):
        assert read(write_workbook(path, form))[1] == expected, form


@given(
    st.lists(
        st.tuples(
            st.integers(1, 60),
            st.integers(1, 30),
            st.sampled_from(
                [
                    '<c r="@"><v>1</v></c>',
                    '<c r="@" s="1"/>',
                    '<c r="@" t="e"><v>#N/A</v></c>',
                    '<c r="@" t="e"/>',
                    '<c r="@"><f>1</f></c>',
                    '<c r="@"><f>1</f><v/></c>',
                    '<c r="@" t="str"><f>"a"&amp;"b"</f><v></v></c>',
                    '<c r="@" t="inlineStr"><is><t>&lt;c r="Z9"&gt; t="e" &lt;f&gt;</t></is></c>',
                ]
            ),
        ),
        max_size=30,
        unique_by=lambda cell: cell[:2],
    ),
    st.integers(1, 200),
)
def test_the_quick_and_the_thorough_scan_agree(cells: list[tuple[int, int, str]], chunk: int) -> None:
    rows: dict[int, str] = {}
    for number, column, form in sorted(cells):
        letters = get_column_letter(column)
        rows[number] = rows.get(number, "") + form.replace("@", f"{letters}{number}")
    behind = '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells>'
    before = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="3"/></cols>'
    xml = sheet_xml("".join(row(*item) for item in rows.items()), behind, before).encode()
    chunks = [xml[start : start + chunk] for start in range(0, len(xml), chunk)]
    quick = scan_sheet(iter(chunks), "x")
    assert quick is not None
    thorough = scan_unusual_sheet(iter(chunks), "x")
    quick.columns.clear()
    assert quick == thorough


def test_merged_cells_below_the_header_are_told(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for cells in (["Report", None], ["code", "name"], ["A", "a"], [None, "b"]):
        sheet.append(list(cells))
    sheet.merge_cells("A1:B1")
    sheet.merge_cells("A3:A4")
    book.save(path)
    opened, rows = read(path)
    assert rows == [(3, ["A", "a"]), (4, ["", "b"])]
    assert [note for note in opened.notes if "A3:A4" in note]
    assert not [note for note in opened.notes if "A1:B1" in note]


def test_a_lying_dimension_is_no_matter(path: Path) -> None:
    write_workbook(path, sheet_xml(HEADER + row(2, text_cell("A2", "A")), before='<dimension ref="A1:XFD1048576"/>'))
    assert cells_of(path) == ["A", "", ""]


@pytest.mark.parametrize(
    ("cells", "word"),
    [
        (row(2, text_cell("ZZZ2", "far")), "column"),
        (row(2, text_cell("A9999999", "deep")), "row"),
        (row(1_000_000, text_cell("A1000000", "deep")) + row(2, text_cell("BZ2", "far")), "cells"),
    ],
)
def test_a_cell_out_of_bounds_is_refused_before_memory_is_taken(path: Path, cells: str, word: str) -> None:
    assert word in failure(write_workbook(path, sheet_xml(HEADER + cells))).title


def test_a_zip_bomb_is_refused(path: Path) -> None:
    write_workbook(path, sheet_xml(HEADER), strings="<si><t>" + "x" * (80 << 20) + "</t></si>")
    assert path.stat().st_size < 1 << 20
    assert "times its size" in failure(path).title


def damaged(path: Path, *, at: float) -> bytes:
    content = bytearray(path.read_bytes())
    start = int(len(content) * at)
    content[start : start + 40] = b"\x00" * 40
    return bytes(content)


HOSTILE: dict[str, Callable[[Path], object]] = {
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:-100]),
    "damaged sheet": lambda path: path.write_bytes(damaged(path, at=0.5)),
    "no sheet": lambda path: write_workbook(path, "", without="xl/worksheets/sheet1.xml"),
    "no relations": lambda path: write_workbook(path, sheet_xml(HEADER), without="xl/_rels/workbook.xml.rels"),
    "no workbook": lambda path: write_workbook(path, sheet_xml(HEADER), without="xl/workbook.xml"),
    "empty part": lambda path: write_workbook(path, ""),
    "no XML": lambda path: write_workbook(path, b"\x00\xff\xfe junk"),
    "XML cut off": lambda path: write_workbook(path, sheet_xml(HEADER)[:-40]),
    "unknown string": lambda path: write_workbook(path, sheet_xml(HEADER + row(2, '<c r="A2" t="s"><v>9</v></c>'))),
    "nowhere": lambda path: write_workbook(path, sheet_xml(HEADER + row(2, '<c r="2A"><v>1</v></c>'))),
    "CDATA": lambda path: write_workbook(path, sheet_xml(HEADER + row(2, text_cell("A2", "<![CDATA[a]]>")))),
    "entities": lambda path: write_workbook(path, '<!DOCTYPE x [<!ENTITY a "b">]>' + sheet_xml(HEADER)),
    "two parts of a name": lambda path: write_workbook(path, sheet_xml(HEADER), more={"XL/workbook.xml": "<a/>"}),
}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_broken_workbook_is_one_line(path: Path, spoil: Callable[[Path], object]) -> None:
    save(path, ["code", "name"], *([f"K{n}", f"name of {n}"] for n in range(300)))
    spoil(path)
    assert "not a workbook that can be read" in failure(path).title


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"code,name\nA,a\n", "text file"),
        ("code,name\n".encode("utf-16"), "text file"),
        (b"\xef\xbb\xbf <html><table>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"\x00\x01\x02\x03" * 100, "first bytes"),
    ],
)
def test_what_is_no_workbook_is_called_what_it_is(path: Path, content: bytes, word: str) -> None:
    path.write_bytes(content)
    assert word in failure(path).title
    assert find_sources(path)[0].problem is not None


@pytest.mark.parametrize(
    ("part", "word"),
    [("content.xml", "OpenDocument"), ("xl/workbook.bin", "xlsb"), ("word/document.xml", "Word"), ("a", "archive")],
)
def test_other_archives_are_called_what_they_are(path: Path, part: str, word: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(part, "x")
    assert word in failure(path).title


@settings(max_examples=60, deadline=None)
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=8))
def test_bytes_gone_wrong_give_one_line_or_the_same_rows(
    tmp_path_factory: pytest.TempPathFactory, place: float, junk: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "brands-junk.xlsx"
    save(path, ["code", "name"], ["A", "Nguyễn"], ["B", "Đức"])
    content = bytearray(path.read_bytes())
    start = int(place * len(content))
    content[start : start + len(junk)] = junk
    path.write_bytes(content)
    rows = None
    with suppress(UnreadableSheet):
        _, rows = read(path)
    assert rows in (None, [(2, ["A", "Nguyễn"]), (3, ["B", "Đức"])])


def test_an_empty_sheet_has_no_header(path: Path) -> None:
    assert "no header" in failure(write_workbook(path, sheet_xml(""))).title


def test_a_second_reading_gives_the_same_and_the_hash_is_that_of_the_file(path: Path) -> None:
    save(path, ["code", "name"], *([f"K{n}", n] for n in range(1_000)))
    first, rows = read(path)
    second, again = read(path, size=7)
    assert rows == again
    assert len(rows) == 1_000
    assert first.sha256() == second.sha256() == hashlib.sha256(path.read_bytes()).hexdigest()
    assert second.fraction_read() == 1.0


def test_a_workbook_that_changes_while_it_is_read_is_noticed(path: Path) -> None:
    save(path, ["code", "name"], ["A", "a"])
    with open_sheet(Source(path, kind=KIND_BY_NAME["brands"], is_workbook=True)) as sheet:
        save(path, ["code", "name"], ["A", "b"], ["B", "b"])
        with pytest.raises(UnreadableSheet, match="changed"):
            list(sheet.batches())


def test_a_hidden_sheet_is_read_and_said_to_be_hidden(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["code", "name"])
    book.create_sheet("products").append(["brand_code", "code"])
    book.worksheets[1].sheet_state = "hidden"
    book.save(path)
    source = next(source for source in find_sources(path) if source.sheet == "products")
    with open_sheet(source) as sheet:
        assert any("hidden" in note for note in sheet.notes)


def test_chart_sheets_are_left_out(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["code", "name"])
    book.create_chartsheet("Chart")
    book.save(path)
    assert [source.sheet for source in find_sources(path)] == ["Sheet"]
