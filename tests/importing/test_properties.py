"""What must hold of whatever folder is imported: idempotence, dry runs, and that splitting it makes no difference."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.importing.office import NewOffice, Office
from tests.importing.worlds import Folder, folders, lines_of, mistakes, whole_folders
from tui_booking.models import PLACEHOLDER_NOTE

few = settings(max_examples=6)
options = st.fixed_dictionaries(
    {
        "create_missing": st.booleans(),
        "on_error": st.sampled_from(["skip", "rollback"]),
        "blank": st.sampled_from(["keep", "clear"]),
    }
)


def _without_times(report: Any) -> list[dict[str, Any]]:
    return [{name: value for name, value in file.items() if name != "seconds"} for file in report.to_json()["files"]]


def _records(office: Office) -> dict[str, list[str]]:
    dump = office.dump()
    return {table: rows for table, rows in dump.items() if table not in ("import_run", "import_file")}


@few
@given(folder=folders, wrong=mistakes, chosen=options)
def test_a_dry_run_foretells_the_run_and_changes_nothing(
    new_office: NewOffice, folder: Folder, wrong: dict[str, list[str]], chosen: dict[str, Any]
) -> None:
    with new_office() as office:
        before = office.dump()
        foretold = office.take_all(lines_of(folder, wrong), dry_run=True, **chosen)
        assert office.dump() == before
        assert _without_times(office.run(**chosen)) == _without_times(foretold)


@few
@given(folder=folders, chosen=options)
def test_the_same_folder_again_changes_nothing(new_office: NewOffice, folder: Folder, chosen: dict[str, Any]) -> None:
    with new_office() as office:
        office.take_all(lines_of(folder), **chosen)
        once = _records(office)
        again = office.run(**chosen)
        assert (again.totals["created"], again.totals["updated"], again.totals["placeholders"]) == (0, 0, 0)
        assert _records(office) == once


def _known(office: Office) -> dict[str, list[str]]:
    """What is stored, but for what stands for the unknown, and the histories, which tell of the way there."""
    contents = office.contents()
    del contents["booking_status_history"]
    return {
        table: [row for row in rows if not (PLACEHOLDER_NOTE in row and "UNKNOWN" in row)]
        for table, rows in contents.items()
    }


@few
@given(first=folders, second=whole_folders)
def test_two_folders_one_after_the_other_are_the_same_as_both_at_once(
    new_office: NewOffice, first: Folder, second: Folder
) -> None:
    one, other = lines_of(first, name="-1"), lines_of(second, name="-2")
    with new_office() as office:
        assert office.take_all(one | other, create_missing=True).totals["errors"] == 0
        at_once = _known(office)
    with new_office() as office:
        for files in (one, other):
            assert office.take_all(files, create_missing=True).totals["errors"] == 0
        assert _known(office) == at_once


@few
@given(folder=whole_folders)
def test_a_folder_file_by_file_in_any_order_is_the_same_as_at_once(new_office: NewOffice, folder: Folder) -> None:
    files = lines_of(folder)
    with new_office() as office:
        assert office.take_all(files, create_missing=True).totals["errors"] == 0
        at_once = _known(office)
    with new_office() as office:
        for stem in reversed(files):
            assert office.take_all({stem: files[stem]}, create_missing=True).totals["errors"] == 0
        assert _known(office) == at_once
