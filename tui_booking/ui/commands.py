"""Every key of the app and what it does: one registry that feeds bindings, the key line, the palette and the help."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from textual.binding import Binding, BindingType

from tui_booking.language import N_

Place = Literal["everywhere", "table", "board", "dashboard", "import", "detail"]

PLACES: dict[Place, str] = {
    "table": N_("In a table"),
    "board": N_("On the board"),
    "dashboard": N_("On the dashboard"),
    "import": N_("In the import"),
    "detail": N_("In the detail"),
    "everywhere": N_("Everywhere"),
}


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a key does. `footer` is its rank in the key line, 0 where it is not there.

    `sections` are those in which it means something; empty: all. `also` are places beside its own that have the same
    command. The id names the command in the settings.
    """

    id: str
    keys: str
    action: str
    label: str
    place: Place = "everywhere"
    footer: int = 0
    about: str = ""
    sections: tuple[str, ...] = ()
    in_palette: bool = True
    also: tuple[Place, ...] = ()

    def is_in(self, place: Place) -> bool:
        """Whether a place has the command."""
        return place == self.place or place in self.also

    def means_something_in(self, section: str) -> bool:
        return not self.sections or section in self.sections


_BOOKINGS, _CREATORS, _FINANCE, _RULES = ("bookings",), ("creators",), ("finance",), ("rules",)
# The lists of the import are tables too, of files, problems and runs.
_IMPORT: tuple[Place, ...] = ("import",)

