"""CSV files as programs and people leave them."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.importing import csv_text
from tui_booking.importing.csv_columns import split_columns
from tui_booking.importing.csv_text import CsvText
from tui_booking.importing.file_state import open_for_reading
from tui_booking.importing.inbox import Source
from tui_booking.importing.kinds import KIND_BY_NAME
from tui_booking.importing.sheets import Cell, Sheet, UnreadableSheet, open_sheet

Rows = list[tuple[int, list[Cell]]]


def source_of(path: Path, content: bytes | str, kind: str = "brands") -> Source:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Source(path, kind=KIND_BY_NAME[kind])


def read(source: Source, encoding: str | None = None, size: int = 10_000) -> tuple[Sheet, Rows]:
    with open_sheet(source, encoding=encoding) as sheet:
        rows = [pair for batch in sheet.batches(size) for pair in zip(batch.numbers, batch.rows, strict=True)]
    return sheet, rows


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "brands.csv"


def failure(source: Source, encoding: str | None = None) -> UnreadableSheet:
    with pytest.raises(UnreadableSheet) as caught:
        read(source, encoding)
    assert caught.value.advice
    assert "\n" not in caught.value.title
    return caught.value


def test_rows_are_numbered_as_a_spreadsheet_shows_them(path: Path) -> None:
    _, rows = read(source_of(path, 'code,name\nA,"two\nlines"\n\nB,b\n , \n,,\nC,c\n'))
    assert rows == [(2, ["A", "two\nlines"]), (4, ["B", "b"]), (7, ["C", "c"])]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_line_ending_is_read(path: Path, ending: str) -> None:
    _, rows = read(source_of(path, ending.join(["code,name", "A,a", "B,b", ""])))
    assert rows == [(2, ["A", "a"]), (3, ["B", "b"])]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_the_one_under_which_the_header_matches(path: Path, delimiter: str) -> None:
    header = delimiter.join(["code", "name", "description"])
    _, rows = read(source_of(path, header + "\n" + delimiter.join(["A", '"x, y; z"', "1,5"][:2]) + "\n"))
    assert rows[0][1][0] == "A"
    assert rows[0][1][1] == "x, y; z"


def test_the_separator_line_of_excel_is_no_row(path: Path) -> None:
    sheet, rows = read(source_of(path, "sep=;\r\ncode;name\r\nA;a\r\n"))
    assert (sheet.header_row, rows) == (1, [(2, ["A", "a"])])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-be", "utf-32"])
def test_a_byte_order_mark_tells_the_encoding_whatever_was_asked(path: Path, encoding: str) -> None:
    text = ("\ufeff" if encoding == "utf-16-be" else "") + "code\tname\nA\tNguyễn Đức 🎬\n"
    for asked in (None, "cp1258"):
        sheet, rows = read(source_of(path, text.encode(encoding)), encoding=asked)
        assert sheet.header == ["code", "name"]
        assert rows == [(2, ["A", "Nguyễn Đức 🎬"])]


def test_an_encoding_may_be_asked_for(path: Path) -> None:
    _, rows = read(source_of(path, "code,name\nA,Bánh\n".encode("cp1252")), encoding="cp1252")
    assert rows == [(2, ["A", "Bánh"])]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Nguye\u0302\u0303n Va\u0306n Hu\u031b\u0300ng", "cp1258"),
        ("Café Besançon", "cp1252"),
        ("美妆品牌上海", "gb18030"),
    ],
)
def test_bytes_that_are_no_utf8_name_offset_row_and_likely_encoding(path: Path, text: str, encoding: str) -> None:
    if encoding == "cp1258":
        text = "NguyÇn V\u0103n H\u00f9ng Ti\u00ea\u0301ng"
    head = "code,name\n" + "".join(f'A{n},"ti\nếng"\n' for n in range(3))
    source = source_of(path, head.encode() + b"B," + text.encode(encoding) + b"\n")
    problem = failure(source)
    bad = next(n for n, letter in enumerate(text) if ord(letter) > 127)
    offset = len(head.encode()) + 2 + len(text[:bad].encode(encoding))
    assert f"offset {offset:,}" in problem.title
    assert problem.row == 5
    assert f"--encoding {encoding}" in problem.advice


@given(before=st.text("aé\n", max_size=300), chunk=st.integers(1, 40))
def test_the_offset_of_bad_bytes_is_exact_wherever_a_chunk_ends(
    tmp_path_factory: pytest.TempPathFactory, before: str, chunk: int
) -> None:
    path = tmp_path_factory.getbasetemp() / "offset.csv"
    path.write_bytes(before.encode() + b"\xff" + b"abc\n")
    with open_for_reading(path) as (file, state):
        text = CsvText(file, state, None)
        with pytest.raises(Exception, match=r"^\d+$") as caught:
            list(text.blocks(chunk))
    assert caught.value.args == (len(before.encode()),)


def test_a_file_cut_off_within_a_character_says_so(path: Path) -> None:
    problem = failure(source_of(path, "code,name\nA,tiế".encode()[:-1]))
    assert "cut off" in problem.advice


def test_utf8_with_a_few_bad_bytes_is_not_taken_for_another_encoding(path: Path) -> None:
    problem = failure(source_of(path, b"code,name\nA,\xff" + "Nguyễn Đức Thắng\n".encode() * 20))
    assert "damaged" in problem.advice


def test_utf16_without_a_mark_is_recognised(path: Path) -> None:
    source = source_of(path, "code,name\nA,a\n".encode("utf-16-le"))
    assert "--encoding utf-16-le" in failure(source).advice
    assert read(source, encoding="utf-16-le")[1] == [(2, ["A", "a"])]


def test_utf8_is_not_garbled_by_another_encoding_asked_for(path: Path) -> None:
    assert "UTF-8" in failure(source_of(path, "code,name\nA,Nguyễn\n"), encoding="cp1258").title


def test_an_encoding_that_is_none_is_refused(path: Path) -> None:
    for name in ("base64", "klingon"):
        assert name in failure(source_of(path, "code,name\n"), encoding=name).title


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ('code,name\nA,a\nB,"never closed\nC,c\n', 3),
        ('code,name\nA,a\nB,"closed\nC,"late\n', 3),
        ('code,name\nA,a\nB,"x"y\n', 3),
        ('code,name\n"A,a\n', 2),
    ],
)
def test_a_broken_quote_names_the_row_where_it_began(path: Path, content: str, row: int) -> None:
    assert failure(source_of(path, content)).row == row


def test_a_cell_of_a_million_characters_is_read_and_a_longer_one_named(path: Path) -> None:
    _, rows = read(source_of(path, f"code,name\nA,{'x' * 1_000_000}\n"))
    assert len(str(rows[0][1][1])) == 1_000_000
    assert failure(source_of(path, f'code,name\nA,a\nB,"{"x" * 1_000_002}"\n')).row == 3


def test_a_line_without_end_is_refused_before_it_is_held_in_memory(path: Path) -> None:
    assert failure(source_of(path, "code,name\nA,a\n" + "x" * 17_000_000)).row == 3


def test_null_characters_are_left_to_the_checks_of_cells(path: Path) -> None:
    assert read(source_of(path, "code,name\nA,a\x00b\n"))[1] == [(2, ["A", "a\x00b"])]


@pytest.mark.parametrize("content", ["", "\n\n\n", ",,\n", "\ufeff"])
def test_a_file_without_text_has_no_header(path: Path, content: str) -> None:
    assert "no header" in failure(source_of(path, content)).title


def test_a_header_alone_has_no_rows(path: Path) -> None:
    sheet, rows = read(source_of(path, "code,name"))
    assert rows == []
    assert sheet.fraction_read() == 1.0


def test_a_header_below_a_preamble_keeps_the_row_numbers(path: Path) -> None:
    sheet, rows = read(source_of(path, "Báo cáo tháng 11;;\n\nMã;Tên;\nA;a;\n"))
    assert (sheet.header_row, sheet.header) == (3, ["Mã", "Tên"])
    assert rows == [(4, ["A", "a"])]
    assert "row 3" in sheet.notes[0]


def test_unknown_and_missing_columns_are_told(path: Path) -> None:
    sheet, _ = read(source_of(path, "name,colour\nA,red\n"))
    assert sheet.unknown == ["colour"]
    assert [column.name for column in sheet.missing] == ["code"]


def test_a_doubled_column_names_both(path: Path) -> None:
    problem = failure(source_of(path, "code,Tên,Brand name\n"))
    assert "'Tên'" in problem.title
    assert "'Brand name'" in problem.title


def test_cells_behind_the_header_stay_only_where_they_are_filled(path: Path) -> None:
    _, rows = read(source_of(path, "code,name\nA,a,, \nB,b,,x\nC\n"))
    assert [row for _, row in rows] == [["A", "a"], ["B", "b", "", "x"], ["C"]]


def test_a_workbook_named_csv_is_recognised(path: Path) -> None:
    assert ".xlsx" in failure(source_of(path, b"PK\x03\x04rest")).advice


def test_a_file_that_is_gone_or_a_folder_is_one_line(path: Path, tmp_path: Path) -> None:
    assert "gone" in failure(Source(path, kind=KIND_BY_NAME["brands"])).title
    assert "not a file" in failure(Source(tmp_path, kind=KIND_BY_NAME["brands"])).title


def test_a_file_that_may_not_be_read_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = source_of(path, "code,name\n")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert "may not be read" in failure(source).title


@pytest.mark.parametrize("change", [b"code,name\nA,a\nB,b\n", b"code,name\nA,b\n", b"code,name\n"])
def test_a_file_that_changes_while_it_is_read_is_noticed(path: Path, change: bytes) -> None:
    source = source_of(path, "code,name\nA,a\n")
    with open_sheet(source) as sheet:
        batches = sheet.batches()
        next(batches)
        path.write_bytes(change)
        os.utime(path, ns=(1, 1))
        with pytest.raises(UnreadableSheet, match="changed"):
            next(batches)


def test_a_file_that_was_only_touched_is_the_same(path: Path) -> None:
    with open_sheet(source_of(path, "code,name\nA,a\n")) as sheet:
        os.utime(path, ns=(1, 1))
        assert len(list(sheet.batches())) == 1


def test_the_hash_is_that_of_the_file_and_a_second_reading_gives_the_same(path: Path) -> None:
    content = "\ufeffcode,name\n" + "".join(f"K{n},tên {n}\n" for n in range(50_000))
    source = source_of(path, content)
    first, rows = read(source)
    second, again = read(source, size=7)
    assert rows == again
    assert first.sha256() == second.sha256() == hashlib.sha256(content.encode()).hexdigest()
    assert first.bytes_read == len(content.encode())


def test_memory_does_not_grow_with_the_file(path: Path) -> None:
    def peak(rows: int) -> int:
        source = source_of(path, "code,name\n" + "".join(f"K{n},name of {n}\n" for n in range(rows)))
        tracemalloc.start()
        with open_sheet(source) as sheet:
            for _ in sheet.batches(1_000):
                pass
        top = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return top

    peak(1_000)
    assert peak(200_000) < 1.5 * peak(50_000)


# A carriage return or line feed inside a cell is kept; what csv.writer quotes, the reader takes back.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(rows=st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=30), delimiter=st.sampled_from(",;\t|"))
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.csv"
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([["code", "name"], *rows])
    _, found = read(source_of(path, "\ufeff" + text.getvalue()), size=4)
    expected = [(number, row) for number, row in enumerate(rows, 2) if "".join(row).strip()]
    assert found == expected


# Plain lines among lines that are not, so that pieces of both sorts follow each other.
LINES = st.lists(
    st.sampled_from(
        ["A,a", "B,tên", ",b", "C,", ",", "", " , ", "D", "E,e,", "F,f,x", '"G",g', '"H\nh",i', "J,j\r", "\u2028,k"]
    ),
    max_size=40,
)


@given(plain=st.integers(0, 30), lines=LINES, chunk=st.integers(1, 60), size=st.integers(1, 9))
def test_pieces_that_are_split_at_once_give_the_rows_that_a_reader_of_csv_gives(
    tmp_path_factory: pytest.TempPathFactory, plain: int, lines: list[str], chunk: int, size: int
) -> None:
    content = "\n".join(["code,name", *(f"K{n},n" for n in range(plain)), *lines]) + "\n" * (plain % 2)
    expected = [
        (number, row[: max(2, len("".join(row[2:]) and row))])
        for number, row in enumerate(csv.reader(io.StringIO(content, newline="")), 1)
        if number > 1 and "".join(row).strip()
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CsvText.blocks, "__defaults__", (chunk,))
        patch.setattr(csv_text, "HEAD_BYTES", 30)
        _, found = read(source_of(tmp_path_factory.getbasetemp() / "pieces.csv", content), size=size)
    assert found == expected


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,b\nc,d\n", [["a", "c"], ["b", "d"]]),
        ("a,b\r\nc,d\r\n", [["a", "c"], ["b", "d"]]),
        ("a,b\n,d\nc,e", [["a", "", "c"], ["b", "d", "e"]]),
        ("a\nb\n", None),
        ("a,b,c\nd\n", None),
        ("a,b\n\n", None),
        ("a,\n,b\n", None),
        ('a,"b"\n', None),
        ("a,b\rc,d\n", None),
        ("a,b\n" + "c" * 1_000_001 + ",d\n", None),
    ],
)
def test_a_piece_is_split_at_once_only_where_that_is_certain(text: str, columns: list[list[str]] | None) -> None:
    assert split_columns(text, ",", 2) == columns
