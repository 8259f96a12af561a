"""The command line in a process of its own, which meets with something at a chosen statement. Not a test by itself.

    python -m tests.importing.import_process WHAT WORD NUMBER [ARGUMENTS OF THE COMMAND LINE]

At the NUMBERth statement that begins with WORD (LOAD: a batch of rows) it is killed `before` or `during` it, is
`interrupted` as by Ctrl-C, or says `ready` on stdout and waits for a line (`wait`). `limit` gives files at most NUMBER
bytes instead.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from tui_booking.cli.main import main
from tui_booking.importing import engines, postgresql_engine


def kill() -> NoReturn:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    raise AssertionError("still there")


def _kill_from_elsewhere() -> None:
    threading.Thread(target=kill, daemon=True).start()


def _wait() -> None:
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()


MEETINGS: dict[str, Callable[[], Any]] = {
    "before": kill,
    "during": _kill_from_elsewhere,
    "interrupted": lambda: signal.raise_signal(signal.SIGINT),
    "wait": _wait,
}


def meet(what: str, word: str, number: int) -> None:
    """Let it happen at the statement of that number among those that begin with the word."""
    seen: Counter[str] = Counter()

    def count(found: Sequence[str]) -> None:
        seen.update(found)
        if found == [word] and seen[word] == number:
            MEETINGS[what]()

    watch(count)


def watch(count: Callable[[list[str]], None], replace: Callable[[Any, str, Any], None] = setattr) -> None:
    """Call back with the first word of every statement of an import, in a list, before it is carried out."""
    run = engines.Engine.run

    def watched_run(self: engines.Engine, sql: str) -> Any:
        count([sql.split(maxsplit=1)[0]])
        return run(self, sql)

    replace(engines.Engine, "run", watched_run)
    for engine in (engines.SqliteEngine, postgresql_engine.PostgresqlEngine):
        load = engine.load

        def watched_load(*given: Any, load: Callable[..., None] = load) -> None:
            count(["LOAD"])
            load(*given)

        replace(engine, "load", watched_load)


def limit_files(size: int) -> None:
    """A disk that takes no more than so many bytes of a file."""
    import resource

    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


if __name__ == "__main__":
    _, wanted, place, which, *arguments = sys.argv
    if wanted == "limit":
        limit_files(int(which))
    else:
        meet(wanted, place, int(which))
    sys.exit(main(arguments))
