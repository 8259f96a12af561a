"""CSV files as sheets: rows and their numbers, the delimiter found, and the exact row of whatever breaks them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

from tui_booking.importing.csv_columns import MAXIMUM_CELL, are_filled, split_columns
from tui_booking.importing.csv_text import CsvText, LineTooLong, NotText
from tui_booking.importing.file_state import open_for_reading
from tui_booking.importing.headers import HEADER_SEARCH_ROWS, HeaderMatcher, clean_header
from tui_booking.importing.sheets import (
    BATCH_ROWS,
    Batch,
    Cell,
    Sheet,
    UnreadableSheet,
    describe_header,
    require_distinct_columns,
    without_empty_tail,
)
from tui_booking.importing.text_encodings import detect_mark, guess_encoding, is_damaged_utf8, looks_like_utf8
from tui_booking.language import _, filled

if TYPE_CHECKING:
    from tui_booking.importing.kinds import Kind

DELIMITERS = ",;\t|"
_FIRST = itemgetter(0)
_SEPARATOR_LINE = re.compile(r'"?sep=([,;\t|])"?\r?\n', re.IGNORECASE)


@dataclass
class CsvSheet(Sheet):
    """A CSV file read from top to bottom; made by open_csv_sheet."""

    text: CsvText = field(kw_only=True, repr=False)
    records: _Records = field(kw_only=True, repr=False)

    def batches(self, size: int = BATCH_ROWS) -> Iterator[Batch]:
        width = len(self.header)
        while True:
            first = self.records.read + 1
            columns = self.records.take_columns(width)
            if columns:
                count = len(columns[0])
                for start in range(0, count, size):
                    end = min(start + size, count)
                    numbers: Sequence[int] = range(first + start, first + end)
                    yield Batch(numbers, columns=[column[start:end] for column in columns])
                continue
            rows = self.records.take(size)
            if not rows:
                break
            if max(map(len, rows)) > width:
                rows = [row if len(row) <= width else without_empty_tail(row, width) for row in rows]
            # The first cell is nearly always filled, and then the others need no look.
            numbers = range(first, first + len(rows))
            if not all(rows) or not are_filled(list(map(_FIRST, rows))):
                filled = [bool(row) and not "".join(cast("list[str]", row)).isspace() and any(row) for row in rows]
                numbers = [number for number, keep in zip(numbers, filled, strict=True) if keep]
                rows = [row for row, keep in zip(rows, filled, strict=True) if keep]
            if rows:
                yield Batch(numbers, rows)
        self.verify_unchanged()

    def fraction_read(self) -> float:
        return min(1.0, self.text.bytes_read / self.size_in_bytes) if self.size_in_bytes else 1.0

    def sha256(self) -> str:
        return self.text.hash.hexdigest()

    def describe_too_long(self, row: Sequence[Cell], place: int) -> str:  # noqa: ARG002, a delimiter may be anywhere
        return filled(
            _("the row has {cells} cells, the header {width}; a cell that holds a delimiter needs quotes"),
            cells=len(row),
            width=len(self.header),
        )

    def verify_unchanged(self) -> None:
        self.text.state.verify_unchanged(self.text.bytes_read, self.text.hash.hexdigest())


class _Records:
    """The records of a CSV text, counted as a spreadsheet counts rows: a line break inside quotes is no new row."""

    def __init__(self, text: CsvText, delimiter: str, separator_line: bool) -> None:
        # The limit belongs to the whole process; nothing else here reads CSV with another.
        # The longest text has an apostrophe in front where an export guarded it.
        csv.field_size_limit(MAXIMUM_CELL + 1)
        self._text = text
        self._delimiter = delimiter
        self._blocks = text.blocks()
        self._pending: str | None = None
        self._given, self._lines_given = "", io.StringIO()
        # Where cells are quoted from the beginning they are throughout, and no piece is worth a look.
        self._may_be_plain = b'"' not in text.head
        self._reader = csv.reader(chain.from_iterable(self._lines()), delimiter=delimiter, strict=True)
        self._waiting: list[list[Cell]] = []
        self.read = 0
        if separator_line:
            next(self._reader, None)

    def _lines(self) -> Iterator[io.StringIO]:
        """The blocks as the reader of records takes them, line by line."""
        while (block := self._next_block()) is not None:
            self._given, self._lines_given = block, io.StringIO(block, newline="")
            self._pending = None
            yield self._lines_given

    def _next_block(self) -> str | None:
        if self._pending is None:
            self._pending = next(self._blocks, None)
        return self._pending

    def take_columns(self, width: int) -> list[list[str]] | None:
        """The next rows by column, as many as lie in one piece; None where they have to be taken one by one.

        So it is where a cell may be quoted, and where a row has not `width` cells or may be empty.
        """
        if not self._may_be_plain or self._waiting or self._lines_given.tell() != len(self._given):
            return None
        with self._explained([]):
            block = self._next_block()
        columns = split_columns(block, self._delimiter, width) if block else None
        if columns:
            self._pending = None
            self.read += len(columns[0])
        return columns

    def take(self, size: int) -> list[list[Cell]]:
        """The next records, none only at the end of the file."""
        if self._may_be_plain:
            # Not beyond the piece that was begun: the next one can perhaps be taken by column.
            size = min(size, len(self._waiting) + self._given.count("\n", self._lines_given.tell()) or size)
        rows, self._waiting = self._waiting[:size], self._waiting[size:]
        before = len(rows)
        with self._explained(rows):
            # On an error `extend` keeps what it was given so far, which tells the row.
            rows.extend(cast("Iterator[list[Cell]]", islice(self._reader, size - before)))
        self.read += len(rows)
        return rows

    @contextmanager
    def _explained(self, rows: list[list[Cell]]) -> Iterator[None]:
        """Tell what is wrong with the file, and in which row: the one after those that were read."""
        try:
            yield
        except csv.Error as error:
            self._fail_at_record(self.read + len(rows) + 1, str(error))
        except NotText as error:
            self._fail_at_byte(self.read + len(rows) + 1, error)
        except LineTooLong:
            self._fail_at_record(self.read + len(rows) + 1, "line")
        except OSError as error:
            raise self._text.state.unreadable(error) from error

    def put_back(self, rows: list[list[Cell]]) -> None:
        self._waiting = rows + self._waiting
        self.read -= len(rows)

    def _fail_at_record(self, row: int, reason: str) -> NoReturn:
        name = self._text.state.name
        if reason == "line" or "field limit" in reason:
            raise UnreadableSheet(
                filled(
                    _("'{name}', row {row}: a cell has more than {limit:,} characters"),
                    name=name,
                    row=row,
                    limit=MAXIMUM_CELL,
                ),
                filled(
                    _("A quote that opens in row {row} is perhaps never closed; if not, shorten the cell."), row=row
                ),
                row,
            )
        if "end of data" in reason:
            raise UnreadableSheet(
                filled(_("'{name}', row {row}: a quote is opened in this row and never closed"), name=name, row=row),
                _("Close it, or write a quote that belongs to the text twice and the whole cell in quotes."),
                row,
            )
        if "expected after" in reason:
            raise UnreadableSheet(
                filled(_("'{name}', row {row}: text follows a closing quote"), name=name, row=row),
                _("A quote of this row is closed in the wrong place; write a quote inside a quoted cell twice."),
                row,
            )
        raise UnreadableSheet(
            filled(_("'{name}', row {row}: not valid CSV: {reason}"), name=name, row=row, reason=reason),
            _("Mend the row, or save the file anew."),
            row,
        )

    def _fail_at_byte(self, row: int, error: NotText) -> NoReturn:
        used = self._text.encoding
        if error.cut_off:
            advice = _("The file ends in the middle of a character: it was cut off; copy or export it again.")
        elif used == "utf-8" and is_damaged_utf8(error.sample):
            advice = _("The rest looks like UTF-8: the file is damaged, or joined from two encodings; export it again.")
        else:
            guess = guess_encoding(error.sample) if used == "utf-8" else None
            guess = "utf-8" if used != "utf-8" and looks_like_utf8(self._text.head) else guess
            advice = (
                filled(
                    _(
                        "It looks like {encoding}: try --encoding {encoding}, or save it from the spreadsheet as"
                        " 'CSV UTF-8'."
                    ),
                    encoding=guess,
                )
                if guess
                else _("Save it from the spreadsheet as 'CSV UTF-8'.")
            )
        raise UnreadableSheet(
            filled(
                _("'{name}' is not valid {encoding}: byte 0x{byte:02X} at offset {offset:,}, row {row}"),
                name=self._text.state.name,
                encoding=used.upper(),
                byte=error.byte,
                offset=error.offset,
                row=row,
            ),
            advice,
            row,
        )


@contextmanager
def open_csv_sheet(
    path: Path, kind: Kind, encoding: str | None, aliases: Mapping[str, Sequence[str]]
) -> Iterator[CsvSheet]:
    """Open a CSV file and read its header; `encoding` is for files without a byte order mark (default UTF-8)."""
    with open_for_reading(path) as (file, state):
        text = CsvText(file, state, encoding)
        matcher = HeaderMatcher(kind, aliases)
        delimiter, separator_line = _choose_delimiter(text, matcher)
        records = _Records(text, delimiter, separator_line)
        first_rows = records.take(HEADER_SEARCH_ROWS)
        found = matcher.find(first_rows)
        if found is None:
            empty = not state.size or len(first_rows) < HEADER_SEARCH_ROWS
            what = (
                _("'{name}' has no header: the file is empty")
                if empty
                else _("'{name}' has no header: its first {rows} rows are empty")
            )
            raise UnreadableSheet(
                filled(what, name=path.name, rows=HEADER_SEARCH_ROWS),
                _("Put the names of the columns into its first row."),
            )
        index, match = found
        require_distinct_columns(match, index + 1)
        records.put_back(first_rows[index + 1 :])
        first = next(number for number, row in enumerate(first_rows) if any(row))
        header = [clean_header(cell) for cell in first_rows[index]]
        while header and not header[-1]:
            header.pop()
        yield CsvSheet(
            header=header,
            header_row=index + 1,
            columns=match.columns[: len(header)],
            unknown=match.unknown,
            missing=match.missing,
            notes=describe_header(index + 1, first + 1),
            size_in_bytes=state.size,
            text=text,
            records=records,
        )


def _choose_delimiter(text: CsvText, matcher: HeaderMatcher) -> tuple[str, bool]:
    """The delimiter under which the header matches best, and whether the file begins with Excel's `sep=` line."""
    mark = detect_mark(text.head)
    head = text.head[mark[1] if mark else 0 :].decode(text.encoding, errors="replace")
    told = _SEPARATOR_LINE.match(head)
    if told:
        return told[1], True
    best, best_score = ",", (False, 0, 1)
    for delimiter in DELIMITERS:
        rows: list[list[str]] = []
        # What is wrong with the file is said, with its row, when it is read in earnest.
        with suppress(csv.Error):
            rows.extend(islice(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), HEADER_SEARCH_ROWS))
        found = matcher.find(rows)
        if found is None:
            continue
        index, match = found
        score = (bool(match.recognised) and not match.missing, match.recognised, len(rows[index]))
        if score > best_score:
            best, best_score = delimiter, score
    return best, False
