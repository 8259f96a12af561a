"""The documents say what the program does: generated parts, sessions, command lines, links and names are current."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.data.document_models import EVERY_MODEL, ROOT, meaning_of, own_fields, read_meanings
from tests.data.document_tables import BLOCKS, command_parser, described_settings, options_of
from tests.data.documents import blocks_in, documents, fences, refresh, replay
from tests.data.screenshots import IMAGES, PICTURES
from tui_booking.cli.main import COMMANDS, build_parser
from tui_booking.importing.kinds import KINDS
from tui_booking.models import Base

DOCS = ROOT / "docs"
# Written when the benchmarks were run, which is not on every machine.
_WRITTEN_ELSEWHERE = {DOCS / "benchmarks.md"}
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\(([^)\s]+)\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ +(.+?) *$", re.MULTILINE)
_COMMAND = re.compile(r"^(?:\$ )?(?:python -m tui_booking|tui-booking)(?: +(.*))?$")
_PATH = re.compile(r"`((?:tui_booking|tests|docs|migrations|benchmarks|import_templates|data_import)/[^`…*]*)`")
_OF_A_MACHINE = re.compile(
    r"(?:/home/|/Users/|/root/|/work/|/tmp/|/mnt/|/opt/|[A-Z]:\\Users\\)\w*|localhost:\d+|127\.0\.0\.1"
)
PAGES = [pytest.param(page, id=page.name) for page in documents()]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def anchors_of(text: str) -> set[str]:
    """The anchors of a page's headings: in lower case, without punctuation, with hyphens for spaces."""
    without_code = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    headings = [heading.replace("`", "") for heading in _HEADING.findall(without_code)]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def command_lines(text: str) -> list[list[str]]:
    """The arguments of every call of the program in the fenced blocks of a page."""
    found = []
    for _, body in fences(text):
        for line in body.splitlines():
            match = _COMMAND.match(line)
            if match:
                found.append(shlex.split(match[1] or "", comments=True))
    return found


@pytest.mark.parametrize("page", PAGES)
def test_generated_parts_are_current(page: Path) -> None:
    """If this fails: python -m tests.data.documents"""
    assert text_of(page) == refresh(text_of(page))


def test_every_generated_part_has_its_place() -> None:
    assert sorted(name for page in documents() for name in blocks_in(text_of(page))) == sorted(BLOCKS)


def test_what_the_readme_shows_is_what_the_program_prints(tmp_path: Path) -> None:
    """If this fails: python -m tests.data.documents"""
    page = text_of(ROOT / "README.md")
    shown = [body for info, body in fences(page) if info == "console"]
    assert shown
    assert shown == [body for info, body in fences(replay(page, tmp_path)) if info == "console"]


@pytest.mark.parametrize("page", PAGES)
def test_every_command_line_is_one_that_the_program_takes(page: Path) -> None:
    for arguments in command_lines(text_of(page)):
        if arguments != ["--version"]:
            assert build_parser(arguments).parse_args(arguments) is not None


def test_every_command_and_option_is_documented() -> None:
    text = text_of(DOCS / "command-line.md")
    for command in COMMANDS:
        assert f"### `{command.name}`" in text
        section = text.split(f"### `{command.name}`")[1].split("\n### ")[0].split("\n## ")[0]
        for action in options_of(command_parser(command.name)):
            for name in action.option_strings or [str(action.metavar)]:
                assert f"`{name}`" in section, f"{command.name} {name}"


def test_every_option_of_the_import_is_explained() -> None:
    text = text_of(DOCS / "importing.md")
    for action in options_of(command_parser("import")):
        name = action.option_strings[-1]
        assert name == "--help" or name in text, name


def test_every_setting_is_documented() -> None:
    text = text_of(DOCS / "settings.md")
    for key, variable, _ in described_settings():
        assert f"| `{key}` | `{variable}` |" in text


def test_every_kind_and_column_is_documented() -> None:
    text = text_of(DOCS / "importing.md").split("## The files")[1].split("\n## ")[0]
    for kind in KINDS:
        section = text.split(f"### {kind.name}\n")[1].split("\n### ")[0]
        for column in kind.columns:
            assert re.search(rf"^\| `{column.name}` \|.*\| [^|]*\w[^|]* \|$", section, re.MULTILINE), column.name


def test_every_field_has_a_meaning_and_no_meaning_is_left_over() -> None:
    meanings = read_meanings()
    used = {("common", field.name) for field in Base._meta.sorted_fields}
    for model in EVERY_MODEL:
        for field in own_fields(model):
            assert meaning_of(model, field, meanings)
            table = model._meta.table_name
            used.add((table if field.name in meanings.get(table, {}) else "fields", field.name))
    assert {(table, name) for table, names in meanings.items() for name in names} == used


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: Path) -> None:
    for link in _LINK.findall(text_of(page)):
        if link.startswith("https://"):
            continue
        name, _, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        if target in _WRITTEN_ELSEWHERE and not target.exists():
            continue
        assert target.exists(), link
        assert not anchor or anchor in anchors_of(text_of(target)), link


@pytest.mark.parametrize("page", PAGES)
def test_files_and_folders_that_are_named_are_there(page: Path) -> None:
    for name in _PATH.findall(text_of(page)):
        assert (ROOT / name).exists() or "006_" in name, name


@pytest.mark.parametrize("page", PAGES)
def test_no_machine_shows_through(page: Path) -> None:
    assert _OF_A_MACHINE.findall(text_of(page)) == []


def test_every_make_target_that_is_named_is_there() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):", text_of(ROOT / "Makefile"), re.MULTILINE)
    for page in documents():
        for target in re.findall(r"(?:`|^)make ([a-z-]+)", text_of(page), re.MULTILINE):
            assert target in targets, target


def test_every_page_can_be_reached_from_the_readme() -> None:
    readme = text_of(ROOT / "README.md")
    reached = {(ROOT / link.partition("#")[0]).resolve() for link in _LINK.findall(readme) if "://" not in link}
    assert set(documents()) - {ROOT / "README.md"} - _WRITTEN_ELSEWHERE <= reached


def test_the_version_has_a_place_in_the_changelog() -> None:
    from tui_booking import __version__

    assert f"## [{__version__}]" in text_of(ROOT / "CHANGELOG.md")


@pytest.mark.parametrize("page", PAGES)
def test_every_picture_that_is_shown_is_there_and_is_described(page: Path) -> None:
    for words, name in _PICTURE.findall(text_of(page)):
        assert (page.parent / name).is_file(), name
        assert words


def test_every_picture_is_taken_by_the_script_and_shown() -> None:
    shown = {name.rpartition("/")[2] for page in documents() for _, name in _PICTURE.findall(text_of(page))}
    assert shown == {f"{picture.name}.svg" for picture in PICTURES} == {file.name for file in IMAGES.iterdir()}


def test_pictures_hold_nothing_of_a_machine_and_fetch_nothing() -> None:
    for file in IMAGES.iterdir():
        assert _OF_A_MACHINE.findall(text_of(file)) == []
        assert "url(" not in text_of(file).replace("url(#", "")
