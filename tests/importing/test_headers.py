"""Headers as people write them, matched with the columns of a kind."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.errors import BadSetting
from tui_booking.importing.aliases import ALIASES, names_of_column, require_known_columns
from tui_booking.importing.headers import HeaderMatcher, fold_header
from tui_booking.importing.kinds import KIND_BY_NAME, KINDS, Kind


def names_matched(kind: str, *cells: object) -> list[str | None]:
    match = HeaderMatcher(KIND_BY_NAME[kind]).match(cells)
    return [column.name if column else None for column in match.columns]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_name_means_two_columns_of_one_kind(kind: Kind) -> None:
    meaning: dict[str, str] = {}
    for column in kind.columns:
        for name in (column.name, *names_of_column(kind.name, column.name)):
            assert meaning.setdefault(fold_header(name), column.name) == column.name, name


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_column_has_other_names_and_every_other_name_a_column(kind: Kind) -> None:
    assert all(len(names_of_column(kind.name, column.name)) >= 4 for column in kind.columns)


def test_every_entry_belongs_to_a_column() -> None:
    known = {name for kind in KINDS for column in kind.columns for name in (column.name, f"{kind.name}.{column.name}")}
    assert set(ALIASES) <= known


@pytest.mark.parametrize(
    "written",
    ["creator_key", "Creator Key", "CREATOR-KEY *", " creator__key ", "Mã KOC", "mã koc*", "MA_KOC", "Ma KOC (*)"],
)
def test_case_marks_spaces_and_punctuation_do_not_matter(written: str) -> None:
    assert names_matched("creator_channels", written) == ["creator_key"]


def test_names_decomposed_as_on_a_mac_match() -> None:
    assert names_matched("bookings", unicodedata.normalize("NFD", "Ngày bắt đầu")) == ["start_date"]


@given(
    st.sampled_from([(k, c, n) for k in KINDS for c in k.columns for n in (c.name, *names_of_column(k.name, c.name))])
)
def test_each_name_is_found_in_any_spelling(entry: tuple[Kind, object, str]) -> None:
    kind, column, name = entry
    matcher = HeaderMatcher(kind)
    for written in (
        name.upper(),
        name.title(),
        f" {name} *",
        name.replace(" ", "_"),
        unicodedata.normalize("NFD", name),
    ):
        assert matcher.match([written]).columns == [column]


def test_two_cells_of_one_meaning_are_reported_together() -> None:
    match = HeaderMatcher(KIND_BY_NAME["brands"]).match(["Mã", "Brand code", "name"])
    assert [(column.name, *cells) for column, *cells in match.doubled] == [("code", "Mã", "Brand code")]


@pytest.mark.parametrize(
    ("kind", "header", "doubled"),
    [
        ("brands", ["Mã", "code", "name"], ("code", "Mã", "code")),
        ("creator_channels", ["creator_key", "Mã KOC", "platform", "handle"], ("creator_key", "creator_key", "Mã KOC")),
        ("creator_contacts", ["KOC", "Mã KOC", "name"], ("creator_key", "KOC", "Mã KOC")),
    ],
)
def test_a_columns_own_name_is_no_better_than_another_name_for_it(
    kind: str, header: list[str], doubled: tuple[str, str, str]
) -> None:
    match = HeaderMatcher(KIND_BY_NAME[kind]).match(header)
    assert [(column.name, *cells) for column, *cells in match.doubled] == [doubled]
    assert match.unknown == []


def test_a_users_own_names_are_added() -> None:
    matcher = HeaderMatcher(KIND_BY_NAME["brands"], {"code": ["Kürzel"], "brands.name": ["Marke"]})
    assert [column and column.name for column in matcher.match(["kurzel", "Marke", "Mã"]).columns[:2]] == [
        "code",
        "name",
    ]


def test_unknown_and_missing_columns_are_named() -> None:
    match = HeaderMatcher(KIND_BY_NAME["brands"]).match(["name", "Colour", "", "--"])
    assert match.unknown == ["Colour", "--"]
    assert [column.name for column in match.missing] == ["code"]


def test_the_header_is_found_below_a_preamble() -> None:
    rows = [["Danh sách thương hiệu"], [], ["Tên", "Linh"], ["Mã", "Tên", "Mô tả"], ["A", "B", "C"]]
    found = HeaderMatcher(KIND_BY_NAME["brands"]).find(rows)
    assert found is not None
    assert found[0] == 3


def test_a_header_without_its_key_is_still_the_row_that_means_the_most() -> None:
    found = HeaderMatcher(KIND_BY_NAME["brands"]).find([["Report"], ["name", "description"], ["A", "B"]])
    assert found is not None
    assert found[0] == 1
    assert [column.name for column in found[1].missing] == ["code"]


def test_rows_without_text_have_no_header() -> None:
    assert HeaderMatcher(KIND_BY_NAME["brands"]).find([[], ["", None], [" "]]) is None


def test_numbers_and_dates_in_a_header_do_not_disturb() -> None:
    assert names_matched("brands", 12.5, None, "code") == [None, None, "code"]


@pytest.mark.parametrize(
    ("name", "advice"), [("xyzzy", "Name a column"), ("creator_kye", "'creator_key'"), ("brands.nmae", "'brands.name'")]
)
def test_names_for_a_column_that_no_file_has_are_refused(name: str, advice: str) -> None:
    with pytest.raises(BadSetting, match=name) as refused:
        require_known_columns({"creator_key": ["x"], "brands.code": ["y"], name: ["z"]})
    assert advice in refused.value.advice
