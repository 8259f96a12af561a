"""Files that change or vanish while they are imported: said, and the others go in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.importing.inboxes import (
    FILES,
    adds_up,
    at,
    file_of,
    files_in,
    import_folder,
    write_inbox,
)
from tests.records import connected
from tui_booking.models import Brand


def change_in_place(path: Path) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write("LATE,Too late\n")


def write_shorter(path: Path) -> None:
    path.write_text("code,name\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"), [(change_in_place, "changed"), (write_shorter, "changed"), (Path.unlink, "gone")]
)
def test_a_file_that_changes_while_it_is_read_is_not_imported_and_the_others_are(
    database_url: str, tmp_path: Path, change: Any, said: str
) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    with connected(database_url) as store:
        report = import_folder(
            store, inbox, create_missing=True, progress=at("brands", "reading", lambda: change(inbox / "brands.csv"))
        )
        brands = file_of(report, "brands")
        assert (brands.status, brands.counts["rows"]) == ("unreadable", 0)
        assert said in brands.messages[0].message
        assert len(files_in(report)) == 14
        assert Brand.select().where(Brand.name == "Luna Mỹ phẩm").count() == 0


def test_a_file_that_vanishes_before_its_turn_is_said_and_the_others_go_in(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox")
    with connected(database_url) as store:
        gone = at("brands", "done", (inbox / "payments.csv").unlink)
        report = import_folder(store, inbox, create_missing=True, progress=gone)
        assert file_of(report, "payments").status == "unreadable"
        assert "gone" in file_of(report, "payments").messages[0].message
        assert len(files_in(report)) == 14


def test_bad_rows_that_cannot_be_written_roll_their_file_back_and_no_other(database_url: str, tmp_path: Path) -> None:
    inbox = write_inbox(tmp_path / "inbox", brands=FILES["brands"] + ",no code,\n")
    (tmp_path / "taken").write_text("a file where the folder would be")
    with connected(database_url) as store:
        report = import_folder(
            store, inbox, create_missing=True, on_error="skip", rejects=tmp_path / "taken" / "rejects"
        )
        brands = file_of(report, "brands")
        assert (brands.status, brands.created, brands.errors, brands.skipped) == ("rolled_back", 0, 1, 2)
        assert "cannot be written" in brands.messages[-1].message
        assert len(files_in(report)) == 14
        assert adds_up(report)


def test_a_file_that_vanishes_before_its_bad_rows_are_written_leaves_no_part_of_them(
    database_url: str, tmp_path: Path
) -> None:
    inbox = write_inbox(tmp_path / "inbox", brands=FILES["brands"] + ",no code,\n")
    with connected(database_url) as store:
        gone = at("brands", "merging", (inbox / "brands.csv").unlink)
        report = import_folder(
            store, inbox, create_missing=True, on_error="skip", rejects=tmp_path / "rejects", progress=gone
        )
        assert file_of(report, "brands").status == "unreadable"
        assert list((tmp_path / "rejects").iterdir()) == []
        assert len(files_in(report)) == 14
