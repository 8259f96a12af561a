"""What is wrong with rows, kept beside the staging table so that no number of bad rows takes memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui_booking.importing.engines import Engine
from tui_booking.importing.plan import PLAN, STAGE
from tui_booking.importing.report import MESSAGES_A_FILE, ROWS_NAMED, Message

PROBLEM = "import_problem"
SHOWN_CHARACTERS = 200

# (row number, level, column, value as read, message)
Problem = tuple[int, str, str | None, str | None, str]


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
        """Equal problems folded, in the order of their first rows; and how many more there are than are given."""
        groups = self.engine.run(
            f"SELECT level, col, value, message, COUNT(*), MIN(n) FROM {PROBLEM} GROUP BY level, col, value, message"
            f" ORDER BY MIN(n), col, message, value LIMIT {MESSAGES_A_FILE}"
        ).fetchall()
        rows = self._first_rows() if any(group[4] > 1 for group in groups) else {}
        told = [
            Message(level, message, first, column, value, count, rows.get((level, column, value, message), (first,)))
            for level, column, value, message, count, first in groups
        ]
        left_out = 0
        if len(told) == MESSAGES_A_FILE:
            total: int = self.engine.value(
                f"SELECT COUNT(*) FROM (SELECT 1 FROM {PROBLEM} GROUP BY level, col, value, message) g"
            )
            left_out = total - len(told)
        return told, left_out

    def _first_rows(self) -> dict[tuple[str, str | None, str | None, str], tuple[int, ...]]:
        found: dict[tuple[str, str | None, str | None, str], list[int]] = {}
        for level, column, value, message, n in self.engine.run(
            "SELECT level, col, value, message, n FROM (SELECT level, col, value, message, n, ROW_NUMBER() OVER"
            f" (PARTITION BY level, col, value, message ORDER BY n) AS place, COUNT(*) OVER (PARTITION BY level, col,"
            f" value, message) AS many FROM {PROBLEM}) x WHERE place <= {ROWS_NAMED} AND many > 1 ORDER BY n"
            f" LIMIT {MESSAGES_A_FILE * ROWS_NAMED}"
        ):
            found.setdefault((level, column, value, message), []).append(n)
        return {key: tuple(numbers) for key, numbers in found.items()}

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


def shorten(text: str) -> str:
    """A cell as it is shown in a message; of what PostgreSQL takes in no text, NUL gets its sign."""
    shown = text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"
    return shown.replace("\0", "␀").encode("utf-8", "backslashreplace").decode()
