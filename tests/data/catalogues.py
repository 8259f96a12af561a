"""Collects the texts of the program for translation, and makes of the translated ones what the program reads.

python -m tests.data.catalogues

A translator fills in what is empty in tui_booking/locale/vi/LC_MESSAGES/tui_booking.po, and runs it again.
"""

from __future__ import annotations

import ast
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tests.data.document_models import ROOT
from tests.data.visible_texts import MARKS

PACKAGE = ROOT / "tui_booking"
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / "tui_booking.pot"
LANGUAGES = ("vi",)
_WIDTH = 110
# A file is what the texts make it, not when it was made.
_ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)


def translated_file(language: str) -> Path:
    """The catalogue that is translated by hand."""
    return LOCALE / language / "LC_MESSAGES" / "tui_booking.po"


def collect() -> Catalog:
    """All texts of the program."""
    catalogue = _catalogue()
    for file in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for text in map(_marked_text, ast.walk(tree)):
            if text is None:
                continue
            catalogue.add(text, None, [(f"tui_booking/{file.relative_to(PACKAGE).as_posix()}", 0)])
    return catalogue


def _marked_text(node: ast.AST) -> str | tuple[str, str] | None:
    """The text of a call that marks one. Babel's own search sees none inside an f-string on some Pythons."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in MARKS:
        return None
    words = [each.value for each in node.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if node.func.id == "ngettext":
        return (words[0], words[1]) if len(words) == 2 else None
    return words[0] if words else None


def read(language: str) -> Catalog:
    """What is translated into a language."""
    file = translated_file(language)
    if not file.exists():
        return _catalogue(language)
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def update(language: str, template: Catalog) -> Catalog:
    """The catalogue of a language with exactly the template's texts; new ones are empty, never guessed."""
    catalogue = read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    updated = _catalogue(language)
    for message in catalogue:
        if message.id:
            updated[message.id] = message
    return updated


def written(catalogue: Catalog) -> bytes:
    """A catalogue as a text file."""
    stream = io.BytesIO()
    write_po(stream, catalogue, width=_WIDTH, sort_output=True, include_lineno=False)
    return stream.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """A catalogue as the program reads it."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def missing(catalogue: Catalog) -> list[Message]:
    """The texts that are not translated."""
    return [message for message in catalogue if message.id and (message.fuzzy or not is_translated(message))]


def is_translated(message: Message) -> bool:
    """Whether there is a translation, in all plural forms."""
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return bool(forms) and all(forms)


def _catalogue(language: str | None = None) -> Catalog:
    return Catalog(
        locale=language,
        project="Booking Center",
        version="1",
        msgid_bugs_address="",
        header_comment="# The texts of Booking Center; see docs/contributing.md.",
        creation_date=_ALWAYS,
        revision_date=_ALWAYS,
        last_translator="Booking Center contributors",
        language_team="Booking Center contributors",
        copyright_holder="Booking Center contributors",
        fuzzy=False,
    )


def main() -> int:
    """Write what is not current; 1 where something is not translated."""
    template = collect()
    files = {TEMPLATE: written(template)}
    left = 0
    for language in LANGUAGES:
        catalogue = update(language, template)
        files[translated_file(language)] = written(catalogue)
        files[translated_file(language).with_suffix(".mo")] = compiled(catalogue)
        for message in missing(catalogue):
            sys.stdout.write(f"{language}: {message.id!r} is not translated\n")
            left += 1
    for file, content in files.items():
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            sys.stdout.write(f"{file.relative_to(ROOT)}\n")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
