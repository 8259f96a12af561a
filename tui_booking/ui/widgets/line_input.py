"""A line that one writes in: wherever text can be typed or pasted, nothing of it is obeyed by the terminal."""

from __future__ import annotations

from textual.widgets import Input

from tui_booking.ui.widgets.plainly import Plainly


class LineInput(Plainly, Input):
    """An Input of one line that draws whatever is in it plainly."""