COMMANDS: tuple[Command, ...] = (
    Command("app.dashboard", "1", "section('dashboard')", N_("Dashboard")),
    Command("app.campaigns", "2", "section('campaigns')", N_("Campaigns")),
    Command("app.creators", "3", "section('creators')", N_("Creators")),
    Command("app.bookings", "4", "section('bookings')", N_("Bookings")),
    Command("app.videos", "5", "section('videos')", N_("Videos")),
    Command("app.finance", "6", "section('finance')", N_("Finance")),
    Command("app.rules", "7", "section('rules')", N_("Rules & templates")),
    Command("app.import", "8", "section('import')", N_("Import")),
    Command(
        "app.palette",
        "ctrl+p,colon",
        "palette",
        N_("Find"),
        footer=8,
        about=N_("Any action or record by name, code, handle, phone or URL"),
    ),
    Command("app.help", "question_mark,f1", "help", N_("Keys"), footer=9, about=N_("What the keys do here")),
    Command("app.undo", "u", "undo", N_("Undo"), about=N_("Take the last change back")),
    Command("app.redo", "U", "redo", N_("Redo"), about=N_("Do again what was taken back")),
    Command("app.back", "escape", "back", N_("Back"), about=N_("One step back, always"), in_palette=False),
    Command("app.jump", "j", "jump", N_("Jump"), about=N_("Go to a pane by its letter")),
    Command("app.rail", "f6", "rail", N_("Show or hide the sections")),
    Command("app.theme", "f9", "next_theme", N_("Next theme"), about=N_("Dark, light, high contrast")),
    Command("app.quit", "ctrl+q,f10", "leave", N_("Quit")),
    Command(
        "table.search",
        "slash",
        "search",
        N_("Search"),
        "table",
        1,
        N_("Search as you type, marks and case aside"),
        also=_IMPORT,
    ),
    Command("table.filter", "f", "filter", N_("Filter"), "table", 2, also=_IMPORT),
    Command("table.open", "enter", "open", N_("Detail"), "table", 4, in_palette=False),
    Command("table.new", "n", "new", N_("New"), "table", 5),
    Command("table.edit", "e", "edit", N_("Edit"), "table", 6),
    Command(
        "table.delete", "d", "delete", N_("Delete"), "table", about=N_("The marked rows, or this one; can be undone")
    ),
    Command("table.restore", "R", "restore", N_("Restore deleted"), "table", about=N_("The marked rows, or this one")),
    Command("table.deleted", "h", "deleted", N_("Show or hide deleted"), "table"),
    Command(
        "table.status",
        "s",
        "status",
        N_("Status"),
        "table",
        7,
        N_("Change the status; of bookings with a note"),
        ("campaigns", "creators", "bookings", "videos", "finance"),
    ),
    Command(
        "table.pay",
        "p",
        "pay",
        N_("Payment"),
        "table",
        3,
        N_("Record a payment of this booking; pay what is planned"),
        _BOOKINGS + _FINANCE,
    ),
    Command(
        "table.post",
        "P",
        "post",
        N_("Record a post"),
        "table",
        about=N_("A deliverable was posted: its video and figures"),
        sections=_BOOKINGS,
    ),
    Command(
        "table.shortlist",
        "a",
        "shortlist",
        N_("Shortlist"),
        "table",
        3,
        N_("The marked creators, or this one, into a campaign"),
        _CREATORS,
    ),
    Command(
        "table.tag", "t", "tag", N_("Tag"), "table", about=N_("Give the marked creators a tag"), sections=_CREATORS
    ),
    Command(
        "table.untag",
        "T",
        "untag",
        N_("Take a tag off"),
        "table",
        about=N_("From the marked creators"),
        sections=_CREATORS,
    ),
    Command(
        "table.board", "b", "board", N_("Board"), "table", 3, N_("Bookings as a board, a column a status"), _BOOKINGS
    ),
    Command(
        "table.preview", "w", "preview", N_("Preview"), "table", 3, N_("The template rendered for a booking"), _RULES
    ),
    Command(
        "table.browser",
        "B",
        "browser",
        N_("Open the address"),
        "table",
        about=N_("In the browser of this machine"),
        sections=("videos", "creators"),
    ),
    Command(
        "table.calendar",
        "k",
        "calendar",
        N_("Calendar"),
        "table",
        3,
        N_("What is to be paid when"),
        _FINANCE,
    ),
    Command("table.view", "v", "view", N_("Next list"), "table", about=N_("The other lists of this section")),
    Command(
        "table.order",
        "o",
        "order",
        N_("Sort"),
        "table",
        about=N_("Sort by this column; again to reverse"),
        also=_IMPORT,
    ),
    Command("table.columns", "c", "columns", N_("Columns"), "table", about=N_("Choose the columns"), also=_IMPORT),
    Command(
        "table.mark",
        "space",
        "mark",
        N_("Mark"),
        "table",
        8,
        about=N_("Mark rows, then act on all marked"),
        in_palette=False,
        also=_IMPORT,
    ),
    Command("table.unmark", "M", "unmark", N_("Clear marks"), "table", also=_IMPORT),
    Command(
        "table.export",
        "x",
        "export",
        N_("Export"),
        "table",
        about=N_("What is shown, or what is marked, as CSV or XLSX"),
        also=_IMPORT,
    ),
    Command("table.copy", "y", "copy_cell", N_("Copy cell"), "table", also=_IMPORT),
    Command("table.copy_row", "Y", "copy_row", N_("Copy row"), "table", also=_IMPORT),
    Command("table.reload", "r", "reload", N_("Reload"), "table"),
    Command(
        "table.clear",
        "F",
        "clear",
        N_("Clear filters"),
        "table",
        about=N_("Search, filters and order as at first"),
        also=_IMPORT,
    ),
    Command("import.choose", "f3", "choose", N_("Choose"), "import", 3, N_("Pick the folder or file to import")),
    Command("import.path", "p", "path", N_("Path"), "import", about=N_("Write the path; Tab completes it")),
    Command(
        "import.options", "O,f4", "options", N_("Options"), "import", 4, N_("What an import does with doubtful rows")
    ),
    Command("import.dry_run", "d,f5", "dry_run", N_("Dry run"), "import", 1, N_("Everything but the commit")),
    Command("import.run", "i,f8", "run", N_("Import"), "import", 2, N_("Import for real")),
    Command("import.stop", "X,f7", "stop", N_("Stop"), "import", 5, N_("Roll the file under way back, and end")),
    Command("import.report", "l", "report", N_("Last report"), "import"),
    Command("import.history", "h", "history", N_("History"), "import", 6, N_("What earlier imports did")),
    Command(
        "import.records", "v", "records", N_("Records"), "import", about=N_("What a file, or a run, made or changed")
    ),
    Command(
        "import.rejects", "b", "rejects", N_("Save bad rows"), "import", about=N_("As they were read, to be mended")
    ),
    Command("import.save", "w", "save", N_("Save the report"), "import", about=N_("As JSON and as text")),
    Command("import.templates", "t", "templates", N_("Sample files"), "import", about=N_("To be filled in")),
    Command("import.reload", "r", "reload", N_("Look again"), "import"),
    Command("dashboard.open", "enter", "open", N_("Open"), "dashboard", 1, in_palette=False),
    Command("dashboard.next", "right,right_square_bracket", "list(1)", N_("Next list"), "dashboard", 2),
    Command("dashboard.previous", "left,left_square_bracket", "list(-1)", N_("List before"), "dashboard"),
    Command(
        "dashboard.list", "l", "its_list", N_("Whole list"), "dashboard", 3, N_("All of it, in the list of its section")
    ),
    Command(
        "dashboard.whole", "m", "whole_list", N_("More"), "dashboard", 4, N_("All tasks of this list, or few again")
    ),
    Command(
        "dashboard.period",
        "p",
        "period(1)",
        N_("Period"),
        "dashboard",
        5,
        N_("Campaigns of 7, 30, 90 days, this month, all"),
    ),
    Command("dashboard.period_back", "P", "period(-1)", N_("Period before"), "dashboard"),
    Command("dashboard.brand", "b", "brand", N_("Brand"), "dashboard", 6, N_("Everything of one brand alone")),
    Command("dashboard.reload", "r", "reload", N_("Reload"), "dashboard", 7),
    Command("board.open", "enter", "open", N_("Open"), "board", 1, in_palette=False),
    Command(
        "board.back", "less_than_sign,comma", "move_card(-1)", N_("Move back"), "board", 2, N_("The status before")
    ),
    Command(
        "board.on", "greater_than_sign,full_stop", "move_card(1)", N_("Move on"), "board", 3, N_("The next status")
    ),
    Command("board.status", "s", "status", N_("Status"), "board", 4, N_("Change the status with a note")),
    Command("board.edit", "e", "edit", N_("Edit"), "board", 5),
    Command("board.new", "n", "new", N_("New"), "board", 6),
    Command("board.reload", "r", "reload", N_("Reload"), "board", 7),
    Command("detail.previous", "left_square_bracket", "tab(-1)", N_("Previous tab"), "detail", 1),
    Command("detail.next", "right_square_bracket", "tab(1)", N_("Next tab"), "detail", 2),
    Command("detail.new", "n", "new", N_("New"), "detail", 3, N_("Another one that hangs on this record")),
    Command("detail.edit", "e", "edit", N_("Edit"), "detail", 4),
    Command("detail.delete", "d", "delete", N_("Delete"), "detail", 5),
    Command("detail.status", "s", "status", N_("Status"), "detail", 6),
    Command("detail.post", "P", "post", N_("Record a post"), "detail", 7, N_("This deliverable was posted"), _BOOKINGS),
)


