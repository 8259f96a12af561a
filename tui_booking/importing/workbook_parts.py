"""A workbook as the zip archive it is: whether it can be one, its sheets and where they lie, read within bounds."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from xml.etree import ElementTree as ET

from tui_booking.errors import BookingCenterError
from tui_booking.importing.file_state import FileState, open_for_reading
from tui_booking.importing.sheets import UnreadableSheet
from tui_booking.language import _, filled

MAXIMUM_INFLATED = 1 << 30
# Sheets of equal rows shrink to a fiftieth; a thousandth is the most that deflate can do, and only a bomb does it.
MAXIMUM_RATIO = 300
_RATIO_COUNTS_FROM = 64 << 20
_MAXIMUM_SMALL_PART = 16 << 20
_CHUNK = 1 << 20
_EMPTY_SHEET_BYTES = 1 << 16

_WORKBOOK = "xl/workbook.xml"
_STRINGS_AND_STYLES = ("xl/sharedstrings.xml", "xl/styles.xml")
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One sheet of a workbook: its name, its part of the archive (None where that is missing) and whether it shows."""

    name: str
    part: str | None
    is_hidden: bool
    is_empty: bool


class WorkbookParts:
    """An open archive; what is inflated is counted over all its parts, and too much raises UnreadableSheet."""

    def __init__(self, file: BinaryIO, state: FileState) -> None:
        self.state = state
        self._inflated = 0
        self._archive = zipfile.ZipFile(file)
        self._parts: dict[str, zipfile.ZipInfo] = {}
        for info in self._archive.infolist():
            name = info.filename.replace("\\", "/").lstrip("/").casefold()
            # Of two parts of one name another reader may take the other one, which then was not checked.
            if name in self._parts:
                raise ValueError(filled(_("it has two parts named {part}"), part=info.filename))
            self._parts[name] = info
        if _WORKBOOK not in self._parts:
            raise UnreadableSheet(*_describe_other_archive(state.name, self._parts))

    def sheets(self) -> list[SheetPart]:
        """The sheets with cells, in the workbook's order; charts and macro sheets are left out."""
        targets = self._targets()
        found: list[SheetPart] = []
        for node in self._small_part(_WORKBOOK).iter():
            if _local(node.tag) != "sheet":
                continue
            key = next((value for name, value in node.attrib.items() if _local(name) == "id"), "")
            kind, part = targets.get(key, ("worksheet", None))
            if kind != "worksheet":
                continue
            name = node.get("name", "")
            if any(sheet.name == name for sheet in found):
                raise ValueError(filled(_("it has two sheets named '{sheet}'"), sheet=name))
            hidden = node.get("state", "visible") != "visible"
            found.append(SheetPart(name, part, hidden, part is not None and self._is_empty(part)))
        return found

    def inflate(self, part: str) -> Iterator[bytes]:
        """The bytes of a part in chunks; the archive's checksum is verified at its end."""
        info = self._parts[part]
        read = 0
        with self._archive.open(info) as stream:
            while chunk := stream.read(_CHUNK):
                read += len(chunk)
                self._inflated += len(chunk)
                if self._inflated > MAXIMUM_INFLATED:
                    raise UnreadableSheet(
                        filled(
                            _("'{name}' holds more than {limit:,} MB when it is unpacked"),
                            name=self.state.name,
                            limit=MAXIMUM_INFLATED >> 20,
                        ),
                        _("Split it into several workbooks, or save the sheet as CSV."),
                    )
                if read > _RATIO_COUNTS_FROM and read > MAXIMUM_RATIO * max(info.compress_size, 1):
                    raise UnreadableSheet(
                        filled(
                            _("'{name}' unpacks to more than {ratio} times its size"),
                            name=self.state.name,
                            ratio=MAXIMUM_RATIO,
                        ),
                        _("No spreadsheet does that; if it is yours, save the sheet as CSV."),
                    )
                yield chunk

    def verify_strings_and_styles(self) -> None:
        """Inflate, within the bounds, what the reader of the cells will inflate without any."""
        for part in _STRINGS_AND_STYLES:
            if part in self._parts:
                before = b""
                for chunk in self.inflate(part):
                    # The reader of the cells passes over such sections, and their text would be lost.
                    if b"<![CDATA[" in before[-8:] + chunk:
                        raise ValueError(filled(_("{part} has CDATA sections"), part=part))
                    before = chunk

    def _small_part(self, part: str) -> ET.Element:
        text = b""
        for chunk in self.inflate(part):
            text += chunk
            if len(text) > _MAXIMUM_SMALL_PART:
                raise ValueError(filled(_("{part} is too big"), part=part))
        # Entities are the way to make a small document big; no spreadsheet program writes any.
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
            raise ValueError(filled(_("{part} has a document type"), part=part))
        return ET.fromstring(text)  # noqa: S314, small and without entities

    def _targets(self) -> dict[str, tuple[str, str | None]]:
        """By relation id: the kind of sheet and the part it lies in."""
        relations = "xl/_rels/workbook.xml.rels"
        found: dict[str, tuple[str, str | None]] = {}
        for node in self._small_part(relations).iter():
            if _local(node.tag) != "Relationship":
                continue
            part = posixpath.normpath(posixpath.join("/xl", node.get("Target", ""))).lstrip("/").casefold()
            kind = node.get("Type", "").rpartition("/")[2]
            key = node.get("Id", "")
            if key in found:
                raise ValueError(filled(_("{part} has {key} twice"), part=relations, key=key))
            found[key] = (kind, part if part in self._parts else None)
        return found

    def _is_empty(self, part: str) -> bool:
        if self._parts[part].file_size > _EMPTY_SHEET_BYTES:
            return False
        return not any(_local(node.tag) == "c" for node in self._small_part(part).iter())


