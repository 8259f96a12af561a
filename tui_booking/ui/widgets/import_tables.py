"""The lists of the import as data: files found, what became of them, what is wrong, and the records of a run."""

from __future__ import annotations

from tui_booking.importing.report_words import COUNTS, SHORT_COUNTS
from tui_booking.language import N_
from tui_booking.services.declarations import Column, Filter, Listing, Order
from tui_booking.services.given_rows import ProblemLevel, Touch

_AS_GIVEN = Order("")
_FILE = Filter(name="file", label=N_("File"), kind="text", sql="file")
_KIND = Filter(name="kind", label=N_("Kind"), kind="text", sql="kind")
_RESULT = Filter(name="result", label=N_("Result"), kind="text", sql="result")


def _listing(name: str, label: str, columns: tuple[Column, ...], filters: tuple[Filter, ...]) -> Listing:
    return Listing(name=name, label=label, kind="", table="", columns=columns, filters=filters, order=_AS_GIVEN)


def _column(name: str, label: str, width: int, *, is_count: bool = False, shown: bool = True) -> Column:
    return Column(
        name=name, label=label, sql=name, order=name, kind="count" if is_count else "text", width=width, shown=shown
    )


def found_files(*, is_wide: bool) -> Listing:
    """The files at a path; on a narrow screen the size and the end of the result give way to the name."""
    columns = (
        _column("file", N_("File"), 60),
        _column("kind", N_("Kind"), 20),
        _column("rows", N_("Rows"), 14, is_count=True),
        _column("size", N_("Size"), 8, shown=is_wide),
        _column("result", N_("Result"), 40 if is_wide else 24),
    )
    return _listing("found_files", N_("Files"), columns, (_FILE, _KIND, _RESULT))


def reported_files(*, is_wide: bool) -> Listing:
    """The counts of each file of a report; on a narrow screen under short names, and without the kind."""
    labels = COUNTS if is_wide else SHORT_COUNTS
    columns = (
        _column("file", N_("file"), 60),
        _column("kind", N_("kind"), 20, shown=is_wide),
        _column("result", N_("result"), 16),
        *(_column(name, label, 12, is_count=True) for name, label in labels.items()),
    )
    errors = Filter(name="errors", label=N_("Errors"), kind="at_least", sql="errors")
    return _listing("reported_files", N_("Files"), columns, (_FILE, _KIND, _RESULT, errors))


PROBLEMS = _listing(
    "problems",
    N_("Messages"),
    (
        Column(
            name="level", label=N_("Level"), sql="level", order="level", kind="choice", words=ProblemLevel, width=11
        ),
        _column("column", N_("Column"), 22),
        _column("count", N_("Count"), 9, is_count=True),
        _column("rows", N_("Rows"), 14),
        _column("message", N_("Message"), 400),
    ),
    (
        Filter(name="level", label=N_("Level"), kind="choice", sql="level", words=ProblemLevel),
        Filter(name="column", label=N_("Column"), kind="text", sql="column"),
        Filter(name="message", label=N_("Message"), kind="text", sql="message"),
    ),
)

TOUCHED = _listing(
    "touched",
    N_("Records"),
    (
        Column(name="what", label=N_("What"), sql="what", order="what", kind="choice", words=Touch, width=14),
        _column("kind", N_("Kind"), 20),
        _column("record", N_("Record"), 200),
        Column(name="changed", label=N_("Changed"), sql="changed", order="changed", kind="moment", width=16),
    ),
    (
        Filter(name="what", label=N_("What"), kind="choice", sql="what", words=Touch),
        _KIND,
        Filter(name="changed", label=N_("Changed"), kind="period", sql="changed"),
    ),
)