def commands_of(place: Place, section: str) -> Iterator[Command]:
    """The commands of a place that mean something in a section: its own, then those that it has like other places."""
    found = [one for one in COMMANDS if one.is_in(place) and one.means_something_in(section)]
    return iter(sorted(found, key=lambda one: one.place != place))


def label_of_command(name: str) -> str:
    """What a command is called, before it is translated."""
    return next(one.label for one in COMMANDS if one.id == name)


def binding_of(name: str) -> Binding:
    """The binding of one command, for a widget that carries it out itself."""
    found = next(one for one in COMMANDS if one.id == name)
    return Binding(found.keys, found.action, found.label, show=False, id=found.id)


def bindings_of(place: Place) -> list[BindingType]:
    """The bindings of a place; none is shown by Textual's own footer."""
    return [
        Binding(one.keys, one.action, one.label, show=False, id=one.id, priority=one.id in ("app.palette", "app.quit"))
        for one in COMMANDS
        if one.is_in(place)
    ]


_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "full_stop": ".",
    "comma": ",",
}


def shown_key(key: str) -> str:
    """A key as it is printed: `ctrl+p` is ^P."""
    key = key.strip()
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+').upper()}"
    return _SHOWN.get(key) or (key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key)


def keys_of(command: Command, keymap: Mapping[str, str]) -> list[str]:
    """The keys of a command as they are printed, the person's own where there are some."""
    return [shown_key(key) for key in keymap.get(command.id, command.keys).split(",")]
