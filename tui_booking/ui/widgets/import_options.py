"""The options of an import as switches: each line says what the option does as it is set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message

from tui_booking.config import ImportSettings
from tui_booking.importing.pipeline import ImportOptions
from tui_booking.language import N_, _
from tui_booking.ui.commands import label_of_command
from tui_booking.ui.widgets.lines import LineColumn, Lines


@dataclass(frozen=True, slots=True)
class Choice:
    """One way in which an option can be set, and what it does then."""

    label: str
    about: str
    value: Any


@dataclass(frozen=True, slots=True)
class Option:
    """An option of the command line, with the choices that the screen offers; the first is the usual one."""

    name: str
    label: str
    choices: tuple[Choice, ...]


OPTIONS = (
    Option(
        "create_missing",
        N_("Create missing"),
        (
            Choice(N_("off"), N_("an unknown reference is an error of its row"), value=False),
            Choice(N_("on"), N_("an unknown reference makes a placeholder"), value=True),
        ),
    ),
    Option(
        "on_error",
        N_("On error"),
        (
            Choice(N_("roll back"), N_("one bad row, and its file leaves nothing"), value="rollback"),
            Choice(N_("skip"), N_("good rows go in, bad ones are left out"), value="skip"),
        ),
    ),
    Option(
        "blank",
        N_("Empty cells"),
        (
            Choice(N_("keep"), N_("an empty cell leaves the stored value as it is"), value="keep"),
            Choice(N_("clear"), N_("an empty cell empties the stored value"), value="clear"),
        ),
    ),
    Option(
        "restore_deleted",
        N_("Restore deleted"),
        (
            Choice(N_("off"), N_("rows of deleted records are skipped, and said"), value=False),
            Choice(N_("on"), N_("rows of deleted records bring them back"), value=True),
        ),
    ),
    Option(
        "format",
        N_("Format"),
        (
            Choice(N_("all"), N_("CSV files and workbooks"), value="auto"),
            Choice(N_("CSV"), N_("CSV files alone"), value="csv"),
            Choice(N_("XLSX"), N_("workbooks alone"), value="xlsx"),
        ),
    ),
    Option(
        "encoding",
        N_("Encoding"),
        (
            Choice("UTF-8", N_("CSV: UTF-8, or what the byte order mark says"), value=None),
            Choice("Windows-1258", N_("CSV: Vietnamese of older Windows programs"), value="cp1258"),
            Choice("Windows-1252", N_("CSV: Western European of Windows programs"), value="cp1252"),
            Choice("UTF-16", N_("CSV: Unicode text without a byte order mark"), value="utf-16"),
            Choice("GB 18030", N_("CSV: Chinese"), value="gb18030"),
        ),
    ),
    Option(
        "month_first",
        N_("Month first"),
        (
            Choice(N_("off"), N_("02/01/2026 is the second of January"), value=False),
            Choice(N_("on"), N_("02/01/2026 is the first of February"), value=True),
        ),
    ),
)


# Advice speaks of the command's options: `--encoding cp1258`. Of those only an encoding is named with its value.
_OPTION = re.compile(r"--([a-z]+(?:-[a-z]+)*)(?: ([a-z]+[-_]?[0-9][\w-]*))?")


def by_switches(advice: str) -> str:
    """Advice in the command's words as it holds on this screen: options by the names of their switches and keys."""
    labels = {option.name: option.label for option in OPTIONS} | {"rejects": label_of_command("import.rejects")}

    def name_switch(found: re.Match[str]) -> str:
        label = labels.get(found[1].replace("-", "_"))
        if label is None:
            return found[0]
        return f"“{_(label)}: {found[2]}”" if found[2] else f"“{_(label)}”"

    return _OPTION.sub(name_switch, advice)


class OptionSwitches(Lines):
    """Space, Enter and the arrows set the option under the cursor."""

    DEFAULT_CSS = f"OptionSwitches {{ height: {len(OPTIONS) + 1}; }}"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,right", "set(1)", show=False, id="import.option_next"),
        Binding("left", "set(-1)", show=False, id="import.option_previous"),
    ]

    class Changed(Message):
        """An option was set."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, settings: ImportSettings, *, id: str | None = None) -> None:  # noqa: A002
        columns = (
            LineColumn(_("Option"), most=18),
            LineColumn(_("Set to"), most=16),
            LineColumn(_("What it does"), grows=True),
        )
        super().__init__(columns, id=id)
        self.settings = settings
        self._set = {option.name: 0 for option in OPTIONS}
        self._set["month_first"] = int(settings.month_first_dates)

    def on_mount(self) -> None:
        self._draw(0)

    def options(self, path: Path, *, dry_run: bool, rejects: Path | None = None) -> ImportOptions:
        """What is imported, as it is set here."""
        return ImportOptions(path=path, dry_run=dry_run, rejects=rejects, aliases=self.settings.aliases, **self.values)

    @property
    def values(self) -> dict[str, Any]:
        """What each option is set to."""
        return {option.name: option.choices[self._set[option.name]].value for option in OPTIONS}

    @property
    def summary(self) -> str:
        """The options that are not set as usual."""
        told = [
            f"{_(option.label)}: {_(option.choices[self._set[option.name]].label)}"
            for option in OPTIONS
            if self._set[option.name]
        ]
        return " · ".join(told) or _("as usual")

    def action_set(self, by: int) -> None:
        option = OPTIONS[self.cursor]
        self._set[option.name] = (self._set[option.name] + by) % len(option.choices)
        self._draw(self.cursor)
        self.post_message(self.Changed(option.name))

    def action_choose(self) -> None:
        self.action_set(1)

    def _draw(self, at: int) -> None:
        self.show([self._row(option) for option in OPTIONS], at=at)

    def _row(self, option: Option) -> tuple[str, str, str]:
        choice = option.choices[self._set[option.name]]
        box = ("[x] " if choice.value else "[ ] ") if isinstance(choice.value, bool) else "‹›  "
        return _(option.label), box + _(choice.label), _(choice.about)
