"""The import templates are those of the kinds, import together without an error, and help whoever fills them in."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook

from tests.importing.inboxes import import_folder
from tests.records import connected
from tui_booking.importing.kinds import KINDS
from tui_booking.importing.template_rows import SAMPLE_ROWS
from tui_booking.importing.templates import WORKBOOK_NAME, is_needed, make_templates, write_templates
from tui_booking.paths import templates_folder


def parts_of(workbook: bytes) -> dict[str, str]:
    """The parts of a workbook; each in the one spelling that its XML has, as libraries have several."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: ET.canonicalize(archive.read(name).decode()) for name in archive.namelist()}


@pytest.fixture(scope="module")
def workbook() -> Any:
    return load_workbook(io.BytesIO(make_templates()[WORKBOOK_NAME]))


def test_the_templates_in_the_repository_are_current() -> None:
    """If this fails: python -m tui_booking templates import_templates"""
    made = make_templates()
    folder = templates_folder()
    assert sorted(file.name for file in folder.iterdir()) == sorted(made)
    for name, content in made.items():
        stored = (folder / name).read_bytes()
        if name == WORKBOOK_NAME:
            assert parts_of(stored) == parts_of(content)
        else:
            # A checkout may have the line ends of its system.
            assert stored.splitlines() == content.splitlines(), name


def test_they_are_the_same_bytes_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_templates(tmp_path / name)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()
    assert len(list((tmp_path / "one").iterdir())) == len(KINDS) + 1


@pytest.mark.parametrize("pattern", ["*.csv", "*.xlsx"])
def test_each_set_imports_without_an_error_and_is_unchanged_the_second_time(
    database_url: str, tmp_path: Path, pattern: str
) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for file in templates_folder().glob(pattern):
        shutil.copy(file, inbox)
    with connected(database_url) as store:
        first, second = import_folder(store, inbox), import_folder(store, inbox)
    rows = sum(map(len, SAMPLE_ROWS.values()))
    assert [message for file in first.files for message in file.messages] == []
    assert [file.kind for file in first.files] == [kind.name for kind in KINDS]
    assert first.totals["created"] == rows
    assert second.totals["unchanged"] == rows


def test_both_sets_say_the_same(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(store, templates_folder())
    assert report.ok
    assert report.totals["created"] == report.totals["unchanged"] == sum(map(len, SAMPLE_ROWS.values()))


def test_every_kind_has_two_or_three_sample_rows_of_its_own_columns() -> None:
    for kind in KINDS:
        assert len(SAMPLE_ROWS[kind.name]) in (2, 3)
        assert {name for row in SAMPLE_ROWS[kind.name] for name in row} <= {column.name for column in kind.columns}


def test_needed_columns_are_marked_and_every_header_has_a_note(workbook: Any) -> None:
    for kind in KINDS:
        heads = workbook[kind.name][1]
        assert [head.value.rstrip("*") for head in heads] == [column.name for column in kind.columns]
        for head, column in zip(heads, kind.columns, strict=True):
            assert head.value.endswith("*") == is_needed(column) == head.font.bold
            assert head.comment.text
        assert workbook[kind.name].freeze_panes == "A2"


def test_choices_are_dropdowns_of_their_values(workbook: Any) -> None:
    for kind in KINDS:
        sheet = workbook[kind.name]
        offered = {str(rule.sqref).partition("2:")[0]: rule.formula1 for rule in sheet.data_validations.dataValidation}
        for head, column in zip(sheet[1], kind.columns, strict=True):
            if column.choices is not None:
                assert offered[head.column_letter] == '"{}"'.format(",".join(column.choices))
                assert len(offered[head.column_letter]) <= 255 + 2


def test_phones_and_ids_are_text_and_dates_are_dates_also_in_rows_to_come(workbook: Any) -> None:
    def format_of(kind: str, column: str) -> tuple[str, str]:
        sheet = workbook[kind]
        head = next(head for head in sheet[1] if head.value.rstrip("*") == column)
        letter = head.column_letter
        return sheet[f"{letter}2"].number_format, sheet.column_dimensions[letter].number_format

    assert format_of("creator_contacts", "phone") == ("@", "@")
    assert format_of("videos", "platform_video_id") == ("@", "@")
    assert format_of("payments", "payment_date") == ("yyyy-mm-dd", "yyyy-mm-dd")
    assert workbook["payments"]["I2"].is_date
