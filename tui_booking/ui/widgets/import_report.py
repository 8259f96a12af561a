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
    LEVELS,
    SHORT_COUNTS,
    count_of,
    counts_of,
    facts_of,
    fold_messages,
    line_of,
    name_of,
    rows_of,
    status_of,
    totals_of,
    values_in_words,
    verdict_of,
)
from tui_booking.language import _, grouped
from tui_booking.ui.widgets.import_options import by_switches
from tui_booking.ui.widgets.lines import Cells, LineColumn, Lines
from tui_booking.ui.widgets.plainly import wrap
from tui_booking.ui.widgets.said import Said

# From this width on the counts have their long names and the kind has a column.
_WIDE = 110
_FACTS_SHOWN = 3
_LINES_OF_A_PROBLEM = 4
_SIGNS = {"error": "✗", "warning": "!", "info": "·"}


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
        & > #summary { height: auto; max-height: 40%; min-height: 3; }
        & > #problems { height: 1fr; min-height: 4; border-top: solid $panel; }
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
        yield Lines(id="summary")
        yield Lines(
            (
                LineColumn("", most=9),
                LineColumn(_("Column"), most=22),
                LineColumn(_("Count"), right=True, most=9),
                LineColumn(_("Rows"), most=14),
                LineColumn(_("Message"), grows=True),
            ),
            id="problems",
        )
        yield Said(id="whole")

    @property
    def summary(self) -> Lines:
        return self.query_one("#summary", Lines)

    @property
    def problem_lines(self) -> Lines:
        return self.query_one("#problems", Lines)

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
            self._draw(self.summary.cursor)

    @property
    def file(self) -> FileReport | None:
        """The file under the cursor; None on the line of all."""
        at = self.summary.cursor
        return self.report.files[at] if self.report is not None and at < len(self.report.files) else None

    @property
    def problem(self) -> Problem | None:
        at = self.problem_lines.current
        return self.problems[at] if at is not None and at < len(self.problems) else None

    def on_resize(self) -> None:
        self.refresh_report()

    def _draw(self, at: int) -> None:
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
        names = COUNTS if wide else SHORT_COUNTS
        columns = [LineColumn(_("file"), grows=True)]
        columns += [LineColumn(_("kind"), most=20)] if wide else []
        columns.append(LineColumn(_("result"), most=16))
        columns += [LineColumn(_(label), right=True, most=12) for label in names.values()]
        rows = [self._row(file, wide=wide) for file in report.files]
        rows.append((_("total"), *([""] if wide else []), "", *totals_of(report)))
        muted = frozenset(index for index, file in enumerate(report.files) if file.status == "not_recognised")
        self.summary.show(rows, columns=columns, at=at, muted=muted)

    @staticmethod
    def _row(file: FileReport, *, wide: bool) -> Cells:
        kind = [file.kind or ""] if wide else []
        return (name_of(file), *kind, status_of(file), *counts_of(file))

    @staticmethod
    def _most_telling(report: Report) -> int:
        """The first file that is not in, else the first of which there is something to say, else the first."""
        not_in = [index for index, file in enumerate(report.files) if file.messages and not file.is_in]
        told = [index for index, file in enumerate(report.files) if file.messages]
        return next(iter(not_in or told), 0)

    def _say(self, name: str, text: str) -> None:
        self.query_one(f"#{name}", Said).say(text)

    @on(Lines.Highlighted, "#summary")
    def _file_highlighted(self, event: Lines.Highlighted) -> None:
        event.stop()
        if self.report is None:
            return
        files = self.report.files if self.file is None else [self.file]
        self.problems = [Problem.of(file, same) for file in files for same in fold_messages(file.messages)]
        rows = [self._problem_row(problem, with_file=self.file is None) for problem in self.problems]
        self.problem_lines.empty = _("There is nothing to say.")
        levels = [problem.same[0].level for problem in self.problems]
        self.problem_lines.show(rows, at=levels.index("error") if "error" in levels else 0)

    @staticmethod
    def _problem_row(problem: Problem, *, with_file: bool) -> Cells:
        first = problem.same[0]
        values = values_in_words(problem.same)
        text = f"{values}: {first.message}" if values else first.message
        if with_file:
            text = f"{name_of(problem.file)}: {text}"
        level = f"{_SIGNS[first.level]} {_(LEVELS[first.level])}"
        rows = ", ".join(grouped(row) for row in problem.rows)
        return level, first.column or "", grouped(count_of(problem.same)), rows, text

    @on(Lines.Highlighted, "#problems")
    def _problem_highlighted(self, event: Lines.Highlighted) -> None:
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

    @on(Lines.Chosen, "#summary")
    def _file_chosen(self, event: Lines.Chosen) -> None:
        event.stop()
        self.problem_lines.focus()

    @on(Lines.Chosen, "#problems")
    def _problem_chosen(self, event: Lines.Chosen) -> None:
        event.stop()
        if self.problem is not None:
            self.post_message(self.RowAsked(self.problem))


def merge_rejects(report: Report, others: Sequence[FileReport]) -> None:
    """Note in a report where the bad rows of its files were written by a later run over the same files."""
    written = {(file.file, file.sheet): file.rejects for file in others}
    for file in report.files:
        file.rejects = written.get((file.file, file.sheet)) or file.rejects
