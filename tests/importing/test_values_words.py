"""Texts, ids, choices and the ways to reach people, exactly as they are meant."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.importing.columns import Column, Type
from tui_booking.importing.values import (
    HAD_HIDDEN,
    WAS_NUMBER,
    Cell,
    CellError,
    Reading,
    guard_formula,
    read_cell,
    read_choice,
    read_code,
    read_email,
    read_flag,
    read_handle,
    read_id,
    read_name,
    read_phone,
    read_text,
    read_url,
    tiktok_video_id,
    unguard_formula,
)
from tui_booking.models.choices import BookingStatus, Platform


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Nguyễn Đức\u00a0", "Nguyễn Đức"),
        ("\ufeffa\u200b", "a"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("dòng một\ndòng hai 😀👩‍👩‍👧", "dòng một\ndòng hai 😀👩‍👩‍👧"),
        ("--", "--"),
        ("'=SUM(A1)", "=SUM(A1)"),
        ("''=x", "'=x"),
        ("'quoted'", "'quoted'"),
        (12.5, "12.5"),
        ("\u00a0", None),
    ],
)
def test_a_text_comes_through_exactly_but_for_white_space_around_it(cell: Cell, text: str | None) -> None:
    assert read_text(cell) == text


@pytest.mark.parametrize("cell", ["a\x00b", "\ud83d", "#N/A", "#REF!", "#NAME?", "x" * 1_000_001])
def test_a_text_that_cannot_be_stored_is_an_error(cell: str) -> None:
    with pytest.raises(CellError):
        read_text(cell)


def test_a_name_has_at_most_255_characters() -> None:
    assert read_name("đ" * 255) == "đ" * 255
    with pytest.raises(CellError, match="256 characters, at most 255"):
        read_name("đ" * 256)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("0012", "0012"),
        ("7301234567890123456", "7301234567890123456"),
        ("'0012", "0012"),
        ('="0012"', "0012"),
        ("1E10", "1E10"),
    ],
)
def test_ids_and_codes_keep_every_digit(cell: str, text: str) -> None:
    assert read_id(cell) == read_code(cell) == Reading(text)


@pytest.mark.parametrize(
    "cell",
    [
        "7.69E+18",
        "7,69e+18",
        '="7.69E+18"',
        7.3e18,
        "7301234567890120000.0",
        "577012345678901000,0",
        "1000000000000000.00",
    ],
)
def test_an_id_that_lost_digits_is_an_error(cell: Cell) -> None:
    for read in (read_id, read_code):
        with pytest.raises(CellError, match="lost digits"):
            read(cell)


@pytest.mark.parametrize(("cell", "text"), [("12.0", "12"), ("123456789012345.0", "123456789012345"), (12.0, "12")])
def test_a_number_that_was_written_for_an_id_reads_as_in_a_workbook(cell: Cell, text: str) -> None:
    for read in (read_id, read_code):
        assert read(cell) == Reading(text, WAS_NUMBER if isinstance(cell, str) else None)


@pytest.mark.parametrize("cell", ["0012.0", "1.000", "1.00", "v1.0", "1.0.0", "12,0"])
def test_what_no_number_is_written_like_stays_a_code(cell: str) -> None:
    assert read_code(cell) == Reading(cell)


@pytest.mark.parametrize("cell", ["'1.0", '="1.0"'])
def test_a_code_that_looks_like_such_a_number_may_be_forced(cell: str) -> None:
    assert read_code(cell) == Reading("1.0")


@pytest.mark.parametrize(
    "cell",
    ["K\u200b1", "\u202eK1", "K1\u202c", "K\u200d1", "K\u20601", "K\xad1", "K\ufe0f1", "\u2066K1\u2069", "K\u180e1"],
)
def test_what_has_no_width_is_no_part_of_a_code_and_said(cell: str) -> None:
    for read in (read_id, read_code):
        assert read(cell) == Reading("K1", HAD_HIDDEN)


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        (Column("handle", Type.HANDLE), "@li\u200bnh", "linh"),
        (Column("url", Type.URL), "https://a.vn/\u200bb", "https://a.vn/b"),
    ],
)
def test_nor_of_a_handle_or_an_address(column: Column, cell: str, text: str) -> None:
    assert read_cell(column, cell) == Reading(text, HAD_HIDDEN)


@pytest.mark.parametrize("code", ["👩\u200d💻", "❤\ufe0f", "1\ufe0f\u20e3", "🏳\ufe0f\u200d🌈", "Đỗ"])
def test_what_emoji_and_marks_are_made_of_stays(code: str) -> None:
    assert read_code(code) == Reading(code)


def test_a_name_keeps_all_that_stands_in_it() -> None:
    assert read_name("Li\u200bnh") == "Li\u200bnh"


def test_a_mark_that_was_kept_apart_from_its_letter_joins_it() -> None:
    assert read_code("e\u200b\u0301") == Reading("\u00e9", HAD_HIDDEN)


def test_dashes_are_no_id() -> None:
    assert read_id("--") == Reading(None)


@given(st.text())
def test_a_guarded_text_is_itself_again(text: str) -> None:
    assert unguard_formula(guard_formula(text)) == text


@given(st.text())
def test_a_stored_text_survives_export_and_import(cell: str) -> None:
    try:
        stored = read_text(cell)
    except CellError:
        return
    assert stored is None or read_text(guard_formula(stored)) == stored


@pytest.mark.parametrize("kind", [Type.HANDLE, Type.PHONE, Type.EMAIL, Type.URL, Type.ID, Type.NAME])
@given(st.one_of(st.text(), st.text("'=\"+-@09ab./: \t", max_size=12)))
def test_what_was_read_reads_as_itself_again(kind: Type, cell: str) -> None:
    column = Column("column", kind)
    try:
        stored = read_cell(column, cell).value
    except CellError:
        return
    assert stored is None or read_cell(column, guard_formula(stored)).value == stored


@pytest.mark.parametrize("cell", ["x", "Có", "TRUE", "1", "yes", "Đúng", 1.0])
def test_a_yes_is_a_yes_in_both_languages(cell: Cell) -> None:
    assert read_flag(cell) == "1"


@pytest.mark.parametrize("cell", ["không", "khong", "FALSE", "0", "no", "Sai", 0.0])
def test_a_no_is_a_no_in_both_languages(cell: Cell) -> None:
    assert read_flag(cell) == "0"


def test_what_is_neither_yes_nor_no_is_an_error() -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        read_flag("maybe")


@pytest.mark.parametrize(
    "cell", ["in_progress", "In Progress", "IN-PROGRESS", "Đang thực hiện", "dang thuc hien", "ĐANG THỰC HIỆN"]
)
def test_a_choice_is_known_by_value_and_by_either_label(cell: str) -> None:
    assert read_choice(cell, BookingStatus) == "in_progress"


def test_an_unknown_choice_is_answered_with_the_nearest_and_with_all() -> None:
    with pytest.raises(CellError) as caught:
        read_choice("runing", BookingStatus)
    assert caught.value.message == (
        "not a booking status; did you mean 'in_progress'? "
        "one of: negotiating, confirmed, in_progress, completed, canceled"
    )
    with pytest.raises(CellError, match=r"^not a platform; one of: tiktok,"):
        read_choice("qqqq", Platform)


@pytest.mark.parametrize(
    ("cell", "platform", "handle"),
    [
        ("@Abc", None, "abc"),
        ("abc.d_e", None, "abc.d_e"),
        ("https://www.tiktok.com/@Abc?lang=vi", "tiktok", "abc"),
        ("tiktok.com/@a.b/video/7301234567890123456", "tiktok", "a.b"),
        ("https://youtube.com/@abc/videos", "youtube", "abc"),
        ("https://www.youtube.com/@Tr%C3%A2m", "youtube", "trâm"),
        ("instagram.com/Abc/", "instagram", "abc"),
        ("https://shopee.vn/abc", "shopee_live", "abc"),
        ("https://facebook.com/abc", None, "abc"),
        ("--", None, None),
    ],
)
def test_a_handle_is_found_in_whatever_was_pasted(cell: str, platform: str | None, handle: str | None) -> None:
    assert read_handle(cell) == (platform, handle)


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("https://vm.tiktok.com/ZM1", "short link"),
        ("https://facebook.com/'", "not a handle"),
        ("https://www.youtube.com/channel/UC123", "not the address of a profile"),
        ("https://www.instagram.com/p/xyz", "not the address of a profile"),
        ("a b", "not a handle"),
        ("a@b.vn", "not a handle"),
        ("@", "not a handle"),
    ],
)
def test_what_names_no_profile_is_an_error(cell: str, said: str) -> None:
    with pytest.raises(CellError, match=said):
        read_handle(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "+84901234567",
        "0901234567",
        "0901 234 567",
        "0901.234.567",
        "(+84) 90 123 4567",
        "+84 (0)90 123 45 67",
        "84901234567",
        "0084901234567",
        "901234567",
        "'0901234567",
        "'+84901234567",
        "\u202a+84 90 123 4567\u202c",
        901234567.0,
        84901234567.0,
    ],
)
def test_a_vietnamese_number_has_one_form_and_gets_its_lost_zero_back(cell: Cell) -> None:
    assert read_phone(cell) == ("+84901234567", None)


def test_numbers_of_houses_and_of_other_countries_are_known_too() -> None:
    assert read_phone("024 3825 1234") == ("+842438251234", None)
    assert read_phone("+1 (415) 555-2671") == ("+14155552671", None)


@pytest.mark.parametrize("cell", ["hỏi chị Lan", "1900 6868", "0901234567 / 0912345678", "01671234567", "12"])
def test_what_is_no_phone_number_stays_as_it_is_with_a_warning(cell: str) -> None:
    value, warning = read_phone(cell)
    assert value == cell
    assert warning is not None


def test_a_phone_number_that_lost_digits_is_an_error() -> None:
    with pytest.raises(CellError, match="lost digits"):
        read_phone("8.4901E+10")


@pytest.mark.parametrize("cell", ["https://a.vn/b?c=đ#d", "http://A.B", "www.a.vn", "tiktok.com/@a/video/1"])
def test_a_web_address_is_kept_exactly(cell: str) -> None:
    assert read_url(cell) == cell


@pytest.mark.parametrize(
    "cell",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.b/c", "chưa có", "https://a.b/c d", "https://" + "đ" * 997],
)
def test_what_is_no_web_address_is_an_error(cell: str) -> None:
    with pytest.raises(CellError):
        read_url(cell)


def test_an_email_without_its_sign_is_kept_with_a_warning() -> None:
    assert read_email(" lan@a.vn ") == ("lan@a.vn", None)
    value, warning = read_email("lan.a.vn")
    assert value == "lan.a.vn"
    assert warning is not None
    assert re.search("e-mail", warning)


@pytest.mark.parametrize(
    ("url", "video"),
    [
        ("https://www.tiktok.com/@x/video/7301234567890123456?is_from=1", "7301234567890123456"),
        ("https://tiktok.com/@x/photo/7301234567890123456", "7301234567890123456"),
        ("https://m.tiktok.com/v/7301234567890123456.html?x", "7301234567890123456"),
        ("https://vm.tiktok.com/ZMabc/", None),
        ("https://nottiktok.com/@x/video/7301234567890123456", None),
        ("https://www.tiktok.com/@x", None),
    ],
)
def test_a_tiktok_address_tells_the_video(url: str, video: str | None) -> None:
    assert tiktok_video_id(url) == video
