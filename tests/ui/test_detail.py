"""The detail of a record: its tabs by keys, what hangs on it edited in place, and nothing asked while keys are held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from textual.app import ComposeResult
from textual.pilot import Pilot

from tests.records import MOMENT, connected, make
from tests.ui.hosts import HOSTILE, Host, desk_on, is_safe, settle, shown
from tui_booking.models import (
    Booking,
    BookingDeliverable,
    BookingStatusHistory,
    Campaign,
    CampaignCreator,
    Creator,
    Payment,
    Rule,
    Template,
    Video,
    VideoMetricSnapshot,
)
from tui_booking.services.desk import Desk
from tui_booking.services.latest import bring_latest_up_to_date
from tui_booking.ui.panes import detail
from tui_booking.ui.panes.child_records import ChildRecords
from tui_booking.ui.panes.detail import DetailPane
from tui_booking.ui.panes.detail_contents import read_content
from tui_booking.ui.sections.declaration import Tab

pytestmark = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)

BOOKING = (
    Tab(name="overview", label="Overview"),
    Tab(name="deliverables", label="Deliverables", shows="records", listing="deliverables", inline=True),
    Tab(name="status_history", label="History", shows="records", listing="status_history"),
    Tab(name="payments", label="Payments", shows="records", listing="payments", inline=True),
    Tab(name="brief_summary", label="Brief", shows="text"),
)
VIDEO = (
    Tab(name="views", label="Views over time", shows="chart"),
    Tab(name="snapshots", label="Snapshots", shows="records", listing="snapshots", inline=True),
)
CAMPAIGN = (Tab(name="creators", label="Creators", shows="records", listing="campaign_creators", inline=True),)


class PaneHost(Host):
    """A pane, and what it says."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk

    def compose(self) -> ComposeResult:
        yield DetailPane(self.desk)

    async def on_mount(self) -> None:
        await self.pane.furnish()

    @property
    def pane(self) -> DetailPane:
        return self.query_one(DetailPane)

    def on_detail_pane_record_chosen(self, event: DetailPane.RecordChosen) -> None:
        self.told.append((event.kind, event.id))

    def on_detail_pane_changed(self, event: DetailPane.Changed) -> None:
        self.told.append(event.undo)

    def on_detail_pane_failed(self, event: DetailPane.Failed) -> None:
        self.told.append(event.error)


@pytest.fixture
def desk(database_url: str) -> Iterator[Desk]:
    with connected(database_url), desk_on(database_url) as desk:
        yield desk


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


async def show(pilot: Pilot[None], pane: DetailPane, kind: str, record: Any, tabs: tuple[Tab, ...]) -> None:
    pane.show(kind, record, tabs)
    await settle(pilot)
    pane.focus()
    await settle(pilot)


async def test_tabs_are_gone_through_by_keys_and_mouse(desk: Desk) -> None:
    booking = make(Booking, code="BK-1", brief_summary=f"# Brief\n**say** {HOSTILE}", internal_note=HOSTILE)
    make(BookingStatusHistory, booking=booking, to_status="negotiating", note=HOSTILE)
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", booking.id, BOOKING)
        screen = shown(app)
        for words in ("BK-1", "[Overview]", "Paid %"):
            assert words in screen
        await press(pilot, "]")
        assert "[Deliverables]" in shown(app)
        assert "Nothing here yet: n makes one." in shown(app)
        await press(pilot, "]")
        assert "~ Negotiati" in shown(app)
        assert is_safe(app)
        await press(pilot, "[", "[", "[")
        screen = shown(app)
        assert "[Brief]" in screen
        assert "say [/KOC] [bold]Linh[/]" in screen
        assert is_safe(app)
        await press(pilot, "right")
        assert "[Overview]" in shown(app)
        await pilot.click("DetailHead", offset=(16, 1))
        await settle(pilot)
        assert "[Deliverables]" in shown(app)
        assert isinstance(app.focused, ChildRecords)


async def test_a_deliverable_is_edited_in_its_cell(desk: Desk) -> None:
    deliverable = make(BookingDeliverable, title="Mở hộp", deliverable_code="D-1")
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", deliverable.booking_id, BOOKING)
        await press(pilot, "]")
        table = app.query_one(ChildRecords)
        while table.cursor_column is None or table.cursor_column.name != "deadline_post":
            await press(pilot, "right")
        await press(pilot, "enter", *"+7d", "enter")
        assert BookingDeliverable.get_by_id(deliverable.id).deadline_post == date(2026, 12, 2)
        assert "02/12/2026" in shown(app)
        app.told[-1].apply(desk.store, "tester")
        assert BookingDeliverable.get_by_id(deliverable.id).deadline_post is None
        assert app.focused is table


