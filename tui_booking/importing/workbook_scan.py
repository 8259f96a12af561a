"""What the reader of the cells hides: a streaming look at a sheet's XML for errors, missing results and its size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import NoReturn
from xml.parsers import expat

from tui_booking.importing.sheets import MAXIMUM_COLUMNS, UnreadableSheet
from tui_booking.language import _, filled
from tui_booking.reading.cells import NO_RESULT

MAXIMUM_ROWS = 1_048_576
MAXIMUM_CELLS = 25_000_000
_MAXIMUM_ROW_BYTES = 64 << 20

_COLUMN = re.compile(rb'<c r="([A-Z]+)')
_ROW = re.compile(rb'<c r="[A-Z]+(\d+)"')
_CELL_TAG = re.compile(rb"<c[\s/>]")
_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"([^>]*?)(?:/>|>(.*?)</c>)', re.DOTALL)
_TYPE = re.compile(rb'\st="(\w+)"')
_VALUE = re.compile(rb"<v(?:\s[^>]*)?>(.*?)</v>", re.DOTALL)
_MERGED = re.compile(rb'<mergeCell [^>]*?ref="([A-Z0-9:]+)"')
# Elements with a prefix: right in XML, but written by few programs.
_PREFIXED = re.compile(rb"<[^\s<>:]+:c[\s/>]")
_OTHER_ENCODING = re.compile(rb"\s*(?:\xef\xbb\xbf)?<\?xml[^>]*encoding=[\"'](?!utf-8)", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class _Unusual(Exception):
    pass


@dataclass
class SheetScan:
    """What was found. `hidden` has, by row number, (column index from 0, text) of cells that would read as empty."""

    name: str
    cells: int = 0
    last_row: int = 0
    last_column: int = 0
    hidden: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    merged: list[str] = field(default_factory=list)
    columns: set[bytes] = field(default_factory=set)

    def hide(self, row: int, column: int, text: str) -> None:
        self.hidden.setdefault(row, []).append((column, text))

    def extend(self, row: int, column: int) -> None:
        self.last_row = max(self.last_row, row)
        self.last_column = max(self.last_column, column)

    def verify_bounds(self) -> None:
        """Raise UnreadableSheet if the real cells reach too far; what the sheet declares does not matter."""
        if self.last_column > MAXIMUM_COLUMNS:
            self._fail(
                _("'{name}' has a cell in column {column:,}; at most {limit} columns are read"),
                column=self.last_column,
                limit=MAXIMUM_COLUMNS,
            )
        if self.last_row > MAXIMUM_ROWS:
            self._fail(
                _("'{name}' has a cell in row {row:,}; at most {limit:,} rows are read"),
                row=self.last_row,
                limit=MAXIMUM_ROWS,
            )
        if max(self.cells, self.last_row * self.last_column) > MAXIMUM_CELLS:
            self._fail(
                _("'{name}' has {rows:,} rows by {columns} columns; at most {limit:,} cells are read"),
                rows=self.last_row,
                columns=self.last_column,
                limit=MAXIMUM_CELLS,
            )

    def _fail(self, text: str, **numbers: int) -> NoReturn:
        raise UnreadableSheet(
            filled(text, name=self.name, **numbers),
            _("Delete what lies outside the table, or split the sheet, or save it as CSV."),
        )


def scan_sheet(chunks: Iterable[bytes], name: str) -> SheetScan | None:
    """Scan a sheet in the form in which nearly all programs write it; None if it is written in another.

    Stops with UnreadableSheet at the first cell out of bounds.
    """
    scan = SheetScan(name)
    try:
        block = b""
        for block in _whole_rows(chunks):
            _scan_block(block, scan)
        # Merged cells are listed behind the rows.
        scan.merged += [reference.decode() for reference in _MERGED.findall(block)]
    except _Unusual:
        return None
    return scan


def _whole_rows(chunks: Iterable[bytes]) -> Iterator[bytes]:
    carried = b""
    first = True
    for chunk in chunks:
        block = carried + chunk
        if first and (b"\x00" in block[:64] or _OTHER_ENCODING.match(block)):
            raise _Unusual
        first = False
        cut = block.rfind(b"</row>") + 6
        if cut == 5:
            if len(block) > _MAXIMUM_ROW_BYTES:
                raise _Unusual
            carried = block
            continue
        carried = block[cut:]
        yield block[:cut]
    yield carried


def _scan_block(block: bytes, scan: SheetScan) -> None:
    columns = _COLUMN.findall(block)
    rows = _ROW.findall(block)
    # Plain searches come first: they are several times as fast as the patterns that settle a doubt.
    if len(rows) != len(columns) or b"<!" in block:
        raise _Unusual
    if block.count(b"<c") != len(columns) and len(_CELL_TAG.findall(block)) != len(columns):
        raise _Unusual
    if b":c" in block and _PREFIXED.search(block):
        raise _Unusual
    if columns:
        new = set(columns) - scan.columns
        scan.columns |= new
        scan.cells += len(columns)
        scan.extend(max(map(int, set(rows))), max(map(column_number, map(bytes.decode, new)), default=0))
        scan.verify_bounds()
    if b't="e"' in block or b"<f" in block:
        for letters, row, attributes, body in _CELL.findall(block):
            text = _hidden_text(attributes, body) if b't="e"' in attributes or b"<f" in body else None
            if text is not None:
                scan.hide(int(row), column_number(letters.decode()) - 1, text)


def _hidden_text(attributes: bytes, body: bytes) -> str | None:
    kind = _TYPE.search(attributes)
    value = _VALUE.search(body)
    if kind is not None and kind[1] == b"e":
        return unescape(value[1].decode("utf-8", "replace")) if value and value[1] else "#ERROR!"
    return lacking_result(b"<f" in body, kind is not None and kind[1] == b"str", value[1] if value else None)


def lacking_result(has_formula: bool, is_text: bool, value: bytes | str | None) -> str | None:
    """The mark for a formula without stored result; an empty text is a result."""
    return NO_RESULT if has_formula and not value and not (is_text and value is not None) else None


def scan_unusual_sheet(chunks: Iterable[bytes], name: str) -> SheetScan:
    """The same for any valid XML (prefixes, cells without a reference, other encodings), several times as slow."""
    listener = _CellListener(SheetScan(name))
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = listener.start
    parser.EndElementHandler = listener.end
    parser.CharacterDataHandler = listener.text
    # The reader of the cells passes over the text of CDATA sections; entities can make a small sheet a huge one.
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartCdataSectionHandler = _refuse
    for chunk in chunks:
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003, the parser takes it by position only
    return listener.scan


def _refuse(*_event: object) -> None:
    raise ValueError(_("it has XML that no spreadsheet program writes"))


class _CellListener:
    """Hears a sheet's elements one by one, and keeps the place and what was seen of the cell that is open."""

    def __init__(self, scan: SheetScan) -> None:
        self.scan = scan
        self._row = 0
        self._column = 0
        self._type = ""
        self._has_formula = False
        self._value: str | None = None
        self._inside_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) if number.isdecimal() else self._row + 1, 0
        elif local == "c":
            self._start_cell(attributes)
        elif local == "f":
            self._has_formula = True
        elif local == "v":
            self._inside_value, self._value = True, ""
        elif local == "mergeCell":
            self.scan.merged.append(attributes.get("ref", ""))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", "")
        found = _REFERENCE.fullmatch(reference.upper())
        if found:
            self._row, self._column = int(found[2]), column_number(found[1])
        elif reference:
            raise ValueError(filled(_("a cell is said to be at '{reference}'"), reference=reference[:20]))
        else:
            self._column += 1
        self._type, self._has_formula, self._value = attributes.get("t", "n"), False, None
        self.scan.cells += 1
        self.scan.extend(self._row, self._column)
        self.scan.verify_bounds()

    def text(self, data: str) -> None:
        if self._inside_value:
            self._value = (self._value or "") + data

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == "v":
            self._inside_value = False
        elif local == "c":
            if self._type == "e":
                hidden: str | None = self._value or "#ERROR!"
            else:
                hidden = lacking_result(self._has_formula, self._type == "str", self._value)
            if hidden is not None:
                self.scan.hide(self._row, self._column - 1, hidden)


def column_number(letters: str) -> int:
    """The number of a column from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters[:7]:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The letters of a column, counted from 1."""
    letters = ""
    while number:
        number, place = divmod(number - 1, 26)
        letters = chr(65 + place) + letters
    return letters
