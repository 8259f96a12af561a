"""The line below a table: where one is, how many there are, what is marked, how it is sorted, and the sums."""

from __future__ import annotations

from rich.cells import cell_len
from rich.text import Text
from textual.widget import Widget

from tui_booking.language import _, ngettext
from tui_booking.services.declarations import Query, Total, Value
from tui_booking.ui import formats


class StatusLine(Widget):
    """Drawn in one go; the sums of the current filter stand at its end."""

    DEFAULT_CSS = "StatusLine { height: 1; background: $boost; color: $text; }"

    def __init__(self) -> None:
        super().__init__(id="status-line")
        self.totals: tuple[tuple[Total, Value, Value], ...] = ()
        self._words = ""

    def tell(self, query: Query, number: int | None, count: int | None, marked: int) -> None:
        """Where one is: `number` counts from 1; None where it is not known yet."""
        counted = "…" if count is None else formats.format_value(count, "count")
        at = "–" if number is None else formats.format_value(number, "count")
        words = [_("{number} of {count}").format(number=at, count=counted)]
        if marked:
            words.append(ngettext("{count} marked", "{count} marked", marked).format(count=marked))
        order = query.sorted_by
        if any(column.name == order.column for column in query.listing.columns):
            label = _(query.listing.column(order.column).label)
            words.append(f"{'▼' if order.descending else '▲'} {label}")
        told = " · ".join(words)
        if told != self._words:
            self._words = told
            self.refresh()

    def render(self) -> Text:
        text = Text(f" {self._words}", no_wrap=True, overflow="ellipsis")
        room = self.size.width - text.cell_len - 3
        sums = whole_sums([self._sum(*one) for one in self.totals], room)
        if sums:
            text.append(" " * (2 + room - cell_len(sums)) + sums, "bold")
        return text

    @staticmethod
    def _sum(total: Total, group: Value, value: Value) -> str:
        shown = formats.format_value(value, total.kind, currency=str(group) if group is not None else None)
        return f"{_(total.label)} {shown}"


def whole_sums(sums: list[str], room: int) -> str:
    """As many of the sums as there is room for, the first before the others, each whole; a sign where some are not."""
    kept = "  ".join(sums)
    shown = list(sums)
    while shown and cell_len(kept) > room:
        shown.pop()
        kept = "  ".join([*shown, "…"])
    return kept if cell_len(kept) <= room else ""
