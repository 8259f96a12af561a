"""The form of a record: every promise by keys alone, on a screen of 80×24."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.records import connected, make
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown, type_text
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    Brand,
    Campaign,
    Creator,
    CreatorChannel,
    CreatorNote,
    Product,
    Template,
)
from tui_booking.models.choices import BookingStatus, CampaignStatus, Platform
from tui_booking.services.desk import Desk
from tui_booking.services.fields import FORMS
from tui_booking.ui.screens.conflict import ConflictScreen
from tui_booking.ui.screens.record_form import RecordForm

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with connected(database_url):
        make(Brand, code="DEP", name="Mỹ phẩm Đẹp")
        make(Brand, code="SOC", name="Bếp Sóc")
    with desk_on(database_url) as desk:
        yield desk


async def type_words(pilot: Pilot[None], *parts: str) -> None:
    """Press keys; a part in <> is a key by its name, others are typed letter by letter."""
    for part in parts:
        if part.startswith("<"):
            await pilot.press(part[1:-1])
        else:
            await type_text(pilot, part)
    await settle(pilot)


async def test_a_new_record_is_written_by_keys_alone(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "campaign"))
        await type_words(pilot, "CP-9", "<tab>", "Tết 2027", "<tab>", "my pham")
        assert "Mỹ phẩm Đẹp" in shown(app)
        await type_words(pilot, "<tab>", "<right>", "<down>", "<down>", "<down>", "today", "<tab>", "+7d")
        screen = shown(app)
        assert "Wed 25/11/2026" in screen
        assert "Wed 02/12/2026" in screen
        await type_words(pilot, "<tab>", "1500000")
        assert "1,500,000 VND" in shown(app)
        await type_words(pilot, "<ctrl+s>")
        campaign = Campaign.get_by_id(app.answers[0].id)
        assert (campaign.code, campaign.name, campaign.brand.code) == ("CP-9", "Tết 2027", "DEP")
        assert campaign.status == CampaignStatus.PLANNED
        assert (campaign.start_date, campaign.end_date) == (date(2026, 11, 25), date(2026, 12, 2))
        assert campaign.budget_planned == Decimal(1500000)


async def test_f2_saves_where_ctrl_s_is_taken(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "brand"))
        await type_words(pilot, "B1", "<enter>", "Brand", "<f2>")
        assert Brand.get_by_id(app.answers[0].id).name == "Brand"


async def test_what_is_wrong_stands_under_its_field_while_one_types(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "campaign"))
        assert "!" not in shown(app)
        await type_words(pilot, *["<tab>"] * 6, "32/13/2026")
        lines = shown(app).splitlines()
        place = next(number for number, line in enumerate(lines) if "Start *" in line)
        assert "! " in lines[place + 1]
        await type_words(pilot, "<home>", "<ctrl+k>", "01/12/2026", "<tab>", "01/11/2026")
        lines = shown(app).splitlines()
        place = next(number for number, line in enumerate(lines) if "End *" in line)
        assert "! " in lines[place + 1]


async def test_saving_points_at_the_first_field_that_is_wrong(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "campaign")
        await app.ask(pilot, form)
        await type_words(pilot, *["<tab>"] * 9, "<ctrl+s>")
        assert app.answers == []
        assert form.rows.by_name["code"].control is app.focused
        assert "4 fields are to be corrected." in shown(app)
        await type_words(pilot, "C", "<ctrl+s>")
        assert form.rows.by_name["name"].control is app.focused


async def test_what_the_database_refuses_stands_under_its_field(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "brand")
        await app.ask(pilot, form)
        await type_words(pilot, "DEP", "<tab>", "Again", "<ctrl+s>")
        assert app.answers == []
        assert form.rows.by_name["code"].message
        assert form.rows.by_name["code"].control is app.focused
        await type_words(pilot, "2", "<ctrl+s>")
        assert Brand.get_by_id(app.answers[0].id).code == "DEP2"


async def test_leaving_asks_only_where_something_would_be_lost(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "brand", preset={"code": "PRESET"}))
        await type_words(pilot, "<tab>", "<escape>")
        assert app.answers == [None]
        await app.ask(pilot, RecordForm(desk, "brand"))
        await type_words(pilot, "X", "<escape>")
        assert "Leave without saving?" in shown(app)
        await type_words(pilot, "<escape>")
        assert len(app.answers) == 1
        await type_words(pilot, "<backspace>", "<escape>")
        assert app.answers == [None, None]
        await app.ask(pilot, RecordForm(desk, "brand"))
        await type_words(pilot, "X", "<escape>", "y")
        assert app.answers == [None, None, None]


async def test_a_missing_reference_is_made_without_leaving(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "product"))
        await type_words(pilot, "Mới")
        assert "+ New: Mới" in shown(app)
        await type_words(pilot, "<enter>")
        assert "Brand: new" in shown(app)
        await type_words(pilot, "MOI", "<ctrl+s>")
        brand = Brand.get(Brand.code == "MOI")
        assert brand.name == "Mới"
        await type_words(pilot, "<tab>", "SP-1", "<tab>", "Son", "<ctrl+s>")
        assert Product.get_by_id(app.answers[0].id).brand_id == brand.id


async def test_a_reference_that_names_nothing_is_said_and_one_that_names_one_is_taken(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "product")
        await app.ask(pilot, form)
        row = form.rows.by_name["brand"]
        await type_words(pilot, "zzz", "<tab>", "<tab>")
        assert row.message == "Choose one of the list."
        await type_words(pilot, "<shift+tab>", "<shift+tab>", "soc", "<tab>")
        assert row.message == ""
        assert row.value == Brand.get(Brand.code == "SOC").id
        await type_words(pilot, "<shift+tab>", "<ctrl+u>", "<tab>")
        assert row.value is None


async def test_what_is_typed_after_a_reference_was_taken_is_meant_for_another_one(desk: Desk) -> None:
    make(Brand, code="MOC", name="Mộc Mây")
    make(Brand, code="SEN", name="Trà Sen")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "campaign")
        await app.ask(pilot, form)
        form.rows.written["brand"].take_focus()
        await type_words(pilot, "moc", "<enter>", "sen")
        assert "Trà Sen" in shown(app)


async def test_the_list_of_a_reference_is_closed_before_the_form(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "product"))
        await type_words(pilot, "<space>")
        assert "Mỹ phẩm Đẹp" in shown(app)
        await type_words(pilot, "<escape>")
        assert "Mỹ phẩm Đẹp" not in shown(app)
        assert app.answers == []
        await type_words(pilot, "<escape>")
        assert app.answers == [None]


async def test_a_reference_is_narrowed_by_what_it_depends_on(desk: Desk) -> None:
    mine = make(CreatorChannel, handle="mine.linh", creator=make(Creator, name="Linh"))
    make(CreatorChannel, handle="other.an")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "booking", preset={"creator": mine.creator_id})
        await app.ask(pilot, form)
        form.rows.by_name["channel"].take_focus()
        await type_words(pilot, "<space>")
        screen = shown(app)
        assert "mine.linh" in screen
        assert "other.an" not in screen
        form = RecordForm(desk, "booking")
        await app.ask(pilot, form)
        form.rows.by_name["channel"].take_focus()
        await type_words(pilot, "<space>")
        assert "First choose: Creator" in shown(app)
        await type_words(pilot, "<enter>")
        assert form.rows.by_name["channel"].value is None
        assert "First choose: Creator" not in shown(app)


async def test_arrows_go_through_the_fields_of_a_form_and_into_no_list(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 40)) as pilot:
        form = RecordForm(desk, "booking")
        await app.ask(pilot, form)
        rows = list(form.rows.written.values())
        for row in rows[1:]:
            # Several lines have a use of their own for arrows.
            await type_words(pilot, "<tab>" if isinstance(app.focused, TextArea) else "<down>")
            assert row.control is app.focused, row.field_name
        for row in reversed(rows[:-1]):
            await type_words(pilot, "<shift+tab>" if isinstance(app.focused, TextArea) else "<up>")
            assert row.control is app.focused, row.field_name


async def test_what_is_mended_is_no_longer_counted(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 40)) as pilot:
        form = RecordForm(desk, "brand")
        await app.ask(pilot, form)
        await type_words(pilot, "<ctrl+s>")
        assert "2 fields are to be corrected." in shown(app)
        form.rows.by_name["code"].take_focus()
        await type_words(pilot, "A")
        assert "1 field is to be corrected." in shown(app)
        form.rows.by_name["name"].take_focus()
        await type_words(pilot, "A")
        assert "to be corrected" not in shown(app)


async def test_a_payment_begins_with_its_amount_which_typing_replaces(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 40)) as pilot:
        form = RecordForm(desk, "payment", preset={"amount": Decimal(8_000_000)}, first="amount")
        await app.ask(pilot, form)
        await type_words(pilot, "4tr")
        assert form.rows.by_name["amount"].value == Decimal(4_000_000)


async def test_a_record_is_changed_and_what_was_not_touched_stays(desk: Desk) -> None:
    booking = make(
        Booking, code="BK-1", total_fee_agreed=Decimal("1234.50"), currency="USD", brief_summary=HOSTILE,
        internal_note="line one\r\nline two", status=BookingStatus.CONFIRMED, contract_file="\ttab",
    )  # fmt: skip
    booking.brand = booking.campaign.brand
    booking.save()
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "booking", booking.id))
        screen = shown(app)
        assert is_safe(app)
        for words in ("BK-1", "‹ Confirmed ›", "1,234.50", "USD"):
            assert words in screen
        await type_words(pilot, "<end>", "X", "<ctrl+s>")
        assert app.answers[0].id == booking.id
        saved = Booking.get_by_id(booking.id)
        assert saved.code == "BK-1X"
        for name in ("brief_summary", "internal_note", "contract_file", "total_fee_agreed", "currency", "status"):
            assert getattr(saved, name) == getattr(booking, name), name


async def test_what_two_changed_at_once_is_shown_and_decided(desk: Desk) -> None:
    brand = Brand.get(Brand.code == "DEP")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "brand", brand.id))
        Brand.update(name="Theirs", description="Also theirs").where(Brand.id == brand.id).execute()
        await type_words(pilot, "<tab>", "<end>", " mine", "<ctrl+s>")
        assert isinstance(app.screen, ConflictScreen)
        screen = shown(app)
        for words in ("Mỹ phẩm Đẹp mine", "Theirs", "Mỹ phẩm Đẹp"):
            assert words in screen
        await type_words(pilot, "<escape>")
        assert app.answers == []
        await type_words(pilot, "<ctrl+s>", "m", "<enter>")
        assert app.answers[0].id == brand.id
        saved = Brand.get_by_id(brand.id)
        assert (saved.name, saved.description) == ("Mỹ phẩm Đẹp mine", "Also theirs")


async def test_theirs_may_stay(desk: Desk) -> None:
    brand = Brand.get(Brand.code == "DEP")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "brand", brand.id))
        Brand.update(name="Theirs").where(Brand.id == brand.id).execute()
        await type_words(pilot, "<tab>", "<end>", " mine", "<tab>", "described", "<ctrl+s>", "<enter>")
        saved = Brand.get_by_id(brand.id)
        assert (saved.name, saved.description) == ("Theirs", "described")


async def test_a_field_alone_is_edited_and_saved_by_enter(desk: Desk) -> None:
    deliverable = make(BookingDeliverable, title="Video")
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "booking_deliverable", deliverable.id, only="deadline_post"))
        screen = shown(app)
        assert "Post by" in screen
        assert "Shoot by" not in screen
        await type_words(pilot, "+3d", "<enter>")
        assert app.answers[0].id == deliverable.id
        assert BookingDeliverable.get_by_id(deliverable.id).deadline_post == date(2026, 11, 28)


async def test_an_amount_is_read_in_its_currency(desk: Desk) -> None:
    booking = make(Booking, currency="USD")
    deliverable = make(BookingDeliverable, title="Video", booking=booking)
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        await app.ask(pilot, RecordForm(desk, "booking_deliverable", deliverable.id, only="fee"))
        await type_words(pilot, "1,234.50")
        assert "1,234.50 USD" in shown(app)
        await type_words(pilot, "<enter>")
        assert BookingDeliverable.get_by_id(deliverable.id).fee == Decimal("1234.50")


async def test_an_address_says_the_platform(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "creator_channel", preset={"creator": make(Creator).id, "platform": Platform.OTHER})
        await app.ask(pilot, form)
        form.rows.by_name["handle"].take_focus()
        await type_words(pilot, "https://www.tiktok.com/@Linh.An")
        assert form.rows.by_name["platform"].value == Platform.TIKTOK
        assert "→ linh.an" in shown(app) or "linh.an" in form.rows.by_name["handle"].read_hint
        await type_words(pilot, "<ctrl+s>")
        assert CreatorChannel.get_by_id(app.answers[0].id).handle == "linh.an"


async def test_a_mistake_in_json_is_said_with_its_place(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "rule")
        await app.ask(pilot, form)
        form.rows.by_name["condition_json"].take_focus()
        await type_words(pilot, '{"all": [,]}')
        screen = shown(app)
        assert "line 1, column" in screen


async def test_a_template_is_written_in_a_big_area(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "template")
        await app.ask(pilot, form)
        assert form.rows.by_name["content"].control_height >= 12
        await type_words(pilot, "Brief", "<tab>", "<tab>", "<tab>", "# Chào", "<enter>", "dòng hai", "<ctrl+s>")
        assert Template.get_by_id(app.answers[0].id).content == "# Chào\ndòng hai"


async def test_words_are_chosen_by_letters_arrows_list_and_mouse(desk: Desk) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "campaign")
        await app.ask(pilot, form)
        row = form.rows.by_name["status"]
        row.take_focus()
        await type_words(pilot, "p")
        assert row.value == CampaignStatus.PLANNED
        await type_words(pilot, "p")
        assert row.value == CampaignStatus.PAUSED
        await type_words(pilot, "<left>")
        assert row.value == CampaignStatus.RUNNING
        await type_words(pilot, "<space>", "<end>", "<enter>")
        assert row.value == CampaignStatus.CANCELED
        await pilot.click(row.control, offset=(0, 0))
        assert row.value == CampaignStatus.FINISHED
        await pilot.click(row.control, offset=(5, 0))
        await settle(pilot)
        await type_words(pilot, "<escape>")
        assert row.value == CampaignStatus.FINISHED
        assert app.screen is form


@pytest.mark.parametrize("kind", FORMS)
async def test_every_kind_has_its_form_on_a_small_screen(desk: Desk, kind: str) -> None:
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, kind)
        await app.ask(pilot, form)
        labels = {row.field_name: row for row in form.rows}
        assert set(labels) == {field.name for field in FORMS[kind].fields}
        for row in form.rows.written.values():
            # Each can be reached and is whole in view when it has the focus, its message too.
            row.take_focus()
            row.say(f"{HOSTILE} " * 3)
            await settle(pilot)
            fields = app.screen.query_one("#fields").content_region
            region = row.region
            assert fields.x <= region.x
            assert region.right <= fields.right
            assert fields.y <= region.y
            assert region.bottom <= fields.bottom or region.height > fields.height
            assert is_safe(app)


async def test_a_hostile_record_is_shown_and_saved_as_it_is(desk: Desk) -> None:
    note: Any = make(CreatorNote, title=HOSTILE, content=f"{HOSTILE}\n{HOSTILE}", creator=make(Creator, name=HOSTILE))
    app = Host()
    async with app.run_test(size=(80, 24)) as pilot:
        form = RecordForm(desk, "creator_note", note.id)
        await app.ask(pilot, form)
        for row in form.rows.written.values():
            row.take_focus()
            await settle(pilot)
            assert is_safe(app)
        form.rows.by_name["note_type"].take_focus()
        await type_words(pilot, "<right>", "<ctrl+s>")
        saved = CreatorNote.get_by_id(note.id)
        assert (saved.title, saved.content) == (note.title, note.content)
        assert saved.note_type != note.note_type
