"""The import templates, made from the kinds: a CSV file of each with sample rows, and a workbook that helps to fill in.

The same kinds make the same files, whenever and wherever they are made.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_booking.errors import BookingCenterError
from tui_booking.importing.aliases import names_of_column
from tui_booking.importing.columns import Column, Type
from tui_booking.importing.export_files import CSV_ENCODING, SHEET_ROWS, number_format
from tui_booking.importing.kind import Kind
from tui_booking.importing.kinds import KINDS
from tui_booking.importing.template_rows import SAMPLE_ROWS
from tui_booking.language import _, filled

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

WORKBOOK_NAME = "booking_center.xlsx"
_MADE = datetime(2026, 1, 1)  # noqa: DTZ001  # a workbook's properties have no zone
_ZIP_DATE = (2026, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")

_ALIASES_SHOWN = 4
_CURRENCIES_SHOWN = ("VND", "USD", "EUR", "THB", "SGD", "CNY")
_FLAGS = ("1", "0")

_HOW = {
    Type.CODE: "Text, kept exactly as it is written, zeros in front included.",
    Type.NAME: "Text, at most 255 characters.",
    Type.TEXT: "Any text.",
    Type.ID: "An id of another system, kept exactly. Enter it as text: a number loses digits.",
    Type.URL: "An address that begins with https://",
    Type.HANDLE: "@name, name, or the address of the profile.",
    Type.PHONE: "A phone number, as text: 0901234567 or +84901234567.",
    Type.EMAIL: "An e-mail address.",
    Type.WHOLE: "A whole number: 12000, 12.000, 12,5K, 3 triệu.",
    Type.MONEY: "An amount: 5000000, 5.000.000đ, 5tr. In VND without a fraction.",
    Type.EXCHANGE: "A number such as 25400.",
    Type.RATE: "A share: 8.5% or 0.085.",
    Type.DATE: "A date: 2026-01-31 or 31/01/2026.",
    Type.TIME: "A time: 2026-01-31 18:30; with another zone 2026-01-31T18:30:00Z.",
    Type.FLAG: "Yes or no: 1 or 0, có or không.",
    Type.CURRENCY: "A currency: VND (also where it is empty), USD, …",
}


def write_templates(folder: Path) -> list[Path]:
    """Write all templates into a folder, which is made; returns the files. Raises BookingCenterError."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in make_templates().items():
            path = folder / name
            part = path.with_name(path.name + ".part")
            part.write_bytes(content)
            part.replace(path)
            written.append(path)
    except OSError as error:
        raise BookingCenterError(
            filled(
                _("The templates cannot be written to {folder}: {why}."), folder=folder, why=error.strerror or error
            ),
            _("Close the file where it is open, or name another folder."),
        ) from error
    return written


def make_templates() -> dict[str, bytes]:
    """The templates: name of the file to its bytes."""
    files = {f"{kind.name}.csv": _make_csv(kind) for kind in KINDS}
    return files | {WORKBOOK_NAME: _make_workbook()}


def is_needed(column: Column) -> bool:
    """Whether a new record needs the column."""
    return column.key or column.required


def _make_csv(kind: Kind) -> bytes:
    text = io.StringIO(newline="")
    names = [column.name for column in kind.columns]
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(SAMPLE_ROWS[kind.name])
    return text.getvalue().encode(CSV_ENCODING)


def _make_workbook() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "Booking Center"
    book.properties.created = _MADE
    for kind in KINDS:
        _fill_sheet(book.create_sheet(kind.name), kind)
    made = io.BytesIO()
    book.save(made)
    return without_the_moment(made.getvalue())


def _fill_sheet(sheet: Worksheet, kind: Kind) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, column in enumerate(kind.columns, 1):
        needed = is_needed(column)
        head = sheet.cell(1, number, f"{column.name}*" if needed else column.name)
        head.font = Font(bold=needed, color="FFFFFF" if needed else "000000")
        head.fill = PatternFill("solid", fgColor="1F4E79" if needed else "DDEBF7")
        head.alignment = Alignment(vertical="center")
        note = Comment(header_note(kind, column, first=number == 1), "Booking Center", height=160, width=320)
        head.comment = note
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = max(14, len(column.name) + 4)
        # The format of the column is that of cells still to be filled in.
        sheet.column_dimensions[letter].number_format = _format(column)
        _add_dropdown(sheet, column, letter)
        for row, sample in enumerate(SAMPLE_ROWS[kind.name], 2):
            cell: Any = sheet.cell(row, number)
            cell.value = _value(column, sample.get(column.name, ""))
            cell.number_format = _format(column)


def header_note(kind: Kind, column: Column, *, first: bool = False) -> str:
    """What the note on a header says: whether it is needed, what is written there, and its other names."""
    lines = [kind.about] if first and kind.about else []
    if column.key:
        lines.append("Needed in every row: by it the record is found.")
    elif column.required:
        lines.append(f"Needed for a new {kind.noun}.")
    elif any(column.name in key for key in kind.keys):
        lines.append("One of the columns by which the record is found.")
    if column.about and column.choices is None:
        lines.append(column.about[0].upper() + column.about[1:] + ".")
    if column.choices is not None:
        lines.append("One of: " + ", ".join(f"{choice.value} ({choice.vietnamese})" for choice in column.choices))
    else:
        lines.append(_HOW[column.type])
    if column.maximum is not None:
        lines.append(f"From {column.minimum} to {column.maximum}.")
    names = names_of_column(kind.name, column.name)[:_ALIASES_SHOWN]
    if names:
        lines.append("Also: " + ", ".join(names))
    return "\n".join(lines)


def _format(column: Column) -> str:
    return "yyyy-mm-dd hh:mm" if column.type is Type.TIME else number_format(column)


def _add_dropdown(sheet: Worksheet, column: Column, letter: str) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    values: tuple[str, ...]
    if column.choices is not None:
        values = tuple(choice.value for choice in column.choices)
    elif column.type is Type.FLAG:
        values = _FLAGS
    elif column.type is Type.CURRENCY:
        values = _CURRENCIES_SHOWN
    else:
        return
    # Labels and other currencies are read as well, so what is not in the list is asked about and not refused.
    rule = DataValidation("list", formula1=f'"{",".join(values)}"', allow_blank=True, errorStyle="warning")
    rule.showErrorMessage = column.type is not Type.CURRENCY
    rule.errorTitle = column.name
    rule.error = "This is not in the list. Keep it only if it is another name for one of them."
    rule.add(f"{letter}2:{letter}{SHEET_ROWS}")
    sheet.add_data_validation(rule)


def _value(column: Column, text: str) -> str | int | float | date | None:
    if not text:
        return None
    if column.type is Type.DATE:
        return date.fromisoformat(text)
    if column.type is Type.TIME:
        return datetime.fromisoformat(text)
    if column.type in (Type.WHOLE, Type.MONEY, Type.FLAG):
        return int(text)
    return float(text) if column.type in (Type.RATE, Type.EXCHANGE) else text


def without_the_moment(workbook: bytes) -> bytes:
    """The workbook with fixed dates in place of when it was made."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as made, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as kept:
        for entry in made.infolist():
            content = made.read(entry)
            if entry.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>%bZ\g<2>" % _MADE.isoformat().encode(), content)
            placed = zipfile.ZipInfo(entry.filename, _ZIP_DATE)
            placed.compress_type = zipfile.ZIP_DEFLATED
            # Else it would say on which system it was made.
            placed.create_system = 3
            kept.writestr(placed, content)
    return fixed.getvalue()
