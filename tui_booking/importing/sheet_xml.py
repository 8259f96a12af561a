"""Rows of a workbook's sheet as the XML that stands in the file (ECMA-376, part 1, 18.3.1.4 and 18.3.1.73).

A library makes the workbook with its styles and headers; of the time it takes for the rows, most goes into looking at
every cell anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

# The day before the first; a spreadsheet believes that 1900 was a leap year, so this holds from March of that year on.
_DAY_ZERO = date(1899, 12, 30)
# `_x000D_` is a carriage return, so such a text as it stands has to be written otherwise.
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\x00-\x08\x0b-\x1f]")
_END_OF_ROWS = b"</sheetData>"
_LARGE = 2**31 - 1


def text_cells(letter: str, style: int, numbers: Iterable[int], texts: Sequence[str]) -> Iterator[str]:
    """The cells of a column of texts, empty ones left out; `numbers` are those of the rows."""
    joined = "".join(texts)
    if _ESCAPED.search(joined):
        texts = [_ESCAPED.sub(_escaped, text) for text in texts]
    if "&" in joined or "<" in joined or ">" in joined:
        texts = list(map(escape, texts))
    before = f'<c r="{letter}'
    between = f'" s="{style}" t="inlineStr"><is><t xml:space="preserve">'
    return (f"{before}{n}{between}{text}</t></is></c>" if text else "" for n, text in zip(numbers, texts, strict=True))


def number_cell(letter: str, style: int, number: int, value: float | date) -> str:
    """The cell of a number or a day."""
    content = (value - _DAY_ZERO).days if isinstance(value, date) else value
    return f'<c r="{letter}{number}" s="{style}"><v>{content!r}</v></c>'


def rows_of(numbers: Iterable[int], columns: Sequence[Iterable[str]]) -> Iterator[str]:
    """The rows of which these are the cells by column."""
    return (
        f'<row r="{n}">{"".join(cells)}</row>' for n, cells in zip(numbers, zip(*columns, strict=True), strict=True)
    )


def put_rows(bare: IO[bytes], path: IO[bytes], rows: Mapping[str, IO[str]]) -> None:
    """Write a workbook that has more rows than another: behind those of its sheets, by their names in the archive."""
    with ZipFile(bare) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            more = rows.get(name)
            if more is None:
                target.writestr(name, content)
                continue
            head, end, tail = content.partition(_END_OF_ROWS)
            with target.open(name, "w", force_zip64=more.tell() > _LARGE // 4) as sheet:
                sheet.write(head)
                more.seek(0)
                while block := more.read(1 << 20):
                    sheet.write(block.encode())
                sheet.write(end + tail)


def _escaped(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
