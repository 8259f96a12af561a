"""Text is found without regard to case, Vietnamese marks and white space."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_booking.models.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Đức", "nguyen duc"),
        ("  ĐẶNG \t Thị\nHồng ", "dang thi hong"),
        ("Straße", "strasse"),
        ("", ""),
        ("KOC_01", "koc_01"),
        ("[/b] 100%", "[/b] 100%"),
        ("🎉 Tết", "🎉 tet"),
    ],
)
def test_marks_case_and_white_space_do_not_matter(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_both_ways_to_write_a_mark_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.characters(max_codepoint=0x24F)))
def test_upper_and_lower_case_fold_alike(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(st.text(), st.text())
def test_what_is_joined_by_a_space_folds_in_parts(first: str, second: str) -> None:
    assert fold(f"{first} {second}") == " ".join(part for part in (fold(first), fold(second)) if part)
