"""Brings the generated parts of the documents, and what the sessions in them show, up to date.

python -m tests.data.documents
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.data.document_models import ROOT
from tests.data.document_tables import BLOCKS

_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z ]+) -->\n).*?(<!-- end of generated -->)", re.DOTALL)
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<body>.*?)^```$", re.DOTALL | re.MULTILINE)
_SECONDS = re.compile(r", \d+\.\d s\)")
_SECONDS_ALIKE = ", 0.0 s)"


def documents() -> list[Path]:
    """All pages for people who use or change the program."""
    return [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks_in(text: str) -> list[str]:
    """The names of the generated blocks of a page."""
    return [found["name"] for found in _BLOCK.finditer(text)]


def refresh(text: str) -> str:
    """A page with its generated blocks as they should be now."""
    return _BLOCK.sub(lambda found: f"{found[1]}\n{BLOCKS[found['name']]()}\n\n{found[3]}", text)


def fences(text: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: (what stands behind the fence, content)."""
    return [(found["info"].strip(), found["body"]) for found in _FENCE.finditer(text)]


def replay(text: str, folder: Path) -> str:
    """A page whose `console` blocks show what its commands print, run one after the other in a folder.

    A block such as ```csv inbox/brands.csv is a file that is written before what follows it is run.
    """

    def renew(found: re.Match[str]) -> str:
        words = found["info"].split()
        if len(words) == 2 and words[0] == "csv":
            path = folder / words[1]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(found["body"], encoding="utf-8")
        if words != ["console"]:
            return found[0]
        shown = []
        for line in found["body"].splitlines():
            if line.startswith("$ "):
                shown += [line, *_run(line[2:], folder)]
        return f"```console\n{chr(10).join(shown)}\n```"

    return _FENCE.sub(renew, text)


def _run(line: str, folder: Path) -> list[str]:
    program, *arguments = shlex.split(line)
    assert program == "tui-booking", f"a session runs nothing but the program: {line}"
    home = folder / "home of the session"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("TUI_BOOKING_")}
    environment |= {"TUI_BOOKING_HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    done = subprocess.run(
        [sys.executable, "-m", "tui_booking", *arguments],
        check=False,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    told = _SECONDS.sub(_SECONDS_ALIKE, done.stdout).replace("\\", "/")
    told = told.replace(f"/{(home / 'data').as_posix().lstrip('/')}", "~/.local/share/tui-booking")
    return [part.rstrip() for part in told.rstrip().splitlines()]


def main() -> None:
    """Write every page anew where it is not current."""
    for page in documents():
        stored = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            current = replay(refresh(stored), Path(folder))
        if current != stored:
            page.write_text(current, encoding="utf-8", newline="\n")
            sys.stdout.write(f"{page.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
