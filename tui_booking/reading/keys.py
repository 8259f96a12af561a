"""Keys that are made of names."""

from __future__ import annotations

import hashlib
import re

from tui_booking.models.folding import fold

_KEY_LENGTH = 60
_NOT_OF_A_KEY = re.compile(r"[^a-z0-9]+")


def make_key(name: str) -> str:
    """The creator_key that a name makes: its letters and digits without marks; a hash where it has none."""
    slug = _NOT_OF_A_KEY.sub("-", fold(name)).strip("-")[:_KEY_LENGTH].strip("-")
    return slug or f"creator-{hashlib.sha256(name.encode()).hexdigest()[:8]}"
