"""Finds texts in the program that a person would see and that no catalogue knows, because they are not marked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.data.document_models import ROOT

MARKS = {"_", "N_", "ngettext"}
# Texts of errors in the program itself, of the log and of SQL are for whoever reads the code.
_FOR_DEVELOPERS = {
    "RuntimeError", "ValueError", "TypeError", "KeyError", "LookupError", "AssertionError", "NotImplementedError",
    "info", "warning", "debug", "error", "exception", "critical", "getLogger",
    "TypeVar", "TypeAlias", "Literal", "NewType", "cast", "compile", "getattr", "setattr", "hasattr", "strftime",
    "query", "query_one", "query_children", "action", "run_action", "call_later", "on", "startswith", "endswith",
    "removeprefix", "removesuffix", "split", "replace", "join", "encode", "select", "execute", "add_class",
    "remove_class", "toggle_class", "set_class", "has_class", "env", "Path", "joinpath",
    "ask", "format_date", "pattern",
}  # fmt: skip
# Options that hold what only the program reads.
_FOR_THE_PROGRAM = {
    "id", "name", "classes", "key", "keys", "action", "group", "kind", "sql", "order", "style", "variant", "css_path",
    "severity", "encoding", "table", "joins", "condition", "listing", "listings", "shows", "thread_name_prefix",
    "errors", "mode", "format", "suffix", "prefix", "language", "justify", "overflow", "box", "border_type",
    "column", "background", "color", "parent", "reference", "currency", "template", "sections", "place", "glob",
    "highlight",
}  # fmt: skip
# Which of the arguments are the first that is shown.
_FIRST_SHOWN = {"Binding": 2, "Command": 3}
# What names a text that is shown, in services as on screens.
_SHOWN_OPTIONS = {
    "label", "title", "description", "empty", "about", "placeholder", "tooltip", "message", "advice", "hint", "help",
    "text", "note", "yes", "no", "unit", "caption", "heading", "question",
}  # fmt: skip
_SHOWN_ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "placeholder", "label", "title", "sub_title"}
_SHOWN_ERRORS = {"BookingCenterError", "BadSetting", "BadOption", "Invalid", "Conflict", "NotFound", "Refused"}
# What the importer and the tables say when something is wrong, and which of the arguments say it.
_REPORTED = {
    **dict.fromkeys(
        (
            "BookingCenterError", "UnreadableSheet", "RejectsNotWritten", "CellError", "CellProblem", "Message",
            "DatabaseNotThere", "DatabaseRefused", "DatabaseReadOnly", "DatabaseBusy", "DatabaseFull",
            "DatabaseFailed", "DatabaseLost",
        ),
        slice(None),
    ),
    "Kind": slice(0),
    "Reference": slice(4, 5),
    "Rule": slice(2, 3),
    "Identity": slice(3, 4),
}  # fmt: skip
# Names and levels that stand among the arguments.
_WORDS = {"error", "warning", "info", "row", "rows", "count", "level", "message", "column", "value", "values"}
_REPORTED_OPTIONS = {"message", "noun", "title", "advice"}
_REPORTING = ("importing/*.py", "reading/*.py", "models/database.py")
# The command alone exports, and writes templates.
_COMMAND_ALONE = {"export_files.py", "exports.py", "templates.py", "template_rows.py"}
_PROSE = re.compile(
    r"[^\W\d_]{2,}[\s,.:;!?…]+[^\W\d_]|^[A-ZĐ][a-zà-ỹ]{2,}|[a-zà-ỹ]{3,}[.!?…:]$|\} [a-zà-ỹ]{3,}|[a-zà-ỹ]{3,} \{"
)
_NOT_PROSE = re.compile(
    r"^(?:[a-z][\w.\-]*(?:\([^)]*\))?$|[#.$&@%<>*:]|(?:[A-Z_]+|[a-z]+(?:-[a-z]+)*) \d|[a-z-]+: [^;]+;|[EdMyHms,/: .-]+$"
    r"|(?:bold|dim|italic|reverse|underline|strike|not r\.)\b|on \$|[\w.]+\s*(?:=|<>|>=|<=|<|>)\s|[a-z]+://|\{\}|r\."
    r"|\(?SELECT|EXISTS|CASE|LEFT|JOIN|COALESCE|SUM|COUNT)"
)
NAMES = {
    "Booking Center",
    "TikTok",
    "YouTube",
    "Shopee",
    "Markdown",
    "JSON",
    "CSV",
    "XLSX",
    "Enter",
    "Esc",
    "Tab",
    "Space",
    "Ctrl",
    "UTF-8",
    "Windows-1258",
    "Windows-1252",
}
# The English months, beside which the other languages have their own way.
NAMES |= {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"}
# Keys as they are printed on the keyboard: `Tab Shift+Tab`.
_KEYS = re.compile(
    r"(?:[^\w\s]|\b\w\b|Enter|Esc|Tab|Shift|Ctrl|Alt|Space|PgUp|PgDn|PageUp|PageDown|Home|End|F\d+|[ ,+/])+"
)


class Unmarked(NamedTuple):
    """A text that should be marked, and where it stands."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text!r}"


