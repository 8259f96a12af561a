"""The inbox as it comes: it looks like an operator's own, goes in without an error, and changes nothing twice."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree as ET

from tests.data.inbox_workbooks import make_workbooks
from tests.importing.contents import read_contents
from tests.importing.inboxes import import_folder
from tests.records import connected
from tui_booking.importing.kinds import KINDS
from tui_booking.models import Booking, CreatorChannel, CreatorContact, Payment, Product, VideoMetricSnapshot

INBOX = Path(__file__).resolve().parents[1] / "data_import"


def parts_of(workbook: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: ET.canonicalize(archive.read(name).decode()) for name in archive.namelist()}


def test_it_goes_in_and_is_unchanged_the_second_time(database_url: str) -> None:
    with connected(database_url) as store:
        first = import_folder(store, INBOX)
        held = read_contents(store)
        second = import_folder(store, INBOX)
        assert read_contents(store) == held
    assert first.ok
    assert {file.kind for file in first.files} == {kind.name for kind in KINDS}
    assert first.totals["created"] == first.totals["rows"] == second.totals["unchanged"]
    warnings = [message for file in first.files for message in file.messages if message.level != "info"]
    assert [(message.level, message.column) for message in warnings] == [("warning", "zalo")]


def test_what_people_write_is_read_as_they_mean_it(database_url: str) -> None:
    with connected(database_url) as store:
        import_folder(store, INBOX)
        assert Product.get(code="QUA-SEN-01").sapo_product_id == "0000451201"
        assert CreatorChannel.get(handle="vy.songcham.demo").follower_count == 212_500
        assert CreatorContact.get(name="Bùi Minh Anh").phone == "+84900000201"
        assert Booking.get(code="BK-TS-02").total_fee_agreed == Decimal("350.50")
        assert Payment.get(payment_ref="TT-TS-01B").amount == 2_000_000
        assert Payment.get(payment_ref="TT-TS-02").amount_vnd == 9_221_655
        assert VideoMetricSnapshot.select().where(VideoMetricSnapshot.view_count == 86_400).count() == 1


def test_its_workbooks_are_those_that_the_script_makes() -> None:
    """If this fails: python -m tests.data.inbox_workbooks"""
    made = make_workbooks()
    assert {file.name for file in INBOX.glob("*.xlsx")} == set(made)
    for name, content in made.items():
        assert parts_of((INBOX / name).read_bytes()) == parts_of(content), name