@pytest.mark.parametrize("width", [24, 40, 100])
async def test_the_last_tab_of_a_record_that_goes_leaves_an_empty_pane(desk: Desk, width: int) -> None:
    app = PaneHost(desk)
    async with app.run_test(size=(width, 24)) as pilot:
        await show(pilot, app.pane, "booking", make(Booking, code="BK-1").id, BOOKING)
        await press(pilot, "[")
        assert app.pane.tab == BOOKING[-1]
        await show(pilot, app.pane, "booking", None, BOOKING)
        assert "BK-1" not in shown(app)


async def test_what_is_worked_out_for_a_list_is_there_in_a_detail_too(desk: Desk) -> None:
    """Whatever was shown before in the same table: other columns of another list."""
    deliverable = make(BookingDeliverable, title="A", deadline_post=date(2026, 1, 5), status="planned", quantity=1)
    booking = deliverable.booking
    video = make(Video, title="Clip", booking=booking, campaign=booking.campaign, creator=booking.creator)
    make(VideoMetricSnapshot, video=video, view_count=1000, like_count=100, comment_count=0, share_count=0)
    desk.here(lambda store: bring_latest_up_to_date(store, [video.id]))
    app = PaneHost(desk)
    async with app.run_test(size=(160, 24)) as pilot:
        for kind, record, name, words in (
            ("creator", booking.creator, "videos", "10.0%"),
            ("campaign", booking.campaign, "bookings", "05/01/2026"),
            ("campaign", booking.campaign, "videos", "10.0%"),
            ("creator", booking.creator, "bookings", "05/01/2026"),
        ):
            tab = Tab(name=name, label=name, shows="records", listing=name)
            await show(pilot, app.pane, kind, record.id, (tab,))
            assert words in shown(app), (kind, name)


async def test_a_child_is_made_with_its_parent_given_its_status_and_deleted(desk: Desk) -> None:
    booking = make(Booking, code="BK-1")
    booking.brand = booking.campaign.brand
    booking.save()
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", booking.id, BOOKING)
        await press(pilot, "]", "n", *"Video 1", "ctrl+s")
        made = BookingDeliverable.get()
        assert (made.booking_id, made.title) == (booking.id, "Video 1")
        assert "Video 1" in shown(app)
        await press(pilot, "s", "down", "enter")
        assert BookingDeliverable.get().status == "shooting"
        await press(pilot, "e", "tab", "end", *" b", "ctrl+s")
        assert BookingDeliverable.get().title == "Video 1 b"
        await press(pilot, "d")
        assert BookingDeliverable.get().deleted_at is not None
        assert "Video 1" not in shown(app)
        assert len(app.told) == 4


async def test_a_child_that_others_name_is_deleted_once_a_person_has_seen_which_and_agreed(desk: Desk) -> None:
    deliverable = make(BookingDeliverable, title="Video 1")
    video = make(Video, title="Clip", booking=deliverable.booking, booking_deliverable=deliverable)
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", deliverable.booking.id, BOOKING)
        await press(pilot, "]", "d")
        assert f"Delete {deliverable.booking.code} · Video 1?" in shown(app)
        assert "1 video" in shown(app)
        await press(pilot, "n")
        assert BookingDeliverable.get().deleted_at is None
        await press(pilot, "d", "y")
        assert BookingDeliverable.get().deleted_at is not None
        assert Video.get_by_id(video.id).booking_deliverable_id == deliverable.id


async def test_what_was_made_for_a_child_can_be_taken_back_though_the_child_was_not_made(desk: Desk) -> None:
    campaign = make(Campaign)
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "campaign", campaign.id, CAMPAIGN)
        await press(pilot, "n", *"Fresh", "enter")
        assert "Creator: new" in shown(app)
        await press(pilot, "ctrl+s", "escape", "y")
        fresh = Creator.get(Creator.name == "Fresh")
        assert CampaignCreator.select().count() == 0
        (undo,) = app.told
        desk.here(lambda store: undo.apply(store, "tester"))
        assert Creator.get_by_id(fresh.id).deleted_at is not None