def unmarked_on_screens() -> list[Unmarked]:
    """Every text in tui_booking/ui that reads like one for people and is not marked."""
    found: list[Unmarked] = []
    for file in sorted((ROOT / "tui_booking" / "ui").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found += [_at(file, node) for node in _texts(tree) if looks_visible(node.value)]
    return found


def unmarked_in_services() -> list[Unmarked]:
    """Every label, title or advice that services declare, and that is not marked."""
    found: list[Unmarked] = []
    for file in sorted((ROOT / "tui_booking" / "services").rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            shown = [option.value for option in call.keywords if option.arg in _SHOWN_OPTIONS]
            if _called(call) in _SHOWN_ERRORS:
                shown += call.args
            for each in shown:
                is_text = _has_words if isinstance(each, ast.Constant | ast.JoinedStr) else looks_visible
                found += [_at(file, node) for node in _texts(each) if is_text(node.value)]
    return found


def unmarked_in_errors() -> list[Unmarked]:
    """Every sentence that an error, a message or a rule of the importer or of a database is made of, unmarked."""
    found: list[Unmarked] = []
    files = [file for pattern in _REPORTING for file in (ROOT / "tui_booking").glob(pattern)]
    for file in sorted(file for file in files if file.name not in _COMMAND_ALONE):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            told = _REPORTED.get(_called(call))
            if told is not None:
                shown = call.args[told] + [option.value for option in call.keywords if option.arg in _REPORTED_OPTIONS]
                texts = [text for each in shown for text in _texts(each)]
                found += [_at(file, text) for text in texts if text.value not in _WORDS and _has_words(text.value)]
    return found


def looks_visible(text: str) -> bool:
    """Whether a text reads like one for people: words, or a capital at the front; no name, selector, style or SQL."""
    if text in NAMES or not _has_words(text) or _KEYS.fullmatch(text) or _NOT_PROSE.search(text):
        return False
    return bool(_PROSE.search(text)) and not ("{" in text and ":" in text and ";" in text)


def _has_words(text: str) -> bool:
    return bool(re.search(r"[^\W\d_]{2,}", text))


class _Text(NamedTuple):
    value: str
    line: int


def _texts(tree: ast.AST) -> Iterator[_Text]:
    """The texts under a node that are not marked, nor of a kind that nobody is shown."""
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str):
        yield _Text(tree.value, tree.lineno)
        return
    if isinstance(tree, ast.JoinedStr):
        pieces = [part.value if isinstance(part, ast.Constant) else "{}" for part in tree.values]
        yield _Text("".join(str(piece) for piece in pieces), tree.lineno)
    for child in _children(tree):
        yield from _texts(child)


def _children(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Call):
        yield from _shown_arguments(node)
    elif isinstance(node, ast.JoinedStr):
        yield from (part for part in node.values if isinstance(part, ast.FormattedValue))
    elif isinstance(node, ast.Assign) and all(_is_for_developers(target) for target in node.targets):
        return
    elif isinstance(node, ast.AnnAssign):
        if node.value is not None and not _is_for_developers(node.target):
            yield node.value
    elif isinstance(node, ast.Dict):
        yield from node.values
    elif isinstance(node, ast.DictComp):
        yield node.value
    elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from (*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults))
        yield from _without_docstring(node.body)
    elif isinstance(node, ast.Module | ast.ClassDef):
        yield from _without_docstring(node.body)
    elif isinstance(node, ast.Compare | ast.Subscript | ast.arg | ast.Import | ast.ImportFrom | ast.Assert):
        return
    else:
        yield from ast.iter_child_nodes(node)


def _shown_arguments(call: ast.Call) -> Iterator[ast.AST]:
    name = _called(call)
    if name in MARKS:
        return
    if isinstance(call.func, ast.Attribute):
        yield call.func.value
    if name in _FOR_DEVELOPERS:
        return
    yield from call.args[_FIRST_SHOWN.get(name, 0) :]
    yield from (option.value for option in call.keywords if option.arg not in _FOR_THE_PROGRAM)


def _is_for_developers(target: ast.AST) -> bool:
    """Style sheets, names and slots of classes; patterns and SQL of modules."""
    name = target.id if isinstance(target, ast.Name) else ""
    return name in {"DEFAULT_CSS", "CSS", "CSS_PATH", "__slots__", "__all__"} or name.endswith(("_SQL", "_CSS"))


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    """Without docstrings, those below an attribute as well."""
    return [one for one in body if not (isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant))]


def _called(call: ast.Call) -> str:
    function = call.func
    return (
        function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    )


def _at(file: Path, text: _Text) -> Unmarked:
    return Unmarked(file.relative_to(ROOT).as_posix(), text.line, text.value)
