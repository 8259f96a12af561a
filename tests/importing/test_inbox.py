"""What a folder holds, as what it is imported, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from tui_booking.errors import BookingCenterError
from tui_booking.importing.inbox import find_sources, recognise
from tui_booking.importing.kinds import KINDS

Put = Callable[..., None]


@pytest.fixture
def put(tmp_path: Path) -> Put:
    def put_files(*names: str) -> None:
        for name in names:
            (tmp_path / name).write_text("code,name\n", encoding="utf-8")

    return put_files


def put_workbook(path: Path, *sheets: str, empty: tuple[str, ...] = (), hidden: tuple[str, ...] = ()) -> None:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name in sheets:
        sheet = book.create_sheet(name)
        if name not in empty:
            sheet.append(["code", "name"])
        if name in hidden:
            sheet.sheet_state = "hidden"
    book.save(path)


def listed(path: Path, **options: str) -> list[tuple[str, str | None, str | None]]:
    sources = find_sources(path, **options)  # type: ignore[arg-type]
    return [(source.name, source.sheet, source.kind.name if source.kind else None) for source in sources]


@pytest.mark.parametrize(
    ("stem", "kind"),
    [
        ("brands", "brands"),
        ("BRANDS", "brands"),
        ("brands-2026", "brands"),
        ("brands.old", "brands"),
        ("brands (1)", "brands"),
        ("creator_channels", "creator_channels"),
        ("creator_channels_may", "creator_channels"),
        ("creators_may", "creators"),
        ("videos", "videos"),
        ("video_snapshots-1", "video_snapshots"),
        ("brandsX", None),
        ("my brands", None),
        ("", None),
    ],
)
def test_a_stem_is_recognised_by_the_longest_name_it_begins_with(stem: str, kind: str | None) -> None:
    found = recognise(stem)
    assert (found.name if found else None) == kind


def test_files_come_in_import_order_and_the_unrecognised_last(tmp_path: Path, put: Put) -> None:
    put(*(f"{kind.name}.csv" for kind in reversed(KINDS)), "aaa.csv", "notes.pdf", "Brands-2.CSV", "brands-1.tsv")
    names = [kind for _, _, kind in listed(tmp_path)]
    assert [name for name in dict.fromkeys(names) if name] == [kind.name for kind in KINDS]
    assert names[-2:] == [None, None]
    assert [name for name, _, _ in listed(tmp_path)][:3] == ["brands-1.tsv", "Brands-2.CSV", "brands.csv"]


def test_hidden_files_lock_files_folders_and_the_readme_are_passed_over(tmp_path: Path, put: Put) -> None:
    put(".brands.csv", "~$brands.xlsx", "README.md", "brands.csv")
    (tmp_path / "products.csv").mkdir()
    assert listed(tmp_path) == [("brands.csv", None, "brands")]


def test_a_workbook_of_one_sheet_is_named_as_the_file(tmp_path: Path) -> None:
    put_workbook(tmp_path / "payments-2026-11.xlsx", "Sheet1")
    assert listed(tmp_path) == [("payments-2026-11.xlsx", "Sheet1", "payments")]


def test_a_workbook_of_one_sheet_takes_the_sheets_name_where_the_files_says_nothing(tmp_path: Path) -> None:
    put_workbook(tmp_path / "export.xlsx", "Brands")
    assert listed(tmp_path) == [("export.xlsx", "Brands", "brands")]


def test_each_sheet_of_a_workbook_is_a_file_of_its_own(tmp_path: Path) -> None:
    put_workbook(tmp_path / "all.xlsx", "products", "brands", "Hướng dẫn", "brands-2")
    assert listed(tmp_path) == [
        ("all.xlsx", "brands", "brands"),
        ("all.xlsx", "brands-2", "brands"),
        ("all.xlsx", "products", "products"),
        ("all.xlsx", "Hướng dẫn", None),
    ]


def test_empty_and_hidden_sheets_do_not_make_a_workbook_one_of_several_sheets(tmp_path: Path) -> None:
    put_workbook(tmp_path / "brands.xlsx", "Dữ liệu", "Sheet2", "lists", empty=("Sheet2",), hidden=("lists",))
    assert listed(tmp_path) == [("brands.xlsx", "Dữ liệu", "brands"), ("brands.xlsx", "lists", None)]


def test_a_workbook_that_cannot_be_opened_is_listed_with_its_problem(tmp_path: Path) -> None:
    (tmp_path / "brands.xlsx").write_bytes(b"PK\x03\x04 no more")
    (source,) = find_sources(tmp_path)
    assert source.kind is not None
    assert source.problem is not None
    assert "not a workbook that can be read" in source.problem.title


def test_tables_of_other_programs_say_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "brands.ods").write_bytes(b"x")
    (source,) = find_sources(tmp_path)
    assert source.problem is not None
    assert ".xlsx" in source.problem.advice


def test_the_format_asked_for_leaves_the_other_out(tmp_path: Path, put: Put) -> None:
    put("brands.csv")
    put_workbook(tmp_path / "products.xlsx", "x")
    assert listed(tmp_path, format="csv") == [("brands.csv", None, "brands")]
    assert listed(tmp_path, format="xlsx") == [("products.xlsx", "x", "products")]


def test_one_file_of_another_format_than_asked_for_is_refused(tmp_path: Path, put: Put) -> None:
    put("brands.csv")
    with pytest.raises(BookingCenterError, match=r"brands\.csv"):
        find_sources(tmp_path / "brands.csv", "xlsx")


def test_one_file_may_be_named(tmp_path: Path, put: Put) -> None:
    put("brands.csv", "products.csv")
    assert listed(tmp_path / "products.csv") == [("products.csv", None, "products")]


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert find_sources(tmp_path) == []


def test_a_path_that_is_not_there_is_an_error_with_advice(tmp_path: Path) -> None:
    with pytest.raises(BookingCenterError) as caught:
        find_sources(tmp_path / "nowhere")
    assert caught.value.advice
