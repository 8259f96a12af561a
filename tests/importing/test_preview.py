"""What a file is taken for before it is imported, and its rows found again afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.importing.inboxes import write_file, write_inbox
from tui_booking.importing import preview
from tui_booking.importing.inbox import Source, find_sources
from tui_booking.importing.preview import RowCount, count_rows, look_into
from tui_booking.importing.rows_as_read import read_row
from tui_booking.importing.sheets import UnreadableSheet

TEMPLATES = Path(__file__).parents[2] / "import_templates"


def the_source(path: Path) -> Source:
    (source,) = find_sources(path)
    return source


def test_a_header_tells_which_columns_are_known_and_which_are_not(tmp_path: Path) -> None:
    path = write_file(tmp_path, "campaigns", "Mã chiến dịch;Ngày bắt đầu;mood\nTET;2027-01-01;good\n")
    look = look_into(the_source(path))
    assert look.columns == (("Mã chiến dịch", "code"), ("Ngày bắt đầu", "start_date"))
    assert look.unknown == ("mood",)
    assert look.lacking == ()
    assert look.needed == ("name", "brand_code", "end_date")


def test_a_header_without_a_key_tells_the_least_that_would_do(tmp_path: Path) -> None:
    look = look_into(the_source(write_file(tmp_path, "videos", "channel,title\ntiktok,x\n")))
    assert look.lacking in {("url",), ("platform_video_id",)}


def test_what_keeps_a_file_from_being_read_is_in_the_answer(tmp_path: Path) -> None:
    look = look_into(the_source(write_file(tmp_path, "brands", b"code,name\nA,caf\xe9\n")))
    assert "offset 15, row 2" in str(look.problem)
    empty = look_into(the_source(write_file(tmp_path, "products", "")))
    assert isinstance(empty.problem, UnreadableSheet)


def test_rows_are_counted_as_an_import_counts_them(tmp_path: Path) -> None:
    path = write_file(tmp_path, "brands", 'code,name\nA,"two\nlines"\n\nB,x\n')
    assert count_rows(the_source(path)) == RowCount(2, is_exact=True)


def test_the_lines_of_a_large_file_are_counted_and_said_to_be_lines(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "EXACT_BYTES", 10)
    path = write_file(tmp_path, "brands", "code,name\nA,x\nB,y")
    assert count_rows(the_source(path)) == RowCount(2, is_exact=False)


def test_counting_stops_when_nobody_wants_to_know(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_file(tmp_path, "brands", "code,name\nA,x\n")
    assert count_rows(the_source(path), cancelled=lambda: True) is None
    monkeypatch.setattr(preview, "EXACT_BYTES", 10)
    assert count_rows(the_source(path), cancelled=lambda: True) is None


def test_the_templates_hold_what_every_kind_needs() -> None:
    for source in find_sources(TEMPLATES):
        look = look_into(source)
        assert (look.lacking, look.needed, look.unknown, look.problem) == ((), (), (), None)
        count = count_rows(source)
        assert count is not None
        assert count.rows in {2, 3}


def test_a_row_is_found_again_with_the_names_of_its_columns(tmp_path: Path) -> None:
    path = write_file(tmp_path, "brands", "x\n\nMã nhãn hàng,name,mood\nA,Luna,good\n\nB,Nắng,bad,more\n")
    row = read_row(the_source(path), 6)
    assert [(cell.header, cell.column, cell.text) for cell in row.cells] == [
        ("Mã nhãn hàng", "code", "B"),
        ("name", "name", "Nắng"),
        ("mood", None, "bad"),
        ("", None, "more"),
    ]
    assert not row.has_changed
    assert read_row(the_source(path), 3).cells[0].text == "Mã nhãn hàng"
    assert read_row(the_source(path), 5).cells == ()
    assert read_row(the_source(path), 99).cells == ()


def test_a_row_of_a_workbook_is_found_again(tmp_path: Path) -> None:
    source = next(found for found in find_sources(TEMPLATES / "booking_center.xlsx") if found.sheet == "payments")
    row = read_row(source, 2)
    told = {cell.column: cell.text for cell in row.cells}
    assert told["booking_code"]
    assert told["amount"]


def test_a_file_that_is_another_one_now_is_told(tmp_path: Path) -> None:
    path = write_inbox(tmp_path / "inbox") / "brands.csv"
    source = the_source(path)
    assert not read_row(source, 2, sha256=preview_hash(path)).has_changed
    before = preview_hash(path)
    path.write_text("code,name\nOTHER,Another\n", encoding="utf-8")
    assert read_row(source, 2, sha256=before).has_changed
    path.unlink()
    with pytest.raises(UnreadableSheet, match="is gone"):
        read_row(source, 2, sha256=before)


def preview_hash(path: Path) -> str:
    import hashlib

    return hashlib.sha256(path.read_bytes()).hexdigest()
