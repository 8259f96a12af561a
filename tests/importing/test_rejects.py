"""Bad rows come out as they were read, with what is wrong, in a file that can be mended and imported again."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest

from tests.importing.inboxes import write_file
from tests.importing.office import Office, counts
from tui_booking.importing.inbox import Source
from tui_booking.importing.kinds import KIND_BY_NAME
from tui_booking.importing.rejects import rejects_files


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_every_bad_row_is_there_as_it_was_read_with_all_that_is_wrong(office: Office, tmp_path: Path) -> None:
    office.open_shop(["brands", "creators", "campaigns"])
    office.take(
        "bookings",
        "Mã booking;campaign_code;creator_key;status;total_fee_agreed;màu",
        "B1;TET;linh;confirmed;1.000;đỏ",
        "B2; TET ;linh;runing;nhiều;xanh",
        "B3;NOPE;linh;;1,5tr;",
        on_error="skip",
        rejects=tmp_path / "bad",
    )
    (path,) = (tmp_path / "bad").iterdir()
    header, *rows = _read(path)
    assert header[:-1] == ["Mã booking", "campaign_code", "creator_key", "status", "total_fee_agreed", "màu"]
    assert [row[:-1] for row in rows] == [
        ["B2", " TET ", "linh", "runing", "nhiều", "xanh"],
        ["B3", "NOPE", "linh", "", "1,5tr", ""],
    ]
    assert "status" in rows[0][-1]
    assert "total_fee_agreed" in rows[0][-1]
    assert "campaign_code" in rows[1][-1]


def test_they_can_be_mended_and_imported_again_as_often_as_needed(office: Office, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    office.take("brands", "code,name", "A,a", "B,", "C,", on_error="skip", rejects=bad)
    for round_, left in ((1, 1), (2, 0)):
        (path,) = bad.iterdir()
        header, first, *others = _read(path)
        first[1] = f"mended {round_}"
        office.folder = tmp_path / f"round {round_}"
        office.folder.mkdir()
        with (office.folder / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, first, *others])
        path.unlink()
        (report,) = office.run(on_error="skip", rejects=bad).files
        assert counts(report) == (1, 0, 0, 0, left)
        assert header == ["code", "name", header[-1]]
    assert office.rows("SELECT code, name FROM brand ORDER BY code") == [
        ("A", "a"),
        ("B", "mended 1"),
        ("C", "mended 2"),
    ]


def test_it_has_all_of_them_however_many(office: Office, tmp_path: Path) -> None:
    lines = [f"B{number},P,p" for number in range(2_500)]
    file = office.take("products", "brand_code,code,name", *lines, rejects=tmp_path)
    assert [message.count for message in file.messages] == [2_500]
    rows = _read(tmp_path / "products.rejects.csv")
    assert [row[0] for row in rows[1:]] == [f"B{number}" for number in range(2_500)]


def test_a_file_without_bad_rows_has_none(office: Office, tmp_path: Path) -> None:
    office.take("brands", "code,name", "A,a", rejects=tmp_path / "bad")
    assert not (tmp_path / "bad").exists()


def test_two_files_of_a_kind_have_one_each(office: Office, tmp_path: Path) -> None:
    office.folder.mkdir()
    write_file(office.folder, "brands-1", "code,name\nA,\n")
    write_file(office.folder, "brands-2", "code,name\nB,\n")
    report = office.run(rejects=tmp_path / "bad")
    assert report.totals["errors"] == 2
    found = {path.name: [row[0] for row in _read(path)[1:]] for path in (tmp_path / "bad").iterdir()}
    assert found == {"brands-1.rejects.csv": ["A"], "brands-2.rejects.csv": ["B"]}


def test_cells_that_a_spreadsheet_would_compute_are_guarded_and_read_back_as_they_were(
    office: Office, tmp_path: Path
) -> None:
    office.take(
        "brands", "code,name,description", "A,,=1+1", "B,,-x", "C,,'abc", on_error="skip", rejects=tmp_path / "bad"
    )
    (path,) = (tmp_path / "bad").iterdir()
    header, *rows = _read(path)
    for row in rows:
        row[1] = "n"
    office.folder = tmp_path / "again"
    office.folder.mkdir()
    with (office.folder / path.name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    assert office.run().ok
    assert [row[0] for row in office.rows("SELECT description FROM brand ORDER BY code")] == ["=1+1", "-x", "'abc"]


def test_a_dry_run_writes_the_same_rejects(office: Office, tmp_path: Path) -> None:
    for name, dry_run in (("dry", True), ("real", False)):
        office.take("brands", "code,name", "A,a", "B,", dry_run=dry_run, rejects=tmp_path / name)
    assert _read(tmp_path / "dry" / "brands.rejects.csv") == _read(tmp_path / "real" / "brands.rejects.csv")


def test_rejects_that_were_mended_are_read_and_not_written_over(office: Office) -> None:
    office.take_all({"brands": ("code,name", "A,")}, on_error="skip")
    mended = write_file(office.folder, "brands.rejects", "code,name\nB,b\nC,\n")
    for dry_run in (True, False):
        report = office.run(on_error="skip", rejects=office.folder, dry_run=dry_run)
        told = {file.file: (file.created, file.errors) for file in report.files}
        assert (told["brands.csv"], told["brands.rejects.csv"]) == ((0, 1), (1, 1))
        assert _read(mended) == [["code", "name"], ["B", "b"], ["C", ""]]
    names = {path.name for path in office.folder.iterdir()}
    assert not any(name.count("rejects") > 1 for name in names), names
    found = sorted(row[0] for path in office.folder.glob("*.rejects-*.csv") for row in _read(path)[1:])
    assert set(found) == {"A", "C"}


def test_a_file_of_rejects_alone_has_its_rejects_beside_it_or_in_another_folder(office: Office, tmp_path: Path) -> None:
    office.folder.mkdir()
    write_file(office.folder, "brands.rejects-2", "code,name\nA,\n")
    (file,) = office.run(on_error="skip", rejects=tmp_path / "bad").files
    assert file.rejects == str(tmp_path / "bad" / "brands.rejects.csv")
    (file,) = office.run(on_error="skip", rejects=office.folder).files
    assert file.rejects == str(office.folder / "brands.rejects.csv")


@pytest.mark.parametrize(
    ("sheet", "name"),
    [
        ("brands-/../../evil", "brands-_.._.._evil.rejects.csv"),
        ("brands-đ\nnew", "brands-đ_new.rejects.csv"),
        ('brands-a<b>c:d"e|f?g*h\\i\x07', "brands-a_b_c_d_e_f_g_h_i_.rejects.csv"),
        ("brands-x. .", "brands-x.rejects.csv"),
        ("CON", "brands-CON.rejects.csv"),
        ("..", "brands.rejects.csv"),
        ("brands.rejects.rejects-3", "brands.rejects.csv"),
        ("brands-" + "ệ" * 500, "brands-" + "ệ" * 64 + ".rejects.csv"),
    ],
)
def test_a_sheet_of_any_name_has_its_rejects_in_the_folder(tmp_path: Path, sheet: str, name: str) -> None:
    source = Source(tmp_path / "book.xlsx", sheet, KIND_BY_NAME["brands"], is_workbook=True)
    (path,) = rejects_files(tmp_path / "bad", [source]).values()
    assert path == tmp_path / "bad" / name


def test_no_two_sources_share_a_file_of_rejects_where_case_is_not_told_apart(tmp_path: Path) -> None:
    brands = KIND_BY_NAME["brands"]
    sources = [Source(tmp_path / name, sheet, brands) for name in "ab" for sheet in ("brands-É", "Brands-e\u0301")]
    paths = rejects_files(tmp_path, sources).values()
    assert len({unicodedata.normalize("NFC", path.name).casefold() for path in paths}) == 4
