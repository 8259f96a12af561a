"""A search finds a text however it is written: marks and case aside, in every text of a list, on both engines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.records import connected, make_one_of_each
from tests.services.listed import EVERY_LISTING
from tui_booking.models.database import Store
from tui_booking.models.folding import fold
from tui_booking.services.asking import execute, select
from tui_booking.services.declarations import Query
from tui_booking.services.listings import LISTINGS
from tui_booking.services.questions import Question, read_count

_LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
_VIETNAMESE = frozenset(_LETTERS + _LETTERS.upper())


@pytest.fixture
def database(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


TEXTS = [
    (listing.name, column)
    for listing in EVERY_LISTING
    for search in listing.searches
    for column in re.findall(r"folded\(r\.(\w+)\)", search)
]


def test_a_text_is_found_without_regard_to_marks_and_case(database: Store) -> None:
    make_one_of_each()
    zone = ZoneInfo("Asia/Ho_Chi_Minh")
    for name, column in TEXTS:
        listing = LISTINGS[name]
        execute(database, f"UPDATE {listing.table} SET {column} = ?", ["Đã GỬI quà; Chăm Sóc 50%"])
        for words in ("da gui", "ĐÃ GỬI", "Đã gửi quà", "cham soc 50%", "cham  gui"):
            question = Question(database, Query(listing=listing, search=words), zone)
            assert read_count(database, question) > 0, (name, column, words)
        other = Question(database, Query(listing=listing, search="da gui zzz"), zone)
        assert read_count(database, other) == 0, (name, column)


@pytest.mark.parametrize("name", [listing.name for listing in EVERY_LISTING if listing.searches])
def test_no_search_looks_in_text_that_keeps_its_marks(name: str) -> None:
    # Addresses, numbers of shops and of phones have none.
    plain = {"url", "profile_url", "target_url", "script_link", "sapo_product_id", "shopee_product_id", "phone"}
    plain |= {"order_id_external", "handle", "external_id", "platform_video_id"}
    for search in LISTINGS[name].searches:
        text = search.rpartition("WHERE ")[2] if "{}" in search else search
        columns = set(re.findall(r"[ro]\.(\w+)", re.sub(r"folded\([^()]*\)|[ro]\.\w+ <> ''", "", text)))
        assert {column for column in columns if not column.endswith("_folded")} <= plain, search


@given(text=st.text(st.sampled_from(sorted(_VIETNAMESE)) | st.characters(max_codepoint=126), max_size=30))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_both_engines_fold_alike_what_is_written_in_vietnam(database: Store, text: str) -> None:
    kept = text.replace("\0", "")
    ((folded,),) = select(database, "SELECT folded(q.x) FROM (SELECT CAST(? AS text) AS x) q", [kept])
    assert " ".join(folded.split()) == fold(kept)
