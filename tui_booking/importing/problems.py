"""What is wrong with rows, kept beside the staging table so that no number of bad rows takes memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tui_booking.importing.engines import Engine
from tui_booking.importing.plan import PLAN, STAGE
from tui_booking.importing.report import MESSAGES_A_FILE, ROWS_NAMED, VALUES_NAMED, Message

PROBLEM = "import_problem"
SHOWN_CHARACTERS = 200

# (row number, level, column, value as read, message)
Problem = tuple[int, str, str | None, str | None, str]
# What messages have in common that are one: level, column and text.
_Said = tuple[str, str | None, str]


class Problems:
    """The problems of one file, in a temporary table."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def start(self) -> None:
        """Make the table, empty."""
        columns = {"n": self.engine.number_type, "level": "text", "col": "text", "value": "text", "message": "text"}
        self.engine.make_table(PROBLEM, columns)

    def add(self, problems: Sequence[Problem]) -> None:
        """Add what was found in cells."""
        if problems:
            columns = [list(values) for values in zip(*problems, strict=True)]
            columns[3] = [None if value is None else shorten(str(value)) for value in columns[3]]
            self.engine.load(PROBLEM, ("n", "level", "col", "value", "message"), columns)

    def add_where(
        self,
        condition: str,
        column: str,
        message: str,
        *,
        level: str = "error",
        value: str | None = None,
        source: str = "",
    ) -> None:
        """Add one for every row of plan `p` and staging table `s` for which a condition holds; `message` is SQL."""
        cell = f's."{column}"' if value is None else value
        rows = source or f"{PLAN} p JOIN {STAGE} s ON s.n = p.n"
        literal = self.engine.literal
        self.engine.run(
            f"INSERT INTO {PROBLEM} (n, level, col, value, message) SELECT s.n, {literal(level)}, {literal(column)},"
            f" substr(CAST({cell} AS text), 1, {SHOWN_CHARACTERS}), {message} FROM {rows} WHERE {condition}"
        )

    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return self.engine.value(f"SELECT 1 FROM {PROBLEM} LIMIT 1") is None

    def mark_errors(self) -> None:
        """Make errors of the plan's rows that have one."""
        self.engine.run(
            f"UPDATE {PLAN} SET outcome = 'error' WHERE outcome <> 'error'"
            f" AND n IN (SELECT n FROM {PROBLEM} WHERE level = 'error')"
        )

    def messages(self) -> tuple[list[Message], int]:
        """Problems that say the same of a column folded, in the order of their first rows; and how many more there are.

        A message names its first rows, and the first of the different values that were read there.
        """
        same = "level, col, message"
        groups = self.engine.run(
            f"SELECT {same}, COUNT(*), MIN(n) FROM {PROBLEM} GROUP BY {same} ORDER BY {_order('MIN(n)')}"
            f" LIMIT {MESSAGES_A_FILE}"
        ).fetchall()
        if not groups:
            return [], 0
        rows = self._first_of_each(f"SELECT {same}, n AS told, n FROM {PROBLEM}", ROWS_NAMED)
        values = self._first_of_each(
            f"SELECT {same}, value AS told, MIN(n) AS n FROM {PROBLEM} GROUP BY {same}, value", VALUES_NAMED
        )
        told = []
        for level, column, message, count, first in groups:
            key = level, column, message
            read = tuple(value for value in values[key] if value is not None)
            value = read[0] if read else None
            told.append(Message(level, message, first, column, value, count, tuple(rows[key]), read))
        left_out = 0
        if len(told) == MESSAGES_A_FILE:
            total: int = self.engine.value(f"SELECT COUNT(*) FROM (SELECT 1 FROM {PROBLEM} GROUP BY {same}) g")
            left_out = total - len(told)
        return told, left_out

    def _first_of_each(self, source: str, most: int) -> dict[_Said, list[Any]]:
        """What is told first of the messages that are given: the first rows, or the first values."""
        same = "level, col, message"
        found: dict[_Said, list[Any]] = {}
        for level, column, message, told in self.engine.run(
            f"SELECT {same}, told FROM (SELECT {same}, told, n, ROW_NUMBER() OVER (PARTITION BY {same}"
            f" ORDER BY n, told) AS place, MIN(n) OVER (PARTITION BY {same}) AS first FROM ({source}) y) x"
            f" WHERE place <= {most}"
            f" ORDER BY {_order('first')}, n LIMIT {MESSAGES_A_FILE * most}"
        ):
            found.setdefault((level, column, message), []).append(told)
        return found

    def bad_rows(self) -> Iterator[tuple[int, str]]:
        """Every bad row, in the order of the file, with all of its errors as one text."""
        row, texts = None, []
        for n, column, message in self.engine.run(
            f"SELECT n, col, message FROM {PROBLEM} WHERE level = 'error' ORDER BY n, col, message"
        ):
            if n != row and row is not None:
                yield row, "; ".join(texts)
                texts = []
            row = n
            texts.append(f"{column}: {message}" if column else message)
        if row is not None:
            yield row, "; ".join(texts)


def _order(first: str) -> str:
    """The order of messages, in which both engines agree."""
    return f"{first}, COALESCE(col, ''), message, level"


def shorten(text: str) -> str:
    """A cell as it is shown in a message; of what PostgreSQL takes in no text, NUL gets its sign."""
    shown = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return shown.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()
