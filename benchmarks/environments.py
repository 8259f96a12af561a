"""Environments of the rivals' own, each with the released package of one of them."""

from __future__ import annotations

import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import BenchmarkFailed

_MADE = "made-of.txt"


def make_environment(folder: Path, requirements: Sequence[str]) -> Path:
    """The Python of an environment with these packages; made where it is not there, with pip."""
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    made, wanted = folder / _MADE, "\n".join(requirements) + "\n"
    if made.exists() and made.read_text(encoding="utf-8") == wanted:
        return python
    venv.create(folder, clear=True, with_pip=True)
    command: list[str | Path] = [
        python,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        *requirements,
    ]
    installed = subprocess.run(command, check=False, capture_output=True, text=True)
    if installed.returncode:
        raise BenchmarkFailed(f"pip could not install {' '.join(requirements)}: {installed.stderr.strip()}")
    made.write_text(wanted, encoding="utf-8")
    return python