@contextmanager
def open_workbook(path: Path) -> Iterator[WorkbookParts]:
    """Open a workbook's archive; whatever breaks it, here or in the `with` block, becomes one UnreadableSheet."""
    with open_for_reading(path) as (file, state):
        head = file.read(4096)
        if not head.startswith(b"PK"):
            raise UnreadableSheet(*_describe_no_archive(state.name, head, file))
        file.seek(0)
        with boundary(state.name):
            yield WorkbookParts(file, state)


@contextmanager
def boundary(name: str) -> Iterator[None]:
    """Turn whatever a broken workbook raises into one line; zip, XML and cells each have errors of their own."""
    try:
        yield
    except BookingCenterError:
        raise
    except Exception as error:
        raise _not_a_workbook(name, error) from error
    except BaseException as error:
        # A panic in the reader of the cells is no Exception, and is not to end the program.
        if type(error).__name__ != "PanicException":
            raise
        raise _not_a_workbook(name, error) from error


def list_sheets(path: Path) -> list[SheetPart]:
    """The sheets of a workbook; raises UnreadableSheet where it is none."""
    with open_workbook(path) as workbook:
        return workbook.sheets()


def _not_a_workbook(name: str, error: BaseException) -> UnreadableSheet:
    cause = " ".join(str(error).split())[:200] or type(error).__name__
    if isinstance(error, zipfile.BadZipFile):
        cause = filled(_("the archive is damaged or cut off ({cause})"), cause=cause)
    elif isinstance(error, ET.ParseError):
        cause = filled(_("its XML is damaged ({cause})"), cause=cause)
    elif isinstance(error, KeyError):
        cause = filled(_("it lacks the part {cause}"), cause=cause)
    return UnreadableSheet(
        _unreadable(name, cause), _("Open it in the spreadsheet program and save it anew as .xlsx, or as CSV.")
    )


def _unreadable(name: str, cause: str) -> str:
    return filled(_("'{name}' is not a workbook that can be read: {cause}"), name=name, cause=cause)


def _describe_no_archive(name: str, head: bytes, file: BinaryIO) -> tuple[str, str]:
    cause, advice = _why_no_archive(head, file)
    return _unreadable(name, cause), advice


def _why_no_archive(head: bytes, file: BinaryIO) -> tuple[str, str]:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:200].lower()
    if not head:
        return _("the file is empty"), _("Export or copy it again.")
    if head.startswith(_OLE2):
        file.seek(0)
        if _ENCRYPTED in file.read(_MAXIMUM_SMALL_PART):
            return _("it is protected by a password"), _("Save it without a password, and import that.")
        return _("it is an old Excel file (.xls)"), _("Open it in Excel and save it as an Excel workbook (.xlsx).")
    if text.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head")):
        return _("it is a web page with the ending of a workbook"), _("Open it in Excel and save it as .xlsx.")
    if text.startswith(b"<?xml"):
        return _("it is XML with the ending of a workbook"), _("Open it in Excel and save it as .xlsx.")
    if b"\x00" not in head or head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _("it is a text file with the ending of a workbook"), _("If it is CSV, give it the ending .csv.")
    return _("its first bytes are those of no workbook"), _("Export or copy it again.")


def _describe_other_archive(name: str, parts: dict[str, zipfile.ZipInfo]) -> tuple[str, str]:
    if "xl/workbook.bin" in parts:
        cause, advice = _("it is a binary workbook (.xlsb)"), _("Save it as an Excel workbook (.xlsx).")
    elif "content.xml" in parts:
        cause, advice = _("it is an OpenDocument file (.ods)"), _("Save it as an Excel workbook (.xlsx).")
    elif "word/document.xml" in parts:
        cause, advice = _("it is a Word document"), _("Copy its table into a workbook.")
    else:
        cause = _("it is an archive without a workbook in it")
        advice = _("Unpack it, and import the files that are in it.")
    return _unreadable(name, cause), advice


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]
