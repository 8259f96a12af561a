"""The themes: readable, remembered, and the settings' own choice first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.geometry import Region
from textual.theme import Theme
from textual.widget import Widget

from tests.ui.office import demo_url, opened, press
from tui_booking.ui.themes import LABELS, NAMES, THEMES, first_theme, next_theme


def contrast(one: str, other: str) -> float:
    """The ratio of two colours' luminances, as WCAG 2.2 defines it."""

    def luminance(name: str) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in Color.parse(name).normalized
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_text_and_signs_can_be_read_on_every_ground(theme: Theme) -> None:
    text_wanted, sign_wanted = (15.0, 7.0) if theme.name == "high-contrast" else (10.0, 4.5)
    for ground in (theme.background, theme.surface, theme.panel):
        assert ground
        assert contrast(str(theme.foreground), ground) >= text_wanted
        for sign in (theme.primary, theme.secondary, theme.accent, theme.success, theme.warning, theme.error):
            assert contrast(str(sign), ground) >= sign_wanted, (sign, ground)


def test_every_name_of_the_settings_is_a_theme_with_a_label() -> None:
    assert [theme.name for theme in THEMES] == list(NAMES) == list(LABELS)


@pytest.mark.parametrize(
    ("set_", "remembered", "first"),
    [
        (None, None, "dark"),
        (None, "light", "light"),
        ("high-contrast", "light", "high-contrast"),
        (None, "a theme that is no more", "dark"),
        (None, ["light"], "dark"),
    ],
)
def test_the_settings_come_before_what_is_remembered(set_: str | None, remembered: object, first: str) -> None:
    assert first_theme(set_, remembered) == first


def test_themes_go_round() -> None:
    name = "dark"
    for _ in NAMES:
        name = next_theme(name)
    assert name == "dark"
    assert next_theme("textual-dark") == "dark"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("section", "keys"), [("bookings", "enter"), ("bookings", "e"), ("bookings", "f"), ("import", "d")]
)
async def test_what_is_drawn_can_be_read_in_every_theme(name: str, section: str, keys: str, tmp_path: Path) -> None:
    """A muted colour is one on the ground that it is drawn on: taken by itself, it is white."""
    async with opened(demo_url(tmp_path), tmp_path, section=section, size=(132, 38)) as pilot:
        pilot.app.theme = name
        await press(pilot, keys)
        drawn = [one for one in pilot.app.screen.query("*").results(Widget) if one.is_on_screen and not one.children]
        assert drawn
        for widget in drawn:
            for line in widget.render_lines(Region(0, 0, *widget.size)):
                for segment in line:
                    if (
                        re.search(r"\w", segment.text)
                        and segment.style
                        and segment.style.color
                        and segment.style.bgcolor
                    ):
                        colors = [
                            Color.from_rich_color(one).hex for one in (segment.style.color, segment.style.bgcolor)
                        ]
                        assert contrast(*colors) >= 2.5, (widget, segment)
