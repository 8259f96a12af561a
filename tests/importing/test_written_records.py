"""What an import writes reads back as the program itself would have written it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.importing.inboxes import adds_up, import_folder, write_inbox
from tests.records import connected
from tui_booking.models import ALL_MODELS, Brand


def test_an_inbox_with_a_file_of_every_kind_goes_in(database_url: str, tmp_path: Path) -> None:
    with connected(database_url) as store:
        report = import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True)
        assert report.ok, [message for file in report.files for message in file.messages]
        assert len(report.files) == 15
        assert adds_up(report)


def test_records_say_when_they_were_made_and_changed(database_url: str, tmp_path: Path) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    with connected(database_url) as store:
        import_folder(store, write_inbox(tmp_path / "inbox"), create_missing=True)
        import_folder(store, write_inbox(tmp_path / "inbox", brands="code,name\nLUNA,Luna\n"), create_missing=True)
        for model in ALL_MODELS:
            for record in model.select():
                assert before < record.created_at <= record.updated_at <= datetime.now(UTC) + timedelta(seconds=1)
        luna, sun = Brand.get(code="LUNA"), Brand.get(code="SUN")
        assert luna.updated_at > luna.created_at == sun.created_at == sun.updated_at
