"""Templates are filled in for a booking; what they do not know stands there to be seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from tests.records import connected
from tests.services.world import DAY, ME, World, change, problems, stored
from tui_booking.models.database import Store
from tui_booking.seed.demo_texts import TEMPLATES
from tui_booking.services.records import Gone, save
from tui_booking.services.rendering import VARIABLE, VARIABLES, render, render_for_booking, values_for

TODAY = date(2026, 3, 20)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with connected(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    return World(store)


def test_what_is_known_of_a_booking_stands_for_the_variables(world: World, store: Store) -> None:
    world("creator_channel")
    world("creator_contact", phone="+84901234567", is_primary=True)
    booking = world("booking", total_fee_agreed=Decimal(12_000_000), start_date=DAY, brief_summary="**Da dầu**")
    world("tracking_asset")
    world("booking_deliverable", deadline_post=date(2026, 3, 25))
    posted = {"booking": booking, "title": "Đã xong", "deadline_post": DAY, "status": "posted"}
    save(store, "booking_deliverable", None, posted, operator=ME)
    values = values_for(store, booking, operator=ME, today=TODAY)
    assert set(values) == set(VARIABLES)
    assert values["creator_name"] == values["creator_alias"] == "Nguyễn Đức"
    assert values["creator_handle"] == "@duc.review"
    assert (values["contact_name"], values["contact_phone"]) == ("Chị Hà", "+84901234567")
    assert (values["brand_name"], values["campaign_code"], values["booking_code"]) == ("Lumi", "C1", "BK-1")
    assert (values["product_name"], values["end_date"], values["tracking_link"]) == ("", "", "")
    assert (values["total_fee"], values["start_date"]) == ("12,000,000 VND", "08/03/2026")
    assert (values["deliverable_title"], values["deadline_post"]) == ("Video 1", "25/03/2026")
    assert values["deliverables"] == "- Đã xong (08/03/2026)\n- Video 1 (25/03/2026)"
    assert values["deliverables_count"] == "2"
    assert (values["voucher"], values["operator_name"], values["today"]) == ("DUC10", "linh", "20/03/2026")


def test_a_booking_of_which_little_is_known_has_empty_values(world: World, store: Store) -> None:
    values = values_for(store, world("booking"), operator="nobody", today=TODAY)
    assert values["deliverables_count"] == values["deadline_post"] == values["contact_phone"] == ""
    assert values["operator_name"] == "nobody"


def test_unknown_and_missing_variables_are_shown_and_named() -> None:
    told = render("{{creator_name}} {{ what }} {{voucher}} {{own}}", {"own": {"default": ""}}, {"creator_name": "Mai"})
    assert told.text == "Mai {{ what }} {{voucher}} {{own}}"
    assert (told.unknown, told.missing) == (("what",), ("voucher", "own"))


def test_a_default_stands_where_nothing_is_known_and_a_template_may_have_variables_of_its_own() -> None:
    variables = {"voucher": {"description": "", "default": "sẽ gửi sau"}, "greeting": "Chào"}
    told = render("{{greeting}}: {{voucher}}", variables, {"voucher": ""})
    assert told.text == "Chào: sẽ gửi sau"
    assert told.unknown == told.missing == ()


def test_values_are_not_obeyed() -> None:
    told = render("# {{creator_name}}", {}, {"creator_name": "*{{voucher}}* [x](y) _a_", "voucher": "SECRET"})
    assert told.text == "# *{{voucher}}* [x](y) _a_"
    assert told.markdown == r"# \*\{\{voucher\}\}\* \[x\]\(y\) \_a\_"
    told = render("{{brief_summary}}", {}, {"brief_summary": "**mạnh**"})
    assert told.markdown == "**mạnh**"


def test_the_demos_templates_name_nothing_that_is_not_known() -> None:
    for template in TEMPLATES:
        assert set(VARIABLE.findall(template.content)) <= set(VARIABLES), template.name


def test_a_template_is_rendered_for_a_booking(world: World, store: Store) -> None:
    template = world("template")
    rendered = render_for_booking(store, template, world("booking"), operator=ME, today=TODAY)
    assert rendered.text == "Chào Nguyễn Đức"
    with pytest.raises(Gone):
        render_for_booking(store, template, uuid4(), operator=ME, today=TODAY)
    with pytest.raises(Gone):
        render_for_booking(store, uuid4(), world("booking"), operator=ME, today=TODAY)


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ([1], "Must be variables such as"),
        ({"a b": ""}, "'a b' is not the name of a variable"),
        ({"a": 1}, "A: must be a description and a default"),
        ({"a": {"usual": "x"}}, "A: must be a description and a default"),
    ],
)
def test_variables_that_cannot_be_meant_so_are_refused(
    world: World, store: Store, variables: object, said: str
) -> None:
    assert problems(store, "template", world("template"), variables=variables)["variables"].startswith(said)
    change(store, "template", world("template"), variables={"a": {"description": "x"}, "b": "y"})
    assert stored(store, "template", world("template"))["variables"]["b"] == "y"
