"""The languages: every text that a person sees can be translated, is translated, and says what the English says."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog, Message

from tests.data import catalogues, visible_texts
from tests.data.visible_texts import looks_visible
from tui_booking.language import _, filled, grouped, label_of, ngettext, speak, spoken
from tui_booking.models.choices import BookingStatus
from tui_booking.reading.cells import CellError, bounded

LANGUAGES = pytest.mark.parametrize("language", catalogues.LANGUAGES)


@pytest.fixture(autouse=True)
def language_as_before() -> Iterator[None]:
    before = spoken()
    yield
    speak(before)


@pytest.fixture(scope="module")
def template() -> Catalog:
    return catalogues.collect()


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def texts_of(message: Message) -> list[str]:
    return [message.id] if isinstance(message.id, str) else list(message.id)


def translations_of(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string or ())


def placeholders(text: str) -> set[str]:
    """What is put into a text, with how: `{count:,}`."""
    parts = string.Formatter().parse(text)
    return {f"{name}!{how}:{form}" for _text, name, form, how in parts if name is not None}


# --- Nothing is left out --------------------------------------------------------------------------------------------


def test_every_text_on_screens_is_marked_for_translation() -> None:
    assert [str(found) for found in visible_texts.unmarked_on_screens()] == []


def test_every_label_and_error_of_the_services_is_marked_for_translation() -> None:
    assert [str(found) for found in visible_texts.unmarked_in_services()] == []


def test_marks_are_on_plain_texts() -> None:
    """A text that is put together before it is looked up is found in no catalogue."""
    wrong = []
    for file in sorted(catalogues.PACKAGE.rglob("*.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in visible_texts.MARKS:
                wrong += [
                    f"{file.name}:{call.lineno}" for each in call.args if isinstance(each, ast.JoinedStr | ast.BinOp)
                ]
    assert wrong == []


@pytest.mark.parametrize("text", ["Campaigns", "What is shown, as CSV", "{count} rows", "no rows", "Saved.", "Đã lưu"])
def test_texts_for_people_are_recognised(text: str) -> None:
    assert looks_visible(text)


@pytest.mark.parametrize(
    "text",
    ["table.new", "ctrl+p,colon", "section('import')", "#rail", "bold $primary", "1fr 2fr", "r.code = ?", "-cursor",
     "%d/%m/%Y", "SELECT code FROM campaign", "Tab Shift+Tab", "TikTok", "sqlite:///x.db", "…", "height: auto;"],
)  # fmt: skip
def test_what_only_the_program_reads_is_not_taken_for_a_text(text: str) -> None:
    assert not looks_visible(text)


# --- The catalogues are current and whole ---------------------------------------------------------------------------


def test_the_template_is_current(template: Catalog) -> None:
    """If this fails: python -m tests.data.catalogues"""
    assert catalogues.TEMPLATE.read_bytes() == catalogues.written(template)


@LANGUAGES
def test_a_catalogue_has_the_templates_texts(language: str, template: Catalog) -> None:
    """If this fails: python -m tests.data.catalogues"""
    stored = catalogues.translated_file(language).read_bytes()
    assert stored == catalogues.written(catalogues.update(language, template))


@LANGUAGES
def test_what_the_program_reads_is_what_was_translated(language: str) -> None:
    """If this fails: python -m tests.data.catalogues"""
    file = catalogues.translated_file(language)
    assert file.with_suffix(".mo").read_bytes() == catalogues.compiled(catalogues.read(language))


@LANGUAGES
def test_every_text_is_translated(language: str) -> None:
    assert [message.id for message in catalogues.missing(catalogues.read(language))] == []


@LANGUAGES
def test_translations_have_the_places_of_the_original(language: str) -> None:
    wrong = []
    for message in messages(catalogues.read(language)):
        wanted = set.union(*map(placeholders, texts_of(message)))
        wrong += [text for text in translations_of(message) if placeholders(text) != wanted]
    assert wrong == []


@LANGUAGES
def test_translations_begin_and_end_like_the_original(language: str) -> None:
    """What is put before or behind a text in English is put there in every language."""
    wrong = []
    for message in messages(catalogues.read(language)):
        original = texts_of(message)[-1]
        for text in translations_of(message):
            same_space = (text[:1] == " ", text[-1:] == " ") == (original[:1] == " ", original[-1:] == " ")
            same_end = " " not in original or original[-1] not in ".…:?" or text.endswith(original[-1])
            if not (same_space and same_end and text.count("\n") == original.count("\n")):
                wrong.append((original, text))
    assert wrong == []


@LANGUAGES
def test_translations_name_the_options_of_the_original(language: str) -> None:
    """On the screen they become the names of switches."""
    option = re.compile(r"--[a-z][a-z-]*(?: [a-z]*[0-9][\w-]*| \{encoding\})?")
    wrong = []
    for message in messages(catalogues.read(language)):
        wanted = sorted(option.findall(texts_of(message)[-1]))
        wrong += [text for text in translations_of(message) if sorted(option.findall(text)) != wanted]
    assert wrong == []


# --- They are spoken ------------------------------------------------------------------------------------------------


def test_a_text_is_shown_in_the_language_that_is_spoken() -> None:
    assert _("Campaigns") == "Campaigns"
    speak("vi")
    assert _("Campaigns") == "Chiến dịch"
    assert _("") == ""
    speak("en")
    assert _("Campaigns") == "Campaigns"


def test_a_text_that_no_catalogue_has_is_shown_as_it_is() -> None:
    speak("vi")
    assert _("A text of nobody's") == "A text of nobody's"


def test_counts_are_said_as_the_language_counts() -> None:
    assert [ngettext("one", "many", count) for count in (0, 1, 2)] == ["many", "one", "many"]


def test_words_of_an_enum_are_said_in_the_language_that_is_spoken() -> None:
    assert label_of(BookingStatus.CONFIRMED) == "Confirmed"
    speak("vi")
    assert label_of(BookingStatus.CONFIRMED) == "Đã chốt"


def test_numbers_in_a_text_are_grouped_as_the_language_does() -> None:
    assert (
        filled("{size:,} of {room:,} in {year}", size=1234, room=2_000_000, year=2026) == "1,234 of 2,000,000 in 2026"
    )
    speak("vi")
    assert (
        filled("{size:,} of {room:,} in {year}", size=1234, room=2_000_000, year=2026) == "1.234 of 2.000.000 in 2026"
    )
    assert grouped(1234.56, 1) == "1.234,6"
    with pytest.raises(CellError) as caught:
        bounded("x" * 2000, 1000)
    assert caught.value.spoken.startswith("quá dài: 2.000 ký tự")
    assert caught.value.message.startswith("is too long: 2,000 characters")


@pytest.mark.parametrize("folder", ["ui", "services"])
def test_no_number_of_the_screen_is_grouped_the_english_way(folder: str) -> None:
    """`f"{rows:,}"` reads as a decimal in Vietnamese, and so does `"{rows:,}".format(…)`."""
    english = []
    for file in sorted((catalogues.PACKAGE / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            is_format = (
                isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"
            )
            text = ast.unparse(node) if isinstance(node, ast.JoinedStr) or is_format else ""
            if re.search(r":,(\.\w+)?\}", text):
                english.append(f"{file.name}: {text}")
    assert english == []


def test_a_value_may_have_any_name() -> None:
    assert filled("before {text!r}, {count:,}", text="{}", count=1200) == "before '{}', 1,200"
