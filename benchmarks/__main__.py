"""`python -m benchmarks`: measures, and writes docs/benchmarks.md."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
import tempfile
from dataclasses import fields, replace
from pathlib import Path

from benchmarks.measuring import BenchmarkFailed
from benchmarks.sections import Section, write_document
from benchmarks.setting import CHECKOUT, FULL, QUICK, Setting

_BENCHMARKS = ("snapshots", "folder", "workbooks", "start", "screen", "link", "dashboard")


def main() -> int:
    """Carry it out; 0 when all was measured, whatever was reached."""
    arguments = _parser().parse_args()
    if not hasattr(os, "wait4"):
        print("What a process costs cannot be measured on this system: it takes Linux or macOS.", file=sys.stderr)
        return 2
    sizes = FULL if arguments.full else QUICK
    changed = {one.name: getattr(arguments, one.name) for one in fields(sizes)}
    sizes = replace(sizes, **{name: value for name, value in changed.items() if value is not None})
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=arguments.work_in) as folder:
        setting = Setting(Path(folder), sizes, CHECKOUT / "build" / "benchmarks")
        sections: list[Section] = []
        failed = False
        for name in _BENCHMARKS:
            if arguments.only and name not in arguments.only:
                continue
            setting.say(f"{name} …")
            try:
                sections.append(importlib.import_module(f"benchmarks.{name}").run(setting))
            except BenchmarkFailed as problem:
                # What was measured before and after is written all the same.
                print(f"{name}: {problem}", file=sys.stderr)
                failed = True
        write_document(arguments.output, sections, sizes)
    return int(failed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--full", action="store_true", help="the sizes that are asked for; takes about an hour")
    parser.add_argument("--only", action="append", choices=_BENCHMARKS, help="may be given several times")
    output = CHECKOUT / "docs" / "benchmarks.md"
    parser.add_argument("--output", type=Path, default=output, help="(default: docs/benchmarks.md)")
    parser.add_argument("--work-in", type=Path, help="where the temporary folder is made; --full needs about 20 GB")
    for one in fields(QUICK):
        option = "--" + one.name.replace("_", "-")
        parser.add_argument(option, type=int, help=f"(default: {getattr(QUICK, one.name):,})")
    return parser


if __name__ == "__main__":
    sys.exit(main())