async def test_snapshots_are_written_in_place_and_drawn(desk: Desk) -> None:
    video = make(Video, title="Clip")
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "video", video.id, VIDEO)
        assert "There are no figures yet." in shown(app)
        await press(pilot, "]", "n", *"1200", "ctrl+s")
        assert VideoMetricSnapshot.get().view_count == 1200
        make(VideoMetricSnapshot, video=video, snapshot_time=MOMENT, view_count=100)
        await press(pilot, "[")
        assert "Views over time" in shown(app)
        assert "most 1.2k" in shown(app)


async def test_a_row_that_is_another_record_is_gone_to(desk: Desk) -> None:
    payment = make(Payment)
    tie = make(CampaignCreator)
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", payment.booking_id, BOOKING)
        await press(pilot, "]", "]", "]", "enter")
        assert app.told == [("payment", payment.id)]
        await show(pilot, app.pane, "campaign", tie.campaign_id, CAMPAIGN)
        await press(pilot, "enter")
        assert app.told[1:] == [("creator", tie.creator_id)]


async def test_what_is_only_read_is_shown_whole(desk: Desk) -> None:
    history = make(BookingStatusHistory, to_status="confirmed", note=HOSTILE)
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", history.booking_id, BOOKING)
        await press(pilot, "]", "]", "n", "enter")
        assert "Note: [/KOC] [bold]Linh[/]" in shown(app)
        assert is_safe(app)
        assert app.told == []


async def test_text_tabs_show_markdown_and_json(desk: Desk) -> None:
    template = make(Template, content=f"## Chào {HOSTILE}\n- một", variables={"tên": {"default": HOSTILE}})
    rule = make(Rule, condition_json={"all": [{"field": "status"}]})
    texts = (Tab(name="content", label="Text", shows="text"), Tab(name="variables", label="Variables", shows="text"))
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "template", template.id, texts)
        assert "• một" in shown(app)
        await press(pilot, "]")
        assert '"tên": {' in shown(app)
        assert is_safe(app)
        await show(pilot, app.pane, "rule", rule.id, (Tab(name="condition_json", label="Condition", shows="text"),))
        assert '"field": "status"' in shown(app)


async def test_a_record_that_is_gone_is_said(desk: Desk) -> None:
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "booking", uuid4(), (BOOKING[4],))
        assert "This record is not there." in shown(app)
        assert len(app.told) == 1
        booking = make(Booking, brief_summary="there again")
        await show(pilot, app.pane, "booking", booking.id, (BOOKING[4],))
        assert "there again" in shown(app)
        app.pane.show("booking", None, BOOKING)
        await settle(pilot)
        assert shown(app).strip() == ""


async def test_only_the_record_on_which_the_cursor_rests_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Any] = []
    real = read_content

    def reading(store: Any, kind: str, id: Any, tab: Tab) -> Any:  # noqa: A002
        read.append(id)
        return real(store, kind, id, tab)

    monkeypatch.setattr(detail, "_read_content", reading)
    campaigns = [make(Campaign, code=f"C{number}", name="x") for number in range(50)]
    app = PaneHost(desk)
    tabs = (Tab(name="overview", label="Overview"),)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "campaign", campaigns[0].id, tabs)
        for campaign in campaigns[1:]:
            app.pane.show("campaign", campaign.id, tabs)
        # The first stays in view until the cursor has rested.
        assert "C0" in shown(app)
        while len(read) < 2:
            await pilot.pause(0.01)
        await settle(pilot)
        assert read == [campaigns[0].id, campaigns[-1].id]
        assert "C49" in shown(app)


async def test_a_long_reading_shows_that_it_is_at_work(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    is_told = Event()
    read, tell = read_content, DetailPane._tell_busy

    def reading(*asked: Any) -> Any:
        assert is_told.wait(30)
        return read(*asked)

    def telling(pane: DetailPane) -> None:
        tell(pane)
        assert pane.head.is_busy
        is_told.set()

    monkeypatch.setattr(detail, "_read_content", reading)
    monkeypatch.setattr(DetailPane, "_tell_busy", telling)
    creator = make(Creator, name="Linh")
    app = PaneHost(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        await show(pilot, app.pane, "creator", creator.id, (Tab(name="overview", label="Profile"),))
        assert is_told.is_set()
        assert not app.pane.head.is_busy
        assert "Linh" in shown(app)
