"""A dry run tells what the run after it will do, and leaves the database as it was."""

from __future__ import annotations

from typing import Any

import pytest

from tests.importing.inboxes import FILES, write_file
from tests.importing.office import Office
from tui_booking.importing.report import Report

OPTIONS: tuple[dict[str, Any], ...] = (
    {},
    {"create_missing": True},
    {"on_error": "skip"},
    {"on_error": "skip", "create_missing": True, "blank": "clear", "restore_deleted": True},
)


def _told(report: Report) -> list[dict[str, Any]]:
    files = report.to_json()["files"]
    return [{name: value for name, value in file.items() if name != "seconds"} for file in files]


def _write_shop_with_mistakes(office: Office) -> None:
    office.folder.mkdir(exist_ok=True)
    mistakes = {
        "brands": "SUN,khác,\n",
        "products": "NEW,P,p,\n",
        "bookings": "B3,GONE,nobody,tiktok,h,P,2027-01-05,2027-01-01,1,VND,runing\nB4,TET,linh,,,,,,,,confirmed\n",
        "payments": "B4,5,2027-01-01,paid,,\nGONE,7,2027-01-01,paid,,\n",
        "conversions": "web,link,GONE,1,2027-01-15,1,1\n",
    }
    for stem, text in FILES.items():
        write_file(office.folder, stem, text + mistakes.get(stem, ""))


@pytest.mark.parametrize("options", OPTIONS, ids=lambda options: ",".join(options) or "none")
@pytest.mark.parametrize("stored", [False, True], ids=["empty", "stored"])
def test_a_dry_run_tells_what_the_run_after_it_does(office: Office, options: dict[str, Any], stored: bool) -> None:
    if stored:
        office.open_shop()
        office.delete("payment", "payment_ref = 'PAY-1'")
        office.take("brands", "code,name", "SUN,Khác", "LUNA,Khác")
    _write_shop_with_mistakes(office)
    before = office.dump()
    foreseen = office.run(dry_run=True, **options)
    assert office.dump() == before
    assert foreseen.dry_run
    done = office.run(**options)
    assert _told(done) == _told(foreseen)
    assert done.totals == foreseen.totals
    assert done.totals["errors"] > 0


def test_a_dry_run_sees_the_rows_of_the_files_before(office: Office) -> None:
    office.folder.mkdir()
    for stem, text in FILES.items():
        write_file(office.folder, stem, text)
    report = office.run(dry_run=True, create_missing=True)
    assert report.ok
    assert report.totals["created"] == report.totals["rows"]
    assert report.totals["placeholders"] == 1
    assert all(rows == [] for table, rows in office.dump().items() if table != "migratehistory")


def test_a_dry_run_twice_tells_the_same(office: Office) -> None:
    _write_shop_with_mistakes(office)
    options = OPTIONS[-1]
    assert _told(office.run(dry_run=True, **options)) == _told(office.run(dry_run=True, **options))
