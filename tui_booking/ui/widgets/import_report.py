"""The report of an import: the counts of each file, and what is wrong, by file and column, in the command's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message as TextualMessage

from tui_booking.importing.report import FileReport, Message, Report
from tui_booking.importing.report_words import (
    COUNTS,
    count_of,
    facts_of,
    fold_messages,
    line_of,
    name_of,
    rows_of,
    status_of,
    values_in_words,
    verdict_of,
)
from tui_booking.language import _, grouped
from tui_booking.services.given_rows import ProblemLevel
from tui_booking.ui.widgets.given_table import GivenRow, GivenTable
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.import_tables import PROBLEMS, reported_files
from tui_booking.ui.widgets.plainly import wrap
from tui_booking.ui.widgets.said import Said

# From this width on the counts have their long names and the kind has a column.
_WIDE = 110
_FACTS_SHOWN = 3
_LINES_OF_A_PROBLEM = 4
# The line of all files together, and the size of the table of files beside the messages.
_ALL = "all"
_MOST_OF_SUMMARY = 0.4


@dataclass(frozen=True, slots=True)
class Problem:
    """Messages that say the same of a column of a file, as they are said on this screen."""

    file: FileReport
    same: tuple[Message, ...]

    @classmethod
    def of(cls, file: FileReport, same: Sequence[Message]) -> Problem:
        return cls(file, tuple(replace(message, message=by_switches(message.message)) for message in same))

    @property
    def line(self) -> str:
        """All of it in a line, as the command prints it."""
        return line_of(self.same)

    @property
    def rows(self) -> list[int]:
        return rows_of(self.same)


class ReportView(Vertical):
    """One table of the files with the sum of all last, and one of the problems of the file under the cursor."""

    DEFAULT_CSS = """
    ReportView {
        & > #title { color: $text-muted; }
        & > #verdict { text-style: bold; }
        & > #summary { height: 3; }
        & > #problems { height: 1fr; min-height: 3; }
        & > #whole { border-top: solid $panel; }
    }
    """

    class RowAsked(TextualMessage):
        """A problem was opened: the row that it speaks of is wanted."""

        def __init__(self, problem: Problem) -> None:
            super().__init__()
            self.problem = problem

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.report: Report | None = None
        self.problems: list[Problem] = []
        self._database = ""
        self._is_last = False

    def compose(self) -> ComposeResult:
        for name in ("title", "verdict", "facts"):
            yield Said(id=name)
        yield GivenTable(reported_files(is_wide=False), grows="file", id="summary")
        yield GivenTable(PROBLEMS, grows="message", id="problems")
        yield Said(id="whole")

    @property
    def summary(self) -> GivenTable:
        return self.query_one("#summary", GivenTable)

    @property
    def problem_table(self) -> GivenTable:
        return self.query_one("#problems", GivenTable)

    def show(self, report: Report, database: str, title: str = "") -> None:
        """Show a report, the cursor on the file that has most to tell."""
        self.report = report
        self._database = database
        self._say("title", title)
        self._is_last = not title
        self._draw(self._most_telling(report))

    def refresh_report(self) -> None:
        """Draw it anew, as something was added to it."""
        if self.report is not None:
            self._draw(None)

    @property
    def file(self) -> FileReport | None:
        """The file under the cursor; None on the line of all."""
        at = self.summary.key
        return self.report.files[at] if self.report is not None and isinstance(at, int) else None

    @property
    def problem(self) -> Problem | None:
        at = self.problem_table.key
        return self.problems[at] if isinstance(at, int) else None

    def on_resize(self) -> None:
        self.refresh_report()

    def _draw(self, at: int | None) -> None:
        report = self.report
        assert report is not None
        self._say("verdict", verdict_of(report, self._database))
        stopped = [by_switches(str(report.stopped))] if report.stopped is not None else []
        rejects = [f"{name_of(file)}: {fact}" for file in report.files if file.rejects for fact in facts_of(file)]
        if not rejects and self._is_last and report.totals["errors"]:
            rejects = [_("b saves the bad rows, to be mended · Tab and Enter show one as it was read")]
        more = [_("… and {count} more, each told where its file is").format(count=len(rejects) - _FACTS_SHOWN)]
        self._say(
            "facts", "\n".join((*stopped, *rejects[:_FACTS_SHOWN], *(more if len(rejects) > _FACTS_SHOWN else ())))
        )
        wide = self.size.width >= _WIDE
        self.summary.show_by(reported_files(is_wide=wide))
        totals = [report.totals[name] for name in COUNTS]
        rows = [self._row(number, file) for number, file in enumerate(report.files)]
        rows.append(GivenRow(_ALL, (_("total"), "", "", *totals), is_fixed=True))
        self.summary.show(rows, at=at)
        self._fit()

    def _fit(self) -> None:
        """As many lines for the files as there are, and no more than leaves room for what is wrong with them."""
        most = max(int(self.size.height * _MOST_OF_SUMMARY), 3)
        self.summary.styles.height = min(self.summary.row_count + 1, most)

    @staticmethod
    def _row(number: int, file: FileReport) -> GivenRow:
        is_left = file.status == "not_recognised"
        counts = [None if is_left else file.counts[name] for name in COUNTS]
        return GivenRow(number, (name_of(file), file.kind or "", status_of(file), *counts), is_muted=is_left)

    @staticmethod
    def _most_telling(report: Report) -> int:
        """The first file that is not in, else the first of which there is something to say, else the first."""
        not_in = [index for index, file in enumerate(report.files) if file.messages and not file.is_in]
        told = [index for index, file in enumerate(report.files) if file.messages]
        return next(iter(not_in or told), 0)

    def _say(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Said).say(text)

    @on(GivenTable.Highlighted, "#summary")
    def _file_highlighted(self, event: GivenTable.Highlighted) -> None:
        event.stop()
        if self.report is None:
            return
        files = self.report.files if self.file is None else [self.file]
        self.problems = [Problem.of(file, same) for file in files for same in fold_messages(file.messages)]
        rows = [
            self._problem_row(number, problem, with_file=self.file is None)
            for number, problem in enumerate(self.problems)
        ]
        self.problem_table.empty = _("There is nothing to say.")
        levels = [problem.same[0].level for problem in self.problems]
        self.problem_table.show(rows, at=levels.index("error") if "error" in levels else 0)

    @staticmethod
    def _problem_row(number: int, problem: Problem, *, with_file: bool) -> GivenRow:
        first = problem.same[0]
        values = values_in_words(problem.same)
        text = f"{values}: {first.message}" if values else first.message
        if with_file:
            text = f"{name_of(problem.file)}: {text}"
        rows = ", ".join(grouped(row) for row in problem.rows)
        return GivenRow(
            number, (ProblemLevel[first.level.upper()], first.column or "", count_of(problem.same), rows, text)
        )

    @on(GivenTable.Highlighted, "#problems")
    def _problem_highlighted(self, event: GivenTable.Highlighted) -> None:
        event.stop()
        problem = self.problem
        told = [] if self.file is None else list(facts_of(self.file))
        if problem is not None:
            told.append(f"{name_of(problem.file)}: {problem.line}")
        if self.file is not None and self.file.messages_left_out:
            left_out = _("{count} more messages are in no report; the file of bad rows has them all.")
            told.append(left_out.format(count=grouped(self.file.messages_left_out)))
        lines = wrap("\n".join(told), max(self.size.width - 1, 20))
        if len(lines) > _LINES_OF_A_PROBLEM:
            lines = [*lines[: _LINES_OF_A_PROBLEM - 1], _("… Enter shows it whole")]
        self._say("whole", "\n".join(lines))

    @on(GivenTable.Opened, "#summary")
    def _file_chosen(self, event: GivenTable.Opened) -> None:
        event.stop()
        self.problem_table.focus()

    @on(GivenTable.Opened, "#problems")
    def _problem_chosen(self, event: GivenTable.Opened) -> None:
        event.stop()
        if self.problem is not None:
            self.post_message(self.RowAsked(self.problem))


def merge_rejects(report: Report, others: Sequence[FileReport]) -> None:
    """Note in a report where the bad rows of its files were written by a later run over the same files."""
    written = {(file.file, file.sheet): file.rejects for file in others}
    for file in report.files:
        file.rejects = written.get((file.file, file.sheet)) or file.rejects
