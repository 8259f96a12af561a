"""The colours of the app: a dark, a light and a high-contrast theme, and which of them it opens with.

Colours never carry a meaning alone: what they say stands there as a word or a sign too.
"""

from __future__ import annotations

from typing import get_args

from textual.theme import Theme

from tui_booking import config
from tui_booking.language import N_

NAMES: tuple[config.Theme, ...] = get_args(config.Theme)
LABELS: dict[str, str] = {"dark": N_("Dark"), "light": N_("Light"), "high-contrast": N_("High contrast")}

THEMES: tuple[Theme, ...] = (
    Theme(
        name="dark",
        primary="#6cb6ff",
        secondary="#a5b4fc",
        accent="#f6a35c",
        foreground="#d8dfe8",
        background="#12161c",
        surface="#1a2029",
        panel="#242c38",
        success="#6bc46d",
        warning="#e0b040",
        error="#ff8078",
        dark=True,
    ),
    Theme(
        name="light",
        primary="#0b57a4",
        secondary="#5145a8",
        accent="#9a4500",
        foreground="#1b2128",
        background="#fbfcfd",
        surface="#f1f3f6",
        panel="#e3e8ee",
        success="#12662b",
        warning="#7a4f00",
        error="#a81b12",
        dark=False,
    ),
    Theme(
        name="high-contrast",
        primary="#00ffff",
        secondary="#ffff00",
        accent="#ffff00",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#1c1c1c",
        success="#00ff66",
        warning="#ffc000",
        error="#ff8080",
        dark=True,
        variables={
            "text-muted": "#ffffff",
            "text-disabled": "#d0d0d0",
            "block-cursor-background": "#ffff00",
            "block-cursor-foreground": "#000000",
            "input-selection-background": "#0000ff",
        },
    ),
)


def first_theme(set_: str | None, remembered: object) -> str:
    """The theme that the app opens with: the one of the settings, else the last one, else the dark one."""
    if set_ is not None:
        return set_
    return str(remembered) if remembered in NAMES else NAMES[0]


def next_theme(name: str) -> str:
    """The theme after this one, round and round."""
    return NAMES[(NAMES.index(name) + 1) % len(NAMES)] if name in NAMES else NAMES[0]
