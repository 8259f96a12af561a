"""The history of imports, read back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.importing.inboxes import write_inbox
from tests.importing.office import Office
from tui_booking.importing.kinds import KIND_BY_NAME, KINDS
from tui_booking.importing.past_runs import find_run, find_touched, list_runs, read_report
from tui_booking.importing.report_words import line_of
from tui_booking.importing.rows_as_read import read_row
from tui_booking.models import Brand, ImportRun, Payment, User


def test_a_run_is_read_back_as_it_was_reported(office: Office) -> None:
    write_inbox(office.folder, payments="booking_code,amount,payment_date\nB1,x,2027-01-25\nB9,1,2027-01-25\n")
    report = office.run(create_missing=True, on_error="skip")
    (run,) = list_runs(office.store)
    assert (run.user, run.path, run.ok, run.files) == ("lan", str(office.folder), False, 15)
    assert {name: getattr(run, name) for name in ("rows", "created", "updated", "errors")} == {
        name: report.totals[name] for name in ("rows", "created", "updated", "errors")
    }
    assert run.options["create_missing"] is True
    again = read_report(office.store, run)
    assert report.run_id == again.run_id == run.id
    kept = [{**file.to_json(), "seconds": 0} for file in report.files]
    assert [{**file.to_json(), "seconds": 0} for file in again.files] == kept
    assert [line_of([told]) for file in again.files for told in file.messages] == [
        line_of([told]) for file in report.files for told in file.messages
    ]


def test_a_dry_run_is_no_part_of_the_history(office: Office) -> None:
    write_inbox(office.folder)
    assert office.run(dry_run=True, create_missing=True).run_id is None
    assert list_runs(office.store) == []


def test_a_row_of_a_past_run_is_found_again(office: Office) -> None:
    write_inbox(office.folder, brands="code,name\nLUNA,Luna\n,no code\n")
    office.run()
    file = read_report(office.store, list_runs(office.store)[0]).files[0]
    assert file.source is not None
    row = read_row(file.source, 3, sha256=file.sha256)
    assert [cell.text for cell in row.cells] == ["", "no code"]
    assert not row.has_changed


def test_pages_of_runs_follow_each_other_without_a_gap_also_at_one_moment(office: Office) -> None:
    user = User.create(username="lan", full_name="lan")
    moment = datetime(2026, 3, 8, tzinfo=UTC)
    made = [
        ImportRun.create(started_at=moment + timedelta(days=number // 3), user=user, path=f"{number}", options={})
        for number in range(7)
    ]
    read = []
    before = None
    while page := list_runs(office.store, before=before, limit=2):
        read += page
        before = page[-1].started_at, page[-1].id
    expected = sorted(made, key=lambda run: (run.started_at, run.id), reverse=True)
    assert [run.id for run in read] == [run.id for run in expected]
    assert {run.ok for run in read} == {None}


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_what_a_run_made_is_told_for_every_kind(office: Office, kind: str) -> None:
    write_inbox(office.folder)
    report = office.run(create_missing=True)
    assert report.run_id is not None
    run = find_run(office.store, report.run_id)
    assert run is not None
    touched = find_touched(office.store, run, KIND_BY_NAME[kind])
    made = next(file.created for file in report.files if file.kind == kind)
    assert touched.total == len(touched.records) == made
    assert all(record.was_made and not record.is_deleted for record in touched.records)
    assert all(any(record.cells) for record in touched.records)
    assert all(len(record.cells) == len(touched.columns) for record in touched.records)


def test_what_a_run_changed_is_told_apart_from_what_it_made_and_from_other_runs(office: Office) -> None:
    write_inbox(office.folder)
    office.run(create_missing=True)
    report = office.take("brands", "code,name", "LUNA,Another", "NEW,New")
    assert (report.created, report.updated) == (1, 1)
    newest, _first = list_runs(office.store)
    touched = find_touched(office.store, newest, KIND_BY_NAME["brands"])
    assert [(record.cells[0], record.was_made) for record in touched.records] == [("LUNA", False), ("NEW", True)]
    assert {record.id for record in touched.records} == {Brand.get(code="LUNA").id, Brand.get(code="NEW").id}
    few = find_touched(office.store, newest, KIND_BY_NAME["brands"], limit=1)
    assert (len(few.records), few.total) == (1, 2)


def test_amounts_are_told_in_their_currency(office: Office) -> None:
    write_inbox(office.folder)
    report = office.run(create_missing=True)
    assert report.run_id is not None
    run = find_run(office.store, report.run_id)
    assert run is not None
    touched = find_touched(office.store, run, KIND_BY_NAME["payments"])
    amounts = [record.cells[touched.columns.index("amount")] for record in touched.records]
    assert amounts == ["2500000", "2500000"]
    assert Payment.select().count() == 2
